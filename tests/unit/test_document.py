"""Reading a text into nodes: places, texts, quotes, contexts, encodings."""

import gc

import pytest
import yaml

from policyengine.document import (
    Mapping,
    Scalar,
    Sequence,
    is_absent,
    read_document,
    read_text,
    view,
)
from policyengine.document.pure import PureLoader
from policyengine.document.reading import read_with
from policyengine.source import Source

LOADERS = [yaml.CLoader, PureLoader] if yaml.__with_libyaml__ else [PureLoader]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def read(request):
    def reading(text, *, context=False):
        node, found = read_with(request.param, Source("x.yaml", text), context=context)
        assert [str(finding) for finding in found] == []
        return node

    return reading


def _scalars(node):
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _scalars(value)


@pytest.mark.parametrize(
    ("written", "text", "quoted"),
    [
        ("gold", "gold", False),
        ("12:30", "12:30", False),
        ("no", "no", False),
        ("0123", "0123", False),
        ("1.10", "1.10", False),
        ("-5", "-5", False),
        ("< 5", "< 5", False),
        ("5..<10", "5..<10", False),
        ("matches /\\d{11}/", "matches /\\d{11}/", False),
        ('"gold"', "gold", True),
        ("'it''s'", "it's", True),
        ('""', "", True),
        ('"null"', "null", True),
        ('"a # b"', "a # b", True),
        ("a#b", "a#b", False),
        ("gold # a comment", "gold", False),
        ("It “works” now", "It “works” now", False),
        ("\u2019s ochtends", "\u2019s ochtends", False),
        ("'😀 b'", "😀 b", True),
        ('"tab\there"', "tab\there", True),
        ("'no\u00a0break'", "no\u00a0break", True),
    ],
)
def test_a_value_stays_the_text_that_was_written(read, written, text, quoted):
    value = read(f"a: {written}\nb: 1\n").get("a")
    assert (value.text, value.quoted) == (text, quoted)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (">\n  They answer\n  e-mail best.", "They answer e-mail best."),
        (">-\n  They answer\n  e-mail best.", "They answer e-mail best."),
        ("|\n  first\n   second", "first\n second"),
        ("|+\n  first\n", "first\n\n"),
        ("|\n  a\tb\u00a0c", "a\tb\u00a0c"),
        ("They answer\n  e-mail best.", "They answer e-mail best."),
    ],
)
def test_a_text_may_stand_on_several_lines(read, written, text):
    node = read(f"a: {written}\nb: 1\n")
    assert node.get("a").text == text
    assert node.get("b").text == "1"


def test_the_place_of_a_value_covers_what_was_written(read):
    text = "when: {customer.tier: 'gold', 😀: [a, \"b\"]}\nthen: >\n  x\n  y\n\nlast: z\n"
    node = read(text)
    written = [scalar.span.text for scalar in _scalars(node)]
    assert written == [
        "when",
        "customer.tier",
        "'gold'",
        "😀",
        "a",
        '"b"',
        "then",
        ">\n  x\n  y",
        "last",
        "z",
    ]
    assert node.get("when").span.text == "{customer.tier: 'gold', 😀: [a, \"b\"]}"
    assert node.get("when").get("😀").span.text == '[a, "b"]'
    last = node.key("last").span
    assert (last.line, last.column, last.end_column) == (6, 1, 5)


def test_the_place_of_a_block_ends_with_its_last_value(read):
    node = read("a:\n  - b: c\n    d: e   # why\n\n\nf: g\n")
    assert node.get("a").span.text == "- b: c\n    d: e"
    assert node.get("a").items[0].span.text == "b: c\n    d: e"


def test_a_byte_order_mark_is_passed_over(read):
    node = read("\ufeffa: b\n")
    assert node.get("a").span.text == "b"
    assert node.key("a").span.column == 2


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_change_no_value_and_no_place(read, end):
    text = end.join(["a: b", "c:", "  - d", 'e: "f"', "g: >", "  h", "  i", ""])
    node = read(text)
    assert view(node) == {"a": "b", "c": ["d"], "e": "f", "g": "h i"}
    assert node.get("e").span.text == '"f"'


def test_a_line_of_dashes_may_open_a_file(read):
    assert view(read("# why\n---\na: b\n...\n")) == {"a": "b"}


def test_keys_are_texts_whatever_they_look_like(read):
    keys = read("{0: a, no: b, null: c, ~: d, 1.10: e, '': f}").keys()
    assert keys == ("0", "no", "null", "~", "1.10", "")


def test_a_view_is_made_of_plain_texts_lists_and_mappings(read):
    assert view(read("a: [1, {b: true}]\nc: {d: '2'}\n")) == {
        "a": ["1", {"b": "true"}],
        "c": {"d": "2"},
    }


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_context_may_leave_a_value_out(read, written):
    value = read(f"a: {written}\nb: ''\n", context=True)
    assert is_absent(value.get("a"))
    assert not is_absent(value.get("b"))


def test_a_context_may_be_a_list_and_a_lone_value(read):
    assert view(read("- {a: 1}\n- {a: 2}\n", context=True)) == [{"a": "1"}, {"a": "2"}]
    assert view(read("lone\n", context=True)) == "lone"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_a_context_may_be_empty(read, text):
    assert read(text, context=True) is None


def test_there_is_no_node_beside_errors():
    node, found = read_document(Source("x", "a: b\na: c\n"))
    assert node is None
    assert len(found) == 1


def test_there_is_a_node_beside_warnings():
    node, found = read_document(Source("x", "a: over\u00a05\n"))
    assert [finding.severity for finding in found] == ["warning"]
    assert view(node) == {"a": "over 5"}


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_reading_leaves_the_search_for_unused_memory_as_it_was(switch):
    before = gc.isenabled()
    try:
        switch()
        read_document(Source("x", "a: [\n"))
        assert gc.isenabled() is (switch is gc.enable)
    finally:
        (gc.enable if before else gc.disable)()


def test_bytes_become_a_text_without_mark_and_with_plain_line_ends():
    source, found = read_text("a.yaml", b"\xef\xbb\xbfa: caf\xc3\xa9\r\nb: c\rd: e\n")
    assert found == []
    assert source.text == "a: café\nb: c\nd: e\n"


def test_bytes_that_are_not_utf8_are_shown_at_their_place():
    source, found = read_text("a.yaml", b"a: b\r\nc: caf\xe9 x\nd: e\n")
    assert source is None
    assert [finding.code.id for finding in found] == ["PE001"]
    span = found[0].span
    assert (span.line, span.column) == (2, 7)
    assert span.source.line_text(2) == "c: caf\ufffd x"
    assert "`é`" in found[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_another_encoding_is_named(encoding):
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    source, found = read_text("a.yaml", mark + "a: b\n".encode(encoding))
    assert source is None
    assert "UTF-16" in found[0].message
