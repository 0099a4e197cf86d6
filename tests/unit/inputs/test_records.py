"""Records from streams: each is read or has its fault with its line, and the rest go on."""

import gzip
import io
import itertools
import sys
import tracemalloc
from decimal import Decimal

import pytest

from policyengine.errors import ContextError
from policyengine.inputs.record import LONGEST_RECORD
from policyengine.inputs.records import open_input, read_records


def read(text, form, name="x"):
    raw = text if isinstance(text, bytes) else text.encode()
    return list(read_records(io.BytesIO(raw), form, name=name))


def facts(text, form):
    return [record.facts for record in read(text, form)]


def faults(text, form):
    """Return line, message and hint of what cannot be read."""
    return [
        (record.line, record.fault.message, record.fault.hint)
        for record in read(text, form)
        if record.fault is not None
    ]


def opened(path, form=None):
    with open_input(str(path), form) as records:
        return list(records)


class Trickle(io.RawIOBase):
    """A stream that gives what is made as it is made."""

    def __init__(self, pieces):
        self.pieces = iter(pieces)
        self.rest = b""
        self.taken = 0

    def readable(self):
        return True

    def readinto(self, into):
        if not self.rest:
            self.rest = next(self.pieces, b"")
            self.taken += 1
        piece = self.rest[: len(into)]
        self.rest = self.rest[len(piece) :]
        into[: len(piece)] = piece
        return len(piece)


def trickle(pieces):
    return io.BufferedReader(Trickle(pieces))


# JSON


def test_a_list_of_contexts_is_read_with_the_line_of_each():
    records = read('[\n  {"a": 1},\n\n  {"a":\n 2}, {"a": 3}\n]\n', "json")
    assert [(record.number, record.line, record.facts) for record in records] == [
        (1, 2, {"a": 1}),
        (2, 4, {"a": 2}),
        (3, 5, {"a": 3}),
    ]
    assert {record.typed for record in records} == {"json"}


def test_one_context_is_one_record():
    assert facts('{"a": {"b": [1, true, null]}}', "json") == [{"a": {"b": [1, True, None]}}]


def test_contexts_one_after_the_other_are_records_too():
    assert facts('{"a":\n 1}\n{"a":\n 2}', "json") == [{"a": 1}, {"a": 2}]


def test_an_empty_list_has_no_records():
    assert read(" [ ] ", "json") == []


def test_numbers_are_exact():
    (record,) = facts('[{"a": 1.10, "b": 0.1e1, "c": 12345678901234567890}]', "json")
    assert record == {"a": Decimal("1.10"), "b": Decimal("0.1e1"), "c": 12345678901234567890}
    assert str(record["a"]) == "1.10"
    assert isinstance(record["c"], int)


@pytest.mark.parametrize(
    ("broken", "message", "hint"),
    [
        ('{"b": 1, "b": 2}', "`b` stands twice", "keep the one that is meant"),
        (
            '{"b": {"c": 1, "c": 1}}',
            "`c` stands twice",
            "keep the one that is meant",
        ),
        (
            '{"b": NaN}',
            "expected a number, found `NaN`",
            "write `null` for a fact that is missing",
        ),
        (
            '{"b": -Infinity}',
            "expected a number, found `-Infinity`",
            "write `null` for a fact that is missing",
        ),
        (
            '{"b": True}',
            "column 7: expected a value, found `True`",
            "JSON writes `true`",
        ),
        (
            "{'b': 1}",
            "column 2: expected a field name in double quotes, found `'b'`",
            'JSON writes texts and names in double quotes: `"phone"`',
        ),
        (
            '{"b" 1}',
            "column 6: expected `:` after the field name, found `1`",
            "",
        ),
        (
            '{"b": "x\ty"}',
            "column 9: expected no line break or control character in a text, found a tab",
            "write a tab in a text as `\\t`",
        ),
        (
            '{"b": "\\q"}',
            "column 8: expected an escape such as `\\n` or `\\u00e9`, found `\\q`",
            "",
        ),
        ("3", "expected a context, as in `{…}`, found `3`", ""),
        ("[1]", "expected a context, as in `{…}`, found a list", ""),
        ('"x"', "expected a context, as in `{…}`, found the text `x`", ""),
        ("null", "expected a context, as in `{…}`, found `null`", ""),
    ],
)
def test_a_broken_record_in_a_list_is_a_fault_and_the_rest_go_on(broken, message, hint):
    text = f'[{{"a": 1}},\n{broken},\n{{"a": 3}}]'
    assert facts(text, "json") == [{"a": 1}, None, {"a": 3}]
    assert faults(text, "json") == [(2, message, hint)]


