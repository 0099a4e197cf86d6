"""Periods as they are written: how long a window of a measure is."""

import re

from policyengine.findings.values import OUTSIDE_DOMAIN, UNKNOWN_UNIT, WRONG_TYPE
from policyengine.values.field_type import FieldType, Misreading, kind_phrase
from policyengine.values.wording import misread

PERIOD_UNITS = ("day", "week", "month", "quarter", "year")

_PERIOD = re.compile(r"([0-9]{1,4})\s*([^\W\d_]+)")
_WORDS = {
    **{word: unit for unit in PERIOD_UNITS for word in (unit, f"{unit}s")},
    **dict.fromkeys(("d", "dy", "dys"), "day"),
    **dict.fromkeys(("w", "wk", "wks"), "week"),
    **dict.fromkeys(("mo", "mon", "mth", "mths"), "month"),
    **dict.fromkeys(("q", "qtr", "qtrs"), "quarter"),
    **dict.fromkeys(("y", "yr", "yrs"), "year"),
}


def read_period(type_: FieldType, text: str) -> str | Misreading:
    """Read `period = digits " " ( "day" | "week" | "month" | "quarter" | "year" ) [ "s" ]`."""
    if text.casefold() in _WORDS:
        return misread(WRONG_TYPE, text, kind_phrase(type_), _shown(1, _WORDS[text.casefold()]))
    found = _PERIOD.fullmatch(text)
    if found is None:
        return misread(WRONG_TYPE, text, kind_phrase(type_))
    number, word = int(found[1]), found[2]
    unit = _WORDS.get(word.casefold())
    if unit is None:
        return misread(UNKNOWN_UNIT, text, "a period in days, weeks, months, quarters or years")
    if number == 0:
        return misread(OUTSIDE_DOMAIN, text, "a period of at least one day")
    if word not in (unit, f"{unit}s"):
        return misread(UNKNOWN_UNIT, text, kind_phrase(type_), _shown(number, unit))
    return _shown(number, unit)


def _shown(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
