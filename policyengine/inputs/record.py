"""A record as it was read, before anybody asks what its facts mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LONGEST_RECORD = 16 * 1024 * 1024
"""Characters of one record, past which it is refused: memory must stay constant."""

DEEPEST_RECORD = 64
"""Levels of one record, past which it is refused: whoever walks it must come back."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record cannot be read, with a way out."""

    message: str
    expected: str = ""
    found: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a stream: its facts, or the fault that hides them.

    *columns* are all that the stream has, where it says so beforehand: the header of a CSV.
    """

    number: int
    line: int
    facts: Mapping[str, object] | None
    fault: Fault | None
    typed: Literal["json", "text"]
    columns: tuple[str, ...] | None = None


def mismatch(expected: str, found: str, *, where: str = "", hint: str = "") -> Fault:
    """Return the fault that says what was *expected* and what was *found* instead."""
    return Fault(f"{where}expected {expected}, found {found}", expected, found, hint)


def shown(text: str, *, most: int = 24) -> str:
    """Return *text* in back-ticks, cut short, with nothing in it that a reader cannot see."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return f"`{_UNSEEN.sub(_escaped, cut)}`"


def not_utf8(raw: bytes, *, where: str = "") -> Fault | None:
    """Return the fault of the first byte of *raw* that is no UTF-8, or nothing."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        place = f"{where}column {len(raw[: error.start].decode()) + 1}: "
        found = f"the byte {raw[error.start]:02X}"
        return mismatch("UTF-8 text", found, where=place, hint="save the file as UTF-8")
    return None


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
