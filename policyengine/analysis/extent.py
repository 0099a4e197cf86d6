"""How much the checks decided, and what they left alone because there was no day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policyengine.analysis.in_force import plans_on
from policyengine.analysis.lists import needs_day
from policyengine.conditions import fields_asked
from policyengine.model import ABOUT_POLICIES, Definitions, Policy, Rule
from policyengine.policyset import PolicySet


@dataclass(frozen=True, slots=True)
class Extent:
    """How many plans and listed subjects were decided, and whether the set was.

    *undated* says in words what was not asked without a day.
    """

    plans: int
    listed: int
    whole: bool
    undated: tuple[str, ...] = ()


def extent(policies: PolicySet, *, as_of: date | None = None) -> Extent:
    """Return how far the checks of *policies* reach with the same *as_of*."""
    definitions = policies.definitions
    lists = [one for one in definitions.registers.values() if one.about is not None]
    late = [
        one.name
        for one in lists
        if as_of is None and one.about is not None and needs_day(definitions, one.about)
    ]
    undated = [f"the list `{name}`" for name in late]
    if as_of is None:
        undated += _undated(definitions)
    judged = plans_on(definitions, as_of) if definitions.asked.get("plan") else ()
    return Extent(
        plans=sum(len(plans) for _, plans in judged),
        listed=sum(len(one.rows) for one in lists if one.name not in late),
        whole=bool(definitions.asked.get("set")),
        undated=tuple(undated),
    )


def _undated(definitions: Definitions) -> Iterator[str]:
    """Yield the rules about policies that depend on the day, in words."""
    for policy in definitions.policies:
        if policy.about not in ABOUT_POLICIES:
            continue
        if policy.effective is not None:
            yield f"the policy `{policy.name}`"
            continue
        for rule in policy.rules:
            if _compares_dates(definitions, policy, rule):
                yield f"the rule `{rule.name}` of `{policy.name}`"


def _compares_dates(definitions: Definitions, policy: Policy, rule: Rule) -> bool:
    """Return whether *rule* asks for the day, or for what the house holds on it."""
    plans = [policy.plans[name] for name in rule.plans]
    if rule.effective is not None or any(plan.effective is not None for plan in plans):
        return True
    conditions = (policy.applies, rule.when, rule.unless, *(plan.applies for plan in plans))
    names = definitions.leaves(name for part in conditions for name in fields_asked(part))
    dated = (definitions.house[name].is_dated for name in names if name in definitions.house)
    return f"{policy.about}.as_of" in names or any(dated)
