"""A named text becomes a node that knows where everything stands, and findings."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import yaml
from yaml.events import DocumentStartEvent, ScalarEvent, StreamEndEvent

from policyengine.document import traps
from policyengine.document.characters import mend_characters, odd_characters
from policyengine.document.compose import DEEPEST, Reading
from policyengine.document.events import (
    CellKeyError,
    Event,
    HalfCharacterError,
    Loader,
    NestingError,
    TagError,
)
from policyengine.document.mistakes import directive, understand
from policyengine.document.nodes import Mapping, Node, Sequence
from policyengine.document.pure import PureLoader
from policyengine.document.scene import Mistake, Scene, open_brackets
from policyengine.document.signs import tag
from policyengine.findings import Finding, Related
from policyengine.findings.text import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    LINE_WITHOUT_KEY,
    NO_KEY_FIRST,
    NO_VALUE,
    SECOND_DOCUMENT,
    TAB,
    TOO_DEEP,
    WRONG_INDENTATION,
)
from policyengine.source import Source

_MOST_MISTAKES = 20
_MOVED = (DUPLICATE_KEY, LINE_WITHOUT_KEY, NO_KEY_FIRST, NO_VALUE, WRONG_INDENTATION)
_PREAMBLE = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n|%[^\n]*\n?)*")
_DIRECTIVE = re.compile(r"^%[^\n]*", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:U|u[dD][89abABc-fC-F])")
_LINES = re.compile(r"\s*[\r\n]\s*")
# The C parser (libyaml from 0.2.6) gives up here before it has said which brackets were opened.
_DEPTH = "exceeded maximum nesting depth"
_OPENERS = frozenset({"", "-", "{", "[", ","})


def read_document(source: Source, *, context: bool = False) -> tuple[Node | None, list[Finding]]:
    """Return the node of *source* and what is wrong with its text, in order of place.

    There is no node beside errors: what a text means in which something is wrong, nobody knows.
    In a *context* an empty place, `~` and `null` are allowed (`is_absent` tells them), and the
    top may be a list or a lone value, or be left out.
    """
    loader: Loader = yaml.CLoader if yaml.__with_libyaml__ else PureLoader
    with _unhurried_memory():
        return read_with(loader, source, context=context)


@contextmanager
def _unhurried_memory() -> Iterator[None]:
    """Let no search for unused memory run meanwhile: nodes are many, and all are kept."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def read_with(
    loader: Loader, source: Source, *, context: bool = False
) -> tuple[Node | None, list[Finding]]:
    """Return what *read_document* says, by the parser *loader*.

    After a mistake its text is crossed out and the reading begins again, so that one run says
    all that can be said; nothing more is said of a line with a mistake.
    """
    text, odd = mend_characters(source.text)
    text, findings = _without_directives(source, text)
    lines: set[int] = set()
    mistakes = 0
    while True:
        reading = Reading(source, text, loader, context, odd)
        node, mistake = _walk(reading)
        if mistake is None or mistake.finding.span.line in lines:
            break
        mistakes += 1
        findings.append(mistake.finding)
        lines.update(range(mistake.finding.span.line, mistake.finding.span.end_line + 1))
        if mistake.patch is None or mistakes == _MOST_MISTAKES:
            break
        start, instead = mistake.patch
        text = text[:start] + instead + text[start + len(instead) :]
    until = len(text) if mistake is None else mistake.finding.span.start
    found = [*reading.findings, *reading.references(), *_question_marks(reading)]
    findings.extend(finding for finding in found if finding.span.line not in lines)
    strange = odd_characters(source, odd, reading.scalars, until) if odd else []
    findings = [*_without_consequences(findings, strange), *strange]
    findings = [_on_one_line(finding) for finding in findings]
    findings.sort(key=lambda finding: finding.place)
    sound = all(finding.severity != "error" for finding in findings)
    return (node if sound else None), findings


def _root(reading: Reading) -> Node | None:
    """Return the node of the text that *reading* walks over; the parser's errors come through."""
    following = reading.next_event
    following()
    event = following()
    if _is(event, StreamEndEvent):
        _say_empty(reading)
        return None
    first = event.start_mark.index
    event = following()
    root: Node | None = None
    if _is(event, ScalarEvent) and event.start_mark.index == event.end_mark.index:
        _say_empty(reading)
    else:
        root = _checked(reading, reading.value(event, None))
    following()
    event = following()
    if _is(event, DocumentStartEvent):
        start = event.start_mark.index
        span = reading.source.span(start, min(start + 3, len(reading.text)))
        related = (Related(reading.source.span(first, first), "the first begins here"),)
        hint = "put it into a file of its own"
        message = "expected one document, found a second"
        reading.findings.append(Finding(SECOND_DOCUMENT, message, span, hint, related))
    return root


def _is(event: Event, kind: type) -> bool:
    return type(event) is kind


