"""Values from texts: as policies spell them, and as logs and command lines do."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from policyengine.values import FieldType, Misreading, kind_phrase, read_items, read_value

BOOLEAN = FieldType("boolean")
COUNT = FieldType("integer", minimum=0, maximum=100)
WEIGHT = FieldType("number", unit="kg")
SCORE = FieldType("number")
AMOUNT = FieldType("money", unit="EUR")
SHARE = FieldType("share")
TIER = FieldType("choice", values=("none", "silver", "gold"))
NEEDS = FieldType("set", values=("price", "speed", "advice"))
NAME = FieldType("text", max_length=10)
DAY = FieldType("date")
CLOCK = FieldType("time")
MOMENT = FieldType("datetime", zone="Europe/Amsterdam")
WAIT = FieldType("duration", unit="min")
WINDOW = FieldType("period")


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (BOOLEAN, "true", True),
        (COUNT, "12", 12),
        (COUNT, "+3", 3),
        (WEIGHT, "1.5kg", Decimal("1.5")),
        (WEIGHT, " 5 ", 5),
        (WEIGHT, "-0", 0),
        (AMOUNT, "4.20 EUR", Decimal("4.20")),
        (SHARE, "80%", Decimal("0.8")),
        (SHARE, "150 %", Decimal("1.5")),
        (TIER, "none", "none"),
        (NEEDS, "speed, price", ("price", "speed")),
        (NEEDS, "[speed]", ("speed",)),
        (NEEDS, "empty", ()),
        (NEEDS, "[]", ()),
        (NAME, "missing", "missing"),
        (NAME, '"missing"', "missing"),
        (DAY, "2026-12-01", date(2026, 12, 1)),
        (CLOCK, "09:00:30", time(9, 0, 30)),
        (MOMENT, "2026-12-03 09:12Z", datetime.fromisoformat("2026-12-03T09:12:00+00:00")),
        (MOMENT, "2026-12-03", datetime.fromisoformat("2026-12-03T00:00:00+01:00")),
        (WAIT, "2 min", 120),
        (WAIT, "1 h 30 min", 5400),
        (WAIT, "1.5h", 5400),
        (WAIT, "-5 min", -300),
        (WAIT, "250 ms", Decimal("0.25")),
        (WAIT, "2 weeks", 1209600),
        (WINDOW, "1 month", "1 month"),
        (WINDOW, "3month", "3 months"),
        (WINDOW, "1 quarters", "1 quarter"),
    ],
)
def test_policy_spellings_are_read(type_, text, value):
    assert read_value(type_, text) == value


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (WAIT, "2", 120),
        (FieldType("duration"), "2", 2),
        (SHARE, "0.8", Decimal("0.8")),
        (SHARE, "80%", Decimal("0.8")),
        (NEEDS, "speed; price", ("price", "speed")),
        (NEEDS, "", ()),
        (CLOCK, "9:05", time(9, 5)),
        (NAME, '"a"', '"a"'),
    ],
)
def test_logs_may_leave_units_out(type_, text, value):
    assert read_value(type_, text, loose=True) == value


@pytest.mark.parametrize(
    ("type_", "text", "code", "mended"),
    [
        (BOOLEAN, "True", "PE231", "true"),
        (BOOLEAN, "off", "PE242", "false"),
        (BOOLEAN, "maybe", "PE252", None),
        (COUNT, "3.0", "PE257", "3"),
        (COUNT, "2.5", "PE257", None),
        (COUNT, "1,000", "PE253", "1000"),
        (COUNT, "1.000", "PE253", "1000"),
        (COUNT, "1e2", "PE253", "100"),
        (COUNT, "0x10", "PE252", None),
        (COUNT, "many", "PE252", None),
        (COUNT, "101", "PE255", None),
        (COUNT, "-1", "PE255", None),
        (WEIGHT, "5 lb", "PE251", "5 kg"),
        (WEIGHT, "NaN", "PE252", None),
        (WEIGHT, "inf", "PE252", None),
        (WEIGHT, "\u0663", "PE252", None),
        (WEIGHT, ".5", "PE253", "0.5"),
        (WEIGHT, "5.", "PE253", "5"),
        (WEIGHT, "1 000", "PE253", "1000"),
        (WEIGHT, "1'000", "PE253", "1000"),
        (WEIGHT, "1.000,50", "PE253", "1000.50"),
        (WEIGHT, "\u22125 kg", "PE253", "-5 kg"),
        (WEIGHT, "1" * 29, "PE255", None),
        (SCORE, "5 kg", "PE251", "5"),
        (AMOUNT, "50 USD", "PE251", "50 EUR"),
        (AMOUNT, "\u20ac50", "PE251", "50 EUR"),
        (AMOUNT, "50 euro", "PE251", "50 EUR"),
        (SHARE, "0.8", "PE238", "80%"),
        (SHARE, "80", "PE238", "80%"),
        (SHARE, "1", "PE238", "1%"),
        (TIER, "Gold", "PE231", "gold"),
        (TIER, "glod", "PE230", "gold"),
        (TIER, "platinum", "PE230", None),
        (TIER, "'gold'", "PE246", "gold"),
        (NEEDS, "price, sped", "PE230", "speed"),
        (NEEDS, "price, price", "PE294", None),
        (NEEDS, ",", "PE252", None),
        (NAME, "much too long", "PE256", None),
        (DAY, "1-12-2026", "PE241", "2026-12-01"),
        (DAY, "12/31/2026", "PE241", "2026-12-31"),
        (DAY, "20261201", "PE241", "2026-12-01"),
        (DAY, "3 dec 2026", "PE241", "2026-12-03"),
        (DAY, "40-40-2026", "PE258", None),
        (DAY, "2026-02-30", "PE258", "2026-02-28"),
        (DAY, "2026-13-01", "PE258", None),
        (DAY, "soon", "PE252", None),
        (CLOCK, "17.30", "PE240", "17:30"),
        (CLOCK, "12 am", "PE240", "00:00"),
        (CLOCK, "12 pm", "PE240", "12:00"),
        (CLOCK, "1730", "PE240", "17:30"),
        (CLOCK, "9", "PE240", "09:00"),
        (CLOCK, "24:00", "PE258", "00:00"),
        (CLOCK, "25.70", "PE258", None),
        (CLOCK, "noon", "PE252", None),
        (MOMENT, "2026-12-03T09:12:00", "PE259", "2026-12-03T09:12:00+01:00"),
        (MOMENT, "2026-02-30T09:12:00Z", "PE258", None),
        (MOMENT, "2026-12-03T09:12:00+99:00", "PE252", None),
        (MOMENT, "1-12-2026", "PE241", "2026-12-01"),
        (MOMENT, "now", "PE252", None),
        (WAIT, "120", "PE239", "120 min"),
        (WAIT, "2 minutes", "PE250", "2 min"),
        (WAIT, "2 m", "PE250", "2 min"),
        (WAIT, "2 months", "PE250", None),
        (WAIT, "2 moons", "PE250", None),
        (WAIT, "30 min 1 h", "PE252", None),
        (WAIT, "1 h 1 h", "PE252", None),
        (WAIT, "9" * 20 + " weeks", "PE255", None),
        (WINDOW, "month", "PE252", "1 month"),
        (WINDOW, "a month", "PE252", None),
        (WINDOW, "0 days", "PE255", None),
        (WINDOW, "2 moons", "PE250", None),
        (WINDOW, "30 d", "PE250", "30 days"),
        (WINDOW, "1 Yr", "PE250", "1 year"),
    ],
)
def test_other_spellings_are_answered_with_the_mended_one(type_, text, code, mended):
    wrong = read_value(type_, text)
    assert isinstance(wrong, Misreading)
    assert (wrong.code.id, wrong.mended) == (code, mended)
    if mended is not None:
        assert f"`{mended}`" in wrong.hint


def test_a_log_does_not_say_what_percent_is_meant():
    wrong = read_value(SHARE, "80", loose=True)
    assert wrong.expected == "a share from 0 to 1"
    assert read_value(FieldType("share", maximum=Decimal(100)), "80", loose=True) == 80


def test_an_ambiguous_date_says_both_readings():
    hint = "write `2026-12-01` for 1 December, or `2026-01-12` for 12 January"
    assert read_value(DAY, "1-12-2026").hint == hint


def test_a_dot_before_three_digits_is_read_and_warned_about():
    warnings = []
    assert read_value(AMOUNT, "1.000 EUR", warnings=warnings) == 1
    assert [(w.code.id, w.code.severity) for w in warnings] == [("PE254", "warning")]
    for clear in ("1000.125 EUR", "0.125 EUR", "1.00 EUR", "1.0000 EUR"):
        warnings.clear()
        read_value(AMOUNT, clear, warnings=warnings)
        assert warnings == []
    read_value(WEIGHT, "1.250 kg", warnings=warnings)
    assert warnings == []


def test_a_step_is_asked_only_where_it_is_declared():
    assert read_value(AMOUNT, "4.205 EUR") == Decimal("4.205")
    wrong = read_value(FieldType("money", unit="EUR", step=Decimal("0.05")), "4.22 EUR")
    assert (wrong.code.id, wrong.hint) == ("PE257", "write `4.20 EUR` or `4.25 EUR`")
    wrong = read_value(FieldType("duration", step=Decimal(60)), "90 s")
    assert wrong.hint == "write `1 min` or `2 min`"


def test_misreadings_know_their_place_in_the_text():
    wrong = read_value(NEEDS, " price, sped ")
    assert " price, sped "[wrong.start : wrong.end] in {"sped", " sped", "sped "}
    wrong = read_value(COUNT, "  many ")
    assert (wrong.start, wrong.end) == (2, 6)


def test_lists_of_policies_are_read_item_by_item():
    assert read_items(NEEDS, ["speed", "price"]) == ("price", "speed")
    assert read_items(NEEDS, []) == ()
    assert read_items(NEEDS, ["sped"]).code.id == "PE230"
    assert read_items(NEEDS, ["speed", "speed"]).code.id == "PE294"
    assert read_items(FieldType("list", values=("a", "b")), ["b", "a"]) == ("b", "a")


def test_the_zone_of_the_field_comes_before_that_of_the_set():
    east = read_value(FieldType("datetime"), "2026-12-03", zone="Asia/Tokyo")
    assert east == datetime.fromisoformat("2026-12-03T00:00:00+09:00")
    assert read_value(MOMENT, "2026-12-03", zone="Asia/Tokyo") != east


@pytest.mark.parametrize(
    ("type_", "phrase"),
    [
        (TIER, "a choice of `none`, `silver`, `gold`"),
        (FieldType("choice", values=tuple("abcdefghij")), "a choice of 10 values such as `a`"),
        (WAIT, "a duration such as `2 min`"),
        (WEIGHT, "a number such as `1.5 kg`"),
        (NAME, "a text of at most 10 characters"),
        (FieldType("text"), "a text"),
    ],
)
def test_kinds_are_named_as_people_would(type_, phrase):
    assert kind_phrase(type_) == phrase
