"""A policy set while it is being read: what is known so far, and what was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from policyengine.calendars import Calendar
from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings import Code, Finding, Related
from policyengine.findings.fit import REVERSED_DATES
from policyengine.findings.names import UNKNOWN_ZONE
from policyengine.findings.near import did_you_mean
from policyengine.findings.values import WRONG_TYPE
from policyengine.loading.files import Files
from policyengine.model import ABOUT_POLICIES, Effective, HouseFact, Policy, Statement
from policyengine.registers import Register
from policyengine.schema import Shape
from policyengine.source import Span
from policyengine.values import (
    FieldType,
    Misreading,
    Value,
    kind_phrase,
    read_items,
    read_value,
)
from policyengine.vocabulary import Directive, Field, Subject

_WHOLE = FieldType("integer")

_WHOLE = FieldType("integer")


@dataclass(slots=True)
class Draft:
    """What has been read so far; every later step adds to it."""

    files: Files
    findings: list[Finding]
    name: str = ""
    version: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    languages: tuple[str, ...] = ()
    default_about: str | None = None
    layers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    kinds: dict[str, "Kind"] = field(default_factory=dict)
    house: dict[str, HouseFact] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    directives: dict[str, Directive] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    conditions: dict[str, dict[str, tuple[Scalar, Mapping]]] = field(default_factory=dict)
    sees: dict[str, tuple[str, ...]] = field(default_factory=dict)
    computed: dict[str, Scalar] = field(default_factory=dict)
    """The names of computed fields, where each is declared."""
    broken: set[str] = field(default_factory=set)
    """Names that are declared, but not as they should be: what follows from that is not said."""
    policies: list[Policy] = field(default_factory=list)

    @property
    def of_contexts(self) -> tuple[str, ...]:
        """The subjects that contexts, logs and lists can be about."""
        return tuple(name for name in self.subjects if name not in ABOUT_POLICIES)

    def say(self, code: Code, message: str, span: Span, hint: str = "", *also: Related) -> None:
        """Keep one finding."""
        self.findings.append(Finding(code, message, span, hint, related=also))

    def say_unknown(self, code: Code, what: str, name: Scalar, known: Iterable[str]) -> None:
        """Keep the finding that *name* is no known *what*, with its near match."""
        hint = did_you_mean(name.text, known)
        self.say(code, f"unknown {what} `{name.text}`", name.span, hint)

    def value(self, node: Node, type_: FieldType, *, loose: bool = False) -> Value | None:
        """Return the value that *node* gives for *type_*, or nothing after saying what is wrong.

        With *loose* a number without a unit counts in the field's own.
        """
        warnings: list[Misreading] = []
        if isinstance(node, Sequence):
            return self._items(node, type_)
        if not isinstance(node, Scalar):
            return None
        zone = type_.zone or self.zone.key
        result = read_value(type_, node.text, zone=zone, loose=loose, warnings=warnings)
        if isinstance(result, Misreading):
            self.misread(node, result)
            return None
        for warning in warnings:
            self.misread(node, warning)
        return result

    def _items(self, node: Sequence, type_: FieldType) -> Value | None:
        """Return the items of a list, or nothing after saying which of them is wrong."""
        items = scalars(node)
        if type_.kind not in ("set", "list"):
            hint = f"write `{items[0].text}`" if len(items) == 1 else "write one of them"
            message = f"expected {kind_phrase(type_)}, found a list"
            self.say(WRONG_TYPE, message, node.span, hint)
            return None
        for item in items:
            single = read_items(type_, [item.text])
            if isinstance(single, Misreading):
                self.misread(item, single)
                return None
        result = read_items(type_, texts(node))
        if isinstance(result, Misreading):
            self.misread(node, result)
            return None
        return result

    def misread(self, node: Node, wrong: Misreading) -> None:
        """Keep the finding that a part of *node* cannot be read."""
        span = node.span
        if isinstance(node, Scalar) and not node.quoted and node.span.text == node.text:
            end = len(node.text) if wrong.end is None else wrong.end
            span = node.span.source.span(
                span.start + wrong.start, span.start + max(end, wrong.start + 1)
            )
        self.say(wrong.code, wrong.message, span, wrong.hint)

    def time_zone(self, node: Node | None) -> ZoneInfo | None:
        """Return the time zone that *node* names, or nothing after saying that there is none."""
        if not isinstance(node, Scalar):
            return None
        try:
            return ZoneInfo(node.text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            known = did_you_mean(node.text, available_timezones())
            hint = known or "write the name of a place, such as `Europe/Amsterdam`"
            self.say(UNKNOWN_ZONE, f"unknown time zone `{node.text}`", node.span, hint)
            return None

    def effective(self, node: Node | None) -> Effective | None:
        """Return the range of days that `effective:` gives, or nothing where it does not stand."""
        if not isinstance(node, Mapping):
            return None
        first = self.day(node.get("from"))
        last = self.day(node.get("through"))
        if first is not None and last is not None and last < first:
            message = f"in force from {first} through {last}: the end is before the start"
            self.say(
                REVERSED_DATES, message, node.span, f"write `from: {last}` and `through: {first}`"
            )
        return Effective(first, last, node.span)

    def day(self, node: Node | None) -> date | None:
        """Return the date that *node* gives, or nothing."""
        value = None if node is None else self.value(node, FieldType("date"))
        return value if isinstance(value, date) else None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of policy: the layer of its policies, and the schema of its plans if it has one."""

    name: str
    layer: str | None
    shape: Shape | None
    span: Span


def text_of(node: Node | None) -> str | None:
    """Return the text of a scalar, or nothing."""
    return node.text if isinstance(node, Scalar) else None


def whole_of(node: Node | None, otherwise: int) -> int:
    """Return the whole number of a scalar, or *otherwise*; what spells none is a shape's finding."""
    number = read_value(_WHOLE, text_of(node) or str(otherwise))
    return number if isinstance(number, int) else otherwise


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """Return the scalars of a list, or the one scalar alone."""
    match node:
        case Scalar():
            return (node,)
        case Sequence(items):
            return tuple(item for item in items if isinstance(item, Scalar))
        case _:
            return ()


def texts(node: Node | None) -> tuple[str, ...]:
    """Return the texts of the scalars of *node*."""
    return tuple(item.text for item in scalars(node))


def pairs(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """Yield the keys and values of a mapping; of anything else nothing."""
    if isinstance(node, Mapping):
        yield from node.entries


def blocks(node: Node | None) -> Iterator[Mapping]:
    """Yield the mappings of a list."""
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Mapping))


def is_true(node: Node | None) -> bool:
    """Return whether *node* is written `true`."""
    return text_of(node) == "true"
