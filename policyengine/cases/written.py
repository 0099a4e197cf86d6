"""A case as written: its own entries, those of its suite, and those of a row of its table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policyengine.cases.reader import Reader
from policyengine.document import Mapping as MappingNode
from policyengine.document import Node, Scalar, Sequence
from policyengine.findings.cases import UNKNOWN_COLUMN
from policyengine.findings.near import did_you_mean
from policyengine.source import Span

NAMED = (
    "facts",
    "plans",
    "rules",
    "reasons",
    "treatment",
    "from",
    "overridden",
    "sums",
)
"""What is expected by name."""
WHOLE = ("status", "withheld", "missing", "problems", "same_as")
"""What is expected of the decision as a whole."""
LATER = ("why_not", "nearest", "log", "at")

Given = Mapping[str, tuple[Scalar, Node]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing expected: its key, the *names* below it, and what is written there."""

    key: Scalar
    names: tuple[Scalar, ...]
    node: Node

    @property
    def span(self) -> Span:
        """Where it stands: from the last name to the end of what is expected."""
        last = (self.key, *self.names)[-1].span
        if last.source is self.node.span.source and last.end <= self.node.span.start:
            between = last.source.text[last.end : self.node.span.start]
            if not between.strip(" :"):
                return last.source.span(last.start, self.node.span.end)
        return self.node.span


@dataclass(frozen=True, slots=True)
class Written:
    """What one case says, not yet read; each name with where it stands."""

    name: str
    span: Span
    given: Given = field(default_factory=dict)
    assume: Given = field(default_factory=dict)
    house: Given = field(default_factory=dict)
    on: Node | None = None
    expect: Mapping[tuple[str, ...], Entry] = field(default_factory=dict)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts that are expected under *key*."""
        entry = self.expect.get((key,))
        return () if entry is None else texts_of(entry.node)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of cases: what its cells give or expect."""

    role: str
    names: tuple[Scalar, ...]


def texts_of(node: Node) -> tuple[str, ...]:
    """Return the text of *node*, or those of the items of a list."""
    return tuple(item.text for item in scalars_of(node))


def scalars_of(node: Node) -> tuple[Scalar, ...]:
    """Return the scalar *node*, or those of a list."""
    if isinstance(node, Sequence):
        return tuple(item for item in node.items if isinstance(item, Scalar))
    return (node,) if isinstance(node, Scalar) else ()


def entries_of(node: Node | None) -> Given:
    """Return the entries of a mapping, by name."""
    return {key.text: (key, value) for key, value in _pairs(node)}


def expected_of(node: Node | None) -> dict[tuple[str, ...], Entry]:
    """Return all that the block `expect` says, by key and names."""
    found: list[Entry] = []
    for key, value in _pairs(node):
        if key.text in NAMED:
            for name, part in _pairs(value):
                inner = list(_pairs(part)) if key.text == "sums" else []
                found += [Entry(key, (name, last), points) for last, points in inner]
                if not inner:
                    found.append(Entry(key, (name,), part))
        else:
            found.append(Entry(key, (), value))
    return {_key_of(entry): entry for entry in found}


def written_case(node: MappingNode, suite: MappingNode) -> Written:
    """Return what the case *node* of *suite* says, without the rows of its table."""
    name = node.get("case")
    assert isinstance(name, Scalar)
    own = entries_of(node.get("given"))
    shared = entries_of(suite.get("assume"))
    assume = {key: one for key, one in shared.items() if key not in own}
    assume |= entries_of(node.get("assume"))
    given = {key: one for key, one in entries_of(suite.get("given")).items() if key not in assume}
    return Written(
        name=name.text,
        span=name.span,
        given={**given, **own},
        assume=assume,
        house=entries_of(suite.get("house")),
        on=node.get("on"),
        expect=expected_of(node.get("expect")),
    )


