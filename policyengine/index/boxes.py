"""Boxes: a condition as alternatives, each of which is a number of tests that all must come out.

Negations are pushed down to the tests, so that each test only says which of the three truths it
must come to. What a block asks in more than a few alternatives is asked of a wider box, and the
rules that still stand are then asked themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.model import Rule
from policyengine.reference import FALSE, TRUE, UNKNOWABLE, Truth

MOST_BOXES = 32
"""How many alternatives one rule is cut into."""

NOT_TRUE = FALSE | UNKNOWABLE
_NOT_FALSE = TRUE | UNKNOWABLE
_TURNED = {TRUE: FALSE, FALSE: TRUE, NOT_TRUE: _NOT_FALSE, _NOT_FALSE: NOT_TRUE}


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


def boxes_of(rule: Rule, most: int = MOST_BOXES) -> Boxes:
    """Return the boxes, *most* at the most, in which *rule* holds.

    `when` is true there, and `unless` is not.
    """
    parts = []
    if rule.when is not None:
        parts.append(_cut(rule.when, TRUE, most))
    if rule.unless is not None:
        parts.append(_cut(rule.unless, NOT_TRUE, most))
    return _all(parts, most)


def boxes_where(
    condition: Condition | None, accepts: Truth = TRUE, most: int = MOST_BOXES
) -> Boxes:
    """Return the boxes in which *condition* comes to what *accepts* has; without one it is true."""
    if condition is None:
        return Boxes(((),) if accepts & TRUE else ())
    return _cut(condition, accepts, most)


def _cut(condition: Condition, accepts: Truth, most: int) -> Boxes:
    """Return the boxes in which *condition* comes to one of the truths that *accepts* has."""
    match condition:
        case FieldTest():
            return Boxes(((Literal(condition, accepts),),))
        case Named(_, part):
            return _cut(part, accepts, most)
        case NotThat(part):
            return _cut(part, _TURNED[accepts], most)
        case AllOf(parts):
            together = accepts in (TRUE, _NOT_FALSE)
        case SomeOf(parts):
            together = accepts in (FALSE, NOT_TRUE)
    cut = [_cut(part, accepts, most) for part in parts]
    return _all(cut, most) if together else _any(cut, most)


def _any(parts: Sequence[Boxes], most: int) -> Boxes:
    boxes = tuple(box for part in parts for box in part.boxes)
    if len(boxes) > most:
        return _EVERYWHERE
    return Boxes(boxes, all(part.is_exact for part in parts))


def _all(parts: Iterable[Boxes], most: int) -> Boxes:
    """Return the boxes where all *parts* hold; those of the most alternatives are left out first."""
    found = Boxes(((),))
    for part in sorted(parts, key=lambda part: len(part.boxes)):
        found = _both(found, part, most)
    return found


def _both(left: Boxes, right: Boxes, most: int) -> Boxes:
    if len(left.boxes) * len(right.boxes) > most:
        return Boxes(left.boxes, is_exact=False)
    boxes = tuple((*first, *second) for first in left.boxes for second in right.boxes)
    return Boxes(boxes, left.is_exact and right.is_exact)
