"""Records of a log become facts by the columns, units and codes that an input file states."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest

from policyengine import ContextError, PolicyEngineError, load
from policyengine.inputs.mapping import decide_log, mapped, read_log
from policyengine.inputs.record import Fault, Record
from policyengine.inputs.records import read_records

HEAD = "input: log\nabout: contact\n"


@pytest.fixture
def log(overlay):
    """Load the base set with an input file of the given lines."""

    def read(text):
        return load(overlay({"inputs/log.yaml": HEAD + text}))

    return read


@pytest.fixture
def facts(log):
    """Map one record by an input file, and give its facts; it must have no faults."""

    def read(text, record, typed="text"):
        found = one(log(text), record, typed)
        assert found.faults == ()
        return found.facts

    return read


@pytest.fixture
def fault(log):
    """Map one record by an input file, and give its only fault."""

    def read(text, record, typed="text"):
        (only,) = one(log(text), record, typed).faults
        return only

    return read


def one(policies, record, typed="text", columns=None):
    definitions = policies.definitions
    read = Record(1, 7, record, None, typed, columns)
    return mapped(definitions, definitions.inputs["log"], read)


def rows(text):
    return read_records(BytesIO(text.encode()), "csv", name="log.csv")


# Numbers count in the unit of the log and are kept exactly.


@pytest.mark.parametrize(
    ("unit", "cell", "seconds"),
    [
        ("s", "340", "340"),
        ("min", "1.5", "90"),
        ("ms", "1", "0.001"),
        ("h", "0.1", "360"),
        ("min", "20 s", "20"),
    ],
)
def test_a_duration_counts_in_the_unit_of_its_column(facts, unit, cell, seconds):
    text = f"columns: {{w: {{field: contact.promised_wait, unit: {unit}}}}}"
    assert facts(text, {"w": cell}) == {"contact.promised_wait": Decimal(seconds)}


def test_without_a_unit_the_field_says_it(facts):
    text = "columns: {w: {field: contact.promised_wait}}"
    assert facts(text, {"w": "90"}) == {"contact.promised_wait": Decimal(90)}


def test_json_numbers_count_in_the_unit_too(facts):
    text = "columns: {w: {field: contact.promised_wait, unit: min}}"
    assert facts(text, {"w": 2}, "json") == {"contact.promised_wait": Decimal(120)}


def test_money_whole_numbers_and_shares(facts):
    text = """\
columns:
  v: {field: order.value, unit: EUR}
  n: {field: contact.previous_contacts}
  d: {field: customer.discount_share}
"""
    found = facts(text, {"v": "12.30", "n": "3", "d": "0.8"})
    assert found == {
        "order.value": Decimal("12.30"),
        "contact.previous_contacts": 3,
        "customer.discount_share": Decimal("0.8"),
    }


def test_a_value_outside_the_domain_is_a_fault_with_its_column_and_line(fault):
    found = fault("columns: {w: {field: contact.promised_wait, unit: s}}", {"w": "-5"})
    assert found.severity == "error"
    assert found.code == "PE405"
    assert found.field == "contact.promised_wait"
    assert found.line == 7
    assert "column `w`" in found.message
    assert found.expected == "at least `0 s`"
    assert found.found == "`-5`"


def test_text_for_a_number_in_json_is_a_fault(fault):
    found = fault("columns: {w: {field: contact.promised_wait}}", {"w": "90"}, "json")
    assert found.code == "PE404"


def test_a_list_for_a_number_is_a_fault(fault):
    found = fault("columns: {w: {field: contact.promised_wait}}", {"w": [1]}, "json")
    assert found.code == "PE404"


# Codes of the log mean values of the field.

TIER = "columns: {p: {field: customer.tier, values: {0: none, 1: silver, 2: gold, 9: missing}}}"


@pytest.mark.parametrize(("cell", "tier"), [("0", "none"), ("2", "gold"), (" 1 ", "silver")])
def test_a_code_is_its_value(facts, cell, tier):
    assert facts(TIER, {"p": cell}) == {"customer.tier": tier}


@pytest.mark.parametrize("record", [{"p": "9"}, {"p": ""}, {}])
def test_a_code_can_mean_absence_as_does_an_empty_cell(facts, record):
    assert facts(TIER, record) == {}


def test_numbers_and_truths_of_json_are_codes_as_they_are_written(facts):
    text = """\
