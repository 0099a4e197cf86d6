"""Figures for people: what a division leaves without an end is rounded, and says so."""

from decimal import Decimal

from policyengine.values import FieldType, Value, rounded, show_value


def show_figure(type_: FieldType, value: Value) -> str:
    """Return *value* as a policy says it; with many digits after the dot `about` so much."""
    if not isinstance(value, Decimal):
        return show_value(type_, value)
    few = rounded(type_, value)
    shown = show_value(type_, few)
    return shown if few == value else f"about {shown}"
