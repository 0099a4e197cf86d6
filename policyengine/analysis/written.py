"""What the files say of a plan, and of the whole set, as the facts that policies about them ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from policyengine.analysis.in_force import (
    Places,
    asked_by_plan,
    asked_by_policy,
    policies_in_force,
)
from policyengine.facts import UNKNOWN, Fact
from policyengine.model import Definitions, FactSetting, Measure, Plan, Policy, TextSetting
from policyengine.unary_tests import Constant, FieldRef, Operand
from policyengine.values import FieldType, Value

_ALIKE = ("integer", "number")


@dataclass(frozen=True, slots=True)
class Written:
    """Facts that the files give, and where each field is asked that they say is asked."""

    facts: Mapping[str, Fact]
    places: tuple[Places, ...]


def written_plan(definitions: Definitions, policy: Policy, plan: Plan, day: date | None) -> Written:
    """Return what the files say of *plan*; what it leaves out is not among the facts."""
    places = asked_by_plan(definitions, policy, plan, day)
    given: dict[str, Fact | None] = {
        "plan.id": plan.id,
        "plan.policy": policy.name,
        "plan.kind": policy.kind,
        "plan.layer": definitions.layer_of(policy, plan.name),
        "plan.owner": plan.owner or policy.owner,
        "plan.alternate": plan.alternate,
        "plan.due": plan.due,
        "plan.review_by": plan.review_by,
        "plan.mandated": plan.mandate is not None,
        "plan.asks": _in_order(definitions, "plan.asks", places),
        "plan.as_of": day,
        **policy.details,
        **plan.details,
        **_directives(definitions, plan),
        **_measure(definitions, policy.measure, day),
    }
    return Written(_known(definitions, given), (places,))


def written_set(definitions: Definitions, day: date | None) -> Written:
    """Return what the files say of all policies in force together."""
    policies = tuple(policies_in_force(definitions, day))
    places = tuple(asked_by_policy(definitions, policy, day) for policy in policies)
    sets: dict[str, set[str]] = {
        "set.kinds": {policy.kind for policy in policies if policy.kind is not None},
        "set.policies": {policy.name for policy in policies},
        "set.metrics": {policy.measure.field for policy in policies if policy.measure is not None},
        "set.asked": {name for asked in places for name in asked},
        "set.decided": {name for policy in policies for name in policy.decides},
    }
    for register in definitions.registers.values():
        sets[f"set.listed.{register.name}"] = {str(row.cells[0]) for row in register.rows}
    given: dict[str, Fact | None] = {
        name: _in_order(definitions, name, words)
        for name, words in sets.items()
        if name in definitions.fields
    }
    return Written(_known(definitions, {**given, "set.as_of": day}), places)


def _known(definitions: Definitions, given: Mapping[str, Fact | None]) -> dict[str, Fact]:
    """Return those of the facts *given* that there are, of declared fields."""
    return {
        name: fact
        for name, fact in given.items()
        if fact is not None and name in definitions.fields
    }


def _in_order(definitions: Definitions, name: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return *words* as the value of the set field *name*."""
    some = set(words)
    return tuple(word for word in definitions.fields[name].type.values if word in some)


def _directives(definitions: Definitions, plan: Plan) -> dict[str, Fact | None]:
    """Return what the plan orders; of what takes a fact it is known only that there is a value."""
    found: dict[str, Fact | None] = {}
    for setting in plan.settings:
        match setting.value:
            case FactSetting():
                found[f"plan.directives.{setting.directive}"] = UNKNOWN
            case TextSetting(texts=texts):
                first = next((one for one in definitions.languages if one in texts), "")
                found[f"plan.directives.{setting.directive}"] = texts[first]
            case value:
                found[f"plan.directives.{setting.directive}"] = value
    return found


def _measure(
    definitions: Definitions, measure: Measure | None, day: date | None
) -> dict[str, Fact | None]:
    """Return what the measure of the plan's policy says; a level of another type is unknown."""
    if measure is None:
        return {}
    found: dict[str, Fact | None] = {
        "plan.measure.better": measure.better,
        "plan.measure.window": measure.window,
        "plan.measure.at_least": measure.at_least,
        "plan.measure.counts": measure.counts or None,
        "plan.measure.source": measure.source or None,
        "plan.measure.review_by": measure.review_by,
    }
    for name, level in (("target", measure.target), ("acceptable", measure.acceptable)):
        declared = definitions.fields.get(f"plan.measure.{name}")
        if declared is not None and level is not None:
            same = _is_alike(declared.type, measure.type)
            value = _level(definitions, level, day) if same else None
            found[declared.name] = UNKNOWN if value is None else value
    return found


def _is_alike(one: FieldType, other: FieldType) -> bool:
    kinds = one.kind == other.kind or {one.kind, other.kind} <= set(_ALIKE)
    return kinds and (one.kind == "duration" or one.unit == other.unit)


def _level(definitions: Definitions, level: Operand, day: date | None) -> Value | None:
    match level:
        case Constant(value):
            return value
        case FieldRef(name):
            return definitions.house[name].value_on(day)
