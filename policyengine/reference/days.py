"""Days: what is in force on one of them."""

from datetime import date

from policyengine.model import Effective, Policy, Rule


def in_effect(effective: Effective | None, day: date | None) -> bool:
    """Return whether something with the range *effective* is in force on *day*."""
    return effective is None or (day is not None and effective.covers(day))


def rules_in_effect(policy: Policy, day: date | None) -> tuple[Rule, ...]:
    """Return the rules of *policy* that are in force on *day*."""
    return tuple(rule for rule in policy.rules if in_effect(rule.effective, day))