columns:
  p: {field: customer.tier, values: {2: gold}}
  k: {field: customer.known, values: {true: true, false: false}}
  v: {field: customer.type, values: {1.5: value_driven}}
"""
    found = facts(text, {"p": 2, "k": True, "v": Decimal("1.5")}, "json")
    assert found["customer.tier"] == "gold"
    assert found["customer.known"] is True
    assert found["customer.type"] == "value_driven"
    assert facts(text, {"v": 1.5, "p": None}, "json") == {"customer.type": "value_driven"}


def test_an_unknown_code_is_a_fault_that_lists_the_known(fault):
    found = fault(TIER, {"p": "7"})
    assert found.expected == "one of `0`, `1`, `2`, `9`"
    assert found.found == "`7`"
    assert "`other`" in found.message


def test_an_unknown_code_that_is_nearly_known_is_a_fault_with_the_nearest(fault):
    text = "columns: {t: {field: contact.channel, values: {PHONE: phone, MAIL: email}}}"
    assert "did you mean `PHONE`?" in fault(text, {"t": "PHON"}).message


def test_a_long_list_of_codes_is_cut(fault):
    codes = ", ".join(f"C{number}: phone" for number in range(25))
    found = fault(f"columns: {{t: {{field: contact.channel, values: {{{codes}}}}}}}", {"t": "?"})
    assert found.expected.endswith("`C19` or 5 more")


@pytest.mark.parametrize(("other", "means"), [("missing", {}), ("web", {"contact.channel": "web"})])
def test_other_says_what_all_other_codes_mean(facts, other, means):
    text = f"columns: {{t: {{field: contact.channel, values: {{P: phone}}, other: {other}}}}}"
    assert facts(text, {"t": "Q"}) == means
    assert facts(text, {"t": ""}) == {}
    assert facts(text, {"t": "P"}) == {"contact.channel": "phone"}


def test_a_code_may_be_what_is_absence_elsewhere(facts):
    text = (
        'missing: ["", "NULL"]\ncolumns: {k: {field: customer.known, values: {"": false, Y: true}}}'
    )
    assert facts(text, {}) == {"customer.known": False}
    assert facts(text, {"k": "NULL"}) == {}


@pytest.mark.parametrize("marker", ["", "NULL", "?", "-1"])
def test_markers_of_absence(facts, marker):
    text = 'missing: ["", "NULL", "?", -1]\ncolumns: {w: {field: contact.promised_wait}}'
    assert facts(text, {"w": marker}) == {}


def test_a_marker_counts_for_numbers_of_json_too(facts):
    text = 'missing: ["", -1]\ncolumns: {w: {field: contact.promised_wait}}'
    assert facts(text, {"w": -1}, "json") == {}


def test_an_empty_text_of_json_is_a_text_unless_it_marks_absence(facts):
    text = 'columns: {p: {field: contact.product}}\nmissing: "NULL"'
    assert facts(text, {"p": ""}, "json") == {"contact.product": ""}


# A cell with several items is split.


def test_items_are_parted_by_a_semicolon(facts):
    text = "columns: {n: {field: customer.needs}}"
    assert facts(text, {"n": "speed; price;"}) == {"customer.needs": ("price", "speed")}
    assert facts(text, {"n": "empty"}) == {"customer.needs": ()}
    assert facts(text, {"n": ""}) == {}


def test_the_file_may_say_what_parts_them(facts):
    text = 'split: "|"\ncolumns: {n: {field: customer.needs}}'
    assert facts(text, {"n": "speed|price"}) == {"customer.needs": ("price", "speed")}


def test_each_item_can_be_a_code(facts):
    text = (
        "columns: {n: {field: customer.needs, "
        "values: {A: price, B: price, C: speed, D: missing}, other: advice}}"
    )
    assert facts(text, {"n": "A;B;C"}) == {"customer.needs": ("price", "speed")}
    assert facts(text, {"n": "D"}) == {"customer.needs": ()}
    assert facts(text, {"n": "C;X"}) == {"customer.needs": ("speed", "advice")}


def test_lists_of_json_are_sets(facts):
    text = "columns: {n: {field: customer.needs}}"
    assert facts(text, {"n": ["speed"]}, "json") == {"customer.needs": ("speed",)}


@pytest.mark.parametrize(("raw", "typed"), [("speed;fame", "text"), ([["speed"]], "json")])
def test_what_is_no_item_is_a_fault(fault, raw, typed):
    found = fault("columns: {n: {field: customer.needs}}", {"n": raw}, typed)
    assert found.field == "customer.needs"


def test_an_unknown_code_among_items_is_a_fault(fault):
    text = "columns: {n: {field: customer.needs, values: {A: price}}}"
    assert fault(text, {"n": "A;Z"}).found == "`Z`"


# Days and times are read as the log writes them, in its zone.

COMBINED = """\
columns: {c: {field: contact.channel}}
combine:
  contact.at: {date: d, time: t, format: "%d/%m/%Y %H:%M", zone: Europe/Amsterdam}
