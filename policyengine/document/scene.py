"""The place where the parser gave up, and what stands around it."""

import re
from dataclasses import dataclass

from policyengine.document.nodes import Scalar
from policyengine.findings import Finding
from policyengine.findings.text import UNREADABLE
from policyengine.source import Source, Span

_KEY = re.compile(r"(?:^|[\s{\[,])(?P<key>[^\s:{}\[\],\"'#-][^:{}\[\],]*?)\s*:\s*$")
_TO_DELIMITER = re.compile(r"[^\n,\[\]{}]*")
_TOKEN = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|(?<![\w])'[^'\n]*'|(?:(?<=[\s\[{,])|^)#[^\n]*"  # no brackets there
    r"|((?<=[\s\[{,])[\[{]|[\]}])"
)
_COMMENT = re.compile(r"\s+#.*")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding that ends the reading, and how to go on: new text of the same length."""

    finding: Finding
    patch: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the parser gave up.

    *at* is the place, *begin* that of what it was reading, *last* the value read before, *outer*
    the outermost open bracket or -1.
    """

    source: Source
    text: str
    at: int
    begin: int
    last: Scalar | None
    outer: int

    @property
    def character(self) -> str:
        """The character at the place; nothing at the end of the text."""
        return self.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to the place, without blanks at its end."""
        return self.text[self.line_start(self.at) : self.at].rstrip()

    @property
    def is_first(self) -> bool:
        """Whether the place is the first on its line, or the end of the text."""
        return not self.before or not self.text[self.at :].strip()

    @property
    def in_brackets(self) -> bool:
        """Whether a bracket is open."""
        return self.outer >= 0

    def line_start(self, offset: int) -> int:
        """Return where the line of *offset* begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of *offset* ends."""
        end = self.text.find("\n", offset)
        return end if end >= 0 else len(self.text)

    def indent(self, offset: int) -> int:
        """Return how far the line of *offset* is indented."""
        start = self.line_start(offset)
        line = self.text[start : self.line_end(offset)]
        return len(line) - len(line.lstrip(" "))

    def same_line(self, offset: int) -> bool:
        """Say whether *offset* stands on the line of the place."""
        return self.line_start(offset) == self.line_start(self.at)

    def to_line_end(self, start: int) -> Span:
        """Return the range from *start* to the end of its line, without a comment."""
        return self._trimmed(start, self.line_end(start))

    def to_delimiter(self, start: int, beyond: int) -> Span:
        """Return the range from *start* over *beyond* to the next comma, bracket or line end."""
        found = _TO_DELIMITER.match(self.text, beyond)
        return self._trimmed(start, found.end() if found else beyond)

    def to_value_end(self, start: int, beyond: int | None = None) -> Span:
        """Return the range from *start* over *beyond* to where the value ends on its line."""
        if self.in_brackets:
            return self.to_delimiter(start, start if beyond is None else beyond)
        return self.to_line_end(start)

    def rest(self, span: Span) -> str:
        """Return what *span* holds behind the place."""
        return self.text[self.at : span.end]

    def _trimmed(self, start: int, end: int) -> Span:
        text = _COMMENT.sub("", self.text[start:end]).rstrip()
        return self.source.span(start, min(start + max(len(text), 1), len(self.text)))

    def value_start(self) -> int:
        """Return where the value on the line of the place begins, behind its key or dash."""
        start = self.line_start(self.at)
        found = re.match(r"(?:\s|- )*(?:[^\s:{\[\"'][^:]*:\s+)?", self.text[start : self.at])
        return start + (found.end() if found else 0)

    def with_key(self, start: int, mended: str) -> str:
        """Return *mended* behind the key of the value that begins at *start*."""
        found = _KEY.search(self.text[self.line_start(start) : start])
        return f"{found['key'].lstrip('- ')}: {mended}" if found else mended

    def crossed_out(self, span: Span) -> tuple[int, str]:
        """Return a patch that makes a word of *span*, or of the brackets around it on its line."""
        start, end = span.start, span.end
        if self.in_brackets and self.same_line(self.outer):
            line = self.text[self.outer : self.line_end(self.outer)]
            if sum(map(line.count, "[{")) <= sum(map(line.count, "]}")):
                return self._words(self.outer, self.outer + len(line))
        return self._words(start, end)

    def crossed_out_line(self, start: int) -> tuple[int, str]:
        """Return a patch that makes a word of all from *start* to the end of its line."""
        return self._words(start, self.line_end(start))

    def _words(self, start: int, end: int) -> tuple[int, str]:
        return start, "x" * (end - start)

    def commented(self, start: int) -> tuple[int, str]:
        """Return a patch that makes a comment of the line from *start*."""
        return start, "#"


def open_brackets(text: str, known: list[int], behind: int, at: int) -> list[int]:
    """Return the brackets that are open at *at*: those *known* at *behind*, and those since then.

    The parser looks ahead: it may stumble before it has said that a bracket was opened.
    """
    found = list(known)
    for token in _TOKEN.finditer(text, behind, at):
        character = token[1]
        if character in {"]", "}"}:
            del found[-1:]
        elif character:
            found.append(token.start(1))
    return found


def unreadable(scene: Scene) -> Mistake:
    """Return the mistake that nothing better is known of."""
    at = min(scene.at, max(len(scene.text.rstrip()) - 1, 0))
    hint = "look for a quote, a bracket or a colon that is missing or one too many"
    message = "the text cannot be read from here"
    span = scene.source.span(at, min(at + 1, len(scene.text)))
    return Mistake(Finding(UNREADABLE, message, span, hint))
