"""What a test compares with: a value or another field."""

import re
from dataclasses import replace

from policyengine.findings.tests import (
    OPERAND_OF_ANOTHER_TYPE,
    UNFINISHED,
    UNKNOWN_OPERAND,
)
from policyengine.unary_tests.nodes import Constant, FieldRef, Operand
from policyengine.unary_tests.reading import Part, Reading
from policyengine.values import FieldType, Misreading, kind_phrase, read_value
from policyengine.values.wording import misread, quoted, unknown_word

FIELD = re.compile(r"[^\W\d_][\w-]*(?:\.[\w-]+)+")


def read_operand(reading: Reading, part: Part, *, ordered: bool = False) -> Operand | None:
    """Read `operand = value | field`; where it is compared by order, *ordered* asks more of a field."""
    if FIELD.fullmatch(part.text):
        return read_field(reading, part, ordered=ordered)
    around = reading.around
    warnings: list[Misreading] = []
    value = read_value(around.type, part.text, zone=around.zone, warnings=warnings)
    if isinstance(value, Misreading):
        reading.say(part, value)
        return None
    for warning in warnings:
        reading.say(part, warning)
    return Constant(value)


def read_field(reading: Reading, part: Part, *, ordered: bool = False) -> FieldRef | None:
    """Read `field = name "." name { "." name }`: a declared field of the same type and unit."""
    other = reading.around.lookup(part.text)
    if other is None:
        known = tuple(reading.around.known())
        wrong = unknown_word(UNKNOWN_OPERAND, part.text, "a declared field", known)
        message = f"unknown field {quoted(part.text)}"
        reading.say(part, replace(wrong, message=message))
        return None
    type_ = reading.type
    if comparable(type_, other, ordered=ordered):
        return FieldRef(part.text, reading.span(part))
    item = replace(type_, kind="choice") if type_.kind == "set" else type_
    expected = _field_phrase(item, ordered=ordered)
    note = "only fields of the same type, unit and values can be compared"
    wrong = misread(OPERAND_OF_ANOTHER_TYPE, part.text, expected, note=note)
    found = f"{wrong.found}, which is {_field_phrase(other)}"
    message = f"expected {expected}, found {found}"
    reading.say(part, replace(wrong, message=message, found=found))
    return None


def comparable(type_: FieldType, other: FieldType, *, ordered: bool = False) -> bool:
    """Say whether a field of *type_* may be compared with one of the type *other*."""
    if type_.kind == "set" and other.kind in {"choice", "set"}:
        return not set(type_.values).isdisjoint(other.values)
    if type_.kind != other.kind:
        return False
    if type_.kind == "choice" and ordered:
        return other.ordered and type_.values == other.values
    if type_.kind == "choice":
        return not set(type_.values).isdisjoint(other.values)
    return type_.kind == "duration" or type_.unit == other.unit


def _field_phrase(type_: FieldType, *, ordered: bool = False) -> str:
    """Return what a field of *type_* is, such as "a money field in `EUR`"."""
    article = "an" if type_.kind == "integer" else "a"
    unit = f" in `{type_.unit}`" if type_.unit and type_.kind != "duration" else ""
    values = " of " + kind_phrase(type_).partition(" of ")[2] if type_.values else ""
    order = ", in this order" if ordered and values else ""
    return f"{article} {type_.kind} field{unit}{values}{order}"


def say_unfinished(reading: Reading, after: str = "") -> None:
    """Say that something is missing *after* a word, or that nothing stands there at all."""
    expected = kind_phrase(reading.type)
    note = "write `missing`, or leave the line out"
    if after:
        expected, note = f"{expected} after `{after}`", f"write what comes after `{after}`"
    reading.say_of_all(reading.whole, misread(UNFINISHED, "", expected, note=note))