"""


def test_a_day_and_a_time_are_one_moment(facts):
    found = facts(COMBINED, {"d": "3/12/2026", "t": "9:12"})
    assert found == {"contact.at": datetime(2026, 12, 3, 8, 12, tzinfo=UTC)}


@pytest.mark.parametrize("record", [{"d": "3/12/2026"}, {"t": "09:12"}, {}])
def test_without_one_of_them_there_is_no_moment(facts, record):
    assert facts(COMBINED, record) == {}


def test_of_a_doubled_hour_the_earlier_is_meant(facts):
    found = facts(COMBINED, {"d": "25/10/2026", "t": "02:30"})
    assert found == {"contact.at": datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}


def test_a_skipped_hour_is_a_fault(fault):
    found = fault(COMBINED, {"d": "29/03/2026", "t": "02:30"})
    assert "columns `d` and `t`" in found.message
    assert found.expected == "a time that the clocks of Europe/Amsterdam show"
    assert found.found == "`29/03/2026 02:30`"


@pytest.mark.parametrize(
    ("day", "hour"), [("31/02/2026", "09:00"), ("01/02/2026", "24:00"), ("2026-02-01", "09:00")]
)
def test_what_is_no_day_or_time_is_a_fault(fault, day, hour):
    assert fault(COMBINED, {"d": day, "t": hour}).field == "contact.at"


def test_the_first_day_of_all_in_an_eastern_zone_is_a_fault(fault):
    text = "columns: {a: {field: contact.at, format: '%Y-%m-%d %H', zone: Asia/Tokyo}}"
    assert "years 1 and 9999" in fault(text, {"a": "0001-01-01 00"}).message


@pytest.mark.parametrize(
    ("column", "cell", "name", "value"),
    [
        (
            "{field: contact.day, format: '%d.%m.%Y'}",
            "3.12.2026",
            "contact.day",
            date(2026, 12, 3),
        ),
        (
            "{field: contact.day, format: '%Y%m%d'}",
            "20261203",
            "contact.day",
            date(2026, 12, 3),
        ),
        ("{field: contact.day}", "2026-12-03", "contact.day", date(2026, 12, 3)),
        ("{field: contact.time, format: '%Hh%M'}", "9h05", "contact.time", time(9, 5)),
        (
            "{field: contact.at, format: '%Y-%m-%d %H:%M:%S'}",
            "2026-12-03 09:12:00",
            "contact.at",
            datetime(2026, 12, 3, 8, 12, tzinfo=UTC),
        ),
        (
            "{field: contact.at, zone: Asia/Jerusalem}",
            "2026-12-03T09:12:00",
            "contact.at",
            datetime(2026, 12, 3, 7, 12, tzinfo=UTC),
        ),
        (
            "{field: contact.at, zone: Asia/Jerusalem}",
            "2026-12-03T09:12:00Z",
            "contact.at",
            datetime(2026, 12, 3, 9, 12, tzinfo=UTC),
        ),
    ],
)
def test_formats_and_zones(facts, column, cell, name, value):
    assert facts(f"columns: {{x: {column}}}", {"x": cell}) == {name: value}


def test_a_format_reads_numbers_of_json_by_their_digits(facts):
    text = "columns: {x: {field: contact.day, format: '%Y%m%d'}}"
    assert facts(text, {"x": 20261203}, "json") == {"contact.day": date(2026, 12, 3)}


def test_another_spelling_than_the_format_is_a_fault_that_shows_it(fault):
    found = fault("columns: {x: {field: contact.day, format: '%d.%m.%Y'}}", {"x": "2026-12-03"})
    assert found.expected == "a date written as `%d.%m.%Y`"


@pytest.mark.parametrize(
    "text",
    [
        "columns:\n  x: {field: contact.at, format: '%d.%m.%y'}",
        (
            "columns: {c: {field: contact.channel}}\n"
            "combine: {contact.at: {date: d, time: t, format: '%d.%m.%y'}}"
        ),
    ],
)
def test_a_format_that_nobody_can_read_is_refused_with_its_place(overlay, text):
    with pytest.raises(PolicyEngineError, match=r"inputs/log\.yaml:4.*found `%y`"):
        decide_log(load(overlay({"inputs/log.yaml": HEAD + text})), "log", [])


# Constants, ids, and columns that nobody mapped or that are not there.


def test_constants_are_facts_of_every_record(facts):
    text = "columns: {p: {field: contact.product}}\nconstants: {contact.channel: phone}"
    assert facts(text, {}) == {"contact.channel": "phone"}


@pytest.mark.parametrize(
    ("text", "record", "identity"),
    [
        ("id: [a, b]\n", {"a": "AA01", "b": "34536"}, "AA01-34536"),
        ("id: [a, b]\n", {"b": "34536"}, "34536"),
        ("id: a\n", {"a": "NULL"}, "1"),
        ("id: a\n", {"a": 5}, "5"),
        ("", {"i": "c-1"}, "c-1"),
        ("", {}, "1"),
    ],
)
def test_the_id_is_made_of_its_columns(log, text, record, identity):
    policies = log(f"{text}missing: ['', 'NULL']\ncolumns: {{i: {{field: contact.id}}}}")
    assert one(policies, record).id == identity


def test_columns_inside_a_column_have_a_dot(facts):
    text = "columns: {call.kind: {field: contact.channel}}"
    assert facts(text, {"call": {"kind": "chat"}}, "json") == {"contact.channel": "chat"}


def test_a_record_that_cannot_be_read_is_a_fault_with_its_line(log):
    definitions = log("columns: {c: {field: contact.channel}}").definitions
    broken = Record(3, 9, None, Fault("expected 2 cells, found 1", hint="count"), "text")
    found = mapped(definitions, definitions.inputs["log"], broken)
    assert found.id == "3"
    assert [(one.line, one.message) for one in found.faults] == [
        (9, "expected 2 cells, found 1; count")
    ]


# A log is decided record by record.

MAP = "columns: {kind: {field: contact.channel}, tier: {field: customer.tier}}\n"


def test_a_faulty_record_is_invalid_and_the_rest_go_on(log):
    stream = rows("kind,tier\nphone,gold\nfax,gold\nchat\nchat,red\n")
    found = list(decide_log(log(MAP), "log", stream))
    assert [one.status for one in found] == ["decided", "invalid", "invalid", "decided"]
    assert [one.id for one in found] == ["1", "2", "3", "4"]
    assert [[p.line for p in one.problems] for one in found] == [[], [3], [4], []]


def test_a_column_neither_mapped_nor_ignored_is_a_warning_once(log):
    stream = rows("kind,tier,mood\nphone,gold,\nphone,gold,bad\n")
    found = list(decide_log(log(MAP), "log", stream))
    (warning,) = found[0].problems
    assert warning.severity == "warning"
    assert warning.found == "mood"
    assert "inputs/log.yaml neither maps nor ignores the column `mood`" in warning.message
    assert found[1].problems == ()
    assert {one.status for one in found} == {"decided"}


@pytest.mark.parametrize("ignore", ["rest", "[mood]"])
def test_what_is_ignored_is_not_mentioned(log, ignore):
    stream = rows("kind,tier,mood\nphone,gold,bad\n")
    (found,) = decide_log(log(f"{MAP}ignore: {ignore}"), "log", stream, strict=True)
    assert found.problems == ()


def test_a_strict_reading_refuses_a_log_with_a_column_nobody_mapped(log):
    stream = rows("kind,tier,mood\nphone,gold,bad\n")
    with pytest.raises(ContextError, match="the column `mood`"):
        list(decide_log(log(MAP), "log", stream, strict=True))


def test_without_a_header_a_strict_reading_refuses_each_record(log):
    records = [Record(n, n, {"kind": "phone", "mood": "bad"}, None, "json") for n in (1, 2)]
    found = list(decide_log(log(MAP), "log", records, strict=True))
    assert [one.status for one in found] == ["invalid", "invalid"]


def test_without_a_header_a_new_column_is_told_where_it_first_comes(log):
    cells = [{"kind": "phone"}, {"kinds": "phone"}, {"kinds": "phone"}]
    records = [Record(n, n, facts, None, "json") for n, facts in enumerate(cells, 1)]
    found = list(read_log(log(MAP).definitions, "log", records))
    assert [len(one.problems) for one in found] == [0, 1, 0]
    assert "did you mean `kind`?" in found[1].problems[0].message


def test_only_so_many_new_columns_are_told(log):
    records = [Record(n, n, {f"c{n}": "x"}, None, "json") for n in range(1, 1101)]
    found = list(read_log(log(MAP).definitions, "log", records))
    assert sum(len(one.problems) for one in found) == 1000


def test_a_log_without_a_mapped_column_is_refused_with_the_place_and_the_nearest(log):
    stream = decide_log(log(MAP), "log", rows("kinds,tier\nphone,gold\n"))
    with pytest.raises(ContextError) as caught:
        next(stream)
    text = "inputs/log.yaml:3: the log has no column `kind`; did you mean `kinds`?"
    assert str(caught.value) == text


def test_an_unknown_input_is_refused_at_once_with_the_nearest(log):
    with pytest.raises(ContextError, match=r"unknown input `lag`; did you mean `log`\?"):
        decide_log(log(MAP), "lag", [])


def test_a_set_without_inputs_says_so(overlay):
    with pytest.raises(ContextError, match="has no input files"):
        decide_log(load(overlay({})), "log", [])


def test_the_day_of_a_record_and_as_of_are_used(log):
    policies = log("columns: {kind: {field: contact.channel}, at: {field: contact.at}}")
    stream = rows("kind,at\nphone,2026-12-03T09:12:00+01:00\n")
    (found,) = decide_log(policies, "log", stream, as_of=date(2027, 1, 1))
    assert found.as_of == date(2027, 1, 1)
    assert found.at == datetime(2026, 12, 3, 8, 12, tzinfo=UTC)


def test_what_the_log_does_not_say_is_unknown(log):
    policies = log("columns: {tier: {field: customer.tier}}")
    (found,) = read_log(policies.definitions, "log", rows("tier\ngold\n"))
    assert found.facts["contact.channel"].value == "unknown"
