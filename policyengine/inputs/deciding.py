"""Files of records decided: what cannot be read gives an invalid decision, the rest go on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policyengine.context import Problem
from policyengine.decision import Decision
from policyengine.errors import ContextError
from policyengine.findings.contexts import UNREADABLE_RECORD
from policyengine.inputs.mapping import decide_log
from policyengine.inputs.record import Fault, Record
from policyengine.inputs.records import open_input
from policyengine.policyset import PolicySet

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Asked:
    """How records are decided: the options of `PolicySet.decide`, and the `input:` file *log*.

    *format* is what the files are written in; without one the input file or their names say it.
    """

    about: str | None = None
    as_of: date | None = None
    strict: bool = False
    log: str | None = None
    format: str | None = None


def decide_files(policies: PolicySet, paths: Sequence[str], asked: Asked) -> Iterator[Decision]:
    """Yield the decision for each record of the files *paths*, `-` being standard input.

    Records are numbered through all files. Raises `ContextError` before the first decision where
    one of several files cannot be opened.
    """
    mapped = policies.definitions.inputs.get(asked.log or "")
    if mapped is not None and asked.format is None:
        asked = replace(asked, format=mapped.format.removesuffix(".gz"))
    for path in paths if len(paths) > 1 else ():
        if path != STDIN and (Path(path).is_file() or not Path(path).exists()):
            with open_input(path, asked.format):
                pass
    number = 0
    for path in paths:
        with open_input(path, asked.format) as records:
            counted = records if number == 0 else _counted_on(records, number)
            for decision in decide_records(policies, counted, asked):
                number += 1
                yield decision


def decide_records(
    policies: PolicySet, records: Iterable[Record], asked: Asked
) -> Iterator[Decision]:
    """Return the decisions for *records*, in order, as they come."""
    if asked.log is not None:
        return decide_log(policies, asked.log, records, as_of=asked.as_of, strict=asked.strict)
    return (_decision(policies, record, asked) for record in records)


def _counted_on(records: Iterable[Record], before: int) -> Iterator[Record]:
    return (replace(record, number=before + record.number) for record in records)


def _decision(policies: PolicySet, record: Record, asked: Asked) -> Decision:
    if record.facts is None:
        problem = _unreadable(record.fault or Fault("the record cannot be read"), record.line)
        return policies.refuse(record.number, problem, about=asked.about)
    try:
        return policies.decide(
            record.facts,
            about=asked.about,
            as_of=asked.as_of,
            strict=asked.strict,
            number=record.number,
            typed=record.typed,
            line=record.line,
        )
    except ContextError as error:
        problem = _unreadable(Fault(str(error)), record.line)
        return policies.refuse(record.number, problem, about=asked.about)


def _unreadable(fault: Fault, line: int) -> Problem:
    message = f"{fault.message}; {fault.hint}" if fault.hint else fault.message
    expected, found = fault.expected or None, fault.found or None
    return Problem("error", UNREADABLE_RECORD.id, None, message, expected, found, line)
