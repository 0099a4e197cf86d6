"""A user's program: what an embedder writes must pass mypy --strict."""

from collections.abc import Iterator
from decimal import Decimal

from policyengine import ContextError, Decision, Finding, PolicyError, PolicySet, load
from policyengine.erlang import Demand, Refusal, Staffing, Terms, staff


def treat(folder: str) -> str | None:
    """Return the channel for one contact, or nothing where no plan names one."""
    try:
        policies: PolicySet = load(folder)
    except PolicyError as error:
        findings: tuple[Finding, ...] = error.findings
        raise SystemExit(str(findings[0])) from error
    decision: Decision = policies.decide({"contact.channel": "phone", "queue.wait": 340})
    first: str = decision.plans[0].id
    channel = decision.treatment["channel"].value
    return f"{first}: {channel}" if isinstance(channel, str) else None


def treat_many(policies: PolicySet) -> Iterator[str]:
    """Yield the status of each contact of a small stream."""
    contexts: list[dict[str, object]] = [
        {"contact.channel": "phone"},
        {"order": {"value": Decimal("49.90")}},
    ]
    try:
        for decision in policies.decide_many(contexts, about="contact"):
            yield decision.status
    except ContextError as error:
        raise SystemExit(str(error)) from error


def people_for(calls: int) -> int:
    """Return how many people to roster for a half-hour, none where that cannot be said."""
    terms = Terms(target=Decimal("0.8"), within=20, shrinkage=Decimal("0.3"))
    found: Staffing = staff(Demand(calls=calls, interval=1800, handling=180), terms)
    return 0 if found.rostered is None or isinstance(found.rostered, Refusal) else found.rostered
