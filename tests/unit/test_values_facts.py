"""Values from JSON and Python, and how they are shown."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from policyengine.values import (
    FieldType,
    Misreading,
    from_json,
    has_order,
    rank,
    show_value,
    start_of_day,
    to_json,
)

MONEY = FieldType("money", unit="EUR")
NEEDS = FieldType("set", values=("price", "speed"))
TIER = FieldType("choice", values=("none", "gold"), ordered=True)
WAIT = FieldType("duration", unit="min")
MOMENT = FieldType("datetime", zone="Europe/Amsterdam")
NOON = datetime(2026, 12, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (FieldType("boolean"), False, False),
        (FieldType("integer"), 3, 3),
        (FieldType("number"), 1.1, Decimal("1.1")),
        (FieldType("number"), -0.0, Decimal(0)),
        (MONEY, Decimal("4.20"), Decimal("4.20")),
        (MONEY, 50, Decimal(50)),
        (FieldType("share"), 0.8, Decimal("0.8")),
        (WAIT, 2, Decimal(120)),
        (WAIT, timedelta(minutes=2, milliseconds=5), Decimal("120.005")),
        (TIER, "gold", "gold"),
        (FieldType("text"), "12", "12"),
        (NEEDS, ["speed", "price"], ("price", "speed")),
        (NEEDS, {"speed"}, ("speed",)),
        (NEEDS, [], ()),
        (FieldType("date"), "2026-12-01", date(2026, 12, 1)),
        (FieldType("date"), date(2026, 12, 1), date(2026, 12, 1)),
        (FieldType("time"), "09:00", time(9)),
        (FieldType("time"), time(9), time(9)),
        (MOMENT, "2026-12-03T12:00:00+01:00", NOON),
        (MOMENT, NOON, NOON),
        (MOMENT, date(2026, 12, 3), datetime.fromisoformat("2026-12-03T00:00:00+01:00")),
    ],
)
def test_facts_of_their_own_type_are_taken(type_, raw, value):
    taken = from_json(type_, raw)
    assert taken == value
    assert type(taken) is type(value)


@pytest.mark.parametrize(
    ("type_", "raw", "code"),
    [
        (FieldType("boolean"), 1, "PE252"),
        (FieldType("boolean"), "true", "PE252"),
        (FieldType("integer"), True, "PE252"),
        (FieldType("integer"), "3", "PE252"),
        (FieldType("integer"), Decimal("3.0"), "PE257"),
        (FieldType("integer"), 2.5, "PE257"),
        (FieldType("number"), float("nan"), "PE252"),
        (FieldType("number"), Decimal("Infinity"), "PE252"),
        (FieldType("number"), False, "PE252"),
        (FieldType("number"), Decimal("1e999999"), "PE255"),
        (FieldType("number"), 10**400, "PE255"),
        (FieldType("number"), None, "PE252"),
        (FieldType("number"), [1], "PE252"),
        (FieldType("share"), 80, "PE238"),
        (FieldType("integer", minimum=0), -1, "PE255"),
        (WAIT, 1e20, "PE255"),
        (FieldType("text", max_length=2), "abc", "PE256"),
        (FieldType("text"), 12, "PE252"),
        (TIER, "Gold", "PE231"),
        (TIER, 1, "PE252"),
        (NEEDS, "price", "PE252"),
        (NEEDS, ["price", 1], "PE252"),
        (NEEDS, ["price", "price"], "PE294"),
        (NEEDS, ["prices"], "PE230"),
        (FieldType("date"), NOON, "PE252"),
        (FieldType("time"), time(9, tzinfo=UTC), "PE252"),
        (FieldType("time"), 9, "PE252"),
        (MOMENT, datetime(2026, 12, 3), "PE259"),  # noqa: DTZ001 - the mistake that is meant
        (MOMENT, "2026-12-03T12:00:00", "PE259"),
        (MOMENT, 0, "PE252"),
        (MOMENT, {(1, 2): 3}, "PE252"),
    ],
)
def test_nothing_is_coerced(type_, raw, code):
    wrong = from_json(type_, raw)
    assert isinstance(wrong, Misreading)
    assert wrong.code.id == code


def test_a_text_where_a_number_is_meant_says_so():
    wrong = from_json(FieldType("integer"), "3")
    assert wrong.message == "expected a whole number such as `3`, found the text `3`"
    assert wrong.hint == "write `3` without quotes"


def test_moments_compare_as_instants():
    zone = ZoneInfo("Europe/Amsterdam")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    assert from_json(MOMENT, second) - from_json(MOMENT, first) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("type_", "value", "raw"),
    [
        (FieldType("boolean"), True, True),
        (WAIT, Decimal(120), Decimal(2)),
        (NEEDS, ("price",), ["price"]),
        (FieldType("date"), date(2026, 12, 1), "2026-12-01"),
        (FieldType("time"), time(9), "09:00:00"),
        (MOMENT, NOON, "2026-12-03T12:00:00+01:00"),
        (TIER, "gold", "gold"),
    ],
)
def test_values_go_back_to_json_in_their_unit(type_, value, raw):
    assert to_json(type_, value) == raw


def test_a_third_of_a_minute_survives_the_way_to_json():
    assert from_json(WAIT, to_json(WAIT, Decimal(100))) == Decimal(100)


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        (WAIT, Decimal(120), "2 min"),
        (WAIT, Decimal(5400), "1 h 30 min"),
        (WAIT, Decimal(0), "0 s"),
        (WAIT, Decimal("0.5"), "500 ms"),
        (WAIT, Decimal("90.5"), "1 min 30.5 s"),
        (WAIT, Decimal(172800), "2 d"),
        (WAIT, Decimal(604800), "1 week"),
        (WAIT, Decimal(1209600), "2 weeks"),
        (WAIT, Decimal(-60), "-1 min"),
        (FieldType("share"), Decimal("0.8"), "80%"),
        (FieldType("share"), Decimal("0.125"), "12.5%"),
        (MONEY, Decimal(50), "50 EUR"),
        (MONEY, Decimal("4.2"), "4.20 EUR"),
        (MONEY, Decimal("4.205"), "4.2050 EUR"),
        (FieldType("number", unit="kg"), Decimal("1.250"), "1.25 kg"),
        (FieldType("number"), Decimal("1E+3"), "1000"),
        (FieldType("integer", unit="pieces"), 3, "3 pieces"),
        (FieldType("boolean"), False, "false"),
        (NEEDS, ("price", "speed"), "price, speed"),
        (NEEDS, (), "empty"),
        (FieldType("text"), "missing", '"missing"'),
        (FieldType("text"), "a b", "a b"),
        (FieldType("date"), date(2026, 12, 1), "2026-12-01"),
        (FieldType("time"), time(9), "09:00"),
        (FieldType("time"), time(9, 0, 5), "09:00:05"),
        (MOMENT, NOON, "2026-12-03T12:00:00+01:00"),
        (TIER, "gold", "gold"),
    ],
)
def test_values_are_shown_in_one_spelling(type_, value, shown):
    assert show_value(type_, value) == shown


def test_values_with_an_order_have_a_rank():
    assert rank(TIER, "none") < rank(TIER, "gold")
    assert rank(FieldType("date"), date(2026, 1, 1)) < rank(FieldType("date"), date(2026, 1, 2))
    assert rank(FieldType("time"), time(9)) < rank(FieldType("time"), time(9, 0, 0, 1))
    assert rank(MOMENT, NOON) == rank(MOMENT, NOON.astimezone(UTC))
    assert rank(MONEY, Decimal("1.5")) == Decimal("1.5")
    with pytest.raises(ValueError, match="no order"):
        rank(FieldType("boolean"), True)  # noqa: FBT003 - a value, not an option


def test_only_ordered_choices_and_quantities_have_an_order():
    assert has_order(TIER)
    assert has_order(WAIT)
    assert not has_order(FieldType("choice", values=("a", "b")))
    assert not has_order(FieldType("text"))
    assert not has_order(NEEDS)


def test_a_day_without_midnight_begins_when_the_clock_has_jumped():
    zone = ZoneInfo("America/Sao_Paulo")
    assert start_of_day(date(2018, 11, 4), zone) == datetime(2018, 11, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("type_", "text", "hint"),
    [
        (FieldType("share"), "80%", "write `0.8` without quotes"),
        (FieldType("money", unit="EUR"), "20000 EUR", "write `20000` without quotes"),
        (FieldType("duration", unit="s"), "5 min", "write `300` without quotes"),
        (FieldType("boolean"), "yes", "write it without quotes"),
    ],
)
def test_a_text_of_a_policy_in_json_is_answered_with_what_json_writes(type_, text, hint):
    assert from_json(type_, text).hint == hint


def test_a_number_for_a_text_is_answered_in_quotes():
    assert from_json(FieldType("text"), 12).hint == 'write `"12"`'
