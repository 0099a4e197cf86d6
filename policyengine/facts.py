"""Facts: what is known of a field in one context, and the ways in which it can be absent."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from policyengine.values import Value


class Absent(Enum):
    """Why a field has no value.

    `MISSING` is itself a value, which rules can ask for. `UNKNOWN` is a required fact that was
    not given: it has a value, but nobody said which. `UNDECIDED` is what was decided or computed
    from something unknown: it may have a value, or be missing.
    """

    MISSING = "missing"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Refused:
    """A computed field that cannot be estimated: missing, with the *reason* in one word."""

    reason: str


Fact = Value | Absent
Lookup = Callable[[str], Fact]

MISSING = Absent.MISSING
UNKNOWN = Absent.UNKNOWN
UNDECIDED = Absent.UNDECIDED


def is_present(fact: Fact) -> bool:
    """Return whether *fact* has a value."""
    return not isinstance(fact, Absent)
