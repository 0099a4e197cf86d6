"""Whole decisions of the shipped house: the contract of design and schema, byte for byte.

The digest stands in every decision and changes with every policy; here it is left out.
"""

import json
import re
from pathlib import Path

import pytest

from policyengine import load
from policyengine.inputs.records import open_input
from policyengine.report.decision_text import decision_text
from policyengine.report.json_text import json_text

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "tests" / "golden" / "decide").glob("*.yaml"))


@pytest.fixture(scope="module")
def policies():
    return load(ROOT / "policies")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_decision_is_what_it_was(path, policies, golden):
    with open_input(str(path)) as records:
        record = next(iter(records))
    decision = policies.decide(record.facts, typed=record.typed)
    shown = json_text(decision.as_json(), indent=1)
    shown = re.sub(r"sha256:[0-9a-f]{64}", "sha256:…", shown)
    golden(path.with_suffix(".json.out"), shown + "\n")
    golden(path.with_suffix(".out"), decision_text(decision, colour=False, width=100) + "\n")
    assert json.loads(shown)["status"] == decision.status
