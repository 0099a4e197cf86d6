"""Values from JSON and Python, and back: JSON's own types, exact numbers."""

import json
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext

from policyengine.findings.values import NO_OFFSET, OFF_STEP, OUTSIDE_DOMAIN, WRONG_TYPE
from policyengine.values.domain import check_domain
from policyengine.values.durations import exact_seconds
from policyengine.values.field_type import (
    NUMERIC,
    FieldType,
    Misreading,
    Value,
    kind_phrase,
    unit_factor,
)
from policyengine.values.moments import (
    field_zone,
    fixed,
    read_date,
    read_moment,
    read_time,
    start_of_day,
)
from policyengine.values.periods import read_period
from policyengine.values.quantities import MOST_DIGITS, bare_share
from policyengine.values.read import collected, read_value, read_word
from policyengine.values.show import shortest
from policyengine.values.wording import misread

_MICROSECOND = timedelta(microseconds=1)


def from_json(type_: FieldType, raw: object, *, zone: str | None = None) -> Value | Misreading:
    """Return the value of *type_* that the fact *raw* is, or what is wrong with it.

    Nothing is coerced: a text is no number, and `true` is not 1. Python's own exact values
    (decimals, dates, times, spans of time, sets) are facts too.
    """
    value = _taken(type_, raw, zone)
    if isinstance(value, Misreading):
        return value
    return check_domain(type_, value, shown(raw)) or value


def _taken(type_: FieldType, raw: object, zone: str | None) -> Value | Misreading:
    """Return *raw* as a value by the rule of its kind, its domain not yet asked."""
    match type_.kind, raw:
        case "boolean", bool():
            return raw
        case (("integer" | "number" | "money" | "share" | "duration"), _):
            return _number(type_, raw)
        case "text", str():
            return raw
        case "choice", str():
            return read_word(type_, raw)
        case "period", str():
            return read_period(type_, raw)
        case (("set" | "list"), _):
            return _items(type_, raw)
        case (("date" | "time" | "datetime"), _):
            return _moment(type_, raw, zone)
        case _:
            return _other_type(type_, raw)


def _number(type_: FieldType, raw: object) -> int | Decimal | Misreading:
    if type_.kind == "duration" and isinstance(raw, timedelta):
        return exact_seconds(Decimal(raw // _MICROSECOND), Decimal("0.000001"), shown(raw))
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        return _other_type(type_, raw)
    number = Decimal(repr(float(raw)) if isinstance(raw, float) else raw)
    if not number.is_finite():
        return _other_type(type_, raw)
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        return misread(OUTSIDE_DOMAIN, shown(raw), f"a number of at most {MOST_DIGITS} digits")
    return _counted(type_, raw, number or Decimal(0))


def _counted(type_: FieldType, raw: object, number: Decimal) -> int | Decimal | Misreading:
    """Return *number* as its kind counts it."""
    match type_.kind:
        case "integer" if isinstance(raw, int):
            return int(raw)
        case "integer":
            whole = str(int(number)) if number == int(number) else None
            return misread(OFF_STEP, shown(raw), kind_phrase(type_), whole)
        case "share":
            return bare_share(type_, number, shown(raw))
        case "duration":
            return exact_seconds(number, unit_factor(type_), shown(raw))
        case _:
            return number


def _items(type_: FieldType, raw: object) -> tuple[str, ...] | Misreading:
    if not isinstance(raw, (list, tuple, AbstractSet)):
        return _other_type(type_, raw)
    words = []
    for item in raw:
        word = read_word(type_, item) if isinstance(item, str) else _other_type(type_, item)
        if isinstance(word, Misreading):
            return word
        words.append(word)
    return collected(type_, words, shown(raw))


def _moment(type_: FieldType, raw: object, zone: str | None) -> Value | Misreading:
    """Return a date, a time or a moment from its text or from Python's own."""
    match type_.kind, raw:
        case "datetime", str():
            return read_moment(type_, raw, zone)
        case "datetime", datetime() if raw.utcoffset() is None:
            return misread(NO_OFFSET, shown(raw), "a moment with its offset")
        case "datetime", datetime():
            return fixed(raw)
        case "datetime", date():
            return start_of_day(raw, field_zone(type_, zone))
        case "date", str():
            return read_date(type_, raw)
        case "date", date() if not isinstance(raw, datetime):
            return raw
        case "time", str():
            return read_time(type_, raw)
        case "time", time() if raw.tzinfo is None:
            return raw
        case _:
            return _other_type(type_, raw)


def _other_type(type_: FieldType, raw: object) -> Misreading:
    """Return what is wrong with a fact of another type than its field."""
    expected = _in_json(type_)
    if isinstance(raw, str):
        note = _without_quotes(type_, raw)
        wrong = misread(WRONG_TYPE, raw, expected, note=note)
        found = f"the text {wrong.found}"
        return Misreading(
            WRONG_TYPE, f"expected {expected}, found {found}", note, 0, len(raw), expected, found
        )
    is_number = isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)
    mended = f'"{shown(raw)}"' if type_.kind == "text" and is_number else None
    return misread(WRONG_TYPE, shown(raw), expected, mended)


def _in_json(type_: FieldType) -> str:
    """Return how JSON writes a value of *type_*, for messages."""
    match type_.kind:
        case "share":
            return "a number from 0 to 1, such as `0.8`"
        case "money" | "duration":
            return f"a number, counted in `{type_.unit or 's'}`"
        case _:
            return kind_phrase(type_)


def _without_quotes(type_: FieldType, text: str) -> str:
    """Return the way out for a *text* that stands where another type does."""
    if type_.kind not in NUMERIC and type_.kind != "boolean":
        return "write it as a list"
    value = read_value(type_, text, loose=True)
    if isinstance(value, Misreading):
        return "write it without quotes"
    number = to_json(type_, value)
    plain = f"{shortest(number):f}" if isinstance(number, Decimal) else json.dumps(number)
    return f"write `{plain}` without quotes"


def shown(raw: object) -> str:
    """Return *raw* as JSON shows it, for messages."""
    if isinstance(raw, Decimal):
        return str(raw)
    try:
        return json.dumps(raw, ensure_ascii=False, default=str)
    except (TypeError, ValueError, RecursionError):
        return "something that JSON cannot hold"


def to_json(type_: FieldType, value: Value) -> object:
    """Return *value* for JSON: numbers in the field's unit, sets as lists, moments as texts."""
    match value:
        case bool() | int() | str():
            return value
        case Decimal() if type_.kind == "duration":
            return _in_units(value, unit_factor(type_))
        case Decimal():
            return value
        case tuple():
            return list(value)
        case date() | time():
            return value.isoformat()


def _in_units(seconds: Decimal, factor: Decimal) -> Decimal:
    """Return *seconds* in units of *factor* seconds, as exactly as a number can be told."""
    with localcontext(prec=MOST_DIGITS):
        return shortest(seconds / factor)
