"""Boxes: a condition as alternatives, each of which is a number of tests that all must come out.

Negations are pushed down to the tests, so that each test only says which of the three truths it
must come to. What a block asks in more than a few alternatives is asked of a wider box, and the
rules that still stand are then asked themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.model import Rule
from policyengine.reference import FALSE, TRUE, UNKNOWABLE, Truth

MOST_BOXES = 32
"""How many alternatives one rule is cut into."""

_NOT_TRUE = FALSE | UNKNOWABLE
_NOT_FALSE = TRUE | UNKNOWABLE
_TURNED = {TRUE: FALSE, FALSE: TRUE, _NOT_TRUE: _NOT_FALSE, _NOT_FALSE: _NOT_TRUE}


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """One test, and the truths that it must come to; told from others by what it is, not says."""

    line: FieldTest
    accepts: Truth


Box = tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Alternatives that together hold wherever a condition does; only there where *is_exact*."""

    boxes: tuple[Box, ...]
    is_exact: bool = True


_EVERYWHERE = Boxes(((),), is_exact=False)


def boxes_of(rule: Rule) -> Boxes:
    """Return the boxes in which *rule* holds: `when` is true there, and `unless` is not."""
    parts = []
    if rule.when is not None:
        parts.append(_cut(rule.when, TRUE))
    if rule.unless is not None:
        parts.append(_cut(rule.unless, _NOT_TRUE))
    return _all(parts)


def boxes_where(condition: Condition | None) -> Boxes:
    """Return the boxes in which *condition* is true."""
    return Boxes(((),)) if condition is None else _cut(condition, TRUE)


def _cut(condition: Condition, accepts: Truth) -> Boxes:
    """Return the boxes in which *condition* comes to one of the truths that *accepts* has."""
    match condition:
        case FieldTest():
            return Boxes(((Literal(condition, accepts),),))
        case Named(_, part):
            return _cut(part, accepts)
        case NotThat(part):
            return _cut(part, _TURNED[accepts])
        case AllOf(parts):
            together = accepts in (TRUE, _NOT_FALSE)
        case SomeOf(parts):
            together = accepts in (FALSE, _NOT_TRUE)
    cut = [_cut(part, accepts) for part in parts]
    return _all(cut) if together else _any(cut)


def _any(parts: Sequence[Boxes]) -> Boxes:
    boxes = tuple(box for part in parts for box in part.boxes)
    if len(boxes) > MOST_BOXES:
        return _EVERYWHERE
    return Boxes(boxes, all(part.is_exact for part in parts))


def _all(parts: Iterable[Boxes]) -> Boxes:
    """Return the boxes where all *parts* hold; those of the most alternatives are left out first."""
    return reduce(_both, sorted(parts, key=lambda part: len(part.boxes)), Boxes(((),)))


def _both(left: Boxes, right: Boxes) -> Boxes:
    if len(left.boxes) * len(right.boxes) > MOST_BOXES:
        return Boxes(left.boxes, is_exact=False)
    boxes = tuple((*first, *second) for first in left.boxes for second in right.boxes)
    return Boxes(boxes, left.is_exact and right.is_exact)
