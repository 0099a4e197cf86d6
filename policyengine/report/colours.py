"""Colours on a terminal, where they are wanted."""

from collections.abc import Mapping
from typing import Literal, Protocol

Style = Literal["error", "warning", "info", "good", "bold", "dim"]

_SIGNS: Mapping[Style, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "good": "32",
    "bold": "1",
    "dim": "2",
}


class Terminal(Protocol):
    """What can say whether a person reads it."""

    def isatty(self) -> bool:
        """Return whether it is a terminal."""


def use_colour(stream: Terminal, environ: Mapping[str, str]) -> bool:
    """Return whether *stream* should have colours.

    `NO_COLOR` says no and `FORCE_COLOR` yes, in this order, where they are not empty; else a
    terminal has colours, unless `TERM` calls it dumb.
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def paint(text: str, style: Style, on: bool) -> str:  # noqa: FBT001 — a switch is all it is
    """Return *text* in *style*, or as it is where colours are not *on*."""
    return f"\x1b[{_SIGNS[style]}m{text}\x1b[0m" if on and text else text
