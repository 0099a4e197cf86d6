"""Mended lines: what a writer who fell into a trap most likely meant to write."""

import re

CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u201b"
_CURLY_PAIR = re.compile(f"[{CURLY}]([^\n]*?)[{CURLY}\u2019]")
_ANY_CURLY = re.compile(f"[{CURLY}\u2019]")
_TAG = re.compile(r"!=?\s*(?P<rest>.*)", re.DOTALL)
_YAML_TAG = re.compile(r"!(?:!|<)\S*\s*(?P<rest>.*)", re.DOTALL)
_SIGN = re.compile(r">\s*(?P<equal>=?)\s*(?P<rest>.*)", re.DOTALL)
_UNDER = re.compile(r"<\s*(?P<equal>=?)\s*")
_WORDS = {"missing": "present", "present": "missing"}
_LOWER = re.compile(r"(?:over|at least) ")
_UPPER = re.compile(r"(?:under|at most) ")


def quoted(text: str) -> str:
    """Return *text* in quotes: double ones, or single ones where it holds `"` or a backslash."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def without_tag(raw: str) -> str:
    """Return the test that `! gold` and its like were meant to be; empty where there is none."""
    typed = _YAML_TAG.match(raw)
    if typed:
        return typed["rest"].strip()
    found = _TAG.match(raw)
    rest = found["rest"].strip() if found else ""
    if not rest or rest[0] in "{\"'|>&*!":
        return ""
    if rest[0] == "[":
        items = [item.strip() for item in rest.strip("[]").split(",")]
    else:
        items = rest.split(" or ")
    if len(items) > 1:
        return "neither " + " nor ".join(items)
    return _WORDS.get(rest, f"not {items[0]}")


def in_words(raw: str) -> str:
    """Return `> 5` and its like in words; empty where no value follows the sign."""
    found = _SIGN.match(raw)
    rest = found["rest"].strip() if found else ""
    if not found or not rest:
        return ""
    rest = _UNDER.sub(lambda sign: "at most " if sign["equal"] else "under ", rest)
    return ("at least " if found["equal"] else "over ") + rest


def in_straight_quotes(raw: str) -> str:
    """Return *raw*, which begins with a curly quote, in straight quotes."""
    found = _CURLY_PAIR.match(raw)
    if found and not raw[found.end() :].strip():
        return quoted(found[1])
    if found:
        return quoted(_CURLY_PAIR.sub(r'"\1"', raw))
    return quoted(_ANY_CURLY.sub("", raw))


def joined(first: str, second: str) -> str:
    """Return one test for two bounds of a field, lower bound first; empty for other tests."""
    for lower, upper in ((first, second), (second, first)):
        if _LOWER.match(lower) and _UPPER.match(upper):
            return f"{lower} and {upper}"
    return ""