def written_rows(reader: Reader, case: Written, table: MappingNode) -> list[Written]:
    """Return one case for each row of *table*, with what *case* says of all of them."""
    columns = [column_of(reader, name) for name in scalars_of(table.get("columns") or table)]
    rows = table.get("rows")
    assert isinstance(rows, Sequence)
    return [
        _row(case, columns, row, number)
        for number, row in enumerate(rows.items, 1)
        if isinstance(row, Sequence)
    ]


def column_of(reader: Reader, name: Scalar) -> Column:
    """Return what the column *name* is for; one that says nothing has no role.

    Grammar: `FIELD`, `assume FIELD`, `house NAME`, `on`, or `expect` with a key and a name.
    """
    first, _, rest = name.text.strip().partition(" ")
    rest = rest.strip()
    if first in ("assume", "house") and rest:
        return Column(first, (_part(name, rest),))
    if first == "expect" and rest:
        return _expecting(reader, name, rest)
    if name.text == "on":
        return Column("on", (name,))
    if "." in first and not rest and not first.startswith(tuple(f"{key}." for key in NAMED)):
        return Column("given", (name,))
    hint = "a column is a fact, `assume FIELD`, `house NAME`, `on` or `expect …`"
    if first.partition(".")[0] in (*NAMED, *WHOLE):
        hint = f"write `expect {name.text}`"
    reader.say(UNKNOWN_COLUMN, f"the column `{name.text}` says nothing", name.span, hint)
    return Column("", ())


def _expecting(reader: Reader, name: Scalar, rest: str) -> Column:
    key, _, more = rest.partition(".")
    if key in NAMED and more:
        parts = more.split(".", 1) if key == "sums" else [more]
        return Column("expect", (_key(name, key), *(_part(name, part) for part in parts)))
    if (key in WHOLE and not more) or key in LATER:
        return Column("expect", (_key(name, key),))
    if key in NAMED:
        hint = f"add a name, such as `expect {key}.NAME`"
    elif key in WHOLE:
        hint = f"write `expect {key}`"
    else:
        hint = did_you_mean(key, [*NAMED, *WHOLE])
    reader.say(UNKNOWN_COLUMN, f"the column `{name.text}` says nothing", name.span, hint)
    return Column("", ())


def _key(name: Scalar, text: str) -> Scalar:
    """Return the key *text* of the column *name*, with its own place."""
    return _placed(name, text, name.span.text.find(text))


def _part(name: Scalar, text: str) -> Scalar:
    """Return *text*, the end of the column *name*, with its own place."""
    return _placed(name, text, name.span.text.rfind(text))


def _placed(name: Scalar, text: str, at: int) -> Scalar:
    if at < 0:
        return Scalar(text, name.span)
    start = name.span.start + at
    return Scalar(text, name.span.source.span(start, start + len(text)))


def _row(case: Written, columns: list[Column], row: Sequence, number: int) -> Written:
    given, assume, house = dict(case.given), dict(case.assume), dict(case.house)
    expect = dict(case.expect)
    on = case.on
    for column, cell in zip(columns, row.items, strict=False):
        match column.role:
            case "given":
                given[column.names[0].text] = (column.names[0], cell)
            case "assume":
                assume[column.names[0].text] = (column.names[0], cell)
            case "house":
                house[column.names[0].text] = (column.names[0], cell)
            case "on":
                on = None if _is_word(cell, "missing") else cell
            case "expect":
                entry = Entry(column.names[0], column.names[1:], cell)
                expect.pop(_key_of(entry), None)
                if not _is_word(cell, "any"):
                    expect[_key_of(entry)] = entry
    for name in assume:
        given.pop(name, None)
    return Written(f"{case.name}, row {number}", row.span, given, assume, house, on, expect)


def _key_of(entry: Entry) -> tuple[str, ...]:
    return (entry.key.text, *(name.text for name in entry.names))


def _is_word(node: Node, word: str) -> bool:
    return isinstance(node, Scalar) and node.text == word


def _pairs(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    if isinstance(node, MappingNode):
        yield from node.entries
