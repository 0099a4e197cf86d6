"""Tests in symbols and other words than ours, with the line in our words."""

import re

from policyengine.findings.tests import (
    DASH_FOR_ANY,
    EMPTY_ELSEWHERE,
    EQUATION,
    OTHER_WORD_FOR_MISSING,
    OTHER_WORDS,
    RANGE_BRACKETS,
    RANGE_SPELLING,
    SYMBOL,
)
from policyengine.findings.values import INNER_QUOTES, WRONG_CASE
from policyengine.values import FieldType, Misreading, has_order, kind_phrase
from policyengine.values.wording import misread

_DASHES = ("-", "--", "*", "\u2013", "\u2014")
_ABSENT = (
    "null nil ~ n/a na none nothing absent unknown undefined unset blank nan",
    "is missing|is null|is none|is absent|not known|not given|not set|not there|is not present",
)
_THERE = "exists|exist|given|known|filled|not null|not none|is present|is not null|is not missing|is known"
_WORD = re.compile(
    r"(?<![\w.-])(any|missing|present|empty|not|neither|nor|has|or|and|under|over|at least|at most)(?![\w.-])",
    re.IGNORECASE,
)
_SYMBOLS = {
    "<=": "at most",
    "=<": "at most",
    "\u2264": "at most",
    ">=": "at least",
    "=>": "at least",
    "\u2265": "at least",
    "<>": "not",
    "!=": "not",
    "\u2260": "not",
    "!": "not",
    "==": "",
    "=": "",
    "<": "under",
    ">": "over",
    "&&": "and",
    "||": "or",
}
_SYMBOL = re.compile("|".join(re.escape(sign) for sign in sorted(_SYMBOLS, key=len, reverse=True)))
_EQUATION = re.compile(
    r"([^\W\d][\w-]*(?:\.[\w-]+)*)\s*(==?|:\s|(?=[<>!])|\sis\s)\s*(.+)", re.DOTALL
)
_BRACKETS = re.compile(r"([\[\](])\s*([^\[\]()]+?)\s*(\.\.|[,;])\s*([^\[\]()]+?)\s*([\[\])])")
_PHRASES = {
    "over": "more than|greater than|higher than|larger than|bigger than|longer than|later than"
    "|above|after|exceeds|exceeding|beyond",
    "under": "less than|fewer than|lower than|smaller than|shorter than|earlier than|below|before",
    "at least": "no less than|not less than|no fewer than|not fewer than|no earlier than|not before"
    "|greater than or equal to|more than or equal to|minimum of|minimum|min|from|since|starting from"
    "|starting at|as of|atleast|at-least",
    "at most": "no more than|not more than|no later than|not after|less than or equal to"
    "|fewer than or equal to|maximum of|maximum|max|up to|until|till|through|within|atmost|at-most",
    "not": "is not equal to|not equal to|is not|isn't|other than|anything but|except|excluding|no",
    "": "is equal to|equal to|equals|is exactly|exactly|is in|is|either|one of|any of",
}
_PHRASE_WORDS = {
    phrase: word for word, phrases in _PHRASES.items() for phrase in phrases.split("|")
}
_PHRASE = re.compile(
    r"(?:^|(?<=\sand\s)|(?<=\sor\s))("
    + "|".join(re.escape(phrase) for phrase in sorted(_PHRASE_WORDS, key=len, reverse=True))
    + r")(?:\s+|(?=[0-9]))(?=\S)"
)
_OR_MORE = re.compile(
    r"(\S.*?)(?:\s*\+|\s+(?:or|and) (more|up|over|above|higher|later|longer|after))"
)
_OR_LESS = re.compile(
    r"(\S.*?)\s+(?:or|and) (?:less|fewer|under|below|lower|earlier|shorter|down|before)"
)
_SPANS = (
    re.compile(r"between\s+(\S.*?)\s+and\s+(\S.*)", re.DOTALL),
    re.compile(
        r"(?:from\s+)?(\S.*?)\s+(?:to|through|thru|till|until|up to|upto)\s+(\S.*)", re.DOTALL
    ),
    re.compile(r"(\S.*?)\s*(?:\.{3,}|\u2026)\s*(\S.*)", re.DOTALL),
)
_HYPHEN = re.compile(
    r"([^\s\u2013\u2014-][^\u2013\u2014-]*?)\s*[\u2013\u2014-]\s*([^\s\u2013\u2014-][^\u2013\u2014-]*)"
)
_SPACED_HYPHEN = re.compile(r"(\S.*?)\s+[\u2013\u2014-]\s+(\S.*)")
_OPEN_LOW = re.compile(r"(\S.*?)\s*<\s*\.\.\s*(<?)\s*(\S.*)")


def dash_for_any(type_: FieldType, text: str) -> Misreading | None:
    """Understand a dash or a star, which other tables use for "any"."""
    expected = f"{kind_phrase(type_)}, or `any`"
    return misread(DASH_FOR_ANY, text, expected, "any") if text in _DASHES else None


def capitals(type_: FieldType, text: str) -> Misreading | None:
    """Understand our own words in capital letters."""

    def lowered(found: re.Match[str]) -> str:
        return found[0] if found[0] in type_.values else found[0].lower()

    mended = _WORD.sub(lowered, text)
    if mended == text:
        return None
    return misread(WRONG_CASE, text, "the words of a test in small letters", mended)


