"""Places along an ordered type: one in every gap between the bounds that tests name."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from policyengine.computed import EXACT
from policyengine.values import FieldType, Value, rank

Ends = tuple[Decimal | int | None, Decimal | int | None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = (date(2, 1, 1), date(9998, 12, 31))
_MOMENTS = tuple(datetime(day.year, day.month, day.day, tzinfo=UTC) for day in _DAYS)
_TIMES = (time(0), time(23, 59, 59, 999_999))


def along(type_: FieldType, cuts: Iterable[Decimal | int], apart: int) -> Iterator[Value]:
    """Yield the values at *cuts*, and up to *apart* in every gap, also before and after them all.

    Only values in the domain of *type_* are yielded, and only such as stand on its step.
    """
    least, most = _ends(type_)
    step = _step(type_)
    edges = sorted({Decimal(cut) for cut in (*cuts, least, most) if cut is not None})
    starts, stops = [None, *edges], [*edges, None]
    for low, high in zip(starts, stops, strict=True):
        for place in (low, *_between(low, high, step, apart)):
            if place is None or (step is not None and Fraction(place) % Fraction(step)):
                continue
            if (least is None or place >= least) and (most is None or place <= most):
                yield _value_at(type_, place)


def ends(type_: FieldType) -> tuple[Decimal | int, ...]:
    """Return the least and the greatest place of *type_*, as far as there are such."""
    return tuple(end for end in _ends(type_) if end is not None)


def _between(
    low: Decimal | None, high: Decimal | None, step: Decimal | None, most: int
) -> list[Decimal]:
    """Return up to *most* places between *low* and *high*; those on the *step* where there is one."""
    if low is not None and high is not None and step is None:
        parts = 1 << most.bit_length()
        part = EXACT.divide(EXACT.subtract(high, low), Decimal(parts))
        return [EXACT.add(low, EXACT.multiply(part, Decimal(n))) for n in range(1, most + 1)]
    by = step or Decimal(1)
    if low is None and high is not None:
        last = -(-Fraction(high) // Fraction(by))
        return [EXACT.multiply(by, Decimal(last - n)) for n in range(1, most + 1)]
    first = 0 if low is None else Fraction(low) // Fraction(by)
    found = [EXACT.multiply(by, Decimal(first + n)) for n in range(1, most + 1)]
    return [place for place in found if high is None or place < high]


def _step(type_: FieldType) -> Decimal | None:
    whole = type_.kind in ("integer", "date", "time", "datetime")
    return type_.step if type_.step is not None else (Decimal(1) if whole else None)


def _ends(type_: FieldType) -> Ends:
    least, most = type_.minimum, type_.maximum
    first: Value | None
    last: Value | None
    match type_.kind:
        case "share":
            declared = [abs(end) for end in (least, most) if isinstance(end, Decimal)]
            whole = max([Decimal(1), *declared])
            first, last = _either(least, -whole), _either(most, whole)
        case "date":
            first, last = _either(least, _DAYS[0]), _either(most, _DAYS[1])
        case "datetime":
            first, last = _either(least, _MOMENTS[0]), _either(most, _MOMENTS[1])
        case "time":
            first, last = _either(least, _TIMES[0]), _either(most, _TIMES[1])
        case _:
            first, last = least, most
    return (
        None if first is None else rank(type_, first),
        None if last is None else rank(type_, last),
    )


def _either(declared: Value | None, otherwise: Value) -> Value:
    return otherwise if declared is None else declared


def _value_at(type_: FieldType, place: Decimal) -> Value:
    """Return the value that stands at *place* in the order of *type_*."""
    match type_.kind:
        case "integer":
            return int(place)
        case "date":
            return date.fromordinal(int(place))
        case "datetime":
            return _EPOCH + timedelta(microseconds=int(place))
        case "time":
            return (_EPOCH + timedelta(microseconds=int(place))).time()
        case _:
            return place