def _say_empty(reading: Reading) -> None:
    if not reading.context:
        hint = "write a policy, or take the file away"
        span = reading.source.span(0, 0)
        reading.findings.append(Finding(EMPTY_FILE, "the file says nothing", span, hint))


def _checked(reading: Reading, root: Node) -> Node | None:
    """Return *root* where it may be the top of a file, and say so where it may not."""
    if reading.context or isinstance(root, Mapping):
        return root
    found = "a list" if isinstance(root, Sequence) else "a text"
    message = f"expected a key such as `policy`, found {found}"
    start = root.span.start
    span = reading.source.span(start, start + len(root.span.text.split("\n", 1)[0]))
    hint = "begin the file with what it is, as in `policy: reply-language`"
    reading.findings.append(Finding(NO_KEY_FIRST, message, span, hint))
    return None


def _walk(reading: Reading) -> tuple[Node | None, Mistake | None]:
    """Return the node of *reading*, or the mistake that ended it."""
    try:
        return _root(reading), None
    except NestingError as error:
        span = reading.source.span(error.offset, error.offset + 1)
        message = f"expected at most {DEEPEST} levels of brackets and lines, found more"
        hint = "take away the brackets that were repeated"
        return None, Mistake(Finding(TOO_DEEP, message, span, hint))
    except TagError as error:
        scene = _scene(reading, error.offset, error.offset)
        return None, tag(scene, value=error.value)
    except CellKeyError as error:
        span = reading.source.span(error.offset, error.offset + 1)
        return None, Mistake(traps.question_mark(span, cell=True), (error.offset, "x"))
    except HalfCharacterError as error:
        return None, _escaped(reading, error.offset)
    except (ValueError, OverflowError):
        last = reading.scalars[-1].span.end if reading.scalars else 0
        return None, _escaped(reading, last)
    except yaml.YAMLError as error:
        if _DEPTH in str(error):
            return _walk(
                Reading(reading.source, reading.text, PureLoader, reading.context, reading.odd)
            )
        return None, _understood(reading, error)


def _escaped(reading: Reading, offset: int) -> Mistake:
    """Return the mistake of an escape behind *offset* that is no character."""
    found = _ESCAPE.search(reading.text, offset)
    at = found.start() if found else offset
    begin = max(reading.text.find('"', offset, at), offset)
    return understand(_scene(reading, at, begin), "escape")


def _understood(reading: Reading, error: yaml.YAMLError) -> Mistake:
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    last = reading.scalars[-1].span.end if reading.scalars else 0
    at = problem.index if problem is not None else last
    begin = context.index if context is not None else at
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    return understand(_scene(reading, at, begin), words)


def _scene(reading: Reading, at: int, begin: int) -> Scene:
    last = reading.scalars[-1] if reading.scalars else None
    at = min(at, len(reading.text))
    known = [bracket for bracket in reading.opened if bracket >= 0]
    behind = max(last.span.end if last is not None else 0, known[-1] + 1 if known else 0)
    outer = next(iter(open_brackets(reading.text, known, behind, at)), -1)
    return Scene(reading.source, reading.text, at, min(begin, at), last, outer)


def _without_directives(source: Source, text: str) -> tuple[str, list[Finding]]:
    """Return *text* with comments for the lines before its content that begin with `%`."""
    found = _PREAMBLE.match(text)
    end = found.end() if found else 0
    if "%" not in text[:end]:
        return text, []
    marks = [mark.span() for mark in _DIRECTIVE.finditer(text, 0, end)]
    for start, _ in marks:
        text = f"{text[:start]}#{text[start + 1 :]}"
    return text, [directive(source.span(*mark)) for mark in marks]


def _question_marks(reading: Reading) -> list[Finding]:
    """Return a finding for each `?` that makes a key of what follows it."""
    text = reading.text
    said = {finding.span.line for finding in reading.findings} if "?" in text else set()
    found = []
    at = text.find("?")
    while at >= 0:
        line = text.rfind("\n", 0, at) + 1
        before = text[line:at].rstrip()
        begins = before[-1:] in _OPENERS and "#" not in before
        if begins and not reading.is_within_scalar(at):
            span = reading.source.span(at, at + 1)
            if span.line not in said:
                found.append(traps.question_mark(span, cell=False))
        at = text.find("?", at + 1)
    return found


def _on_one_line(finding: Finding) -> Finding:
    """Return *finding* with what it shows of the text on one line."""
    if not _LINES.search(finding.message + finding.hint):
        return finding
    message, hint = (_LINES.sub(" ", text) for text in (finding.message, finding.hint))
    return replace(finding, message=message, hint=hint)


def _without_consequences(findings: list[Finding], strange: list[Finding]) -> list[Finding]:
    """Return *findings* without what only follows from lines that tabs have moved."""
    tabs = [finding.span.line for finding in strange if finding.code is TAB]
    if not tabs:
        return findings
    return [
        finding
        for finding in findings
        if finding.code not in _MOVED or finding.span.line < min(tabs) - 1
    ]
