"""The schemas and policies that come with the package, and schemas that users write."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator, SchemaError

from policyengine.findings.finding import Finding
from policyengine.findings.shape import UNREADABLE_SCHEMA
from policyengine.schema.pointer import target
from policyengine.source import Source, Span

_SPELT = (
    "boolean",
    "integer",
    "number",
    "money",
    "share",
    "text",
    "date",
    "time",
    "datetime",
    "duration",
    "period",
)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WAY_OUT = "schemas of kinds are written as JSON Schema 2020-12"


def shipped_folder(kind: Literal["schemas", "policies"]) -> Path:
    """Return the folder that comes with the package, or that lies beside it in a checkout."""
    package = Path(str(files("policyengine.schema"))).parent
    inside = package / "_shipped" / kind
    return inside if inside.is_dir() else package.parent / kind


def read_schema(path: Path) -> dict[str, Any]:
    """Return the schema in *path*, which came with the package and is known to be right."""
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def read_kind_schema(name: str, raw: bytes) -> dict[str, Any] | Finding:
    """Return the schema that a user wrote as *raw* in the file *name*, or what is wrong with it."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return _unreadable(Source(name, "").span(0, 0), "the schema is not written in UTF-8", "")
    source = Source(name, text)
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        start = min(error.pos, len(text))
        message = "the schema is not written as JSON"
        hint = "look for a missing comma, or one too many, just before this place"
        return _unreadable(source.span(start, min(start + 1, len(text))), message, hint)
    except RecursionError:
        return _unreadable(source.span(0, 1), "the schema is nested too deeply", "")
    if not isinstance(schema, dict):
        return _unreadable(source.span(0, 1), "expected a mapping in the schema", _WAY_OUT)
    return _check(schema, source) or schema


def _check(schema: dict[str, Any], source: Source) -> Finding | None:
    """Return what keeps *schema* from being used, if anything."""
    if schema.get("$schema", _DIALECT).rstrip("#") != _DIALECT:
        message = f"expected `{_DIALECT}` for `$schema`, found `{schema['$schema']}`"
        return _unreadable(_place(source, ["$schema"]), message, _WAY_OUT)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        path = list(error.absolute_path)
        name = next((step for step in reversed(path) if isinstance(step, str)), "the schema")
        message = f"`{name}` is not what JSON Schema expects there"
        return _unreadable(_place(source, path), message, _WAY_OUT)
    for path, part in _parts(schema, []):
        reference, kind = part.get("$ref"), part.get("x-type")
        if isinstance(reference, str) and not _leads_to_schema(schema, reference):
            message = f"`{reference}` leads nowhere in this file"
            hint = "a schema stands alone: refer to `#/$defs/NAME`, and write the definition there"
            return _unreadable(_place(source, [*path, "$ref"]), message, hint)
        if isinstance(kind, str | bool | int | list) and kind not in _SPELT:
            message = f"unknown type `{kind}` for `x-type`"
            hint = "known here: " + ", ".join(f"`{known}`" for known in _SPELT)
            return _unreadable(_place(source, [*path, "x-type"]), message, hint)
    return None


def _leads_to_schema(schema: Mapping[str, Any], reference: str) -> bool:
    return reference.startswith("#") and isinstance(target(schema, reference), dict | bool)


def _parts(part: object, path: list[str | int]) -> Iterator[tuple[list[str | int], dict[str, Any]]]:
    """Yield every mapping inside *part*, with the way to it."""
    if isinstance(part, dict):
        yield path, part
        for key, value in part.items():
            yield from _parts(value, [*path, key])
    elif isinstance(part, list):
        for at, value in enumerate(part):
            yield from _parts(value, [*path, at])


def _place(source: Source, path: list[str | int]) -> Span:
    """Return where the keys of *path* stand, one after the other, in *source*."""
    start, end = 0, min(1, len(source.text))
    for step in path:
        word = json.dumps(step, ensure_ascii=False)
        found = source.text.find(f"{word}", end) if isinstance(step, str) else -1
        if found >= 0:
            start, end = found, found + len(word)
    return source.span(start, end)


def _unreadable(span: Span, message: str, hint: str) -> Finding:
    return Finding(UNREADABLE_SCHEMA, message, span, hint)
