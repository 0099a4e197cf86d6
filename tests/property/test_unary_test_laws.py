"""Laws of values and of tests of a field."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from policyengine.document import Scalar, Sequence
from policyengine.source import Source
from policyengine.unary_tests import fields_of, read_test, show_test
from policyengine.unary_tests.parse import _read_line
from policyengine.unary_tests.patterns import what_is_wrong
from policyengine.unary_tests.plain import plain_test
from policyengine.unary_tests.reading import Reading, Surroundings
from policyengine.values import (
    FieldType,
    Misreading,
    from_json,
    has_order,
    rank,
    read_items,
    read_value,
    show_value,
    to_json,
)

CHOICE = FieldType("choice", values=("none", "red", "silver", "gold"), ordered=True)
TYPES = {
    "boolean": FieldType("boolean"),
    "integer": FieldType("integer", minimum=-1000, maximum=1000),
    "number": FieldType("number"),
    "weight": FieldType("number", unit="kg"),
    "money": FieldType("money", unit="EUR"),
    "share": FieldType("share"),
    "choice": CHOICE,
    "colour": FieldType("choice", values=("a", "b-c", "D_e")),
    "set": FieldType("set", values=("price", "speed", "advice")),
    "text": FieldType("text", max_length=60),
    "date": FieldType("date"),
    "time": FieldType("time"),
    "datetime": FieldType("datetime", zone="Europe/Amsterdam"),
    "duration": FieldType("duration", unit="min"),
    "hours": FieldType("duration", unit="h", step=Decimal(1)),
    "period": FieldType("period"),
    "list": FieldType("list", values=("a", "b")),
}
FIELDS = {f"other.{name}": type_ for name, type_ in TYPES.items()}
READABLE = [name for name in TYPES if name not in {"period", "list"}]

_SENTENCES = """
any missing present empty not neither nor has or and under over at least most between to
more than less is in true false yes null gold silver Gold price speed price, a b-c 5 10
2.5 1,000 1.000 80% -3 5..10 ..<20 22:00..06:00 17.30 09:00 24:00 2026-12-01 1-12-2026
2026-12-03T09:12:00Z 2 min minutes h EUR USD kg other.money other.duration other.choice
other.set other.text other.tpye .. ..< < > >= != = [ ] ( ) / , ' " # same as contains
starts with matches /a+/ /(a)*/ - * x
"""
_WORDS = tuple(_SENTENCES.split())
sentences = st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join)
texts = st.one_of(sentences, st.text(max_size=30), st.text("0123456789.,:-+ eE%", max_size=15))
types = st.sampled_from(sorted(TYPES)).map(TYPES.__getitem__)

_numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
_offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
_moments = st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30), timezones=_offsets)  # noqa: DTZ001 - bounds
VALUES = {
    "boolean": st.booleans(),
    "integer": st.integers(-1000, 1000),
    "number": _numbers,
    "weight": _numbers,
    "money": _numbers,
    "share": st.decimals(min_value=-1, max_value=1, places=6),
    "choice": st.sampled_from(CHOICE.values),
    "colour": st.sampled_from(TYPES["colour"].values),
    "set": st.lists(st.sampled_from(TYPES["set"].values), unique=True).map(
        lambda items: tuple(value for value in TYPES["set"].values if value in items)
    ),
    "text": st.text(max_size=20),
    "date": st.dates(),
    "time": st.times(),
    "datetime": _moments,
    "duration": _numbers,
    "hours": st.integers(-(10**6), 10**6).map(Decimal),
}
typed_values = st.sampled_from(READABLE).flatmap(
    lambda name: VALUES[name].map(lambda value: (TYPES[name], value))
)


def _plain(type_, values):
    """Return texts of a value or a range of *type_*, as `not` and `neither` take them."""
    value = values.map(lambda value: show_value(type_, value))
    if not has_order(type_):
        return value
    two = st.tuples(values, values).map(lambda pair: sorted(pair, key=lambda end: rank(type_, end)))
    return value | two.map(lambda ends: "..".join(show_value(type_, end) for end in ends))


@st.composite
def written_tests(draw):
    """Return a type with a text that is one of its tests."""
    name = draw(st.sampled_from([name for name in READABLE if name not in {"set", "text"}]))
    type_, values = TYPES[name], VALUES[name]
    plain = _plain(type_, values)
    lines = plain | plain.map("not {}".format) | st.just("missing")
    if has_order(type_):
        bound = st.sampled_from(["over", "at least", "under", "at most"])
        ends = values.map(lambda value: show_value(type_, value)) | st.just(f"other.{name}")
        lines |= st.tuples(bound, ends).map(" ".join)
    neither = st.lists(plain, min_size=2, max_size=3).map(" nor ".join)
    several = st.lists(lines, min_size=1, max_size=3)
    written = draw(several.map(" or ".join) | neither.map("neither {}".format) | several)
    return type_, written


def scalar(text):
    return Scalar(text, Source("example.yaml", f"x: {text}\n").span(3, 3 + len(text)))


def read(type_, written):
    findings = []
    if isinstance(written, list):
        whole = Source("example.yaml", str(written)).span(0, len(str(written)))
        node = Sequence(tuple(scalar(item) for item in written), whole)
    else:
        node = scalar(written)
    return read_test(node, type_, FIELDS.get, lambda: FIELDS, findings), findings


def as_written(text):
    return yaml.load(text, Loader=yaml.BaseLoader) if text.startswith("[") else text


@given(types, texts, st.booleans())
def test_any_text_is_a_value_or_a_misreading(type_, text, loose):
    warnings = []
    value = read_value(type_, text, loose=loose, warnings=warnings)
    for wrong in [*warnings, *([value] if isinstance(value, Misreading) else [])]:
        assert 0 <= wrong.start <= (len(text) if wrong.end is None else wrong.end) <= len(text)
        assert "\n" not in wrong.message
    read_items(type_, text.split(","))


@given(types, texts, st.booleans())
def test_a_mended_value_can_be_read_or_is_answered_again(type_, text, loose):
    value = read_value(type_, text, loose=loose)
    if isinstance(value, Misreading) and value.mended is not None:
        mended = text[: value.start] + value.mended + text[value.end :]
        again = read_value(type_, mended, loose=loose)
        assert not isinstance(again, Misreading) or again.mended != mended


@given(typed_values)
def test_what_is_shown_reads_as_the_same_value(typed):
    type_, value = typed
    warnings = []
    shown = show_value(type_, value)
    assert read_value(type_, shown, warnings=warnings) == value, shown
    assert warnings == []


@given(typed_values)
@example((TYPES["duration"], Decimal(100)))
def test_what_goes_to_json_comes_back(typed):
    type_, value = typed
    assert from_json(type_, to_json(type_, value)) == value


_raw = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(max_size=10)
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(types, _raw)
def test_any_fact_is_a_value_or_a_misreading(type_, raw):
    value = from_json(type_, raw)
    if isinstance(value, Misreading):
        assert value.expected
    else:
        assert from_json(type_, to_json(type_, value)) == value


@given(types, texts | st.lists(texts, max_size=3))
@example(TYPES["time"], "24:00..24:00")
@example(TYPES["datetime"], "at most 9999-12-31")
def test_any_text_is_a_test_or_has_findings(type_, written):
    test, findings = read(type_, written)
    errors = [finding for finding in findings if finding.severity == "error"]
    assert (test is None) == bool(errors)
    for finding in findings:
        assert finding.message
        assert "\n" not in finding.message + finding.hint
        assert finding.span.start <= finding.span.end


def assert_shown_reads_alike(type_, test):
    shown = show_test(test, type_)
    again, findings = read(type_, as_written(shown))
    assert (again, findings) == (test, []), shown
    assert show_test(again, type_) == shown
    assert set(fields_of(test)) <= set(FIELDS)


@given(written_tests())
def test_what_is_shown_of_a_test_reads_as_an_equal_test(typed):
    type_, written = typed
    test, findings = read(type_, written)
    assert test is not None or {finding.code.id for finding in findings} <= {"PE247", "PE264"}
    if test is not None:
        assert_shown_reads_alike(type_, test)


@given(types, sentences | st.lists(sentences, max_size=3))
def test_whatever_was_read_can_be_shown(type_, written):
    test, _ = read(type_, written)
    if test is not None:
        assert_shown_reads_alike(type_, test)


@given(st.text(max_size=40))
def test_a_test_for_any_text_can_be_shown(text):
    type_ = TYPES["text"]
    test, _ = read(type_, f'"{text}"')
    assume(test is not None)
    assert read(type_, show_test(test, type_)) == (test, [])


@given(st.times(), st.times())
def test_ranges_of_times_may_wrap(low, high):
    assume(low != high)
    shown = f"{show_value(TYPES['time'], low)}..{show_value(TYPES['time'], high)}"
    test, findings = read(TYPES["time"], shown)
    assert findings == []
    assert (test.low.value, test.high.value) == (low, high)


@given(st.text("ab\\dw[](){}|?*+.,0123^$-", max_size=15))
def test_any_pattern_is_taken_or_refused(pattern):
    assert isinstance(what_is_wrong(pattern), str)


PLAIN = st.from_regex(
    r"(under |at most |over |at least )?[+-]?[0-9]{1,4}(\\.[0-9]{1,2})?(\\.\\.<?-?[0-9]{1,4}(\\.[0-9])?)?",
    fullmatch=True,
)
WORDS = st.lists(st.sampled_from([*CHOICE.values, "goldd", "not gold"]), min_size=1, max_size=3)


@given(
    st.one_of(
        st.tuples(st.sampled_from([TYPES["integer"], TYPES["number"], TYPES["weight"]]), PLAIN),
        st.tuples(st.just(CHOICE), WORDS.map(" or ".join)),
        st.tuples(st.just(TYPES["boolean"]), st.sampled_from(["true", "false", "True"])),
    )
)
def test_a_plain_spelling_is_read_as_the_whole_grammar_reads_it(written):
    type_, text = written
    scalar = Scalar(text, Source("a.yaml", text).span(0, len(text)))
    quick = plain_test(scalar, type_)
    if quick is None:
        return
    reading = Reading(scalar, Surroundings(type_, lambda _: None, tuple))
    slow = _read_line(reading, reading.whole)
    assert reading.wrongs == []
    assert (quick, repr(quick.span)) == (slow, repr(slow.span))
    parts = [[repr(part.span) for part in getattr(test, "tests", ())] for test in (quick, slow)]
    assert parts[0] == parts[1]
