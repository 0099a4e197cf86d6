"""Values from texts: as policies spell them, and as logs and command lines do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policyengine.findings.values import (
    BOOLEAN_SPELLING,
    INNER_QUOTES,
    ITEM_TWICE,
    UNKNOWN_VALUE,
    WRONG_CASE,
    WRONG_TYPE,
)
from policyengine.values.domain import check_domain
from policyengine.values.durations import read_duration
from policyengine.values.field_type import FieldType, Misreading, Value, kind_phrase
from policyengine.values.moments import read_date, read_moment, read_time
from policyengine.values.periods import read_period
from policyengine.values.quantities import read_integer, read_number, read_share
from policyengine.values.wording import misread, shifted, unknown_word

_TRUE = ("true", "yes", "y", "on", "1", "ja", "oui")
_FALSE = ("false", "no", "n", "off", "0", "nee", "non")
_QUOTES = "\"'\u201c\u201d\u2018\u2019"


def read_value(
    type_: FieldType,
    text: str,
    *,
    zone: str | None = None,
    loose: bool = False,
    warnings: list[Misreading] | None = None,
) -> Value | Misreading:
    """Return the value of *type_* that *text* spells, or what is wrong with it.

    A *loose* text stands in a log or on a command line, where units may be left out and
    the items of a set are parted by `;`; a text of a policy says its units itself.
    """
    if type_.kind == "text":
        value: Value | Misreading = text if loose else without_quotes(text)
        return _in_domain(type_, value, text)
    body = text.strip()
    before = len(text) - len(text.lstrip())
    if body[:1] in _QUOTES and body[-1:] in _QUOTES and body.strip(_QUOTES):
        wrong = misread(INNER_QUOTES, body, kind_phrase(type_), body.strip(_QUOTES))
        return shifted(wrong, before)
    if type_.kind in {"set", "list"}:
        listed = _read_listed(type_, body, loose=loose)
        return shifted(listed, before) if isinstance(listed, Misreading) else listed
    value = _read_single(type_, body, zone, loose=loose, warnings=warnings)
    checked = _in_domain(type_, value, body)
    return shifted(checked, before) if isinstance(checked, Misreading) else checked


def _in_domain(type_: FieldType, value: Value | Misreading, text: str) -> Value | Misreading:
    if isinstance(value, Misreading):
        return value
    return check_domain(type_, value, text) or value


def _read_single(
    type_: FieldType,
    text: str,
    zone: str | None,
    *,
    loose: bool,
    warnings: list[Misreading] | None,
) -> Value | Misreading:
    """Return the value of *text* by the rule of its kind, its domain not yet asked."""
    match type_.kind:
        case "boolean":
            return _read_boolean(type_, text)
        case "integer":
            return read_integer(type_, text)
        case "number" | "money":
            return read_number(type_, text, warnings)
        case "share":
            return read_share(type_, text, loose=loose)
        case "duration":
            return read_duration(type_, text, loose=loose)
        case "choice":
            return read_word(type_, text)
        case _:
            return _read_timely(type_, text, zone, loose=loose)


def _read_timely(
    type_: FieldType, text: str, zone: str | None, *, loose: bool
) -> Value | Misreading:
    """Return the day, time, moment or period that *text* says."""
    match type_.kind:
        case "date":
            return read_date(type_, text)
        case "time":
            return read_time(type_, text, loose=loose)
        case "datetime":
            return read_moment(type_, text, zone)
        case "period":
            return read_period(type_, text)
        case _:
            return misread(WRONG_TYPE, text, f"{kind_phrase(type_)}, which cannot be written here")


def without_quotes(text: str) -> str:
    """Return *text*, or what stands inside when it is in double quotes: `text = rest | '"' any '"'`."""
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1]
    return text


def _read_boolean(type_: FieldType, text: str) -> bool | Misreading:
    """Read `boolean = "true" | "false"`."""
    if text in {"true", "false"}:
        return text == "true"
    folded = text.casefold()
    code = WRONG_CASE if folded in {"true", "false"} else BOOLEAN_SPELLING
    if folded in _TRUE:
        return misread(code, text, kind_phrase(type_), "true")
    if folded in _FALSE:
        return misread(code, text, kind_phrase(type_), "false")
    return misread(WRONG_TYPE, text, kind_phrase(type_))


def read_word(type_: FieldType, text: str) -> str | Misreading:
    """Read `word = one of the declared values`."""
    if text in type_.values:
        return text
    folded = {value.casefold(): value for value in type_.values}
    expected = kind_phrase(replace(type_, kind="choice"))
    if text.casefold() in folded:
        return unknown_word(WRONG_CASE, text, expected, (folded[text.casefold()],))
    return unknown_word(UNKNOWN_VALUE, text, expected, type_.values)


def _read_listed(type_: FieldType, text: str, *, loose: bool) -> tuple[str, ...] | Misreading:
    """Read `items = "empty" | [ "[" ] [ word { "," word } ] [ "]" ]`, with ";" between in facts."""
    if text == "empty" or (loose and not text):
        return ()
    inside = re.fullmatch(r"\[(.*)\]", text, re.DOTALL)
    body, offset = (inside[1], 1) if inside else (text, 0)
    if inside and not body.strip():
        return ()
    words = [
        (part[0].strip(), part.start() + offset + len(part[0]) - len(part[0].lstrip()))
        for part in re.finditer(r"[^;]+" if loose else r"[^,]+", body)
    ]
    for word, start in words:
        item = read_word(type_, word)
        if isinstance(item, Misreading):
            return shifted(item, start)
    if not words:
        return misread(WRONG_TYPE, text, kind_phrase(type_))
    return collected(type_, [word for word, _ in words], text)


def collected(type_: FieldType, items: Sequence[str], text: str) -> tuple[str, ...] | Misreading:
    """Return declared *items* as a value: a set in declared order, none of them twice."""
    twice = next((item for at, item in enumerate(items) if item in items[:at]), None)
    if twice is not None:
        wrong = misread(
            ITEM_TWICE, twice, "every item once", note=f"leave the second `{twice}` out"
        )
        return replace(wrong, start=0, end=len(text))
    return tuple(items) if type_.kind == "list" else in_declared_order(type_, items)


def in_declared_order(type_: FieldType, items: Iterable[str]) -> tuple[str, ...]:
    """Return *items* in the order in which *type_* declares them."""
    given = frozenset(items)
    return tuple(value for value in type_.values if value in given)


def read_items(type_: FieldType, texts: Sequence[str]) -> Value | Misreading:
    """Return the set or list whose items are *texts*, as a list of a policy gives them."""
    for text in texts:
        item = read_word(type_, text.strip())
        if isinstance(item, Misreading):
            return item
    return collected(type_, [text.strip() for text in texts], ", ".join(texts))
