"""Traps: what YAML reads without a word as something else than the writer meant."""

import re

from policyengine.document.mended import (
    CURLY,
    in_straight_quotes,
    in_words,
    joined,
    quoted,
    without_tag,
)
from policyengine.document.nodes import Mapping, Node, Scalar
from policyengine.findings import Finding, Related
from policyengine.findings.text import (
    ALIAS,
    ANCHOR,
    COMMA_IN_TEXT,
    COMPARISON_SIGN,
    CURLY_QUOTES,
    CUT_TEST,
    CUT_TEXT,
    DASH_FOR_ANY,
    DUPLICATE_KEY,
    KEY_NOT_TEXT,
    MAPPING_IN_CELL,
    MERGE_KEY,
    NO_BLANK,
    NO_VALUE,
    TAG,
)
from policyengine.source import Source, Span

_COMMENT = re.compile(r"\s+#.*")
_LINE = re.compile(r"[^\n]*")
_FLOW_VALUE = re.compile(r"(?:!=?[ ]*)?(?:\[[^\]\n]*\]?|[^\n,\[\]{}]*)")
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:contains|(?:starts|ends) with|same as|matches|not|neither|nor|or|and|has|over|under"
    r"|at least|at most)$"
)
_UNSPACED = re.compile(r"(?P<key>[^\W\d][\w.-]*):(?P<value>[^\s:/].*)", re.DOTALL)
_EQUATION = re.compile(
    r"(?P<key>[^\W\d][\w-]*(?:\.[\w-]+)+)\s*(?P<sign>==?|!=|[<>]=?)\s*(?P<value>[^\s<>=].*)",
    re.DOTALL,
)
_SIGNS = {"!": "not ", "<=": "at most ", "<": "under ", ">=": "at least ", ">": "over "}
_FIELD = re.compile(r"[^\W\d][\w-]*(?:\.[\w-]+)+")
_DIGITS = re.compile(r"(?:.*[^\d.])?\d{1,3}")
_CURLY_CLOSED = re.compile(f"[{CURLY}][^{CURLY}\u2019\n]*[{CURLY}\u2019]")
_THREE = re.compile(r"\d{3}(?: .*)?")
_LISTS = ("any", "all", "not", "is")


def raw_value(source: Source, start: int, *, flow: bool) -> Span:
    """Return the range of what was written from *start* to the end of the value on its line."""
    found = (_FLOW_VALUE if flow else _LINE).match(source.text, start)
    text = _COMMENT.sub("", found.group()).rstrip() if found else ""
    return source.span(start, start + len(text))


def tag(source: Source, start: int, *, flow: bool, value: bool) -> Finding:
    """Return the finding for the `!` at *start*; *value* says that a test can stand there."""
    span = raw_value(source, start, flow=flow)
    mended = without_tag(span.text) if value else ""
    word = span.text.split()[0] if span.text else "!"
    hint = f"write `{mended}`" if mended else f"take `{word}` away"
    return Finding(TAG, f"`{span.text}` is no value", span, hint)


def comparison(source: Source, start: int, *, flow: bool) -> Finding:
    """Return the finding for the `>` at *start*."""
    span = raw_value(source, start, flow=flow)
    mended = in_words(span.text)
    if not mended:
        hint = "write the bound in words, as in `over 5`; a long text goes on the lines below"
        return Finding(NO_VALUE, f"nothing follows `{span.text}`", span, hint)
    return Finding(COMPARISON_SIGN, f"`{span.text}` is no test", span, f"write `{mended}`")


