"""Characters that a policy cannot hold, or that only look like a space: mended, and said."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from typing import Literal

from policyengine.document.nodes import Scalar
from policyengine.findings import Finding
from policyengine.findings.text import NOT_UTF8, ODD_SPACE, TAB, UNSEEN_CHARACTER
from policyengine.source import Source, Span

Run = tuple[int, int]

_REFUSED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"  # never fine
_INVISIBLE = r"\u00ad\u180e\u200b\u2060\ufeff"
_SPACES = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[\t{_REFUSED}{_INVISIBLE}{_SPACES}]+")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_ORDINARY = bytes([ord("\n"), *range(ord(" "), ord("~") + 1)])
_NEVER = re.compile(f"[{_REFUSED}]")
_UNSEEN = re.compile(f"[{_REFUSED}{_INVISIBLE}]")

_Kind = Literal["unseen", "tab", "space"]


def read_text(name: str, raw: bytes) -> tuple[Source | None, list[Finding]]:
    """Return the text of *raw*, shown as *name*, with LF line ends and no byte order mark."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(name, raw, error)]
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n")), []


def _not_utf8(name: str, raw: bytes, error: UnicodeDecodeError) -> Finding:
    hint = "save the file as UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "expected a text in UTF-8, found UTF-16"
        return Finding(NOT_UTF8, message, Source(name, "").span(0, 0), hint)
    mark = b"\xef\xbb\xbf"
    start = error.start + (len(mark) if raw.startswith(mark) else 0)
    before = raw[:start].removeprefix(mark).decode("utf-8", "replace")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line = re.split(rb"[\r\n]", raw[start:], maxsplit=1)[0].decode("utf-8", "replace")
    at = len(before)
    message = f"expected a text in UTF-8, found the byte {raw[start]:02x}"
    if raw[start] >= 0xA0:
        message += f", in older encodings often `{raw[start : start + 1].decode('latin-1')}`"
    return Finding(NOT_UTF8, message, Source(name, before + line).span(at, at + 1), hint)


def mend_characters(text: str) -> tuple[str, tuple[Run, ...]]:
    """Return *text* with a space for each odd character, and where these stand.

    Places stay what they are, and both parsers read the result alike.
    """
    if text.isascii() and not text.encode().translate(None, _ORDINARY):
        return text, ()
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    runs = [found.span() for found in _ODD.finditer(text)]
    if not runs:
        return text, ()
    mended = _ODD.sub(lambda found: " " * (found.end() - found.start()), text)
    if text.startswith("\ufeff"):
        mended = "\n" + mended[1:]
        runs[0] = (1, runs[0][1])
    return mended, tuple(run for run in runs if run[0] < run[1])


def without_refused(text: str) -> str:
    """Return *text* with a space for each character that YAML does not take anywhere."""
    return _NEVER.sub(" ", text)


def odd_characters(
    source: Source, runs: Iterable[Run], scalars: Iterable[Scalar], until: int
) -> list[Finding]:
    """Return what is wrong with the odd characters at *runs*; in quotes *scalars* may hold most.

    Behind *until* nobody knows what is quoted: only what is never fine is said there.
    """
    quoted = [scalar for scalar in scalars if scalar.quoted]
    starts = [scalar.span.start for scalar in quoted]

    def is_quoted(offset: int) -> bool:
        nearest = bisect_right(starts, offset) - 1
        return nearest >= 0 and offset < quoted[nearest].span.end

    found: list[tuple[_Kind, Span]] = []
    for start, end in runs:
        kind = _kind(source.text[start:end])
        if kind is None and start < until:
            allowed = is_quoted(start) or _in_comment(source, start)
            kind = None if allowed else _milder_kind(source.text, start, end)
        if kind is not None:
            found.append((kind, source.span(start, end)))
    return [_finding(kind, spans) for kind, spans in _grouped(found)]


def _kind(run: str) -> _Kind | None:
    return "unseen" if _NEVER.search(run) else None


def _milder_kind(text: str, start: int, end: int) -> _Kind | None:
    run = text[start:end]
    if _UNSEEN.search(run):
        return "unseen"
    if "\t" not in run:
        return "space"
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)].strip()
    return None if not rest or rest.startswith("#") else "tab"


def _in_comment(source: Source, offset: int) -> bool:
    start = source.text.rfind("\n", 0, offset) + 1
    return re.search(r"(?:^|\s)#", source.text[start:offset]) is not None


def _grouped(found: list[tuple[_Kind, Span]]) -> list[tuple[_Kind, list[Span]]]:
    """Return *found* with what stands in lines that follow each other taken together."""
    groups: list[tuple[_Kind, list[Span]]] = []
    last: dict[_Kind, list[Span]] = {}
    for kind, span in found:
        before = last.get(kind)
        if before is not None and span.line - before[-1].line <= 1:
            before.append(span)
        else:
            last[kind] = [span]
            groups.append((kind, last[kind]))
    return groups


def _finding(kind: _Kind, spans: list[Span]) -> Finding:
    span = spans[0]
    below = spans[-1].line - span.line
    also = f", here and in {below} lines below" if below > 1 else ""
    also = ", here and in the line below" if below == 1 else also
    if kind == "tab":
        return Finding(TAB, f"expected spaces, found a tab{also}", span, "write spaces")
    shown = _names(span.text)
    if kind == "space":
        message = f"expected an ordinary space, found {shown}{also}"
        hint = "type a space over it, or quote the text if it is meant"
        return Finding(ODD_SPACE, message, span, hint)
    message = f"found a character that cannot be seen: {shown}{also}"
    return Finding(UNSEEN_CHARACTER, message, span, "take it away")


def _names(run: str) -> str:
    worst = _UNSEEN.search(run)
    character = worst.group() if worst else run[0]
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"{name} ({code})" if name else code
