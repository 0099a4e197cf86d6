"""What a customer is worth, in money and in scores, and when money spent comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero, no_numbers, no_shares

CONVENTIONS = ("end_of_period", "start_of_period")
Better = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a customer for recency, frequency and money, 1 being the lowest."""

    recency: int
    frequency: int
    money: int


def lifetime_value(
    *, margin: Amount, retention: Amount, discount: Amount, convention: str
) -> Decimal | Refused:
    """Return the value of a customer over their lifetime, in the currency of *margin*.

    With margin m a period, retention r and discount d a period: m·r/(1+d-r) where the margin
    comes at the *end_of_period* and only from those who stay, m·(1+d)/(1+d-r) where it comes at
    the *start_of_period*: *convention* must be one of the two. *margin* and *discount* are 0 or more, *retention* is a share from 0 to
    1; r of 1+d or more is refused as a value without end. Source: S. Gupta and D. Lehmann,
    "Customers as assets" (2003).
    """
    if convention not in CONVENTIONS:
        return Refused("unknown_convention")
    wrong = (
        below_zero(margin, reason="negative_amount")
        or no_shares(retention)
        or below_zero(discount, reason="negative_rate")
    )
    if wrong is not None:
        return wrong
    lost = 1 + Decimal(discount) - retention
    if lost <= 0:
        return Refused("value_without_end")
    kept = Decimal(retention) if convention == "end_of_period" else 1 + Decimal(discount)
    return margin * kept / lost


def payback_months(
    *, one_off: Amount, yearly_gain: Amount, horizon: Amount | None = None
) -> Decimal | Refused:
    """Return after how many months *one_off* has come back: *one_off* ÷ (*yearly_gain* ÷ 12).

    Both are in one currency; *one_off* is 0 or more. Refused where the gain is not above 0, or
    where it takes longer than *horizon* months. Source: simple payback, not discounted.
    """
    wrong = (
        below_zero(one_off, reason="negative_amount")
        or no_numbers(yearly_gain)
        or below_zero(horizon, reason="negative_time")
    )
    if wrong is not None:
        return wrong
    if yearly_gain <= 0:
        return Refused("no_gain")
    months = Decimal(one_off) * 12 / Decimal(yearly_gain)
    if horizon is not None and months > horizon:
        return Refused("beyond_horizon")
    return months


def band_score(value: Amount, limits: Sequence[Amount], *, better: Better) -> int | Refused:
    """Return how many of *limits* the *value* reaches, plus 1.

    *limits* are in the unit of *value* and get better one after the other: rising where *higher*
    is better, falling where *lower* is; others are refused. A value on a limit has reached it.
    """
    wrong = no_numbers(value, *limits)
    if wrong is not None:
        return wrong
    sign = 1 if better == "higher" else -1
    if any(sign * after <= sign * before for before, after in pairwise(limits)):
        return Refused("bad_limits")
    return 1 + sum(sign * value >= sign * limit for limit in limits)


def recency_frequency_money(
    *,
    days_since: Amount,
    purchases: Amount,
    spent: Amount,
    day_limits: Sequence[Amount],
    purchase_limits: Sequence[Amount],
    money_limits: Sequence[Amount],
) -> Scores | Refused:
    """Return the scores of a customer by declared limits.

    *days_since* the last purchase (fewer is better), *purchases* in the window and money *spent*
    are 0 or more; others are refused. *day_limits* fall, the other limits rise; on a limit counts
    as better. Source: A. Hughes, "Strategic database marketing" (1994).
    """
    wrong = below_zero(days_since, reason="negative_time") or below_zero(purchases)
    wrong = wrong or below_zero(spent, reason="negative_amount")
    if wrong is not None:
        return wrong
    scores = (
        band_score(days_since, day_limits, better="lower"),
        band_score(purchases, purchase_limits, better="higher"),
        band_score(spent, money_limits, better="higher"),
    )
    numbers = []
    for score in scores:
        if isinstance(score, Refused):
            return score
        numbers.append(score)
    return Scores(*numbers)
