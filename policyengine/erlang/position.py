"""The wait of a caller at a known place in the queue, and what to announce.

All agents are busy and so many are ahead, first come first served. Source: W. Whitt, "Predicting
queueing delays" (1999): each step towards the front is exponential, N/h where nobody hangs up,
N/h + iθ with i ahead where people do.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from policyengine.erlang.arguments import (
    Number,
    as_float,
    read_agents,
    read_count,
    read_mean_time,
    read_part,
    read_time,
    read_whole,
)
from policyengine.erlang.refusal import Refusal

_STEPS = 200
_LARGE = 1e200


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a queue: how many are *ahead* of a caller while all *agents* are busy.

    *handling* and *patience* are means in seconds; without *patience* nobody hangs up. Made by
    `place_in_queue`.
    """

    ahead: int
    agents: int
    handling: Fraction
    patience: Fraction | None

    @property
    def mean_wait(self) -> float:
        """The mean wait in seconds of a caller who does not hang up."""
        return self._mean(0)

    @property
    def mean_wait_of_served(self) -> float:
        """The mean wait in seconds of callers at this place who are served."""
        return self._mean(1)

    @property
    def served(self) -> float:
        """The share of callers at this place who are served before they hang up."""
        if self.patience is None:
            return 1.0
        steps = self.agents * self.patience / self.handling
        return as_float(steps / (steps + self.ahead + 1))

    def wait_quantile(self, share: Number, *, of_served: bool = False) -> float | Refusal:
        """Return the wait in seconds that *share* of callers at this place do not exceed.

        Of callers who do not hang up, or *of_served* ones. *share* is from 0 to less than 1;
        others are refused. By halving: the wait exceeds t as long as no more than *ahead* have
        left the front, a Poisson number, or a negative binomial one where people hang up.
        """
        part = read_part(share)
        if isinstance(part, Refusal):
            return part
        if part == 0:
            return 0.0
        rest = as_float(1 - part)
        unit = as_float(self.patience or self.handling / self.agents)
        least, most = 0.0, self.mean_wait / unit
        while self._longer_than(most, int(of_served)) > rest:
            least, most = most, most * 2
        for _ in range(_STEPS):
            middle = (least + most) / 2
            if not least < middle < most or most - least <= 1e-14 * most:
                break
            if self._longer_than(middle, int(of_served)) > rest:
                least = middle
            else:
                most = middle
        return most * unit

    def _mean(self, leavers: int) -> float:
        """Return the mean with *leavers* more who may hang up at each step."""
        if self.patience is None:
            return as_float((self.ahead + 1) * self.handling / self.agents)
        steps = as_float(self.agents * self.patience / self.handling)
        unit = as_float(self.patience)
        return math.fsum(unit / (steps + leavers + step) for step in range(self.ahead + 1))

    def _longer_than(self, units: float, leavers: int) -> float:
        """Return the chance of a wait of more than *units*: patiences, or else steps."""
        if self.patience is None:
            return _at_most(self.ahead, units, units, 0.0)
        steps = as_float(self.agents * self.patience / self.handling) + leavers
        gone = -math.expm1(-units)
        return _at_most(self.ahead, steps * units, gone * steps, gone)


def place_in_queue(
    *,
    ahead: Number,
    agents: Number,
    handling: Number | None,
    patience: Number | None = None,
    observations: Number | None = None,
    at_least: Number = 0,
) -> Place | Refusal:
    """Return the place of a caller with so many *ahead* (Whitt 1999).

    *ahead* is a whole number from 0, *agents* from 1; the means *handling* and *patience* are
    seconds above 0, and without *patience* nobody hangs up. *observations* is how many calls the
    mean handling time rests on: fewer than *at_least* are refused as too few. Anything else
    outside is refused.
    """
    waiting = read_whole(ahead)
    if isinstance(waiting, Refusal):
        return waiting
    number = read_agents(agents)
    if isinstance(number, Refusal):
        return number
    mean = read_mean_time(handling, "unknown_handling")
    if isinstance(mean, Refusal):
        return mean
    if observations is not None:
        seen, needed = read_count(observations), read_count(at_least)
        if isinstance(seen, Refusal):
            return seen
        if isinstance(needed, Refusal):
            return needed
        if seen < needed:
            return Refusal("too_few")
    if patience is None:
        return Place(waiting, number, mean, None)
    limit = read_mean_time(patience, "unknown_patience")
    return limit if isinstance(limit, Refusal) else Place(waiting, number, mean, limit)


def announced_minutes(mean: Number, upper: Number) -> tuple[int, int] | Refusal:
    """Return the range to announce, from the *mean* to the *upper* wait, each rounded up.

    Both are seconds, 0 or more; others are refused. 108 s and 167 s are 2 to 3 minutes.
    """
    low, high = read_time(mean), read_time(upper)
    if isinstance(low, Refusal):
        return low
    if isinstance(high, Refusal):
        return high
    return math.ceil(low / 60), math.ceil(max(low, high) / 60)


def announcement(minutes: tuple[int, int]) -> str:
    """Return the range of *minutes* as it is announced, such as 2 to 3 minutes with a dash."""
    low, high = minutes
    if low == high:
        return f"{high} minute{'' if high == 1 else 's'}"
    return f"{low}\N{EN DASH}{high} minutes"


def place_caveat(place: Place) -> str:
    """Return what the figures of *place* hold for."""
    patience = (
        "nobody hangs up" if place.patience is None else "callers hang up at any moment alike"
    )
    return (
        f"it holds while these agents are all busy, calls are taken in turn, and {patience}; "
        "handling times vary, so announce a range and not a moment"
    )


def _at_most(most: int, mean: float, first: float, growth: float) -> float:
    """Return the chance of at most *most* events.

    The chance of none is exp(-*mean*), that of j + 1 events (*first* + *growth*·j) ÷ (j + 1)
    times that of j: Poisson without growth, negative binomial with it.
    """
    term = total = 1.0
    shift = -mean
    for count in range(most):
        term *= (first + growth * count) / (count + 1)
        total += term
        if total > _LARGE:
            term, total, shift = term / total, 1.0, shift + math.log(total)
    return min(1.0, math.exp(min(0.0, shift + math.log(total))))
