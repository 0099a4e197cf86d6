"""The columns of a log, and how their cells become values of fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from policyengine.clocks import ISO, Clock, clock, format_fault, read_clock
from policyengine.context import Typed, read_fact
from policyengine.errors import ContextError
from policyengine.findings.near import near_match
from policyengine.findings.values import UNKNOWN_VALUE
from policyengine.model import Column, Combined, Definitions, InputMap
from policyengine.source import Span
from policyengine.values import (
    FieldType,
    Kind,
    Misreading,
    Value,
    field_zone,
    read_items,
    read_value,
)
from policyengine.values.wording import misread

Cells = Mapping[str, object]
Codes = Mapping[str, Value | None]

_LISTED: tuple[Kind, ...] = ("set", "list")
_MOST_CODES = 20
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cell of one column, or of a day and a time together, becomes the value of a field.

    *codes* are what the log writes and what it means, nothing for absence; *others* is what all
    other codes mean, where the map says so. *local* reads moments that do not say their offset.
    *read* reads any other text; it remembers, because the cells of a log repeat.
    """

    field: str
    type: FieldType
    columns: tuple[str, ...]
    missing: frozenset[str]
    codes: Codes
    read: Callable[[str], Value | Misreading]
    others: tuple[Value | None, ...] = ()
    clock: Clock | None = None
    local: Clock | None = None
    split: str = ";"

    @property
    def title(self) -> str:
        """What it reads, for messages."""
        named = " and ".join(f"`{column}`" for column in self.columns)
        return f"{'columns' if len(self.columns) > 1 else 'column'} {named}"


def readers(definitions: Definitions, input_map: InputMap) -> tuple[Reader, ...]:
    """Return the readers of *input_map*; raises `ContextError` where a format cannot be read."""
    missing = frozenset(input_map.missing)
    single = (_reader(definitions, column, missing) for column in input_map.columns)
    double = (_combined(definitions, combined, missing) for combined in input_map.combine)
    return (*single, *double)


def _reader(definitions: Definitions, column: Column, missing: frozenset[str]) -> Reader:
    declared = definitions.fields[column.field].type
    zone = field_zone(replace(declared, zone=column.zone or declared.zone), definitions.zone.key)
    type_ = replace(declared, unit=column.unit or declared.unit, zone=zone.key)
    written = column.format
    local = written is None and column.zone is not None and type_.kind == "datetime"
    return Reader(
        column.field,
        type_,
        (column.name,),
        missing,
        {code: _meaning(declared, text, zone) for code, text in column.values.items()},
        _reading(type_),
        () if column.other is None else (_meaning(declared, column.other, zone),),
        None if written is None else _clock(written, type_.kind, zone, column.span),
        clock(ISO, "datetime", zone) if local else None,
        column.split,
    )


def _reading(type_: FieldType) -> Callable[[str], Value | Misreading]:
    return lru_cache(_MOST_KEPT)(partial(read_fact, type_, typed="text"))


def _combined(definitions: Definitions, combined: Combined, missing: frozenset[str]) -> Reader:
    type_ = definitions.fields[combined.field].type
    read_by = _clock(combined.format, type_.kind, ZoneInfo(combined.zone), combined.span)
    columns = (combined.date, combined.time)
    return Reader(combined.field, type_, columns, missing, {}, _reading(type_), clock=read_by)


def _clock(written: str, kind: Kind, zone: ZoneInfo, span: Span) -> Clock:
    wrong = format_fault(written, kind)
    if wrong:
        raise ContextError(f"{span.file}:{span.line}: {wrong}")
    return clock(written, kind, zone)


def _meaning(type_: FieldType, text: str, zone: ZoneInfo) -> Value | None:
    """Return the value that the map spells as *text*; `load` has read it once already."""
    value = None if text == "missing" else read_value(type_, text, zone=zone.key)
    assert not isinstance(value, Misreading)
    return value


