"""The lines of a source around a place, each with the cells to mark under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from policyengine.report.cells import Piece, pieces, width
from policyengine.source import Source, Span

_WIDEST = 100
_BEFORE = 40
_AROUND = 4 * _WIDEST
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown, with *marks* cells to mark after *before*; without number, a gap."""

    number: int | None
    text: str = ""
    before: int = 0
    marks: int = 0


def excerpt(span: Span) -> tuple[Line, ...]:
    """Return the lines of *span*: the only one, or the first and the last; long ones are cut."""
    source = span.source
    if not source.text:
        return ()
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.start + len(span.text.rstrip()))
    if end_line == line:
        return (_line(source, line, column, end_column),)
    indent = len(source.line_text(end_line)) - len(source.line_text(end_line).lstrip())
    first = _line(source, line, column, len(source.line_text(line)) + 1)
    last = _line(source, end_line, indent + 1, end_column)
    gap = (Line(None),) if end_line > line + 1 else ()
    return (first, *gap, last)


def _line(source: Source, number: int, column: int, end_column: int) -> Line:
    text = source.line_text(number)
    low = max(0, column - 1 - _AROUND)
    high = min(len(text), column - 1 + _AROUND)
    row = pieces(text[low:high])
    start = column - 1 - low
    end = max(start, min(end_column - 1 - low, len(row)))
    first, last = _window(row, start, end, open_left=low > 0)
    left = _CUT if low + first > 0 else ""
    right = _CUT if low + last < len(text) else ""
    shown = left + "".join(piece.shown for piece in row[first:last]) + right
    before = len(left) + width(row[first:start])
    return Line(number, shown, before, max(1, width(row[start : min(end, last)])))


def _window(row: Sequence[Piece], start: int, end: int, *, open_left: bool) -> tuple[int, int]:
    """Return the part of *row* to show: all of it, or what stands around *start* to *end*."""
    first = 0
    if open_left or width(row[:end]) > _WIDEST:
        first, room = start, _BEFORE
        while first > 0 and row[first - 1].width <= room:
            first -= 1
            room -= row[first].width
    last, room = first, _WIDEST
    while last < len(row) and row[last].width <= room:
        room -= row[last].width
        last += 1
    return first, last