def no_value(place: Span, key: Scalar | None) -> Finding:
    """Return the finding for nothing, `~` or `null` at *place*, the value of *key* or an item."""
    source, text = place.source, place.text
    line_end = source.text.find("\n", place.end)
    rest = source.text[place.end : line_end if line_end >= 0 else len(source.text)].strip()
    if rest.startswith("#") and not rest.startswith(("# ", "#!")) and len(rest) > 1:
        mended = quoted(rest) if key is None else f"{key.text}: {quoted(rest)}"
        hint = f"quote a text that begins with `#`: `{mended}`"
        message = "a comment begins here, no value is left"
        return Finding(NO_VALUE, message, source.span(place.start, place.end), hint)
    if key is None:
        message = f"`{text}` stands for nothing" if text else "an item without a value"
        return Finding(NO_VALUE, message, place, "write `missing`, or leave the item out")
    message = f"`{key.text}` has no value" if not text else f"`{text}` is no value of `{key.text}`"
    hint = "write `missing`, or leave the line out"
    following = source.text[line_end + 1 :].split("\n", 1)[0] if line_end >= 0 else ""
    if not text and key.span.column == len(following) - len(following.lstrip()) + 1 and not rest:
        hint += "; what belongs to it begins further to the right"
    return Finding(NO_VALUE, message, key.span if not text else place, hint)


def nothing_below(span: Span) -> Finding:
    """Return the finding for a `|` that no text follows on the lines below."""
    hint = "write the text on the lines below, further to the right"
    return Finding(NO_VALUE, f"nothing stands below `{span.text}`", span, hint)


def dash(span: Span) -> Finding:
    """Return the finding for a lone dash."""
    return Finding(DASH_FOR_ANY, f"`{span.text}` is no test", span, "write `any`")


def curly(span: Span, key: Scalar | None) -> Finding:
    """Return the finding for a text that begins with a curly quote."""
    source = span.source
    closed = _CURLY_CLOSED.match(source.text, span.start)
    if closed and closed.end() > span.end:
        span = source.span(span.start, closed.end())
    line = span.text
    mended = in_straight_quotes(line)
    shown = f"{key.text}: {mended}" if key is not None else mended
    message = f"`{line[0]}` does not keep a text together"
    return Finding(CURLY_QUOTES, message, span, f"use straight quotes: `{shown}`")


def cut(scalar: Scalar, key: Scalar | None, sign: int, *, flow: bool) -> Finding | None:
    """Return the finding for a comment at *sign* that cuts *scalar*; none for a real comment."""
    source = scalar.span.source
    found = _LINE.match(source.text, sign)
    comment = found.group().rstrip() if found else "#"
    unfinished = _UNFINISHED.search(scalar.text) is not None
    if not unfinished and (comment[1:2] in {"", " ", "#", "!"}):
        return None
    if flow:
        comment = re.split(r"[,\]}]", comment, maxsplit=1)[0].rstrip()
    whole = quoted(f"{scalar.text} {comment}")
    shown = f"{key.text}: {whole}" if key is not None else whole
    span = source.span(scalar.span.start, sign + 1)
    message = "the text ends before ` #`, where a comment begins"
    if unfinished:
        message = f"`{scalar.text}` has nothing to test: a comment begins at ` #`"
        return Finding(CUT_TEST, message, span, f"quote the test: `{shown}`")
    hint = f"quote the text: `{shown}`, or put a space after `#` for a comment"
    return Finding(CUT_TEXT, message, span, hint)


def cell_mapping(pair: Mapping) -> Finding:
    """Return the finding for the `key: value` that stands in a list between brackets."""
    raw = pair.span.text.strip()
    message = f"a cell is a test, not a mapping: `{raw}`"
    key, value = pair.entries[0] if pair.entries else (Scalar(raw, pair.span), pair)
    if isinstance(value, Scalar) and value.text:
        hint = f"write the test alone, `{value.text}`"
        if _FIELD.fullmatch(key.text):
            hint += f", or with its field `{{{raw}}}`"
        else:
            hint += f", or quote a text that has `: `, `{quoted(raw)}`"
    else:
        hint = f"write `any` for every value, or braces for a block: `{{{key.text}: any}}`"
    return Finding(MAPPING_IN_CELL, message, pair.span, hint)


def question_mark(span: Span, *, cell: bool) -> Finding:
    """Return the finding for a `?` that makes a key, in a *cell* or in front of a line."""
    if cell:
        message = "a cell is a test, not a mapping: `?` begins a key"
        hint = 'write `any` for every value, `missing` for none, or `"?"` for the sign'
        return Finding(MAPPING_IN_CELL, message, span, hint)
    return Finding(KEY_NOT_TEXT, "`?` begins a key in another way", span, "write `key: value`")