def test_a_comma_before_the_end_of_a_mapping_is_a_fault():
    ((line, message, _),) = faults('[{"a": 1},\n{"b": 1,},\n{"c": 1}]', "json")
    assert line == 2
    assert "column" in message
    assert "comma" in message or "field name" in message


@pytest.mark.parametrize("number", ["1" * 5000, "1e99999", "1e-99999", "1e9999999999999999999999"])
def test_a_number_beyond_all_measure_is_a_fault(number):
    text = f'[{{"a": {number}}}, {{"a": 2}}]'
    assert facts(text, "json") == [None, {"a": 2}]
    assert "longer than anything" in faults(text, "json")[0][1]


@pytest.mark.parametrize("levels", [100, 100_000])
def test_a_record_too_deep_is_a_fault(levels):
    text = '[{"a": ' + "[" * levels + "]" * levels + '}, {"a": 2}]'
    assert facts(text, "json") == [None, {"a": 2}]
    assert "64 levels" in faults(text, "json")[0][1]


def test_many_lists_side_by_side_are_not_deep():
    assert facts('[{"a": [' + ",".join(["[]"] * 200) + "]}]", "json")[0] is not None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"a": 1},\n{"b": "x},\n{"c": 1}]', 2),
        ('[{"a": 1},\n{"b": {"c": 1]},\n{"c": 1}]', 2),
    ],
)
def test_where_the_next_record_cannot_be_told_reading_stops_and_says_so(text, line):
    assert facts(text, "json") == [{"a": 1}, None]
    ((at, message, _),) = faults(text, "json")
    assert at == line
    assert message.endswith(
        "; where the next record begins cannot be told, and the rest is not read"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1}, {"b": 1', "expected the end of the record, found the end of the file"),
        ('[{"a": 1}, {"b": "x\\', "expected the end of the record, found the end of the file"),
        ('[{"a": 1},', "expected `]` at the end of the list, found the end of the file"),
        ('[{"a": 1}', "expected `]` at the end of the list, found the end of the file"),
        ('[{"a": 1},]', "expected a context after the comma, found `]`"),
        ('[{"a": 1}] x', "expected nothing after the list, found `x`"),
        ('{"a": 1}, {"a": 2}', "expected a context, as in `{…}`, or a list of them, found `,`"),
        ('[{"a": 1}}]', "expected a context, as in `{…}`, found `}`"),
    ],
)
def test_what_is_wrong_around_the_records_is_said_once(text, message):
    records = read(text, "json")
    assert records[0].facts == {"a": 1}
    assert [record.fault.message for record in records[1:]] == [message]


def test_a_missing_comma_is_said_and_both_records_are_read():
    text = '[{"a": 1}\n{"a": 2}]'
    assert facts(text, "json") == [{"a": 1}, None, {"a": 2}]
    assert faults(text, "json") == [(2, "expected `,` between two contexts, found `{`", "")]


def test_columns_are_right_deep_in_a_long_line():
    before = "[" + '{"a": 1},' * 50_000
    ((_, message, _),) = faults(before + '{"b" 1}]', "json")
    assert message.startswith(f"column {len(before) + 6}: ")


def test_a_record_longer_than_a_piece_is_read():
    long = "x" * 3_000_000
    assert facts(f'[{{"a": "{long}"}}, {{"a": 2}}]', "json") == [{"a": long}, {"a": 2}]


