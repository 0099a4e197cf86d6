"""Conditions: what a block of a policy file asks, as a tree of tests of fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from policyengine.source import Span
from policyengine.unary_tests import UnaryTest, fields_of
from policyengine.values import FieldType


@dataclass(frozen=True, slots=True)
class FieldTest:
    """One line of a block: a field, and the test it is put to."""

    field: str
    type: FieldType = attribute(compare=False, repr=False)
    test: UnaryTest
    span: Span = attribute(compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """A block: all of its parts hold; without parts it always holds."""

    parts: tuple["Condition", ...]
    span: Span = attribute(compare=False)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """`any`: at least one of its parts holds."""

    parts: tuple["Condition", ...]
    span: Span = attribute(compare=False)


@dataclass(frozen=True, slots=True)
class NotThat:
    """`not`: the block does not hold; unknown stays unknown."""

    part: "Condition"
    span: Span = attribute(compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """`is`: a condition that the vocabulary gives a name."""

    name: str
    part: "Condition"
    span: Span = attribute(compare=False)


Condition = FieldTest | AllOf | SomeOf | NotThat | Named


def field_tests(condition: Condition) -> Iterator[FieldTest]:
    """Yield every test of a field in *condition*, in the order of the file."""
    match condition:
        case FieldTest():
            yield condition
        case AllOf(parts) | SomeOf(parts):
            for part in parts:
                yield from field_tests(part)
        case NotThat(part) | Named(_, part):
            yield from field_tests(part)


def fields_asked(condition: Condition | None) -> tuple[str, ...]:
    """Return the names of all fields that *condition* asks, each once, in the order of the file."""
    if condition is None:
        return ()
    names: dict[str, None] = {}
    for part in field_tests(condition):
        names[part.field] = None
        names.update(dict.fromkeys(fields_of(part.test)))
    return tuple(names)
