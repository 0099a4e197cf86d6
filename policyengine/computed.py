"""Computed fields: the closed catalogue of functions, their types and their results.

Every function takes facts and gives a fact: missing in, missing out; unknown in, unknown out.
What cannot be estimated is refused with a reason, never given as a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Context, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from policyengine.calendars import MOST_DAYS_COUNTED, Calendar, is_open, next_opening, open_time
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact, Refused, is_present
from policyengine.findings.grammar import with_article
from policyengine.registers import Listing
from policyengine.source import Span
from policyengine.values import FieldType, Value, rank

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMERIC = ("integer", "number", "money", "share", "duration")
_ORDERED = (*_NUMERIC, "date", "time", "datetime")

# INVARIANT: results do not depend on the precision that a caller's thread has set.
EXACT = Context(prec=200)
_ROUNDED = Context(prec=28)

Check = Callable[[tuple[FieldType, ...], FieldType], str]


@dataclass(frozen=True, slots=True)
class Argument:
    """What a computation takes: a field by its name, or a literal value."""

    field: str | None
    value: Value | None
    type: FieldType


@dataclass(frozen=True, slots=True)
class Computation:
    """A call of one function of the catalogue with named fields or literals."""

    function: str
    arguments: tuple[Argument, ...]
    type: FieldType
    span: Span = field(compare=False)
    resource: Calendar | Listing | None = None
    """What it looks into besides facts: a file of the set that an argument names."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it asks, in order."""
        return tuple(part.field for part in self.arguments if part.field is not None)


Compute = Callable[[list[Value], Computation, ZoneInfo], Fact | Refused]


@dataclass(frozen=True, slots=True)
class Function:
    """One entry of the catalogue.

    *names* are the names of its arguments where they are written as a mapping; *least* and *most*
    how many it takes; *literals* how a literal argument is read: by the type of the result, or as
    a plain number; *resource* the sort of file of the set that further arguments name. *check* returns
    what is wrong with the types, or an empty text.
    """

    check: Check
    compute: Compute
    least: int = 1
    most: int | None = 1
    names: tuple[str, ...] = ()
    literals: Literal["result", "number", "none"] = "none"
    refusals: tuple[str, ...] = ()
    resource: Literal["calendar", "register"] | None = None


def compute(computation: Computation, facts: list[Fact], zone: ZoneInfo) -> Fact | Refused:
    """Return the result of *computation* for *facts*, one for each argument, in the local *zone*."""
    if computation.function == "count_present":
        if UNKNOWN in facts or UNDECIDED in facts:
            return UNDECIDED
        return sum(1 for fact in facts if is_present(fact))
    if MISSING in facts:
        return MISSING
    values = [fact for fact in facts if not isinstance(fact, Absent)]
    if len(values) < len(facts):
        return UNDECIDED
    return CATALOGUE[computation.function].compute(values, computation, zone)


def unit_of(type_: FieldType) -> str | None:
    """Return what a value of *type_* counts in: a currency, `s` for durations, or nothing."""
    return "s" if type_.kind == "duration" else type_.unit


def _numeric(types: tuple[FieldType, ...]) -> str:
    for type_ in types:
        if type_.kind not in _NUMERIC:
            return f"expected numbers, found {with_article(type_.kind)}"
    return ""


def _fits(type_: FieldType, result: FieldType) -> bool:
    if type_.kind == result.kind or {type_.kind, result.kind} <= {"integer", "number", "share"}:
        narrowed = result.kind == "integer" and type_.kind != "integer"
        return unit_of(type_) == unit_of(result) and not narrowed
    return False