def test_a_record_without_end_does_not_fill_the_memory():
    pieces = itertools.chain([b'[{"a": "'], itertools.repeat(b"x" * 65536, 1000))
    (record,) = read_records(trickle(pieces), "json", name="x")
    assert f"at most {LONGEST_RECORD:,} characters" in record.fault.message


def test_a_record_of_a_list_that_is_no_utf8_is_a_fault_and_the_rest_go_on():
    text = b'[{"a": "\xe9"}, {"a": "\xc3\xa9"}, {"a": "\\ud800"}]'
    assert facts(text, "json") == [None, {"a": "é"}, {"a": "\ud800"}]
    assert faults(text, "json")[0][1].startswith("expected UTF-8 text")


def test_a_first_byte_order_mark_is_no_part_of_the_text():
    assert facts(b'\xef\xbb\xbf[{"a": 1}]', "json") == [{"a": 1}]
    assert facts(b'\xef\xbb\xbf{"a": 1}', "jsonl") == [{"a": 1}]
    assert facts(b"\xef\xbb\xbfa\n1\n", "csv") == [{"a": "1"}]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "yaml"])
def test_utf16_is_refused_with_the_way_out(form):
    with pytest.raises(ContextError, match="found UTF-16; save the file as UTF-8"):
        read('[{"a": 1}]'.encode("utf-16"), form)


def test_an_empty_json_file_is_refused():
    with pytest.raises(ContextError, match=r"^calls\.json: expected .* found an empty file$"):
        read(" \n", "json", name="calls.json")


def test_records_of_a_list_come_as_they_are_written():
    stream = Trickle([b'[{"a": 1}, ', b'{"a": 2}, ', b'{"a": 3}]'])
    records = read_records(io.BufferedReader(stream), "json", name="x")
    assert next(records).facts == {"a": 1}
    assert stream.taken == 1


# JSONL


def test_each_line_is_a_record_and_blank_lines_are_none():
    records = read('{"a": 1}\r\n\r\n  \n{"a": 2}', "jsonl")
    assert [(record.number, record.line, record.facts) for record in records] == [
        (1, 1, {"a": 1}),
        (2, 4, {"a": 2}),
    ]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            b"[1]",
            "expected a context, as in `{\u2026}`, found a list",
            "use `--input-format json` for a list",
        ),
        (b"12", "expected a context, as in `{\u2026}`, found the number `12`", ""),
        (
            b'{"a": 1},',
            "expected the end of the line after the context, found a comma",
            "take away the comma",
        ),
        (
            b'{"a": 1} {"a": 2}',
            'expected the end of the line after the context, found `{"a": 2}`',
            "write each context on its own line",
        ),
        (
            b'{"a": 1',
            "expected a whole context on the line, found the beginning of one",
            "write a context on one line, or use `--input-format json`",
        ),
        (
            b'{"a": "\xe9"}',
            "column 8: expected UTF-8 text, found the byte E9",
            "save the file as UTF-8",
        ),
        (b"phone", "column 1: expected a value, found `phone`", ""),
    ],
)
def test_a_bad_line_is_a_fault_and_the_rest_go_on(line, message, hint):
    text = b'{"a": 1}\n' + line + b'\n{"a": 3}\n'
    assert facts(text, "jsonl") == [{"a": 1}, None, {"a": 3}]
    assert faults(text, "jsonl") == [(2, message, hint)]


def test_a_line_without_end_is_a_fault_and_the_rest_go_on():
    long = itertools.repeat(b"x" * 65536, 600)
    pieces = itertools.chain([b'{"a": 1}\n{"a": "'], long, [b'"}\n{"a": 3}\n'])
    records = list(read_records(trickle(pieces), "jsonl", name="x"))
    assert [record.facts for record in records] == [{"a": 1}, None, {"a": 3}]
    assert [record.line for record in records] == [1, 2, 3]


