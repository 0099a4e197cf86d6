"""Computed fields: the closed catalogue of functions, their types and their results.

Every function takes facts and gives a fact: missing in, missing out; unknown in, unknown out.
What cannot be estimated is refused with a reason, never given as a number.
"""

from policyengine.computed.arithmetic import EXACT
from policyengine.computed.catalogue import CATALOGUE, compute
from policyengine.computed.computation import (
    Argument,
    Call,
    Computation,
    Function,
    Parameter,
    Resource,
)
from policyengine.computed.refusals import refusal_text
from policyengine.computed.rounding import estimate
from policyengine.computed.types import unit_of, wrong_argument

__all__ = [
    "CATALOGUE",
    "EXACT",
    "Argument",
    "Call",
    "Computation",
    "Function",
    "Parameter",
    "Resource",
    "compute",
    "estimate",
    "refusal_text",
    "unit_of",
    "wrong_argument",
]
