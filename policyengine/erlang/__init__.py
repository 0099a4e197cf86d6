"""Queues: agents, waits and promises by Erlang C and Erlang A, and the wait at a known place.

Times are seconds, loads erlangs, shares 0 to 1. Valid for calls that come at random (Poisson), a
state that is steady within the interval (15 or 30 minutes), one skill, first come first served.
What cannot be estimated is a `Refusal`, never a number without end and never an exception.
"""

from policyengine.erlang.abandonment import ImpatientQueue, impatient_queue
from policyengine.erlang.arguments import MOST_AGENTS, Number
from policyengine.erlang.day import Demand, Staffing, Terms, caveat, staff
from policyengine.erlang.delay import PatientQueue, offered_load, patient_queue
from policyengine.erlang.position import (
    Place,
    announced_minutes,
    announcement,
    place_caveat,
    place_in_queue,
)
from policyengine.erlang.refusal import REASONS, Refusal, refusal_text
from policyengine.erlang.staffing import (
    Promise,
    agents_needed,
    check_promise,
    promise_text,
    rostered,
    steady_queue,
)

__all__ = [
    "MOST_AGENTS",
    "REASONS",
    "Demand",
    "ImpatientQueue",
    "Number",
    "PatientQueue",
    "Place",
    "Promise",
    "Refusal",
    "Staffing",
    "Terms",
    "agents_needed",
    "announced_minutes",
    "announcement",
    "caveat",
    "check_promise",
    "impatient_queue",
    "offered_load",
    "patient_queue",
    "place_caveat",
    "place_in_queue",
    "promise_text",
    "refusal_text",
    "rostered",
    "staff",
    "steady_queue",
]
