"""Values in texts for people: figures of a division are rounded, texts stand as they are."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from policyengine.values.field_type import FieldType, Value
from policyengine.values.show import show_value

_MOST_DIGITS = 6
_PRECISION = 80


def in_text(type_: FieldType, value: Value) -> str:
    """Return *value* as a text says it that takes it in the place of a `{field}`."""
    match value:
        case str():
            return value
        case Decimal():
            return show_value(type_, rounded(type_, value))
        case _:
            return show_value(type_, value)


def rounded(type_: FieldType, value: Decimal) -> Decimal:
    """Return *value*; of more than six digits after the dot only few.

    Two of them are left, or three that are not zero where the figure is small. The digits of a
    share are those of its percentage.
    """
    hundredths = 2 if type_.kind == "share" else 0
    with localcontext(prec=_PRECISION):
        shown = value.scaleb(hundredths).normalize()
        exponent = shown.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent <= _MOST_DIGITS:
            return value
        places = max(2, 2 - shown.adjusted())
        few = shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        return few.scaleb(-hundredths)
