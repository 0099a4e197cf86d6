"""Building an index: the rules of a policy on one day, cut into boxes along their fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from policyengine.conditions import FieldTest
from policyengine.index.axes import Opaque, axis
from policyengine.index.boxes import Boxes, Literal, boxes_of, boxes_where
from policyengine.index.rule_index import RuleIndex
from policyengine.model import HouseFact, Policy
from policyengine.reference import FALSE, TRUE, UNKNOWABLE, Truth, rules_in_effect
from policyengine.unary_tests import (
    AnyOf,
    Constant,
    Equals,
    FieldRef,
    Interval,
    Matches,
    Neither,
    Not,
    Operand,
    Text,
    UnaryTest,
    fields_of,
)
from policyengine.values import FieldType

House = Mapping[str, HouseFact]

_TRUTHS = (TRUE, FALSE, UNKNOWABLE)


def build(policy: Policy, house: House, day: date | None) -> RuleIndex:
    """Return the index of the rules of *policy* that are in force on *day*."""
    rules = rules_in_effect(policy, day)
    making = _Making(house, day)
    rule_of: list[int] = []
    for place, rule in enumerate(rules):
        rule_of += [place] * making.add(boxes_of(rule))
    ruling = making.every
    making.add(boxes_where(policy.applies))
    axes = tuple(
        axis(name, type_, asked, making.every & ~sum(1 << bit for bit in asked))
        for name, (type_, asked) in making.fields.items()
    )
    opaque = tuple(making.tests())
    applies = making.every & ~ruling
    return RuleIndex(policy, day, rules, rule_of, ruling, applies, making.loose, axes, opaque)


@dataclass(slots=True)
class _Making:
    """The boxes so far: what each asks of every field, and which of them are loose."""

    house: House
    day: date | None
    count: int = 0
    loose: int = 0
    fields: dict[str, tuple[FieldType, dict[int, tuple[Literal, ...]]]] = field(
        default_factory=dict
    )
    opaque: dict[Literal, int] = field(default_factory=dict)
    """The boxes that ask each literal whose line is asked itself; a box may ask it twice."""
    literals: dict[tuple[FieldTest, Truth], Literal] = field(default_factory=dict)
    """Each literal once, with the facts of the house as what they are on the day."""

    @property
    def every(self) -> int:
        """The bits of all boxes."""
        return (1 << self.count) - 1

    def add(self, cut: Boxes) -> int:
        """Add the boxes of one rule, or of one condition; return how many they are."""
        for box in cut.boxes:
            for literal in box:
                key = (literal.line, literal.accepts)
                known = self.literals.get(key)
                if known is None:
                    known = self.literals[key] = self._known(literal)
                self._ask(known)
            if not cut.is_exact:
                self.loose |= 1 << self.count
            self.count += 1
        return len(cut.boxes)

    def _ask(self, literal: Literal) -> None:
        if literal in self.opaque:
            self.opaque[literal] |= 1 << self.count
            return
        line = literal.line
        _, asked = self.fields.setdefault(line.field, (line.type, {}))
        asked[self.count] = (*asked.get(self.count, ()), literal)

    def _known(self, literal: Literal) -> Literal:
        """Return *literal* with the facts of the house that it names as what they are."""
        line = literal.line
        if fields_of(line.test):
            test = with_house(line.test, self.house, self.day)
            literal = Literal(replace(line, test=test), literal.accepts)
        if fields_of(literal.line.test) or _asks_parts(literal.line.test):
            self.opaque[literal] = 0
        return literal

    def tests(self) -> Iterator[Opaque]:
        """Yield the tests that are asked themselves, and what each of their truths leaves."""
        for literal, cares in self.opaque.items():
            left = [
                self.every if literal.accepts & truth else self.every & ~cares for truth in _TRUTHS
            ]
            yield Opaque(literal.line, dict(zip(_TRUTHS, left, strict=True)), cares)


def with_house(test: UnaryTest, house: House, day: date | None) -> UnaryTest:
    """Return *test* with the facts of the *house* that it names as what they are on *day*."""
    match test:
        case Equals(operand):
            return replace(test, operand=_value(operand, house, day))
        case Interval(low=low, high=high):
            low = None if low is None else _value(low, house, day)
            high = None if high is None else _value(high, house, day)
            return replace(test, low=low, high=high)
        case Not(turned):
            return replace(test, test=with_house(turned, house, day))
        case AnyOf(tests) | Neither(tests):
            return replace(test, tests=tuple(with_house(each, house, day) for each in tests))
        case _:
            return test


def _value(operand: Operand, house: House, day: date | None) -> Operand:
    """Return *operand*, or the value of the house that it names, where there is one on *day*."""
    if isinstance(operand, FieldRef) and operand.name in house:
        value = house[operand.name].value_on(day)
        return operand if value is None else Constant(value)
    return operand


def _asks_parts(test: UnaryTest) -> bool:
    """Return whether *test* asks something of the parts of a text."""
    match test:
        case Text() | Matches():
            return True
        case Not(turned):
            return _asks_parts(turned)
        case AnyOf(tests) | Neither(tests):
            return any(_asks_parts(each) for each in tests)
        case _:
            return False
