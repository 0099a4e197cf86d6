"""What is said where a question took too much: never that all is well."""

from policyengine.analysis.space import MOST_BOXES, TooManyBoxesError
from policyengine.analysis.walk import MOST_REGIONS, OutOfBudgetError
from policyengine.findings import Finding
from policyengine.findings.regions import NOT_DECIDED_HERE
from policyengine.model import Policy
from policyengine.source import Span

UNDECIDABLE = (OutOfBudgetError, TooManyBoxesError)


def not_decided(
    policy: Policy | None, span: Span, reason: Exception | None, check: str, what: str
) -> Finding:
    """Return that *what* was not decided, and after how much."""
    match reason:
        case OutOfBudgetError():
            message = f"not decided after {MOST_REGIONS} regions: {what}"
        case TooManyBoxesError():
            message = f"not decided, a condition has more than {MOST_BOXES} alternatives: {what}"
        case _:
            message = what
    return Finding(
        NOT_DECIDED_HERE,
        message,
        span,
        "say in fewer alternatives what the rules ask, or show it by cases",
        policy=None if policy is None else policy.name,
        check=check,
    )
