"""Classes: one value for each way in which tests can tell the values of a field apart.

Of an ordered type these are the bounds that tests name and a value in every gap between them, of
a set the choices among the items that tests name, of a text the texts that tests name and one
for each way in which all other texts can come out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from policyengine.conditions import FieldTest
from policyengine.facts import Absent, Fact
from policyengine.reference.places import along, ends
from policyengine.reference.truth import Known, line_truth
from policyengine.reference.unary import OtherText
from policyengine.unary_tests import (
    AnyOf,
    Constant,
    Equals,
    Has,
    HasField,
    Interval,
    Matches,
    Neither,
    Not,
    Text,
    UnaryTest,
    fields_of,
)
from policyengine.values import FieldType, Value, rank

_MOST = 1 << 16
"""How many values are looked at: many items or parts of a text can be combined in too many ways."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about the open fields, and what is *known* of all others.

    *types* has the open fields with their types; *lines* the tests in which they stand.
    """

    lines: tuple[FieldTest, ...]
    types: Mapping[str, FieldType]
    known: Known

    def of(self, names: Iterable[str]) -> tuple[FieldTest, ...]:
        """Return the tests in which one of the fields *names* stands."""
        wanted = set(names)
        return tuple(line for line in self.lines if wanted.intersection(fields_in(line)))

    def compared(self, name: str) -> tuple[str, ...]:
        """Return *name* and the open fields it is compared with, also through others."""
        found = {name: None}
        waiting = [name]
        while waiting:
            for line in self.of([waiting.pop()]):
                new = [one for one in fields_in(line) if one in self.types and one not in found]
                found.update(dict.fromkeys(new))
                waiting += new
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Completed:
    """What is known, once the open fields have the values of one completion."""

    base: Known
    values: Mapping[str, Fact]

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*."""
        return self.values[name] if name in self.values else self.base.fact(name)


def fields_in(line: FieldTest) -> tuple[str, ...]:
    """Return the fields that *line* asks."""
    return (line.field, *fields_of(line.test))


def classes(name: str, asked: Asked, most: int) -> tuple[Fact, ...] | None:
    """Return one value of the open field *name* for each class that tests tell apart.

    Where *name* is compared with another open field, any two values may stand apart. There is no
    answer where they are more than *most*.
    """
    together = asked.compared(name)
    lines = asked.of(together)
    values: Iterator[Fact] = iter(_values(asked.types[name], lines, together, asked))
    told = values if len(together) > 1 else unlike(name, islice(values, _MOST), lines, asked.known)
    found = tuple(islice(told, most + 1))
    return None if len(found) > most or next(values, None) is not None else found


def unlike(
    name: str, values: Iterable[Fact], lines: Iterable[FieldTest], known: Known
) -> Iterator[Fact]:
    """Yield those of *values* of the field *name* that *lines* tell from all before them."""
    lines = tuple(lines)
    seen = set()
    for value in values:
        with_it = Completed(known, {name: value})
        signs = tuple(line_truth(line, with_it) for line in lines)
        if signs not in seen:
            seen.add(signs)
            yield value


def _values(
    type_: FieldType, lines: Iterable[FieldTest], together: tuple[str, ...], asked: Asked
) -> Iterable[Value]:
    """Return values of *type_* among which there is one of every class."""
    match type_.kind:
        case "boolean":
            return (False, True)
        case "choice":
            return type_.values
        case "list" | "period":
            return ((),)
        case "set":
            return _sets(type_, _groups(type_, lines, together, asked.known))
        case "text":
            return _texts(lines, together, asked.known)
        case _:
            cuts = [rank(type_, value) for value in _named(lines, together, asked.known)]
            cuts += [end for one in together for end in ends(asked.types[one])]
            return along(type_, cuts, len(together))


def _leaves(test: UnaryTest) -> Iterator[UnaryTest]:
    """Yield the tests that *test* is made of."""
    match test:
        case AnyOf(tests) | Neither(tests):
            for each in tests:
                yield from _leaves(each)
        case Not(turned):
            yield from _leaves(turned)
        case _:
            yield test


def _named(lines: Iterable[FieldTest], together: tuple[str, ...], known: Known) -> Iterator[Value]:
    """Yield every value with which *lines* compare the fields in *together*."""
    for line in lines:
        others = (known.fact(name) for name in fields_in(line) if name not in together)
        yield from (fact for fact in others if not isinstance(fact, Absent))
        for leaf in _leaves(line.test):
            match leaf:
                case Equals(Constant(value)):
                    yield value
                case Interval(low=low, high=high):
                    yield from (end.value for end in (low, high) if isinstance(end, Constant))
                case _:
                    continue


def _groups(
    type_: FieldType, lines: Iterable[FieldTest], together: tuple[str, ...], known: Known
) -> list[tuple[str, ...]]:
    """Return the items of a set that *lines* ask for; items that stand in the same tests together.

    Where the items stand in an open field, each is asked for on its own.
    """
    tests: list[Iterable[str]] = []
    for line in lines:
        for leaf in _leaves(line.test):
            match leaf:
                case Has(items):
                    tests.append(items)
                case HasField(ref) if line.field in together and ref.name in together:
                    tests += [(item,) for item in type_.values]
                case HasField(ref):
                    fact = known.fact(ref.name if line.field in together else line.field)
                    if not isinstance(fact, Absent):
                        tests.append(fact if isinstance(fact, tuple) else (str(fact),))
                case _:
                    continue
    groups: dict[tuple[bool, ...], list[str]] = {}
    for item in type_.values:
        groups.setdefault(tuple(item in items for items in tests), []).append(item)
    return [tuple(items) for standing, items in groups.items() if any(standing)]


def _sets(type_: FieldType, groups: list[tuple[str, ...]]) -> Iterator[Value]:
    """Yield every choice of none, one or all of each of *groups*, and an item of no group alone."""
    rest = [item for item in type_.values if not any(item in group for group in groups)]
    if rest:
        yield (rest[0],)
    for picked in product(*(dict.fromkeys(((), group[:1], group)) for group in groups)):
        items = {item for part in picked for item in part}
        yield tuple(item for item in type_.values if item in items)


def _texts(lines: Iterable[FieldTest], together: tuple[str, ...], known: Known) -> Iterator[Value]:
    """Yield the texts that tests name, and others: each test of a part may hold of them or not."""
    lines = tuple(lines)
    named = tuple(dict.fromkeys(str(value) for value in _named(lines, together, known)))
    yield from named
    leaves = (leaf for line in lines for leaf in _leaves(line.test))
    parts = tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Text | Matches)))
    longest = max(named, default="", key=len)
    ways = product(range(len(together)), *((False, True) for _ in parts))
    for number, (_, *picked) in enumerate(ways, 1):
        holding = (part for part, is_in in zip(parts, picked, strict=True) if is_in)
        yield OtherText(longest + "?" * number, frozenset(holding))
