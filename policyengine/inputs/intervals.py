"""Days of intervals from CSV, and promises as people write them, for staffing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from policyengine.erlang import Demand
from policyengine.errors import ContextError
from policyengine.findings.near import near_match
from policyengine.inputs.record import Record, mismatch
from policyengine.inputs.records import input_name, open_input
from policyengine.values import FieldType, Misreading, read_value

COLUMNS = {
    "from": FieldType("text"),
    "calls": FieldType("number"),
    "interval": FieldType("duration", unit="min"),
    "handling": FieldType("duration", unit="s"),
    "agents": FieldType("integer"),
    "patience": FieldType("duration", unit="s"),
}
"""What the columns of a day hold; a bare number counts in the unit."""

_NUMBERS = re.compile(r"(\d+)\s*%?\s*(?:/|within|in)\s*(\d+)\s*s?", re.ASCII)
SHARE = FieldType("share")
WITHIN = FieldType("duration", unit="s")


def read_promise(text: str) -> tuple[Decimal, Decimal] | str:
    """Return the share and the seconds of a promise, or what is wrong: `promise = share "in" time`."""
    share, _, within = text.partition(" in ")
    parts = (read_figure(SHARE, share), read_figure(WITHIN, within))
    if within and isinstance(parts[0], Decimal) and isinstance(parts[1], Decimal):
        return parts[0], parts[1]
    wrong = next((part for part in parts if isinstance(part, str)), "") if within else ""
    if wrong:
        return wrong
    numbers = _NUMBERS.fullmatch(text.strip())
    hint = f"; write `{numbers[1]}% in {numbers[2]} s`" if numbers else ""
    return f"expected a promise such as `80% in 20 s`, found `{text}`{hint}"


def read_figure(type_: FieldType, text: str) -> Decimal | int | str:
    """Return the number of *type_* that *text* spells, or what is wrong with it in a sentence."""
    value = read_value(type_, text, loose=True)
    if isinstance(value, Misreading):
        return value.message + (f"; {value.hint}" if value.hint else "")
    assert isinstance(value, Decimal | int)
    return value


def read_day(path: str, demand: Demand) -> tuple[list[Demand], list[str]]:
    """Return the intervals in the CSV *path*, and what was not used of it.

    A cell that is empty, or has no column, is that of *demand*. Raises `ContextError` with every
    cell that cannot be read, and where there is no interval at all.
    """
    name = input_name(path)
    with open_input(path, "csv") as records:
        rows = list(records)
    columns = (rows[0].columns or ()) if rows else ()
    if rows and "calls" not in columns:
        near = near_match("calls", columns)
        known = ", ".join(f"`{one}`" for one in COLUMNS)
        hint = f"a day may have {known}" if near is None else f"did you mean it by `{near}`?"
        raise ContextError(f"{name}: expected a column `calls`, found none; {hint}")
    unused = [_unused(name, column) for column in columns if column not in COLUMNS]
    wrong: list[str] = []
    day = [_interval(record, demand, wrong) for record in rows]
    if not day and not wrong:
        raise ContextError(f"{name}: expected a row for each interval, found none")
    if wrong:
        raise ContextError("\n".join(f"{name}:{one}" for one in wrong))
    return day, unused


def _unused(name: str, column: str) -> str:
    near = near_match(column, COLUMNS)
    hint = f"; did you mean `{near}`?" if near is not None else ""
    return f"{name}: the column `{column}` is not used{hint}"


def _interval(record: Record, demand: Demand, wrong: list[str]) -> Demand:
    """Return the interval of *record*, with *demand* for what it leaves out; say what is *wrong*."""
    if record.facts is None:
        fault = record.fault or mismatch("a row", "none")
        wrong.append(f"{record.line}: {fault.message}")
        return demand
    found = {
        column: figure
        for column, text in record.facts.items()
        for figure in _cells(record, column, str(text), wrong)
    }
    name = str(record.facts.get("from", record.number))
    return replace(
        demand,
        name=name,
        calls=found.get("calls"),
        interval=found.get("interval", demand.interval),
        handling=found.get("handling", demand.handling),
        agents=found.get("agents", demand.agents),
        patience=found.get("patience", demand.patience),
    )


def _cells(record: Record, column: str, text: str, wrong: list[str]) -> Iterator[Decimal | int]:
    type_ = COLUMNS.get(column)
    if type_ is None or type_.kind == "text":
        return
    figure = read_figure(type_, text)
    if isinstance(figure, str):
        wrong.append(f"{record.line}: `{column}`: {figure}")
    else:
        yield figure
