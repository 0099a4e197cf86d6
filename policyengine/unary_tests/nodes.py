"""Tests of a field, as a tree: what a rule asks of one fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as part
from typing import Literal

from policyengine.source import Span
from policyengine.values import Value


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that a test names."""

    value: Value


@dataclass(frozen=True, slots=True)
class FieldRef:
    """Another field that a test compares with; house constants are fields as any other."""

    name: str
    span: Span = part(compare=False, repr=False)


Operand = Constant | FieldRef
Way = Literal["contains", "starts with", "ends with"]
How = Literal["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class Anything:
    """`any`: holds always, also of a missing fact."""

    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """`missing`: the fact is not there."""

    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Present:
    """`present`: the fact is there, whatever it is."""

    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Equals:
    """The fact is this value."""

    operand: Operand
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """A bound or a range: the fact lies from *low* to *high*; for times of day also over midnight.

    INVARIANT: one of the ends is there. Only among times may *low* lie after *high*: the range
    then wraps.
    """

    low: Operand | None
    low_closed: bool
    high: Operand | None
    high_closed: bool
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these tests holds. INVARIANT: two or more, none of them an `AnyOf`."""

    tests: tuple["UnaryTest", ...]
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The test does not hold; of a missing fact that stays unknown."""

    test: "UnaryTest"
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Neither:
    """None of these tests holds; of a missing fact that stays unknown."""

    tests: tuple["UnaryTest", ...]
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """`empty`: the set is there and has no items."""

    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Has:
    """The set has any, all or none of these items."""

    items: tuple[str, ...]
    how: How
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class HasField:
    """The set has the value of another field as an item, or all items of another set."""

    field: FieldRef
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """The text contains, starts with or ends with these characters."""

    how: Way
    operand: str
    span: Span = part(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Matches:
    """The whole text is of the pattern."""

    pattern: str
    span: Span = part(compare=False, repr=False)


UnaryTest = (
    Anything
    | Missing
    | Present
    | Equals
    | Interval
    | AnyOf
    | Not
    | Neither
    | Empty
    | Has
    | HasField
    | Text
    | Matches
)


def fields_of(test: UnaryTest) -> tuple[str, ...]:
    """Return the names of the other fields that *test* compares with, each once, in order."""
    return tuple(dict.fromkeys(ref.name for ref in _refs(test)))


def _refs(test: UnaryTest) -> Iterator[FieldRef]:
    match test:
        case AnyOf(tests) | Neither(tests):
            for each in tests:
                yield from _refs(each)
        case Not(turned):
            yield from _refs(turned)
        case Equals(operand):
            yield from _named(operand)
        case Interval(low=low, high=high):
            yield from _named(low)
            yield from _named(high)
        case HasField(ref):
            yield ref
        case _:
            return


def _named(operand: Operand | None) -> Iterator[FieldRef]:
    if isinstance(operand, FieldRef):
        yield operand
