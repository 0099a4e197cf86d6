"""One thing that a schema objects to, with its place in the file."""

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.schema.pointer import way_down
from policyengine.source import Span

Path = tuple[str | int, ...]
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A keyword of a schema that failed, at a node, with the schemas around it."""

    keyword: str
    wanted: Any
    path: Path
    node: Node
    key: Scalar | None
    beside: Mapping | None
    wrong_key: Scalar | None
    around: tuple[dict[str, Any], ...]
    branches: tuple[ReadOnly[str, Any], ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The schema that failed, or that holds the `false` that failed."""
        return self.around[-1] if self.around else {}

    @property
    def span(self) -> Span:
        """Where it is shown: the value itself, or the key of a list or mapping."""
        if self.wrong_key is not None:
            return self.wrong_key.span
        in_place = isinstance(self.node, Scalar) and self.keyword != "false"
        if in_place or self.key is None:
            return first_span(self.node)
        return self.key.span

    @property
    def holder(self) -> str:
        """The name of the key under which it stands, or nothing at the top of the file."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def said(self) -> dict[str, Any]:
        """The nearest schema around that has words of its own for what failed, or nothing."""
        return next((part for part in reversed(self.around) if own_words(part)), {})

    def found(self) -> str:
        """Return what stands there, to follow "found"."""
        return shown(self.wrong_key or self.node)


def own_words(part: ReadOnly[str, Any]) -> str:
    """Return what the schema *part* itself says where it does not hold, or nothing."""
    words = part.get("errorMessage")
    return words if isinstance(words, str) else ""


def instead_of(part: ReadOnly[str, Any]) -> dict[str, str]:
    """Return the keys that writers use in place of those that the schema *part* knows."""
    words = part.get("x-instead")
    return words if isinstance(words, dict) else {}


def fault_of(error: ValidationError, root: Mapping, schema: ReadOnly[str, Any]) -> Fault:
    """Return *error*, found in *root* by *schema*, with its place."""
    path = tuple(error.absolute_path)
    steps = tuple(error.absolute_schema_path)
    node, key, beside = _walk(root, path)
    wrong_key = None
    if "propertyNames" in steps and isinstance(node, Mapping):
        wrong_key = node.key(str(error.instance))
    return Fault(
        keyword=str(error.validator),
        wanted=error.validator_value,
        path=path,
        node=node,
        key=key,
        beside=beside,
        wrong_key=wrong_key,
        around=tuple(way_down(schema, steps)),
        branches=tuple(
            part.schema for part in error.context or () if isinstance(part.schema, ReadOnly)
        ),
    )


def _walk(root: Mapping, path: Path) -> tuple[Node, Scalar | None, Mapping | None]:
    """Return the node at *path* under *root*; its key, and the mapping that holds it, if any."""
    node: Node = root
    key: Scalar | None = None
    beside: Mapping | None = None
    for step in path:
        key, beside = None, None
        if isinstance(node, Mapping) and isinstance(step, str):
            key, beside = node.key(step), node
            node = node.get(step) or node
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node, key, beside


def first_span(node: Node) -> Span:
    """Return where *node* begins: a scalar itself, the first key or entry of what holds more."""
    match node:
        case Mapping(entries=(first, *_)):
            return first[0].span
        case Sequence(items=(item, *_)):
            return first_span(item)
        case _:
            return node.span


def shown(node: Node) -> str:
    """Return *node* in the user's words, cut where it is long."""
    match node:
        case Scalar(text=text):
            words = " ".join(text.split())
            if not words:
                return "nothing"
            return f"`{words}`" if len(words) <= _LONGEST else f"`{words[:_LONGEST]}…`"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