def other_word_for_missing(type_: FieldType, text: str) -> Misreading | None:
    """Understand other words for a fact that is there or is not."""
    folded = text.casefold()
    absent = folded in _ABSENT[0].split() or folded in _ABSENT[1].split("|")
    if absent or folded in _THERE.split("|"):
        mended = "missing" if absent else "present"
        return misread(OTHER_WORD_FOR_MISSING, text, kind_phrase(type_), mended)
    if folded in {"empty", "not empty", "is empty"}:
        mended = "present" if folded == "not empty" else "missing"
        return misread(EMPTY_ELSEWHERE, text, kind_phrase(type_), mended)
    return None


def inner_quotes(type_: FieldType, text: str) -> Misreading | None:
    """Understand values in quotes of their own."""
    bare = re.sub(
        r"(?<![0-9])[\"'\u2018\u2019\u201c\u201d]|[\"'\u2018\u2019\u201c\u201d](?![0-9])", "", text
    )
    if bare == text or not bare.strip():
        return None
    return misread(INNER_QUOTES, text, kind_phrase(type_), bare.strip())


def equation(_type: FieldType, text: str) -> Misreading | None:
    """Understand a test that names its own field again, such as `customer.tier = gold`."""
    found = _EQUATION.fullmatch(text)
    if found is None or (found[2].strip() == "is" and "." not in found[1]):
        return None
    if _WORD.fullmatch(found[1]):
        return None
    rest = found[3].strip()
    note = f": the field `{found[1]}` is named before the colon"
    return misread(EQUATION, text, "what is asked of the field", rest, note)


def symbols(_type: FieldType, text: str) -> Misreading | None:
    """Understand `<`, `>=`, `!=` and their like."""
    marked = text.replace("..<", "..\0").replace(".. <", "..\0")
    if not _SYMBOL.search(marked) or _OPEN_LOW.fullmatch(text):
        return None
    worded = _SYMBOL.sub(lambda found: f" {_SYMBOLS[found[0]]} ", marked).replace("\0", "<")
    mended = " ".join(worded.split())
    if not mended:
        return None
    return misread(SYMBOL, text, "words such as `over` and `at least`", mended)


def brackets(type_: FieldType, text: str) -> Misreading | None:
    """Understand `[5..10)` and its like."""
    found = _BRACKETS.fullmatch(text)
    if found is None or not has_order(type_):
        return None
    opened, low, mark, high, closed = found.groups()
    if mark != ".." and opened != "(" and closed not in {")", "["}:
        return None
    if mark != ".." and opened == "(" and closed == ")":
        return None
    low_in, high_in = opened == "[", closed == "]"
    mended = f"{low}..{'' if high_in else '<'}{high}"
    if not low_in:
        mended = f"over {low} and {'at most' if high_in else 'under'} {high}"
    return misread(RANGE_BRACKETS, text, "a range such as `5..10` or `5..<10`", mended)


def _is_end(type_: FieldType, text: str) -> bool:
    """Say whether *text* can be the end of a range that is written with a hyphen."""
    if type_.kind == "choice":
        return text in type_.values
    return re.fullmatch(r"[0-9][0-9.,:-]*\s*(?!or$|and$|nor$)\S*", text) is not None


def range_spelling(type_: FieldType, text: str) -> Misreading | None:
    """Understand `5-10`, `5 to 10`, `between 5 and 10` and `5...10`."""
    if not has_order(type_):
        return None
    expected = "a range with two dots"
    opened = _OPEN_LOW.fullmatch(text)
    if opened is not None and "<" not in opened[1]:
        upper = "under" if opened[2] else "at most"
        return misread(RANGE_SPELLING, text, expected, f"over {opened[1]} and {upper} {opened[3]}")
    for pattern in _SPANS:
        found = pattern.fullmatch(text)
        if found is not None:
            note = ", with both ends in it" if text.startswith("between") else ""
            return misread(RANGE_SPELLING, text, expected, f"{found[1]}..{found[2]}", note)
    hyphen = _SPACED_HYPHEN if type_.kind in {"date", "datetime"} else _HYPHEN
    found = hyphen.fullmatch(text)
    if found is None or not all(_is_end(type_, end) for end in found.groups()):
        return None
    return misread(RANGE_SPELLING, text, expected, f"{found[1]}..{found[2]}")


def other_words(type_: FieldType, text: str) -> Misreading | None:
    """Understand `more than 5`, `min 5`, `5 or more`, `is gold` and their like."""
    expected = "one of `under`, `at most`, `over`, `at least`"
    for pattern, word in ((_OR_MORE, "at least"), (_OR_LESS, "at most")):
        found = pattern.fullmatch(text)
        if found is not None and has_order(type_):
            return misread(OTHER_WORDS, text, expected, f"{word} {found[1]}")
    worded = _PHRASE.sub(lambda found: f"{_PHRASE_WORDS[found[1]]} ", text)
    mended = " ".join(worded.split())
    if mended == " ".join(text.split()) or not mended:
        return None
    bound = re.match(r"under|at most|over|at least", mended)
    return misread(OTHER_WORDS, text, expected if bound else kind_phrase(type_), mended)
