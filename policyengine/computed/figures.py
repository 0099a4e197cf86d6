"""Figures of customer service: what customers expect, where to act first, what one is worth."""

from collections.abc import Mapping
from decimal import localcontext
from typing import Literal, cast

from policyengine.computed.arithmetic import ROUNDED
from policyengine.computed.computation import Call, Function, Parameter
from policyengine.computed.rounding import estimate
from policyengine.computed.types import NUMERIC, gives, gives_one_of
from policyengine.facts import Refused
from policyengine.formulas.expectation import Dimension, quadrant, zone_of_tolerance
from policyengine.formulas.value import CONVENTIONS, lifetime_value
from policyengine.values import Value

ZONES = ("below", "met", "above")
QUADRANTS = ("concentrate_here", "keep_up", "low_priority", "possible_overkill")
OBSERVATIONS = (
    Parameter(
        "observations",
        ("integer", "number"),
        optional=True,
        beside="least",
        refused_as="too_few",
    ),
    Parameter("least", ("integer", "number"), optional=True, beside="observations"),
)
"""How many observations an estimate rests on, and how many it needs at least."""


def _zone(call: Call) -> Value | Refused:
    better = "higher" if call.given("better") is None else call.word("better")
    return zone_of_tolerance(
        call.number("value"),
        adequate=call.number("adequate"),
        desired=call.number("desired"),
        better=cast(Literal["lower", "higher"], better),
    )


def _quadrant(call: Call) -> Value | Refused:
    importance, performance = call.number("importance"), call.number("performance")
    return quadrant(
        Dimension("", importance, performance, call.optional("observations")),
        importance_cut=call.number("importance_cut"),
        performance_cut=call.number("performance_cut"),
        at_least=call.optional("least") or 0,
    )


def _customer_value(call: Call) -> Value | Refused:
    with localcontext(ROUNDED):
        value = lifetime_value(
            margin=call.number("margin"),
            retention=call.number("retention"),
            discount=call.number("discount"),
            convention=call.word("convention"),
        )
    return value if isinstance(value, Refused) else estimate(value, call.computation.type)


FIGURES: Mapping[str, Function] = {
    "zone": Function(
        gives_one_of(ZONES),
        _zone,
        parameters=(
            Parameter("value", NUMERIC, literal=False),
            Parameter("adequate", NUMERIC, like="value"),
            Parameter("desired", NUMERIC, like="value"),
            Parameter("better", words=("higher", "lower"), optional=True),
        ),
        values=ZONES,
        refusals=("bad_zone", "out_of_range"),
    ),
    "quadrant": Function(
        gives_one_of(QUADRANTS),
        _quadrant,
        parameters=(
            Parameter("importance", NUMERIC, literal=False, refused_as="unknown_importance"),
            Parameter("performance", NUMERIC, literal=False, refused_as="unknown_performance"),
            Parameter("importance_cut", NUMERIC, like="importance"),
            Parameter("performance_cut", NUMERIC, like="performance"),
            *OBSERVATIONS,
        ),
        values=QUADRANTS,
        refusals=(
            "unknown_importance",
            "unknown_performance",
            "too_few",
            "negative_count",
            "out_of_range",
        ),
    ),
    "customer_value": Function(
        gives("money"),
        _customer_value,
        parameters=(
            Parameter("convention", words=CONVENTIONS),
            Parameter("margin", ("money",), like="result"),
            Parameter("retention", ("share", "number")),
            Parameter("discount", ("share", "number")),
        ),
        refusals=(
            "value_without_end",
            "bad_share",
            "negative_amount",
            "negative_rate",
            "out_of_range",
        ),
    ),
}
