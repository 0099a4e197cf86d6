"""`measure:` of a policy: the figure it watches, its levels, and the rules of each standing."""

from dataclasses import replace
from datetime import date

from policyengine.conditions import AllOf, FieldTest
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.grammar import with_article
from policyengine.findings.measures import (
    COUNT_WITHOUT_FIELD,
    NEVER_BREACHED,
    NO_UNIT,
    WRONG_LEVELS,
    WRONG_MEASURE,
)
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, text_of, whole_of
from policyengine.loading.types import a_kind
from policyengine.model import STANDING_TYPE, HouseFact, Measure, Rule, Standing
from policyengine.unary_tests import Constant, Equals, FieldRef, Operand
from policyengine.values import NUMERIC, FieldType, Value, rank
from policyengine.vocabulary import Field

RULE_LISTS: tuple[tuple[str, Standing], ...] = (
    ("on_breach", "breach"),
    ("on_off_target", "off_target"),
    ("on_unknown", "unknown"),
)
"""The rule lists of a measure, each with the standing in which it is tried."""
_PERIOD = FieldType("period")


def read_measure(scope: Scope, node: Node | None) -> Measure | None:
    """Return what the policy measures, or nothing after saying what is wrong with it."""
    if not isinstance(node, Mapping):
        return None
    draft = scope.draft
    found = _measured_field(scope, node)
    window = node.get("window")
    review_by = node.get("review_by")
    day = None if review_by is None else draft.value(review_by, FieldType("date"))
    period = None if window is None else draft.value(window, _PERIOD)
    counted = _counting_field(scope, node)
    if found is None:
        return None
    measure = Measure(
        found.name,
        found.type,
        "lower" if text_of(node.get("better")) == "lower" else "higher",
        node.span,
        target=_level(scope, found, node.get("target")),
        acceptable=_level(scope, found, node.get("acceptable")),
        window=period if isinstance(period, str) else None,
        n=None if counted is None else counted.name,
        at_least=whole_of(node.get("at_least"), 0),
        counts=text_of(node.get("counts")) or "",
        source=text_of(node.get("source")) or "",
        review_by=day if isinstance(day, date) else None,
    )
    _check_levels(draft, measure, node)
    return measure


def in_standing(rule: Rule, field: str, standing: Standing, key: Scalar) -> Rule:
    """Return *rule* as one that asks first whether *field* says *standing*, as its list *key* does."""
    first = FieldTest(field, STANDING_TYPE, Equals(Constant(standing), key.span), key.span)
    match rule.when:
        case None:
            return replace(rule, when=first)
        case AllOf(parts, span):
            return replace(rule, when=AllOf((first, *parts), span))
        case other:
            return replace(rule, when=AllOf((first, other), other.span))


def _measured_field(scope: Scope, node: Mapping) -> Field | None:
    name = node.get("field")
    found = scope.check(name, name.span) if isinstance(name, Scalar) else None
    if found is None or name is None:
        return None
    also = Related(found.span, "declared here")
    if found.type.kind not in NUMERIC:
        message = f"a measure is a number, and `{found.name}` is {with_article(found.type.kind)}"
        hint = "measure a number, an amount, a share or a duration"
        scope.draft.say(WRONG_MEASURE, message, name.span, hint, also)
        return None
    if found.type.kind in ("integer", "number") and found.type.unit is None:
        message = f"a measure without a unit: nobody can tell what `{found.name}` counts"
        hint = f"add `unit` to `{found.name}` where it is declared, such as `unit: contacts`"
        scope.draft.say(NO_UNIT, message, name.span, hint, also)
    return found


