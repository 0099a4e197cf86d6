"""Policy tests: suites of cases, run against the policies, with the coverage they reach."""

from policyengine.cases.check import Failure
from policyengine.cases.coverage import Coverage, PlanVisits, PolicyVisits, RuleVisits
from policyengine.cases.read import read_suites
from policyengine.cases.run import CaseResult, Report, SuiteResult, run_suites
from policyengine.cases.suite import Case, Suite
from policyengine.explanation.trace import RuleTrace, Tried

__all__ = [
    "Case",
    "CaseResult",
    "Coverage",
    "Failure",
    "PlanVisits",
    "PolicyVisits",
    "Report",
    "RuleTrace",
    "RuleVisits",
    "Suite",
    "SuiteResult",
    "Tried",
    "read_suites",
    "run_suites",
]
