"""Laws of reading records: what is written comes back, and no text gives a traceback."""

import csv
import io
import json
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from policyengine.errors import ContextError
from policyengine.inputs.records import read_records
from policyengine.report.json_text import json_text

NAMES = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.integers() | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=3
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)
CONTEXTS = st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=8)
WORDS = ("\r\n", "1e9", "NaN", "null", "True", '{"a": 1}', "a,b\n", "- ", "a: ")
SCRAPS = st.lists(
    st.sampled_from([*"{}[]\":,\\ a1-\t;\0'#é\n\ud800", *WORDS]),
    max_size=40,
)


class Dribble(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, raw, sizes):
        self.raw = raw
        self.sizes = sizes
        self.turn = 0

    def readable(self):
        return True

    def readinto(self, into):
        size = min(len(into), self.sizes[self.turn % len(self.sizes)])
        self.turn += 1
        piece, self.raw = self.raw[:size], self.raw[size:]
        into[: len(piece)] = piece
        return len(piece)


def read(raw, form):
    return list(read_records(io.BytesIO(raw), form, name="x"))


@given(CONTEXTS, st.sampled_from([None, 2]))
def test_a_json_list_that_is_written_is_read_back(contexts, indent):
    records = read(json_text(contexts, indent=indent).encode(), "json")
    assert [record.facts for record in records] == contexts


@given(CONTEXTS)
def test_json_lines_that_are_written_are_read_back(contexts):
    records = read("".join(json_text(one) + "\n" for one in contexts).encode(), "jsonl")
    assert [record.facts for record in records] == contexts
    assert [record.line for record in records] == list(range(1, len(contexts) + 1))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_csv_that_is_written_is_read_back(rows):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    expected = [{name: cell for name, cell in zip("abc", row, strict=True) if cell} for row in rows]
    records = read(written.getvalue().encode(), "csv")
    assert [record.facts for record in records] == expected


@given(
    CONTEXTS,
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.sampled_from(["json", "jsonl"]),
)
def test_it_does_not_matter_in_what_pieces_a_stream_comes(contexts, sizes, form):
    lines = [json_text(one) for one in contexts]
    raw = ("[" + ",\n".join(lines) + "]" if form == "json" else "\n".join(lines)).encode()
    stream = io.BufferedReader(Dribble(raw, sizes), 8)
    assert list(read_records(stream, form, name="x")) == read(raw, form)


@given(SCRAPS, st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_it_does_not_matter_in_what_pieces_broken_json_comes(scraps, sizes):
    raw = "".join(['[{"a": 1}, ', *scraps]).encode(errors="surrogatepass")
    stream = io.BufferedReader(Dribble(raw, sizes), 8)
    assert list(read_records(stream, "json", name="x")) == read(raw, "json")


@given(st.binary(max_size=200) | SCRAPS.map(lambda parts: "".join(parts).encode(errors="replace")))
@example(b'[{"a":1}')
@example(b'"')
@example(b'a\n"')
def test_no_text_gives_a_traceback(raw):
    for form in ("json", "jsonl", "csv", "yaml"):
        try:
            records = read(raw, form)
        except ContextError as error:
            assert "\n" not in str(error)  # noqa: PT017 — either end is right
            continue
        for number, record in enumerate(records, start=1):
            assert record.number == number
            assert (record.facts is None) != (record.fault is None)
            assert 1 <= record.line <= raw.count(b"\n") + raw.count(b"\r") + 1
            if record.fault is not None:
                assert "\n" not in record.fault.message


@given(CONTEXTS, SCRAPS, st.integers(0, 7))
def test_one_bad_line_hides_no_other(contexts, scraps, at):
    bad = "".join(scraps).replace("\n", " ").replace("\r", " ").encode(errors="replace")
    lines = [json_text(one).encode() for one in contexts]
    at = min(at, len(lines))
    records = read(b"\n".join([*lines[:at], bad, *lines[at:]]), "jsonl")
    read_facts = [record.facts for record in records if record.line != at + 1]
    assert read_facts == contexts


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_number_keeps_its_digits(number):
    (record,) = read(json_text({"a": number}).encode(), "json")
    assert json.loads(json_text(record.facts), parse_float=Decimal) == {"a": number}
    assert json_text(record.facts) == json_text({"a": number})
