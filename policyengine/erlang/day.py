"""A day in intervals: what each takes to keep a promise, and what those who are there give."""

from dataclasses import dataclass
from fractions import Fraction

from policyengine.erlang.abandonment import ImpatientQueue
from policyengine.erlang.arguments import Number, read_traffic
from policyengine.erlang.delay import PatientQueue
from policyengine.erlang.refusal import Refusal
from policyengine.erlang.staffing import (
    Promise,
    agents_needed,
    check_promise,
    rostered,
    steady_queue,
)

_HOLDS_FOR = (
    "calls that come at random, a state that is steady within the interval, one skill, and first "
    "come first served"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is expected in one interval, and who is there for it.

    *calls* in *interval* seconds, each taking *handling* seconds on average; *agents* and the
    mean *patience* are left out where nobody asks, and anything that is not known is nothing.
    *name* is what people call the interval.
    """

    calls: Number | None
    interval: Number
    handling: Number | None
    agents: Number | None = None
    patience: Number | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised, *target* of calls *within* seconds, and on which terms agents work.

    They are busy *max_occupancy* of their time at most, and away for *shrinkage* of their paid
    time.
    """

    target: Number
    within: Number
    max_occupancy: Number = 1
    shrinkage: Number | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """What one interval takes, and what its agents give.

    *needed* and *rostered* keep the promise; *promise* says whether those who are there do, and
    *queue* is what callers meet. What was not asked is nothing.
    """

    demand: Demand
    load: Fraction | Refusal
    needed: int | Refusal | None
    rostered: int | Refusal | None
    promise: Promise | Refusal | None
    queue: PatientQueue | ImpatientQueue | Refusal | None

    @property
    def short(self) -> int | None:
        """How many agents are needed beyond those who are there; nothing where nobody can tell."""
        if not isinstance(self.promise, Promise):
            return None
        return max(0, self.promise.needed - self.promise.agents)


def staff(demand: Demand, terms: Terms | None = None) -> Staffing:
    """Return what the interval of *demand* takes on *terms*, and what its agents give.

    By Erlang A where a patience is known, else by Erlang C. Units, ranges and refusals are those
    of `agents_needed`, `check_promise` and `rostered`.
    """
    if demand.calls is None:
        unknown = Refusal("unknown_calls")
        return Staffing(
            demand,
            unknown,
            None if terms is None else unknown,
            None if terms is None or terms.shrinkage is None else unknown,
            None if terms is None or demand.agents is None else unknown,
            None if demand.agents is None else unknown,
        )
    traffic = read_traffic(demand.calls, demand.interval, demand.handling)
    load = traffic if isinstance(traffic, Refusal) else traffic.load
    needed, on_roster = (None, None) if terms is None else _needed(demand, demand.calls, terms)
    promise = queue = None
    if demand.agents is not None:
        queue = steady_queue(
            calls=demand.calls,
            interval=demand.interval,
            handling=demand.handling,
            agents=demand.agents,
            patience=demand.patience,
        )
        promise = None if terms is None else _promise(demand, demand.calls, demand.agents, terms)
    return Staffing(demand, load, needed, on_roster, promise, queue)


def caveat(*, patience: bool) -> str:
    """Return what the figures hold for: Erlang A with *patience*, else Erlang C."""
    if patience:
        return (
            f"by Erlang A, which holds for {_HOLDS_FOR}; each caller is taken to hang up at any "
            "moment with the same chance"
        )
    return (
        f"by Erlang C, which holds for {_HOLDS_FOR}; it takes it that nobody hangs up, and so "
        "overstates the staff where people do"
    )


def _needed(
    demand: Demand, calls: Number, terms: Terms
) -> tuple[int | Refusal, int | Refusal | None]:
    needed = agents_needed(
        calls=calls,
        interval=demand.interval,
        handling=demand.handling,
        target=terms.target,
        within=terms.within,
        max_occupancy=terms.max_occupancy,
        patience=demand.patience,
    )
    if terms.shrinkage is None:
        return needed, None
    return needed, needed if isinstance(needed, Refusal) else rostered(needed, terms.shrinkage)


def _promise(demand: Demand, calls: Number, agents: Number, terms: Terms) -> Promise | Refusal:
    return check_promise(
        calls=calls,
        interval=demand.interval,
        handling=demand.handling,
        agents=agents,
        target=terms.target,
        within=terms.within,
        max_occupancy=terms.max_occupancy,
        patience=demand.patience,
    )
