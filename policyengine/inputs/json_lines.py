"""Records of JSON, one on each line."""

from collections.abc import Generator
from typing import BinaryIO

from policyengine.inputs.json_values import decode_at, kind_of, value_end
from policyengine.inputs.record import LONGEST_RECORD, Fault, Record, mismatch, not_utf8, shown

_BOM = b"\xef\xbb\xbf"


def read_json_lines(stream: BinaryIO) -> Generator[Record, None, None]:
    """Read the record of each line of *stream*; a bad line is a fault, and the rest go on."""
    number = line = 0
    while raw := stream.readline(LONGEST_RECORD):
        line += 1
        if line == 1:
            raw = raw.removeprefix(_BOM)
        if not raw.strip() and len(raw) < LONGEST_RECORD:
            continue
        number += 1
        read = _too_long(stream) if _is_cut(raw) else _line_facts(raw)
        if isinstance(read, Fault):
            yield Record(number, line, None, read, "json")
        else:
            yield Record(number, line, read, None, "json")


def _is_cut(raw: bytes) -> bool:
    return len(raw) >= LONGEST_RECORD and not raw.endswith(b"\n")


def _too_long(stream: BinaryIO) -> Fault:
    while (rest := stream.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
        pass
    return mismatch(f"at most {LONGEST_RECORD:,} characters on a line", "more")


def _line_facts(raw: bytes) -> dict[str, object] | Fault:
    try:
        text = raw.decode().strip(" \t\r\n")
    except UnicodeDecodeError:
        return not_utf8(raw) or mismatch("UTF-8 text", "something else")
    read = decode_at(text)
    if isinstance(read, Fault):
        if value_end(text, 0) == "unfinished" and text.startswith("{"):
            hint = "write a context on one line, or use `--input-format json`"
            return mismatch("a whole context on the line", "the beginning of one", hint=hint)
        return read
    value, end = read
    if not isinstance(value, dict):
        hint = "use `--input-format json` for a list" if isinstance(value, list) else ""
        return mismatch("a context, as in `{…}`", kind_of(value), hint=hint)
    if end < len(text):
        rest = text[end:].lstrip()
        hint = "take away the comma" if rest == "," else "write each context on its own line"
        found = "a comma" if rest == "," else shown(rest)
        return mismatch("the end of the line after the context", found, hint=hint)
    return value
