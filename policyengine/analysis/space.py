"""The space of all contexts on one day: every field an axis, every condition some boxes in it.

A box says of some axes in which of their classes it lies, as the bits of one number; of the others
it says nothing. A region is the same. Facts of the house are put in as what they are on the day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date

from policyengine.analysis.axes import (
    AnyAxis,
    Axis,
    Opaque,
    Pair,
    axis,
    is_plain_comparison,
    pair,
    truth_beside,
)
from policyengine.analysis.domains import Domains
from policyengine.conditions import Condition, FieldTest, field_tests
from policyengine.facts import MISSING, Absent, Fact
from policyengine.index import NOT_TRUE, Boxes, Literal, boxes_of, boxes_where, with_house
from policyengine.model import Definitions, Policy, Rule
from policyengine.reference import FALSE, TRUE, Truth
from policyengine.registers import Listing
from policyengine.unary_tests import Constant, Equals, fields_of

Box = Mapping[str, int]
Region = Mapping[str, int]

MOST_BOXES = 2048
"""How many alternatives one condition is cut into; one of more is not decided."""


class TooManyBoxesError(Exception):
    """A condition has so many alternatives that it is not decided."""


@dataclass(slots=True)
class Space:
    """The axes of all fields that *definitions* ask on *day*, and what cannot be."""

    definitions: Definitions
    day: date | None
    domains: Domains
    lines: dict[str, list[FieldTest]] = field(default_factory=dict)
    axes: dict[str, AnyAxis] = field(default_factory=dict)
    cut: dict[tuple[FieldTest, Truth], tuple[Box, ...]] = field(default_factory=dict)
    limits: dict[str, tuple[Box, ...]] = field(default_factory=dict)

    def full(self, name: str) -> int:
        """Return the bits of all classes of the axis *name* that can be."""
        return self.axis(name).possible

    def axis(self, name: str) -> AnyAxis:
        """Return the axis *name*, made when it is first asked for."""
        found = self.axes.get(name)
        if found is None:
            found = self._field_axis(name)
            self.axes[name] = found
        return found

    def _field_axis(self, name: str) -> AnyAxis:
        type_ = self.definitions.fields[name].type
        found = axis(name, type_, self.lines.get(name, ()))
        if found is None:
            return Opaque(name, self.lines[name][0])
        return changed(found, possible=self.domains.possible(found))

    def rule(self, rule: Rule) -> tuple[Box, ...]:
        """Return the boxes in which *rule* holds."""
        return self._boxes(boxes_of(rule, MOST_BOXES))

    def where(self, condition: Condition | None, accepts: Truth = TRUE) -> tuple[Box, ...]:
        """Return the boxes in which *condition* comes to one of the truths that *accepts* has."""
        return self._boxes(boxes_where(condition, accepts, MOST_BOXES))

    def not_true(self, condition: Condition | None) -> tuple[Box, ...]:
        """Return the boxes in which *condition* is false or unknown."""
        return self.where(condition, NOT_TRUE)

    def _boxes(self, cut: Boxes) -> tuple[Box, ...]:
        if not cut.is_exact:
            raise TooManyBoxesError
        found: list[Box] = []
        for literals in cut.boxes:
            found.extend(self._all(literals))
            if len(found) > MOST_BOXES:
                raise TooManyBoxesError
        return tuple(found)

    def _all(self, literals: Iterable[Literal]) -> list[Box]:
        found: list[Box] = [{}]
        for literal in literals:
            key = (literal.line, literal.accepts)
            part = self.cut.get(key)
            if part is None:
                part = self.cut[key] = tuple(self._literal(literal.line, literal.accepts))
            found = [
                both for one in found for other in part if (both := common(one, other)) is not None
            ]
            if len(found) > MOST_BOXES:
                raise TooManyBoxesError
        return found

    def _literal(self, line: FieldTest, accepts: Truth) -> Iterator[Box]:
        """Yield the boxes in which the test of *line* comes to what *accepts* has."""
        test = with_house(line.test, self.definitions.house, self.day)
        names = fields_of(test)
        own = (
            self.definitions.fields[line.field].type
            if line.field in self.definitions.fields
            else line.type
        )
        if not names:
            yield from self._one(
                line.field, self.axis(line.field), changed(line, test=test), accepts
            )
        elif len(names) == 1 and own.kind == "choice" and names[0] != line.field:
            yield from self._choices(line.field, names[0], changed(line, test=test), accepts)
        else:
            asked = self._comparison(changed(line, test=test), names)
            bits = asked.bits(test, accepts) & asked.possible
            if bits:
                yield {asked.name: bits}

    def _one(self, name: str, asked: AnyAxis, line: FieldTest, accepts: Truth) -> Iterator[Box]:
        if isinstance(asked, Opaque):
            asked = self._opaque(line)
            name = asked.name
        bits = asked.bits(line.test, accepts) & asked.possible
        if bits:
            yield {name: bits}

    def _choices(self, left: str, right: str, line: FieldTest, accepts: Truth) -> Iterator[Box]:
        """Yield boxes for two choice fields that are compared: exact, value by value."""
        one, other = self.axis(left), self.axis(right)
        assert isinstance(one, Axis)
        assert isinstance(other, Axis)
        alike: dict[int, int] = {}
        for place, fact in enumerate(other.facts):
            if fact is None or not other.possible >> place & 1:
                continue
            bits = 0
            for at, own in enumerate(one.facts):
                if own is not None and one.possible >> at & 1:
                    truth = truth_beside(line.test, own, one.type, fact)
                    bits |= bool(truth & accepts) << at
            if bits:
                alike[bits] = alike.get(bits, 0) | 1 << place
        for bits, places in alike.items():
            yield {left: bits, right: places}

    def _comparison(self, line: FieldTest, names: tuple[str, ...]) -> AnyAxis:
        if len(names) == 1 and is_plain_comparison(line.test):
            name = f"{line.field} against {names[0]}"
            if name not in self.axes:
                found = pair(name, line.field, names[0], line.type)
                if found is not None:
                    self.axes[name] = found
            if name in self.axes:
                return self.axes[name]
        return self._opaque(line)

    def _opaque(self, line: FieldTest) -> Opaque:
        name = f"{line.field}: {line.test}"
        found = self.axes.setdefault(name, Opaque(name, line))
        assert isinstance(found, Opaque)
        return found

    def limits_of(self, subject: str) -> tuple[Box, ...]:
        """Return the boxes in which no context about *subject* can be."""
        found = self.limits.get(subject)
        if found is None:
            found = self.limits[subject] = tuple(self._limits(subject))
        return found

    def _limits(self, subject: str) -> Iterator[Box]:
        definitions = self.definitions
        for one in definitions.sees[subject]:
            for condition in definitions.vocabularies[one].impossible:
                yield from self.where(condition)
        for declared in definitions.visible[subject]:
            if declared.known_when is None:
                continue
            own = self.axis(declared.name)
            if not isinstance(own, Axis):
                continue
            present, missing = own.possible & ~own.missing, own.possible & own.missing
            yield from self._with(declared.name, present, self.where(declared.known_when, FALSE))
            if not declared.optional:
                yield from self._with(declared.name, missing, self.where(declared.known_when, TRUE))
        for name in (*self.lines, *self.axes):
            yield from self._looked_up(name)

    def _with(self, name: str, bits: int, boxes: tuple[Box, ...]) -> Iterator[Box]:
        for box in boxes:
            both = common(box, {name: bits})
            if both is not None:
                yield both

    def _looked_up(self, name: str) -> Iterator[Box]:
        """Yield where a field that is looked up in a register is not what stands there."""
        declared = self.definitions.fields.get(name)
        computed = None if declared is None else declared.computed
        if computed is None or not isinstance(computed.resource, Listing):
            return
        own, (key,) = self.axis(name), computed.fields
        from_ = self.axis(key)
        if not (isinstance(own, Axis) and isinstance(from_, Axis)) or from_.type.kind != "choice":
            return
        values = computed.resource.values
        for place, fact in enumerate(from_.facts):
            value = None if isinstance(fact, Absent) or fact is None else values.get(fact)
            found: Fact = MISSING if value is None else value
            others = own.possible & ~own.class_of(found)
            if others and from_.possible >> place & 1:
                yield {key: 1 << place, name: others}

    def pair_limits(self, names: Iterable[str]) -> Iterator[Box]:
        """Yield where two compared fields of the axes *names* are missing, and their pair is not so."""
        for name in names:
            asked = self.axes.get(name)
            if not isinstance(asked, Pair):
                continue
            left, right = self.axis(asked.left), self.axis(asked.right)
            for one, gone in ((left, 0b101000), (right, 0b110000)):
                if isinstance(one, Axis):
                    present = one.possible & ~one.missing
                    if present:
                        yield {one.name: present, name: gone}
                    if one.possible & one.missing:
                        yield {one.name: one.missing, name: asked.possible & ~gone}


def common(left: Box, right: Box) -> Box | None:
    """Return the box that lies in both, or nothing where there is none."""
    found = dict(left)
    for name, bits in right.items():
        both = found.get(name, bits) & bits
        if not both:
            return None
        found[name] = both
    return found


def space(definitions: Definitions, day: date | None, *, any_house: bool = False) -> Space:
    """Return the space of all that *definitions* ask on *day*, or would with *any_house*."""
    found = Space(definitions, day, Domains(definitions, day, any_house))
    seen: set[FieldTest] = set()
    for condition in _conditions(definitions):
        for line in field_tests(condition):
            test = with_house(line.test, definitions.house, day)
            line = changed(line, test=test)  # noqa: PLW2901 — the same line, with what it means that day
            if line not in seen and not fields_of(test) and line.field in definitions.fields:
                seen.add(line)
                found.lines.setdefault(line.field, []).append(line)
    for name, facts in _keys(definitions):
        type_ = definitions.fields[name].type
        span = definitions.fields[name].span
        lines = [FieldTest(name, type_, Equals(Constant(fact), span), span) for fact in facts]
        found.lines.setdefault(name, []).extend(line for line in lines if line not in seen)
    return found


def _keys(definitions: Definitions) -> Iterator[tuple[str, tuple]]:  # type: ignore[type-arg]
    """Yield fields by which registers are looked up, with the keys."""
    for declared in definitions.fields.values():
        computed = declared.computed
        if computed is not None and isinstance(computed.resource, Listing):
            (key,) = computed.fields
            yield key, tuple(computed.resource.values)


def _conditions(definitions: Definitions) -> Iterator[Condition]:
    """Yield every condition of the set."""
    for policy in definitions.policies:
        yield from _present((policy.applies,))
        yield from _present(part for rule in policy.every_rule for part in (rule.when, rule.unless))
        plans = policy.plans.values()
        yield from _present(
            part for one in plans for part in (one.applies, one.activate, one.stand_down)
        )
        yield from _present(part for one in policy.guarantees for part in one.conditions)
    for vocabulary in definitions.vocabularies.values():
        yield from vocabulary.impossible
        yield from _present(one.known_when for one in vocabulary.fields.values())
    yield from _present(part for one in definitions.guarantees for part in one.conditions)


def _present(conditions: Iterable[Condition | None]) -> Iterator[Condition]:
    return (one for one in conditions if one is not None)


def asked_names(boxes: Iterable[Box]) -> frozenset[str]:
    """Return the names of all axes that *boxes* say something of."""
    return frozenset(name for box in boxes for name in box)


def policies_on(definitions: Definitions, day: date | None) -> tuple[Policy, ...]:
    """Return the policies in force on *day*."""
    policies = definitions.of_the_day(definitions.policies, day)
    return tuple(
        one
        for one in policies
        if one.effective is None or (day is not None and one.effective.covers(day))
    )
