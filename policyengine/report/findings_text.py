"""Findings for people: where, what, the lines with the place marked, and the way out."""

from collections.abc import Iterable, Iterator

from policyengine.findings import Finding
from policyengine.report.cells import visible
from policyengine.report.colours import Style, paint
from policyengine.report.excerpt import Line, excerpt
from policyengine.report.places import shown_path
from policyengine.source import Span


def findings_text(findings: Iterable[Finding], *, colour: bool, root: str = "") -> str:
    """Return *findings* as text, in the order given, each with its lines and its way out.

    Files are shown as they are found from here: *root* is the folder of the policy set.
    """
    return "\n\n".join("\n".join(_lines(finding, root, colour=colour)) for finding in findings)


def findings_json(findings: Iterable[Finding], *, root: str = "") -> list[dict[str, object]]:
    """Return *findings* in JSON's types, files as they are found from here like in the text."""
    return [_as_json(finding, root) for finding in findings]


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many of *findings* there are of each severity."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for finding in findings:
        counts[finding.severity] += 1
    return {f"{severity}s": number for severity, number in counts.items()}


def counted(findings: Iterable[Finding]) -> str:
    """Return how many of *findings* there are of each severity, in words; nothing for none."""
    counts = summary(findings)
    words = {"errors": "error", "warnings": "warning", "infos": "remark"}
    return ", ".join(
        f"{number} {words[key]}{'' if number == 1 else 's'}"
        for key, number in counts.items()
        if number
    )


def _as_json(finding: Finding, root: str) -> dict[str, object]:
    return {
        "code": finding.code.id,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        **_place(finding.span, root),
        "policy": finding.policy,
        "rule": finding.rule,
        "plan": finding.plan,
        "hint": finding.hint or None,
        "related": [
            {**_place(related.span, root), "message": related.message}
            for related in finding.related
        ],
        "context": None if finding.context is None else dict(finding.context),
    }


def _place(span: Span, root: str) -> dict[str, object]:
    return {
        "file": shown_path(span, root),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _lines(finding: Finding, root: str, *, colour: bool) -> Iterator[str]:
    severity = finding.severity
    place = paint(_shown_place(finding.span, root), "bold", colour)
    grade = paint(f"{severity}:", severity, colour)
    yield f"{place} {grade} {visible(finding.message)} [{finding.code.id}]"
    lines = excerpt(finding.span)
    gutter = max((len(str(line.number)) for line in lines if line.number), default=1)
    blank = " " * (gutter + 1)
    yield from _excerpt_lines(lines, gutter, severity, colour=colour)
    sign = blank + paint("=", "dim", colour)
    for related in finding.related:
        yield f"{sign} also: {_shown_place(related.span, root)} {visible(related.message)}"
    if finding.hint:
        first, *rest = finding.hint.splitlines()
        yield f"{sign} {paint('hint:', 'bold', colour)} {visible(first)}"
        yield from (f"{blank}        {visible(line)}" for line in rest)


def _excerpt_lines(
    lines: Iterable[Line], gutter: int, style: Style, *, colour: bool
) -> Iterator[str]:
    bar = paint(" " * (gutter + 1) + "|", "dim", colour)
    for place, line in enumerate(lines):
        if place == 0:
            yield bar
        number = "…" if line.number is None else str(line.number)
        yield f"{paint(f'{number:>{gutter}} |', 'dim', colour)} {line.text}".rstrip()
        if line.marks:
            yield f"{bar} {' ' * line.before}{paint('^' * line.marks, style, colour)}"


def _shown_place(span: Span, root: str) -> str:
    return f"{visible(shown_path(span, root))}:{span.line}:{span.column}:"
