"""Values in texts for people: in units that fit the field, and without endless digits."""

from decimal import Decimal

import pytest

from policyengine.values import FieldType, in_text, show_value


@pytest.mark.parametrize(
    ("unit", "seconds", "shown"),
    [
        ("h", 144000, "40 h"),
        ("h", 604800, "168 h"),
        ("h", 5400, "1 h 30 min"),
        ("d", 1209600, "14 d"),
        ("d", 129600, "1 d 12 h"),
        ("week", 1209600, "2 weeks"),
        ("s", 144000, "1 d 16 h"),
        ("min", 604800, "1 week"),
        (None, 129600, "1 d 12 h"),
        ("h", -144000, "-40 h"),
    ],
)
def test_what_is_counted_in_hours_or_days_is_shown_in_nothing_larger(unit, seconds, shown):
    assert show_value(FieldType("duration", unit=unit), Decimal(seconds)) == shown


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        (FieldType("number", unit="EUR/kg"), Decimal(10) / Decimal(3), "3.33 EUR/kg"),
        (FieldType("share"), Decimal(1) / Decimal(3), "33.33%"),
        (FieldType("duration", unit="s"), Decimal("92.857142857142857"), "1 min 32.86 s"),
        (FieldType("money", unit="EUR"), Decimal("12.5"), "12.50 EUR"),
        (FieldType("text"), "missing", "missing"),
        (FieldType("text"), '"a"', '"a"'),
        (FieldType("set", values=("price", "speed")), ("price", "speed"), "price, speed"),
    ],
)
def test_a_text_takes_few_digits_and_texts_as_they_are(type_, value, shown):
    assert in_text(type_, value) == shown
