"""A metric against its target: status, gap, and whether the way of working can reach it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero, no_numbers, ratio
from policyengine.formulas.value import Better

Status = Literal["on_target", "off_target", "breach", "baseline_only", "unknown"]


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a metric is from its target: the *amount*, above 0 where it is worse.

    *share* is the amount in parts of the target.
    """

    amount: Decimal
    share: Decimal | Refused


@dataclass(frozen=True, slots=True)
class Checking:
    """Whether looking at intervals can keep a target: the *worst_case*, and if it is *feasible*."""

    worst_case: Decimal
    feasible: bool


def metric_status(
    value: Amount | None,
    *,
    target: Amount | None,
    acceptable: Amount | None = None,
    better: Better,
    n: Amount | None = None,
    at_least: Amount = 0,
) -> Status | Refused:
    """Return the status of a metric with *value*, all levels in one unit.

    `unknown` without a value, or with fewer than *at_least* observations *n*; `baseline_only`
    without *target*; `on_target` on it or better; `breach` worse than *acceptable*; otherwise
    `off_target`. An acceptable level that is better than the target, or a count below 0, is
    refused.
    """
    wrong = no_numbers(value, target, acceptable) or below_zero(n, at_least)
    if wrong is not None:
        return wrong
    sign = 1 if better == "lower" else -1
    if target is not None and acceptable is not None and sign * acceptable < sign * target:
        return Refused("bad_levels")
    if value is None or (at_least > 0 and (n is None or n < at_least)):
        return "unknown"
    if target is None:
        return "baseline_only"
    if sign * value <= sign * target:
        return "on_target"
    if acceptable is not None and sign * value > sign * acceptable:
        return "breach"
    return "off_target"


def metric_gap(value: Amount, target: Amount, *, better: Better) -> Gap | Refused:
    """Return how far *value* is from *target*, in their unit and in parts of the target.

    *value* - *target* where *lower* is better, mirrored where *higher* is; below 0 where the
    value is better than the target. 6 h against 3 h is 3 h, 100 % over. Without a target above 0
    the share is refused.
    """
    wrong = no_numbers(value, target)
    if wrong is not None:
        return wrong
    amount = Decimal(value - target if better == "lower" else target - value)
    return Gap(amount, ratio(amount, max(target, 0)))


def checking(*, interval: Amount, work: Amount, target: Amount) -> Checking | Refused:
    """Return whether looking every *interval*, and then so much *work*, keeps *target*.

    All are times in one unit, 0 or more; others are refused. The worst case is what comes in just
    after a look: *interval* + *work*; it may be equal to the target.
    """
    wrong = below_zero(interval, work, target, reason="negative_time")
    if wrong is not None:
        return wrong
    worst = Decimal(interval) + work
    return Checking(worst, worst <= target)
