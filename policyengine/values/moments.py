"""Dates, times and moments as they are written."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from policyengine.findings.values import (
    DATE_SPELLING,
    NO_OFFSET,
    NO_SUCH_DAY,
    TIME_SPELLING,
    WRONG_TYPE,
)
from policyengine.values.field_type import FieldType, Misreading, kind_phrase
from policyengine.values.wording import misread

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,6})?)?")
_MOMENT = re.compile(r"([0-9-]{10})[Tt ]([0-9:.]{5,15})(Z|z|[+-][0-9]{2}:[0-9]{2})?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
_NAMED_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_LOOSE_TIME = re.compile(
    r"([0-9]{1,2})(?:\s?[:.hH]\s?([0-9]{2}))?(?::?[0-9]{2})?\s*(am|pm|AM|PM|a\.m\.|p\.m\.|h|uur)?"
)
_FOUR_DIGITS = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def field_zone(type_: FieldType, zone: str | None) -> ZoneInfo:
    """Return the zone whose days and hours count for *type_*: its own, else *zone*, else UTC."""
    return ZoneInfo(type_.zone or zone or "UTC")


def fixed(moment: datetime) -> datetime:
    """Return *moment* with its offset alone, so that it compares as an instant and nothing else."""
    offset = moment.utcoffset()
    return moment.replace(tzinfo=timezone(offset or timedelta()), fold=0)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment when *day* begins in *zone*."""
    return fixed(datetime(day.year, day.month, day.day, tzinfo=zone))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_date(type_: FieldType, text: str) -> date | Misreading:
    """Read `date = YYYY-MM-DD`."""
    expected = kind_phrase(type_)
    found = _DATE.fullmatch(text)
    if found is not None:
        return _day(*found.groups()) or _no_such_day(text, found)
    written = _YEAR_FIRST.fullmatch(text)
    day = _day(*written.groups()) if written else None
    if day is not None:
        return misread(DATE_SPELLING, text, expected, day.isoformat())
    written = _NAMED_MONTH.fullmatch(text)
    months = [name for name in _MONTHS if written and name.startswith(written[2].casefold())]
    day = (
        _day(written[3], str(_MONTHS.index(months[0]) + 1), written[1])
        if written and months
        else None
    )
    if day is not None:
        return misread(DATE_SPELLING, text, expected, day.isoformat())
    written = _YEAR_LAST.fullmatch(text)
    if written is not None:
        return _day_or_month_first(text, expected, written)
    return misread(WRONG_TYPE, text, expected)


def _no_such_day(text: str, found: re.Match[str]) -> Misreading:
    """Return what is wrong with a date that is in no calendar."""
    expected = "a day that is in the calendar"
    last = next((d for d in ("30", "29", "28") if _day(found[1], found[2], d)), None)
    if last is None or int(found[3]) == 0:
        return misread(NO_SUCH_DAY, text, expected)
    return misread(NO_SUCH_DAY, text, expected, f"{found[1]}-{found[2]}-{last}")


def _day_or_month_first(text: str, expected: str, written: re.Match[str]) -> Misreading:
    """Return what is wrong with a date whose year stands last, with what it can mean."""
    one, two, year = written[1], written[3], written[4]
    readings = [day for day in (_day(year, two, one), _day(year, one, two)) if day is not None]
    if not readings:
        return misread(NO_SUCH_DAY, text, "a day that is in the calendar")
    shown = [f"{day.day} {_MONTHS[day.month - 1].capitalize()}" for day in readings]
    note = f" for {shown[0]}"
    if len(readings) > 1 and readings[0] != readings[1]:
        note += f", or `{readings[1].isoformat()}` for {shown[1]}"
    return misread(DATE_SPELLING, text, expected, readings[0].isoformat(), note)


def read_time(type_: FieldType, text: str, *, loose: bool = False) -> time | Misreading:
    """Read `time = HH:MM [ ":SS" [ "." digits ] ]`."""
    clock = "0" + text if loose and re.match(r"[0-9]:", text) else text
    found = _TIME.fullmatch(clock)
    if found is None:
        return _other_time(type_, text)
    micro = int((found[4] or ".0")[1:].ljust(6, "0"))
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0), micro)
    except ValueError:
        mended = "00:00" if found[1] == "24" and found[2] == "00" else None
        note = ", which begins the next day" if mended else ""
        return misread(NO_SUCH_DAY, text, "a time from `00:00` to `23:59`", mended, note)


def _other_time(type_: FieldType, text: str) -> Misreading:
    """Return what is wrong with a time in another spelling, such as `17.30` or `5 pm`."""
    expected = kind_phrase(type_)
    digits = _FOUR_DIGITS.fullmatch(text)
    if digits is not None:
        return misread(TIME_SPELLING, text, expected, f"{digits[1]}:{digits[2]}")
    found = _LOOSE_TIME.fullmatch(text)
    if found is None or (len(text) > 2 and not (found[2] or found[3])):
        return misread(WRONG_TYPE, text, expected)
    hour, half = int(found[1]), (found[3] or "")[:1].casefold()
    if half in {"a", "p"} and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(found[2] or 0)
    if hour > 23 or minute > 59:
        return misread(NO_SUCH_DAY, text, "a time from `00:00` to `23:59`")
    return misread(TIME_SPELLING, text, expected, f"{hour:02}:{minute:02}")


def read_moment(type_: FieldType, text: str, zone: str | None) -> datetime | Misreading:
    """Read `datetime = date ( "T" | " " ) time offset | date: the day's start in the field's zone`."""
    if _DATE.fullmatch(text):
        day = read_date(type_, text)
        return day if isinstance(day, Misreading) else start_of_day(day, field_zone(type_, zone))
    found = _MOMENT.fullmatch(text)
    if found is None:
        day = read_date(type_, text)
        wrong = isinstance(day, Misreading) and day.code is not WRONG_TYPE
        return (
            day
            if isinstance(day, Misreading) and wrong
            else misread(WRONG_TYPE, text, kind_phrase(type_))
        )
    day, clock = read_date(type_, found[1]), read_time(type_, found[2])
    for part in (day, clock):
        if isinstance(part, Misreading):
            return misread(
                part.code if part.code is NO_SUCH_DAY else WRONG_TYPE, text, part.expected
            )
    assert isinstance(day, date)
    assert isinstance(clock, time)
    moment = datetime.combine(day, clock)
    if found[3] is None:
        return _without_offset(text, moment, field_zone(type_, zone))
    return _with_offset(type_, text, moment, found[3])


def _with_offset(
    type_: FieldType, text: str, moment: datetime, offset: str
) -> datetime | Misreading:
    """Read `offset = "Z" | ( "+" | "-" ) HH:MM`."""
    if offset in {"Z", "z"}:
        return moment.replace(tzinfo=UTC)
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 23 or minutes > 59:
        return misread(WRONG_TYPE, text, kind_phrase(type_))
    ahead = timedelta(hours=hours, minutes=minutes)
    return moment.replace(tzinfo=timezone(-ahead if offset[0] == "-" else ahead))


def _without_offset(text: str, moment: datetime, zone: ZoneInfo) -> Misreading:
    """Return what is wrong with a *moment* that does not say how far it is from universal time."""
    shown = fixed(moment.replace(tzinfo=zone)).isoformat()
    expected = "a moment with its offset"
    return misread(NO_OFFSET, text, expected, shown, f", if it is the time in {zone.key}")
