"""The figures of staffing by name: rounded, or refused with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policyengine.computed import estimate
from policyengine.erlang import (
    ImpatientQueue,
    Number,
    PatientQueue,
    Place,
    Promise,
    Refusal,
    Staffing,
    Terms,
    announced_minutes,
)
from policyengine.values import FieldType

Figure = Decimal | int | Refusal
QUANTILES = {"wait_p50": Decimal("0.5"), "wait_p80": Decimal("0.8"), "wait_p90": Decimal("0.9")}
_SHARE, _TIME, _LOAD = FieldType("share"), FieldType("duration"), FieldType("number")


@dataclass(frozen=True, slots=True)
class Day:
    """What `staff` answers: each interval on its *terms*, and the wait at a known place."""

    intervals: tuple[Staffing, ...]
    terms: Terms | None
    place: Place | Refusal | None

    @property
    def is_fine(self) -> bool:
        """Whether every promise is kept and nothing is refused."""
        figures = [figure for one in self.intervals for figure in interval_figures(one).values()]
        if any(isinstance(figure, Refusal) for figure in (*figures, self.place)):
            return False
        return not any(one.short for one in self.intervals)

    @property
    def peak(self) -> Staffing | None:
        """The first interval that needs most agents."""
        known = [(one.needed, one) for one in self.intervals if isinstance(one.needed, int)]
        return max(known, key=lambda pair: pair[0], default=(0, None))[1]


def interval_figures(one: Staffing) -> dict[str, Figure]:
    """Return the figures of one interval that were asked, in the order in which they are shown."""
    found: dict[str, Figure | None] = {
        "load": _rounded(one.load, _LOAD),
        "needed": one.needed,
        "rostered": one.rostered,
        "short": one.promise if isinstance(one.promise, Refusal) else one.short,
    }
    if isinstance(one.promise, Promise):
        found["service_level"] = _rounded(one.promise.level, _SHARE)
    queue = one.queue
    if queue is not None:
        found.update(_queue_figures(queue))
    return {name: figure for name, figure in found.items() if figure is not None}


def place_figures(place: Place) -> dict[str, Figure]:
    """Return the wait at a place: the mean, and what 50, 80 and 90 in a hundred do not exceed."""
    return {
        "wait_mean": _rounded(place.mean_wait, _TIME),
        **{name: _rounded(place.wait_quantile(part), _TIME) for name, part in QUANTILES.items()},
    }


def announced(place: Place) -> tuple[int, int] | Refusal:
    """Return the minutes to announce at a place, from the mean to the wait of nine in ten."""
    figures = place_figures(place)
    mean, most = figures["wait_mean"], figures["wait_p90"]
    for figure in (mean, most):
        if isinstance(figure, Refusal):
            return figure
    assert isinstance(mean, Decimal)
    assert isinstance(most, Decimal)
    return announced_minutes(mean, most)


def exact(number: Number) -> Decimal:
    """Return *number* as a decimal, a fraction to 28 digits."""
    if isinstance(number, Fraction):
        return Decimal(number.numerator) / number.denominator
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _queue_figures(queue: PatientQueue | ImpatientQueue | Refusal) -> Iterator[tuple[str, Figure]]:
    if isinstance(queue, Refusal):
        yield "wait_mean", queue
        return
    yield "wait_mean", _rounded(queue.mean_wait, _TIME)
    for name, part in QUANTILES.items():
        yield name, _rounded(queue.wait_quantile(part), _TIME)
    yield "occupancy", _rounded(queue.occupancy, _SHARE)
    if isinstance(queue, ImpatientQueue):
        yield "abandoned", _rounded(queue.abandoned, _SHARE)


def _rounded(figure: float | Fraction | Refusal, type_: FieldType) -> Figure:
    return figure if isinstance(figure, Refusal) else estimate(float(figure), type_)
