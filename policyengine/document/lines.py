"""Lines that do not fit what stands above them: no key, no blank, one colon too many."""

import re
from dataclasses import replace

from policyengine.document import traps
from policyengine.document.mended import CURLY, quoted
from policyengine.document.quotes import after_quote, unclosed_quote
from policyengine.document.scene import Mistake, Scene, unreadable
from policyengine.findings import Finding
from policyengine.findings.text import (
    COLON_IN_TEXT,
    LINE_WITHOUT_KEY,
    NO_BLANK,
    SECOND_DOCUMENT,
    SIGN_FIRST,
    STRAY_BRACKET,
    TEXT_AFTER_BRACKET,
    UNREADABLE,
    WRONG_INDENTATION,
)
from policyengine.source import Span

_UNSPACED = re.compile(r"(?P<key>[^\W\d][\w.-]*):(?P<value>[^\s:/].*)")
_UNSPACED_DASH = re.compile(r"-(?P<value>[^\W\d].*)")
_NAMED = re.compile(r"(?P<key>[^\W\d][\w.-]*)\s+(?P<value>\S+(?: \S+){0,2})")
_FIELD = re.compile(r"[^\W\d][\w-]*(?:\.[\w-]+)+")
_ITEM = re.compile(r"(?:\s|- )*")


def colon(scene: Scene) -> Mistake:
    """Return the mistake of a second key on a line, or of a key that belongs nowhere."""
    start = scene.value_start()
    line = scene.line_start(scene.at)
    if start < scene.at and ":" in scene.text[line:start]:
        return _colon_in_value(scene, start)
    last = scene.last
    if last is not None and not last.quoted and not scene.same_line(last.span.start):
        first = scene.to_line_end(last.span.start)
        head = scene.text[scene.line_start(first.start) : first.start]
        if _UNSPACED.fullmatch(first.text) and not head.strip(" -"):
            return no_blank(scene, first)
    return _out_of_line(scene, line + scene.indent(scene.at))


def _colon_in_value(scene: Scene, start: int) -> Mistake:
    span = scene.to_line_end(start)
    patch = scene.crossed_out(span)
    before = scene.text[start : scene.at].strip()
    if span.text[0] in CURLY:
        return Mistake(traps.curly(span, None), patch)
    if _FIELD.fullmatch(before):
        hint = f"write `{scene.with_key(start, '{' + span.text + '}')}`, or begin a new line"
        message = f"a second key, `{before}`, on the line of the first"
        return Mistake(Finding(COLON_IN_TEXT, message, span, hint), patch)
    return Mistake(colon_in_text(scene, span, before), patch)


def colon_in_text(scene: Scene, span: Span, before: str) -> Finding:
    """Return the finding for the text at *span*, in which a colon follows *before*."""
    hint = f"quote a text that has `: `: `{scene.with_key(span.start, quoted(span.text))}`"
    return Finding(COLON_IN_TEXT, f"the colon makes a key of `{before}`", span, hint)


def no_blank(scene: Scene, span: Span) -> Mistake:
    """Return the mistake of the line at *span*, which has no blank behind its colon."""
    found = _UNSPACED.fullmatch(span.text)
    key, value = (found["key"], found["value"]) if found else ("", "")
    message = f"expected a space after the colon of `{key}`"
    hint = f"write `{key}: {value}`"
    return Mistake(Finding(NO_BLANK, message, span, hint), scene.commented(span.start))


def no_key(scene: Scene) -> Mistake:
    """Return the mistake of a line on which nothing is a key."""
    start = scene.begin
    span = scene.to_line_end(start)
    text = span.text
    patch = scene.commented(start)
    if _UNSPACED.fullmatch(text):
        return no_blank(scene, span)
    dash = _UNSPACED_DASH.fullmatch(text)
    if dash:
        return _no_blank_after_dash(span, dash["value"])
    if text[0] in "'\"" and not text[1:].count(text[0]):
        return unclosed_quote(scene, start)
    named = _NAMED.fullmatch(text)
    hint = "write `key: value`, or indent the line if it belongs to the text above"
    if named:
        hint = f"write `{named['key']}: {named['value']}`"
    message = f"expected a key and a colon, found `{text}`"
    return Mistake(Finding(LINE_WITHOUT_KEY, message, span, hint), patch)


