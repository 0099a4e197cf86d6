"""Records from files and streams, one by one, in constant memory (YAML is read whole)."""

import sys
import zlib
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, Literal, assert_never, get_args

from policyengine.errors import ContextError
from policyengine.inputs.csv_rows import read_csv
from policyengine.inputs.json_lines import read_json_lines
from policyengine.inputs.json_list import read_json
from policyengine.inputs.json_values import value_end
from policyengine.inputs.record import LONGEST_RECORD, Fault, Record, shown
from policyengine.inputs.streams import plain, rejoined
from policyengine.inputs.yaml_contexts import read_yaml

__all__ = ["Fault", "Format", "Record", "input_name", "open_input", "read_records"]

Format = Literal["json", "jsonl", "yaml", "csv"]

_FORMATS: tuple[Format, ...] = get_args(Format)
_SUFFIXES: dict[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
}
_STDIN = "-"
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OPTION = "use `--input-format json`, `jsonl`, `yaml` or `csv`"


def input_name(path: str) -> str:
    """Return the name that *path* is shown under."""
    return "standard input" if path == _STDIN else path


@contextmanager
def open_input(path: str, format: str | None = None) -> Iterator[Iterator[Record]]:  # noqa: A002 — the option's own word
    """Open *path*, or standard input for `-`, and give its records.

    Without a *format* the suffix says it (`.gz` after it does not count); on standard input a
    first `[` is JSON and a first `{` JSONL, unless the context goes on past the line. Raises
    `ContextError` where there is nothing to read, or nobody can say how.
    """
    name = input_name(path)
    with _opened(path) as raw:
        stream = plain(raw)
        chosen = _known(format) if format is not None else None
        if chosen is None and path != _STDIN:
            chosen = _by_suffix(path)
        if chosen is None:
            chosen, stream = _by_beginning(stream)
        with closing(read_records(stream, chosen, name=name)) as records:
            yield records


def read_records(
    stream: BinaryIO,
    format: Format,  # noqa: A002 — the option's own word
    *,
    name: str,
) -> Generator[Record, None, None]:
    """Read the records of *stream*, which is shown as *name*.

    A record that cannot be read carries its fault, and the next follows. Raises `ContextError`
    where the whole can hold no record: an empty file, a CSV without a header.
    """
    number, line = 0, 1
    try:
        for record in _reader(stream, format, name):
            number, line = record.number, record.line
            yield record
    except (OSError, EOFError, zlib.error):
        fault = Fault(
            "the stream breaks off here, and the rest is not read",
            "a stream that can be read to its end",
            "one that breaks off",
            "the file may be damaged, or cut off",
        )
        yield Record(number + 1, line, None, fault, "text" if format in ("csv", "yaml") else "json")


def _reader(stream: BinaryIO, chosen: Format, name: str) -> Generator[Record, None, None]:
    head = stream.read(2)
    if head in _UTF16:
        raise ContextError(f"{name}: expected UTF-8 text, found UTF-16; save the file as UTF-8")
    stream = rejoined(head, stream)
    match chosen:
        case "json":
            return read_json(stream, name)
        case "jsonl":
            return read_json_lines(stream)
        case "yaml":
            return read_yaml(stream, name)
        case "csv":
            return read_csv(stream, name)
    assert_never(chosen)


def _known(named: str) -> Format:
    for known in _FORMATS:
        if named == known:
            return known
    raise ContextError(f"expected a format of {', '.join(_FORMATS)}, found {shown(named)}")


def _by_suffix(path: str) -> Format:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    found = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if found is None:
        raise ContextError(f"{path}: the name does not say what format this is; {_OPTION}")
    return found


def _by_beginning(stream: BinaryIO) -> tuple[Format, BinaryIO]:
    """Return the format by the first sign that is not blank, and the stream as it was."""
    head = b""
    first = ""
    try:
        while not first and (line := stream.readline(LONGEST_RECORD)):
            head += line
            first = line.removeprefix(_BOM).decode(errors="replace").lstrip()
    except (OSError, EOFError, zlib.error):
        raise ContextError(f"{input_name(_STDIN)} breaks off before the first record") from None
    whole = rejoined(head, stream)
    if first.startswith("["):
        return "json", whole
    if first.startswith("{"):
        return ("json" if value_end(first, 0) == "unfinished" else "jsonl"), whole
    found = shown(first) if first else "nothing"
    raise ContextError(
        f"{input_name(_STDIN)}: expected a first `[` or `{{` of JSON, found {found}; {_OPTION}"
    )


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path == _STDIN:
        if sys.stdin is None:
            raise ContextError("standard input is closed: expected records on it")
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        raise ContextError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise ContextError(f"{path}: expected a file with contexts, found a folder") from None
    except (OSError, ValueError):
        raise ContextError(f"{path}: the file cannot be opened") from None
