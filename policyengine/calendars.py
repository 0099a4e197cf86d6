"""Calendars: opening hours by weekday with exceptions, counted on the clocks of their zone.

A calendar is open when the clock on its wall shows a time inside its hours. So an hour that the
clocks skip is never open, and one that they show twice is open twice.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from policyengine.values.moments import fixed

MOST_DAYS_AHEAD = 400
MOST_DAYS_COUNTED = 3653

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
_FIRST = datetime(2, 1, 1)  # noqa: DTZ001 - universal time; the zones leave the year 1 alone
_LAST = datetime(9998, 12, 31)  # noqa: DTZ001 - and the year 9999


@dataclass(frozen=True, slots=True)
class Window:
    """Opening hours of one day, in minutes after its midnight: *closes* itself is not open.

    Hours that cross midnight belong to the day on which they open, and close after minute 1440.
    """

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class OtherHours:
    """The hours of some days that are not as usual, both days included; no hours: closed."""

    first: date
    last: date
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours in a zone: the usual ones from Monday to Sunday, and the exceptions.

    INVARIANT: the windows of a day stand in the order in which they open and do not overlap; the
    exceptions stand in the order of their days and share none.
    """

    name: str
    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    exceptions: tuple[OtherHours, ...] = ()


def windows_on(calendar: Calendar, day: date) -> tuple[Window, ...]:
    """Return the hours that open on *day*, in order."""
    place = bisect_right(calendar.exceptions, day, key=lambda other: other.first)
    if place and day <= calendar.exceptions[place - 1].last:
        return calendar.exceptions[place - 1].windows
    return calendar.week[day.weekday()]


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Return whether *calendar* is open at *moment*."""
    start = _universal(moment)
    return next(_openings(calendar, start, min(start + _TICK, _LAST)), None) is not None


def next_opening(calendar: Calendar, moment: datetime) -> datetime | None:
    """Return when *calendar* is open next: *moment* itself where it is open then.

    Nothing where it does not open within `MOST_DAYS_AHEAD` days.
    """
    start = _universal(moment)
    end = min(start, _LAST - MOST_DAYS_AHEAD * _DAY) + MOST_DAYS_AHEAD * _DAY
    found = next(_openings(calendar, start, end), None)
    if found is None:
        return None
    return fixed(found[0].replace(tzinfo=UTC).astimezone(calendar.zone))


def open_time(calendar: Calendar, start: datetime, end: datetime) -> Decimal:
    """Return for how many seconds *calendar* is open from *start* up to *end*, in real time.

    It is 0 where *end* is not after *start*. The work grows with the days between them.
    """
    total = timedelta()
    for opens, closes in _openings(calendar, _universal(start), _universal(end)):
        total += closes - opens
    return Decimal(total.days * 86400 + total.seconds) + Decimal(total.microseconds) / 1_000_000


def _universal(moment: datetime) -> datetime:
    """Return *moment* as the clock of universal time shows it, kept within the years that count."""
    low, high = _FIRST.replace(tzinfo=UTC), _LAST.replace(tzinfo=UTC)
    return min(max(moment, low), high).astimezone(UTC).replace(tzinfo=None)


def _openings(
    calendar: Calendar, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when *calendar* opens and closes from *start* up to *end*, all in universal time.

    They follow each other and do not overlap, though one may begin where another ends.
    """
    for first, last, offset in _even_stretches(calendar.zone, start, end):
        reached, stop = first + offset, last + offset
        for opens, closes in _hours(calendar, reached.date() - _DAY, stop.date()):
            begin, until = max(opens, reached), min(closes, stop)
            if begin < until:
                yield begin - offset, until - offset
                reached = until


def _hours(calendar: Calendar, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the hours that open from *first* to *last*, in order, as the clock on the wall shows."""
    day = first
    while day <= last:
        midnight = datetime.combine(day, time())
        for window in windows_on(calendar, day):
            yield (
                midnight + timedelta(minutes=window.opens),
                midnight + timedelta(minutes=window.closes),
            )
        day += _DAY


def _even_stretches(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the parts of a span of universal time in which the clocks of *zone* run evenly.

    Each is a day at the most, and comes with the offset of those clocks.
    """
    while start < end:
        offset = _offset(zone, start)
        stop = min(start + _DAY, end)
        if _offset(zone, stop) != offset:
            stop = _change(zone, start, stop)
        yield start, stop, offset
        start = stop


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first moment between *before* and *after* with another offset than *before*."""
    offset = _offset(zone, before)
    while after - before > _TICK:
        middle = before + (after - before) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    """Return how far the clocks of *zone* are ahead at a *moment* of universal time."""
    return moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
