"""Logs mapped to contexts: the columns, units and codes of a record as facts, and decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policyengine.context import Context, Problem
from policyengine.decision import Decision
from policyengine.engine import decide
from policyengine.errors import ContextError
from policyengine.facts import UNKNOWN, Fact
from policyengine.findings.contexts import (
    FACT_OF_WRONG_TYPE,
    UNKNOWN_FACT,
    UNREADABLE_FACT,
    UNREADABLE_RECORD,
)
from policyengine.findings.near import did_you_mean
from policyengine.inputs.columns import Cells, Reader, cell_text, read_cells, readers
from policyengine.inputs.record import Fault, Record
from policyengine.model import Definitions, InputMap
from policyengine.policyset import PolicySet
from policyengine.source import Span
from policyengine.values import Misreading, Value

__all__ = ["Mapped", "decide_log", "mapped", "read_log"]

_MOST_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a record says by the map of its log: typed facts, and what is wrong with the rest."""

    id: str
    about: str
    facts: Mapping[str, Value]
    faults: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Log:
    """The map of one log, made ready, and the columns that were already reported."""

    definitions: Definitions
    map: InputMap
    readers: tuple[Reader, ...]
    known: frozenset[str]
    named: set[str] = field(default_factory=set)


def decide_log(
    policies: PolicySet,
    name: str,
    records: Iterable[Record],
    *,
    as_of: date | None = None,
    strict: bool = False,
) -> Iterator[Decision]:
    """Return the decisions for *records* of the log that the input file called *name* maps.

    Options are those of `PolicySet.decide`, errors those of `read_log`.
    """
    definitions = policies.definitions
    contexts = read_log(definitions, name, records, strict=strict)
    return (decide(definitions, context, as_of=as_of) for context in contexts)


def read_log(
    definitions: Definitions, name: str, records: Iterable[Record], *, strict: bool = False
) -> Iterator[Context]:
    """Return the contexts of *records*, as they come: one for each, the broken ones too.

    A column that is neither mapped nor ignored is a warning in the first record that has it, and
    with *strict* an error. Raises `ContextError` where no input file is called *name*, and, with
    the first record, where the log has not the columns that the file maps.
    """
    input_map = definitions.inputs.get(name)
    if input_map is None:
        hint = did_you_mean(name, definitions.inputs) or "the policy set has no input files"
        raise ContextError(f"unknown input `{name}`; {hint}")
    return _contexts(_ready(definitions, input_map), records, strict=strict)


def mapped(definitions: Definitions, input_map: InputMap, record: Record) -> Mapped:
    """Return what *record* says by *input_map*; raises `ContextError` as `read_log` does."""
    log = _ready(definitions, input_map)
    _check_header(log, record.columns, strict=False)
    return _mapped(log, record, strict=False)


def _ready(definitions: Definitions, input_map: InputMap) -> _Log:
    known = {column for column, _ in _asked(input_map)} | {*input_map.ignore}
    return _Log(definitions, input_map, readers(definitions, input_map), frozenset(known))


def _asked(input_map: InputMap) -> Iterator[tuple[str, Span]]:
    """Yield the columns that the map asks, and where."""
    for column in input_map.columns:
        yield column.name, column.span
    for combined in input_map.combine:
        yield combined.date, combined.span
        yield combined.time, combined.span
    for part in input_map.id:
        yield part, input_map.span


def _contexts(log: _Log, records: Iterable[Record], *, strict: bool) -> Iterator[Context]:
    for place, record in enumerate(records):
        if place == 0:
            _check_header(log, record.columns, strict=strict)
        yield _context(log, _mapped(log, record, strict=strict))


def _check_header(log: _Log, columns: tuple[str, ...] | None, *, strict: bool) -> None:
    """Raise `ContextError` where the log has not *columns* that the map asks."""
    if columns is None:
        return
    asked = dict(_asked(log.map))
    unused = [column for column in columns if column not in log.known]
    lines = []
    for column, span in asked.items():
        if column not in columns:
            hint = did_you_mean(column, unused)
            text = f"{span.file}:{span.line}: the log has no column `{column}`"
            lines.append(f"{text}; {hint}" if hint else text)
    if strict and not lines and not log.map.ignore_rest:
        lines = [_unmapped(log, column, columns) for column in unused]
    if lines:
        raise ContextError("\n".join(lines))


