"""Staffing: how many agents a promise takes, and whether those who are there keep it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from policyengine.erlang.abandonment import ImpatientQueue, impatient_queue, steady_state
from policyengine.erlang.arguments import (
    MOST_AGENTS,
    Number,
    Traffic,
    as_float,
    read_mean_time,
    read_part,
    read_share,
    read_time,
    read_traffic,
    read_whole,
)
from policyengine.erlang.delay import PatientQueue, blocking, missed, patient_queue, waiting_share
from policyengine.erlang.refusal import Refusal, refusal_text

_ROUNDING = 1e-12  # a promise missed by less than the rounding of floats is kept


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise against staffing: *target* of callers answered within *within* seconds.

    *level* is what *agents* give, or why that cannot be said; *needed* the agents it takes when
    they are busy *cap* of their time at most. *occupancy* is how busy those are who are there.
    """

    agents: int
    target: Fraction
    within: Fraction
    level: float | Refusal
    needed: int
    occupancy: float | Refusal
    cap: Fraction = Fraction(1)

    @property
    def met(self) -> bool:
        """Whether the agents who are there keep the promise."""
        return self.agents >= self.needed


def agents_needed(
    *,
    calls: Number,
    interval: Number,
    handling: Number | None,
    target: Number,
    within: Number,
    max_occupancy: Number = 1,
    patience: Number | None = None,
) -> int | Refusal:
    """Return the least number of agents who answer *target* of callers *within* so many seconds.

    By Erlang C, more agents than erlangs at least; with a mean *patience* in seconds by Erlang A.
    *calls* is 0 or more, *interval* and *handling* are seconds above 0, *within* 0 or more.
    *target* is a share below 1: all of them is refused as unreachable. *max_occupancy* is above
    0, at most 1. Without calls it is one agent. More than `MOST_AGENTS` are refused.
    """
    traffic = read_traffic(calls, interval, handling)
    if isinstance(traffic, Refusal):
        return traffic
    share = _read_target(target)
    if isinstance(share, Refusal):
        return share
    limit = read_time(within)
    if isinstance(limit, Refusal):
        return limit
    cap = read_share(max_occupancy)
    if isinstance(cap, Refusal):
        return cap
    if cap == 0:
        return Refusal("bad_share")
    if patience is None:
        return _needed_by_c(traffic, share, limit, cap)
    mean = read_mean_time(patience, "unknown_patience")
    return mean if isinstance(mean, Refusal) else _needed_by_a(traffic, share, limit, cap, mean)


def rostered(agents: Number, shrinkage: Number) -> int | Refusal:
    """Return how many to roster so that *agents* are there: *agents* ÷ (1 - *shrinkage*), up.

    *agents* is a whole number from 0; *shrinkage* a share from 0 to less than 1, the part of paid
    time that people are away from contact. Others are refused. Counted exactly: 21 at 30 % is 30.
    """
    number = read_whole(agents)
    if isinstance(number, Refusal):
        return number
    away = read_part(shrinkage)
    if isinstance(away, Refusal):
        return away
    return math.ceil(number / (1 - away))


def check_promise(
    *,
    calls: Number,
    interval: Number,
    handling: Number | None,
    agents: Number,
    target: Number,
    within: Number,
    max_occupancy: Number = 1,
    patience: Number | None = None,
) -> Promise | Refusal:
    """Return whether *agents* answer *target* of callers *within* so many seconds.

    Arguments as in `agents_needed`, of which *max_occupancy* may ask for more agents than the
    promise itself; *agents* is a whole number from 0. Where the queue grows
    without end, or nobody is there, the promise is not met and its level says why.
    """
    needed = agents_needed(
        calls=calls,
        interval=interval,
        handling=handling,
        target=target,
        within=within,
        max_occupancy=max_occupancy,
        patience=patience,
    )
    if isinstance(needed, Refusal):
        return needed
    number, share, limit = read_whole(agents), _read_target(target), read_time(within)
    if isinstance(number, Refusal):
        return number
    cap = read_share(max_occupancy)
    assert isinstance(share, Fraction)
    assert isinstance(limit, Fraction)
    assert isinstance(cap, Fraction)
    queue = steady_queue(
        calls=calls, interval=interval, handling=handling, agents=number, patience=patience
    )
    if isinstance(queue, Refusal):
        return Promise(number, share, limit, queue, needed, queue, cap)
    level = queue.answered_within(limit)
    return Promise(number, share, limit, level, needed, queue.occupancy, cap)


