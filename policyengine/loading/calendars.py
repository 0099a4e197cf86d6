"""`calendars/NAME.yaml`: opening hours by day, with exceptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from policyengine.calendars import Calendar, OtherHours, Window
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.calendars import (
    DAY_TWICE,
    END_COUNTED_IN,
    NEVER_OPEN,
    OVERLAPPING_HOURS,
    WRONG_HOURS,
)
from policyengine.findings.fit import REVERSED_DATES
from policyengine.findings.names import UNKNOWN_ZONE
from policyengine.loading.draft import Draft, pairs, scalars
from policyengine.loading.files import Document
from policyengine.loading.named import read_named
from policyengine.values import FieldType

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class _Written:
    """A window with the place where it stands."""

    window: Window
    node: Scalar


@dataclass(frozen=True, slots=True)
class _WrittenDays:
    """Hours of other days with the key that names the days."""

    hours: OtherHours
    key: Scalar


def read_calendars(draft: Draft, documents: list[Document]) -> dict[str, Calendar]:
    """Return the calendars of all `calendar:` files by name."""
    return read_named(draft, documents, "calendar", _read_calendar)


def _read_calendar(draft: Draft, head: Scalar, node: Mapping) -> Calendar | None:
    before = len(draft.findings)
    zone = _zone(draft, node.get("zone"))
    week = _week(draft, node.get("open"))
    exceptions = _exceptions(draft, node.get("exceptions"))
    if zone is None or len(draft.findings) > before:
        return None
    if not any((*week, *(other.windows for other in exceptions))):
        hint = "write hours such as `mon..fri: 09:00..<17:00`"
        draft.say(NEVER_OPEN, f"the calendar `{head.text}` is never open", head.span, hint)
    return Calendar(head.text, zone, week, exceptions)


def _zone(draft: Draft, node: Node | None) -> ZoneInfo | None:
    if not isinstance(node, Scalar):
        return draft.zone
    try:
        return ZoneInfo(node.text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "write the name of a place, such as `Europe/Amsterdam`"
        draft.say(UNKNOWN_ZONE, f"unknown time zone `{node.text}`", node.span, hint)
        return None


def _week(draft: Draft, node: Node | None) -> tuple[tuple[Window, ...], ...]:
    """Return the usual hours of each day from Monday to Sunday; a day that is not named is closed."""
    week: list[tuple[_Written, ...]] = [() for _ in _DAYS]
    named: dict[int, Scalar] = {}
    for key, value in pairs(node):
        written = _windows(draft, value)
        days = list(_days(key.text))
        twice = next((day for day in days if day in named), None)
        if twice is not None:
            _say_twice(draft, _DAYS[twice], key, named[twice])
            continue
        for day in days:
            named[day] = key
            week[day] = written
    _check_nights(draft, week)
    return tuple(_plain(written) for written in week)


def _days(text: str) -> Iterator[int]:
    """Read `days = day [ ".." day ]`; `sat..mon` goes on over Sunday."""
    first, _, last = text.partition("..")
    start = _DAYS.index(first)
    for ahead in range((_DAYS.index(last or first) - start) % 7 + 1):
        yield (start + ahead) % 7


def _say_twice(draft: Draft, day: str, key: Scalar, first: Scalar) -> None:
    also = Related(first.span, "the first")
    message = f"`{day}` has hours under `{first.text}` and under `{key.text}`"
    draft.say(
        DAY_TWICE, message, key.span, "let each day stand once, all its hours in one list", also
    )


def _windows(draft: Draft, node: Node) -> tuple[_Written, ...]:
    """Read `hours = "closed" | window | "[" window { "," window } "]"`, in the order of opening."""
    found = [
        _Written(window, item)
        for item in scalars(node)
        if item.text != "closed" and (window := _window(draft, item)) is not None
    ]
    found.sort(key=lambda written: written.window.opens)
    for one, other in pairwise(found):
        if other.window.opens < one.window.closes:
            joined = f"{_clock(one.window.opens)}..<{_clock(_latest(one, other))}"
            _say_overlap(draft, one, other, f"write `{joined}` if all of it is meant")
    return tuple(found)


def _latest(one: _Written, other: _Written) -> int:
    return max(one.window.closes, other.window.closes)


def _say_overlap(draft: Draft, one: _Written, other: _Written, hint: str, when: str = "") -> None:
    late, early = (other, one) if other.node.span.start >= one.node.span.start else (one, other)
    message = f"`{one.node.text}` and `{other.node.text}`{when} overlap"
    draft.say(
        OVERLAPPING_HOURS, message, late.node.span, hint, Related(early.node.span, "the first")
    )


def _window(draft: Draft, node: Scalar) -> Window | None:
    """Read `window = HH:MM "..<" HH:MM`; the end may be `24:00`, or lie after midnight."""
    first, _, last = node.text.partition("..")
    end = last.removeprefix("<")
    opens, closes = _minutes(first), _minutes(end)
    if opens is None or closes is None or opens == _WHOLE_DAY:
        message = f"expected hours between `00:00` and `24:00`, found `{node.text}`"
        draft.say(WRONG_HOURS, message, node.span, _mended_hours(first, end))
    elif opens == closes:
        hint = "write `00:00..<24:00` for the whole day, or `closed`"
        draft.say(WRONG_HOURS, f"`{node.text}` ends where it begins", node.span, hint)
    elif end == last:
        message = f"expected a closing time after `..<`, found `{node.text}`"
        draft.say(END_COUNTED_IN, message, node.span, f"write `{first}..<{end}`")
    else:
        return Window(opens, closes if closes > opens else closes + _WHOLE_DAY)
    return None


def _minutes(clock: str) -> int | None:
    """Return the minutes since midnight that a clock shows; 1440 for `24:00`."""
    hour, minute = int(clock[:2]), int(clock[3:])
    total = hour * 60 + minute
    return total if minute < 60 and total <= _WHOLE_DAY else None


def _mended_hours(first: str, end: str) -> str:
    """Return the way out of hours that no clock shows."""
    if first == "24:00":
        return "write the hours after midnight under the day on which they begin"
    opens, hour, minute = _minutes(first), int(end[:2]), int(end[3:])
    late = (hour - 24) * 60 + minute
    if opens is not None and minute < 60 and 0 <= late < opens:
        return f"write `{first}..<{_clock(late)}` to go on after midnight"
    return "write hours such as `08:00..<22:00`"


def _clock(minutes: int) -> str:
    """Return what a clock shows so many *minutes* after a midnight."""
    shown = minutes if minutes == _WHOLE_DAY else minutes % _WHOLE_DAY
    return f"{shown // 60:02}:{shown % 60:02}"


def _check_nights(draft: Draft, week: list[tuple[_Written, ...]]) -> None:
    """Say once where hours that cross midnight go on into hours of the next day."""
    said: set[tuple[int, int]] = set()
    for place, today in enumerate(week):
        for one in today[-1:]:
            for other in week[(place + 1) % 7]:
                pair = (one.node.span.start, other.node.span.start)
                if one.window.closes - _WHOLE_DAY > other.window.opens and pair not in said:
                    said.add(pair)
                    hint = f"end at `{_clock(other.window.opens)}`"
                    _say_overlap(draft, one, other, hint, " of the next day")


def _plain(written: tuple[_Written, ...]) -> tuple[Window, ...]:
    return tuple(one.window for one in written)


def _exceptions(draft: Draft, node: Node | None) -> tuple[OtherHours, ...]:
    """Return the days with other hours, in their order."""
    found: list[_WrittenDays] = []
    for key, value in pairs(node):
        windows = _plain(_windows(draft, value))
        days = _dates(draft, key)
        if days is None:
            continue
        first, last = days
        before = next((o for o in found if o.hours.first <= last and first <= o.hours.last), None)
        if before is None:
            found.append(_WrittenDays(OtherHours(first, last, windows), key))
        else:
            _say_twice(draft, f"{max(first, before.hours.first)}", key, before.key)
    return tuple(sorted((one.hours for one in found), key=lambda hours: hours.first))


def _dates(draft: Draft, key: Scalar) -> tuple[date, date] | None:
    """Read `dates = date [ ".." date ]`, both included."""
    length = len("2026-12-31")
    first = _date(draft, key, 0, length)
    last = _date(draft, key, len(key.text) - length, len(key.text)) if ".." in key.text else first
    if first is None or last is None:
        return None
    if last < first:
        message = f"from {first} through {last}: the end is before the start"
        draft.say(REVERSED_DATES, message, key.span, f"write `{last}..{first}`")
        return None
    return first, last


def _date(draft: Draft, key: Scalar, start: int, end: int) -> date | None:
    """Return the date that a part of *key* gives, or nothing after saying what is wrong."""
    span = key.span
    if not key.quoted and span.text == key.text:
        span = span.source.span(span.start + start, span.start + end)
    part = Scalar(key.text[start:end], span, quoted=key.quoted)
    value = draft.value(part, FieldType("date"))
    return value if isinstance(value, date) else None
