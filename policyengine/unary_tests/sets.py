"""Tests of a set: which of its items it has."""

import re
from dataclasses import replace

from policyengine.findings.tests import (
    BARE_ITEM,
    LISTED_WITH_COMMAS,
    MISPLACED_AND,
    NEITHER_WITHOUT_NOR,
    NOT_BEFORE_TEST,
    OTHER_WORDS,
)
from policyengine.findings.values import ITEM_TWICE
from policyengine.unary_tests.nodes import Empty, Has, HasField, How, UnaryTest
from policyengine.unary_tests.operands import FIELD, read_field, say_unfinished
from policyengine.unary_tests.reading import Part, Reading
from policyengine.values import Misreading, kind_phrase
from policyengine.values.read import read_word
from policyengine.values.wording import misread

_JOINTS: tuple[tuple[str, How], ...] = (("or", "any"), ("and", "all"))
_OTHER_HAS = re.compile(
    r"(?:contains|includes|including|with|is|has (?:one|any|some) of|has either|any of|one of)\s+(.+)"
)
_OTHER_ALL = re.compile(r"(?:has (?:all(?: of)?|both)|all of|both)\s+(.+)")
_OTHER_NONE = re.compile(
    r"(?:has no|has not|has none of|none of|without|does not have|not has|not|neither|no)\s+(.+)"
)
_MARKS = re.compile(r"\s*[,;/+&|]\s*(?:(?:or|and|nor)\s+)?|\s+(?:or|and|nor)\s+")


def read_set_test(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `set-test = "empty" | "has " ( items | field )`."""
    if part.text == "empty":
        return Empty(reading.span(part))
    if part.text == "has":
        say_unfinished(reading, "has")
        return None
    wrong = _misspelt(reading, part.text)
    if wrong is not None:
        reading.say(part, wrong)
        return None
    items = part.after(len("has"))
    are_fields = any("." in value for value in reading.type.values)
    if FIELD.fullmatch(items.text) and not are_fields:
        field = read_field(reading, items)
        return None if field is None else HasField(field, reading.span(part))
    return _read_items(reading, part, items)


def _read_items(reading: Reading, part: Part, items: Part) -> Has | None:
    """Read `items = item { " or " item } | item { " and " item } | "neither " item { " nor " item }`."""
    how: How = "any"
    if items.text.startswith("neither "):
        how, parts = "none", items.after(len("neither")).split("nor")
    else:
        joint, how = next(
            ((word, how) for word, how in _JOINTS if len(items.split(word)) > 1), _JOINTS[0]
        )
        parts = items.split(joint)
    names: list[str] = []
    for item in parts:
        word = read_word(reading.type, item.text)
        if isinstance(word, Misreading):
            reading.say(item, word)
        elif word in names:
            note = f"leave the second `{word}` out"
            reading.say(item, misread(ITEM_TWICE, word, "every item once", note=note))
        names.append(item.text)
    if reading.wrongs:
        return None
    return Has(tuple(names), how, reading.span(part))


def _misspelt(reading: Reading, text: str) -> Misreading | None:
    """Return what is wrong with the words around the items, whatever the items are."""
    if text == "is empty":
        return misread(OTHER_WORDS, text, "a test of a set", "empty")
    if text == "not empty":
        some = "has " + " or ".join(reading.type.values)
        return misread(NOT_BEFORE_TEST, text, "what the set has", some)
    absent = re.fullmatch(r"(.+) or missing|missing or (.+)", text)
    if absent is not None:
        has = absent[1] or absent[2]
        has = has if has.startswith("has ") else f"has {has}"
        note = f"write `[{has}, missing]`"
        return misread(OTHER_WORDS, text, "one test with `has`, or a list of tests", note=note)
    if text.startswith("has neither ") and not _MARKS.search(text.replace(" nor ", "")):
        return None
    other = (
        _in_other_words(text, _OTHER_NONE, "has neither ", " nor ")
        or _in_other_words(text, _OTHER_ALL, "has ", " and ")
        or _in_other_words(text, _OTHER_HAS, "has ", " or ")
    )
    if other is not None:
        return other
    if text.startswith("has "):
        return _listed(text)
    return _bare(reading, text)


def _words(text: str) -> list[str]:
    """Return the items in *text*, whatever stands between them."""
    return [word for word in _MARKS.split(text.strip("[](){} ")) if word]


def _in_other_words(
    text: str, pattern: re.Pattern[str], start: str, joint: str
) -> Misreading | None:
    found = pattern.fullmatch(text)
    words = _words(re.sub(r"^(?:has|neither)\s+", "", found[1])) if found else []
    if not words:
        return None
    return misread(OTHER_WORDS, text, "a test with `has`", start + joint.join(words))


def _listed(text: str) -> Misreading | None:
    """Return what is wrong with the marks between items."""
    items = text.removeprefix("has ").strip()
    if items.startswith("neither "):
        words = _words(items.removeprefix("neither "))
        mended = "has neither " + " nor ".join(words)
        return misread(NEITHER_WITHOUT_NOR, text, "`nor` between the items", mended)
    if re.search(r"[,;/+&|\[\]]", items):
        words = _words(items)
        either, every = (f"has {joint.join(words)}" for joint in (" or ", " and "))
        wrong = misread(LISTED_WITH_COMMAS, text, "`or` or `and` between the items", either)
        return replace(wrong, hint=f"{wrong.hint}, or `{every}` if all are meant")
    if " or " in items and " and " in items:
        listed = ", ".join(f"has {word}" for word in items.split(" or "))
        note = f"write `[{listed}]`"
        return misread(MISPLACED_AND, text, "either `or` or `and` between the items", note=note)
    return None


def _bare(reading: Reading, text: str) -> Misreading:
    """Return what is wrong with items that stand without `has`."""
    joint = " and " if " and " in text and " or " not in text else " or "
    words = _words(text)
    known = all(word in reading.type.values for word in words)
    expected = f"a test of {kind_phrase(reading.type)}"
    has = "has " + joint.join(words)
    if known and words:
        return misread(BARE_ITEM, text, expected, has)
    word = read_word(reading.type, text)
    if isinstance(word, Misreading) and word.mended is not None:
        return misread(BARE_ITEM, text, expected, f"has {word.mended}")
    return misread(BARE_ITEM, text, expected, note="name the items that are meant after `has`")


def bare_items(reading: Reading, texts: list[str]) -> Misreading | None:
    """Return what is wrong with a list of items where tests are expected, or nothing."""
    if not texts or not all(text in reading.type.values for text in texts):
        return None
    shown = f"[{', '.join(texts)}]"
    expected = f"a test of {kind_phrase(reading.type)}"
    either, every = (f"has {joint.join(texts)}" for joint in (" or ", " and "))
    note = (
        f"write `{either}`, or `{every}` if all are meant"
        if len(texts) > 1
        else f"write `{either}`"
    )
    return misread(BARE_ITEM, shown, expected, note=note)