def steady_queue(
    *,
    calls: Number,
    interval: Number,
    handling: Number | None,
    agents: Number,
    patience: Number | None = None,
) -> PatientQueue | ImpatientQueue | Refusal:
    """Return the steady state of a queue: by Erlang A with a mean *patience*, else by Erlang C.

    Arguments and refusals as in `impatient_queue` and `patient_queue`.
    """
    if patience is None:
        return patient_queue(calls=calls, interval=interval, handling=handling, agents=agents)
    return impatient_queue(
        calls=calls, interval=interval, handling=handling, agents=agents, patience=patience
    )


def promise_text(promise: Promise) -> str:
    """Return *promise* in a sentence: "13 agents give 79.6 %, the promise is 80 %; 14 needed"."""
    who = "1 agent gives" if promise.agents == 1 else f"{promise.agents} agents give"
    end = "met" if promise.met else f"{promise.needed} needed"
    wanted = _plain(as_float(promise.target * 100))
    if isinstance(promise.level, Refusal):
        return f"{refusal_text(promise.level.reason)}; the promise is {wanted} %; {end}"
    keeps = promise.met or promise.level >= as_float(promise.target) - _ROUNDING
    given = _plain(promise.level * 100, apart_from=None if keeps else wanted)
    busy = "" if promise.met or not keeps else _too_busy(promise)
    return f"{who} {given} %, the promise is {wanted} %{busy}; {end}"


def _too_busy(promise: Promise) -> str:
    assert isinstance(promise.occupancy, float)
    most = _plain(as_float(promise.cap * 100))
    busy = _plain(promise.occupancy * 100, apart_from=most)
    return f", but they are busy for {busy} % of their time, more than {most} %"


def _read_target(target: Number) -> Fraction | Refusal:
    share = read_share(target)
    return Refusal("target_unreachable") if share == 1 else share


def _needed_by_c(
    traffic: Traffic, target: Fraction, within: Fraction, cap: Fraction
) -> int | Refusal:
    load = as_float(traffic.load)
    least = max(math.floor(traffic.load) + 1, math.ceil(traffic.load / cap))
    if least > MOST_AGENTS:
        return Refusal("out_of_range")
    allowed = as_float(1 - target) + _ROUNDING
    handlings = within / traffic.handling
    blocked = blocking(load, least - 1)
    for agents in range(least, MOST_AGENTS + 1):
        blocked = load * blocked / (agents + load * blocked)
        spare = agents - traffic.load
        if missed(waiting_share(load, spare, agents, blocked), spare, handlings) <= allowed:
            return agents
    return Refusal("out_of_range")


def _needed_by_a(
    traffic: Traffic, target: Fraction, within: Fraction, cap: Fraction, patience: Fraction
) -> int | Refusal:
    def enough(agents: int) -> bool:
        level = steady_state(traffic, agents, patience).answered_within(within)
        assert isinstance(level, float)
        return level >= as_float(target) - _ROUNDING

    agents = _least(enough)
    while isinstance(agents, int):
        occupancy = steady_state(traffic, agents, patience).occupancy
        if occupancy <= as_float(cap) + _ROUNDING:
            return agents
        # INVARIANT: none in between will do, for with more agents no fewer of them are busy.
        busy = agents * occupancy * (1 - _ROUNDING)
        agents = _within_range(max(agents + 1, math.ceil(busy / as_float(cap))))
    return agents


def _within_range(agents: int) -> int | Refusal:
    return agents if agents <= MOST_AGENTS else Refusal("out_of_range")


def _least(enough: Callable[[int], bool]) -> int | Refusal:
    """Return the least number of agents that is *enough*, as all larger numbers are."""
    too_few, most = 0, 1
    while not enough(most):
        if most == MOST_AGENTS:
            return Refusal("out_of_range")
        too_few, most = most, min(2 * most, MOST_AGENTS)
    while most - too_few > 1:
        middle = (too_few + most) // 2
        if enough(middle):
            most = middle
        else:
            too_few = middle
    return most


def _plain(percent: float, *, apart_from: str | None = None) -> str:
    """Return *percent* with one decimal, or as many as set it *apart_from* another."""
    for digits in range(1, 7):
        text = f"{percent:.{digits}f}".rstrip("0").rstrip(".")
        if text != apart_from:
            return text
    return text
