"""JSON values with exact numbers and no key twice; what is broken is said in our words."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal, NoReturn

from policyengine.inputs.record import DEEPEST_RECORD, Fault, mismatch, shown

_LONGEST_NUMBER = 400
_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\(?:[^\n]|\Z))*+("?)|[{}\[\]]')
_WORD = re.compile(r"[^\s,:{}\[\]\"]+|.", re.DOTALL)
_OPENING = {"}": "{", "]": "["}

_EXPECTED = (
    ("Expecting value", "a value"),
    ("Expecting property name", "a field name in double quotes"),
    ("Illegal trailing comma", "no comma before the end"),
    ("Expecting ':'", "`:` after the field name"),
    ("Expecting ','", "`,` or the end of the mapping or list"),
    ("Unterminated string", "a closing quote"),
    ("Invalid control character", "no line break or control character in a text"),
    ("Invalid \\", "an escape such as `\\n` or `\\u00e9`"),
)
_NAMES = {",": "a comma", "\n": "a line break", "\t": "a tab"}
_HINTS = {
    "'": 'JSON writes texts and names in double quotes: `"phone"`',
    "}": "take away the comma before it",
    "]": "take away the comma before it",
    "T": "JSON writes `true`",
    "F": "JSON writes `false`",
    "N": "JSON writes `null` for what is missing",
    "/": "JSON has no comments",
    "#": "JSON has no comments",
    "\n": "write a line break in a text as `\\n`",
    "\t": "write a tab in a text as `\\t`",
}


class _RefusedError(Exception):
    """A value that is JSON and that no context may hold."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.message)


def decode_at(text: str, start: int = 0, *, before: int = 0) -> tuple[object, int] | Fault:
    """Return the JSON value that begins at *start* of *text* with its end, or what is wrong.

    *before* is how many characters of the first line of *text* were there before it.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return _broken(text, start, error, before)
    except _RefusedError as refused:
        return refused.fault
    except RecursionError:
        return _too_deep()
    except ValueError:
        return _too_long()
    levels = text.count("{", start, end) + text.count("[", start, end)
    if levels > DEEPEST_RECORD and _is_deep(value):
        return _too_deep()
    return value, end


def value_end(text: str, start: int) -> int | Literal["unfinished", "lost"]:
    """Return where the list or mapping at *start* of *text* ends, going by brackets alone.

    `unfinished`: past the end of *text*. `lost`: brackets do not pair, or a text is not closed
    on its line, and nobody can say where the value ends.
    """
    open_brackets: list[str] = []
    for token in _TOKEN.finditer(text, start):
        sign = token[0][0]
        if sign == '"':
            if not token[1]:
                return "unfinished" if token.end() == len(text) else "lost"
        elif sign in "{[":
            open_brackets.append(sign)
        elif not open_brackets or open_brackets.pop() != _OPENING[sign]:
            return "lost"
        if not open_brackets:
            return token.end()
    return "unfinished"


def kind_of(value: object) -> str:
    """Return what *value* is, in the words of a policy."""
    if value is None or isinstance(value, bool):
        return f"`{json.dumps(value)}`"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, list):
        return "a list"
    return f"the number {shown(str(value))}"


def _broken(text: str, start: int, error: json.JSONDecodeError, before: int) -> Fault:
    expected = next((word for sign, word in _EXPECTED if error.msg.startswith(sign)), "JSON")
    line = text.count("\n", start, error.pos)
    line_end = text.rfind("\n", 0, error.pos)
    column = error.pos - line_end + (before if line_end < 0 else 0)
    where = f"{_lines_on(line)}column {column}: "
    word = _WORD.match(text, error.pos)
    found = "the end" if word is None else _NAMES.get(word[0]) or shown(word[0])
    hint = "" if word is None else _HINTS.get(word[0][0], "")
    if word is not None and word[0] in "}]" and text[start : error.pos].rstrip()[-1:] != ",":
        hint = ""
    return mismatch(expected, found, where=where, hint=hint)


def _lines_on(count: int) -> str:
    if count == 0:
        return ""
    return f"{count} {'line' if count == 1 else 'lines'} further, "


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    facts = dict(pairs)
    if len(facts) != len(pairs):
        raise _RefusedError(_twice(pairs))
    return facts


def _twice(pairs: Iterable[tuple[str, object]]) -> Fault:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            name = shown(key, most=80)
            found = f"{name} twice"
            hint = "keep the one that is meant"
            return Fault(f"{name} stands twice", "each name once", found, hint)
        seen.add(key)
    raise AssertionError


def _constant(text: str) -> NoReturn:
    hint = "write `null` for a fact that is missing"
    raise _RefusedError(mismatch("a number", f"`{text}`", hint=hint))


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _RefusedError(_too_long()) from None
    exponent = number.as_tuple().exponent if len(text) > 20 or "e" in text.lower() else 0
    if isinstance(exponent, int) and not _is_plain(number, exponent):
        raise _RefusedError(_too_long())
    return number


def _is_plain(number: Decimal, exponent: int) -> bool:
    return exponent >= -_LONGEST_NUMBER and number.adjusted() <= _LONGEST_NUMBER


def _too_long() -> Fault:
    return Fault(
        "a number is longer than anything that is counted or measured",
        f"at most {_LONGEST_NUMBER} digits",
        "a longer number",
        "write an id as a text, in quotes",
    )


def _too_deep() -> Fault:
    return Fault(
        f"lists and mappings stand in each other more than {DEEPEST_RECORD} levels deep",
        f"at most {DEEPEST_RECORD} levels",
        "more",
        "give the facts flat, by their field names",
    )


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST_RECORD):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return False
    return True


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_decimal, parse_constant=_constant
)
