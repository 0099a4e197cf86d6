"""Ranges of classes: which classes of a field a test holds of.

The classes of a field stand in a row: values of a choice in their order, or the bounds that tests
name with the gaps between them. A part of the row is a tuple of ranges, first and last included.
"""

from collections.abc import Callable, Iterable, Sequence

from policyengine.unary_tests import (
    AnyOf,
    Anything,
    Constant,
    Equals,
    Interval,
    Missing,
    Neither,
    Not,
    Operand,
    Present,
    UnaryTest,
)
from policyengine.values import Value

Ranges = tuple[tuple[int, int], ...]


def ranges_of(test: UnaryTest, last: int, place: Callable[[Value], int], *, wraps: bool) -> Ranges:
    """Return the classes from 0 to *last* of which *test* holds.

    *place* gives the class of a value that the test names; where the order *wraps*, a range may
    go on from the end to the start.
    """
    match test:
        case Equals(operand):
            at = place(_value(operand))
            return ((at, at),)
        case Interval(low, low_closed, high, high_closed):
            start = 0 if low is None else place(_value(low)) + (not low_closed)
            end = last if high is None else place(_value(high)) - (not high_closed)
            if (
                wraps
                and low is not None
                and high is not None
                and place(_value(high)) < place(_value(low))
            ):
                return united((((0, end),), ((start, last),)), last)
            return ((start, end),) if start <= end else ()
        case Not(turned):
            return turned_round(ranges_of(turned, last, place, wraps=wraps), last)
        case AnyOf(tests):
            return united((ranges_of(each, last, place, wraps=wraps) for each in tests), last)
        case Neither(tests):
            some = united((ranges_of(each, last, place, wraps=wraps) for each in tests), last)
            return turned_round(some, last)
        case Missing():
            return ()
        case Anything() | Present():
            return ((0, last),)
        case _:
            raise TypeError(f"a test that has no place in a row: {test}")


def _value(operand: Operand) -> Value:
    assert isinstance(operand, Constant)
    return operand.value


def turned_round(ranges: Ranges, last: int) -> Ranges:
    """Return the classes from 0 to *last* that are in none of *ranges*."""
    found = []
    free = 0
    for start, end in ranges:
        if free < start:
            found.append((free, start - 1))
        free = end + 1
    if free <= last:
        found.append((free, last))
    return tuple(found)


def united(parts: Iterable[Ranges], last: int) -> Ranges:
    """Return the classes that are in one of *parts*."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(one for part in parts for one in part if one[0] <= one[1]):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, min(end, last)))
    return tuple(found)


def common(left: Ranges, right: Ranges) -> Ranges:
    """Return the classes that are in both."""
    found = []
    for start, end in left:
        for first, last in right:
            if max(start, first) <= min(end, last):
                found.append((max(start, first), min(end, last)))
    return tuple(found)


def masks_along(count: int, boxes: Sequence[tuple[int, Ranges]], always: int) -> list[int]:
    """Return for each of *count* classes the bits of the boxes it lies in.

    *boxes* are bits with their ranges; the bits in *always* are set everywhere. Neighbours that
    are alike share one number.
    """
    changes: list[list[int]] = [[] for _ in range(count + 1)]
    for bit, ranges in boxes:
        for start, end in ranges:
            changes[start].append(bit)
            changes[end + 1].append(bit)
    masks = []
    mask = always
    for bits in changes[:-1]:
        for bit in bits:
            mask ^= 1 << bit
        masks.append(mask)
    return masks
