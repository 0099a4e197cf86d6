"""Functions of time: days and times of day on local clocks, and the hours of calendars."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from policyengine.calendars import MOST_DAYS_COUNTED, Calendar, is_open, next_opening, open_time
from policyengine.computed.computation import Call, Function, Parameter
from policyengine.computed.types import takes
from policyengine.facts import Refused
from policyengine.findings.grammar import with_article
from policyengine.values import FieldType, Value

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _check_weekday(types: tuple[FieldType, ...], result: FieldType) -> str:
    if types[0].kind not in ("datetime", "date"):
        return f"expected a datetime or a date, found {with_article(types[0].kind)}"
    if result.kind != "choice" or result.values != WEEKDAYS:
        return f"the result is a choice of `{', '.join(WEEKDAYS)}`"
    return ""


def _weekday(call: Call) -> Value:
    moment = call.values[0]
    if isinstance(moment, datetime):
        moment = moment.astimezone(call.zone)
    assert isinstance(moment, date)
    return WEEKDAYS[moment.weekday()]


def _local(call: Call) -> datetime:
    moment = call.values[0]
    assert isinstance(moment, datetime)
    return moment.astimezone(call.zone)


def _elapsed(call: Call) -> Value:
    gone = call.moment("to") - call.moment("from")
    return Decimal(gone.days * 86400 + gone.seconds) + Decimal(gone.microseconds) / 1_000_000


def _next_opening(call: Call) -> Value | Refused:
    return next_opening(_calendar(call), call.moment("at")) or Refused("never_opens")


def _open_time(call: Call) -> Value | Refused:
    start, end = call.moment("from"), call.moment("to")
    if end < start:
        return Refused("reversed")
    if end - start > timedelta(MOST_DAYS_COUNTED):
        return Refused("too_long")
    return open_time(_calendar(call), start, end)


def _calendar(call: Call) -> Calendar:
    resource = call.computation.resource
    assert isinstance(resource, Calendar)
    return resource


def _moment(name: str) -> Parameter:
    return Parameter(name, ("datetime",), literal=False)


_CALENDAR = Parameter("calendar", resource="calendar")

MOMENTS: Mapping[str, Function] = {
    "weekday": Function(_check_weekday, _weekday, values=WEEKDAYS),
    "time_of_day": Function(takes("datetime", "time"), lambda call: _local(call).time()),
    "date_of": Function(takes("datetime", "date"), lambda call: _local(call).date()),
    "elapsed": Function(
        takes("datetime", "duration"), _elapsed, parameters=(_moment("from"), _moment("to"))
    ),
    "open": Function(
        takes("datetime", "boolean"),
        lambda call: is_open(_calendar(call), call.moment("at")),
        parameters=(_moment("at"), _CALENDAR),
    ),
    "next_opening": Function(
        takes("datetime", "datetime"),
        _next_opening,
        parameters=(_moment("at"), _CALENDAR),
        refusals=("never_opens",),
    ),
    "open_time": Function(
        takes("datetime", "duration"),
        _open_time,
        parameters=(_moment("from"), _moment("to"), _CALENDAR),
        refusals=("reversed", "too_long"),
    ),
}
