"""Measures of a queue by the name of their variant, counted from what happened.

There is no agreed treatment of calls abandoned after a few seconds, so each variant has a name.
Times are in one unit, counts are 0 or more; what was not counted is left out, and refused by its
name where it is needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero, ratio

IN_TIME: Mapping[str, tuple[str, ...]] = {
    "of_offered": ("answered_in_time", "offered"),
    "of_answered": ("answered_in_time", "answered"),
    "short_abandons_kept": ("answered_in_time", "offered", "abandoned_in_time"),
    "short_abandons_left_out": ("answered_in_time", "offered", "abandoned_in_time"),
}
ABANDONMENT: Mapping[str, tuple[str, ...]] = {
    "all": ("abandoned", "offered"),
    "without_short": ("abandoned", "offered", "abandoned_short"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The calls of a window: offered to the queue, answered and abandoned, and when.

    *answered_in_time* and *abandoned_in_time* count those within the time of the promise;
    *abandoned_short* those within the declared few seconds.
    """

    offered: Amount | None = None
    answered: Amount | None = None
    answered_in_time: Amount | None = None
    abandoned: Amount | None = None
    abandoned_in_time: Amount | None = None
    abandoned_short: Amount | None = None


def in_time(calls: Calls, variant: str) -> Decimal | Refused:
    """Return the share of *calls* in time (the level of service), by *variant*.

    `of_offered`: answered in time ÷ offered; `of_answered`: ÷ answered; `short_abandons_kept`:
    (answered + abandoned in time) ÷ offered; `short_abandons_left_out`: answered in time ÷
    (offered - abandoned in time). Refused without calls to divide by, or where counts
    contradict each other.
    """
    if variant not in IN_TIME:
        return Refused("unknown_variant")
    counts = _counts(calls, IN_TIME[variant])
    if isinstance(counts, Refused):
        return counts
    part, whole, left = (*counts, Decimal(0))[:3]
    if variant == "short_abandons_kept":
        return ratio(part + left, whole, reason="no_calls")
    return ratio(part, whole - left, reason="no_calls")


def abandonment(calls: Calls, variant: str) -> Decimal | Refused:
    """Return the share of *calls* abandoned, by *variant*.

    `all`: abandoned ÷ offered to the queue; `without_short`: short ones left out of both. Calls
    that ended in self-service are not offered. Refused without calls to divide by.
    """
    if variant not in ABANDONMENT:
        return Refused("unknown_variant")
    counts = _counts(calls, ABANDONMENT[variant])
    if isinstance(counts, Refused):
        return counts
    part, whole, short = (*counts, Decimal(0))[:3]
    return ratio(part - short, whole - short, reason="no_calls")


def speed_of_answer(*, waits_of_answered: Amount, answered: Amount) -> Decimal | Refused:
    """Return the mean wait of answered calls (ASA): the sum of *their* waits over their number.

    *waits_of_answered* is a time, 0 or more. The waits of those who hung up do not count, nor do
    they. Refused without answered calls.
    """
    return _mean(waits_of_answered, answered)


def handling_time(
    *, talk: Amount, hold: Amount, wrap_up: Amount, handled: Amount
) -> Decimal | Refused:
    """Return the mean handling time (AHT): (*talk* + *hold* + *wrap_up*) ÷ *handled*.

    The first three are sums of times, 0 or more. Refused without handled contacts.
    """
    wrong = below_zero(talk, hold, wrap_up, reason="negative_time")
    return wrong if wrong is not None else _mean(Decimal(talk) + hold + wrap_up, handled)


def occupancy(*, busy: Amount, available: Amount) -> Decimal | Refused:
    """Return the share of contact time for which people are busy: *busy* ÷ (*busy* + *available*).

    Both are times, 0 or more; refused where both are 0.
    """
    wrong = below_zero(busy, available, reason="negative_time")
    return wrong if wrong is not None else ratio(busy, Decimal(busy) + available)


def part_of_paid_time(*, part: Amount, paid: Amount) -> Decimal | Refused:
    """Return *part* ÷ *paid*: for busy time it is utilisation, for time away shrinkage.

    Both are times, 0 or more; a part larger than the paid time is refused.
    """
    wrong = below_zero(part, paid, reason="negative_time")
    if wrong is not None:
        return wrong
    return Refused("contradicting_counts") if part > paid else ratio(part, paid)


def _mean(total: Amount, number: Amount) -> Decimal | Refused:
    wrong = below_zero(total, reason="negative_time") or below_zero(number)
    return wrong if wrong is not None else ratio(total, number, reason="no_calls")


def _counts(calls: Calls, needed: tuple[str, ...]) -> tuple[Decimal, ...] | Refused:
    """Return the *needed* counts in that order, if the counts of *calls* agree."""
    given: dict[str, Amount] = {
        count.name: amount
        for count in fields(calls)
        if (amount := getattr(calls, count.name)) is not None
    }
    wrong = below_zero(*given.values())
    if wrong is not None:
        return wrong
    for name in needed:
        if name not in given:
            return Refused(f"missing_{name}")
    parts = (
        ("answered_in_time", "answered"),
        ("abandoned_in_time", "abandoned"),
        ("abandoned_short", "abandoned"),
        ("answered", "offered"),
        ("abandoned", "offered"),
        ("answered_in_time", "offered"),
        ("abandoned_in_time", "offered"),
    )
    for part, whole in parts:
        if part in given and whole in given and given[part] > given[whole]:
            return Refused("contradicting_counts")
    for answered, gone in (
        ("answered", "abandoned"),
        ("answered_in_time", "abandoned_in_time"),
    ):
        over = given.get(answered, 0) + given.get(gone, 0)
        if "offered" in given and over > given["offered"]:
            return Refused("contradicting_counts")
    return tuple(Decimal(given[name]) for name in needed)
