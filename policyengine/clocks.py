"""Days and times as logs write them: formats of a closed kind, read in a zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from policyengine.findings.values import NO_SUCH_DAY, WRONG_TYPE
from policyengine.values import Kind, Misreading
from policyengine.values.moments import fixed
from policyengine.values.wording import misread

ISO = "%Y-%m-%d %H:%M:%S"

_PARTS = "YmdHMS"
_NEEDED: dict[Kind, str] = {"date": "Ymd", "time": "H", "datetime": "YmdH"}
_PIECE = re.compile(r"%(.?)|[^%]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Clock:
    """How a log writes a date, a time or a moment, and the zone in which its clock stood."""

    kind: Kind
    format: str
    pattern: re.Pattern[str]
    zone: ZoneInfo


def format_fault(written: str, kind: Kind) -> str:
    """Return what is wrong with the format *written* for a field of *kind*, or an empty text."""
    needed = _NEEDED.get(kind)
    if needed is None:
        return f"a format is for dates and times, the field is of type {kind}"
    parts = [found[1] for found in _PIECE.finditer(written) if found[1] is not None]
    for part in parts:
        if not part or part not in _PARTS:
            return f"expected `%Y %m %d %H %M %S` in a format, found `%{part}`"
        if parts.count(part) > 1:
            return f"expected each part of a format once, found `%{part}` twice"
    absent = " ".join(f"%{part}" for part in needed if part not in parts)
    return f"the format of a {kind} needs `{absent}` too" if absent else ""


def clock(written: str, kind: Kind, zone: ZoneInfo) -> Clock:
    """Return the clock of a format in which `format_fault` finds nothing."""
    return Clock(kind, written, re.compile("".join(_patterns(written))), zone)


def _patterns(written: str) -> Iterator[str]:
    """Yield the pattern of each piece: one digit will do for two where it cannot be misread."""
    pieces = list(_PIECE.finditer(written))
    for place, piece in enumerate(pieces):
        part = piece[1]
        if part is None:
            yield re.escape(piece[0])
            continue
        around = (*pieces[max(place - 1, 0) : place], *pieces[place + 1 : place + 2])
        least = 2 if any(other[1] is not None for other in around) else 1
        yield f"(?P<{part}>[0-9]{{4}})" if part == "Y" else f"(?P<{part}>[0-9]{{{least},2}})"


def read_clock(clock: Clock, text: str) -> date | time | datetime | Misreading:
    """Return the value that *text* gives; what the field has no place for is read and left.

    Where the clocks go back, the earlier of the two moments is meant; a time that they skip is
    no moment at all.
    """
    found = clock.pattern.fullmatch(text.strip())
    if found is None:
        return misread(WRONG_TYPE, text, f"a {clock.kind} written as `{clock.format}`")
    parts = {part: int(digits) for part, digits in found.groupdict().items()}
    try:
        day = date(parts["Y"], parts["m"], parts["d"]) if "d" in parts else date.min
        hour = time(parts.get("H", 0), parts.get("M", 0), parts.get("S", 0))
    except ValueError:
        expected = "a day that is in the calendar, and a time that is in the day"
        return misread(NO_SUCH_DAY, text, expected)
    match clock.kind:
        case "date":
            return day
        case "time":
            return hour
        case _:
            return _moment(clock, text, datetime.combine(day, hour, tzinfo=clock.zone))


def _moment(clock: Clock, text: str, local: datetime) -> datetime | Misreading:
    moment = fixed(local)
    try:
        back = moment.astimezone(UTC).astimezone(clock.zone)
    except OverflowError:
        return misread(NO_SUCH_DAY, text, "a moment between the years 1 and 9999")
    if back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    expected = f"a time that the clocks of {clock.zone.key} show"
    return misread(NO_SUCH_DAY, text, expected, note="they skip this hour when summer time begins")