def cell_text(raw: object) -> str | None:
    """Return what a log would write for *raw*, or nothing where it is no single value."""
    match raw:
        case str():
            return raw
        case bool():
            return "true" if raw else "false"
        case int():
            return str(raw)
        case Decimal():
            return f"{raw:f}"
        case float():
            return repr(raw)
        case _:
            return None


def read_cells(reader: Reader, cells: Cells, typed: Typed) -> Value | Misreading | None:
    """Return the value that *cells* give to the field of *reader*, or nothing where it is absent."""
    if len(reader.columns) > 1:
        return _read_together(reader, cells)
    raw = cells.get(reader.columns[0], "" if typed == "text" else None)
    if raw is None:
        return None
    if reader.type.kind in _LISTED:
        return _read_listed(reader, raw, typed)
    text = cell_text(raw)
    if text is None:
        return read_fact(reader.type, raw, typed=typed)
    code = text.strip()
    if reader.codes or reader.others:
        return _decoded(reader, code, typed)
    return None if _is_absent(reader, code, typed) else _read_single(reader, raw, code, typed)


def _read_single(reader: Reader, raw: object, code: str, typed: Typed) -> Value | Misreading:
    if reader.clock is not None:
        return read_clock(reader.clock, code)
    if reader.local is not None and reader.local.pattern.fullmatch(code.replace("T", " ")):
        return read_clock(reader.local, code.replace("T", " "))
    if typed == "text" and isinstance(raw, str):
        return reader.read(raw)
    return read_fact(reader.type, raw, typed=typed)


def _is_absent(reader: Reader, code: str, typed: Typed) -> bool:
    return code in reader.missing or (typed == "text" and not code)


def _decoded(reader: Reader, code: str, typed: Typed) -> Value | Misreading | None:
    if code in reader.codes:
        return reader.codes[code]
    if _is_absent(reader, code, typed):
        return None
    if reader.others:
        return reader.others[0]
    known = list(reader.codes)
    named = ", ".join(f"`{one}`" for one in known[:_MOST_CODES])
    if len(known) > _MOST_CODES:
        named = f"{named} or {len(known) - _MOST_CODES} more"
    near = near_match(code, known)
    hint = f"did you mean `{near}`?" if near else "give it in `values`, or say what `other` is"
    return replace(misread(UNKNOWN_VALUE, code, f"one of {named}"), hint=hint)


def _read_together(reader: Reader, cells: Cells) -> Value | Misreading | None:
    """Return the moment of a day and a time; without one of them there is none."""
    assert reader.clock is not None
    texts = []
    for column in reader.columns:
        text = (cell_text(cells.get(column)) or "").strip()
        if not text or text in reader.missing:
            return None
        texts.append(text)
    return read_clock(reader.clock, " ".join(texts))


def _read_listed(reader: Reader, raw: object, typed: Typed) -> Value | Misreading | None:
    if isinstance(raw, list | tuple):
        texts = [cell_text(item) for item in raw]
    else:
        whole = (cell_text(raw) or "").strip()
        if whole not in reader.codes and _is_absent(reader, whole, typed):
            return None
        parts = [whole] if whole in reader.codes else whole.split(reader.split)
        texts = [] if whole == "empty" else [part.strip() for part in parts if part.strip()]
    items = [text for text in texts if text is not None]
    if len(items) < len(texts):
        return read_fact(reader.type, raw, typed=typed)
    if reader.codes or reader.others:
        return _decoded_items(reader, items, typed)
    return read_items(reader.type, items)


def _decoded_items(reader: Reader, items: Sequence[str], typed: Typed) -> Value | Misreading:
    words: dict[str, None] = {}
    for item in items:
        meant = _decoded(reader, item, typed)
        if isinstance(meant, Misreading):
            return meant
        words.update(dict.fromkeys(meant if isinstance(meant, tuple) else ()))
    return read_items(reader.type, list(words))
