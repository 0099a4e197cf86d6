"""YAML nodes: a value of a file, where it stands, and where its keys stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.source import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written, without a type: the declared field reads it.

    An empty text that is not quoted stands for YAML's null: only contexts may hold it.
    """

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file; no key stands twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    span: Span

    def get(self, key: str) -> "Node | None":
        """Return the value of *key*, or nothing."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """Return *key* itself, which knows where it stands."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None

    def keys(self) -> tuple[str, ...]:
        """Return the texts of the keys, in order."""
        return tuple(name.text for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


def is_absent(node: Node) -> bool:
    """Say whether *node* stands for YAML's null: an empty place, `~` or `null`."""
    return isinstance(node, Scalar) and not node.text and not node.quoted


def view(node: Node) -> object:
    """Return *node* as plain mappings, lists and texts, for a JSON Schema to look at."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [view(item) for item in node.items]
    return {key.text: view(value) for key, value in node.entries}
