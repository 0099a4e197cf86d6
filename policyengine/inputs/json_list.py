"""Records of JSON in one list, or one after the other, read in pieces."""

import codecs
import re
from collections.abc import Generator
from typing import BinaryIO

from policyengine.errors import ContextError
from policyengine.inputs.json_values import decode_at, kind_of, value_end
from policyengine.inputs.record import LONGEST_RECORD, Fault, Record, mismatch, shown
from policyengine.inputs.streams import read_some

_PIECE = 64 * 1024
_LONGEST_WORD = 100
_SHORT = 1024 * 1024
_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[^\s,{}\[\]]+")
_NO_UTF8 = re.compile(r"[\udc80-\udcff]")
_LOST = "; where the next record begins cannot be told, and the rest is not read"


class _Window:
    """The part of a long text that is looked at: it moves on, and grows only where it must."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self.text = ""
        self.at = 0
        self.ended = False
        self.doubtful = False
        self._line = 1
        self._counted = 0
        self.before = 0

    def grow(self) -> None:
        """Read on; where much is there, as much again, for a long record to be tried seldom."""
        self.line()
        line_end = self.text.rfind("\n", 0, self.at)
        self.before = self.at - line_end - 1 if line_end >= 0 else self.before + self.at
        wanted = len(self.text) - self.at
        raw = read_some(self._stream, _PIECE)
        while wanted > max(_SHORT, len(raw)) and (more := read_some(self._stream, _PIECE)):
            raw += more
        piece = self._decode(raw, not raw)
        self.doubtful = self.doubtful or _NO_UTF8.search(piece) is not None
        self.text = self.text[self.at :] + piece
        self.at = self._counted = 0
        self.ended = not raw

    def line(self) -> int:
        """Return the line that the window stands at."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def next_sign(self) -> str:
        """Go past what is blank and return the next character, or nothing at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self.grow()

    def is_full(self) -> bool:
        """Tell whether what is looked at is longer than a record may be."""
        return len(self.text) - self.at > LONGEST_RECORD


def read_json(stream: BinaryIO, name: str) -> Generator[Record, None, None]:
    """Read the records of *stream*: one list of contexts, or contexts one after the other."""
    window = _Window(stream)
    first = window.next_sign()
    if not first:
        message = f"{name}: expected a list of contexts or one context, found an empty file"
        raise ContextError(message)
    found = _listed(window) if first == "[" else _in_a_row(window)
    for number, (line, read) in enumerate(found, start=1):
        if isinstance(read, Fault):
            yield Record(number, line, None, read, "json")
        else:
            yield Record(number, line, read, None, "json")


_Read = Generator[tuple[int, dict[str, object] | Fault], None, None]


def _listed(window: _Window) -> _Read:
    window.at += 1
    sign = window.next_sign()
    while sign != "]":
        line = window.line()
        if not sign:
            hint = "the file may have been cut off"
            yield line, mismatch("`]` at the end of the list", "the end of the file", hint=hint)
            return
        read, goes_on = _element(window)
        yield line, read
        if not goes_on:
            return
        sign = window.next_sign()
        if sign == ",":
            window.at += 1
            sign = window.next_sign()
            if sign == "]":
                hint = "take away the comma before it"
                yield window.line(), mismatch("a context after the comma", "`]`", hint=hint)
        elif sign and sign in '{["':
            yield window.line(), mismatch("`,` between two contexts", _word(window))
    window.at += 1
    if window.next_sign():
        yield window.line(), mismatch("nothing after the list", _word(window))


def _in_a_row(window: _Window) -> _Read:
    while sign := window.next_sign():
        line = window.line()
        if sign != "{":
            expected = "a context, as in `{…}`, or a list of them"
            hint = "put the contexts in a list, as in `[…]`" if sign == "," else ""
            yield line, mismatch(expected, _word(window), hint=hint)
            return
        read, goes_on = _element(window)
        yield line, read
        if not goes_on:
            return


def _element(window: _Window) -> tuple[dict[str, object] | Fault, bool]:
    """Return the next element of a list, or its fault, and whether one can read on after it."""
    if window.text[window.at] not in '{["':
        return _bare(window), True
    while True:
        read = decode_at(window.text, window.at, before=window.before)
        end = value_end(window.text, window.at) if isinstance(read, Fault) else read[1]
        if isinstance(end, int):
            break
        fault = read if isinstance(read, Fault) else mismatch("a context", "something else")
        if end == "lost":
            return _lost(fault), False
        if window.ended:
            return _unfinished(), False
        if window.is_full():
            return _lost(mismatch(f"at most {LONGEST_RECORD:,} characters", "more")), False
        window.grow()
    start, window.at = window.at, end
    if window.doubtful and _NO_UTF8.search(window.text, start, end):
        hint = "save the file as UTF-8"
        return mismatch("UTF-8 text", "bytes that are none", hint=hint), True
    if isinstance(read, Fault):
        return read, True
    value = read[0]
    if isinstance(value, dict):
        return value, True
    return mismatch("a context, as in `{…}`", kind_of(value)), True


def _bare(window: _Window) -> Fault:
    """Go past something that is no mapping, list or text, and return what is wrong with it."""
    found = _word(window)
    word = _WORD.match(window.text, window.at)
    if word is not None:
        window.at = word.end()
    elif window.text[window.at] == "}":
        window.at += 1
    return mismatch("a context, as in `{…}`", found)


def _word(window: _Window) -> str:
    """Return the next word, as it is shown."""
    while word := _WORD.match(window.text, window.at):
        if window.ended or word.end() < len(window.text) or len(word[0]) > _LONGEST_WORD:
            return shown(word[0])
        window.grow()
    return shown(window.text[window.at])


def _unfinished() -> Fault:
    found = "the end of the file"
    return mismatch("the end of the record", found, hint="the file may have been cut off")


def _lost(fault: Fault) -> Fault:
    return Fault(fault.message + _LOST, fault.expected, fault.found, fault.hint)