def _counting_field(scope: Scope, node: Mapping) -> Field | None:
    """Return the field that says how many were measured."""
    name, least = node.get("n"), node.key("at_least")
    if not isinstance(name, Scalar):
        if least is not None:
            message = "`at_least` says how many must be measured, and no field counts them"
            hint = "add `n: FIELD`, an integer that says how many were measured"
            scope.draft.say(COUNT_WITHOUT_FIELD, message, least.span, hint)
        return None
    found = scope.check(name, name.span)
    if found is not None and found.type.kind != "integer":
        message = f"`n` counts what was measured, and `{found.name}` is {a_kind(found.type)}"
        also = Related(found.span, "declared here")
        scope.draft.say(WRONG_MEASURE, message, name.span, "name an integer field", also)
        return None
    return found


def _level(scope: Scope, measured: Field, node: Node | None) -> Operand | None:
    """Return a target or what is acceptable: a value of the measured type, or a fact of the house."""
    if not isinstance(node, Scalar):
        return None
    is_name = "." in node.text and node.text[:1].isalpha()
    if not is_name:
        value = scope.draft.value(node, measured.type)
        return None if value is None else Constant(value)
    found = scope.check(node, node.span)
    if found is None:
        return None
    also = Related(found.span, "declared here")
    if found.origin != "house":
        message = f"a level is a value or a fact of the house, and `{found.name}` is neither"
        hint = "declare it under `house` in `policyset.yaml`, or write the value"
        scope.draft.say(WRONG_MEASURE, message, node.span, hint, also)
        return None
    same_unit = found.type.unit == measured.type.unit or found.type.kind == "duration"
    if found.type.kind != measured.type.kind or not same_unit:
        message = (
            f"`{measured.name}` is {_in_unit(measured.type)}, "
            f"and `{found.name}` is {_in_unit(found.type)}"
        )
        scope.draft.say(WRONG_MEASURE, message, node.span, "levels are of the measured type", also)
        return None
    return FieldRef(found.name, node.span)


def _in_unit(type_: FieldType) -> str:
    return a_kind(type_) + (f" in `{type_.unit}`" if type_.unit else "")


def _check_levels(draft: Draft, measure: Measure, node: Mapping) -> None:
    """Say where the levels contradict each other, or leave no figure that is a breach."""
    target, acceptable = node.get("target"), node.get("acceptable")
    if acceptable is None:
        if target is not None:
            message = "no figure is a breach: the measure has a target, and nothing is unacceptable"
            hint = "add `acceptable` with the worst figure that can still be accepted"
            draft.say(NEVER_BREACHED, message, target.span, hint)
        return
    if target is None:
        message = "`acceptable` counts only beside a `target`"
        draft.say(WRONG_LEVELS, message, acceptable.span, "add `target` with what is aimed at")
        return
    if _contradict(draft, measure):
        better = measure.better
        message = f"`acceptable` is better than the target, as {better} is better here"
        hint = f"let `acceptable` be {'more' if better == 'lower' else 'less'} than the target"
        also = Related(target.span, "the target")
        draft.say(WRONG_LEVELS, message, acceptable.span, hint, also)


def _contradict(draft: Draft, measure: Measure) -> bool:
    """Return whether on some day what is acceptable is better than the target."""
    house = [
        draft.house[level.name]
        for level in (measure.target, measure.acceptable)
        if isinstance(level, FieldRef) and level.name in draft.house
    ]
    sign = 1 if measure.better == "lower" else -1
    for day in _days(house):
        target = _value_on(draft, measure.target, day)
        acceptable = _value_on(draft, measure.acceptable, day)
        if target is None or acceptable is None:
            continue
        if sign * rank(measure.type, acceptable) < sign * rank(measure.type, target):
            return True
    return False


def _days(house: list[HouseFact]) -> list[date | None]:
    """Return days that tell all dated values of *house* apart; nothing is any day."""
    ranges = [period.effective for fact in house for period in fact.periods]
    ends = [day for one in ranges if one is not None for day in (one.first, one.last) if day]
    return [None, *sorted(set(ends))]


def _value_on(draft: Draft, level: Operand | None, day: date | None) -> Value | None:
    match level:
        case Constant(value):
            return value
        case FieldRef(name):
            fact = draft.house.get(name)
            return None if fact is None else fact.value_on(day)
        case None:
            return None
