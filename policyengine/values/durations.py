"""Durations as they are written: numbers with units of time, exact in seconds."""

import re
from dataclasses import replace
from decimal import Decimal, localcontext
from itertools import pairwise

from policyengine.findings.values import (
    BARE_DURATION,
    OUTSIDE_DOMAIN,
    UNKNOWN_UNIT,
    WRONG_TYPE,
)
from policyengine.values.field_type import (
    DURATION_UNITS,
    FieldType,
    Misreading,
    kind_phrase,
    unit_factor,
)
from policyengine.values.quantities import MOST_DIGITS, split_quantity
from policyengine.values.show import shortest
from policyengine.values.wording import misread

_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^\W\d_]+)\s*")
_FINEST = Decimal("1e-12")
_LONGEST = Decimal("1e15")
_UNIT_WORDS = {
    **dict.fromkeys(("msec", "msecs", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("w", "wk", "wks"), "week"),
    **{unit: unit for unit in DURATION_UNITS},
}
_NO_FIXED_LENGTH = ("month", "months", "mo", "quarter", "quarters", "year", "years", "y", "yr")


def exact_seconds(number: Decimal, factor: Decimal, text: str) -> Decimal | Misreading:
    """Return *number* units of *factor* seconds, to the millionth of a millionth, in seconds."""
    with localcontext(prec=100):
        seconds = number * factor
        if abs(seconds) >= _LONGEST:
            return misread(OUTSIDE_DOMAIN, text, "a duration that somebody could live to see")
        return shortest(seconds.quantize(_FINEST) if seconds % _FINEST else seconds)


def read_duration(type_: FieldType, text: str, *, loose: bool = False) -> Decimal | Misreading:
    """Read `duration = [ "-" ] number unit { number unit }; in facts also a bare number, 0 in both`."""
    body = text[1:] if text[:1] in {"+", "-"} else text
    parts = [(part[1], part[2]) for part in _PART.finditer(body)]
    if not parts or _PART.sub("", body):
        return _bare_duration(type_, text, loose=loose)
    factors = [DURATION_UNITS.get(unit) for _, unit in parts]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(parts):
        return _unknown_unit(text, parts)
    if any(later >= earlier for earlier, later in pairwise(known)):
        expected = "the units of a duration from large to small, such as `1 h 30 min`"
        return misread(WRONG_TYPE, text, expected)
    if any(len(number) > MOST_DIGITS for number, _ in parts):
        return misread(OUTSIDE_DOMAIN, text, f"a number of at most {MOST_DIGITS} digits")
    sign = -1 if text.startswith("-") else 1
    with localcontext(prec=100):
        total = sum(
            (Decimal(part[0]) * factor for part, factor in zip(parts, known, strict=True)),
            Decimal(0),
        )
        return exact_seconds(total * sign, Decimal(1), text)


def _bare_duration(type_: FieldType, text: str, *, loose: bool) -> Decimal | Misreading:
    """Return what *text*, a number without a unit of time, says or what is wrong with it."""
    unit = type_.unit or "s"
    parts = split_quantity(replace(type_, unit=unit), text)
    if isinstance(parts, Misreading):
        return parts
    number, written, found = parts
    if found:
        return misread(WRONG_TYPE, text, kind_phrase(type_))
    if not loose and number:
        return misread(BARE_DURATION, text, kind_phrase(type_), f"{written} {unit}")
    return exact_seconds(number, unit_factor(type_), text)


def _unknown_unit(text: str, parts: list[tuple[str, str]]) -> Misreading:
    """Return what is wrong with a duration whose unit is not one of the closed list."""
    sign = text[:1].strip("0123456789.")
    expected = "a duration in ms, s, min, h, d or week"
    units = [unit.casefold() for _, unit in parts]
    if any(unit in _NO_FIXED_LENGTH for unit in units):
        note = "a month or a year has no fixed length; count it in days, such as `30 d`"
        return misread(UNKNOWN_UNIT, text, expected, note=note)
    if any(unit not in _UNIT_WORDS for unit in units):
        return misread(UNKNOWN_UNIT, text, expected)
    mended = " ".join(f"{number} {_UNIT_WORDS[unit.casefold()]}" for number, unit in parts)
    note = ", if minutes are meant" if "m" in units else ""
    return misread(UNKNOWN_UNIT, text, expected, sign + mended, note)
