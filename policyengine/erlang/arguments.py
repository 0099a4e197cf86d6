"""Reading what the formulas are given: exact numbers, checked before anything is computed.

Numbers are kept exact, so that ten agents for ten erlangs are seen as too few, and 21 agents at
30 % shrinkage are 30. A binary float is read by its shortest text.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policyengine.erlang.refusal import Refusal

Number = float | Decimal | Fraction

MOST_AGENTS = 100_000
_MOST = 10**12
_LEAST_TIME = Fraction(1, 10**9)
_LEAST_REST = Fraction(1, 10**12)
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Traffic:
    """What comes in: calls per second (*rate*) of a mean *handling* time in seconds."""

    rate: Fraction
    handling: Fraction

    @property
    def load(self) -> Fraction:
        """The offered load in erlangs: the agents that would be busy if nobody waited."""
        return self.rate * self.handling


def read_number(number: Number) -> Fraction | Refusal:
    """Return *number* exactly; refuse what is no number or beyond 10 to the power of 12."""
    if isinstance(number, Fraction | int):
        exact = Fraction(number)
    else:
        decimal = number if isinstance(number, Decimal) else Decimal(str(number))
        if not decimal.is_finite():
            return Refusal("not_a_number")
        if decimal and abs(decimal.adjusted()) > _DIGITS:
            # INVARIANT: nothing is made a fraction of millions of digits. Tiny shares are nothing.
            return Refusal("out_of_range") if decimal.adjusted() > 0 else Fraction(0)
        exact = Fraction(decimal)
    return exact if abs(exact) <= _MOST else Refusal("out_of_range")


def read_count(number: Number) -> Fraction | Refusal:
    """Return *number* if it is a count of 0 or more; a forecast need not be whole."""
    exact = read_number(number)
    if isinstance(exact, Fraction) and exact < 0:
        return Refusal("negative_count")
    return exact


def read_whole(number: Number) -> int | Refusal:
    """Return *number* if it is a whole number from 0 to `MOST_AGENTS`."""
    exact = read_count(number)
    if isinstance(exact, Refusal):
        return exact
    if exact.denominator != 1:
        return Refusal("not_whole")
    return int(exact) if exact <= MOST_AGENTS else Refusal("out_of_range")


def read_agents(number: Number) -> int | Refusal:
    """Return *number* if it is a whole number of agents, at least one."""
    whole = read_whole(number)
    return Refusal("no_agents") if whole == 0 else whole


def read_time(number: Number) -> Fraction | Refusal:
    """Return *number* if it is a time of 0 seconds or more."""
    exact = read_number(number)
    if isinstance(exact, Fraction) and exact < 0:
        return Refusal("negative_time")
    return exact


def read_mean_time(number: Number | None, unknown: str) -> Fraction | Refusal:
    """Return *number* if it is a time above 0 seconds; refuse with the word *unknown* otherwise."""
    if number is None:
        return Refusal(unknown)
    exact = read_number(number)
    if isinstance(exact, Refusal):
        return exact
    if exact <= 0:
        return Refusal(unknown)
    return exact if exact >= _LEAST_TIME else Refusal("out_of_range")


def read_share(number: Number) -> Fraction | Refusal:
    """Return *number* if it is a share from 0 to 1, both included."""
    exact = read_number(number)
    if isinstance(exact, Fraction) and not 0 <= exact <= 1:
        return Refusal("bad_share")
    return exact


def read_part(number: Number) -> Fraction | Refusal:
    """Return *number* if it is a share from 0 to less than 1, and not all but 1."""
    share = read_share(number)
    if share == 1:
        return Refusal("bad_share")
    if isinstance(share, Fraction) and 1 - share < _LEAST_REST:
        return Refusal("out_of_range")
    return share


def read_traffic(calls: Number, interval: Number, handling: Number | None) -> Traffic | Refusal:
    """Return the traffic of *calls* in *interval* seconds with a mean *handling* time."""
    count = read_count(calls)
    length = read_mean_time(interval, "unknown_interval")
    mean = read_mean_time(handling, "unknown_handling")
    for part in (count, length, mean):
        if isinstance(part, Refusal):
            return part
    assert isinstance(count, Fraction)
    assert isinstance(length, Fraction)
    assert isinstance(mean, Fraction)
    return Traffic(count / length, mean)


def as_float(exact: Fraction) -> float:
    """Return *exact* as a float, 0 where it is too small for one."""
    return exact.numerator / exact.denominator


def log_ratio(above: Fraction, below: Fraction) -> float:
    """Return the natural logarithm of *above* over *below*, exact where they are nearly equal."""
    ratio = above / below
    if Fraction(1, 2) < ratio < 2:
        return math.log1p(as_float(ratio - 1))
    return math.log(as_float(ratio))
