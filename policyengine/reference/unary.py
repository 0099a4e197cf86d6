"""The truth of a test of one field, for every kind of test."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Self

from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact, Lookup
from policyengine.unary_tests import (
    AnyOf,
    Anything,
    Empty,
    Equals,
    FieldRef,
    Has,
    HasField,
    Interval,
    Matches,
    Missing,
    Neither,
    Not,
    Operand,
    Present,
    Text,
    UnaryTest,
    fits,
)
from policyengine.values import FieldType, Value, rank

Truth = int

TRUE: Truth = 1
FALSE: Truth = 2
UNKNOWABLE: Truth = 4
_EITHER = TRUE | FALSE
_OF_ABSENT = {MISSING: UNKNOWABLE, UNKNOWN: _EITHER, UNDECIDED: TRUE | FALSE | UNKNOWABLE}
"""What a test that needs a value can come to, where the value is absent."""
_IS_MISSING = {MISSING: TRUE, UNKNOWN: FALSE, UNDECIDED: _EITHER}


class OtherText(str):
    """A text that no test names: those in *holding* hold of it, and no other test of its parts."""

    __slots__ = ("holding",)
    holding: frozenset[UnaryTest]

    def __new__(cls, text: str, holding: frozenset[UnaryTest]) -> Self:
        """Return *text*, of which the tests in *holding* hold."""
        other = super().__new__(cls, text)
        other.holding = holding
        return other


_NEGATION = tuple(
    (truth & UNKNOWABLE) | (FALSE if truth & TRUE else 0) | (TRUE if truth & FALSE else 0)
    for truth in range(8)
)


def negation(truth: Truth) -> Truth:
    """Return the opposite of *truth*: unknown stays unknown."""
    return _NEGATION[truth]


def _conjunction(left: Truth, right: Truth) -> Truth:
    """Return the truths of "left and right": false beats unknown, unknown beats true."""
    result = (left | right) & FALSE
    if left & TRUE and right & TRUE:
        result |= TRUE
    if (left | right) & UNKNOWABLE and FALSE not in (left, right):
        result |= UNKNOWABLE
    return result


_BOTH = tuple(tuple(_conjunction(left, right) for right in range(8)) for left in range(8))


def both(left: Truth, right: Truth) -> Truth:
    """Return the truth of "left and right"."""
    return _BOTH[left][right]


def unary_truth(test: UnaryTest, fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    """Return the truth of *test* of a *fact* of the type *type_*.

    *lookup* gives the facts of other fields that the test names.
    """
    return _TRUTH[type(test)](test, fact, type_, lookup)


def _anything(_test: Anything, _fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    return TRUE


def _missing(_test: Missing, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    return _IS_MISSING[fact] if isinstance(fact, Absent) else FALSE


def _present(_test: Present, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    return _NEGATION[_IS_MISSING[fact]] if isinstance(fact, Absent) else TRUE


def _any_of(test: AnyOf, fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    return _NEGATION[_none_of(test.tests, fact, type_, lookup)]


def _neither(test: Neither, fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    return _none_of(test.tests, fact, type_, lookup)


def _none_of(tests: Iterable[UnaryTest], fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    none = TRUE
    for part in tests:
        none = _BOTH[none][_NEGATION[unary_truth(part, fact, type_, lookup)]]
        if none == FALSE:
            break
    return none


def _not(test: Not, fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    return _NEGATION[unary_truth(test.test, fact, type_, lookup)]


def _equals(test: Equals, fact: Fact, _type: FieldType, lookup: Lookup) -> Truth:
    other = _operand(test.operand, lookup)
    if isinstance(fact, Absent) or isinstance(other, Absent):
        return _of_absent(fact, other)
    return TRUE if fact == other else FALSE


def _interval(test: Interval, fact: Fact, type_: FieldType, lookup: Lookup) -> Truth:
    """Return whether the value lies in the interval; times of day may wrap past midnight."""
    low = None if test.low is None else _operand(test.low, lookup)
    high = None if test.high is None else _operand(test.high, lookup)
    if isinstance(fact, Absent) or isinstance(low, Absent) or isinstance(high, Absent):
        return _of_absent(fact, low, high)
    place = rank(type_, fact)
    start = None if low is None else rank(type_, low)
    end = None if high is None else rank(type_, high)
    above = start is None or start < place or (test.low_closed and start == place)
    below = end is None or place < end or (test.high_closed and end == place)
    wraps = type_.kind == "time" and _comes_before(end, start)
    return TRUE if (above or below if wraps else above and below) else FALSE


def _comes_before(end: Decimal | int | None, start: Decimal | int | None) -> bool:
    return end is not None and start is not None and end < start


def _has(test: Has, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    if isinstance(fact, Absent):
        return _OF_ABSENT[fact]
    members = _members(fact)
    wanted = (item in members for item in test.items)
    if test.how == "any":
        return TRUE if any(wanted) else FALSE
    return TRUE if (all(wanted) if test.how == "all" else not any(wanted)) else FALSE


def _has_field(test: HasField, fact: Fact, _type: FieldType, lookup: Lookup) -> Truth:
    other = lookup(test.field.name)
    if isinstance(fact, Absent) or isinstance(other, Absent):
        return _of_absent(fact, other)
    return TRUE if _members(other) <= _members(fact) else FALSE


def _empty(_test: Empty, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    if isinstance(fact, Absent):
        return _OF_ABSENT[fact]
    return FALSE if fact else TRUE


def _text(test: Text, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    if isinstance(fact, Absent):
        return _OF_ABSENT[fact]
    if isinstance(fact, OtherText):
        return TRUE if test in fact.holding else FALSE
    text = str(fact)
    match test.how:
        case "contains":
            holds = test.operand in text
        case "starts with":
            holds = text.startswith(test.operand)
        case "ends with":
            holds = text.endswith(test.operand)
    return TRUE if holds else FALSE


def _matches(test: Matches, fact: Fact, _type: FieldType, _lookup: Lookup) -> Truth:
    if isinstance(fact, Absent):
        return _OF_ABSENT[fact]
    if isinstance(fact, OtherText):
        return TRUE if test in fact.holding else FALSE
    return TRUE if fits(test.pattern, str(fact)) else FALSE


def _operand(operand: Operand, lookup: Lookup) -> Fact:
    return lookup(operand.name) if isinstance(operand, FieldRef) else operand.value


def _of_absent(*facts: Fact | None) -> Truth:
    """Return the truth of a test that needs all of *facts*, one of which is absent."""
    for absent in (MISSING, UNDECIDED):
        if absent in facts:
            return _OF_ABSENT[absent]
    return _EITHER


def _members(value: Value) -> set[str]:
    """Return the members of a set; a choice is the one member of its own."""
    return set(value) if isinstance(value, tuple) else {str(value)}


# A dictionary finds the kind of test at once, where a `match` would try them one by one.
_TRUTH: dict[type, Callable[[Any, Fact, FieldType, Lookup], Truth]] = {
    Anything: _anything,
    Missing: _missing,
    Present: _present,
    AnyOf: _any_of,
    Neither: _neither,
    Not: _not,
    Equals: _equals,
    Interval: _interval,
    Has: _has,
    HasField: _has_field,
    Empty: _empty,
    Text: _text,
    Matches: _matches,
}
