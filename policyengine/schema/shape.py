"""Schemas made ready: a validator that reads scalars as text and knows our own keywords."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from jsonschema import Draft202012Validator, TypeChecker, ValidationError, validators
from jsonschema.protocols import Validator

from policyengine.schema.pointer import inlined
from policyengine.schema.quick import Quick, as_text, quick_check
from policyengine.schema.rows import misplaced, uneven
from policyengine.values import FieldType, Misreading, read_value

if TYPE_CHECKING:
    from policyengine.values import Kind

Errors = Iterator[ValidationError]


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema with its validator, and the shape of a policy's head where it has one.

    What is *surely_fine* has no mistake; all else is for the validator to judge.
    """

    schema: Mapping[str, Any]
    validator: Validator
    surely_fine: Quick
    head: "Shape | None" = None


def shape_of(schema: Mapping[str, Any]) -> Shape:
    """Return *schema*, which is valid, made ready: its references are followed once, here."""
    ready = inlined(schema)
    head = ready["$defs"].get("policy")
    if not isinstance(head, dict):
        return _made(ready)
    of_head = {**head, "$defs": ready["$defs"]}
    return replace(_made(ready), head=_made(of_head))


def _made(schema: dict[str, Any]) -> Shape:
    return Shape(schema, _VALIDATOR(schema), quick_check(schema) or _never)


def _never(_instance: object) -> bool:
    return False


def typed(kind: str, text: str) -> Misreading | None:
    """Return what is wrong with *text* as a value of *kind*, its unit its own."""
    known = cast("Kind", kind)  # unknown kinds are refused with their schema
    words = text.split()
    unit = words[-1] if kind in {"money", "number"} and len(words) > 1 else None
    found = read_value(FieldType(known, unit=unit), text)
    return found if isinstance(found, Misreading) else None


def number_of(instance: object) -> Decimal | None:
    """Return the number that the text *instance* spells, or nothing."""
    if not isinstance(instance, str):
        return None
    try:
        number = Decimal(instance)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_number(_checker: TypeChecker, instance: object) -> bool:
    return number_of(instance) is not None


def _is_whole(_checker: TypeChecker, instance: object) -> bool:
    return isinstance(instance, str) and typed("integer", instance) is None


def _is_boolean(_checker: TypeChecker, instance: object) -> bool:
    return instance in {"true", "false"} if isinstance(instance, str) else False


def _properties(
    validator: Any,  # noqa: ANN401 - the protocol leaves `descend` out
    properties: Mapping[str, Any],
    instance: object,
    schema: Mapping[str, Any],
) -> Errors:
    """Go down into the known keys; a key that is ruled out keeps its place, which else is lost."""
    entries = instance if isinstance(instance, dict) else {}
    for name, part in properties.items():
        if name in entries and part is False:
            yield ValidationError(
                "ruled out", validator="false", path=[name], schema_path=[name], schema=schema
            )
        elif name in entries:
            yield from validator.descend(entries[name], part, path=name, schema_path=name)


def _enum(
    _validator: Validator, allowed: list[object], instance: object, _schema: object
) -> Errors:
    if instance not in [as_text(value) for value in allowed]:
        yield ValidationError("not one of these")


def _const(_validator: Validator, allowed: object, instance: object, _schema: object) -> Errors:
    if instance != as_text(allowed):
        yield ValidationError("not this")


def _minimum(_validator: Validator, limit: float, instance: object, _schema: object) -> Errors:
    number = number_of(instance)
    if number is not None and number < Decimal(str(limit)):
        yield ValidationError("too small")


def _maximum(_validator: Validator, limit: float, instance: object, _schema: object) -> Errors:
    number = number_of(instance)
    if number is not None and number > Decimal(str(limit)):
        yield ValidationError("too large")


def _over(_validator: Validator, limit: float, instance: object, _schema: object) -> Errors:
    number = number_of(instance)
    if number is not None and number <= Decimal(str(limit)):
        yield ValidationError("too small")


def _under(_validator: Validator, limit: float, instance: object, _schema: object) -> Errors:
    number = number_of(instance)
    if number is not None and number >= Decimal(str(limit)):
        yield ValidationError("too large")


def _multiple(_validator: Validator, step: float, instance: object, _schema: object) -> Errors:
    number = number_of(instance)
    if number is not None and number % Decimal(str(step)):
        yield ValidationError("off the step")


def _x_type(_validator: Validator, kind: str, instance: object, _schema: object) -> Errors:
    """`x-type: duration`: a text with our own units."""
    if isinstance(instance, str) and typed(kind, instance):
        yield ValidationError("not of this type")


def _x_cells(_validator: Validator, _on: object, instance: object, _schema: object) -> Errors:
    """`x-cells: true`: every row has as many cells as there are columns."""
    for at, columns in uneven(_on, instance):
        yield ValidationError("wrong number of cells", path=["rows", at], validator_value=columns)


def _x_last(_validator: Validator, key: object, instance: object, _schema: object) -> Errors:
    """`x-last: KEY`: an entry with this key ends the list."""
    for at in misplaced(key, instance):
        yield ValidationError("not the last", path=[at])


# Scalars come in as text, so that what a schema asks of numbers is asked of their texts.
_VALIDATOR = validators.extend(  # type: ignore[no-untyped-call]  # its stubs leave it untyped
    Draft202012Validator,
    validators={
        "properties": _properties,
        "enum": _enum,
        "const": _const,
        "minimum": _minimum,
        "maximum": _maximum,
        "exclusiveMinimum": _over,
        "exclusiveMaximum": _under,
        "multipleOf": _multiple,
        "x-type": _x_type,
        "x-cells": _x_cells,
        "x-last": _x_last,
    },
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"number": _is_number, "integer": _is_whole, "boolean": _is_boolean}
    ),
)
