"""What is in force before any context comes: by the days, and by the constants of the house."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policyengine.conditions import Condition, field_tests, fields_asked
from policyengine.facts import MISSING, UNDECIDED, Fact
from policyengine.model import (
    ABOUT_POLICIES,
    Definitions,
    Effective,
    FactSetting,
    Plan,
    Policy,
    Rule,
    TextSetting,
)
from policyengine.reference import condition_truth, in_effect, may_be_true, rule_truth
from policyengine.source import Span

Places = Mapping[str, Span]
"""Names of fields, each with the first place that asks it."""


@dataclass(frozen=True, slots=True)
class _House:
    """What is known before any context: the constants of the house."""

    definitions: Definitions
    day: date | None

    def fact(self, name: str) -> Fact:
        house = self.definitions.house.get(name)
        if house is None:
            return UNDECIDED
        value = house.value_on(self.day)
        if value is None:
            return UNDECIDED if self.day is None else MISSING
        return value

    def absent_inputs(self, _name: str) -> tuple[str, ...]:
        return ()


def policies_in_force(definitions: Definitions, day: date | None) -> Iterator[Policy]:
    """Yield the policies that can apply, but for those about policies; without a day of any day."""
    for policy in definitions.policies:
        if policy.about not in ABOUT_POLICIES and _is_in_force(definitions, policy, day):
            yield policy


def _is_in_force(definitions: Definitions, policy: Policy, day: date | None) -> bool:
    applies = condition_truth(policy.applies, _House(definitions, day))
    return _on(policy.effective, day) and may_be_true(applies)


def plans_on(
    definitions: Definitions, day: date | None
) -> Iterator[tuple[Policy, tuple[Plan, ...]]]:
    """Yield the plans of *day* by policy, but for policies about policies; without a day all."""
    for policy in definitions.policies:
        if policy.about not in ABOUT_POLICIES and _on(policy.effective, day):
            yield policy, tuple(plan for plan in policy.plans.values() if _on(plan.effective, day))


def _on(effective: Effective | None, day: date | None) -> bool:
    return day is None or in_effect(effective, day)


def asked_by_plan(definitions: Definitions, policy: Policy, plan: Plan, day: date | None) -> Places:
    """Return what choosing *plan* and carrying it out asks, directly or by way of computed fields."""
    if not _is_in_force(definitions, policy, day):
        return {}
    rules = [rule for rule in _rules(definitions, policy, day) if plan.name in rule.plans]
    return _places(definitions, _asking(policy, rules, (plan,)))


def asked_by_policy(definitions: Definitions, policy: Policy, day: date | None) -> Places:
    """Return what *policy*, which is in force, asks, directly or by way of computed fields."""
    plans = [plan for plan in policy.plans.values() if _on(plan.effective, day)]
    return _places(definitions, _asking(policy, _rules(definitions, policy, day), plans))


def _rules(definitions: Definitions, policy: Policy, day: date | None) -> list[Rule]:
    """Return the rules that can hold in this house."""
    house = _House(definitions, day)
    return [
        rule
        for rule in policy.every_rule
        if _on(rule.effective, day) and may_be_true(rule_truth(rule, house))
    ]


def _asking(
    policy: Policy, rules: Iterable[Rule], plans: Iterable[Plan]
) -> Iterator[tuple[str, Span]]:
    """Yield every field that is asked or taken, with its place."""
    if policy.measure is not None:
        for name in policy.measure.asks:
            yield name, policy.measure.span
    conditions: list[Condition | None] = [policy.applies]
    for rule in rules:
        conditions += (rule.when, rule.unless)
    conditions += (plan.applies for plan in plans)
    tests = (test for part in conditions if part is not None for test in field_tests(part))
    for test in tests:
        yield from ((name, test.span) for name in fields_asked(test))
    for plan in plans:
        yield from _taking(plan)


def _taking(plan: Plan) -> Iterator[tuple[str, Span]]:
    """Yield every fact that a directive of *plan* takes, with its place."""
    for setting in plan.settings:
        match setting.value:
            case FactSetting(field=name):
                yield name, setting.span
            case TextSetting(fields=names):
                yield from ((name, setting.span) for name in names)


def _places(definitions: Definitions, asking: Iterable[tuple[str, Span]]) -> Places:
    found: dict[str, Span] = {}
    for name, span in asking:
        for leaf in definitions.leaves((name,)):
            found.setdefault(leaf, span)
    return found
