"""Tests as policies of the canonical layout write them: one spelling for each."""

import re
from datetime import datetime, timedelta
from typing import assert_never

from policyengine.unary_tests.nodes import (
    AnyOf,
    Anything,
    Constant,
    Empty,
    Equals,
    FieldRef,
    Has,
    HasField,
    Interval,
    Matches,
    Missing,
    Neither,
    Not,
    Operand,
    Present,
    Text,
    UnaryTest,
)
from policyengine.values import FieldType, field_zone, show_value, start_of_day

_PLAIN_ITEM = re.compile(r"[\w][\w .%<+-]*")
_QUANTITY = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)(\s[^\W\d_]+|%)")
_WORDS_OF_TEXTS = re.compile(
    r"(?:any|missing|present|empty|not|has|includes|same as|contains|starts with|ends with|matches|neither"
    r"|null|nil|n/a|under|over|at least|at most|begins with|containing|starting with|ending with)(?:\s|$)",
    re.IGNORECASE,
)


def show_test(test: UnaryTest, type_: FieldType, *, zone: str | None = None) -> str:
    """Return *test* of a field of *type_* in its canonical spelling.

    Where only a list says it, the text is that of a list of YAML: `[has price, missing]`.
    """
    if isinstance(test, AnyOf) and not _in_one_line(test, type_):
        return (
            "[" + ", ".join(_item(show_test(part, type_, zone=zone)) for part in test.tests) + "]"
        )
    return _show(test, type_, zone)


def _in_one_line(test: AnyOf, type_: FieldType) -> bool:
    """Say whether the tests of *test* can stand in one line with `or` between them."""
    if type_.kind in {"text", "set"}:
        return False
    if not all(isinstance(part, Missing | Equals | Interval | Not) for part in test.tests):
        return False
    first, *others = test.tests
    apart = all(isinstance(part, Not | Missing) for part in others)
    return not isinstance(first, Not) or apart


def _item(text: str) -> str:
    """Return *text* as an item of a YAML list, in quotes where it needs them."""
    if _PLAIN_ITEM.fullmatch(text) and text == text.strip():
        return text
    return "'" + text.replace("'", "''") + "'"


def _show(test: UnaryTest, type_: FieldType, zone: str | None) -> str:
    """Return *test* in one line."""
    match test:
        case Anything():
            return "any"
        case Missing():
            return "missing"
        case Present():
            return "present"
        case AnyOf(tests):
            return " or ".join(_show(part, type_, zone) for part in tests)
        case Neither(tests):
            return "neither " + " nor ".join(_plain(part, type_, zone) for part in tests)
        case Not(part):
            return f"not {_plain(part, type_, zone)}"
        case Equals(operand):
            return _operand(operand, type_)
        case Interval():
            return _interval(test, type_, zone)
        case _:
            return _inside(test)


def _inside(test: Empty | Has | HasField | Text | Matches) -> str:
    """Return what is asked of the inside of a set or a text."""
    match test:
        case Empty():
            return "empty"
        case Has(items, "none"):
            return "has neither " + " nor ".join(items)
        case Has(items, how):
            return "has " + (" and " if how == "all" else " or ").join(items)
        case HasField(field):
            return f"has {field.name}"
        case Text(how, operand):
            return f"{how} {_part_of_text(operand)}"
        case Matches(pattern):
            return f"matches /{pattern}/"
        case _:
            assert_never(test)


def _part_of_text(text: str) -> str:
    quoted = text != text.strip() or text.startswith('"') or " or " in text
    return f'"{text}"' if quoted else text


def _text(text: str) -> str:
    """Return *text* as a test: in quotes of its own where it would read as another test."""
    plain = re.fullmatch(r"[\w][^\"=<>!:.]*", text) and text == text.strip()
    if plain and not _WORDS_OF_TEXTS.match(text) and " or " not in text and text != "~":
        return text
    return f'"{text}"'


def _operand(operand: Operand, type_: FieldType) -> str:
    if isinstance(operand, FieldRef):
        return f"same as {operand.name}" if type_.kind == "text" else operand.name
    if isinstance(operand.value, str) and type_.kind == "text":
        return _text(operand.value)
    return show_value(type_, operand.value)


def _plain(test: UnaryTest, type_: FieldType, zone: str | None) -> str:
    """Return a value, a field or a range, as `not` and `neither` take them."""
    match test:
        case Interval():
            return _day(test, type_, zone) or _range(test, type_, zone)
        case _:
            return _show(test, type_, zone)


def _day(test: Interval, type_: FieldType, zone: str | None) -> str | None:
    """Return the one day that *test* is, if it is."""
    low, high = _low_day(test, type_, zone), _high_day(test, type_, zone)
    return low if low is not None and low == high else None


def _local_day(
    operand: Operand | None, type_: FieldType, zone: str | None, back: int
) -> str | None:
    """Return the day that begins at *operand* in the field's zone, or lies *back* before it."""
    if not isinstance(operand, Constant) or not isinstance(operand.value, datetime):
        return None
    where = field_zone(type_, zone)
    try:
        day = operand.value.astimezone(where).date()
        starts = start_of_day(day, where) == operand.value
        return (day - timedelta(days=back)).isoformat() if starts else None
    except OverflowError:
        return None


def _low_day(test: Interval, type_: FieldType, zone: str | None) -> str | None:
    return _local_day(test.low, type_, zone, 0) if test.low_closed else None


def _high_day(test: Interval, type_: FieldType, zone: str | None) -> str | None:
    return None if test.high_closed else _local_day(test.high, type_, zone, 1)


def _range(test: Interval, type_: FieldType, zone: str | None) -> str:
    """Return *test* with two dots. INVARIANT: its low end is closed, and a value."""
    low = "" if test.low is None else _low_day(test, type_, zone) or _operand(test.low, type_)
    if test.high is None:
        return f"{low}.."
    day = _high_day(test, type_, zone)
    if day is not None:
        return f"{low}..{day}"
    high = _operand(test.high, type_)
    return f"{_without_unit(low, high)}..{'' if test.high_closed else '<'}{high}"


def _without_unit(low: str, high: str) -> str:
    """Return *low* without its unit where *high* has the same: it counts for both."""
    first, last = _QUANTITY.fullmatch(low), _QUANTITY.fullmatch(high)
    return first[1] if first and last and first[2] == last[2] else low


def _interval(test: Interval, type_: FieldType, zone: str | None) -> str:
    """Return *test* as a day, a range, or one or two bounds."""
    day = _day(test, type_, zone)
    if day is not None:
        return day
    ends = (test.low, test.high)
    if all(isinstance(end, Constant) for end in ends) and test.low_closed:
        return _range(test, type_, zone)
    bounds = []
    if test.low is not None:
        low = _low_day(test, type_, zone) or _operand(test.low, type_)
        bounds.append(f"{'at least' if test.low_closed else 'over'} {low}")
    if test.high is not None:
        day = _high_day(test, type_, zone)
        high = day or _operand(test.high, type_)
        bounds.append(f"{'at most' if test.high_closed or day else 'under'} {high}")
    return " and ".join(bounds)
