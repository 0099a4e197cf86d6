"""Text as a terminal shows it: what cannot be seen is written out, and each sign has a width."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TAB = 4
_WRITTEN_OUT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # letters of some scripts, and emoji, are joined by them
_NO_WIDTH = frozenset({"Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What one character is shown as, and how many cells of a line that takes."""

    shown: str
    width: int


def pieces(text: str) -> list[Piece]:
    """Return what each character of *text*, the beginning of a line, is shown as."""
    found: list[Piece] = []
    at = 0
    for sign in text:
        piece = _piece(sign, at)
        at += piece.width
        found.append(piece)
    return found


def width(shown: Sequence[Piece]) -> int:
    """Return how many cells *shown* takes."""
    return sum(piece.width for piece in shown)


def visible(text: str) -> str:
    """Return *text* on one line, with everything written out that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(written_out(sign) for sign in text)


def written_out(sign: str) -> str:
    """Return *sign*, or its number where it would steer the terminal or not be seen."""
    if sign in _JOINERS or unicodedata.category(sign) not in _WRITTEN_OUT:
        return sign
    number = ord(sign)
    if sign in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[sign]
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _piece(sign: str, at: int) -> Piece:
    if sign == "\t":
        wide = _TAB - at % _TAB
        return Piece(" " * wide, wide)
    if " " <= sign <= "~":
        return Piece(sign, 1)
    shown = written_out(sign)
    if shown != sign:
        return Piece(shown, len(shown))
    return Piece(sign, _width(sign))


def _width(sign: str) -> int:
    if sign in _JOINERS or unicodedata.category(sign) in _NO_WIDTH:
        return 0
    if "\u1160" <= sign <= "\u11ff":  # vowels and finals of Hangul stand in the cell before
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
