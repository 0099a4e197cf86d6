"""Figures for people: a division that has no end is not written out to its last digit."""

from decimal import Decimal

import pytest

from policyengine.report.figures import show_figure
from policyengine.values import FieldType


@pytest.mark.parametrize(
    ("kind", "unit", "value", "shown"),
    [
        ("share", None, "0.48", "48%"),
        ("share", None, "0.12345678", "12.345678%"),
        ("share", None, "0.123456789", "about 12.35%"),
        ("share", None, "0.3846153846153846153846153846", "about 38.46%"),
        ("share", None, "0.7999999999999999999999999999", "about 80%"),
        ("number", None, "-0.000012345678", "about -0.0000123"),
        ("number", "kg", "3.1415926535", "about 3.14 kg"),
        ("money", "EUR", "1234.5678901", "about 1234.57 EUR"),
        ("duration", "s", "92.857142857142857", "about 1 min 32.86 s"),
        ("duration", "s", "90", "1 min 30 s"),
    ],
)
def test_a_figure_of_many_digits_is_rounded_and_says_so(kind, unit, value, shown):
    assert show_figure(FieldType(kind, unit=unit), Decimal(value)) == shown


def test_what_is_no_figure_is_shown_as_ever():
    assert show_figure(FieldType("integer", unit="calls"), 7) == "7 calls"
    assert show_figure(FieldType("choice", values=("gold",)), "gold") == "gold"
