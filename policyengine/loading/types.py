"""The types of fields and directives, as vocabularies declare them."""

from dataclasses import replace
from decimal import Decimal
from typing import get_args

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.fit import WRONG_DECLARATION
from policyengine.findings.names import BAD_NAME
from policyengine.findings.shape import NOT_YET
from policyengine.loading.draft import Draft, is_true, scalars, text_of
from policyengine.values import FieldType, Kind, Value, has_order, rank

RESERVED = [
    "any",
    "missing",
    "present",
    "empty",
    "not",
    "neither",
    "nor",
    "has",
    "or",
    "and",
    "under",
    "over",
    "at",
]
_LATER = ("period",)
_WITH_VALUES = ("choice", "set", "list")


def read_type(draft: Draft, node: Mapping, name: Scalar) -> FieldType | None:
    """Return the type that the declaration *node* of *name* gives, or nothing after saying why."""
    kind = node.get("type")
    if not isinstance(kind, Scalar) or kind.text not in get_args(Kind):
        return None
    if kind.text in _LATER:
        draft.say(NOT_YET, f"the type `{kind.text}` is not supported yet", kind.span)
        return None
    values = _read_values(draft, node)
    if kind.text in _WITH_VALUES and not values:
        hint = "add `values: [first, second]`"
        draft.say(
            WRONG_DECLARATION, f"`{name.text}` is a {kind.text} without values", kind.span, hint
        )
        return None
    length = text_of(node.get("max_length"))
    type_ = FieldType(
        kind.text,  # type: ignore[arg-type]  # checked against Kind above
        values=values,
        ordered=is_true(node.get("ordered")),
        unit=text_of(node.get("unit")),
        max_length=int(length) if length is not None else None,
        zone=text_of(node.get("zone")),
    )
    _check_fit(draft, node, type_)
    step = _bound(draft, node.get("step"), type_)
    low, high = _bound(draft, node.get("min"), type_), _bound(draft, node.get("max"), type_)
    if low is not None and high is not None and rank(type_, low) > rank(type_, high):
        draft.say(WRONG_DECLARATION, f"`{name.text}` has a `min` over its `max`", node.span)
    step = Decimal(step) if isinstance(step, int | Decimal) else None
    return replace(type_, minimum=low, maximum=high, step=step)


def _read_values(draft: Draft, node: Mapping) -> tuple[str, ...]:
    values: list[str] = []
    for value in scalars(node.get("values")):
        wrong = wrong_name(value.text)
        if value.text in RESERVED:
            wrong = "is a word of the policy language"
        if wrong:
            draft.say(BAD_NAME, f"the value `{value.text}` {wrong}", value.span)
        elif value.text in values:
            draft.say(BAD_NAME, f"the value `{value.text}` is declared twice", value.span)
        else:
            values.append(value.text)
    return tuple(values)


def wrong_name(text: str) -> str:
    """Return what keeps *text* from being a name that a policy can use, or an empty text."""
    if "." in text:
        return "has a dot: only names of fields have one"
    if any(sign.isspace() for sign in text) or not text:
        return "has a space: write `_` between words"
    if not any(sign.isalpha() for sign in text):
        return "looks like a number"
    if not all(sign.isalnum() or sign in "_-:" for sign in text):
        return "may only have letters, digits, `_` and `-`"
    return ""


def _bound(draft: Draft, node: Node | None, type_: FieldType) -> Value | None:
    return None if node is None else draft.value(node, type_, loose=True)


_KEYS = {
    "values": _WITH_VALUES,
    "ordered": ("choice",),
    "unit": ("integer", "number", "money", "duration"),
    "max_length": ("text",),
}


def _check_fit(draft: Draft, node: Mapping, type_: FieldType) -> None:
    """Say which keys of a declaration mean nothing for its type."""
    for key, kinds in _KEYS.items():
        name = node.key(key)
        if name is not None and type_.kind not in kinds:
            message = f"`{key}` means nothing for a {type_.kind}"
            draft.say(WRONG_DECLARATION, message, name.span, f"leave `{key}` out")
    for key in ("min", "max", "step"):
        name = node.key(key)
        if name is not None and (not has_order(type_) or type_.kind == "choice"):
            message = f"`{key}` means nothing for a {type_.kind}"
            draft.say(WRONG_DECLARATION, message, name.span, f"leave `{key}` out")
    if type_.kind == "money" and type_.unit is None:
        hint = "add the currency, such as `unit: EUR`"
        draft.say(WRONG_DECLARATION, "money without a currency", node.span, hint)
    unit = node.get("unit")
    if type_.kind == "duration" and isinstance(unit, Scalar):
        from_unit = FieldType("duration")
        draft.value(Scalar(f"1 {unit.text}", unit.span, quoted=True), from_unit)