def test_no_lines_are_no_records():
    assert read("", "jsonl") == []


def test_a_line_is_a_record_as_soon_as_it_is_written():
    stream = Trickle([b'{"a": 1}\n', b'{"a": 2}\n'])
    records = read_records(io.BufferedReader(stream), "jsonl", name="x")
    assert next(records).facts == {"a": 1}
    assert stream.taken == 1


# CSV


def test_rows_are_records_of_text_and_empty_cells_are_absent():
    records = read("\na, b ,c\r\n1,,x y\r\n\r\n,2,\r\n", "csv")
    assert [(record.number, record.line, record.facts) for record in records] == [
        (1, 3, {"a": "1", "c": "x y"}),
        (2, 5, {"b": "2"}),
    ]
    assert {record.typed for record in records} == {"text"}


def test_a_quoted_cell_holds_commas_quotes_and_line_breaks():
    records = read('a,b\n"1,\n""2""",x\n3,y\n', "csv")
    assert [(record.line, record.facts) for record in records] == [
        (2, {"a": '1,\n"2"', "b": "x"}),
        (4, {"a": "3", "b": "y"}),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b\n1,5;2\n", {"a": "1,5", "b": "2"}),
        ("a\tb\n1;5\t2\n", {"a": "1;5", "b": "2"}),
        ("a,b;c\n1,2\n", {"a": "1", "b;c": "2"}),
        ('"a,b";c\n1;2\n', {"a,b": "1", "c": "2"}),
        ("a\n1;2\n", {"a": "1;2"}),
    ],
)
def test_cells_are_parted_by_comma_else_semicolon_else_tab_as_the_header_says(text, expected):
    assert facts(text, "csv") == [expected]


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        (b"1", "expected 2 cells as in the header, found 1 cell", ""),
        (
            b"1,2,3",
            "expected 2 cells as in the header, found 3 cells",
            "quote a cell that has a `,` in it",
        ),
        (
            b'"1"x,2',
            "expected quotes in pairs around a cell, found one that has no partner",
            'close each quote that opens a cell, and write a quote inside as `""`',
        ),
        (
            b'"1,2',
            "expected quotes in pairs around a cell, found one that has no partner",
            'close each quote that opens a cell, and write a quote inside as `""`',
        ),
        (
            b"\xe9,2",
            "column 1: expected UTF-8 text, found the byte E9",
            "save the file as UTF-8",
        ),
        (
            b"1,\x00",
            "expected text, found a character with the number 0",
            "save the file as UTF-8 text",
        ),
        (
            b"1,2\r3,4",
            "expected a line end only after the last cell, found a carriage return",
            "end lines with a line feed, with or without a carriage return before it",
        ),
        (
            b"1," + b"x" * 200_000,
            "expected cells of at most 131,072 characters, found a longer one",
            "a closing quote may be missing",
        ),
    ],
)
def test_a_bad_row_is_a_fault_and_the_rest_go_on(row, message, hint):
    text = b"a,b\n1,2\n" + row + b"\n3,4\n5,6\n"
    good = [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}, {"a": "5", "b": "6"}]
    assert facts(text, "csv") == [good[0], None, *good[1:]]
    assert faults(text, "csv") == [(3, message, hint)]
    assert [record.line for record in read(text, "csv")] == [2, 3, 4, 5]


def test_a_quote_that_is_not_closed_costs_one_row_also_before_a_long_rest():
    text = 'a,b\n"1,2\n' + "3,4\n" * 100_000
    records = read(text, "csv")
    assert len(records) == 100_001
    assert [record.line for record in records if record.fault] == [2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x: expected a header with the names of the columns, found none"),
        ("\n \n", "x: expected a header with the names of the columns, found none"),
        (
            "\na,b,a\n",
            "x:2: expected each name once, found that columns 1 and 3 are both called `a`",
        ),
        ("a,,b\n", "x:1: expected a name for column 2, found none"),
        (b"a,\xe9\n", "x:1: column 3: expected UTF-8 text, found the byte E9"),
        (
            'a,"b\n1,2\n',
            "x:1: expected quotes in pairs around a cell, found one that has no partner",
        ),
    ],
)
def test_a_file_without_a_good_header_is_refused(text, message):
    with pytest.raises(ContextError) as caught:
        read(text, "csv")
    assert str(caught.value) == message


