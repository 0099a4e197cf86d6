"""Erlang A: a queue in which people hang up, their patience exponential.

Source: C. Palm, "Research on telephone traffic carried by full availability groups" (1957);
A. Mandelbaum and S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue" (2007).

The birth and death chain is summed in closed form. A caller who finds all N agents busy with k
waiting is offered a wait of k + 1 steps, the one with i ahead at the rate N/h + iθ; summed over
the chain, the density of the offered wait is

    f(t) = p(N) · N/h · exp(λ/θ · (1 - exp(-θt)) - N/h · t)      (Baccelli and Hebuterne 1981)

and every figure is one integral of it. With v = θt, x = N/(hθ) and y = λ/θ the exponent is
counted down from its peak, so that no size of centre overflows.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from policyengine.erlang.arguments import (
    Number,
    Traffic,
    as_float,
    log_ratio,
    read_agents,
    read_mean_time,
    read_part,
    read_time,
    read_traffic,
)
from policyengine.erlang.delay import blocking
from policyengine.erlang.integral import integrate
from policyengine.erlang.refusal import Refusal

_NOTHING = 50.0  # a curve that has fallen by exp(-50) adds nothing to twelve digits
_STEPS = 100
_PATIENCES = (1.0, 4.0, 16.0, 64.0)


@dataclass(frozen=True, slots=True)
class OfferedWait:
    """The shape of the offered wait, in mean patiences, its peak at 1.

    *peak* is where it is highest, 0 unless the queue is overloaded. Away from the peak by s it
    has fallen by the exponent *bend*·(exp(-s) - 1 + s) + *slope*·s.
    """

    peak: float
    bend: float
    slope: float

    def drop(self, away: float) -> float:
        """Return by which exponent it has fallen *away* from the peak, 0 or more."""
        return self.bend * _curvature(away) + self.slope * away

    def area(
        self, weight: Callable[[float], float], start: float = 0.0, end: float = math.inf
    ) -> float:
        """Return its integral from *start* to *end*, each wait weighed by *weight*."""
        left = max(start - self.peak, -self._reach(-1.0))
        right = min(end - self.peak, self._reach(1.0))
        # INVARIANT: an edge wherever the weight or the curve may turn, so that no panel is so wide
        # as to miss it: at the peak, and some patiences from it and from the beginning.
        turns = (0.0, *_PATIENCES, *(-far for far in _PATIENCES))
        turns += tuple(far - self.peak for far in _PATIENCES)
        edges = [left, *sorted(turn for turn in turns if left < turn < right), right]
        return integrate(
            lambda away: math.exp(-self.drop(away)) * weight(max(0.0, self.peak + away)), edges
        )

    def _reach(self, side: float) -> float:
        """Return how far to that *side* of the peak there is anything to count."""
        most = self.peak if side < 0 else 1.0
        while side > 0 and self.drop(most) < _NOTHING:
            most *= 2
        if self.drop(side * most) <= _NOTHING:
            return most
        least = 0.0
        for _ in range(_STEPS):
            middle = (least + most) / 2
            if self.drop(side * middle) < _NOTHING:
                least = middle
            else:
                most = middle
        return most


@dataclass(frozen=True, slots=True)
class ImpatientQueue:
    """A steady queue in which callers hang up when their patience ends.

    *load* is in erlangs, *handling* and *patience* are means in seconds. *waiting* is the share of
    callers who do not get an agent at once, *abandoned* the share who hang up. *offered* and
    *front* are the shape and the scale of the offered wait. Made by `impatient_queue`.
    """

    load: Fraction
    agents: int
    handling: Fraction
    patience: Fraction
    waiting: float
    abandoned: float
    offered: OfferedWait
    front: float

    @property
    def mean_wait(self) -> float:
        """The mean wait in seconds over all callers, hung up or not."""
        return self.abandoned * as_float(self.patience)

    @property
    def mean_queue(self) -> float:
        """The mean number of callers who wait."""
        return as_float(self.load / self.handling) * self.mean_wait

    @property
    def occupancy(self) -> float:
        """The share of their time for which agents are busy."""
        return as_float(self.load / self.agents) * (1.0 - self.abandoned)

    def answered_within(self, seconds: Number) -> float | Refusal:
        """Return the share of all callers who are answered within *seconds*.

        Those who do not wait, and those who reach the front in time before they hang up.
        *seconds* is 0 or more; a time below 0 is refused.
        """
        limit = read_time(seconds)
        if isinstance(limit, Refusal):
            return limit
        end = as_float(limit / self.patience)
        reached = self.front * self.offered.area(lambda wait: math.exp(-wait), end=end)
        return min(1.0, max(0.0, 1.0 - self.waiting) + reached)

    def wait_quantile(self, share: Number) -> float | Refusal:
        """Return the offered wait in seconds that *share* of callers would not exceed.

        The wait of a caller who would not hang up. *share* is from 0 to less than 1; others are
        refused. It is 0 where that share does not wait at all.
        """
        part = read_part(share)
        if isinstance(part, Refusal):
            return part
        rest = as_float(1 - part)
        if self.waiting <= rest:
            return 0.0
        least, most = 0.0, 1.0
        while self._longer_than(most) > rest:
            least, most = most, most * 2
        for _ in range(_STEPS):
            middle = (least + most) / 2
            if not least < middle < most:
                break
            if self._longer_than(middle) > rest:
                least = middle
            else:
                most = middle
        return most * as_float(self.patience)

    def _longer_than(self, patiences: float) -> float:
        return self.front * self.offered.area(lambda _: 1.0, start=patiences)


def impatient_queue(
    *,
    calls: Number,
    interval: Number,
    handling: Number | None,
    agents: Number,
    patience: Number | None,
) -> ImpatientQueue | Refusal:
    """Return the steady state of a queue in which people hang up (Palm 1957).

    *calls* is the expected number in the interval, 0 or more; *interval* and the means *handling*
    and *patience* are seconds above 0; *agents* is a whole number from 1. It is steady with any
    number of agents. Anything else is refused.
    """
    traffic = read_traffic(calls, interval, handling)
    if isinstance(traffic, Refusal):
        return traffic
    number = read_agents(agents)
    if isinstance(number, Refusal):
        return number
    mean = read_mean_time(patience, "unknown_patience")
    if isinstance(mean, Refusal):
        return mean
    return steady_state(traffic, number, mean)


def steady_state(traffic: Traffic, agents: int, patience: Fraction) -> ImpatientQueue:
    """Return the queue of *traffic* on *agents* with a mean *patience* in seconds."""
    load = traffic.load
    served = agents * patience / traffic.handling
    if load > agents:
        offered = OfferedWait(log_ratio(load, Fraction(agents)), as_float(served), 0.0)
    else:
        called = traffic.rate * patience
        offered = OfferedWait(0.0, as_float(called), as_float(served - called))
    blocked = blocking(as_float(load), agents)
    area = as_float(served) * offered.area(lambda _: 1.0)
    at_once = math.exp(-offered.drop(-offered.peak)) * (1.0 - blocked)
    # INVARIANT: the chance of n callers, all scaled alike, is `blocked` by `area` from N on and
    # `at_once` below N.
    total = blocked * area + at_once
    front = as_float(served) * blocked / total
    gone = front * offered.area(lambda wait: -math.expm1(-wait))
    return ImpatientQueue(
        load,
        agents,
        traffic.handling,
        patience,
        waiting=min(1.0, blocked * area / total),
        abandoned=min(1.0, gone),
        offered=offered,
        front=front,
    )


def _curvature(away: float) -> float:
    """Return exp(-s) - 1 + s for s = *away*, without loss where s is small."""
    if abs(away) > 0.5:
        return math.expm1(-away) + away
    term = away * away / 2
    total = term
    for power in range(3, 20):
        term *= -away / power
        total += term
    return total
