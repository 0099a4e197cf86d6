"""Patterns of a text: a closed subset that is quick on any text and can be read by people."""

import re
from dataclasses import dataclass

_CLASSES = "dws"
_MOST_TIMES = 1000
_UNBOUNDED = "only one part of a pattern may repeat without end"


@dataclass(slots=True)
class _Cursor:
    """A pattern and how far it has been read."""

    text: str
    at: int = 0
    unbounded: int = 0

    def peek(self) -> str:
        """Return the next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        """Return the next character and go past it."""
        self.at += 1
        return self.text[self.at - 1 : self.at]


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """What keeps a pattern out of the subset, in plain words."""


def what_is_wrong(pattern: str) -> str:
    """Return in plain words what keeps *pattern* out of the subset; empty where nothing does."""
    if not pattern:
        return "a pattern needs at least one character"
    cursor = _Cursor(pattern)
    try:
        _alternatives(cursor, inside=0)
        if cursor.peek():
            return "a `)` needs a `(` before it"
        re.compile(pattern)
    except _Refused as refused:
        return str(refused)
    except (re.error, OverflowError):
        return "this is not a pattern"
    return ""


def fits(pattern: str, text: str) -> bool:
    r"""Return whether the whole of *text* is of *pattern*; `\d` is one of the digits 0 to 9."""
    return re.fullmatch(_with_plain_digits(pattern), text) is not None


def _with_plain_digits(pattern: str) -> str:
    r"""Return *pattern* with each `\d` spelt out: by itself it would be a digit of any script."""
    cursor, parts, inside = _Cursor(pattern), [], False
    while sign := cursor.take():
        if sign == "\\":
            sign += cursor.take()
        inside = sign == "[" or (inside and sign != "]")
        digits = "0-9" if inside else "[0-9]"
        parts.append(digits if sign == "\\d" else sign)
    return "".join(parts)


def _alternatives(cursor: _Cursor, inside: int) -> None:
    """Read `pattern = branch { "|" branch }`."""
    if inside > 20:
        raise _Refused("groups stand inside each other too deeply")
    _branch(cursor, inside)
    while cursor.peek() == "|":
        cursor.take()
        _branch(cursor, inside)


def _branch(cursor: _Cursor, inside: int) -> None:
    """Read `branch = { atom [ quantifier ] }`."""
    while cursor.peek() not in {"", "|", ")"}:
        if _atom(cursor, inside):
            if cursor.peek() in tuple("*+?{"):
                raise _Refused("a group cannot be repeated")
        else:
            _quantifier(cursor)


def _atom(cursor: _Cursor, inside: int) -> bool:
    """Read `atom = character | "." | class | escape | "(" pattern ")"`; return whether it is a group."""
    sign = cursor.take()
    match sign:
        case "(":
            if cursor.peek() == "?":
                raise _Refused("a group is written `(…)`; what begins with `(?` is not understood")
            _alternatives(cursor, inside + 1)
            if cursor.take() != ")":
                raise _Refused("a `(` needs a `)` after it")
            return True
        case "[":
            _class(cursor)
        case "\\":
            _escape(cursor)
        case "^" | "$":
            raise _Refused(f"the whole text is matched, so `{sign}` is left out")
        case "*" | "+" | "?" | "{":
            raise _Refused(f"`{sign}` needs a character before it, or a `\\` to mean itself")
        case "}" | "]":
            raise _Refused(f"`{sign}` needs a `\\` before it to mean itself")
        case _:
            pass
    return False


def _escape(cursor: _Cursor) -> None:
    r"""Read `escape = "\" ( "d" | "w" | "s" | mark )`."""
    sign = cursor.take()
    if not sign:
        raise _Refused("a `\\` needs a character after it")
    if sign.isdigit():
        raise _Refused("a part of the text cannot be asked for again")
    if sign not in _CLASSES and (sign.isalnum() or sign.isspace() or sign == "_"):
        raise _Refused(f"`\\{sign}` is not understood: only `\\d`, `\\w`, `\\s` and marks are")


def _class(cursor: _Cursor) -> None:
    """Read `class = "[" [ "^" ] { character [ "-" character ] } "]"`."""
    if cursor.peek() == "^":
        cursor.take()
    if cursor.peek() == "]":
        raise _Refused("`[]` needs characters inside, and `\\]` for a bracket")
    while cursor.peek() != "]":
        sign = cursor.take()
        if not sign:
            raise _Refused("a `[` needs a `]` after it")
        if sign == "[":
            raise _Refused("inside `[]` a bracket is written `\\[`")
        if sign == "\\":
            _escape(cursor)
        elif sign in "&|~-" and cursor.peek() == sign:
            raise _Refused(f"inside `[]` a mark stands once, as in `\\{sign}`")
    cursor.take()


def _quantifier(cursor: _Cursor) -> None:
    """Read `quantifier = "?" | "*" | "+" | "{" digits [ "," [ digits ] ] "}"`."""
    sign = cursor.peek()
    if sign not in tuple("*+?{"):
        return
    if sign == "{":
        found = re.compile(r"\{([0-9]+)(,?)([0-9]*)\}").match(cursor.text, cursor.at)
        if found is None or (found[3] and not found[2]):
            raise _Refused("how often is written `{3}` or `{2,5}`; a brace itself is `\\{`")
        cursor.at = found.end()
        least, most = int(found[1][:6]), int((found[3] or found[1])[:6])
        if most < least:
            raise _Refused("how often goes from less to more, such as `{2,5}`")
        if most > _MOST_TIMES:
            raise _Refused(f"a part may repeat at most {_MOST_TIMES} times")
        cursor.unbounded += bool(found[2] and not found[3])
    else:
        cursor.take()
        cursor.unbounded += sign != "?"
    if cursor.unbounded > 1:
        raise _Refused(_UNBOUNDED)
    if cursor.peek() in tuple("*+?{"):
        raise _Refused("a character is repeated in one way only")
