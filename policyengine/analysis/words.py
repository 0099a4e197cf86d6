"""Regions in the words of the file: what a rule would ask that holds in just this region."""

from collections.abc import Iterator

from policyengine.analysis.axes import TRUTHS, AnyAxis, Axis, Opaque
from policyengine.analysis.space import Region, Space
from policyengine.facts import MISSING, Absent, Fact
from policyengine.reference import TRUE
from policyengine.source import Source, Span
from policyengine.unary_tests import (
    AnyOf,
    Anything,
    Constant,
    Equals,
    Interval,
    Missing,
    Neither,
    Not,
    Present,
    UnaryTest,
    show_test,
)
from policyengine.values import FieldType, Value, show_value

_SHOWN = 3
NOWHERE = Span(Source("", ""), 0, 0)
"""The place of a test that stands in no file."""


def in_words(space: Space, region: Region) -> str:
    """Return *region* as the body of a `when`, such as `customer.tier: gold, queue.wait: over 2 min`."""
    return ", ".join(f"{name}: {text}" for name, text in lines(space, region))


def lines(space: Space, region: Region) -> Iterator[tuple[str, str]]:
    """Yield each field of *region* with the test that holds in just its classes."""
    for name, bits in region.items():
        axis = space.axis(name)
        if bits == axis.possible:
            continue
        match axis:
            case Axis():
                yield name, show(axis, bits)
            case Opaque(line=line):
                turned = "" if bits >> TRUTHS.index(TRUE) & 1 else "not "
                yield line.field, f"{turned}{show_test(line.test, line.type)}"
            case _ if bits & 0b111:
                yield axis.left, f"{_compared(bits)} {axis.right}"


def _compared(bits: int) -> str:
    words = {
        0b001: "under",
        0b010: "the same as",
        0b100: "over",
        0b011: "at most",
        0b110: "at least",
    }
    return words.get(bits & 0b111, "not the same as")


def show_fact(type_: FieldType, fact: Fact) -> str:
    """Return *fact* as a policy says it."""
    return "missing" if isinstance(fact, Absent) else show_value(type_, fact)


def show(axis: AnyAxis, bits: int) -> str:
    """Return the test of the field of *axis* that holds in the classes *bits*."""
    assert isinstance(axis, Axis)
    test = _test(axis, bits)
    if test is not None:
        return show_test(test, axis.type)
    shown = [
        show_fact(axis.type, fact)
        for place, fact in enumerate(axis.facts)
        if bits >> place & 1 and fact is not None
    ]
    more = "" if len(shown) <= _SHOWN else f" and {len(shown) - _SHOWN} more ways"
    return "such as " + " or ".join(shown[:_SHOWN]) + more


def _test(axis: Axis, bits: int) -> UnaryTest | None:
    """Return a test that holds in just the classes *bits*, or nothing where none says it."""
    present = axis.possible & ~axis.missing
    if bits & present == present:
        return Present(NOWHERE) if not bits & axis.missing else Anything(NOWHERE)
    if not bits & present:
        return Missing(NOWHERE)
    if axis.type.kind in ("choice", "boolean"):
        parts = _values(axis, bits & present, present)
    elif axis.type.kind in ("set", "text", "list", "period"):
        return None
    else:
        parts = list(_runs(axis, bits))
    if bits & axis.missing:
        parts.append(Missing(NOWHERE))
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), NOWHERE)


def _values(axis: Axis, bits: int, present: int) -> list[UnaryTest]:
    """Return tests of the values *bits*: these, or none of the others, whichever is shorter."""
    inside = [_equals(axis, place) for place in _places(bits)]
    outside = [_equals(axis, place) for place in _places(present & ~bits)]
    if axis.type.kind == "boolean" or len(inside) <= max(2, len(outside)):
        return inside
    return [Not(outside[0], NOWHERE) if len(outside) == 1 else Neither(tuple(outside), NOWHERE)]


def _equals(axis: Axis, place: int) -> UnaryTest:
    fact = axis.facts[place]
    return Equals(Constant(fact), NOWHERE)  # type: ignore[arg-type]  # a class of values


def _places(bits: int) -> Iterator[int]:
    place = 0
    while bits >> place:
        if bits >> place & 1:
            yield place
        place += 1


def _runs(axis: Axis, bits: int) -> Iterator[UnaryTest]:
    """Yield the ranges of neighbouring classes; a class that cannot be parts no neighbours."""
    last = len(axis.facts) - 2
    place = 0
    while place <= last:
        if not bits >> place & 1:
            place += 1
            continue
        start = end = place
        while place <= last and (bits >> place & 1 or not axis.possible >> place & 1):
            end = place if bits >> place & 1 else end
            place += 1
        yield _range(axis, start, end)


def _range(axis: Axis, start: int, end: int) -> UnaryTest:
    first = min(_places(axis.possible))
    last = max(_places(axis.possible & ~axis.missing))
    if start == end and start % 2:
        return Equals(Constant(_cut(axis, start)), NOWHERE)
    low = None if start == first and start % 2 == 0 else (start if start % 2 else start - 1)
    high = None if end == last and end % 2 == 0 else (end if end % 2 else end + 1)
    if low is not None and low < 0:
        low = None
    if high is not None and high >= len(axis.facts) - 1:
        high = None
    if start == first and high is not None:
        low = None
    elif end == last and low is not None:
        high = None
    ends = [None if at is None else Constant(_cut(axis, at)) for at in (low, high)]
    return Interval(ends[0], bool(start % 2), ends[1], bool(end % 2), NOWHERE)


def _cut(axis: Axis, place: int) -> Value:
    """Return the value of the cut at *place*."""
    fact = axis.facts[place]
    if fact is None or fact is MISSING:
        return next(value for value in axis.named if axis.class_of(value) == 1 << place)
    return fact  # type: ignore[return-value]  # neither missing nor unknown: a value
