"""What people write first: understood, and answered with the mended line."""

import re
from collections.abc import Callable
from dataclasses import replace

from policyengine.findings.tests import (
    ANY_WITH_OTHERS,
    JOINED_BY_AND,
    LISTED_WITH_COMMAS,
    NEITHER_WITHOUT_NOR,
    NOT_BEFORE_LIST,
    NOT_BEFORE_SEVERAL,
    NOT_BEFORE_TEST,
    TEST_OF_ANOTHER_TYPE,
)
from policyengine.unary_tests.wordings import (
    brackets,
    capitals,
    dash_for_any,
    equation,
    inner_quotes,
    other_word_for_missing,
    other_words,
    range_spelling,
    symbols,
)
from policyengine.values import FieldType, Misreading, kind_phrase
from policyengine.values.wording import misread

_LIST = re.compile(
    r"(?:(?:is\s+)?in\s+|one of\s+|any of\s+)?[\[({](.*)[\])}]|in\s+(\S.*)", re.DOTALL
)
_NOT_LIST = re.compile(
    r"(?:not in|not one of|not any of|none of|neither of|not|neither)\s*[\[({](.*)[\])}]"
    r"|(?:not in|not one of|not any of|none of|neither of)\s+(\S.*)"
    r"|not\s+(\S[^,]*,\s.*)",
    re.DOTALL,
)
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:or|and|nor)\s+)?|\s+[/|&+]\s+|\s+(?:or|and|nor)\s+")
_MARKS = re.compile(r"\s*[,;/|&+]\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+")
_SPACED_MARKS = re.compile(r"\s*[,;]\s+(?:(?:or|and)\s+)?|\s+[/|&+]\s+|\s+(?:or|and)\s+|\s*;\s*")
_BOUND = re.compile(r"(?:under|over|at most|at least)(?:\s|$)")
_OTHERS_TEST = re.compile(
    r"(contains|starts with|ends with|matches|same as|has)\s+(\S.*)", re.DOTALL
)


def _words(text: str) -> list[str]:
    """Return the values in *text*, whatever stands between them."""
    return [word for word in _BETWEEN.split(text.strip()) if word]


def not_before_list(type_: FieldType, text: str) -> Misreading | None:
    """Understand `not [a, b]`, `none of a, b` and their like."""
    found = _NOT_LIST.fullmatch(text)
    if found is None:
        return None
    words = _words(found[1] or found[2] or found[3] or "")
    if not words:
        return None
    return misread(NOT_BEFORE_LIST, text, kind_phrase(type_), _none_of(words))


def _none_of(words: list[str]) -> str:
    return f"not {words[0]}" if len(words) == 1 else "neither " + " nor ".join(words)


def quoted_list(type_: FieldType, text: str) -> Misreading | None:
    """Understand a list that became a text: `[a, b]` in quotes, or `in (a, b)`."""
    found = _LIST.fullmatch(text)
    words = _words(found[1] or found[2] or "") if found else []
    if not words:
        return None
    return misread(LISTED_WITH_COMMAS, text, kind_phrase(type_), " or ".join(words))


def not_before_several(type_: FieldType, text: str) -> Misreading | None:
    """Understand `not a or b`, which can be read in two ways."""
    if not text.startswith("not "):
        return None
    first, *others = re.split(r"\s+(?:or|nor|and)\s+", text.removeprefix("not ").strip())
    every = not re.search(r"\s(and|nor)\s", text)
    if not others or _BOUND.match(first):
        return None
    rest = [other for other in others if other != "missing"]
    if not rest or (every and all(other.startswith("not ") for other in rest)):
        return None
    none = _none_of([first, *(other.removeprefix("not ") for other in rest)])
    expected = f"`not` before one value of {kind_phrase(type_)}"
    if any(_BOUND.match(other) for other in rest):
        note = f"write `[not {first}, {', '.join(rest)}]` if one of them is enough"
        return misread(NOT_BEFORE_SEVERAL, text, expected, note=note)
    if len(rest) < len(others):
        return misread(NOT_BEFORE_SEVERAL, text, expected, note=f"write `[{none}, missing]`")
    return misread(NOT_BEFORE_SEVERAL, text, expected, none, f", or `not {first}`")


def neither_without_nor(_type: FieldType, text: str) -> Misreading | None:
    """Understand `neither a or b`, `neither a` and `a nor b`."""
    if not text.startswith("neither ") and " nor " not in text:
        return None
    inside = text.removeprefix("neither ").strip()
    whole = text.startswith("neither ") and " nor " in inside
    if whole and not re.search(r"\s(or|and)\s|,", inside):
        return None
    words = [word for word in re.split(r"\s*,\s*(?:nor\s+)?|\s+(?:nor|or|and)\s+", inside) if word]
    if not words:
        return None
    return misread(NEITHER_WITHOUT_NOR, text, "values with `nor` between them", _none_of(words))


def any_with_others(type_: FieldType, text: str) -> Misreading | None:
    """Understand `any or gold` and `present or gold`, where the rest says nothing."""
    parts = re.split(r"\s+or\s+", text)
    for word, mended in (("any", "any"), ("present", "any" if "missing" in parts else "present")):
        if word in parts and len(parts) > 1:
            return misread(ANY_WITH_OTHERS, text, kind_phrase(type_), mended)
    return None


