"""What holds of every calendar, in every zone, also in the weeks when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.calendars import (
    Calendar,
    OtherHours,
    Window,
    is_open,
    next_opening,
    open_time,
    windows_on,
)

ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "America/Havana", "UTC")
MINUTE = timedelta(minutes=1)
WEEKS = [
    datetime(2026, 3, 26, tzinfo=UTC),  # the clocks of Amsterdam go forward
    datetime(2026, 10, 22, tzinfo=UTC),  # and back
    datetime(2026, 3, 5, tzinfo=UTC),  # those of New York and Havana go forward
    datetime(2026, 10, 29, tzinfo=UTC),  # and back
    datetime(2026, 6, 1, tzinfo=UTC),
    datetime(2026, 12, 29, tzinfo=UTC),
]


@st.composite
def _windows(draw):
    marks = draw(st.lists(st.integers(0, 48), unique=True, max_size=6).map(sorted))
    pairs = [Window(30 * one, 30 * two) for one, two in zip(marks[::2], marks[1::2], strict=False)]
    opens = draw(st.integers(0, 47))
    if draw(st.booleans()) and all(window.closes <= 30 * opens for window in pairs):
        pairs.append(Window(30 * opens, 1440 + 30 * draw(st.integers(1, opens + 1))))
    return tuple(pairs)


@st.composite
def _calendars(draw):
    week = tuple(draw(_windows()) for _ in range(7))
    days = draw(st.lists(st.integers(-4, 12), unique=True, max_size=4).map(sorted))
    base = draw(st.sampled_from(WEEKS)).date()
    exceptions = tuple(
        OtherHours(day, day, draw(_windows())) for day in (base + timedelta(n) for n in days)
    )
    return Calendar("any", ZoneInfo(draw(st.sampled_from(ZONES))), week, exceptions)


@st.composite
def _moments(draw, count):
    """Draw moments of one week in their order."""
    start = draw(st.sampled_from(WEEKS))
    ahead = st.integers(0, 8 * 24 * 60).map(lambda minutes: minutes * MINUTE)
    exact = st.timedeltas(timedelta(), timedelta(8))
    return sorted(start + draw(ahead | exact) for _ in range(count))


def _shows_open(calendar, moment):
    """Say whether the clock on the wall shows a time inside the hours: the meaning, word for word."""
    local = moment.astimezone(calendar.zone)
    day = date(local.year, local.month, local.day)
    passed = local.hour * 60 + local.minute
    today = windows_on(calendar, day)
    before = windows_on(calendar, day - timedelta(1))
    return any(window.opens <= passed < window.closes for window in today) or any(
        passed + 1440 < window.closes for window in before
    )


@given(_calendars(), _moments(1))
def test_a_calendar_is_open_when_the_clock_on_the_wall_says_so(calendar, moments):
    assert is_open(calendar, moments[0]) is _shows_open(calendar, moments[0])


@settings(max_examples=30, deadline=None)
@given(_calendars(), st.sampled_from(WEEKS), st.integers(0, 3000), st.integers(0, 3000))
def test_open_time_counts_the_minutes_that_are_open(calendar, week, first, more):
    start = week + first * MINUTE
    minutes = sum(_shows_open(calendar, start + n * MINUTE) for n in range(more))
    assert open_time(calendar, start, start + more * MINUTE) == 60 * minutes


@given(_calendars(), _moments(3))
def test_open_time_adds_up(calendar, moments):
    first, middle, last = moments
    parts = open_time(calendar, first, middle) + open_time(calendar, middle, last)
    assert open_time(calendar, first, last) == parts


@given(_calendars(), _moments(2))
def test_open_time_is_at_most_the_time_that_passed(calendar, moments):
    start, end = moments
    passed = (end - start) // timedelta(microseconds=1)
    assert 0 <= open_time(calendar, start, end) <= Decimal(passed).scaleb(-6)


@given(_calendars(), _moments(1))
def test_at_the_next_opening_it_is_open_and_not_before(calendar, moments):
    (moment,) = moments
    found = next_opening(calendar, moment)
    if found is None:
        assert open_time(calendar, moment, moment + timedelta(400)) == 0
        return
    assert found >= moment
    assert is_open(calendar, found)
    assert open_time(calendar, moment, found) == 0
    assert is_open(calendar, moment) is (found == moment)


@given(_calendars(), _moments(1))
def test_the_next_opening_of_the_next_opening_is_itself(calendar, moments):
    found = next_opening(calendar, moments[0])
    if found is not None:
        assert next_opening(calendar, found) == found


@given(st.sampled_from(ZONES), st.integers(0, 47), st.integers(1, 48), st.dates(date(2020, 1, 1)))
def test_every_week_without_a_change_of_clocks_has_the_same_open_time(zone, opens, length, day):
    day = min(day, date(2037, 12, 1))
    calendar = Calendar(
        "daily", ZoneInfo(zone), ((Window(30 * opens, 30 * (opens + length)),),) * 7
    )
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    local = [(start + timedelta(n)).astimezone(calendar.zone).utcoffset() for n in range(9)]
    if len(set(local)) == 1:
        assert open_time(calendar, start, start + timedelta(7)) == 7 * 1800 * length


@given(_calendars(), _moments(2), st.sampled_from(ZONES))
def test_only_the_instant_counts_not_how_it_is_written(calendar, moments, zone):
    start, end = moments
    other = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    assert is_open(calendar, start) is is_open(calendar, other[0])
    assert next_opening(calendar, start) == next_opening(calendar, other[0])
    assert open_time(calendar, start, end) == open_time(calendar, *other)
