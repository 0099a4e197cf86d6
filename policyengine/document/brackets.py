"""Brackets that are not closed, and what goes wrong between them."""

import re

from policyengine.document import traps
from policyengine.document.lines import colon_in_text, stray_bracket
from policyengine.document.mended import CURLY, quoted
from policyengine.document.quotes import after_quote
from policyengine.document.scene import Mistake, Scene, unreadable
from policyengine.document.signs import sign_at_place
from policyengine.findings import Finding
from policyengine.findings.text import (
    MISSING_COMMA,
    NO_BLANK,
    NO_VALUE,
    SIGN_FIRST,
    STRAY_COMMA,
    TEXT_AFTER_BRACKET,
    UNCLOSED_BRACKET,
    UNREADABLE,
)

_CLOSING = {"[": "]", "{": "}"}
_LAST_FIELD = re.compile(r"(?P<value>.*\S)\s+(?P<field>[^\W\d][\w-]*(?:\.[\w-]+)+)", re.DOTALL)
_PATTERN = re.compile(r"matches /(?:\\.|[^/\n\\])*/")
_HIDDEN = re.compile(r"\s#\S[^\n]*[\]}]")


def no_content(scene: Scene) -> Mistake:
    """Return the mistake of a sign where a value is expected."""
    at, character = scene.at, scene.character
    span = scene.source.span(at, min(at + 1, len(scene.text)))
    if character in ("]", "}"):
        if scene.in_brackets:
            return _unclosed(scene)
        return stray_bracket(scene)
    if scene.in_brackets and (not character or scene.is_first):
        return _unclosed(scene)
    if character == "," and scene.in_brackets:
        hint = "write `any` for a cell that asks nothing, or take the comma away"
        message = "nothing stands before this comma"
        return Mistake(Finding(STRAY_COMMA, message, span, hint), (at, " "))
    if character == "-" and scene.in_brackets:
        raw = scene.to_value_end(at)
        if raw.text == "-":
            return Mistake(traps.dash(raw), (at, "x"))
        hint = f"take the dash away: `{raw.text[1:].strip()}`"
        message = "between brackets no dash stands before an item"
        return Mistake(Finding(SIGN_FIRST, message, raw, hint), (at, " "))
    if character == "?":
        return sign_at_place(scene)
    if character == ",":
        raw = scene.to_line_end(at)
        hint = f"quote the text: `{scene.with_key(at, quoted(raw.text))}`"
        finding = Finding(SIGN_FIRST, "a text cannot begin with `,`", raw, hint)
        return Mistake(finding, scene.crossed_out(raw))
    if character == ":":
        message = "a colon without a key"
        finding = Finding(UNREADABLE, message, span, "write a name before the colon")
        return Mistake(finding, scene.crossed_out(span))
    return unreadable(scene)


def glued_colon(scene: Scene) -> Mistake:
    """Return the mistake of a colon right before a bracket or a comma."""
    key = scene.text[scene.begin : scene.at].strip()
    span = scene.source.span(scene.begin, scene.at + 1)
    following = scene.text[scene.at + 1 : scene.at + 2]
    if following in {"[", "{"}:
        message = f"expected a space after the colon of `{key}`"
        finding = Finding(NO_BLANK, message, span, f"write `{key}: {following}…`")
    else:
        hint = "write `missing`, or leave the key out"
        finding = Finding(NO_VALUE, f"`{key}` has no value", span, hint)
    return Mistake(finding, scene.crossed_out(span))


def in_brackets(scene: Scene) -> Mistake:
    """Return the mistake of something that is neither a comma nor the closing bracket."""
    if not scene.character or scene.character in "]}" or _is_outside(scene):
        return _unclosed(scene)
    if scene.character == ":":
        return _colon(scene)
    rest = re.split(r"[,\]}\n]", scene.text[scene.at :], maxsplit=1)[0]
    if ": " not in f"{rest} " and scene.character not in "'\"":
        mistake = after_quote(scene)
        if mistake is not None:
            return mistake
        if scene.before[-1:] in ("]", "}"):
            message = f"the value ends at `{scene.before[-1]}`, before `{rest.strip()}`"
            hint = "quote a text that has brackets, or put a comma after them"
            span = scene.source.span(scene.at, scene.at + len(rest.rstrip()))
            finding = Finding(TEXT_AFTER_BRACKET, message, span, hint)
            return Mistake(finding, scene.crossed_out(span))
    return _missing_comma(scene)