def duplicate(first: tuple[Scalar, Node], second: tuple[Scalar, Node]) -> Finding:
    """Return the finding for two entries with one key."""
    key, value, other = second[0], second[1], first[1]
    name = key.text
    hint = "keep one of the two"
    if name in _LISTS:
        hint = f"put both into one list: `all: [{{{name}: …}}, {{{name}: …}}]`"
    elif isinstance(value, Scalar) and isinstance(other, Scalar):
        both = joined(other.text, value.text)
        hint = f"join them in one test: `{name}: {both}`" if both else hint
    related = (Related(first[0].span, "given here before"),)
    return Finding(DUPLICATE_KEY, f"`{name}` is given twice", key.span, hint, related)


def key_not_text(node: Node) -> Finding:
    """Return the finding for *node*, a list or a mapping in place of a key."""
    what = "a mapping" if isinstance(node, Mapping) else "a list"
    raw = node.span.text
    hint = "write a name before the colon, or quote a text with braces"
    if isinstance(node, Mapping) and "\n" not in raw:
        hint = f"quote a text with braces: `{quoted(raw)}`"
    return Finding(KEY_NOT_TEXT, f"expected a name as key, found {what}", node.span, hint)


def bare_keys(before: tuple[Scalar, Node] | None, bare: list[Scalar]) -> Finding:
    """Return the finding for the keys *bare* without colon, behind the entry *before*."""
    first = bare[0]
    unspaced = _UNSPACED.fullmatch(first.text)
    if unspaced:
        message = f"expected a space after the colon of `{unspaced['key']}`"
        mended = f"{unspaced['key']}: {unspaced['value']}"
        return Finding(NO_BLANK, message, first.span, f"write `{mended}`")
    equation = _EQUATION.fullmatch(first.text)
    if equation:
        sign = equation["sign"]
        words = _SIGNS.get(sign.removesuffix("=") if sign == "!=" else sign, "")
        hint = f"write `{equation['key']}: {words}{equation['value']}`"
        message = f"`{first.text}` is no test: a colon follows the field"
        return Finding(COMPARISON_SIGN, message, first.span, hint)
    value = before[1] if before is not None else None
    if before is None or not isinstance(value, Scalar) or _FIELD.fullmatch(first.text):
        message = f"`{first.text}` has no value"
        hint = f"write `{first.text}: missing`, or quote a text with braces: "
        return Finding(NO_VALUE, message, first.span, hint + f"`{quoted('{' + first.text + '}')}`")
    key = before[0].text
    span = first.span.source.span(value.span.start, bare[-1].span.end)
    parts = [value.text, *(name.text for name in bare)]
    message = f"`{first.text}` is read as a key: a comma begins a new one"
    if _DIGITS.fullmatch(parts[0]) and all(_THREE.fullmatch(part) for part in parts[1:]):
        hint = f"write a number without commas: `{key}: {''.join(parts)}`"
        return Finding(COMMA_IN_TEXT, message, span, hint)
    text = ", ".join(parts) if value.quoted else span.text
    return Finding(COMMA_IN_TEXT, message, span, f"quote the text: `{key}: {quoted(text)}`")


def anchor(span: Span) -> Finding:
    """Return the finding for an anchor that nothing points to."""
    hint = f"take `{span.text}` away, or quote a text that begins with `&`"
    return Finding(ANCHOR, f"`{span.text}` names a place, which policies do not do", span, hint)


def alias(span: Span, target: Span | None) -> Finding:
    """Return the finding for an alias, which points to *target*."""
    message = f"`{span.text}` stands for a value in another place"
    hint = f"write the value out here, or quote the text: `{quoted(span.text)}`"
    return Finding(ALIAS, message, span, hint, _named(target))


def merge_key(span: Span, target: Span | None) -> Finding:
    """Return the finding for the key `<<`, whose value is at *target*."""
    hint = "write the keys out here"
    return Finding(MERGE_KEY, "`<<` takes keys over from another place", span, hint, _named(target))


def _named(target: Span | None) -> tuple[Related, ...]:
    return () if target is None else (Related(target, "the place it names"),)
