"""Figures for people: what a division leaves without an end is rounded, and says so."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from policyengine.values import FieldType, Value, show_value

_MOST_DIGITS = 6
_PRECISION = 80


def show_figure(type_: FieldType, value: Value) -> str:
    """Return *value* as a policy says it; with many digits after the dot `about` so much.

    Rounded are figures of more than six digits after the dot, to two of them, or to three digits
    that are not zero where the figure is small.
    """
    if not isinstance(value, Decimal):
        return show_value(type_, value)
    hundredths = 2 if type_.kind == "share" else 0
    with localcontext(prec=_PRECISION):
        shown = value.scaleb(hundredths).normalize()
        exponent = shown.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent <= _MOST_DIGITS:
            return show_value(type_, value)
        places = max(2, 2 - shown.adjusted())
        rounded = shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        return f"about {show_value(type_, rounded.scaleb(-hundredths))}"
