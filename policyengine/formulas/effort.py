"""What a matter costs the customer: effort in steps, and time."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policyengine.facts import Refused
from policyengine.formulas.refusals import Amount, below_zero

COUNTS = ("previous_contacts", "transfers", "explained_again", "channel_switches")


@dataclass(frozen=True, slots=True)
class Effort:
    """What a customer went through on one issue: *least* so much; more if counts are *missing*."""

    least: Decimal
    missing: tuple[str, ...]

    def against(self, cap: Amount) -> Literal["over", "within", "unknown"]:
        """Return whether the effort is over *cap*; over stays over, whatever is missing."""
        if self.least > cap:
            return "over"
        return "unknown" if self.missing else "within"


def effort(
    *,
    previous_contacts: Amount | None,
    transfers: Amount | None,
    explained_again: Amount | None,
    channel_switches: Amount | None,
    weights: tuple[Amount, Amount, Amount, Amount] = (1, 1, 1, 1),
) -> Effort | Refused:
    """Return the effort of a customer on one issue, in steps.

    The sum of previous contacts on the issue, transfers, times explained again and channel
    switches, each by its weight in *weights*. Counts and weights are 0 or more; others are
    refused. A missing count leaves a lower bound, unless its weight is 0.
    """
    counts = (previous_contacts, transfers, explained_again, channel_switches)
    wrong = below_zero(*counts) or below_zero(*weights, reason="negative_amount")
    if wrong is not None:
        return wrong
    least = Decimal(0)
    missing = []
    for name, count, weight in zip(COUNTS, counts, weights, strict=True):
        if count is not None:
            least += Decimal(count) * weight
        elif weight > 0:
            missing.append(name)
    return Effort(least, tuple(missing))


def customer_time(*, interactions: Amount, minutes_each: Amount) -> Decimal | Refused:
    """Return the minutes a matter takes a customer: *interactions* by *minutes_each*.

    Both are 0 or more; others are refused.
    """
    wrong = below_zero(interactions) or below_zero(minutes_each, reason="negative_time")
    return wrong if wrong is not None else Decimal(interactions) * minutes_each
