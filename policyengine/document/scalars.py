"""Scalars that are not simply words: in quotes, in blocks, or cut off by a comment."""

import re

import yaml
from yaml.events import ScalarEvent

from policyengine.document import traps
from policyengine.document.characters import without_refused
from policyengine.document.events import Loader
from policyengine.document.nodes import Scalar
from policyengine.findings import Finding
from policyengine.findings.text import UNSEEN_CHARACTER
from policyengine.source import Source

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile(r"[\ud800-\udfff]")


def comments(text: str) -> dict[int, int]:
    """Return where something ends before a comment on its line, with the place of the `#`."""
    found = {}
    at = text.find("#")
    while at >= 0:
        end = at
        while end and text[end - 1] in " \t":
            end -= 1
        if 0 < end < at and text[end - 1] != "\n":
            found[end] = at
        at = text.find("#", at + 1)
    return found


def has_half_character(value: str) -> bool:
    """Say whether *value* holds half of a pair that makes a character, by an escape."""
    return not value.isascii() and _HALF.search(value) is not None


def quoted_scalar(
    source: Source, value: str, start: int, end: int
) -> tuple[Scalar, Finding | None]:
    """Return the text in quotes from *start* to *end*, and what is wrong with it."""
    span = source.span(start, end)
    scalar = Scalar(value, span, quoted=True)
    if source.text[start] == '"' and "\\" in span.text and _CONTROL.search(value):
        message = "found a character that cannot be seen, written with a backslash"
        hint = "take it away, or use single quotes for a backslash"
        return scalar, Finding(UNSEEN_CHARACTER, message, span, hint)
    return scalar, None


def block_scalar(source: Source, value: str, start: int, end: int) -> tuple[Scalar, Finding | None]:
    """Return the text on the lines below `|` or `>`, without its last line end.

    An empty one is no text at all: `>5` was meant as a test.
    """
    end = start + len(source.text[start:end].rstrip())
    span = source.span(start, end)
    header = span.text.split("\n", 1)[0]
    if not value.strip():
        finding = traps.comparison(source, start, flow=False)
        if header.startswith("|"):
            finding = traps.nothing_below(finding.span)
        return Scalar("", finding.span, quoted=True), finding
    if "+" not in header.split("#", 1)[0]:
        value = value.removesuffix("\n")
    return Scalar(value, span, quoted=True), None


def as_written(source: Source, start: int, end: int, value: str, loader: Loader) -> str:
    """Return the text of the scalar from *start* to *end* with its odd characters.

    They were mended before the file was parsed, so that outside quotes both parsers agree;
    within quotes and blocks they are part of the text.
    """
    alone = f"- {without_refused(source.text[start:end])}\n"
    try:
        events = list(yaml.parse(alone, Loader=loader))
    except yaml.YAMLError:
        return value
    texts = [event.value for event in events if isinstance(event, ScalarEvent)]
    return texts[0] if len(texts) == 1 else value
