"""What a schema objects to, said in our own words: one finding per mistake."""

import re
from itertools import pairwise

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings.finding import Finding, Related
from policyengine.findings.near import did_you_mean, near_match
from policyengine.findings.shape import (
    EMPTY,
    ENTRY_TWICE,
    MALFORMED,
    MISFIT,
    RULE_AFTER_OTHERWISE,
    UNKNOWN_WORD,
    WRONG_CELLS,
    WRONG_SHAPE,
)
from policyengine.schema.fault import Fault, first_span, instead_of, own_words, shown
from policyengine.schema.keys import conditional, meant
from policyengine.schema.quick import as_text
from policyengine.schema.shape import typed

_WORDS = re.compile(r"^\^\(([a-z_]+(?:\|[a-z_]+)*)")
_MOST_LISTED = 14
_SCALARS = ("string", "number", "integer", "boolean")


def said_of(fault: Fault) -> Finding:
    """Return the finding for *fault*, whatever keyword failed; keys are not its matter."""
    if fault.keyword == "false":
        return conditional(fault, fault.key.text if fault.key else fault.holder)
    if own_words(fault.schema):
        return conditional(fault, fault.holder, MISFIT)
    match fault.keyword:
        case "type":
            return _wrong_shape(fault)
        case "enum" | "const":
            return _unknown_word(fault)
        case "pattern":
            return _malformed(fault)
        case "x-type":
            return _mistyped(fault)
        case "minItems" | "minProperties" | "minLength" if fault.wanted == 1:
            return _empty(fault)
        case _:
            return _of_lists(fault)


def _of_lists(fault: Fault) -> Finding:
    """Return the finding for a keyword about a whole list, or for one that only users need."""
    match fault.keyword:
        case "uniqueItems":
            return _twice(fault)
        case "x-cells":
            return _wrong_cells(fault)
        case "x-last":
            return _after_the_last(fault)
        case _:
            return _misfit(fault)


def _wrong_shape(fault: Fault) -> Finding:
    types = [fault.wanted] if isinstance(fault.wanted, str) else list(fault.wanted)
    words = ["one value"] if any(name in _SCALARS for name in types) else []
    words += ["a list"] if "array" in types else []
    words += ["a mapping"] if "object" in types else []
    expected = " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    where = f" under `{fault.holder}`" if fault.holder else ""
    return Finding(
        WRONG_SHAPE,
        f"expected {expected}{where}, found {fault.found()}",
        fault.span,
        _mended_shape(fault, types),
    )


def _mended_shape(fault: Fault, types: list[str]) -> str:
    """Return how to write what was meant, where that is plain."""
    node = fault.node
    examples = fault.schema.get("examples", [])
    if isinstance(node, Scalar) and types == ["array"] and fault.key is not None:
        items = fault.schema.get("items", {})
        if "string" in items.get("type", ()) and "$ref" not in items:
            return f"write `{fault.key.text}: [{node.text}]`"
    match node:
        case Sequence(items=(Scalar() as only,)) if "string" in types and fault.key is not None:
            return f"write `{fault.key.text}: {only.text}`"
        case Mapping(entries=((name, Scalar() as value),)) if "array" in types:
            if name.text in {"not", "neither", "over", "under", "at least", "at most", "has"}:
                return f"write `{name.text} {value.text}`"
    if not examples:
        return ""
    example = str(examples[0])
    named = f"{fault.key.text}: {example}" if fault.key and example.startswith("{") else example
    return f"write it like `{named}`"


def _unknown_word(fault: Fault) -> Finding:
    allowed = fault.wanted if isinstance(fault.wanted, list) else [fault.wanted]
    words = [str(as_text(word)) for word in allowed]
    where = f" for `{fault.holder}`" if fault.holder else ""
    hint = did_you_mean(_text(fault), words, most=_MOST_LISTED)
    return Finding(UNKNOWN_WORD, f"unknown word {fault.found()}{where}", fault.span, hint)


def _malformed(fault: Fault) -> Finding:
    """Return the finding for a text or a key that lacks the form its schema asks for."""
    schema = fault.schema
    title = str(schema.get("title", "the schema")).lower()
    expected = schema.get("patternErrorMessage", f"expected the form of {title}")
    return Finding(
        MALFORMED, f"{expected}, found {fault.found()}", fault.span, _meant_instead(fault)
    )


