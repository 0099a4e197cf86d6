"""Truth: Kleene's three values, and sets of them.

A test of a missing fact is *unknown*. A test of a required fact that nobody gave has some truth,
but we cannot say which: so every truth here is a *set* of the truths that are still possible, a
number with one bit for each. With all facts given every set has one member, and the rules below
are plain three-valued logic.
"""

from typing import Protocol, assert_never

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.facts import Fact
from policyengine.reference.unary import FALSE, TRUE, UNKNOWABLE, Truth, unary_truth
from policyengine.reference.unary import both as _both
from policyengine.reference.unary import negation as _negation


class Known(Protocol):
    """What is known while deciding."""

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*."""


def is_certain(truth: Truth) -> bool:
    """Return whether *truth* is one truth and no other."""
    return truth in (TRUE, FALSE, UNKNOWABLE)


def may_be_true(truth: Truth) -> bool:
    """Return whether *truth* is still possibly true."""
    return truth & TRUE != 0


def condition_truth(condition: Condition | None, known: Known) -> Truth:
    """Return the truth of *condition* for what is *known*; no condition is true."""
    match condition:
        case FieldTest():
            return line_truth(condition, known)
        case AllOf(parts):
            return _all(parts, known)
        case SomeOf(parts):
            return _some(parts, known)
        case NotThat(part):
            return _negation(condition_truth(part, known))
        case Named(_, part):
            return condition_truth(part, known)
        case None:
            return TRUE
    assert_never(condition)


def _all(parts: tuple[Condition, ...], known: Known) -> Truth:
    truth = TRUE
    for part in parts:
        truth = _both(truth, condition_truth(part, known))
        if truth == FALSE:
            break
    return truth


def _some(parts: tuple[Condition, ...], known: Known) -> Truth:
    none = TRUE
    for part in parts:
        none = _both(none, _negation(condition_truth(part, known)))
        if none == FALSE:
            break
    return _negation(none)


def line_truth(line: FieldTest, known: Known) -> Truth:
    """Return the truth of one *line* of a block."""
    return unary_truth(line.test, known.fact(line.field), line.type, known.fact)
