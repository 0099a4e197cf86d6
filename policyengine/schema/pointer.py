"""Places inside a schema: references followed, and the way down to what failed."""

from collections.abc import Iterable, Mapping
from typing import Any

_ANNOTATIONS = ("title", "description", "examples")


def target(schema: Mapping[str, Any], reference: str) -> Any:  # noqa: ANN401 - a schema is JSON
    """Return what *reference*, a pointer such as `#/$defs/text`, names in *schema*, or nothing."""
    found: Any = schema
    for part in reference.removeprefix("#").split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, dict) else None
    return found


def inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return *schema* with its references to `$defs` replaced, each once on a way down.

    Looking a reference up is most of what validation costs; where a definition
    comes back to itself the inner reference stays.
    """
    definitions = schema.get("$defs", {})
    ready = {key: value for key, value in schema.items() if key != "$defs"}
    return {
        **_replaced(ready, definitions, ()),
        "$defs": {
            name: _replaced(part, definitions, (name,)) for name, part in definitions.items()
        },
    }


def _replaced(part: Any, definitions: Mapping[str, Any], way: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(part, list):
        return [_replaced(item, definitions, way) for item in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
    beside = {
        key: _replaced(value, definitions, way) for key, value in part.items() if key != "$ref"
    }
    mergeable = set(beside) <= set(_ANNOTATIONS) and isinstance(definitions.get(name), dict)
    if name in way or not mergeable:
        return beside if reference is None else {**beside, "$ref": reference}
    return {**_replaced(definitions[name], definitions, (*way, name)), **beside}


def way_down(schema: Mapping[str, Any], path: Iterable[str | int]) -> list[dict[str, Any]]:
    """Return the mappings of *schema* that lie on *path*, from the outermost to what failed."""
    found: list[dict[str, Any]] = []
    current: Any = schema
    for step in path:
        while isinstance(current, dict) and step not in current and "$ref" in current:
            current = target(schema, current["$ref"])
        if isinstance(current, dict):
            found.append(current)
            current = current.get(step)
        elif isinstance(current, list) and isinstance(step, int):
            current = current[step]
    return found
