"""How much the checks decided, and what they left alone because there was no day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policyengine.analysis.lists import needs_day
from policyengine.model import Definitions
from policyengine.policyset import PolicySet


@dataclass(frozen=True, slots=True)
class Extent:
    """How many subjects of lists were decided, and what was not asked without a day."""

    listed: int
    undated: tuple[str, ...] = ()


def extent(policies: PolicySet, *, as_of: date | None = None) -> Extent:
    """Return how far the checks of *policies* reach with the same *as_of*."""
    definitions = policies.definitions
    undated = tuple(_undated(definitions)) if as_of is None else ()
    lists = [one for one in definitions.registers.values() if one.about is not None]
    decided = (one for one in lists if f"the list `{one.name}`" not in undated)
    return Extent(sum(len(one.rows) for one in decided), undated)


def _undated(definitions: Definitions) -> Iterator[str]:
    """Yield what depends on the day, in words."""
    for register in definitions.registers.values():
        if register.about is not None and needs_day(definitions, register.about):
            yield f"the list `{register.name}`"
