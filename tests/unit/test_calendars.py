"""Calendars: open or not, when next, and for how long, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from policyengine.calendars import (
    MOST_DAYS_AHEAD,
    Calendar,
    OtherHours,
    Window,
    is_open,
    next_opening,
    open_time,
    windows_on,
)

HOUR = 3600
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _at(text):
    return datetime.fromisoformat(text)


def _window(hours):
    opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours.split("-"))
    return Window(opens, closes if closes > opens else closes + 1440)


def _daily(*hours, zone="Europe/Amsterdam", exceptions=()):
    windows = tuple(_window(part) for part in hours)
    return Calendar("daily", ZoneInfo(zone), (windows,) * 7, tuple(exceptions))


def _other(first, last, *hours):
    windows = tuple(_window(part) for part in hours)
    return OtherHours(date.fromisoformat(first), date.fromisoformat(last), windows)


DESK = Calendar(
    "desk",
    AMSTERDAM,
    (
        *((_window("08:00-22:00"),) for _ in range(5)),
        (_window("10:00-12:00"), _window("13:00-18:00")),
        (),
    ),
    (
        _other("2026-12-24", "2026-12-24", "08:00-16:00"),
        _other("2026-12-25", "2026-12-26"),
        _other("2026-12-27", "2026-12-27", "12:00-17:00"),
    ),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-03T07:59:59+01:00", False),
        ("2026-12-03T08:00:00+01:00", True),
        ("2026-12-03T21:59:59.999999+01:00", True),
        ("2026-12-03T22:00:00+01:00", False),
        ("2026-12-03T20:59:00Z", True),
        ("2026-12-03T21:00:00Z", False),
        ("2026-12-05T11:59:00+01:00", True),
        ("2026-12-05T12:30:00+01:00", False),
        ("2026-12-05T13:00:00+01:00", True),
        ("2026-12-06T12:00:00+01:00", False),
        ("2026-12-24T16:00:00+01:00", False),
        ("2026-12-25T12:00:00+01:00", False),
        ("2026-12-26T12:00:00+01:00", False),
        ("2026-12-27T12:00:00+01:00", True),
        ("2027-01-03T12:00:00+01:00", False),
    ],
)
def test_a_calendar_is_open_inside_its_hours_on_the_clock_of_its_zone(moment, expected):
    assert is_open(DESK, _at(moment)) is expected


def test_an_exception_stands_in_for_the_whole_day():
    assert windows_on(DESK, date(2026, 12, 24)) == (_window("08:00-16:00"),)
    assert windows_on(DESK, date(2026, 12, 23)) == (_window("08:00-22:00"),)
    assert windows_on(DESK, date(2026, 12, 26)) == ()
    assert windows_on(DESK, date(2026, 12, 28)) == (_window("08:00-22:00"),)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-03T07:00:00+01:00", "2026-12-03T08:00:00+01:00"),
        ("2026-12-03T22:00:00+01:00", "2026-12-04T08:00:00+01:00"),
        ("2026-12-05T12:00:00+01:00", "2026-12-05T13:00:00+01:00"),
        ("2026-12-05T18:00:00+01:00", "2026-12-07T08:00:00+01:00"),
        ("2026-12-24T16:00:00+01:00", "2026-12-27T12:00:00+01:00"),
    ],
)
def test_the_next_opening_of_a_closed_calendar_is_when_its_door_opens(moment, expected):
    assert next_opening(DESK, _at(moment)) == _at(expected)


def test_an_open_calendar_opens_now():
    moment = _at("2026-12-03T11:11:11.000001Z")
    assert next_opening(DESK, moment) == moment


def test_the_next_opening_is_told_on_the_clock_of_the_zone():
    shown = next_opening(DESK, _at("2026-07-01T00:00:00Z")).isoformat()
    assert shown == "2026-07-01T08:00:00+02:00"


def test_nobody_looks_further_ahead_than_the_limit():
    closed = Calendar("closed", AMSTERDAM, ((),) * 7)
    moment = _at("2026-01-01T00:00:00+01:00")
    assert next_opening(closed, moment) is None
    within = moment.date() + timedelta(MOST_DAYS_AHEAD - 1)
    beyond = moment.date() + timedelta(MOST_DAYS_AHEAD)
    for day, expected in ((within, True), (beyond, False)):
        feast = OtherHours(day, day, (_window("09:00-10:00"),))
        calendar = Calendar("feast", AMSTERDAM, ((),) * 7, (feast,))
        assert (next_opening(calendar, moment) is not None) is expected


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-12-03T09:00:00+01:00", "2026-12-03T10:00:00+01:00", 1),
        ("2026-12-03T06:00:00+01:00", "2026-12-03T23:00:00+01:00", 14),
        ("2026-12-03T21:00:00+01:00", "2026-12-04T09:00:00+01:00", 2),
        ("2026-12-05T00:00:00+01:00", "2026-12-06T00:00:00+01:00", 7),
        ("2026-12-06T00:00:00+01:00", "2026-12-07T00:00:00+01:00", 0),
        ("2026-11-30T00:00:00+01:00", "2026-12-07T00:00:00+01:00", 77),
        ("2026-12-24T15:00:00+01:00", "2026-12-27T13:00:00+01:00", 2),
        ("2026-12-03T10:00:00+01:00", "2026-12-03T09:00:00+01:00", 0),
    ],
)
def test_open_time_is_what_lies_inside_the_hours(start, end, hours):
    assert open_time(DESK, _at(start), _at(end)) == hours * HOUR


def test_open_time_is_exact_to_the_microsecond():
    start, end = _at("2026-12-03T21:59:59.999998+01:00"), _at("2026-12-04T08:00:00.5+01:00")
    assert open_time(DESK, start, end) == Decimal("0.500002")


def test_hours_across_midnight_belong_to_the_day_on_which_they_open():
    friday = [()] * 7
    friday[4] = (_window("20:00-04:00"),)
    bar = Calendar("bar", AMSTERDAM, tuple(friday), (_other("2026-12-12", "2026-12-12"),))
    assert is_open(bar, _at("2026-12-05T03:59:00+01:00"))
    assert not is_open(bar, _at("2026-12-05T04:00:00+01:00"))
    assert not is_open(bar, _at("2026-12-04T03:00:00+01:00"))
    assert is_open(bar, _at("2026-12-12T03:00:00+01:00")), "the night belongs to the 11th"
    assert open_time(bar, _at("2026-12-11T00:00:00+01:00"), _at("2026-12-13T00:00:00+01:00")) == (
        8 * HOUR
    )


def test_hours_of_two_days_that_meet_are_counted_once():
    feast = _other("2026-12-31", "2026-12-31", "20:00-06:00")
    calendar = _daily("05:00-10:00", exceptions=[feast])
    start, end = _at("2026-12-31T12:00:00+01:00"), _at("2027-01-01T12:00:00+01:00")
    assert open_time(calendar, start, end) == 14 * HOUR


def test_a_whole_day_has_no_seam_at_midnight():
    always = _daily("00:00-24:00")
    assert is_open(always, _at("2026-12-03T00:00:00+01:00"))
    assert is_open(always, _at("2026-12-03T23:59:59.999999+01:00"))
    start, end = _at("2026-03-01T00:00:00+01:00"), _at("2026-11-30T00:00:00+01:00")
    assert open_time(always, start, end) == (end - start).total_seconds()


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [
        ("Europe/Amsterdam", date(2026, 3, 29), date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8), date(2026, 11, 1)),
        ("Asia/Kolkata", None, None),
    ],
)
def test_a_week_has_an_hour_less_in_spring_and_more_in_autumn(zone, spring, autumn):
    nightly = _daily("00:00-04:00", zone=zone)
    where = ZoneInfo(zone)
    for sunday, change in ((spring, -1), (autumn, 1), (date(2026, 6, 7), 0)):
        if sunday is None:
            continue
        monday = sunday - timedelta(6)
        start = datetime(monday.year, monday.month, monday.day, tzinfo=where)
        ends = monday + timedelta(7)
        end = datetime(ends.year, ends.month, ends.day, tzinfo=where)
        assert open_time(nightly, start, end) == (28 + change) * HOUR


def test_an_opening_in_the_skipped_hour_is_the_first_moment_after_it():
    calendar = _daily("02:30-04:00")
    assert next_opening(calendar, _at("2026-03-29T00:00:00+01:00")) == _at(
        "2026-03-29T03:00:00+02:00"
    )
    day = _at("2026-03-29T00:00:00+01:00"), _at("2026-03-30T00:00:00+02:00")
    assert open_time(calendar, *day) == HOUR


def test_hours_inside_the_skipped_hour_fall_out():
    calendar = _daily("02:00-03:00")
    before = _at("2026-03-28T12:00:00+01:00")
    assert next_opening(calendar, before) == _at("2026-03-30T02:00:00+02:00")
    assert open_time(calendar, before, _at("2026-03-29T12:00:00+02:00")) == 0


def test_hours_inside_the_doubled_hour_come_twice():
    calendar = _daily("02:15-02:45")
    day = _at("2026-10-25T00:00:00+02:00"), _at("2026-10-26T00:00:00+01:00")
    assert open_time(calendar, *day) == HOUR
    assert is_open(calendar, _at("2026-10-25T02:30:00+02:00"))
    assert not is_open(calendar, _at("2026-10-25T02:50:00+02:00"))
    assert is_open(calendar, _at("2026-10-25T02:30:00+01:00"))
    assert next_opening(calendar, _at("2026-10-25T02:45:00+02:00")) == _at(
        "2026-10-25T02:15:00+01:00"
    )


def test_where_the_clocks_go_back_over_midnight_the_old_day_comes_again():
    """In Havana one o'clock becomes midnight; in Asuncion midnight became eleven in the evening."""
    late = _daily("23:00-24:00", zone="America/Asuncion")
    start, end = _at("2024-03-23T12:00:00-03:00"), _at("2024-03-24T12:00:00-04:00")
    assert open_time(late, start, end) == 2 * HOUR
    early = _daily("00:00-01:00", zone="America/Havana")
    start, end = _at("2024-11-02T12:00:00-04:00"), _at("2024-11-03T12:00:00-05:00")
    assert open_time(early, start, end) == 2 * HOUR


def test_a_day_that_a_zone_never_had_is_never_open():
    samoa = _daily("09:00-17:00", zone="Pacific/Apia")
    start, end = _at("2011-12-29T00:00:00-10:00"), _at("2012-01-01T00:00:00+14:00")
    assert open_time(samoa, start, end) == 16 * HOUR


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Kiritimati", "America/Adak"])
@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_moments_at_the_edge_of_time_are_no_trouble(zone, hours):
    calendar = _daily("22:00-03:00", zone=zone)
    offset = timezone(timedelta(hours=hours))
    first, last = datetime.min.replace(tzinfo=offset), datetime.max.replace(tzinfo=offset)
    for moment in (first, last):
        is_open(calendar, moment)
        next_opening(calendar, moment)
    assert open_time(calendar, last - timedelta(9), last) == 0
    assert open_time(calendar, first, first + timedelta(9)) == 0
    assert next_opening(calendar, last) is None
    assert not is_open(calendar, last)


def test_a_doubled_moment_of_python_is_understood_by_its_fold():
    calendar = _daily("02:15-02:45")
    doubled = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM, fold=0)
    assert next_opening(calendar, doubled) == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
