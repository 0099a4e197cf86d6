"""Erlang C: a queue in which nobody hangs up.

Source: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
automatic telephone exchanges" (1917). It overstates the staff where people do hang up.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from policyengine.erlang.arguments import (
    Number,
    as_float,
    read_agents,
    read_part,
    read_time,
    read_traffic,
)
from policyengine.erlang.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PatientQueue:
    """A steady queue in which everybody waits until served.

    *load* is in erlangs and below *agents*, *handling* is the mean handling time in seconds,
    *waiting* the share of callers who wait at all. Made by `patient_queue`.
    """

    load: Fraction
    agents: int
    handling: Fraction
    waiting: float

    @property
    def mean_wait_of_waiting(self) -> float:
        """The mean wait in seconds of those who wait: handling over spare agents."""
        return as_float(self.handling / (self.agents - self.load))

    @property
    def mean_wait(self) -> float:
        """The mean wait in seconds over all callers (ASA)."""
        return self.waiting * self.mean_wait_of_waiting

    @property
    def mean_queue(self) -> float:
        """The mean number of callers who wait."""
        return self.waiting * as_float(self.load / (self.agents - self.load))

    @property
    def occupancy(self) -> float:
        """The share of their time for which agents are busy."""
        return as_float(self.load / self.agents)

    def answered_within(self, seconds: Number) -> float | Refusal:
        """Return the share of callers answered within *seconds*: the level of service.

        *seconds* is 0 or more; a time below 0 is refused.
        """
        limit = read_time(seconds)
        if isinstance(limit, Refusal):
            return limit
        return 1.0 - missed(self.waiting, self.agents - self.load, limit / self.handling)

    def wait_quantile(self, share: Number) -> float | Refusal:
        """Return the wait in seconds that *share* of all callers do not exceed.

        *share* is from 0 to less than 1; others are refused. It is 0 where that share does not
        wait at all.
        """
        part = read_part(share)
        if isinstance(part, Refusal):
            return part
        over = self.waiting / as_float(1 - part)
        return 0.0 if over <= 1 else self.mean_wait_of_waiting * math.log(over)


def offered_load(*, calls: Number, interval: Number, handling: Number | None) -> Fraction | Refusal:
    """Return the offered load in erlangs, exactly: *calls* by *handling* over *interval*.

    *calls* is the expected number in the interval, 0 or more; *interval* and *handling* are
    seconds above 0. Anything else is refused.
    """
    traffic = read_traffic(calls, interval, handling)
    return traffic if isinstance(traffic, Refusal) else traffic.load


def patient_queue(
    *, calls: Number, interval: Number, handling: Number | None, agents: Number
) -> PatientQueue | Refusal:
    """Return the steady state of a queue in which nobody hangs up (Erlang 1917).

    *calls* is the expected number in the interval, 0 or more; *interval* and the mean *handling*
    time are seconds above 0; *agents* is a whole number from 1. With no more agents than erlangs
    it is refused as unbounded. Without calls nobody waits.
    """
    traffic = read_traffic(calls, interval, handling)
    if isinstance(traffic, Refusal):
        return traffic
    number = read_agents(agents)
    if isinstance(number, Refusal):
        return number
    if number <= traffic.load:
        return Refusal("unbounded")
    load = as_float(traffic.load)
    waiting = waiting_share(load, number - traffic.load, number, blocking(load, number))
    return PatientQueue(traffic.load, number, traffic.handling, waiting)


def blocking(load: float, agents: int) -> float:
    """Return the Erlang B share for *load* erlangs on *agents*, by the stable recursion.

    B(0) = 1 and B(n) = A·B(n-1) ÷ (n + A·B(n-1)); both arguments are 0 or more.
    """
    blocked = 1.0
    for count in range(1, agents + 1):
        offered = load * blocked
        blocked = offered / (count + offered)
    return blocked


def waiting_share(load: float, spare: Fraction, agents: int, blocked: float) -> float:
    """Return the share of callers who wait, from the Erlang B share *blocked*.

    *spare* is the agents less the load, above 0 and exact, so that a nearly full queue is
    not lost in rounding.
    """
    return agents * blocked / (as_float(spare) + load * blocked)


def missed(waiting: float, spare: Fraction, handlings: Fraction) -> float:
    """Return the share who wait longer than *handlings* mean handling times."""
    return waiting * math.exp(-as_float(spare * handlings))
