"""What customers expect: the zone of tolerance, and where to act first."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero, no_numbers, ratio
from policyengine.formulas.value import Better

Zone = Literal["below", "met", "above"]
Quadrant = Literal["concentrate_here", "keep_up", "low_priority", "possible_overkill"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of quality: how much it matters to customers, and how it is done.

    *n* is the number of answers both rest on.
    """

    name: str
    importance: Amount | None
    performance: Amount | None
    n: Amount | None = None


def zone_of_tolerance(
    level: Amount, *, adequate: Amount, desired: Amount, better: Better = "higher"
) -> Zone | Refused:
    """Return whether *level* is below, within or above what customers tolerate.

    All three are in one unit; from *adequate* to *desired*, both included, is `met`. Where *lower*
    is better it is mirrored: above means better than desired. An adequate level better than the
    desired one is refused. Source: V. Zeithaml, L. Berry and A. Parasuraman, "The nature and
    determinants of customer expectations of service" (1993).
    """
    wrong = no_numbers(level, adequate, desired)
    if wrong is not None:
        return wrong
    sign = 1 if better == "higher" else -1
    if sign * adequate > sign * desired:
        return Refused("bad_zone")
    if sign * level < sign * adequate:
        return "below"
    return "above" if sign * level > sign * desired else "met"


def quadrant(
    dimension: Dimension,
    *,
    importance_cut: Amount,
    performance_cut: Amount,
    at_least: Amount = 0,
) -> Quadrant | Refused:
    """Return where *dimension* lies by importance and performance.

    The cut lines are declared, in the units of the two; on the line counts as high. Refused
    without importance or performance, and with fewer than *at_least* answers. Source: J. Martilla
    and J. James, "Importance-performance analysis" (1977).
    """
    importance, performance = dimension.importance, dimension.performance
    wrong = no_numbers(importance, performance, importance_cut, performance_cut)
    wrong = wrong or below_zero(dimension.n, at_least)
    if wrong is not None:
        return wrong
    if importance is None:
        return Refused("unknown_importance")
    if performance is None:
        return Refused("unknown_performance")
    if at_least > 0 and (dimension.n is None or dimension.n < at_least):
        return Refused("too_few")
    if importance >= importance_cut:
        return "keep_up" if performance >= performance_cut else "concentrate_here"
    return "possible_overkill" if performance >= performance_cut else "low_priority"


def ranked(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    """Return *dimensions* by importance, the higher first, then by the lower performance.

    One without importance or performance cannot be ranked and is left out; equal ones keep
    the order of their names.
    """

    def order(dimension: Dimension) -> tuple[Decimal, Decimal, str]:
        assert dimension.importance is not None
        assert dimension.performance is not None
        return -Decimal(dimension.importance), Decimal(dimension.performance), dimension.name

    known = (
        dimension
        for dimension in dimensions
        if dimension.importance is not None
        and dimension.performance is not None
        and no_numbers(dimension.importance, dimension.performance) is None
    )
    return tuple(sorted(known, key=order))


def middle_of_scale(lowest: Amount, highest: Amount) -> Decimal | Refused:
    """Return the cut line in the middle of a scale, 3 on a scale of 1 to 5.

    *highest* is above *lowest*; otherwise it is refused.
    """
    wrong = no_numbers(lowest, highest)
    if wrong is not None:
        return wrong
    return Refused("bad_scale") if highest <= lowest else (Decimal(lowest) + highest) / 2


def grand_mean(values: Iterable[Amount]) -> Decimal | Refused:
    """Return the cut line at the mean of *values*; refused without any."""
    known = tuple(values)
    wrong = no_numbers(*known)
    if wrong is not None:
        return wrong
    return ratio(sum(known, Decimal(0)), len(known), reason="unknown_value")