def commas(type_: FieldType, text: str) -> Misreading | None:
    """Understand `gold, silver`, `gold/silver` and `5, 10`."""
    marks = _MARKS if type_.kind in {"choice", "boolean"} else _SPACED_MARKS
    if not re.search(r"[,;/|&+]", text) or text.startswith(("not ", "neither ")):
        return None
    words = [word for word in marks.split(text) if word]
    if len(words) < 2:
        return None
    return misread(LISTED_WITH_COMMAS, text, "`or` between values", " or ".join(words))


def joined_by_and(_type: FieldType, text: str) -> Misreading | None:
    """Understand `gold and silver`, which a field is never at once."""
    parts = re.split(r"\s+and\s+", text.removeprefix("both ").removesuffix(" both"))
    if len(parts) < 2 or any(_BOUND.match(part) for part in parts):
        return None
    return misread(JOINED_BY_AND, text, "`or` between values", " or ".join(parts))


def test_of_another_type(type_: FieldType, text: str) -> Misreading | None:
    """Understand `contains a` and `has a`, asked of what is no text and no set."""
    found = _OTHERS_TEST.fullmatch(text)
    if found is None:
        return None
    words = _words(found[2].strip("/"))
    known = bool(words) and found[1] in {"has", "contains", "same as", "matches"}
    mended = " or ".join(words) if known else None
    note = "" if mended else f"`{found[1]}` is asked of a text only"
    return misread(TEST_OF_ANOTHER_TYPE, text, kind_phrase(type_), mended, note)


MISTAKES: tuple[Callable[[FieldType, str], Misreading | None], ...] = (
    dash_for_any,
    other_word_for_missing,
    capitals,
    inner_quotes,
    brackets,
    not_before_list,
    quoted_list,
    equation,
    symbols,
    range_spelling,
    other_words,
    test_of_another_type,
    not_before_several,
    neither_without_nor,
    any_with_others,
    commas,
    joined_by_and,
)


def mistake_in(type_: FieldType, text: str) -> Misreading | None:
    """Return what is wrong with the wording of *text*, a test of a single value, or nothing."""
    plain = re.split(r"\s+(?:or|nor)\s+", re.sub(r"^(?:not|neither)\s+", "", text))
    if all(word in type_.values for word in plain):
        wrong = not_before_several(type_, text) or neither_without_nor(type_, text)
        return None if text in type_.values else wrong
    for understand in MISTAKES:
        wrong = understand(type_, text)
        if wrong is not None and wrong.mended != text:
            return wrong
    return None


def mistake_around_set(type_: FieldType, text: str) -> Misreading | None:
    """Return what is wrong with *text*, a test of a set, before its items are looked at."""
    if text.casefold() in {"empty", "not empty", "is empty"}:
        return capitals(type_, text)
    if text in {"not missing", "not present"}:
        mended = "present" if text == "not missing" else "missing"
        return misread(NOT_BEFORE_TEST, text, kind_phrase(type_), mended)
    words = (dash_for_any, other_word_for_missing, capitals, inner_quotes, equation, symbols)
    return next((wrong for understand in words if (wrong := understand(type_, text))), None)


def mistake_in_text(type_: FieldType, text: str, *, is_field: bool) -> Misreading | None:
    """Return what is wrong with the wording of *text*, a test of a text, or nothing.

    Only what can hardly be meant as a text is understood; quotes inside say that it is.
    """
    note = ", or put the text in double quotes of its own"
    wrong = dash_for_any(type_, text)
    if text.casefold() in {"null", "nil", "~", "n/a", "empty", "not empty", "not missing"}:
        wrong = other_word_for_missing(type_, text) or misread(
            NOT_BEFORE_TEST, text, kind_phrase(type_), "present"
        )
    elif text.casefold() in {"any", "missing", "present"}:
        wrong = capitals(type_, text)
    elif re.match(r"(==?|!=|<>|[<>]=?)\s*\S", text):
        wrong = symbols(type_, text)
    elif is_field:
        wrong = equation(type_, text)
    elif re.match(r"neither\s.*\snor\s", text):
        words = ", ".join(_words(text.removeprefix("neither ")))
        line = f"write `[{words}]` in a block under `not:`"
        return misread(TEST_OF_ANOTHER_TYPE, text, kind_phrase(type_), note=line)
    elif re.match(r"(under|over|at least|at most)\s+[0-9]", text):
        line = "a text has no order; put it in double quotes of its own if it is meant as a text"
        return misread(TEST_OF_ANOTHER_TYPE, text, kind_phrase(type_), note=line)
    elif re.match(r"(has|includes|containing|begins with|starting with|ending with)\s+\S", text):
        words = re.sub(r"^(has|includes|containing)\s", "contains ", text)
        words = re.sub(r"^(begins|starting) with\s", "starts with ", words)
        mended = re.sub(r"^ending with\s", "ends with ", words)
        wrong = misread(TEST_OF_ANOTHER_TYPE, text, kind_phrase(type_), mended)
    return None if wrong is None else replace(wrong, hint=wrong.hint + note)