def _meant_instead(fault: Fault) -> str:
    """Return the hint for a text that stands for one of a few words."""
    listed = _WORDS.match(str(fault.wanted))
    words = listed[1].split("|") if listed else []
    instead: dict[str, str] = {}
    if fault.wrong_key is not None and len(fault.around) > 1:
        instead = instead_of(fault.around[-2])
        upper = any(_text(fault) in part.get("properties", {}) for part in fault.around[:-2])
        if upper:
            return f"indent `{_text(fault)}` less: it belongs further up"
    word = meant(_text(fault), words, instead) or near_match(_text(fault), words)
    if word is not None:
        return f"did you mean `{word}`?"
    joined = re.sub(r"[\s.:/]+", "-", _text(fault).strip())
    if joined != _text(fault) and re.search(str(fault.wanted), joined):
        return f"write `{joined}`"
    return str(fault.schema.get("x-hint", ""))


def _mistyped(fault: Fault) -> Finding:
    """Return what reading the text as a value says, at the very characters."""
    kind = str(fault.wanted)
    text = _text(fault)
    wrong = typed(kind, text)
    if wrong is None:
        return _misfit(fault)
    return Finding(wrong.code, wrong.message, fault.span, wrong.hint)


def _empty(fault: Fault) -> Finding:
    name = fault.key.text if fault.key is not None else fault.holder
    hint = f"add what belongs there, or leave `{name}` out"
    return Finding(EMPTY, f"`{name}` is empty", fault.span, hint)


def _twice(fault: Fault) -> Finding:
    items = fault.node.items if isinstance(fault.node, Sequence) else ()
    seen: dict[object, Node] = {}
    for item in items:
        same = _plain(item)
        if same in seen:
            return Finding(
                ENTRY_TWICE,
                f"{shown(item)} stands twice in `{fault.holder}`",
                first_span(item),
                "leave one of the two out",
                (Related(first_span(seen[same]), "it stands here already"),),
            )
        seen[same] = item
    return _misfit(fault)


def _plain(node: Node) -> object:
    """Return *node* as something that equals what is written the same."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return tuple(_plain(item) for item in node.items)
        case Mapping():
            return frozenset((key.text, _plain(value)) for key, value in node.entries)


def _wrong_cells(fault: Fault) -> Finding:
    row = fault.node.items if isinstance(fault.node, Sequence) else ()
    columns = [name for name in fault.wanted if isinstance(name, str)]
    cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    message = f"the row has {cells}, the table {len(columns)} columns"
    texts = [cell.text if isinstance(cell, Scalar) else "" for cell in row]
    hint = "write one cell for each of " + ", ".join(f"`{name}`" for name in columns)
    if len(row) > len(columns):
        hint = "a comma begins a new cell: quote a text that holds one"
        for first, second in pairwise(texts):
            if re.search(r"(?<![0-9])[0-9]{1,3}$", first) and re.match(
                r"[0-9]{3}(?![0-9])", second
            ):
                hint = f"a comma begins a new cell: write `{first}{second}`"
                break
    return Finding(WRONG_CELLS, message, fault.span, hint)


def _after_the_last(fault: Fault) -> Finding:
    last = fault.wanted
    message = f"an entry stands after `{last}` and is never tried"
    return Finding(RULE_AFTER_OTHERWISE, message, fault.span, f"move `{last}` to the end")


def _misfit(fault: Fault) -> Finding:
    """Return the finding for what only the schema of a kind asks."""
    titles = [f"`{part['title']}`" for part in fault.branches if "title" in part]
    name = fault.holder or "the plan"
    match fault.keyword:
        case "minimum" | "maximum":
            bound = "at least" if fault.keyword == "minimum" else "at most"
            expected = f"expected {bound} `{fault.wanted}`"
        case "exclusiveMinimum" | "exclusiveMaximum":
            bound = "over" if fault.keyword == "exclusiveMinimum" else "under"
            expected = f"expected {bound} `{fault.wanted}`"
        case (
            "minItems" | "maxItems" | "minLength" | "maxLength" | "minProperties" | "maxProperties"
        ):
            bound = "at least" if fault.keyword.startswith("min") else "at most"
            things = "characters" if fault.keyword.endswith("Length") else "entries"
            expected = f"expected {bound} {fault.wanted} {things} under `{name}`"
        case _ if titles:
            expected = f"expected one of {', '.join(dict.fromkeys(titles))} under `{name}`"
        case _:
            title = fault.schema.get("title", name)
            expected = f"`{name}` is not what its schema calls `{title}`"
    return Finding(MISFIT, f"{expected}, found {fault.found()}", fault.span, _described(fault))


def _described(fault: Fault) -> str:
    text = str(fault.schema.get("description", "")).rstrip(".")
    return text[:1].lower() + text[1:]


def _text(fault: Fault) -> str:
    node = fault.wrong_key or fault.node
    return node.text if isinstance(node, Scalar) else ""
