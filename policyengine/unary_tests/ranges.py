"""Ranges of a test: from one value to another, open or closed at each end."""

import re
from datetime import date, timedelta

from policyengine.findings.tests import EMPTY_RANGE, NO_ORDER, RANGE_SPELLING
from policyengine.findings.values import BARE_DURATION, NO_SUCH_DAY, OUTSIDE_DOMAIN
from policyengine.unary_tests.nodes import Constant, Equals, Interval, Operand, UnaryTest
from policyengine.unary_tests.operands import FIELD, read_operand, say_unfinished
from policyengine.unary_tests.reading import Part, Reading
from policyengine.values import (
    FieldType,
    Misreading,
    field_zone,
    has_order,
    kind_phrase,
    rank,
    read_value,
    start_of_day,
)
from policyengine.values.moments import read_date
from policyengine.values.wording import misread

RANGE = re.compile(r"(?P<low>.*?)\s*\.\.\s*(?P<open><?)\s*(?P<high>.*)", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LAST_UNIT = re.compile(r"(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>%|[^\W\d_]+)")
_STEPPED = ("integer", "choice", "date")

End = tuple[Operand, bool]


def is_range(part: Part) -> bool:
    """Say whether *part* is written as a range."""
    return ".." in part.text


def _is_day(reading: Reading, part: Part) -> bool:
    return reading.type.kind == "datetime" and _DAY.fullmatch(part.text) is not None


def _read_day(reading: Reading, part: Part) -> date | None:
    """Read a whole local day, as a date against a moment means."""
    day = read_date(reading.type, part.text)
    if isinstance(day, Misreading):
        reading.say(part, day)
        return None
    if not 1 < day.year < 9999:
        reading.say(part, misread(OUTSIDE_DOMAIN, part.text, "a day of the years 0002 to 9998"))
        return None
    return day


def read_end(reading: Reading, part: Part, *, lower: bool, closed: bool) -> End | None:
    """Read one end of a range: the operand, and whether it is in the range.

    A day is all in the range or all out of it, so its end is the start of a day.
    """
    if not _is_day(reading, part):
        operand = read_operand(reading, part, ordered=True)
        return None if operand is None else (operand, closed)
    day = _read_day(reading, part)
    if day is None:
        return None
    next_day = closed != lower
    start = day + timedelta(days=1) if next_day else day
    zone = field_zone(reading.type, reading.around.zone)
    return Constant(start_of_day(start, zone)), lower


def read_plain(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `plain = value | field | range`."""
    if is_range(part):
        return _read_range(reading, part)
    if _is_day(reading, part):
        low = read_end(reading, part, lower=True, closed=True)
        high = read_end(reading, part, lower=False, closed=True) if low else None
        return interval(reading, part, low, high) if low and high else None
    operand = read_operand(reading, part)
    return None if operand is None else Equals(operand, reading.span(part))


def _read_range(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `range = value ".." [ [ "<" ] value ] | ".." [ "<" ] value`."""
    found = RANGE.fullmatch(part.text)
    assert found is not None
    low_part = Part(found["low"], part.start)
    high_part = Part(found["high"], part.start + found.start("high"))
    closed = not found["open"]
    if not says_order(reading, part):
        return None
    if not high_part.text and (not closed or not low_part.text):
        say_unfinished(reading, "..")
        return None
    if _has_field(reading, part, low_part, high_part, closed=closed):
        return None
    before = len(reading.wrongs)
    low = _read_low(reading, low_part, high_part) if low_part.text else None
    high = None
    if _says_no_unit(reading, low_part, high_part):
        return None
    if high_part.text and not _says_midnight(reading, part, low_part, high_part):
        high = read_end(reading, high_part, lower=False, closed=closed)
    if any(wrong.code.severity == "error" for wrong in reading.wrongs[before:]):
        return None
    return interval(reading, part, low, high)


def _read_low(reading: Reading, low: Part, high: Part) -> End | None:
    """Read the low end of a range; a unit after the last number counts for both."""
    unit = _LAST_UNIT.fullmatch(high.text)
    if (
        reading.type.kind not in {"duration", "share"}
        or not unit
        or not _NUMBER.fullmatch(low.text)
    ):
        return read_end(reading, low, lower=True, closed=True)
    value = read_value(reading.type, f"{low.text} {unit['unit']}")
    if isinstance(value, Misreading):
        # A wrong unit is said at the high end, where it stands.
        if value.mended is None:
            reading.say_of_all(low, value)
        return None
    return Constant(value), True


def _has_field(reading: Reading, part: Part, low: Part, high: Part, *, closed: bool) -> bool:
    """Say so where a range is made with fields, for which bounds are written."""
    if not any(FIELD.fullmatch(end.text) for end in (low, high)):
        return False
    bounds = [f"at least {low.text}"] if low.text else []
    if high.text:
        bounds.append(f"{'at most' if closed else 'under'} {high.text}")
    wrong = misread(
        RANGE_SPELLING, part.text, "values at the ends of a range", " and ".join(bounds)
    )
    reading.say(part, wrong)
    return True


def _says_no_unit(reading: Reading, low: Part, high: Part) -> bool:
    """Say so where only the first number of a range has its unit of time."""
    unit = _LAST_UNIT.fullmatch(low.text)
    if reading.type.kind != "duration" or unit is None or not _NUMBER.fullmatch(high.text):
        return False
    mended = f"{high.text} {unit['unit']}"
    reading.say(high, misread(BARE_DURATION, high.text, kind_phrase(reading.type), mended))
    return True


def _says_midnight(reading: Reading, part: Part, low: Part, high: Part) -> bool:
    """Say so where a range of times ends at 24:00, which is not a time."""
    if reading.type.kind != "time" or not re.fullmatch(r"24:00(:00)?", high.text):
        return False
    mended = f"{low.text}.." if low.text else "..23:59"
    note = ", which goes on until midnight" if low.text else ""
    expected = "times from `00:00` to `23:59`"
    reading.say(part, misread(NO_SUCH_DAY, part.text, expected, mended, note))
    return True


def says_order(reading: Reading, part: Part) -> bool:
    """Say so where values without an order are asked for more or less; return whether they have one."""
    if has_order(reading.type):
        return True
    note = "name the values that are meant, with `or` between them"
    if reading.type.kind == "choice":
        note += "; or declare the field with `ordered: true`, from least to most"
    wrong = misread(NO_ORDER, part.text, kind_phrase(reading.type), note=note)
    reading.say(part, wrong)
    return False


def interval(reading: Reading, part: Part, low: End | None, high: End | None) -> Interval | None:
    """Return the range between two ends, or nothing after saying that no value is in it."""
    low_operand, low_closed = low or (None, False)
    high_operand, high_closed = high or (None, False)
    test = Interval(low_operand, low_closed, high_operand, high_closed, reading.span(part))
    if not _is_empty(reading.type, test):
        return test
    expected = "a range from a lower to a higher value"
    mended, note = _turned(part)
    reading.say(part, misread(EMPTY_RANGE, part.text, expected, mended, note))
    return None


def _turned(part: Part) -> tuple[str | None, str]:
    """Return what may be meant by a range that holds nothing, and when it is."""
    found = RANGE.fullmatch(part.text)
    if found is None:
        lower, _, upper = part.text.partition(" and ")
        turned = (upper, lower) if re.match(r"over|at least", lower) else (lower, upper)
        return " or ".join(turned), ", if either will do"
    low, high = found["low"], found["high"]
    if low == high:
        return low, ", if this value alone is meant"
    unit = _LAST_UNIT.fullmatch(high)
    if unit and _NUMBER.fullmatch(low):
        low, high = low + high[unit.end("number") :], unit["number"]
    return f"{high}..{found['open']}{low}", ", if the ends changed places"


def _is_empty(type_: FieldType, test: Interval) -> bool:
    """Say whether no value can lie in *test*, as far as its ends are known now."""
    if not isinstance(test.low, Constant) or not isinstance(test.high, Constant):
        return False
    low, high = rank(type_, test.low.value), rank(type_, test.high.value)
    if type_.kind == "time":
        return low == high and not (test.low_closed and test.high_closed)
    if type_.kind in _STEPPED:
        low += 0 if test.low_closed else 1
        high -= 0 if test.high_closed else 1
        return low > high
    return low > high or (low == high and not (test.low_closed and test.high_closed))
