"""JSON out: exact, in order, and as `json.dumps` writes it where there is nothing special."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.report.json_text import json_stream, json_text

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
EXACT = st.recursive(
    st.none()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN, st.sampled_from([None, 2]))
def test_what_holds_no_decimal_is_written_as_json_dumps_does(value, indent):
    assert json_text(value, indent=indent) == json.dumps(value, ensure_ascii=False, indent=indent)


@given(EXACT)
def test_what_is_written_can_be_read_back(value):
    assert json.loads(json_text(value), parse_float=Decimal) == value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.10", "1.10"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("-0.00", "-0.00"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
    ],
)
def test_a_decimal_is_written_digit_for_digit(number, text):
    assert json_text({"x": Decimal(number)}) == f'{{"x": {text}}}'


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_never_written(number):
    with pytest.raises(ValueError, match="not finite"):
        json_text([Decimal(number)])


def test_a_float_that_is_no_number_is_never_written():
    with pytest.raises(ValueError):
        json_text([float("nan")])


def test_a_text_that_looks_like_a_marked_decimal_stays_a_text():
    value = {"\x00decimal 0 1.5": ["\x00decimal 0 2", "\x00decimal 1 3", Decimal("4.0")]}
    assert json.loads(json_text(value)) == {
        "\x00decimal 0 1.5": ["\x00decimal 0 2", "\x00decimal 1 3", 4.0]
    }


def test_keys_keep_the_order_given():
    assert json_text({"b": 1, "a": Decimal(2)}) == '{"b": 1, "a": 2}'


def test_letters_of_every_script_stay_as_they_are():
    assert json_text(["één", "客服", "🙂"]) == '["één", "客服", "🙂"]'


def test_a_lone_half_of_a_pair_is_escaped_so_that_the_text_can_be_encoded():
    text = json_text({"a\udc80": "x\ud800"})
    assert text == '{"a\\udc80": "x\\ud800"}'
    assert json.loads(text) == {"a\udc80": "x\ud800"}


def test_dates_and_times_are_texts():
    at = datetime(2026, 12, 3, 9, 12, tzinfo=UTC)
    value = [at, date(2026, 12, 3), time(9, 12)]
    assert json_text(value) == '["2026-12-03T09:12:00+00:00", "2026-12-03", "09:12:00"]'


def test_tuples_are_lists_and_read_only_mappings_are_mappings():
    assert json_text((MappingProxyType({"a": (1, 2)}),)) == '[{"a": [1, 2]}]'


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="JSON can hold"):
        json_text({"a": {1, 2}})


@given(st.lists(EXACT))
def test_a_stream_is_one_list(values):
    assert json.loads("".join(json_stream(values)), parse_float=Decimal) == values


def test_a_stream_is_written_as_its_values_come():
    def values():
        yield 1
        raise LookupError

    pieces = json_stream(values())
    assert next(pieces) == "[\n1"
    with pytest.raises(LookupError):
        next(pieces)


def test_a_stream_that_cannot_begin_writes_nothing():
    def values():
        raise LookupError
        yield

    with pytest.raises(LookupError):
        next(json_stream(values()))
