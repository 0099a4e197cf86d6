"""How tests of a field are read: the tree, the places, and what cannot be a test."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from policyengine.document import Mapping, Scalar, Sequence
from policyengine.source import Source
from policyengine.unary_tests import (
    AnyOf,
    Anything,
    Constant,
    Empty,
    Equals,
    FieldRef,
    Has,
    HasField,
    Interval,
    Matches,
    Missing,
    Neither,
    Not,
    Present,
    Text,
    fields_of,
    read_test,
    show_test,
)
from policyengine.values import FieldType

TIER = FieldType("choice", values=("none", "red", "silver", "gold"), ordered=True)
NEEDS = FieldType("set", values=("price", "speed", "advice"))
NAME = FieldType("text", max_length=40)
COUNT = FieldType("integer")
WAIT = FieldType("duration", unit="s", minimum=Decimal(0))
CLOCK = FieldType("time")
MOMENT = FieldType("datetime", zone="Europe/Amsterdam")
FIELDS = {
    "contact.promised_wait": FieldType("duration", unit="min"),
    "contact.usual_wait": WAIT,
    "customer.need": FieldType("choice", values=("price", "other")),
    "customer.reference": NAME,
    "customer.tier": TIER,
}
SOMEWHERE = Source("example.yaml", "").span(0, 0)


def interval(*, over=None, up_to=None):
    return Interval(
        low=over, low_closed=False, high=up_to, high_closed=up_to is not None, span=SOMEWHERE
    )


def scalar(text, *, quote=""):
    before, after = "queue.wait: ", "\n"
    source = Source("example.yaml", f"{before}{quote}{text}{quote}{after}")
    start = len(before)
    span = source.span(start, start + len(text) + 2 * len(quote))
    return Scalar(text, span, quoted=bool(quote))


def read(type_, node, zone=None):
    findings = []
    given = scalar(node) if isinstance(node, str) else node
    return read_test(given, type_, FIELDS.get, lambda: FIELDS, findings, zone=zone), findings


def tree(type_, text):
    test, findings = read(type_, text)
    assert findings == []
    return test


def marked(type_, node):
    _, findings = read(type_, node)
    return [finding.span.text for finding in findings]


def at(text):
    return Constant(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        (TIER, "any", Anything(SOMEWHERE)),
        (TIER, "missing", Missing(SOMEWHERE)),
        (TIER, "present", Present(SOMEWHERE)),
        (TIER, "gold", Equals(Constant("gold"), SOMEWHERE)),
        (TIER, "not gold", Not(Equals(Constant("gold"), SOMEWHERE), SOMEWHERE)),
        (WAIT, "over 2 min", interval(over=Constant(Decimal(120)))),
        (COUNT, "..5", interval(up_to=Constant(5))),
        (NEEDS, "empty", Empty(SOMEWHERE)),
        (NEEDS, "has price and speed", Has(("price", "speed"), "all", SOMEWHERE)),
        (NEEDS, "has neither price", Has(("price",), "none", SOMEWHERE)),
        (NEEDS, "has customer.need", HasField(FieldRef("customer.need", SOMEWHERE), SOMEWHERE)),
        (NAME, "starts with Jan Smit", Text("starts with", "Jan Smit", SOMEWHERE)),
        (NAME, r"matches /\d+/", Matches(r"\d+", SOMEWHERE)),
        (NAME, "a, b", Equals(Constant("a, b"), SOMEWHERE)),
        (NAME, '"any"', Equals(Constant("any"), SOMEWHERE)),
    ],
)
def test_each_construct_has_its_node(type_, text, expected):
    assert tree(type_, text) == expected


def test_or_and_a_list_say_the_same():
    items = tuple(scalar(text) for text in ("gold", "silver or missing"))
    listed, _ = read(TIER, Sequence(items, items[0].span))
    assert listed == tree(TIER, "gold or silver or missing")
    assert isinstance(listed, AnyOf)
    assert len(listed.tests) == 3


def test_a_list_of_one_is_its_test():
    item = scalar("gold")
    assert read(TIER, Sequence((item,), item.span)) == (tree(TIER, "gold"), [])


def test_neither_holds_values_and_ranges():
    test = tree(COUNT, "neither 3 nor 5..6")
    assert isinstance(test, Neither)
    assert [type(part) for part in test.tests] == [Equals, Interval]


def test_a_day_of_a_moment_is_the_whole_local_day():
    test = tree(MOMENT, "2026-12-01")
    assert (test.low, test.low_closed) == (at("2026-12-01T00:00:00+01:00"), True)
    assert (test.high, test.high_closed) == (at("2026-12-02T00:00:00+01:00"), False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("over 2026-12-01", "2026-12-02T00:00:00+01:00", None),
        ("at least 2026-12-01", "2026-12-01T00:00:00+01:00", None),
        ("at most 2026-12-01", None, "2026-12-02T00:00:00+01:00"),
        ("under 2026-12-01", None, "2026-12-01T00:00:00+01:00"),
        ("2026-10-25", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),
    ],
)
def test_bounds_of_days_are_bounds_of_moments(text, low, high):
    test = tree(MOMENT, text)
    assert test.low == (at(low) if low else None)
    assert test.high == (at(high) if high else None)
    assert not test.high_closed


def test_the_zone_of_the_set_counts_where_the_field_has_none():
    test, _ = read(FieldType("datetime"), "2026-12-01", zone="Asia/Tokyo")
    assert test.low == at("2026-12-01T00:00:00+09:00")


def test_moments_are_instants_without_a_zone_of_their_own():
    test = tree(MOMENT, "2026-12-03T08:12:00Z")
    assert test.operand == Constant(datetime(2026, 12, 3, 8, 12, tzinfo=UTC))


def test_times_wrap_over_midnight():
    test = tree(CLOCK, "22:00..<06:00")
    assert (test.low, test.high) == (Constant(time(22)), Constant(time(6)))


def test_other_fields_are_named_once_in_order():
    test = tree(WAIT, "over contact.usual_wait or under contact.promised_wait")
    assert fields_of(test) == ("contact.usual_wait", "contact.promised_wait")
    assert fields_of(tree(TIER, "not customer.tier")) == ("customer.tier",)
    assert fields_of(tree(NEEDS, "has customer.need")) == ("customer.need",)
    assert fields_of(tree(COUNT, "3..5")) == ()


def test_exactly_the_wrong_part_is_marked():
    assert marked(WAIT, "over 2 min and under 5 minutes") == ["5 minutes"]
    assert marked(TIER, "gold or silvr or rde") == ["silvr", "rde"]
    assert marked(WAIT, "over contact.promised_wiat") == ["contact.promised_wiat"]
    assert marked(COUNT, "10..5 or 3") == ["10..5"]
    assert marked(WAIT, "  over 120") == ["120"]


def test_in_quotes_the_whole_scalar_is_marked():
    assert marked(TIER, scalar("gold or silvr", quote='"')) == ['"gold or silvr"']


def test_parts_of_a_test_know_their_place():
    test = tree(TIER, "gold or over customer.tier")
    assert [part.span.text for part in test.tests] == ["gold", "over customer.tier"]
    assert test.tests[1].low.span.text == "customer.tier"


def test_several_mistakes_share_the_mended_line():
    _, findings = read(TIER, "glod or silvr")
    assert [finding.hint for finding in findings] == ["did you mean `gold or silver`?"] * 2


def test_a_mended_line_is_mended_in_all_its_mistakes():
    _, findings = read(WAIT, "> 120 and < 300")
    assert [finding.hint for finding in findings] == ["write `over 120 s and under 300 s`"]


def test_a_mapping_is_no_test():
    key = scalar("over")
    test, findings = read(WAIT, Mapping(((key, scalar("2 min")),), key.span))
    assert test is None
    assert [finding.message for finding in findings] == [
        "expected a test of a duration such as `2 min`, found a mapping"
    ]


def test_lists_hold_tests_and_no_lists():
    item = scalar("gold")
    inner = Sequence((item,), item.span)
    test, findings = read(TIER, Sequence((item, inner), item.span))
    assert test is None
    assert [finding.code.id for finding in findings] == ["PE265"]
    assert [f.code.id for f in read(TIER, Sequence((), item.span))[1]] == ["PE265"]


def test_an_empty_scalar_asks_nothing():
    _, findings = read(TIER, scalar("", quote='"'))
    assert [finding.code.id for finding in findings] == ["PE268"]


@pytest.mark.parametrize("kind", ["list", "period"])
def test_of_lists_and_periods_only_presence_is_asked(kind):
    type_ = FieldType(kind, values=("a", "b"))
    assert tree(type_, "missing") == Missing(SOMEWHERE)
    assert [finding.code.id for finding in read(type_, "a")[1]] == ["PE265"]


def test_a_value_that_looks_like_a_word_of_ours_is_a_value():
    type_ = FieldType("choice", values=("null", "no", "in-store", "min"))
    for value in type_.values:
        assert tree(type_, value) == Equals(Constant(value), SOMEWHERE)
    assert len(tree(type_, "no or min or in-store").tests) == 3


def test_a_day_at_the_end_of_time_is_refused():
    assert [f.code.id for f in read(MOMENT, "at most 9999-12-31")[1]] == ["PE255"]


@pytest.mark.parametrize(
    ("type_", "text", "shown"),
    [
        (COUNT, "at least 3 and under 5", "3..<5"),
        (COUNT, "3..", "at least 3"),
        (COUNT, "..<3", "under 3"),
        (COUNT, "not 3..", "not 3.."),
        (COUNT, "not ..<3", "not ..<3"),
        (WAIT, "over 90s", "over 1 min 30 s"),
        (WAIT, "60 s..2 min", "1..2 min"),
        (WAIT, "under 5 min and over 2 min", "over 2 min and under 5 min"),
        (MOMENT, "2026-12-01..2026-12-31", "2026-12-01..2026-12-31"),
        (MOMENT, "at most 2026-12-01", "at most 2026-12-01"),
        (MOMENT, "not ..2026-12-01", "not ..2026-12-01"),
        (NAME, '"contains x"', '"contains x"'),
        (NAME, "same as customer.reference", "same as customer.reference"),
    ],
)
def test_one_thing_is_shown_in_one_spelling(type_, text, shown):
    assert show_test(tree(type_, text), type_) == shown


def test_what_needs_a_list_is_shown_as_a_list():
    items = tuple(scalar(text) for text in ("has price", "missing"))
    test, _ = read(NEEDS, Sequence(items, items[0].span))
    assert show_test(test, NEEDS) == "[has price, missing]"
    items = tuple(scalar(text) for text in ("a, b", "it's"))
    test, _ = read(NAME, Sequence(items, items[0].span))
    assert show_test(test, NAME) == "['a, b', 'it''s']"


def test_moments_at_the_edge_of_the_calendar_can_be_shown():
    test = tree(MOMENT, "at least 0001-01-01T00:00:00+14:00")
    assert show_test(test, MOMENT) == "at least 0001-01-01T00:00:00+14:00"


def test_of_two_mistakes_one_may_be_mended():
    _, findings = read(TIER, "glod or platinum")
    assert [finding.hint for finding in findings] == ["did you mean `gold or platinum`?", ""]


def test_a_mistake_that_cannot_be_mended_has_no_mended_line():
    _, findings = read(WAIT, "over soon and under 2 moons")
    assert [finding.hint for finding in findings] == ["", ""]


def test_a_line_is_mended_as_far_as_it_can_be():
    _, findings = read(COUNT, "> many")
    assert [finding.hint for finding in findings] == ["write `over many`"]
