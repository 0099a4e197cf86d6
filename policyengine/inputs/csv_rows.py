"""Records of CSV: the rows under a header."""

import csv
import re
from collections import deque
from collections.abc import Generator, Iterator
from typing import BinaryIO

from policyengine.errors import ContextError
from policyengine.inputs.record import LONGEST_RECORD, Fault, Record, mismatch, not_utf8, shown

_BOM = b"\xef\xbb\xbf"
_QUOTED = re.compile(r'"[^"]*"')


class _Lines:
    """The lines of a stream, which can be put back when a row turns out to be broken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = stream.readline
        self._waiting: deque[bytes] = deque()
        self.row: list[bytes] = []
        self.number = 0
        self.doubtful = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._waiting.popleft() if self._waiting else self._read(LONGEST_RECORD)
        if not raw:
            raise StopIteration
        self.number += 1
        if self.number == 1:
            raw = raw.removeprefix(_BOM)
        self.row.append(raw)
        if b"\0" in raw:
            self.doubtful = True
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.doubtful = True
            return raw.decode(errors="replace")

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.row.clear()
        self.doubtful = False

    def put_back(self, *, keep: int) -> None:
        """Put the lines of the row back, all but the first *keep*."""
        self._waiting.extendleft(reversed(self.row[keep:]))
        self.number -= len(self.row) - keep
        del self.row[keep:]


def read_csv(stream: BinaryIO, name: str) -> Generator[Record, None, None]:
    """Read the rows of *stream* under its header; an empty cell is a fact that is absent.

    Cells are parted by commas; where the header has none, by semicolons, else by tabs.
    """
    lines = _Lines(stream)
    parting = _parting(lines)
    rows = csv.reader(lines, delimiter=parting, strict=True)
    header = _header(rows, lines, name)
    width = len(header)
    columns = tuple(header)
    number = 0
    while True:
        lines.begin_row()
        line = lines.number + 1
        fault: Fault | None = None
        try:
            row = next(rows, None)
        except csv.Error:
            row, fault = [], _broken(lines.row)
            lines.put_back(keep=1)
        if row is None:
            return
        if not row and fault is None:
            continue
        number += 1
        if fault is None and lines.doubtful:
            fault = _unreadable(lines.row)
        if fault is None and len(row) != width:
            fault = _uneven(width, len(row), parting)
        if fault is not None:
            yield Record(number, line, None, fault, "text", columns)
            continue
        facts = {key: cell for key, cell in zip(header, row, strict=True) if cell}
        yield Record(number, line, facts, None, "text", columns)


def _parting(lines: _Lines) -> str:
    """Return what parts the cells, by the first line that is not blank; the line is put back."""
    for text in lines:
        if not text.strip():
            lines.begin_row()
            continue
        lines.put_back(keep=0)
        bare = _QUOTED.sub("", text)
        return next((sign for sign in ",;\t" if sign in bare), ",")
    return ","


def _header(rows: Iterator[list[str]], lines: _Lines, name: str) -> list[str]:
    lines.begin_row()
    line = lines.number + 1
    try:
        row = next(rows, [])
    except csv.Error:
        raise ContextError(f"{name}:{line}: {_broken(lines.row).message}") from None
    if not row:
        raise ContextError(f"{name}: expected a header with the names of the columns, found none")
    fault = _unreadable(lines.row) if lines.doubtful else None
    if fault is not None:
        raise ContextError(f"{name}:{line}: {fault.message}")
    header = [cell.strip() for cell in row]
    seen: dict[str, int] = {}
    for place, cell in enumerate(header, start=1):
        if not cell:
            raise ContextError(f"{name}:{line}: expected a name for column {place}, found none")
        if cell in seen:
            both = f"columns {seen[cell]} and {place}"
            message = f"{both} are both called {shown(cell, most=80)}"
            raise ContextError(f"{name}:{line}: expected each name once, found that {message}")
        seen[cell] = place
    return header


def _broken(row: list[bytes]) -> Fault:
    most = csv.field_size_limit()
    if sum(map(len, row)) > most:
        hint = "a closing quote may be missing"
        return mismatch(f"cells of at most {most:,} characters", "a longer one", hint=hint)
    if not any(b'"' in raw for raw in row):
        hint = "end lines with a line feed, with or without a carriage return before it"
        return mismatch("a line end only after the last cell", "a carriage return", hint=hint)
    hint = 'close each quote that opens a cell, and write a quote inside as `""`'
    return mismatch("quotes in pairs around a cell", "one that has no partner", hint=hint)


def _unreadable(row: list[bytes]) -> Fault | None:
    for raw in row:
        fault = not_utf8(raw)
        if fault is not None:
            return fault
        if b"\0" in raw:
            hint = "save the file as UTF-8 text"
            return mismatch("text", "a character with the number 0", hint=hint)
    return None


def _uneven(expected: int, found: int, parting: str) -> Fault:
    sign = "tab" if parting == "\t" else f"`{parting}`"
    hint = f"quote a cell that has a {sign} in it" if found > expected else ""
    return mismatch(f"{_cells(expected)} as in the header", _cells(found), hint=hint)


def _cells(count: int) -> str:
    return f"{count} {'cell' if count == 1 else 'cells'}"