def _same_as_result(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = _numeric((*types, result))
    if wrong:
        return wrong
    for type_ in types:
        if not _fits(type_, result):
            return f"expected {_counted(result)}, found {_counted(type_)}"
    return ""


def _counted(type_: FieldType) -> str:
    unit = type_.unit
    if unit is None:
        return f"a plain {type_.kind}"
    return with_article("amount" if type_.kind == "money" else type_.kind) + f" in `{unit}`"


def _check_product(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = _numeric((*types, result))
    if wrong:
        return wrong
    with_unit = [type_ for type_ in types if unit_of(type_) is not None]
    if len(with_unit) > 1:
        return f"at most one factor may have a unit, found {len(with_unit)}"
    if with_unit:
        same = with_unit[0].kind == result.kind and unit_of(with_unit[0]) == unit_of(result)
        return "" if same else f"expected {_counted(with_unit[0])} as the result"
    if unit_of(result) is not None:
        return f"no factor has the unit `{result.unit}` of the result"
    if result.kind == "integer" and any(type_.kind != "integer" for type_ in types):
        return "the product of these is a number, not an integer"
    return ""


def _check_ratio(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = _numeric((*types, result))
    if wrong:
        return wrong
    first, second = types
    if result.kind == "integer":
        return "a ratio is a number, not an integer"
    if unit_of(first) == unit_of(second):
        plain = unit_of(result) is None
        return "" if plain else "the ratio of two equal units is a plain number"
    if unit_of(second) is None:
        same = first.kind == result.kind and unit_of(first) == unit_of(result)
        return "" if same else f"expected {_counted(first)} as the result"
    if "duration" in (first.kind, second.kind):
        return "a duration and another unit have no ratio yet: divide by a plain number"
    unit = f"{first.unit or '1'}/{second.unit}"
    return (
        "" if result.kind == "number" and result.unit == unit else f"expected a number in `{unit}`"
    )


def _check_choice_of(types: tuple[FieldType, ...], result: FieldType) -> str:
    for type_ in types:
        ordered = type_.kind in _ORDERED or (type_.kind == "choice" and type_.ordered)
        if not ordered:
            return f"expected values with an order, found {with_article(type_.kind)}"
        alike = (type_.kind, unit_of(type_), type_.values)
        if alike != (result.kind, unit_of(result), result.values):
            return f"expected the type of the result, {_counted(result)}"
    return ""


def _check_one(types: tuple[FieldType, ...], result: FieldType) -> str:
    if types[0].kind != "choice":
        return f"expected a choice, found {with_article(types[0].kind)}"
    if result.kind != "list" or not set(types[0].values) <= set(result.values):
        return "the result is a list of the same values"
    return ""


def _check_weekday(types: tuple[FieldType, ...], result: FieldType) -> str:
    if types[0].kind not in ("datetime", "date"):
        return f"expected a datetime or a date, found {with_article(types[0].kind)}"
    if result.kind != "choice" or result.values != WEEKDAYS:
        return f"the result is a choice of `{', '.join(WEEKDAYS)}`"
    return ""


def _takes(argument: str, gives: str) -> Check:
    def check(types: tuple[FieldType, ...], result: FieldType) -> str:
        for type_ in types:
            if type_.kind != argument:
                return f"expected {with_article(argument)}, found {with_article(type_.kind)}"
        return "" if result.kind == gives else f"the result is a {gives}"

    return check


def _check_count(_types: tuple[FieldType, ...], result: FieldType) -> str:
    return "" if result.kind == "integer" else "the result is an integer"


def _local(value: Value, zone: ZoneInfo) -> datetime:
    assert isinstance(value, datetime)
    return value.astimezone(zone)


def _weekday(values: list[Value], _call: Computation, zone: ZoneInfo) -> Value:
    moment = values[0]
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone)
    assert isinstance(moment, date)
    return WEEKDAYS[moment.weekday()]


def _elapsed(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value:
    start, end = values
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    gone = end - start
    return Decimal(gone.days * 86400 + gone.seconds) + Decimal(gone.microseconds) / 1_000_000


def _open(values: list[Value], call: Computation, _zone: ZoneInfo) -> Value:
    (moment,) = values
    assert isinstance(moment, datetime)
    return is_open(_calendar(call), moment)


def _next_opening(values: list[Value], call: Computation, _zone: ZoneInfo) -> Value | Refused:
    (moment,) = values
    assert isinstance(moment, datetime)
    return next_opening(_calendar(call), moment) or Refused("never_opens")


def _open_time(values: list[Value], call: Computation, _zone: ZoneInfo) -> Value | Refused:
    start, end = values
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    if end < start:
        return Refused("reversed")
    if end - start > timedelta(MOST_DAYS_COUNTED):
        return Refused("too_long")
    return open_time(_calendar(call), start, end)


def _calendar(call: Computation) -> Calendar:
    assert isinstance(call.resource, Calendar)
    return call.resource


def _sum(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value:
    total: Decimal | int = 0
    for value in values:
        total = _added(total, _number(value))
    return total


def _added(left: Decimal | int, right: Decimal | int) -> Decimal | int:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(Decimal(left), Decimal(right))


def _difference(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value:
    return _added(_number(values[0]), -_number(values[1]))


def _product(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value:
    total: Decimal | int = 1
    for value in values:
        factor = _number(value)
        both = isinstance(total, int) and isinstance(factor, int)
        total = total * factor if both else EXACT.multiply(Decimal(total), Decimal(factor))
    return total


def _ratio(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value | Refused:
    first, second = (_number(value) for value in values)
    if second == 0:
        return Refused("division_by_zero")
    return _ROUNDED.divide(Decimal(first), Decimal(second))


def _least(values: list[Value], call: Computation, _zone: ZoneInfo) -> Value:
    return min(values, key=lambda value: rank(call.type, value))


def _greatest(values: list[Value], call: Computation, _zone: ZoneInfo) -> Value:
    return max(values, key=lambda value: rank(call.type, value))


def _one(values: list[Value], _call: Computation, _zone: ZoneInfo) -> Value:
    return (str(values[0]),)


def _lookup(values: list[Value], call: Computation, _zone: ZoneInfo) -> Fact | Refused:
    assert isinstance(call.resource, Listing)
    if values[0] not in call.resource.values:
        return Refused("not_listed")
    found = call.resource.values[values[0]]
    return MISSING if found is None else found


def _number(value: Value) -> Decimal | int:
    assert isinstance(value, Decimal | int)
    return value


CATALOGUE: Mapping[str, Function] = {
    "weekday": Function(_check_weekday, _weekday),
    "time_of_day": Function(
        _takes("datetime", "time"), lambda values, _call, zone: _local(values[0], zone).time()
    ),
    "date_of": Function(
        _takes("datetime", "date"), lambda values, _call, zone: _local(values[0], zone).date()
    ),
    "elapsed": Function(_takes("datetime", "duration"), _elapsed, 2, 2, ("from", "to")),
    "open": Function(_takes("datetime", "boolean"), _open, names=("at",), resource="calendar"),
    "next_opening": Function(
        _takes("datetime", "datetime"),
        _next_opening,
        names=("at",),
        refusals=("never_opens",),
        resource="calendar",
    ),
    "open_time": Function(
        _takes("datetime", "duration"),
        _open_time,
        2,
        2,
        ("from", "to"),
        refusals=("reversed", "too_long"),
        resource="calendar",
    ),
    "sum": Function(_same_as_result, _sum, 2, None, literals="result"),
    "difference": Function(
        _same_as_result,
        _difference,
        2,
        2,
        literals="result",
    ),
    "product": Function(_check_product, _product, 2, None, literals="number"),
    "ratio": Function(
        _check_ratio, _ratio, 2, 2, literals="number", refusals=("division_by_zero",)
    ),
    "least": Function(_check_choice_of, _least, 2, None, literals="result"),
    "greatest": Function(_check_choice_of, _greatest, 2, None, literals="result"),
    "one": Function(_check_one, _one),
    "lookup": Function(
        lambda _types, _result: "",  # the register's columns are asked where they are read
        _lookup,
        names=("key",),
        refusals=("not_listed",),
        resource="register",
    ),
    "count_present": Function(_check_count, lambda values, _call, _zone: len(values), 1, None),
}
LATER = (
    "zone",
    "position_wait",
    "quadrant",
    "customer_value",
    "erlang_c_service_level",
    "erlang_c_wait",
    "erlang_c_agents",
    "erlang_c_rostered",
    "erlang_a_service_level",
    "erlang_a_wait",
    "erlang_a_agents",
    "erlang_a_rostered",
    "erlang_a_abandoned",
)
