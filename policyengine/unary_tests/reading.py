"""A test while it is read: its text, the parts of it, and what is wrong with them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from policyengine.document import Scalar
from policyengine.source import Span
from policyengine.values import FieldType, Misreading
from policyengine.values.wording import shifted


@dataclass(frozen=True, slots=True)
class Part:
    """Some characters of a test, and how many stand before them."""

    text: str
    start: int = 0

    def strip(self) -> "Part":
        """Return the part without the spaces around it."""
        before = len(self.text) - len(self.text.lstrip())
        return Part(self.text.strip(), self.start + before)

    def after(self, count: int) -> "Part":
        """Return the part without its first *count* characters and the spaces after them."""
        return Part(self.text[count:], self.start + count).strip()

    def split(self, word: str) -> tuple["Part", ...]:
        """Return the parts between which *word* stands, with spaces around it."""
        return tuple(self._between(re.compile(rf"\s+{word}\s+")))

    def _between(self, mark: re.Pattern[str]) -> Iterator["Part"]:
        last = 0
        for found in mark.finditer(self.text):
            yield Part(self.text[last : found.start()], self.start + last).strip()
            last = found.end()
        yield Part(self.text[last:], self.start + last).strip()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a test is read with: the type of its field, and the fields it may name."""

    type: FieldType
    lookup: Callable[[str], FieldType | None]
    known: Callable[[], Iterable[str]]
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One scalar while it is read, with what was found wrong in it so far."""

    scalar: Scalar
    around: Surroundings
    wrongs: list[Misreading] = field(default_factory=list)

    @property
    def type(self) -> FieldType:
        """The type of the field that the test asks."""
        return self.around.type

    @property
    def whole(self) -> Part:
        """All of the scalar, without the spaces around it."""
        return Part(self.scalar.text).strip()

    def say(self, part: Part, wrong: Misreading) -> None:
        """Keep what is wrong in *part*."""
        self.wrongs.append(shifted(wrong, part.start))

    def say_of_all(self, part: Part, wrong: Misreading) -> None:
        """Keep what is wrong with *part* as a whole, whatever the text was that *wrong* is about."""
        self.say(part, replace(wrong, start=0, end=len(part.text)))

    def span(self, part: Part) -> Span:
        """Return where *part* stands in the file."""
        return self.between(part.start, part.start + len(part.text))

    def between(self, start: int, end: int) -> Span:
        """Return where the characters from *start* to *end* of the scalar stand in the file.

        In quotes and over several lines the characters of a scalar are not those of the file:
        the whole scalar is shown.
        """
        span = self.scalar.span
        if span.text != self.scalar.text:
            return span
        return span.source.span(span.start + start, span.start + max(end, start + 1))