def _mapped(log: _Log, record: Record, *, strict: bool) -> Mapped:
    about = log.map.about
    if record.facts is None:
        problem = _broken(record.fault or Fault("the record cannot be read"), record.line)
        return Mapped(str(record.number), about, {}, (problem,))
    cells = record.facts if record.columns is not None else _flat(record.facts)
    facts = dict(log.map.constants)
    faults = [] if log.map.ignore_rest else list(_unknown(log, cells, record, strict=strict))
    for reader in log.readers:
        value = read_cells(reader, cells, record.typed)
        if isinstance(value, Misreading):
            faults.append(_fault(reader, value, record))
        elif value is not None:
            facts[reader.field] = value
    return Mapped(_identity(log, cells, facts, record), about, facts, tuple(faults))


def _identity(log: _Log, cells: Cells, facts: Mapping[str, Value], record: Record) -> str:
    """Return what tells the record from others: its columns of `id`, its subject's id, its number."""
    parts = [(cell_text(cells.get(part)) or "").strip() for part in log.map.id]
    present = [part for part in parts if part and part not in log.map.missing]
    own = facts.get(log.definitions.vocabularies[log.map.about].subject.id or "")
    if not present and isinstance(own, str | int):
        return str(own)
    return "-".join(present) or str(record.number)


def _flat(facts: Cells, prefix: str = "") -> Cells:
    """Return *facts* by column: what is nested has a dot in its name."""
    cells: dict[str, object] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            cells.update(_flat(value, f"{prefix}{name}."))
        else:
            cells[f"{prefix}{name}"] = value
    return cells


def _fault(reader: Reader, wrong: Misreading, record: Record) -> Problem:
    code = FACT_OF_WRONG_TYPE if record.typed == "json" else UNREADABLE_FACT
    message = f"{reader.title}: {wrong.message}"
    if wrong.hint:
        message = f"{message}; {wrong.hint}"
    expected, found = wrong.expected or None, wrong.found or None
    return Problem("error", code.id, reader.field, message, expected, found, record.line)


def _broken(fault: Fault, line: int) -> Problem:
    message = f"{fault.message}; {fault.hint}" if fault.hint else fault.message
    expected, found = fault.expected or None, fault.found or None
    return Problem("error", UNREADABLE_RECORD.id, None, message, expected, found, line)


def _unknown(log: _Log, cells: Cells, record: Record, *, strict: bool) -> Iterator[Problem]:
    """Yield a problem for each column nobody mapped: a warning once, an error each time."""
    columns = cells if record.columns is None else record.columns
    severity: Literal["error", "warning"] = "error" if strict else "warning"
    for column in columns:
        if column in log.known or (column in log.named and not strict):
            continue
        if len(log.named) == _MOST_NAMED and not strict:
            return
        log.named.add(column)
        message = _unmapped(log, column, columns)
        yield Problem(severity, UNKNOWN_FACT.id, None, message, None, column, record.line)


def _unmapped(log: _Log, column: str, columns: Iterable[str]) -> str:
    present = frozenset(columns)
    awaited = [asked for asked, _ in _asked(log.map) if asked not in present]
    hint = did_you_mean(column, awaited, most=0) or "map it, or leave it out under `ignore`"
    text = f"{log.map.span.file} neither maps nor ignores the column `{column}`, so it is not used"
    return f"{text}; {hint}"


def _context(log: _Log, record: Mapped) -> Context:
    """Return the context of *record*: what it ought to give and does not is unknown."""
    definitions = log.definitions
    facts: dict[str, Fact] = dict.fromkeys(definitions.required_of(record.about), UNKNOWN)
    facts.update(record.facts)
    at = record.facts.get(definitions.vocabularies[record.about].subject.at or "")
    given = frozenset(name for name in record.facts if name in definitions.decided_by)
    return Context(
        id=record.id,
        about=record.about,
        at=at if isinstance(at, date) else None,
        facts=facts,
        problems=record.faults,
        given=given,
    )
