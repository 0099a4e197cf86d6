"""Laws of reading: any text gives a node or findings, never a traceback, and always the same."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.document import (
    Mapping,
    Scalar,
    Sequence,
    read_document,
    read_text,
    view,
)
from policyengine.document.pure import PureLoader
from policyengine.document.reading import read_with
from policyengine.source import Source

BASE = Path(__file__).parents[1] / "golden" / "base"
POLICIES = [path.read_text(encoding="utf-8") for path in sorted(BASE.rglob("*.yaml"))]
SIGNS = [
    *":-[]{},'\"#&*!|>%@`?<~= \t\n\r\\",
    *[": ", " #x", "- ", "---\n", "...\n", "%YAML 1.1\n", "> 5", "! ", "'tis", "<<: ", "? "],
    *["\u00a0", "\u200b", "\ufeff", "\u2028", "\x00", "\x85", "“", "”", "\\d", '"\\ud800"', "😀"],
    *["&a ", "*a", "null", "\ud800", "\r\n"],
]


@st.composite
def mangled(draw):
    """A policy file with a few slips of the hand."""
    text = draw(st.sampled_from(POLICIES))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        lines = text.split("\n")
        line = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["insert", "delete", "swap", "cut", "repeat", "indent"])):
            case "insert":
                text = text[:at] + draw(st.sampled_from(SIGNS)) + text[at:]
            case "delete":
                text = text[:at] + text[at + draw(st.integers(1, 6)) :]
            case "swap":
                text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
            case "cut":
                text = text[:at]
            case "repeat":
                text = "\n".join([*lines[:line], lines[line], *lines[line:]])
            case "indent":
                indent = " " * draw(st.integers(0, 6))
                text = "\n".join([*lines[:line], indent + lines[line], *lines[line + 1 :]])
    return text


texts = st.one_of(mangled(), st.lists(st.sampled_from([*SIGNS, *"ab1."])).map("".join), st.text())


def _places(node):
    yield node.span
    if isinstance(node, Sequence):
        for item in node:
            yield from _places(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.span
            yield from _places(value)


def _check_places(text, found):
    for finding in found:
        for span in (finding.span, *(related.span for related in finding.related)):
            assert 0 <= span.start <= span.end <= len(text)
        assert finding.message
        assert "\n" not in finding.message + finding.hint
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)


@settings(max_examples=400, deadline=None)
@given(texts, st.booleans())
def test_any_text_is_read_or_its_mistakes_are_said(text, context):
    node, found = read_document(Source("x", text), context=context)
    _check_places(text, found)
    assert (node is None) or not any(finding.severity == "error" for finding in found)
    again = read_document(Source("x", text), context=context)[1]
    assert [str(finding) for finding in again] == [str(finding) for finding in found]


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_is_read_without_libyaml(text):
    _check_places(text, read_with(PureLoader, Source("x", text))[1])


@settings(max_examples=200, deadline=None)
@given(texts)
def test_every_key_and_value_has_a_place_within_the_text(text):
    node, _ = read_document(Source("x", text), context=True)
    if node is not None:
        for span in _places(node):
            assert 0 <= span.start <= span.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_any_bytes_are_a_text_or_a_finding(raw):
    source, found = read_text("x", raw)
    assert (source is None) == bool(found)
    assert source is None or "\r" not in source.text


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.text("abc12 .-"),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.text("abc", min_size=1, max_size=9), inner)
        ),
    )
)
def test_what_is_written_in_quotes_is_read_back(value):
    text = yaml.safe_dump({"top": value}, default_style='"', width=1000)
    node, found = read_document(Source("x", text.replace('!!null "null"', '""')))
    assert found == []
    assert view(node) == {"top": value}


def _slips(seed):
    """Policy files with one slip each, always the same ones."""
    chance = random.Random(seed)
    signs = [sign for sign in SIGNS if sign not in {"\r", "? ", "?"}]
    for text in POLICIES:
        at = chance.randrange(len(text))
        if chance.random() < 0.5:
            yield text[:at] + chance.choice(signs) + text[at:]
        else:
            yield text[:at] + text[at + chance.randrange(1, 5) :]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="libyaml is not there to compare with")
@pytest.mark.parametrize("seed", range(60))
def test_both_parsers_find_the_same(seed):
    for text in _slips(seed):
        first, found = read_with(yaml.CLoader, Source("x", text))
        second, other = read_with(PureLoader, Source("x", text))
        assert [finding.code.id for finding in found] == [finding.code.id for finding in other]
        assert _written(first) == _written(second)


def _written(node):
    """What is in *node*, with places and quotes, without its source."""
    if isinstance(node, Scalar):
        return (node.text, node.span.start, node.span.end, node.quoted)
    if isinstance(node, Sequence):
        return [_written(item) for item in node]
    if isinstance(node, Mapping):
        return [(_written(key), _written(value)) for key, value in node.entries]
    return None