# YAML


def test_a_yaml_mapping_is_one_context_of_text():
    text = "contact.channel: no\nqueue:\n  wait: 1.10\n  at: 12:30\nneeds: [price, 010]\n"
    (record,) = read(text, "yaml")
    assert record.facts == {
        "contact.channel": "no",
        "queue": {"wait": "1.10", "at": "12:30"},
        "needs": ["price", "010"],
    }
    assert record.typed == "text"


def test_a_yaml_list_is_many_contexts():
    records = read("- a: 1\n- a: 2\n  b: x\n- {a: 3}\n", "yaml")
    assert [(record.number, record.line, record.facts) for record in records] == [
        (1, 1, {"a": "1"}),
        (2, 2, {"a": "2", "b": "x"}),
        (3, 4, {"a": "3"}),
    ]


def test_a_yaml_fact_without_a_value_is_absent_and_a_quoted_one_is_text():
    assert facts('a:\nb: ~\nc: null\nd: ""\ne: "null"\n', "yaml") == [
        {"a": None, "b": None, "c": None, "d": "", "e": "null"}
    ]


def test_an_item_of_a_yaml_list_that_is_no_context_is_a_fault():
    assert facts("- a: 1\n- phone\n- a: 3\n", "yaml") == [{"a": "1"}, None, {"a": "3"}]
    ((line, message, _),) = faults("- a: 1\n- phone\n- a: 3\n", "yaml")
    assert line == 2
    assert message.endswith("found the text `phone`")


def test_a_broken_yaml_file_is_a_fault_with_its_line():
    ((line, _, _),) = faults("a: 1\na: 2\n", "yaml")
    assert line == 2


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n\n"])
def test_an_empty_yaml_file_is_refused(text):
    with pytest.raises(ContextError, match="found an empty file"):
        read(text, "yaml")


@pytest.mark.parametrize("text", ["a: " + "[" * 100 + "]" * 100, "- " * 5000 + "a"])
def test_yaml_too_deep_gives_a_fault(text):
    assert all(record.fault for record in read(text, "yaml"))


# Files, standard input, compression


SAMPLES = {
    "json": b'[{"a": "1"}]',
    "jsonl": b'{"a": "1"}\n',
    "ndjson": b'{"a": "1"}\n',
    "csv": b"a\n1\n",
    "yaml": b"a: 1\n",
    "yml": b"a: 1\n",
    "CSV": b"a\n1\n",
}


@pytest.mark.parametrize("suffix", SAMPLES)
@pytest.mark.parametrize("packed", [False, True])
def test_the_suffix_says_the_format_and_gz_after_it_does_not_count(tmp_path, suffix, packed):
    raw = SAMPLES[suffix]
    path = tmp_path / f"calls.{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(raw) if packed else raw)
    assert [record.facts for record in opened(path)] == [{"a": "1"}]


def test_what_is_compressed_is_known_by_its_first_bytes(tmp_path):
    packed = tmp_path / "calls.csv"
    packed.write_bytes(gzip.compress(b"a\n1\n"))
    plain = tmp_path / "plain.csv.gz"
    plain.write_bytes(b"a\n1\n")
    assert opened(packed)[0].facts == opened(plain)[0].facts == {"a": "1"}


def test_a_given_format_counts_more_than_the_suffix(tmp_path):
    path = tmp_path / "calls.txt"
    path.write_bytes(b"a\n1\n")
    assert opened(path, "csv")[0].facts == {"a": "1"}


