"""Records of YAML: one context, or a list of them; the file is read whole."""

from collections.abc import Generator
from typing import BinaryIO

from policyengine.document import Mapping, Node, Scalar, Sequence, read_document, read_text
from policyengine.errors import ContextError
from policyengine.findings import Finding
from policyengine.inputs.record import DEEPEST_RECORD, Fault, Record, mismatch, shown


def read_yaml(stream: BinaryIO, name: str) -> Generator[Record, None, None]:
    """Read the contexts of *stream*; a value is text, which the declared field reads."""
    source, findings = read_text(name, stream.read())
    node: Node | None = None
    if source is not None:
        node, more = read_document(source, context=True)
        findings = [*findings, *more]
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        yield from _unreadable(errors)
    elif node is None or _is_empty(node):
        raise ContextError(f"{name}: expected a context or a list of them, found an empty file")
    else:
        contexts = node.items if isinstance(node, Sequence) else (node,)
        for number, context in enumerate(contexts, start=1):
            yield _record(number, context)


def _unreadable(errors: list[Finding]) -> Generator[Record, None, None]:
    """Yield a fault for each mistake: what a broken file means cannot be told."""
    for number, error in enumerate(sorted(errors, key=lambda error: error.place), start=1):
        fault = Fault(error.message, hint=error.hint)
        yield Record(number, error.span.line, None, fault, "text")


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted


def _record(number: int, context: Node) -> Record:
    line = context.span.line
    if not isinstance(context, Mapping):
        found = "a list" if isinstance(context, Sequence) else f"the text {shown(context.text)}"
        if _is_empty(context):
            found = "nothing"
        fault = mismatch("a context, as in `contact.channel: phone`", found)
        return Record(number, line, None, fault, "text")
    if _depth(context) > DEEPEST_RECORD:
        expected = f"lists and mappings of at most {DEEPEST_RECORD} levels"
        return Record(number, line, None, mismatch(expected, "more"), "text")
    return Record(number, line, _facts(context), None, "text")


def _depth(node: Node) -> int:
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        inner, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(inner, Mapping):
            waiting.extend((value, depth + 1) for _, value in inner.entries)
        elif isinstance(inner, Sequence):
            waiting.extend((value, depth + 1) for value in inner.items)
    return deepest


def _facts(context: Mapping) -> dict[str, object]:
    return {key.text: _fact(value) for key, value in context.entries}


def _fact(node: Node) -> object:
    if isinstance(node, Mapping):
        return _facts(node)
    if isinstance(node, Sequence):
        return [_fact(item) for item in node.items]
    return None if _is_empty(node) else node.text
