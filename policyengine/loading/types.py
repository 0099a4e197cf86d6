"""The types of fields and directives, as vocabularies declare them."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.fit import WRONG_DECLARATION
from policyengine.findings.grammar import with_article
from policyengine.findings.names import BAD_NAME
from policyengine.loading.draft import Draft, is_true, scalars, text_of, whole_of
from policyengine.values import FieldType, Kind, Misreading, Value, has_order, rank, read_value

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
_UNITS = "`ms`, `s`, `min`, `h`, `d` or `week`"
_WITH_VALUES = ("choice", "set", "list")


def read_type(
    draft: Draft, node: Mapping, name: Scalar, *, values: tuple[str, ...] = ()
) -> FieldType | None:
    """Return the type that the declaration *node* of *name* gives, or nothing after saying why.

    *values* are those of a choice that lists none: what computes it says them. What follows from a declaration that gives none is not said: its name is kept as broken.
    """
    type_ = _read_type(draft, node, name, values)
    if type_ is None:
        draft.broken.add(name.text)
    return type_


def _read_type(
    draft: Draft, node: Mapping, name: Scalar, otherwise: tuple[str, ...]
) -> FieldType | None:
    kind = node.get("type")
    if not isinstance(kind, Scalar) or kind.text not in get_args(Kind):
        return None
    values = _read_values(draft, node)
    if values is None:
        return None
    if kind.text == "choice":
        values = values or otherwise
    if kind.text in _WITH_VALUES and not values:
        hint = "add `values: [first, second]`"
        draft.say(
            WRONG_DECLARATION, f"`{name.text}` is a {kind.text} without values", kind.span, hint
        )
        return None
    length = node.get("max_length")
    zone = draft.time_zone(node.get("zone"))
    type_ = FieldType(
        kind.text,  # type: ignore[arg-type]  # checked against Kind above
        values=values,
        ordered=is_true(node.get("ordered")),
        unit=text_of(node.get("unit")),
        max_length=None if length is None else whole_of(length, 0),
        zone=None if zone is None else zone.key,
    )
    _check_fit(draft, node, type_)
    step = _bound(draft, node.get("step"), type_)
    low, high = _bound(draft, node.get("min"), type_), _bound(draft, node.get("max"), type_)
    if low is not None and high is not None and rank(type_, low) > rank(type_, high):
        least, most = node.get("min"), node.get("max")
        assert least is not None
        hint = f"write `min: {text_of(most)}` and `max: {text_of(least)}`"
        message = f"`{name.text}` has a `min` over its `max`"
        draft.say(WRONG_DECLARATION, message, least.span, hint)
    step = Decimal(step) if isinstance(step, int | Decimal) else None
    return replace(type_, minimum=low, maximum=high, step=step)


def _read_values(draft: Draft, node: Mapping) -> tuple[str, ...] | None:
    """Return the declared values, or nothing after saying which of them cannot be one."""
    values = scalars(node.get("values"))
    wrong = [value for value in values if _is_wrong_value(draft, value)]
    return None if wrong else tuple(value.text for value in values)


def _is_wrong_value(draft: Draft, value: Scalar) -> bool:
    if value.text in RESERVED:
        message = f"the value `{value.text}` is a word of the policy language"
        draft.say(BAD_NAME, message, value.span, "choose another word")
        return True
    return says_wrong_name(draft, "value", value)


def says_wrong_name(draft: Draft, what: str, name: Scalar) -> bool:
    """Say so where *name* cannot be the name of a *what*; return whether that is so."""
    wrong = _wrong_name(name.text)
    if wrong:
        mended = "_".join(re.findall(r"[\w-]+", name.text))
        if not any(sign.isalpha() for sign in mended):
            mended = f"{what}_{mended}" if mended else what
        draft.say(BAD_NAME, f"the {what} `{name.text}` {wrong}", name.span, f"write `{mended}`")
    return bool(wrong)


def _wrong_name(text: str) -> str:
    """Return what keeps *text* from being a name that a policy can use, or an empty text."""
    if "." in text:
        return "has a dot, as only names of fields do"
    if any(sign.isspace() for sign in text):
        return "has a space in it"
    if not all(sign.isalnum() or sign in "_-" for sign in text):
        return "has more than letters, digits, `_` and `-`"
    return "" if any(sign.isalpha() for sign in text) else "looks like a number"


def _bound(draft: Draft, node: Node | None, type_: FieldType) -> Value | None:
    return None if node is None else draft.value(node, type_, loose=True)


_KEYS = {
    "values": _WITH_VALUES,
    "ordered": ("choice",),
    "unit": ("integer", "number", "money", "duration"),
    "max_length": ("text",),
    "zone": ("date", "time", "datetime"),
}


def _check_fit(draft: Draft, node: Mapping, type_: FieldType) -> None:
    """Say which keys of a declaration mean nothing for its type."""
    for key, kinds in _KEYS.items():
        name = node.key(key)
        if name is not None and type_.kind not in kinds:
            _say_nothing(draft, key, name, type_)
    for key in ("min", "max", "step"):
        name = node.key(key)
        if name is not None and (not has_order(type_) or type_.kind == "choice"):
            _say_nothing(draft, key, name, type_)
    if type_.kind == "money" and type_.unit is None:
        hint = "add the currency, such as `unit: EUR`"
        draft.say(WRONG_DECLARATION, "money without a currency", node.span, hint)
    unit = node.get("unit")
    if type_.kind == "duration" and isinstance(unit, Scalar):
        check_time_unit(draft, unit)


def _say_nothing(draft: Draft, key: str, name: Scalar, type_: FieldType) -> None:
    message = f"`{key}` means nothing for {a_kind(type_)}"
    draft.say(WRONG_DECLARATION, message, name.span, f"leave `{key}` out")


def a_kind(type_: FieldType) -> str:
    """Return the kind of *type_* with its article."""
    return with_article("amount of money" if type_.kind == "money" else type_.kind)


def check_time_unit(draft: Draft, unit: Scalar) -> None:
    """Say so where *unit* is no unit of time."""
    read = read_value(FieldType("duration"), f"1 {unit.text}")
    if isinstance(read, Misreading):
        message = f"expected a unit of time, {_UNITS}, found `{unit.text}`"
        _, _, mended = (read.mended or "").partition(" ")
        hint = f"write `unit: {mended}`" if mended else read.hint
        draft.say(read.code, message, unit.span, hint)
