"""Registers: typed tables whose rows are found by their key, the first cell of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policyengine.source import Span
from policyengine.values import FieldType, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register: its cells in the order of the columns, a missing one being nothing."""

    cells: tuple[Value | None, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Register:
    """A typed table; with *about* it is a list of such subjects, one a row.

    INVARIANT: the first cell of a row is never missing, and no two rows have the same.
    """

    name: str
    span: Span
    columns: Mapping[str, FieldType]
    rows: tuple[Row, ...] = field(repr=False)
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One column of a register by the key of each row: what a look-up finds."""

    register: str
    column: str
    values: Mapping[Value, Value | None] = field(repr=False)


def listing(register: Register, column: str) -> Listing:
    """Return what *column* of *register* says for each key."""
    place = tuple(register.columns).index(column)
    values = {row.cells[0]: row.cells[place] for row in register.rows}
    return Listing(
        register.name, column, {key: value for key, value in values.items() if key is not None}
    )
