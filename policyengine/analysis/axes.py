"""Axes: the facts of one field, or of two that are compared, cut into classes no test tells apart."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from policyengine.conditions import FieldTest
from policyengine.facts import MISSING, Absent, Fact, Lookup
from policyengine.index import ranges_of
from policyengine.reference import (
    FALSE,
    TRUE,
    UNKNOWABLE,
    Asked,
    Truth,
    along,
    classes,
    unary_truth,
)
from policyengine.reference import ends as ends_of
from policyengine.unary_tests import (
    AnyOf,
    Constant,
    Equals,
    FieldRef,
    Interval,
    Matches,
    Neither,
    Not,
    Text,
    UnaryTest,
    fields_of,
)
from policyengine.values import FieldType, Value, rank

_MOST_CLASSES = 4096
_NOT_ALONG = ("boolean", "choice", "set", "text", "list", "period")


@dataclass(frozen=True, slots=True)
class Axis:
    """The classes of one field, each with a fact that stands for it; the last is the missing fact.

    A class without a fact cannot be. *cuts* are the bounds that tests name, where the field has an
    order: class 2n+1 is the cut n, class 2n the gap before it. *possible* has the bits of the
    classes that can be at all.
    """

    name: str
    type: FieldType
    facts: tuple[Fact | None, ...]
    possible: int
    cuts: tuple[Decimal | int, ...] = ()
    tests: tuple[UnaryTest, ...] = ()
    places: dict[Fact, int] = field(default_factory=dict, compare=False)

    @property
    def missing(self) -> int:
        """The bit of the missing fact."""
        return 1 << len(self.facts) - 1

    @property
    def named(self) -> Iterator[Value]:
        """The values that tests name."""
        return (value for test in self.tests for value in named(test))

    @property
    def in_parts(self) -> bool:
        """Whether a class stands for texts of which parts are asked, so that its fact is made up."""
        return any(_asks_parts(test) for test in self.tests)

    def bits(self, test: UnaryTest, accepts: Truth) -> int:
        """Return the classes in which *test* comes to one of the truths that *accepts* has."""
        if self.cuts or self.type.kind not in _NOT_ALONG:
            return self._along(test, accepts)
        found = 0
        for place, fact in enumerate(self.facts):
            if fact is not None and unary_truth(test, fact, self.type, _nothing) & accepts:
                found |= 1 << place
        return found

    def _along(self, test: UnaryTest, accepts: Truth) -> int:
        last = len(self.facts) - 2
        wraps = self.type.kind == "time"
        places = {cut: 2 * place + 1 for place, cut in enumerate(self.cuts)}
        ranges = ranges_of(test, last, lambda value: places[rank(self.type, value)], wraps=wraps)
        true = sum((1 << end + 1) - (1 << start) for start, end in ranges)
        found = true if accepts & TRUE else 0
        if accepts & FALSE:
            found |= ~true & ((1 << last + 1) - 1)
        if unary_truth(test, MISSING, self.type, _nothing) & accepts:
            found |= self.missing
        return found

    def class_of(self, fact: Fact) -> int:
        """Return the bit of the class in which *fact* lies; none for what is not known."""
        if isinstance(fact, Absent):
            return self.missing if fact is MISSING else 0
        place = self.places.get(fact)
        if place is None and (self.cuts or self.type.kind not in _NOT_ALONG):
            value = rank(self.type, fact)
            at = bisect_left(self.cuts, value)
            place = 2 * at + (at < len(self.cuts) and self.cuts[at] == value)
        elif place is None:
            place = self._like(fact)
        return 0 if place is None else 1 << place

    def _like(self, fact: Fact) -> int | None:
        signs = self._signs(fact)
        pairs = enumerate(self.facts)
        return next((n for n, one in pairs if one is not None and self._signs(one) == signs), None)

    def _signs(self, fact: Fact) -> tuple[Truth, ...]:
        return tuple(unary_truth(test, fact, self.type, _nothing) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Pair:
    """How two fields stand to each other: the *facts* of each class are those of both."""

    name: str
    left: str
    right: str
    type: FieldType
    facts: tuple[tuple[Fact, Fact], ...]
    possible: int

    def bits(self, test: UnaryTest, accepts: Truth) -> int:
        """Return the classes in which *test* of the left field comes to what *accepts* has."""
        found = 0
        for place, (left, right) in enumerate(self.facts):
            if unary_truth(test, left, self.type, _always(right)) & accepts:
                found |= 1 << place
        return found


@dataclass(frozen=True, slots=True)
class Opaque:
    """A test that nothing is known of but its three truths, which are its classes."""

    name: str
    line: FieldTest
    possible: int = 7

    def bits(self, _test: UnaryTest, accepts: Truth) -> int:
        """Return the classes in which the test comes to what *accepts* has."""
        return sum(1 << place for place, one in enumerate(TRUTHS) if one & accepts)


TRUTHS = (TRUE, FALSE, UNKNOWABLE)
AnyAxis = Axis | Pair | Opaque


def axis(name: str, type_: FieldType, lines: Iterable[FieldTest]) -> Axis | None:
    """Return the axis of the field *name* for the tests in *lines*, or nothing: too many classes.

    No line compares with another field.
    """
    lines = tuple(lines)
    tests = tuple(dict.fromkeys(line.test for line in lines))
    if type_.kind not in _NOT_ALONG:
        return _line(name, type_, tests)
    values: Sequence[Fact] | None
    if type_.kind == "choice":
        values = type_.values
    elif type_.kind == "boolean":
        values = (False, True)
    else:
        values = classes(name, Asked(lines, {name: type_}, _Nothing()), _MOST_CLASSES)
    if values is None:
        return None
    facts = (*values, MISSING)
    places: dict[Fact, int] = {}
    if type_.kind in ("choice", "boolean"):
        places = {fact: place for place, fact in enumerate(facts)}
    return Axis(name, type_, facts, (1 << len(facts)) - 1, (), tests, places)


def _line(name: str, type_: FieldType, tests: tuple[UnaryTest, ...]) -> Axis:
    cuts = tuple(sorted({rank(type_, value) for test in tests for value in named(test)}))
    facts: list[Fact | None] = [None] * (2 * len(cuts) + 1)
    for value in along(type_, cuts, 1):
        place = rank(type_, value)
        at = bisect_left(cuts, place)
        at = 2 * at + (at < len(cuts) and cuts[at] == place)
        if facts[at] is None:
            facts[at] = value
    possible = sum(1 << place for place, fact in enumerate(facts) if fact is not None)
    possible |= 1 << len(facts)
    return Axis(name, type_, (*facts, MISSING), possible, cuts, tests)


def pair(name: str, left: str, right: str, type_: FieldType) -> Pair | None:
    """Return the axis of two fields of *type_* that are compared, or nothing where none can be made."""
    if type_.kind in ("set", "list", "period", "boolean"):
        return None
    if type_.kind in ("text", "choice"):
        names: tuple[Value, ...] = ("a", "b") if type_.kind == "text" else type_.values
        values = names[:2]
    else:
        values = tuple(sorted(set(along(type_, ends_of(type_), 3)), key=lambda v: rank(type_, v)))
    if len(values) < 2:
        return None
    low, high = values[:2]
    facts = ((low, high), (low, low), (high, low), (MISSING, low), (low, MISSING), (MISSING,) * 2)
    return Pair(name, left, right, type_, facts, (1 << len(facts)) - 1)


def truth_beside(test: UnaryTest, fact: Fact, type_: FieldType, other: Fact) -> Truth:
    """Return the truth of *test* of *fact*, the field that it compares with being *other*."""
    return unary_truth(test, fact, type_, _always(other))


def is_plain_comparison(test: UnaryTest) -> bool:
    """Return whether *test* only says how the field stands to one other, and names no values."""
    match test:
        case Equals(FieldRef()):
            return True
        case Interval(low=low, high=high):
            return not any(isinstance(end, Constant) for end in (low, high))
        case Not(turned):
            return is_plain_comparison(turned)
        case AnyOf(tests) | Neither(tests):
            return all(
                is_plain_comparison(one) or (not fields_of(one) and not any(named(one)))
                for one in tests
            )
        case _:
            return False


def named(test: UnaryTest) -> Iterator[Value]:
    """Yield every value that *test* names."""
    match test:
        case Equals(Constant(value)):
            yield value
        case Interval(low=low, high=high):
            yield from (end.value for end in (low, high) if isinstance(end, Constant))
        case Not(turned):
            yield from named(turned)
        case AnyOf(tests) | Neither(tests):
            for each in tests:
                yield from named(each)
        case _:
            return


def _asks_parts(test: UnaryTest) -> bool:
    match test:
        case Text() | Matches():
            return True
        case Not(turned):
            return _asks_parts(turned)
        case AnyOf(tests) | Neither(tests):
            return any(_asks_parts(each) for each in tests)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Nothing is known of other fields."""

    def fact(self, _name: str) -> Fact:
        return MISSING


def _nothing(_name: str) -> Fact:
    return MISSING


def _always(fact: Fact) -> Lookup:
    return lambda _name: fact
