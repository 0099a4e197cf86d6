"""The acceptance rows, each by its id: shown by cases in `policies/` that pass."""

from pathlib import Path

import pytest

from policyengine import load
from policyengine.cases import read_suites, run_suites

ROOT = Path(__file__).parents[1]
POLICIES = load(ROOT / "policies")
SUITES, FINDINGS = read_suites(POLICIES)
REPORT = run_suites(POLICIES, SUITES)

ROWS = (
    *("A01", "A02", "A03", "A04", "A05", "A07", "A08", "A18", "A19", "A20", "A24", "A25", "A27"),
    *("C04", "C14", "C17", "D14", "E08", "E22", "E24", "E31", "E32", "X02", "X05"),
)
"""The rows of the first landing; more rows have cases, and all will be named here."""


def _covering(row):
    return [case for suite in SUITES for case in suite.cases if row in case.covers]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_shown_by_cases(row):
    assert _covering(row), f"no case in policies/ covers {row}"


def test_every_case_passes():
    assert FINDINGS == ()
    assert REPORT.failures == ()
    assert REPORT.not_run == 0
