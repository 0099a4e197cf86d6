"""Waits and staffing: the wait at a known place, and queues by Erlang C and Erlang A."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from policyengine.computed.computation import Call, Function, Parameter
from policyengine.computed.figures import OBSERVATIONS
from policyengine.computed.rounding import estimate
from policyengine.computed.types import gives
from policyengine.erlang import (
    ImpatientQueue,
    Number,
    PatientQueue,
    Refusal,
    agents_needed,
    impatient_queue,
    patient_queue,
    place_in_queue,
    rostered,
)
from policyengine.facts import Refused
from policyengine.values import Kind, Value

_QUANTILES = {"p50": Decimal("0.5"), "p80": Decimal("0.8"), "p90": Decimal("0.9")}
_COUNT: tuple[Kind, ...] = ("integer", "number")
_SHARE: tuple[Kind, ...] = ("share", "number")


class _Waiting(Protocol):
    """What has a mean wait, and waits that a share of callers do not exceed."""

    @property
    def mean_wait(self) -> float: ...

    def wait_quantile(self, share: Number) -> float | Refusal: ...


def _wait(call: Call, waiting: _Waiting | Refusal) -> Value | Refused:
    """Return the mean wait or the quantile that *call* asks for, in seconds."""
    if isinstance(waiting, Refusal):
        return Refused(waiting.reason)
    part = _QUANTILES.get(call.word("quantile"))
    return _estimate(call, waiting.mean_wait if part is None else waiting.wait_quantile(part))


def _estimate(call: Call, figure: float | Refusal) -> Value | Refused:
    if isinstance(figure, Refusal):
        return Refused(figure.reason)
    return estimate(figure, call.computation.type)


def _position_wait(call: Call) -> Value | Refused:
    place = place_in_queue(
        ahead=call.number("ahead"),
        agents=call.number("agents"),
        handling=call.number("aht"),
        patience=call.optional("patience"),
        observations=call.optional("observations"),
        at_least=call.optional("least") or 0,
    )
    return _wait(call, place)


def _queue_c(call: Call) -> PatientQueue | Refusal:
    return patient_queue(
        calls=call.number("calls"),
        interval=call.number("interval"),
        handling=call.number("aht"),
        agents=call.number("agents"),
    )


def _queue_a(call: Call) -> ImpatientQueue | Refusal:
    return impatient_queue(
        calls=call.number("calls"),
        interval=call.number("interval"),
        handling=call.number("aht"),
        agents=call.number("agents"),
        patience=call.number("patience"),
    )


def _in_time(call: Call, queue: PatientQueue | ImpatientQueue | Refusal) -> Value | Refused:
    if isinstance(queue, Refusal):
        return Refused(queue.reason)
    return _estimate(call, queue.answered_within(call.number("within")))


def _abandoned(call: Call) -> Value | Refused:
    queue = _queue_a(call)
    return _estimate(call, queue if isinstance(queue, Refusal) else queue.abandoned)


def _agents(call: Call) -> Value | Refused:
    """Return the agents that a promise takes: by Erlang A where there is a patience."""
    needed = agents_needed(
        calls=call.number("calls"),
        interval=call.number("interval"),
        handling=call.number("aht"),
        target=call.number("target"),
        within=call.number("within"),
        max_occupancy=_or_one(call.optional("max_occupancy")),
        patience=call.optional("patience"),
    )
    return Refused(needed.reason) if isinstance(needed, Refusal) else needed


def _or_one(share: Decimal | int | None) -> Decimal | int:
    return 1 if share is None else share


def _rostered(call: Call) -> Value | Refused:
    needed = _agents(call)
    if isinstance(needed, Refused):
        return needed
    assert isinstance(needed, int)
    number = rostered(needed, call.number("shrinkage"))
    return Refused(number.reason) if isinstance(number, Refusal) else number


_QUANTILE = Parameter("quantile", words=("mean", *_QUANTILES))
_HANDLING = Parameter("aht", ("duration",), refused_as="unknown_handling")
_AGENTS = Parameter("agents", _COUNT)
_PATIENCE = Parameter("patience", ("duration",), refused_as="unknown_patience")
_WITHIN = Parameter("within", ("duration",))
_TRAFFIC = (Parameter("calls", _COUNT), Parameter("interval", ("duration",)), _HANDLING)
_PROMISE = (
    Parameter("target", _SHARE),
    _WITHIN,
    Parameter("max_occupancy", _SHARE, optional=True),
)
_SHRINKAGE = Parameter("shrinkage", _SHARE)

_OF_TRAFFIC = ("unknown_handling", "unknown_interval", "negative_count", "out_of_range")
_OF_AGENTS = ("no_agents", "not_whole")
_OF_PROMISE = ("target_unreachable", "bad_share", "negative_time")


QUEUES: Mapping[str, Function] = {
    "position_wait": Function(
        gives("duration"),
        _position_wait,
        parameters=(
            _QUANTILE,
            Parameter("ahead", _COUNT),
            _AGENTS,
            _HANDLING,
            replace(_PATIENCE, optional=True),
            *OBSERVATIONS,
        ),
        refusals=(
            *_OF_AGENTS,
            "unknown_handling",
            "unknown_patience",
            "too_few",
            "negative_count",
            "out_of_range",
        ),
    ),
    "erlang_c_service_level": Function(
        gives("share"),
        lambda call: _in_time(call, _queue_c(call)),
        parameters=(*_TRAFFIC, _AGENTS, _WITHIN),
        refusals=(*_OF_AGENTS, "unbounded", *_OF_TRAFFIC, "negative_time"),
    ),
    "erlang_c_wait": Function(
        gives("duration"),
        lambda call: _wait(call, _queue_c(call)),
        parameters=(_QUANTILE, *_TRAFFIC, _AGENTS),
        refusals=(*_OF_AGENTS, "unbounded", *_OF_TRAFFIC),
    ),
    "erlang_c_agents": Function(
        gives("integer"),
        _agents,
        parameters=(*_TRAFFIC, *_PROMISE),
        refusals=(*_OF_PROMISE, *_OF_TRAFFIC),
    ),
    "erlang_c_rostered": Function(
        gives("integer"),
        _rostered,
        parameters=(*_TRAFFIC, *_PROMISE, _SHRINKAGE),
        refusals=(*_OF_PROMISE, *_OF_TRAFFIC),
    ),
    "erlang_a_service_level": Function(
        gives("share"),
        lambda call: _in_time(call, _queue_a(call)),
        parameters=(*_TRAFFIC, _AGENTS, _PATIENCE, _WITHIN),
        refusals=(*_OF_AGENTS, "unknown_patience", *_OF_TRAFFIC, "negative_time"),
    ),
    "erlang_a_wait": Function(
        gives("duration"),
        lambda call: _wait(call, _queue_a(call)),
        parameters=(_QUANTILE, *_TRAFFIC, _AGENTS, _PATIENCE),
        refusals=(*_OF_AGENTS, "unknown_patience", *_OF_TRAFFIC),
    ),
    "erlang_a_agents": Function(
        gives("integer"),
        _agents,
        parameters=(*_TRAFFIC, _PATIENCE, *_PROMISE),
        refusals=(*_OF_PROMISE, "unknown_patience", *_OF_TRAFFIC),
    ),
    "erlang_a_rostered": Function(
        gives("integer"),
        _rostered,
        parameters=(*_TRAFFIC, _PATIENCE, *_PROMISE, _SHRINKAGE),
        refusals=(*_OF_PROMISE, "unknown_patience", *_OF_TRAFFIC),
    ),
    "erlang_a_abandoned": Function(
        gives("share"),
        _abandoned,
        parameters=(*_TRAFFIC, _AGENTS, _PATIENCE),
        refusals=(*_OF_AGENTS, "unknown_patience", *_OF_TRAFFIC),
    ),
}