@pytest.mark.parametrize("name", ["calls.txt", "calls", "calls.gz"])
def test_a_suffix_that_says_nothing_is_refused_with_the_option(tmp_path, name):
    (tmp_path / name).write_bytes(b"a\n1\n")
    with pytest.raises(ContextError, match=r"use `--input-format json`"):
        opened(tmp_path / name)


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a\n")
    with pytest.raises(ContextError, match="expected a format of json, jsonl, yaml, csv, found"):
        opened(tmp_path / "a.csv", "xml")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ContextError, match="there is no such file"):
        opened(tmp_path / "none.csv")
    with pytest.raises(ContextError, match="found a folder"):
        opened(tmp_path)
    with pytest.raises(ContextError, match="cannot be opened"):
        opened("a\0.csv")


def test_a_compressed_file_that_is_cut_off_gives_what_can_be_read_and_a_fault(tmp_path):
    path = tmp_path / "calls.jsonl.gz"
    lines = b"".join(b'{"a": %d}\n' % (number * 7919 % 10007) for number in range(20_000))
    path.write_bytes(gzip.compress(lines)[:-2000])
    records = opened(path)
    assert len(records) > 1000
    assert [record.fault is None for record in records] == [True] * (len(records) - 1) + [False]
    assert "breaks off" in records[-1].fault.message


@pytest.fixture
def typed_in(monkeypatch):
    def give(raw):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        return opened("-")

    return give


@pytest.mark.parametrize(
    "raw",
    [
        b'[{"a": 1}, {"a": 2}]',
        b'\xef\xbb\xbf \n [\n{"a": 1}, {"a": 2}]',
        b'{"a": 1}\n{"a": 2}\n',
        b'\n{"a": 1}\n\n{"a": 2}',
        b'{\n "a": 1\n}\n{\n "a": 2\n}\n',
        gzip.compress(b'{"a": 1}\n{"a": 2}\n'),
    ],
)
def test_standard_input_says_itself_whether_it_is_json_or_jsonl(typed_in, raw):
    assert [record.facts for record in typed_in(raw)] == [{"a": 1}, {"a": 2}]


def test_a_broken_first_line_does_not_hide_that_each_line_is_a_record(typed_in):
    records = typed_in(b'{"a": "1}\n{"a": 2}\n')
    assert [record.facts for record in records] == [None, {"a": 2}]


def test_lines_count_from_the_first_of_standard_input(typed_in):
    assert [record.line for record in typed_in(b'\n\n{"a": 1}\n')] == [3]


@pytest.mark.parametrize("raw", [b"a,b\n1,2\n", b"", b"a: 1\n"])
def test_other_standard_input_is_refused_with_the_option(typed_in, raw):
    with pytest.raises(ContextError, match=r"standard input: .*--input-format"):
        typed_in(raw)


def test_standard_input_stays_open(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(b'{"a": 1}\n'))
    monkeypatch.setattr(sys, "stdin", stream)
    opened("-")
    assert not stream.closed


def test_a_file_is_closed_also_when_its_records_are_left(tmp_path):
    path = tmp_path / "calls.jsonl"
    path.write_bytes(b'{"a": 1}\n' * 100_000)
    with open_input(str(path)) as records:
        assert next(records).facts == {"a": 1}
    assert list(records) == []


# Memory


def many(form, count):
    line = b'{"contact.id": "c-%d", "contact.channel": "phone", "queue.wait": 340.5}'
    if form == "json":
        return itertools.chain(
            [b"["], (line % n + b",\n" for n in range(count)), [line % count + b"]"]
        )
    if form == "jsonl":
        return (line % n + b"\n" for n in range(count))
    return itertools.chain([b"id,channel\n"], (b"c-%d,phone\n" % n for n in range(count)))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_memory_does_not_grow_with_the_stream(form):
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_records(trickle(many(form, 20_000)), form, name="x"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count in (20_000, 20_001)
    assert peak < 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_memory_does_not_grow_with_a_long_stream(form):
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_records(trickle(many(form, 200_000)), form, name="x"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count in (200_000, 200_001)
    assert peak < 1_000_000
