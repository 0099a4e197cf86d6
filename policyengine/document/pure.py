"""The parser that is there without libyaml, taught to read what stands in brackets as libyaml does."""

import re
from typing import Any

import yaml
from yaml.events import Event, ScalarEvent
from yaml.scanner import ScannerError

_STAND_IN = "\ufdd0"
_WITHIN_TEXT = re.compile(
    r"(?<![^\s\[{,])[&*!][^\s,\[\]{}]*\s*\?"  # behind an anchor or the like it begins something
    r"|(?P<text>(?<=[^\s\[\]{},:?\-\"'])[ ]*)\?"
)


def _stand_in(found: re.Match[str]) -> str:
    return found[0] if found["text"] is None else found["text"] + _STAND_IN


class PureLoader(yaml.Loader):
    """A parser for which a `?` within a text is text, and a `:` before a bracket is a mistake."""

    def __init__(self, text: str) -> None:
        super().__init__(_WITHIN_TEXT.sub(_stand_in, text))

    def get_event(self) -> Event | None:
        """Return the next event, with the question marks of its text."""
        event: Event | None = super().get_event()  # type: ignore[no-untyped-call] # theirs
        if isinstance(event, ScalarEvent) and _STAND_IN in event.value:
            event.value = event.value.replace(_STAND_IN, "?")
        return event

    def scan_plain(self) -> Any:  # noqa: ANN401 (a token of the parser, which has no types)
        """Return the next plain text."""
        start = self.get_mark()
        token = super().scan_plain()
        if self.flow_level and self.peek() == ":" and self.peek(1) in ",?[]{}":
            context = "while scanning a plain scalar"
            raise ScannerError(context, start, "found unexpected ':'", self.get_mark())
        return token
