"""Formats of days and times are of a closed kind."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from policyengine.clocks import clock, format_fault, read_clock
from policyengine.values import Misreading

ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("%Y-%m-%d", "date"),
        ("%Y-%m-%d %H:%M:%S", "date"),
        ("%H", "time"),
        ("%H%M", "time"),
        ("%d/%m/%Y %H.%M", "datetime"),
    ],
)
def test_a_format_that_says_enough(written, kind):
    assert format_fault(written, kind) == ""


@pytest.mark.parametrize(
    ("written", "kind", "fault"),
    [
        ("%I:%M %p", "time", "expected `%Y %m %d %H %M %S` in a format, found `%I`"),
        ("%Y-%m-%d %", "date", "expected `%Y %m %d %H %M %S` in a format, found `%`"),
        ("%Y-%m-%d %Y", "date", "expected each part of a format once, found `%Y` twice"),
        ("%m-%d", "date", "the format of a date needs `%Y` too"),
        ("%Y-%m-%d", "datetime", "the format of a datetime needs `%H` too"),
        ("%M:%S", "time", "the format of a time needs `%H` too"),
        ("%Y", "integer", "a format is for dates and times, the field is of type integer"),
    ],
)
def test_a_format_that_cannot_be_read_says_why(written, kind, fault):
    assert format_fault(written, kind) == fault


@pytest.mark.parametrize(
    ("written", "kind", "text", "value"),
    [
        ("%d-%m-%Y", "date", "1-2-2026", date(2026, 2, 1)),
        ("%Y%m%d", "date", "20260201", date(2026, 2, 1)),
        ("%H%M", "time", "0905", time(9, 5)),
        ("%H:%M:%S", "time", " 9:5:1 ", time(9, 5, 1)),
        ("%d-%m-%Y", "date", "1-2-26", None),
        ("%Y%m%d", "date", "2026021", None),
        ("%H%M", "time", "905", None),
        ("%H%M", "time", "2460", None),
        ("%d-%m-%Y", "date", "31-02-2026", None),
        ("%d.%m.%Y", "date", "01x02x2026", None),
    ],
)
def test_one_digit_does_for_two_where_it_cannot_be_misread(written, kind, text, value):
    found = read_clock(clock(written, kind, ZONE), text)
    assert isinstance(found, Misreading) if value is None else found == value