def _is_outside(scene: Scene) -> bool:
    """Say whether the place is on a line that cannot be meant to stand within the brackets."""
    if scene.same_line(scene.begin) or scene.indent(scene.at) > scene.indent(scene.begin):
        return False
    last = scene.last
    behind = scene.character == ":" and last is not None and last.span.end == scene.at
    return scene.is_first or behind


def _colon(scene: Scene) -> Mistake:
    last = scene.last
    if last is None or last.span.end > scene.at:
        return unreadable(scene)
    found = _LAST_FIELD.fullmatch(last.text)
    start = last.span.start
    if found and not last.quoted:
        span = scene.source.span(start, scene.at)
        hint = f"write `{scene.with_key(start, found['value'])}, {found['field']}: …`"
        message = f"expected a comma before `{found['field']}`"
        finding = Finding(MISSING_COMMA, message, span, hint)
        return Mistake(finding, scene.crossed_out(span))
    span = scene.to_delimiter(start, scene.at)
    if span.text[0] in CURLY:
        return Mistake(traps.curly(span, None), scene.crossed_out(span))
    return Mistake(colon_in_text(scene, span, last.text), scene.crossed_out(span))


def _missing_comma(scene: Scene) -> Mistake:
    span = scene.to_delimiter(scene.at, scene.at + 1)
    word = re.split(r"[\s:]", span.text, maxsplit=1)[0]
    message = f"expected a comma before `{word}`"
    hint = f"write `, {word}`"
    pattern = _pattern(scene)
    if pattern:
        message = "a pattern with braces has to be quoted between brackets"
        hint = f"write `{quoted(pattern)}`"
    elif scene.last is not None and not scene.text[scene.last.span.end : scene.at].strip():
        hint = f"write `{scene.last.span.text}, {word}`"
    return Mistake(Finding(MISSING_COMMA, message, span, hint), scene.crossed_out(span))


def _pattern(scene: Scene) -> str:
    """Return the test with a pattern that the place is in the midst of; empty where there is none."""
    if scene.last is None or not scene.last.text.startswith("matches /"):
        return ""
    start = scene.last.span.start
    found = _PATTERN.match(scene.text, start)
    return found.group() if found and found.end() > scene.at else ""


def _unclosed(scene: Scene) -> Mistake:
    """Return the mistake of a bracket that is not closed, or closed by another one."""
    at = scene.begin if scene.text[scene.begin : scene.begin + 1] in ("[", "{") else scene.outer
    if at < 0:
        return unreadable(scene)
    opening = scene.text[at]
    closing = _CLOSING[opening]
    line = scene.text[at : scene.line_end(at)]
    span = scene.source.span(at, at + 1)
    patch = scene.crossed_out_line(scene.outer if scene.in_brackets else at)
    hint = f"close it with `{closing}`"
    if scene.character in ("]", "}") and scene.same_line(at):
        hint += f": `{scene.text[at : scene.at].rstrip()}{closing}`"
        message = f"expected `{closing}`, found `{scene.character}`"
        return Mistake(Finding(UNCLOSED_BRACKET, message, span, hint), patch)
    if _HIDDEN.search(line):
        message = f"`{opening}` is not closed: a comment begins at ` #`"
        hint = "quote a text that has ` #`"
        return Mistake(Finding(UNCLOSED_BRACKET, message, span, hint), patch)
    if line.strip() != opening and line.rstrip()[-1] not in ",[{:":
        hint += f": `{scene.with_key(at, line.rstrip() + closing)}`"
    return Mistake(Finding(UNCLOSED_BRACKET, f"`{opening}` is not closed", span, hint), patch)
