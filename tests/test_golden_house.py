"""What `check` finds where the shipped house is edited badly, exactly as it is said.

Each file in `golden/house` is laid over the house in the place that its first line names, and
its second line names the rows of customer service that it shows.
"""

import shutil
from pathlib import Path

import pytest

from policyengine.analysis import check
from policyengine.loading import read_set
from policyengine.report.findings_text import findings_text

ROOT = Path(__file__).parents[1]
BAD = ROOT / "tests" / "golden" / "house"


@pytest.fixture
def house(tmp_path):
    return shutil.copytree(
        ROOT / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("*_test.yaml")
    )


def test_the_house_itself_has_no_findings(house):
    policies, findings = read_set(house)
    assert findings == ()
    assert check(policies) == ()


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_bad_edit_is_found(path, house, golden):
    place, rows, *_ = path.read_text("utf-8").splitlines()
    assert rows.startswith("# covers: ")
    shutil.copyfile(path, house / place.removeprefix("# in: "))
    policies, findings = read_set(house)
    found = (*findings, *(check(policies) if policies is not None else ()))
    assert found, "a bad edit that nobody finds"
    golden(path.with_suffix(".out"), findings_text(found, colour=False) + "\n")
