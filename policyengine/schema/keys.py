"""Keys that are unknown, missing or out of place, and what the writer may have meant."""

from collections.abc import Iterator
from typing import Any

from policyengine.document import Mapping, Scalar
from policyengine.findings.finding import Code, Finding, Related
from policyengine.findings.near import did_you_mean, near_match
from policyengine.findings.shape import (
    BESIDE_RULE,
    KEY_OUT_OF_PLACE,
    MISSING_KEY,
    OTHER_SPELLING,
    SHAPE_CODES,
    TWO_HEADS,
    UNKNOWN_KEY,
)
from policyengine.schema.fault import Fault, first_span, instead_of, own_words

HEADS = (
    "policyset",
    "vocabulary",
    "suite",
    "register",
    "calendar",
    "input",
    "source",
    "policy",
)
_MOST_LISTED = 12


def unknown_keys(fault: Fault) -> Iterator[tuple[Scalar, str | None]]:
    """Yield each key that the schema of *fault* does not know, with the key that was meant."""
    schema, node = fault.schema, fault.node
    if not isinstance(node, Mapping):
        return
    known = schema.get("properties", {})
    free = [name for name in known if name not in node.keys()]  # noqa: SIM118 - a node is no dict
    for key, _ in node.entries:
        if key.text not in known:
            yield key, meant(key.text, free, instead_of(schema))


def meant(word: str, known: list[str], instead: dict[str, str]) -> str | None:
    """Return the one of *known* that *word* stands for: another spelling, another word, a near one."""
    plain = _plain(word)
    for name in known:
        if _plain(name) == plain:
            return name
    if instead.get(plain) in known:
        return instead[plain]
    return near_match(word, known)


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def unknown_key(fault: Fault, key: Scalar, suggestion: str | None) -> Finding:
    """Return the finding for the unknown *key*, which may mean *suggestion*."""
    known: dict[str, Any] = fault.schema.get("properties", {})
    word = key.text
    if not fault.path and word in HEADS:
        return Finding(
            TWO_HEADS,
            f"`{word}` cannot stand in a file that opens with `{first_span(fault.node).text}`",
            key.span,
            f"write `{word}` in a file of its own",
        )
    where = f" under `{fault.holder}`" if fault.holder else ""
    message = f"unknown key `{word}`{where}"
    if suggestion is not None and _plain(suggestion) == _plain(word):
        return Finding(
            OTHER_SPELLING,
            f"expected the key `{suggestion}`, found `{word}`",
            key.span,
            f"write `{suggestion}`",
        )
    if suggestion is not None:
        hint = f"did you mean `{suggestion}`?"
        return Finding(UNKNOWN_KEY, message, key.span, hint)
    if "rule" in known and "then" in known:
        return _beside_rule(key, fault)
    higher = any(word in part.get("properties", {}) for part in fault.around[:-1])
    if higher:
        hint = f"indent `{word}` less: it belongs further up"
    elif "directives" in known:
        hint = (
            "a directive goes under `directives`, what only this kind of plan knows under `details`"
        )
    elif "details" in known:
        hint = "what only this kind of policy knows goes under `details`"
    else:
        hint = did_you_mean(word, known, most=_MOST_LISTED)
    return Finding(UNKNOWN_KEY, message, key.span, hint)


def _beside_rule(key: Scalar, fault: Fault) -> Finding:
    """Return the finding for a *key* of a rule that is a test, an instruction or a plan."""
    word = key.text
    node = fault.node
    value = node.get(word) if isinstance(node, Mapping) else None
    if "." in word:
        test = value.text if isinstance(value, Scalar) else "…"
        hint = f"write `when: {{{word}: {test}}}`"
        return Finding(BESIDE_RULE, f"the test of `{word}` stands beside `when`", key.span, hint)
    if word in {"any", "all", "not", "is"}:
        return Finding(
            BESIDE_RULE, f"`{word}` stands beside `when`", key.span, f"write `{word}` under `when`"
        )
    return Finding(
        BESIDE_RULE,
        f"a rule has no key `{word}`",
        key.span,
        f"if `{word}` is a directive, write it under `directives` of a plan and name the plan in `then`",
    )


def missing_keys(fault: Fault) -> list[str]:
    """Return the keys that *fault* finds missing."""
    if not isinstance(fault.node, Mapping):
        return []
    present = fault.node.keys()
    asked = fault.wanted
    if isinstance(asked, dict):
        asked = [key for given, keys in asked.items() if given in present for key in keys]
    return [key for key in asked if key not in present]


def missing_key(fault: Fault, missing: str, code: Code = MISSING_KEY) -> Finding:
    """Return the finding for the key that is *missing* from a mapping."""
    if own_words(fault.schema) and "properties" not in fault.schema:
        return conditional(fault, missing, code)
    example = _example(fault, missing)
    where = f" under `{fault.holder}`" if fault.key is not None else ""
    return Finding(code, f"missing `{missing}`{where}", fault.span, f"add `{example}`")


def _example(fault: Fault, missing: str) -> str:
    for part in reversed(fault.around):
        schema = part.get("properties", {}).get(missing)
        if isinstance(schema, dict) and schema.get("examples"):
            return str(schema["examples"][0])
    return f"{missing}: …"


def conditional(fault: Fault, key: str, code: Code = KEY_OUT_OF_PLACE) -> Finding:
    """Return what the schema itself says of *key*, which depends on other keys."""
    said = fault.said
    named = {known.id: known for known in SHAPE_CODES}
    message = own_words(said) or f"`{key}` cannot stand here"
    return Finding(
        named.get(said.get("x-code", ""), code),
        message.replace("{key}", key),
        fault.span,
        _way_out(said),
        _other_side(fault),
    )


def _way_out(said: dict[str, Any]) -> str:
    text = str(said.get("description", "")).rstrip(".")
    return text[:1].lower() + text[1:]


def _other_side(fault: Fault) -> tuple[Related, ...]:
    """Return the place of the key that asks for, or rules out, the one at fault."""
    for part in reversed(fault.around):
        asked = part.get("if", {}).get("required", []) if isinstance(part.get("if"), dict) else []
        if asked and fault.keyword == "false" and fault.beside is not None:
            other = fault.beside.key(asked[0])
            if other is not None and other is not fault.key:
                return (Related(other.span, f"`{other.text}` stands here"),)
    return ()
