"""The catalogue: every function by its name, and how one is worked out."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from policyengine.computed.arithmetic import ARITHMETIC
from policyengine.computed.computation import Call, Computation, Function
from policyengine.computed.figures import FIGURES
from policyengine.computed.lookups import LOOKUPS
from policyengine.computed.moments import MOMENTS
from policyengine.computed.queues import QUEUES
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact, Refused, is_present

CATALOGUE: Mapping[str, Function] = {**MOMENTS, **ARITHMETIC, **LOOKUPS, **FIGURES, **QUEUES}


def compute(computation: Computation, facts: list[Fact], zone: ZoneInfo) -> Fact | Refused:
    """Return the result of *computation* for *facts*, one for each argument, in the local *zone*."""
    if computation.function == "count_present":
        if UNKNOWN in facts or UNDECIDED in facts:
            return UNDECIDED
        return sum(1 for fact in facts if is_present(fact))
    function = CATALOGUE[computation.function]
    if MISSING in facts:
        return _missing(function, computation, facts)
    values = tuple(fact for fact in facts if not isinstance(fact, Absent))
    if len(values) < len(facts):
        return UNDECIDED
    return function.compute(Call(computation, values, zone))


def _missing(function: Function, computation: Computation, facts: list[Fact]) -> Fact | Refused:
    """Return that nothing can be said for *facts*, of which one is missing, and why if it counts."""
    given = {part.name: fact for part, fact in zip(computation.arguments, facts, strict=True)}
    for parameter in function.parameters:
        if parameter.refused_as:
            fact = given.get(parameter.name)
            if fact is UNDECIDED:
                return UNDECIDED
            if fact is MISSING:
                return Refused(parameter.refused_as)
    return MISSING
