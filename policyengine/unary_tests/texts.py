"""Tests of a text: the same, a part of it, or a pattern."""

import re
from dataclasses import replace

from policyengine.findings.tests import (
    FIELD_AS_TEXT,
    NOT_BEFORE_TEST,
    OR_INSIDE_TEXT,
    PATTERN,
    UNFINISHED,
    UNKNOWN_OPERAND,
)
from policyengine.unary_tests.nodes import Constant, Equals, Matches, Not, Text, UnaryTest, Way
from policyengine.unary_tests.operands import FIELD, read_field, read_operand, say_unfinished
from policyengine.unary_tests.patterns import what_is_wrong
from policyengine.unary_tests.reading import Part, Reading
from policyengine.values import check_domain
from policyengine.values.read import without_quotes
from policyengine.values.wording import misread

_WAYS: tuple[Way, ...] = ("contains", "starts with", "ends with")
_WORDS = ("not", "same as", *_WAYS, "matches")


def read_text_test(reading: Reading, part: Part) -> UnaryTest | None:
    """Read a test of a text.

    `text-test = text | "not " text | "same as " field
    | ( "contains " | "starts with " | "ends with " ) text | "matches /" pattern "/"`
    """
    word = next((word for word in _WORDS if re.match(rf"{word}(?:\s|$)", part.text)), None)
    if word is None:
        return _read_same(reading, part)
    operand = part.after(len(word))
    if not operand.text:
        say_unfinished(reading, word)
        return None
    match word:
        case "contains" | "starts with" | "ends with":
            return _read_part_of_text(reading, part, word, operand)
        case "matches":
            return _read_pattern(reading, part, operand)
        case "same as":
            return _read_other_field(reading, part, operand)
        case _:
            return _read_not(reading, part, operand)


def _read_same(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `text = rest of the scalar | '"' any '"'`."""
    in_quotes = without_quotes(part.text) != part.text
    if not in_quotes and FIELD.fullmatch(part.text) and reading.around.lookup(part.text):
        note = ", or put the text in double quotes of its own"
        wrong = misread(FIELD_AS_TEXT, part.text, "a text", f"same as {part.text}", note)
        found = f"{wrong.found}, which is a field"
        reading.say(part, replace(wrong, found=found, message=f"expected a text, found {found}"))
        return None
    operand = read_operand(reading, part) if in_quotes else _literal(reading, part)
    return None if operand is None else Equals(operand, reading.span(part))


def _literal(reading: Reading, part: Part) -> Constant | None:
    """Return the text of *part* as it stands, with a warning where it reads like several."""
    wrong = check_domain(reading.type, part.text, part.text)
    if wrong is not None:
        reading.say(part, wrong)
        return None
    _warn_of_or(reading, part, "")
    return Constant(part.text)


def _warn_of_or(reading: Reading, part: Part, word: str) -> None:
    texts = [text.text for text in part.split("or")]
    if len(texts) < 2:
        return
    listed = ", ".join(text if text == "missing" else f"{word} {text}".strip() for text in texts)
    note = f"write `[{listed}]`, or put this text in double quotes of its own"
    reading.say(part, misread(OR_INSIDE_TEXT, part.text, "a text without `or`", note=note))


def _read_part_of_text(reading: Reading, part: Part, word: Way, operand: Part) -> Text | None:
    text = without_quotes(operand.text)
    wrong = check_domain(reading.type, text, operand.text)
    if wrong is None and not text:
        wrong = misread(UNFINISHED, operand.text, f"a text with characters after `{word}`")
    if wrong is not None:
        reading.say(operand, wrong)
        return None
    if text == operand.text:
        _warn_of_or(reading, operand, word)
    return Text(word, text, reading.span(part))


def _read_pattern(reading: Reading, part: Part, operand: Part) -> Matches | None:
    text = operand.text
    if len(text) < 2 or not text.startswith("/") or not text.endswith("/"):
        pattern = re.sub(r"^/(.*)/[a-z]*$", r"\1", text, flags=re.DOTALL).strip("/")
        mended = None if what_is_wrong(pattern) else f"/{pattern}/"
        note = "" if mended else "write the pattern between two slashes"
        expected = "a pattern between slashes, such as `/[0-9]{4}/`"
        reading.say(operand, misread(PATTERN, text, expected, mended, note))
        return None
    pattern = text[1:-1]
    wrong = what_is_wrong(pattern)
    if not wrong:
        return Matches(pattern, reading.span(part))
    bare = re.sub(r"^\^|(?<!\\)\$$", "", pattern)
    mended = None if what_is_wrong(bare) else f"/{bare}/"
    found = misread(PATTERN, text, "a simple pattern", mended, "" if mended else wrong)
    reading.say(operand, replace(found, message=f"{found.message}: {wrong}") if mended else found)
    return None


def _read_other_field(reading: Reading, part: Part, operand: Part) -> Equals | None:
    if FIELD.fullmatch(operand.text):
        field = read_field(reading, operand)
        return None if field is None else Equals(field, reading.span(part))
    wrong = misread(UNKNOWN_OPERAND, operand.text, "a field after `same as`", operand.text)
    line = f"write `{operand.text}`, or name a field"
    reading.say(part, replace(wrong, start=0, end=len(part.text), hint=line))
    return None


def _read_not(reading: Reading, part: Part, operand: Part) -> UnaryTest | None:
    """Read `"not " text`."""
    if re.match(r"(not|same as|matches|contains|(starts|ends) with)\s", operand.text):
        note = f"write `{operand.text}` in a block under `not:`"
        reading.say(part, misread(NOT_BEFORE_TEST, part.text, "a text after `not`", note=note))
        return None
    test = _read_same(reading, operand)
    return None if test is None else Not(test, reading.span(part))
