"""A quick yes or no before the careful check, by `jsonschema-rs` where it is installed.

What it says yes to has no mistake; to all else it may say no, and the careful check decides.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from policyengine.schema.rows import misplaced, uneven

Quick = Callable[[Any], bool]

_SAID = ("title", "description", "examples", "$comment", "$schema", "$id", "$defs")
_COUNTS = ("minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength")
_SAME = ("required", "dependentRequired", "uniqueItems", "pattern", *_COUNTS)
_EACH = ("properties", "patternProperties", "dependentSchemas")
_INSIDE = ("additionalProperties", "items", "propertyNames", "then", "else")
_PARTS = ("allOf", "anyOf")
_TURNED = ("not", "if")
_KNOWN = (*_EACH, *_INSIDE, *_PARTS, *_TURNED)
_PLACED: Mapping[str, Callable[[Any, Any], Iterator[Any]]] = {
    "x-cells": uneven,
    "x-last": misplaced,
}
_TOLD = ("x-code", "x-hint", "x-instead", "errorMessage", "patternErrorMessage", "default")
_SILENT = (*_SAID, *_TOLD, *_PLACED)


class _UnknownError(Exception):
    """A part of a schema for which no quick answer would be safe."""


def quick_check(schema: Mapping[str, Any]) -> Quick | None:
    """Return a quick check by *schema*, or nothing where there is none to be had.

    What it lets through is what *schema* lets through or less, never more.
    """
    try:
        fast = import_module("jsonschema_rs")
        placed = list(_placed(schema, ()))
        validator = fast.Draft202012Validator(_stricter(schema, exact=False))
    except (ImportError, _UnknownError):
        return None

    def is_fine(instance: object) -> bool:
        return validator.is_valid(instance) and not any(
            wrong(_at(instance, path)) for path, wrong in placed
        )

    return is_fine


def _stricter(schema: Any, *, exact: bool) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return *schema* for scalars that are all text; *exact* where less would let more through."""
    if isinstance(schema, bool):
        return schema
    result: dict[str, Any] = {}
    parts: list[Any] = []
    for word, value in schema.items():
        match word:
            case "type":
                kinds = [value] if isinstance(value, str) else value
                parts.append(_of_types(kinds, exact=exact))
            case "enum":
                parts.append({"enum": [as_text(one) for one in value]})
            case "const":
                parts.append({"enum": [as_text(value)]})
            case _ if word in _SAME:
                result[word] = value
            case _ if word not in _SILENT:
                if word not in _KNOWN:
                    if exact:
                        raise _UnknownError(word)
                    return False
                result[word] = _inner(word, value, exact=exact)
    return {**result, "allOf": [*result.get("allOf", ()), *parts]} if parts else result


def _inner(word: str, value: Any, *, exact: bool) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return what *word* holds, made stricter; what is turned round has to be exact."""
    if word in _EACH:
        return {name: _stricter(one, exact=exact) for name, one in value.items()}
    if word in _PARTS:
        return [_stricter(one, exact=exact) for one in value]
    return _stricter(value, exact=exact or word in _TURNED)


def _of_types(kinds: list[str], *, exact: bool) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return what a text, a list or a mapping of *kinds* is."""
    if "string" in kinds or not {"integer", "number", "boolean"} & set(kinds):
        return {"type": [kind for kind in kinds if kind in ("string", "array", "object")]}
    texts: list[Any] = [{"type": [kind]} for kind in kinds if kind in ("array", "object")]
    if {"integer", "number"} & set(kinds):
        if exact:
            raise _UnknownError("type")
        texts.append({"type": "string", "pattern": "^[-+]?[0-9]{1,15}$"})
    if "boolean" in kinds:
        texts.append({"enum": ["true", "false"]})
    return {"anyOf": texts}


def as_text(value: object) -> object:
    """Return *value* of a schema as the text that a file would hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _placed(
    schema: Any,  # noqa: ANN401 - what JSON can hold
    path: tuple[str, ...],
) -> Iterator[tuple[tuple[str, ...], Quick]]:
    """Yield what our own words ask of the value at a *path* of keys; elsewhere they are unknown."""
    for word, wrong in _PLACED.items():
        if word in schema:
            yield path, partial(_is_wrong, wrong, schema[word])
    for name, part in schema.get("properties", {}).items():
        if isinstance(part, dict):
            yield from _placed(part, (*path, name))
    rest = {
        key: value for key, value in schema.items() if key not in (*_SAID, "properties", *_PLACED)
    }
    text = json.dumps(rest)
    if any(f'"{word}"' in text for word in _PLACED):
        raise _UnknownError(path)


def _is_wrong(wrong: Callable[[Any, Any], Iterator[Any]], asked: object, value: object) -> bool:
    return next(wrong(asked, value), None) is not None


def _at(instance: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - what JSON can hold
    for name in path:
        instance = instance.get(name) if isinstance(instance, dict) else None
    return instance
