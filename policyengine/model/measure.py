"""Measures: a figure that a policy watches, what is aimed at, and what is still acceptable."""

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import Literal, get_args

from policyengine.source import Span
from policyengine.unary_tests import FieldRef, Operand
from policyengine.values import FieldType

Standing = Literal["unknown", "baseline_only", "on_target", "off_target", "breach"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
STANDING_TYPE = FieldType("choice", values=STANDINGS)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured *field* with its direction, its target, and what is still acceptable.

    *target* and *acceptable* are values of the field's type, or facts of the house. *n* is the
    field that says how many were measured; with fewer than *at_least* the figure does not count.
    """

    field: str
    type: FieldType
    better: Literal["lower", "higher"]
    span: Span = attribute(compare=False)
    target: Operand | None = None
    acceptable: Operand | None = None
    window: str | None = None
    n: str | None = None
    at_least: int = 0
    counts: str = ""
    source: str = ""
    review_by: date | None = None

    @property
    def asks(self) -> tuple[str, ...]:
        """Every field that the standing depends on."""
        levels = (self.target, self.acceptable)
        house = [level.name for level in levels if isinstance(level, FieldRef)]
        return tuple(dict.fromkeys((self.field, *([self.n] if self.n else ()), *house)))
