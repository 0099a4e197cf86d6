"""Estimates as facts: rounded, so that every machine gives the same digits."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal

from policyengine.values import FieldType
from policyengine.values.show import shortest

# INVARIANT: the arithmetic of two machines differs after the fifteenth digit, and rounding here
# cuts long before it. A wait counts in microseconds, as moments do.
_STEPS = {
    "duration": Decimal("0.000001"),
    "share": Decimal("0.000000001"),
    "number": Decimal("0.000000001"),
    "money": Decimal("0.01"),
}
_WIDE = Context(prec=60)


def estimate(figure: float | Decimal, type_: FieldType) -> Decimal:
    """Return *figure* rounded half to even: waits to 6 decimals of a second, shares to 9, money to 2.

    A field that declares a step gets a multiple of it; a wait is then rounded up, for a promise
    that is too short is worse than one that is too long.
    """
    fine = to_step(Decimal(figure), _STEPS[type_.kind])
    if type_.step is None:
        return shortest(fine)
    up = ROUND_CEILING if type_.kind == "duration" else ROUND_HALF_EVEN
    return shortest(to_step(fine, type_.step, up))


def to_step(figure: Decimal, step: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Return the multiple of *step* that is nearest to *figure*."""
    count = _WIDE.divide(figure, step).quantize(Decimal(1), rounding=rounding, context=_WIDE)
    return _WIDE.multiply(count, step)
