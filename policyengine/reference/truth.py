"""The truth of tests and conditions: Kleene's three values, and sets of them.

A test of a missing fact is *unknown*. A test of a required fact that nobody gave has some truth,
but we cannot say which: so every truth here is a *set* of the truths that are still possible, a
number with one bit for each. With all facts given every set has one member, and the rules below
are plain three-valued logic.
"""

import re
from collections.abc import Callable, Iterable
from typing import Protocol, assert_never

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact
from policyengine.unary_tests import (
    AnyOf,
    Anything,
    Constant,
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
)
from policyengine.values import FieldType, Value, rank

Truth = int

TRUE: Truth = 1
FALSE: Truth = 2
UNKNOWABLE: Truth = 4
CAN_BE_TRUE = TRUE
_SINGLE = (TRUE, FALSE, UNKNOWABLE)
_EITHER = TRUE | FALSE
_ALL = TRUE | FALSE | UNKNOWABLE


class Known(Protocol):
    """What is known while deciding: the fact of a field, and the field's type."""

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*."""

    def type_of(self, name: str) -> FieldType:
        """Return the type of the field *name*."""


def is_certain(truth: Truth) -> bool:
    """Return whether *truth* is one truth and no other."""
    return truth in _SINGLE


def may_be_true(truth: Truth) -> bool:
    """Return whether *truth* is still possibly true."""
    return bool(truth & TRUE)


def negation(truth: Truth) -> Truth:
    """Return the opposite of *truth*: unknown stays unknown."""
    turned = truth & UNKNOWABLE
    if truth & TRUE:
        turned |= FALSE
    if truth & FALSE:
        turned |= TRUE
    return turned


def _both(left: Truth, right: Truth) -> Truth:
    """Return the truths of "left and right": false beats unknown, unknown beats true."""
    result = (left | right) & FALSE
    if left & TRUE and right & TRUE:
        result |= TRUE
    if (left | right) & UNKNOWABLE and FALSE not in (left, right):
        result |= UNKNOWABLE
    return result


_BOTH = tuple(tuple(_both(left, right) for right in range(8)) for left in range(8))


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return the truth of "all of *truths*"."""
    result = TRUE
    for truth in truths:
        result = _BOTH[result][truth]
        if result == FALSE:
            break
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return the truth of "at least one of *truths*"."""
    return negation(conjunction(negation(truth) for truth in truths))


def condition_truth(condition: Condition | None, known: Known) -> Truth:
    """Return the truth of *condition* for what is *known*; no condition is true."""
    match condition:
        case None:
            return TRUE
        case FieldTest():
            return line_truth(condition, known)
        case AllOf(parts):
            return conjunction(condition_truth(part, known) for part in parts)
        case SomeOf(parts):
            return disjunction(condition_truth(part, known) for part in parts)
        case NotThat(part):
            return negation(condition_truth(part, known))
        case Named(_, part):
            return condition_truth(part, known)
    assert_never(condition)


def line_truth(line: FieldTest, known: Known) -> Truth:
    """Return the truth of one *line* of a block."""
    return unary_truth(line.test, known.fact(line.field), known.type_of(line.field), known)


def unary_truth(test: UnaryTest, fact: Fact, type_: FieldType, known: Known) -> Truth:
    """Return the truth of *test* of a *fact* of the type *type_*."""
    match test:
        case Equals() | Interval() | Has() | HasField() | Empty() | Text() | Matches():
            return _value_truth(test, fact, type_, known)
        case AnyOf(tests):
            return disjunction(unary_truth(part, fact, type_, known) for part in tests)
        case Neither(tests):
            return conjunction(negation(unary_truth(part, fact, type_, known)) for part in tests)
        case Not(part):
            return negation(unary_truth(part, fact, type_, known))
        case Anything():
            return TRUE
        case Missing():
            return _absence(fact)
        case Present():
            return negation(_absence(fact))
    assert_never(test)


def _absence(fact: Fact) -> Truth:
    if fact is UNDECIDED:
        return _EITHER
    return TRUE if fact is MISSING else FALSE


ValueTest = Equals | Interval | Has | HasField | Empty | Text | Matches


def _value_truth(test: ValueTest, fact: Fact, type_: FieldType, known: Known) -> Truth:
    """Return the truth of a *test* that needs a value, and of its other fields' values."""
    refs = _refs(test)
    facts = [fact, *(known.fact(ref.name) for ref in refs)] if refs else (fact,)
    if MISSING in facts:
        return UNKNOWABLE
    if UNDECIDED in facts:
        return _ALL
    if isinstance(fact, Absent) or UNKNOWN in facts:
        return _EITHER
    return TRUE if _holds(test, fact, type_, known) else FALSE


def _refs(test: ValueTest) -> list[FieldRef]:
    match test:
        case Interval(low=low, high=high):
            return [operand for operand in (low, high) if isinstance(operand, FieldRef)]
        case Equals(FieldRef() as operand) | HasField(operand):
            return [operand]
        case _:
            return []


def _holds(test: ValueTest, value: Value, type_: FieldType, known: Known) -> bool:
    """Return whether *test* holds of *value*; all that it asks has a value."""
    match test:
        case Equals(operand):
            return value == _value(operand, known)
        case Interval():
            return _inside(test, value, type_, known)
        case Empty():
            return value == ()
        case Has(items, how):
            assert isinstance(value, tuple)
            wanted = [item in value for item in items]
            return {"any": any, "all": all, "none": _none}[how](wanted)
        case HasField(field):
            assert isinstance(value, tuple)
            other = _value(field, known)
            return set(other) <= set(value) if isinstance(other, tuple) else other in value
        case Text(how, operand):
            assert isinstance(value, str)
            return _TEXT[how](value, operand)
        case Matches(pattern):
            assert isinstance(value, str)
            return re.fullmatch(pattern, value) is not None
    assert_never(test)


def _none(wanted: Iterable[bool]) -> bool:
    return not any(wanted)


_TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "starts with": str.startswith,
    "ends with": str.endswith,
}


def _value(operand: Operand, known: Known) -> Value:
    if isinstance(operand, Constant):
        return operand.value
    fact = known.fact(operand.name)
    assert not isinstance(fact, Absent)
    return fact


def _inside(test: Interval, value: Value, type_: FieldType, known: Known) -> bool:
    """Return whether *value* lies in the interval; times of day may wrap past midnight."""
    place = rank(type_, value)
    low = None if test.low is None else rank(type_, _value(test.low, known))
    high = None if test.high is None else rank(type_, _value(test.high, known))
    above = low is None or low < place or (test.low_closed and low == place)
    below = high is None or place < high or (test.high_closed and high == place)
    if type_.kind == "time" and low is not None and high is not None and high < low:
        return above or below
    return above and below
