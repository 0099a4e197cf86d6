"""Quotes that are not closed, and texts that go on behind them."""

from policyengine.document.mended import quoted
from policyengine.document.scene import Mistake, Scene
from policyengine.findings import Finding
from policyengine.findings.text import TEXT_AFTER_QUOTE, UNCLOSED_QUOTE


def unclosed_quote(scene: Scene, start: int) -> Mistake:
    """Return the mistake of the quote at *start*, which no other closes on its line."""
    span = scene.to_value_end(start)
    text = span.text
    inner = text.removeprefix('"')
    hint = "close it, or take it away"
    if inner.strip('"'):
        hint = f"quote the whole text: `{scene.with_key(start, quoted(inner))}`"
    message = f"the quote before `{text[1:].split(' ', 1)[0]}` is not closed"
    if not text[1:].strip():
        message = "the quote is not closed"
    return Mistake(Finding(UNCLOSED_QUOTE, message, span, hint), scene.crossed_out(span))


def after_quote(scene: Scene) -> Mistake | None:
    """Return the mistake of a text that goes on behind a closing quote; none elsewhere."""
    last = scene.last
    if last is None or not last.quoted or scene.text[last.span.start] not in "'\"":
        return None
    if scene.text[last.span.end : scene.at].strip() or not scene.same_line(last.span.end):
        return None
    start = last.span.start
    if not scene.same_line(start):
        return unclosed_quote(scene, start)
    span = scene.to_value_end(start, scene.at)
    message = f"the text ends at its second quote, before `{scene.text[scene.at : span.end]}`"
    hint = f"quote the whole text: `{scene.with_key(start, quoted(span.text))}`"
    return Mistake(Finding(TEXT_AFTER_QUOTE, message, span, hint), scene.crossed_out(span))