def _no_blank_after_dash(span: Span, value: str) -> Mistake:
    message = "expected a space after the dash"
    finding = Finding(NO_BLANK, message, span, f"write `- {value}`")
    return Mistake(finding, (span.start + 1, " "))


def out_of_line(scene: Scene) -> Mistake:
    """Return the mistake of something that stands behind a value, or in a column of its own."""
    at, before = scene.at, scene.before
    if before.lstrip().startswith("..."):
        message = "the text goes on behind `...`, which ends it"
        span = scene.to_line_end(at)
        return Mistake(Finding(SECOND_DOCUMENT, message, span, "put it into a file of its own"))
    if scene.character in ("]", "}"):
        return stray_bracket(scene)
    if not scene.is_first:
        return after_quote(scene) or _after_value(scene) or unreadable(scene)
    if scene.character == ":":
        hint = "write a name before the colon"
        span = scene.source.span(at, at + 1)
        return Mistake(
            Finding(UNREADABLE, "a colon without a key", span, hint), scene.commented(at)
        )
    if not scene.character:
        return unreadable(scene)
    if scene.character in "[{":
        return no_key(replace(scene, begin=at))
    return _out_of_line(scene, at)


def stray_bracket(scene: Scene) -> Mistake:
    """Return the mistake of a closing bracket that closes nothing."""
    found = re.compile(r"[\]}]+").match(scene.text, scene.at)
    end = found.end() if found else scene.at + 1
    span = scene.source.span(scene.at, end)
    message = f"`{span.text}` closes nothing"
    hint = "take it away, or open a bracket before it"
    return Mistake(Finding(STRAY_BRACKET, message, span, hint), (scene.at, " " * (end - scene.at)))


def _after_value(scene: Scene) -> Mistake | None:
    """Return the mistake of a text that goes on behind a bracket, or behind `*name`."""
    start = scene.value_start()
    span = scene.to_line_end(start)
    hint = f"quote the whole text: `{scene.with_key(start, quoted(span.text))}`"
    patch = scene.crossed_out(span)
    if scene.before[-1:] in ("]", "}"):
        message = f"the value ends at `{scene.before[-1]}`, before `{scene.rest(span)}`"
        return Mistake(Finding(TEXT_AFTER_BRACKET, message, span, hint), patch)
    if span.text[0] in "*&":
        message = f"a text cannot begin with `{span.text[0]}`"
        return Mistake(Finding(SIGN_FIRST, message, span, hint), patch)
    return None


def _out_of_line(scene: Scene, at: int) -> Mistake:
    span = scene.to_line_end(at)
    dash = _UNSPACED_DASH.fullmatch(span.text)
    if dash:
        return _no_blank_after_dash(span, dash["value"])
    key = re.match(r"-?\s*[^\s:]+", span.text)
    span = scene.source.span(at, at + (key.end() if key else 1))
    columns = _columns(scene, at)
    own = at - scene.line_start(at) + 1
    if not span.text.startswith("-"):
        columns = {column: word for column, word in columns.items() if word != "-"}
    near = sorted(columns, key=lambda column: (abs(column - own), column))[:2]
    places = [f"in column {column}, below `{columns[column]}`" for column in near if column != own]
    hint = f"begin it {', or '.join(places)}" if places else "write it below a key of its own"
    message = f"`{span.text}` is not in line with what stands above it"
    return Mistake(Finding(WRONG_INDENTATION, message, span, hint))


def _columns(scene: Scene, at: int) -> dict[int, str]:
    """Return the columns in which the line of *at* could begin, with what stands there above."""
    columns: dict[int, str] = {}
    end = scene.line_start(at) - 1
    while end > 0 and (not columns or min(columns) > 1):
        start = scene.text.rfind("\n", 0, end) + 1
        line = scene.text[start:end]
        end = start - 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for part in re.finditer(
            r"(?:(?<=\s)|^)(?:- )*([^\s#-][^\s:]*)", line[: _first_value(line)]
        ):
            column = part.start(1) + 1
            if not columns or column < min(columns):
                columns[column] = part[1]
        dash = len(line) - len(line.lstrip()) + 1
        if line.lstrip().startswith("- ") and (not columns or dash < min(columns)):
            columns[dash] = "-"
    return columns


def _first_value(line: str) -> int:
    """Return where the value on *line* begins: only the key and the dashes before it count."""
    found = _ITEM.match(line)
    start = found.end() if found else 0
    return start + len(re.split(r"[\s:]", line[start:], maxsplit=1)[0])
