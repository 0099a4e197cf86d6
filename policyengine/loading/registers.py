"""`registers/NAME.yaml`: typed tables that are looked up by a key, or that list subjects."""

from dataclasses import dataclass
from types import MappingProxyType as ReadOnly

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings import Related
from policyengine.findings.grammar import with_article
from policyengine.findings.names import UNKNOWN_SUBJECT
from policyengine.findings.registers import KEY_FINDS_NO_ROW, WRONG_REGISTER_COLUMN
from policyengine.loading.conditions import Scope, whole_scope
from policyengine.loading.draft import Draft, scalars
from policyengine.loading.files import Document
from policyengine.loading.named import read_named
from policyengine.registers import Register, Row
from policyengine.source import Span
from policyengine.values import FieldType, Value, show_value
from policyengine.vocabulary import Field

_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with the place of its name."""

    head: Scalar
    type: FieldType


def read_registers(draft: Draft, documents: list[Document]) -> dict[str, Register]:
    """Return the registers of all `register:` files by name."""
    return read_named(draft, documents, "register", _read_register)


def _read_register(draft: Draft, head: Scalar, node: Mapping) -> Register | None:
    about = node.get("about")
    scope = whole_scope(draft)
    if isinstance(about, Scalar):
        if about.text not in draft.of_contexts:
            draft.say_unknown(UNKNOWN_SUBJECT, "subject", about, draft.of_contexts)
            return None
        scope = Scope(draft, about.text)
    columns = _columns(scope, node.get("columns"))
    rows = node.get("rows")
    if not columns or not isinstance(rows, Sequence):
        return None
    read = [
        _row(draft, columns, row)
        for row in rows.items
        if isinstance(row, Sequence) and len(row.items) == len(columns)
    ]
    _check_keys(draft, columns[0], read)
    return Register(
        head.text,
        head.span,
        ReadOnly({column.head.text: column.type for column in columns}),
        tuple(read),
        scope.subject or None,
    )


def _columns(scope: Scope, node: Node | None) -> list[_Column]:
    """Return the columns, or nothing after saying what is wrong with one of them."""
    heads = scalars(node)
    found = [_column(scope, head) for head in heads]
    columns = [column for column in found if column is not None]
    if len(columns) < len(heads) or not columns:
        return []
    _check_key_column(scope, columns[0])
    return columns


def _column(scope: Scope, head: Scalar) -> _Column | None:
    found = scope.check(head, head.span)
    if found is None:
        return None
    wrong = _wrong_field(scope, found)
    if wrong:
        hint = "a row says what is known of it: name a fact that comes in"
        also = Related(found.span, "declared here")
        message = f"`{head.text}` {wrong}, so no row can give it"
        scope.draft.say(WRONG_REGISTER_COLUMN, message, head.span, hint, also)
        return None
    return _Column(head, found.type)


def _wrong_field(scope: Scope, found: Field) -> str:
    """Return why no row can give a field; a computed one may be what a look-up takes."""
    if found.origin == "house":
        return "is a constant of the house"
    if found.origin != "input":
        return "is the engine's own"
    return "is computed" if scope.subject and found.name in scope.draft.computed else ""


def _check_key_column(scope: Scope, key: _Column) -> None:
    """Say so where the first column cannot tell one row from another."""
    if key.type.kind in ("set", "list"):
        message = f"the first column is the key, and `{key.head.text}` is {_a(key.type)}"
        hint = "put first a column with one value in each cell"
        scope.draft.say(WRONG_REGISTER_COLUMN, message, key.head.span, hint)
        return
    subject = scope.draft.subjects.get(scope.subject)
    if subject is not None and subject.id is not None and subject.id != key.head.text:
        message = (
            f"the rows are {subject.name}s, told apart by `{subject.id}`: "
            f"expected that as the first column, found `{key.head.text}`"
        )
        hint = f"put `{subject.id}` first"
        scope.draft.say(WRONG_REGISTER_COLUMN, message, key.head.span, hint)


def _a(type_: FieldType) -> str:
    return with_article(type_.kind)


def _row(draft: Draft, columns: list[_Column], node: Sequence) -> Row:
    cells = [_cell(draft, *pair) for pair in zip(columns, node.items, strict=True)]
    return Row(tuple(cells), node.items[0].span)


def _cell(draft: Draft, column: _Column, node: Node) -> Value | None:
    if isinstance(node, Scalar) and node.text == _MISSING:
        return None
    return draft.value(node, column.type)


def _check_keys(draft: Draft, column: _Column, rows: list[Row]) -> None:
    """Say which rows cannot be found: those without a key, and those with the key of another."""
    first: dict[Value, Span] = {}
    for row in rows:
        key = row.cells[0]
        if key is None:
            if row.span.text == _MISSING:
                message = "the first cell is the key of the row: it cannot be missing"
                draft.say(KEY_FINDS_NO_ROW, message, row.span, f"write a `{column.head.text}`")
            continue
        earlier = first.setdefault(key, row.span)
        if earlier is not row.span:
            also = Related(earlier, "the first")
            message = f"`{show_value(column.type, key)}` is listed twice"
            draft.say(KEY_FINDS_NO_ROW, message, row.span, "join the two rows", also)


def check_register_facts(draft: Draft, registers: dict[str, Register]) -> None:
    """Say where a list of subjects gives what a policy decides."""
    deciders = {name: policy for policy in draft.policies for name in policy.decides}
    for document in draft.files.of("register"):
        head = document.node.get("register")
        register = registers.get(head.text) if isinstance(head, Scalar) else None
        if register is None or register.about is None:
            continue
        for column in scalars(document.node.get("columns")):
            decider = deciders.get(column.text)
            if decider is not None and not decider.given_wins:
                message = f"`{column.text}` is decided by `{decider.name}`, so no row can give it"
                also = Related(decider.span, "decided here")
                hint = f"leave the column out, or write `given: wins` in `{decider.name}`"
                draft.say(WRONG_REGISTER_COLUMN, message, column.span, hint, also)
