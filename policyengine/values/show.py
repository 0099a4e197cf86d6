"""Values as people and policies write them: one spelling for each."""

from datetime import date, datetime, time
from decimal import Decimal, localcontext
from typing import assert_never

from policyengine.values.field_type import DURATION_UNITS, FieldType, Value

_PRECISION = 80
_SHOWN_UNITS = ("week", "d", "h", "min")
_RESERVED_TEXTS = ("any", "missing", "present", "none")


def digits(number: Decimal) -> str:
    """Return *number* digit for digit, without an exponent."""
    return format(number, "f")


def shortest(number: Decimal) -> Decimal:
    """Return *number* without zeros that say nothing, and without an exponent."""
    with localcontext(prec=_PRECISION):
        plain = number.normalize()
        return plain.quantize(Decimal(1)) if plain.as_tuple().exponent > 0 else plain  # type: ignore[operator]  # finite: never a letter


def show_duration(seconds: Decimal, unit: str | None = None) -> str:
    """Return *seconds* in the largest units that say them exactly, such as `1 h 30 min`.

    What is counted in hours or days, *unit*, is shown in none larger: `40 h` of work are no day.
    """
    if seconds < 0:
        return "-" + show_duration(-seconds, unit)
    units = _SHOWN_UNITS[_SHOWN_UNITS.index(unit) :] if unit in ("d", "h") else _SHOWN_UNITS
    with localcontext(prec=_PRECISION):
        week = DURATION_UNITS["week"]
        if "week" in units and seconds and seconds % week == 0:
            weeks = shortest(seconds / week)
            return f"{digits(weeks)} week{'' if weeks == 1 else 's'}"
        if 0 < seconds < 1:
            return f"{digits(shortest(seconds * 1000))} ms"
        parts = []
        rest = seconds
        for name in (one for one in units if one != "week"):
            count, rest = divmod(rest, DURATION_UNITS[name])
            if count:
                parts.append(f"{digits(count)} {name}")
        if rest or not parts:
            parts.append(f"{digits(shortest(rest))} s")
        return " ".join(parts)


def unmistakable(number: str) -> str:
    """Return *number*, with a zero more where three digits after the dot look like thousands."""
    whole, dot, part = number.lstrip("+-").partition(".")
    looks = dot and len(part) == 3 and len(whole) <= 3 and whole.strip("0")
    return number + "0" if looks else number


def _show_number(type_: FieldType, number: Decimal) -> str:
    unit = f" {type_.unit}" if type_.unit else ""
    text = digits(shortest(number))
    if type_.kind == "money":
        whole, dot, part = text.partition(".")
        text = f"{whole}.{part:0<2}" if dot else whole
    if type_.kind == "money" or not type_.unit:
        text = unmistakable(text)
    return text + unit


def _show_text(text: str) -> str:
    in_quotes = len(text) > 1 and text.startswith('"') and text.endswith('"')
    if in_quotes or text != text.strip() or not text or text in _RESERVED_TEXTS:
        return f'"{text}"'
    return text


def _show_decimal(type_: FieldType, value: Decimal) -> str:
    if type_.kind == "duration":
        return show_duration(value, type_.unit)
    if type_.kind == "share":
        return f"{digits(shortest(value.scaleb(2)))}%"
    return _show_number(type_, value)


def show_value(type_: FieldType, value: Value) -> str:
    """Return *value* as a policy of the canonical layout says it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value} {type_.unit}" if type_.unit else str(value)
        case Decimal():
            return _show_decimal(type_, value)
        case str():
            return _show_text(value) if type_.kind == "text" else value
        case tuple():
            return ", ".join(value) if value else "empty"
        case datetime() | date():
            return value.isoformat()
        case time():
            long = value.second or value.microsecond
            return value.isoformat("auto" if long else "minutes")
        case _:
            assert_never(value)
