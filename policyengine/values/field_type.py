"""Types of fields: what a value may be, and what is said of a text that is none."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from policyengine.findings.finding import Code

Kind = Literal[
    "boolean",
    "integer",
    "number",
    "money",
    "share",
    "choice",
    "set",
    "text",
    "date",
    "time",
    "datetime",
    "duration",
    "period",
    "list",
]

Value = bool | int | Decimal | str | tuple[str, ...] | date | time | datetime

NUMERIC: tuple[Kind, ...] = ("integer", "number", "money", "share", "duration")
TIMELY: tuple[Kind, ...] = ("date", "time", "datetime")

DURATION_UNITS = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "min": Decimal(60),
    "h": Decimal(3600),
    "d": Decimal(86400),
    "day": Decimal(86400),
    "days": Decimal(86400),
    "week": Decimal(604800),
    "weeks": Decimal(604800),
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXAMPLES: dict[Kind, str] = {
    "boolean": "`true` or `false`",
    "share": "a share such as `80%`",
    "date": "a date such as `2026-12-01`",
    "time": "a time such as `09:00`",
    "datetime": "a moment such as `2026-12-03T09:12:00+01:00`",
    "duration": "a duration such as `2 min`",
    "period": "a period such as `1 month`",
}


@dataclass(frozen=True, slots=True)
class FieldType:
    """What the values of a field are: kind, domain and unit.

    Bounds and step are counted as the values are: those of a duration in seconds.
    """

    kind: Kind
    values: tuple[str, ...] = ()
    ordered: bool = False
    unit: str | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    max_length: int | None = None
    step: Decimal | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Misreading:
    """What is wrong with a text, where in it, and what to write there instead.

    *mended*, where it is known, replaces the characters from *start* to *end*.
    """

    code: Code
    message: str
    hint: str = ""
    start: int = 0
    end: int | None = None
    expected: str = ""
    found: str = ""
    mended: str | None = None


def has_order(type_: FieldType) -> bool:
    """Say whether values of *type_* come before and after each other."""
    if type_.kind == "choice":
        return type_.ordered
    return type_.kind in NUMERIC or type_.kind in TIMELY


def rank(type_: FieldType, value: Value) -> Decimal | int:
    """Return the exact number by which *value* stands in the order of *type_*."""
    match value:
        case bool() | tuple():
            raise ValueError(f"values of kind {type_.kind} have no order")
        case int() | Decimal():
            return value
        case str():
            return type_.values.index(value)
        case datetime():
            return (value - _EPOCH) // timedelta(microseconds=1)
        case date():
            return value.toordinal()
        case time():
            seconds = (value.hour * 60 + value.minute) * 60 + value.second
            return seconds * 1_000_000 + value.microsecond


def unit_factor(type_: FieldType) -> Decimal:
    """Return how many seconds one unit of the duration *type_* has."""
    return DURATION_UNITS.get(type_.unit or "s", Decimal(1))


def _named(values: tuple[str, ...], *, most: int = 8) -> str:
    """Return *values* in back-ticks, or their number and the first of them."""
    if len(values) > most:
        return f"{len(values)} values such as `{values[0]}`"
    return ", ".join(f"`{value}`" for value in values)


def kind_phrase(type_: FieldType) -> str:
    """Return what a value of *type_* is, to follow "expected"."""
    unit = f" {type_.unit}" if type_.unit else ""
    match type_.kind:
        case "integer":
            return f"a whole number such as `3{unit}`"
        case "number":
            return f"a number such as `1.5{unit}`"
        case "money":
            return f"an amount such as `50{unit}`"
        case "choice" | "set" | "list" if not type_.values:
            return f"a {type_.kind} that has no words"
        case "choice" | "set" | "list":
            return f"a {type_.kind} of {_named(type_.values)}"
        case "text" if type_.max_length is not None:
            return f"a text of at most {type_.max_length} characters"
        case "text":
            return "a text"
        case _:
            return _EXAMPLES[type_.kind]
