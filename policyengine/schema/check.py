"""Files and plans against their schemas: every mistake once, at its place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings.finding import Finding
from policyengine.findings.near import did_you_mean
from policyengine.findings.shape import (
    MISSING_KEY,
    PLAN_LACKS,
    UNKNOWN_HEAD,
)
from policyengine.schema.fault import Fault, Path, fault_of, first_span, shown
from policyengine.schema.keys import HEADS, missing_key, missing_keys, unknown_key, unknown_keys
from policyengine.schema.shape import Shape
from policyengine.schema.words import said_of

_NOT_THE_HEAD = ("rules", "table", "plans", "on_breach", "on_off_target", "on_unknown")
_FIRST_SAID = ("type", "false", "minLength", "x-type", "enum", "pattern")
_KEY_WORDS = ("additionalProperties", "required", "dependentRequired")


def find_head(node: Node) -> str | Finding:
    """Return the key with which the file *node* opens, or what is wrong with its opening."""
    known = ", ".join(f"`{head}`" for head in HEADS)
    if not isinstance(node, Mapping) or not node.entries:
        message = f"a file opens with what it is, found {shown(node)}"
        return Finding(UNKNOWN_HEAD, message, first_span(node), f"open it with one of {known}")
    first = node.entries[0][0]
    if first.text in HEADS:
        return first.text
    keys = node.keys()
    later = next((head for head in HEADS if head in keys), None)
    if later is not None:
        message = f"the file opens with `{first.text}`, not with `{later}`"
        return Finding(UNKNOWN_HEAD, message, first.span, f"move `{later}` to the first line")
    hint = did_you_mean(first.text, HEADS)
    return Finding(UNKNOWN_HEAD, f"unknown kind of file `{first.text}`", first.span, hint)


def check_shape(node: Mapping, head: str, shape: Shape) -> list[Finding]:
    """Return what is wrong with the shape of *node*, a file that opens with *head*."""
    name = node.get(head)
    policy = name.text if head == "policy" and isinstance(name, Scalar) else None
    faults = _faults(node, shape)
    return [
        replace(finding, policy=policy, rule=_rule_at(node, path))
        for path, finding in _said_once(faults)
    ]


def check_plan(
    plan: Mapping, policy: Mapping, kind: str, shape: Shape, *, name: Scalar | None = None
) -> list[Finding]:
    """Return what *plan* lacks of what the schema of *kind* asks, shown at its *name*.

    What the head of its *policy* lacks is said with the first of the plans.
    """
    findings = list(_of_kind(plan, shape, name, f"plans of kind `{kind}` state it"))
    plans = policy.get("plans")
    later = isinstance(plans, Mapping) and plans.entries[0][1] is not plan
    if shape.head is not None and not later:
        entries = tuple(entry for entry in policy.entries if entry[0].text not in _NOT_THE_HEAD)
        head = Mapping(entries, policy.span)
        findings += _of_kind(head, shape.head, None, f"policies of kind `{kind}` state it")
    word = policy.get("policy")
    called = word.text if isinstance(word, Scalar) else None
    return [replace(finding, policy=called) for finding in findings]


def _of_kind(node: Mapping, shape: Shape, name: Scalar | None, asking: str) -> Iterator[Finding]:
    """Yield the findings for *node*, with the kind that asks where a key is missing."""
    for path, finding in _said_once(_faults(node, shape)):
        lacks = finding.code is MISSING_KEY
        mended = replace(
            finding,
            code=PLAN_LACKS if lacks else finding.code,
            hint=f"{asking}: {finding.hint}" if lacks else finding.hint,
        )
        at_top = name is not None and not path and finding.span == first_span(node)
        yield replace(mended, span=name.span) if at_top and name is not None else mended


def _faults(node: Mapping, shape: Shape) -> list[Fault]:
    view = plain(node)
    if shape.surely_fine(view):
        return []
    errors = shape.validator.iter_errors(view)
    return [fault_of(error, node, shape.schema) for error in errors]


def plain(node: Node) -> Any:  # noqa: ANN401 - what JSON can hold
    """Return *node* as plain lists, mappings and texts."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


def _said_once(faults: list[Fault]) -> list[tuple[Path, Finding]]:
    """Return one finding per mistake: what only follows from another is left out."""
    found: dict[tuple[Path, str], Finding] = {}
    meant: set[tuple[Path, str]] = set()
    for fault in faults:
        if fault.keyword == "additionalProperties":
            for key, suggestion in unknown_keys(fault):
                found.setdefault((fault.path, key.text), unknown_key(fault, key, suggestion))
                meant |= {(fault.path, key.text), (fault.path, suggestion or "")}
    misnamed = [
        fault
        for fault in faults
        if fault.wrong_key is not None and (fault.path, fault.wrong_key.text) not in found
    ]
    meant |= {(fault.path, fault.found().strip("`")) for fault in misnamed}
    written = {(path[:end], word) for path, word in meant for end in range(len(path) + 1)}
    for fault in faults:
        if fault.keyword in {"required", "dependentRequired"}:
            for missing in missing_keys(fault):
                elsewhere = {(fault.path, missing), (fault.path, "otherwise")} & written
                if not elsewhere:
                    found.setdefault((fault.path, missing), missing_key(fault, missing))
    wrong_keys = {(*path, word) for path, word in meant}
    others = [
        fault
        for fault in faults
        if fault.keyword not in _KEY_WORDS
        and fault.wrong_key is None
        and not any(fault.path[:end] in wrong_keys for end in range(1, len(fault.path) + 1))
    ]
    said = [(path, finding) for (path, _), finding in found.items()]
    return said + list(_others([*misnamed, *others]))


def _others(faults: Iterable[Fault]) -> Iterator[tuple[Path, Finding]]:
    """Yield one finding per place, and one per condition between keys."""
    places: dict[tuple[object, ...], Fault] = {}
    for fault in sorted(faults, key=_order):
        place: tuple[object, ...] = (fault.path, fault.wrong_key)
        if fault.keyword == "false" and fault.said:
            place = (fault.path[:-1], id(fault.said))
        places.setdefault(place, fault)
    for fault in places.values():
        yield fault.path, said_of(fault)


def _order(fault: Fault) -> tuple[int, int]:
    known = fault.keyword in _FIRST_SAID
    return (_FIRST_SAID.index(fault.keyword) if known else len(_FIRST_SAID), fault.span.start)


def _rule_at(node: Mapping, path: Path) -> str | None:
    """Return the name of the rule that *path* leads into, if any."""
    if len(path) < 2 or not isinstance(path[1], int):
        return None
    entries = node.get(str(path[0]))
    entry = entries.items[path[1]] if isinstance(entries, Sequence) else None
    name = entry.get("rule") if isinstance(entry, Mapping) else None
    return name.text if isinstance(name, Scalar) else None
