"""Axes: for one field, which boxes a fact lies in, found at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from policyengine.conditions import FieldTest
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact
from policyengine.index.boxes import Literal
from policyengine.index.ranges import Ranges, common, masks_along, ranges_of, turned_round, united
from policyengine.reference import FALSE, TRUE, Known, line_truth, unary_truth
from policyengine.unary_tests import AnyOf, Constant, Equals, Interval, Neither, Not, UnaryTest
from policyengine.values import FieldType, Value, rank

_MOST_KEPT = 4096
"""How many facts are kept with their boxes, where boxes are found by asking the tests."""

Asked = Mapping[int, tuple[Literal, ...]]
"""For each box, by its bit, what it asks of one field."""


@dataclass(frozen=True, slots=True)
class Words:
    """A field whose values are few, or of which tests name single values: a table."""

    name: str
    table: Mapping[Fact, int]
    other: int

    def mask(self, fact: Fact) -> int:
        """Return the boxes in which *fact* lies."""
        return self.table.get(fact, self.other)


@dataclass(frozen=True, slots=True)
class Line:
    """A field with an order: bounds in a row, and between them gaps.

    *cuts* are exact; *near* are the same as binary numbers, which are quicker to compare. Class
    2n+1 is the cut n, class 2n the gap before it.
    """

    name: str
    type: FieldType
    cuts: Sequence[Decimal | int]
    near: Sequence[float]
    masks: Sequence[int]
    missing: int

    def mask(self, fact: Fact) -> int:
        """Return the boxes in which *fact* lies."""
        if isinstance(fact, Absent):
            return self.missing if fact is MISSING else self.masks[0]
        return self.masks[self.class_of(rank(self.type, fact))]

    def class_of(self, place: Decimal | int) -> int:
        """Return the class of *place* in the order of the field."""
        about = float(place)
        start = bisect_left(self.near, about)
        if start == len(self.near) or self.near[start] != about:
            return 2 * start
        end = bisect_right(self.near, about, start)
        at = bisect_left(self.cuts, place, start, end)
        return 2 * at + (at < end and self.cuts[at] == place)


@dataclass(frozen=True, slots=True)
class Items:
    """A set: the tests are asked, once for each set that comes."""

    name: str
    type: FieldType
    groups: Sequence[tuple[tuple[Literal, ...], int]]
    always: int
    kept: dict[Fact, int] = field(default_factory=dict)

    def mask(self, fact: Fact) -> int:
        """Return the boxes in which *fact* lies."""
        mask = self.kept.get(fact)
        if mask is None:
            mask = self._asked(fact)
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[fact] = mask
        return mask

    def _asked(self, fact: Fact) -> int:
        value = fact if fact is MISSING or not isinstance(fact, Absent) else ()
        mask = self.always
        for literals, bits in self.groups:
            if all(_truth(one.line.test, value, self.type) & one.accepts for one in literals):
                mask |= bits
        return mask


@dataclass(frozen=True, slots=True)
class Opaque:
    """A test that compares fields, or asks a part of a text: it is asked itself, if it counts.

    *bits* has for each of the truths the boxes that accept it; *cares* those that ask at all.
    """

    line: FieldTest
    bits: Mapping[int, int]
    cares: int

    def left(self, bits: int, known: Known) -> int:
        """Return those of *bits* that are left once the test is asked."""
        if not bits & self.cares:
            return bits
        truth = line_truth(self.line, known)
        return bits & self.bits[truth & -truth]


Axis = Words | Line | Items


def axis(name: str, type_: FieldType, asked: Asked, always: int) -> Axis:
    """Return the axis of the field *name*; the boxes in *always* ask nothing of it."""
    match type_.kind:
        case "set":
            return _items(name, type_, asked, always)
        case "boolean":
            values: Sequence[Value] = (False, True)
        case "choice":
            values = type_.values
        case "text":
            values = tuple(dict.fromkeys(_constants(asked)))
        case "list" | "period":
            values = ()
        case _:
            return _line(name, type_, asked, always)
    places = {value: place for place, value in enumerate(values)}
    row = _Row(type_, len(values), places.__getitem__)
    masks = row.masks(asked, always)
    table: dict[Fact, int] = {value: masks[place] for place, value in enumerate(values)}
    table[MISSING] = row.missing(asked, always)
    table[UNKNOWN] = table[UNDECIDED] = masks[0]
    return Words(name, table, masks[-1])


def _line(name: str, type_: FieldType, asked: Asked, always: int) -> Line:
    cuts = sorted({rank(type_, value) for value in _constants(asked)})
    places = {cut: 2 * place + 1 for place, cut in enumerate(cuts)}
    row = _Row(type_, 2 * len(cuts), lambda value: places[rank(type_, value)])
    near = [float(cut) for cut in cuts]
    return Line(name, type_, cuts, near, row.masks(asked, always), row.missing(asked, always))


def _items(name: str, type_: FieldType, asked: Asked, always: int) -> Items:
    groups: dict[tuple[Literal, ...], int] = {}
    for bit, literals in asked.items():
        groups[literals] = groups.get(literals, 0) | 1 << bit
    return Items(name, type_, tuple(groups.items()), always)


@dataclass(frozen=True, slots=True)
class _Row:
    """The classes of a field in a row, from 0 to *last*, and the *place* of a value in it."""

    type: FieldType
    last: int
    place: Callable[[Value], int]
    known: dict[Literal, Ranges] = field(default_factory=dict)

    def masks(self, asked: Asked, always: int) -> list[int]:
        """Return the boxes in which each class lies."""
        boxes = [(bit, self._where(literals)) for bit, literals in asked.items()]
        return masks_along(self.last + 1, boxes, always)

    def missing(self, asked: Asked, always: int) -> int:
        """Return the boxes in which the missing fact lies."""
        mask = always
        told: dict[tuple[Literal, ...], bool] = {}
        for bit, literals in asked.items():
            if literals not in told:
                told[literals] = all(
                    _truth(one.line.test, MISSING, self.type) & one.accepts for one in literals
                )
            if told[literals]:
                mask |= 1 << bit
        return mask

    def _where(self, literals: tuple[Literal, ...]) -> Ranges:
        """Return the classes of which all *literals* hold."""
        found = self._of(literals[0])
        for one in literals[1:]:
            found = common(found, self._of(one))
        return found

    def _of(self, literal: Literal) -> Ranges:
        if literal not in self.known:
            self.known[literal] = self._found(literal)
        return self.known[literal]

    def _found(self, literal: Literal) -> Ranges:
        wraps = self.type.kind == "time"
        true = ranges_of(literal.line.test, self.last, self.place, wraps=wraps)
        parts = [true] if literal.accepts & TRUE else []
        if literal.accepts & FALSE:
            parts.append(turned_round(true, self.last))
        return united(parts, self.last)


def _truth(test: UnaryTest, fact: Fact, type_: FieldType) -> int:
    return unary_truth(test, fact, type_, _nothing)


def _nothing(_name: str) -> Fact:
    return MISSING


def _constants(asked: Asked) -> Iterator[Value]:
    """Yield every value that tests name."""
    tests = dict.fromkeys(one.line.test for literals in asked.values() for one in literals)
    for test in tests:
        yield from _named(test)


def _named(test: UnaryTest) -> Iterator[Value]:
    match test:
        case Equals(Constant(value)):
            yield value
        case Interval(low=low, high=high):
            yield from (end.value for end in (low, high) if isinstance(end, Constant))
        case Not(turned):
            yield from _named(turned)
        case AnyOf(tests) | Neither(tests):
            for each in tests:
                yield from _named(each)
        case _:
            return
