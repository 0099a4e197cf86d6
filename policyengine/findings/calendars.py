"""Codes PE285 to PE289: opening hours that are not clear."""

from policyengine.findings.finding import Code

_FILE = "calendars/example.yaml"
_CALENDAR = """\
calendar: chat
zone: Europe/Amsterdam
open:
  mon..fri: {weekdays}
  {weekend}: {hours}
exceptions:
  {feast}: closed
  2026-12-31: 08:00..<16:00
"""


def _calendar(
    weekdays: str = "08:00..<22:00",
    weekend: str = "sat",
    hours: str = "10:00..<18:00",
    feast: str = "2026-12-25..2026-12-26",
) -> str:
    return _CALENDAR.format(weekdays=weekdays, weekend=weekend, hours=hours, feast=feast)


WRONG_HOURS = Code(
    "PE285",
    "hours that no clock shows",
    "Opening hours begin between `00:00` and `23:59` and end by `24:00`. Hours that end before they "
    "begin go on after midnight; hours that end where they begin could be the whole day or nothing.",
    file=_FILE,
    bad=_calendar(hours="10:00..<25:00"),
    good=_calendar(hours="10:00..<01:00"),
)
OVERLAPPING_HOURS = Code(
    "PE286",
    "opening hours that overlap",
    "Hours that meet twice on one day are mostly a slip of the pen, and somebody will read the wrong "
    "one from the door.",
    file=_FILE,
    bad=_calendar(hours="[10:00..<13:00, 12:30..<18:00]"),
    good=_calendar(hours="[10:00..<12:30, 13:00..<18:00]"),
)
DAY_TWICE = Code(
    "PE287",
    "day with two sets of hours",
    "Where a day stands twice, nobody can tell which of its hours count.",
    file=_FILE,
    bad=_calendar(weekend="fri..sat"),
    good=_calendar(weekend="sat..sun"),
)
NEVER_OPEN = Code(
    "PE288",
    "calendar that is never open",
    "A customer who is told to wait for the next opening would wait for ever.",
    file=_FILE,
    bad="calendar: chat\nopen: {mon..sun: closed}\n",
    good="calendar: chat\nopen: {mon..fri: 09:00..<17:00, sat..sun: closed}\n",
)
END_COUNTED_IN = Code(
    "PE289",
    "closing time that counts as open",
    "With `08:00..18:00` the door would close one moment after 18:00. `08:00..<18:00` says that at "
    "18:00 it is closed, so that hours can follow each other.",
    file=_FILE,
    bad=_calendar(weekdays="08:00..18:00"),
    good=_calendar(weekdays="08:00..<18:00"),
)
CALENDAR_CODES = (
    WRONG_HOURS,
    OVERLAPPING_HOURS,
    DAY_TWICE,
    NEVER_OPEN,
    END_COUNTED_IN,
)
