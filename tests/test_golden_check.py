"""Every finding of `check`: its page's examples, and the traps, exactly as they are said."""

import re
from pathlib import Path

import pytest

from policyengine.analysis import check
from policyengine.cases import read_suites
from policyengine.findings.all_codes import ALL_CODES
from policyengine.loading import read_set
from policyengine.report.findings_text import findings_text

CHECK = Path(__file__).parent / "golden" / "check"
CHECKED = [code for code in ALL_CODES if code.id < "PE400"]


def _found(folder):
    policies, found = read_set(folder)
    if policies is None:
        return found
    return (*found, *check(policies), *read_suites(policies)[1])


@pytest.mark.parametrize("code", CHECKED, ids=lambda code: code.id)
def test_the_bad_example_of_a_code_is_found_and_the_good_one_is_not(code, overlay, golden):
    bad = _found(overlay({**dict(code.beside), code.file: code.bad}))
    assert {finding.code.id for finding in bad} == {code.id}
    good = _found(overlay({**dict(code.beside), code.file: code.good}))
    assert [str(finding) for finding in good] == []
    golden(CHECK / f"{code.id}.out", findings_text(bad, colour=False) + "\n")


def _files(text):
    """Return the files that a case holds: each begins with the line that names it."""
    parts = re.split(r"^(?=# in: )", text, flags=re.MULTILINE)
    return {part.partition("\n")[0].removeprefix("# in:").strip(): part for part in parts[1:]}


@pytest.mark.parametrize("path", sorted(CHECK.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_trap_is_said_in_plain_words(path, overlay, golden):
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    found = _found(overlay(_files(text)))
    assert found, "a trap that nobody finds"
    golden(path.with_suffix(".out"), findings_text(found, colour=False) + "\n")
