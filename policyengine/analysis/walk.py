"""The walk: space is split where it best separates the boxes still alive, until each part is plain."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policyengine.analysis.space import Box, Region

Full = Callable[[str], int]

MOST_REGIONS = 100_000
"""How many regions one question may take; past it the answer is "not decided"."""
_COUNTED = 256
"""How many of the boxes alive are counted to tell where to split."""


class OutOfBudgetError(Exception):
    """A question took more regions than it may."""


@dataclass(slots=True)
class Budget:
    """How many regions are left for one question."""

    left: int = MOST_REGIONS

    def spend(self) -> None:
        """Count one region."""
        self.left -= 1
        if self.left < 0:
            raise OutOfBudgetError


@dataclass(frozen=True, slots=True)
class Leaf:
    """A region that lies wholly in each of the boxes *inside*, given by their places, and in no other.

    Where only the first box counts, *inside* has no more than that.
    """

    region: Region
    inside: tuple[int, ...]


def walk(
    boxes: Sequence[Box],
    full: Full,
    *,
    start: Region | None = None,
    stop: int | None = None,
    budget: Budget | None = None,
) -> Iterator[Leaf]:
    """Yield leaves that together are *start*, and of which no two meet.

    A leaf stops at the first box that covers it where this is one of the first *stop* boxes;
    without *stop* that counts for all boxes.
    """
    budget = budget or Budget()
    stop = len(boxes) if stop is None else stop
    begun = dict(start or {})
    alive = [place for place, box in enumerate(boxes) if meets(box, begun)]
    waiting = [(begun, alive)]
    while waiting:
        region, alive = waiting.pop()
        budget.spend()
        inside: list[int] = []
        split = None
        for place in alive:
            open_ = _open(boxes[place], region, full)
            if open_:
                split = place, open_
                break
            inside.append(place)
            if place < stop:
                break
        if split is None:
            yield Leaf(region, tuple(inside))
            continue
        place, open_ = split
        near = [boxes[one] for one in alive[:_COUNTED]]
        name, bits = _where(boxes[place], open_, near, region, full)
        there = region.get(name, full(name))
        for part in (there & ~bits, there & bits):
            left = [one for one in alive if boxes[one].get(name, part) & part]
            waiting.append(({**region, name: part}, left))


def _open(box: Box, region: Region, full: Full) -> list[str]:
    """Return the axes along which *region* is wider than *box*."""
    return [name for name, bits in box.items() if region.get(name, full(name)) & ~bits]


def _where(
    box: Box, names: Sequence[str], alive: Sequence[Box], region: Region, full: Full
) -> tuple[str, int]:
    """Return the axis of *names*, and the classes of it that *box* has, which separate best.

    The fewest of the boxes *alive* then stay so in both parts.
    """
    if len(names) == 1 or len(alive) == 1:
        return names[0], box[names[0]]
    best = names[0], len(alive) * 2 + 1
    for name in names:
        bits = box[name]
        rest = region.get(name, full(name)) & ~bits
        count = 0
        for other in alive:
            own = other.get(name)
            count += 2 if own is None else bool(own & bits) + bool(own & rest)
        if count < best[1]:
            best = name, count
    return best[0], box[best[0]]


def meets(box: Box, region: Region) -> bool:
    """Return whether some of *region* lies in *box*."""
    return all(region.get(name, bits) & bits for name, bits in box.items())


def covers(boxes: Sequence[Box], region: Region, full: Full, budget: Budget | None = None) -> bool:
    """Return whether all of *region* lies in one of *boxes*."""
    return all(leaf.inside for leaf in walk(boxes, full, start=region, budget=budget))


def widened(region: Region, boxes: Iterable[Box], full: Full) -> Region:
    """Return a largest region around *region* that meets none of *boxes*."""
    found = dict(region)
    boxes = tuple(boxes)
    for name in tuple(found):
        rest = full(name) & ~found[name]
        without = {key: bits for key, bits in found.items() if key != name}
        near = [box for box in boxes if meets(box, without)]
        for box in near:
            rest &= ~box.get(name, ~0)
        found[name] |= rest
        if found[name] == full(name):
            del found[name]
    return found
