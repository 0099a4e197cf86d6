"""Events of the YAML parser become nodes; what they hide is said."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from policyengine.document import traps
from policyengine.document.entries import without_bare, without_duplicates
from policyengine.document.events import (
    CellKeyError,
    Event,
    HalfCharacterError,
    Loader,
    NestingError,
    TagError,
)
from policyengine.document.mended import CURLY, in_straight_quotes
from policyengine.document.nodes import Mapping, Node, Scalar, Sequence
from policyengine.document.scalars import (
    as_written,
    block_scalar,
    comments,
    has_half_character,
    quoted_scalar,
)
from policyengine.findings import Finding
from policyengine.findings.text import UNREADABLE
from policyengine.source import Source, Span

DEEPEST = 100

_UNUSUAL = frozenset("'\"!&|>-~nN<" + CURLY)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CURLY = frozenset(CURLY)


@dataclass(slots=True)
class Reading:
    """One walk over the events of *text*, the mended text of *source*.

    *opened* are the brackets that are open, with -1 for what is written on lines of its own.
    """

    source: Source
    text: str
    loader: Loader
    context: bool
    odd: tuple[tuple[int, int], ...] = ()
    findings: list[Finding] = field(default_factory=list)
    scalars: list[Scalar] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    next_event: Callable[[], Event] = field(init=False)
    _cuts: dict[int, int] = field(init=False)
    _bare: list[int] = field(default_factory=list)
    _anchors: dict[str, Span] = field(default_factory=dict)
    _aliases: list[tuple[str, Span]] = field(default_factory=list)
    _merges: list[tuple[Span, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.next_event = cast("Callable[[], Event]", self.loader(self.text).get_event)
        self._cuts = comments(self.text)

    def value(self, event: Event, key: Scalar | None) -> Node:
        """Return the node that begins with *event*: the value of *key*, or an item."""
        kind: type = type(event)
        if kind is ScalarEvent:
            start = event.start_mark.index
            end = event.end_mark.index
            value = event.value
            if value and self.text[start] not in _UNUSUAL and end not in self._cuts:
                scalar = Scalar(value, Span(self.source, start, end))
            else:
                scalar = self._unusual(event, start, end, key)
            self.scalars.append(scalar)
            return scalar
        if kind is MappingStartEvent:
            return self._mapping(event)
        if kind is SequenceStartEvent:
            return self._sequence(event)
        return self._alias(event)

    def _key(self, event: Event) -> Scalar:
        kind: type = type(event)
        if kind is not ScalarEvent:
            found = len(self.findings)
            node = self.value(event, None)
            if kind is not AliasEvent:
                self.findings[found:] = [traps.key_not_text(node)]
            return Scalar(node.span.text, node.span)
        start = event.start_mark.index
        end = event.end_mark.index
        if self.text[start : start + 1] in _UNUSUAL or start == end:
            scalar = self._unusual_key(event, start, end)
        else:
            scalar = Scalar(event.value, Span(self.source, start, end))
        self.scalars.append(scalar)
        return scalar

    def _mapping(self, event: Event) -> Mapping:
        start = self._open(event)
        braces = bool(event.flow_style)
        pair = braces and self.text[start] not in "{!&"
        following = self.next_event
        entries: list[tuple[Scalar, Node]] = []
        bare = len(self._bare)
        while True:
            event = following()
            kind: type = type(event)
            if kind is MappingEndEvent:
                break
            key = self._key(event)
            entries.append((key, self.value(following(), key)))
        if len(self._bare) > bare:
            single = braces and not pair
            entries, found = without_bare(entries, self._bare[bare:], braces=single)
            self.findings.extend(found)
            del self._bare[bare:]
        if len({key.text for key, _ in entries}) != len(entries):
            entries, found = without_duplicates(entries)
            self.findings.extend(found)
        self.opened.pop()
        end = event.end_mark.index
        if pair or not braces:
            end = max(entries[-1][0].span.end, entries[-1][1].span.end) if entries else end
        mapping = Mapping(tuple(entries), Span(self.source, start, end))
        if pair:
            self.findings.append(traps.cell_mapping(mapping))
        return mapping

    def _sequence(self, event: Event) -> Sequence:
        start = self._open(event)
        brackets = bool(event.flow_style)
        following = self.next_event
        items = []
        while True:
            event = following()
            kind: type = type(event)
            if kind is SequenceEndEvent:
                break
            items.append(self.value(event, None))
        self.opened.pop()
        end = event.end_mark.index
        if items and not brackets:
            end = max(items[-1].span.end, start)
        return Sequence(tuple(items), Span(self.source, start, end))

    def _open(self, event: Event) -> int:
        """Note the beginning of a list or mapping and return it."""
        start = event.start_mark.index
        if len(self.opened) == DEEPEST:
            raise NestingError(start)
        bracket = -1
        if event.flow_style:
            bracket = event.end_mark.index - 1
            if self.text[start] == "?":
                raise CellKeyError(start)
            if self.text[bracket] not in "[{":
                bracket = self.opened[-1]
        if event.anchor is not None or event.tag is not None:
            kind: type = type(event)
            self._properties(event, start, value=kind is SequenceStartEvent)
        self.opened.append(bracket)
        return start

    @property
    def _flow(self) -> bool:
        return bool(self.opened) and self.opened[-1] >= 0

    def _properties(self, event: Event, start: int, *, value: bool) -> None:
        """Note the anchor at *start*; a tag ends the walk."""
        if event.anchor is not None:
            at = self.text.find("&", start)
            self._anchors[event.anchor] = self.source.span(at, at + 1 + len(event.anchor))
        if event.tag is not None:
            at = self.text.find("!", start)
            raise TagError(at, value=value)

    def _unusual(self, event: Event, start: int, end: int, key: Scalar | None) -> Scalar:
        """Return a value that is not simply a word, and say what is wrong with it."""
        if event.anchor is not None or event.tag is not None:
            self._properties(event, start, value=True)
        if event.style:
            return self._styled(event, start, end)
        text = event.value
        scalar = Scalar(text, self.source.span(start, end))
        finding = None
        if text in _NULLS:
            return self._null(scalar, key)
        if text == "-" and self._flow:
            finding = traps.dash(scalar.span)
        elif text[0] in _CURLY:
            finding = traps.curly(scalar.span, key)
            scalar = Scalar(in_straight_quotes(text)[1:-1], scalar.span, quoted=True)
        elif end in self._cuts:
            finding = traps.cut(scalar, key, self._cuts[end], flow=self._flow)
        if finding is not None:
            self.findings.append(finding)
        return scalar

    def _styled(self, event: Event, start: int, end: int) -> Scalar:
        value = event.value
        if self.odd and self._is_odd(start, end):
            value = as_written(self.source, start, end, value, self.loader)
        if has_half_character(value):
            raise HalfCharacterError(start)
        if event.style in {"'", '"'}:
            scalar, finding = quoted_scalar(self.source, value, start, end)
        else:
            scalar, finding = block_scalar(self.source, value, start, end)
        if finding is not None:
            self.findings.append(finding)
        return scalar

    def _is_odd(self, start: int, end: int) -> bool:
        at = bisect_right(self.odd, (start, -1))
        return at < len(self.odd) and self.odd[at][0] < end

    def _null(self, scalar: Scalar, key: Scalar | None) -> Scalar:
        span = scalar.span
        if key is not None and span.start == span.end:
            colon = self.text.find(":", key.span.end, span.start + 1)
            if colon < 0:
                self._bare.append(key.span.start)
                return scalar
            span = self.source.span(colon + 1, colon + 1)
        if not self.context:
            self.findings.append(traps.no_value(span, key))
        return Scalar("", span)

    def _unusual_key(self, event: Event, start: int, end: int) -> Scalar:
        scalar = Scalar(event.value, self.source.span(start, end), quoted=bool(event.style))
        if event.anchor is not None or event.tag is not None:
            self._properties(event, start, value=False)
        if event.style:
            return self._styled(event, start, end)
        if not event.value:
            hint = "write a name before the colon"
            self.findings.append(Finding(UNREADABLE, "a key without a name", scalar.span, hint))
        elif event.value == "<<":
            self._merges.append((scalar.span, ""))
        elif event.value[0] in _CURLY:
            self.findings.append(traps.curly(scalar.span, None))
        return scalar

    def _alias(self, event: Event) -> Scalar:
        span = self.source.span(event.start_mark.index, event.end_mark.index)
        name = event.anchor or ""
        if self._merges and self._merges[-1][0] is self.scalars[-1].span:
            self._merges[-1] = (self._merges[-1][0], name)
        else:
            self._aliases.append((name, span))
        scalar = Scalar(span.text, span)
        self.scalars.append(scalar)
        return scalar

    def is_within_scalar(self, offset: int) -> bool:
        """Say whether a key or value covers *offset*."""
        at = bisect_right(self.scalars, offset, key=lambda scalar: scalar.span.start) - 1
        return at >= 0 and offset < self.scalars[at].span.end

    def references(self) -> list[Finding]:
        """Return what is wrong with anchors, aliases and merge keys."""
        places = self._anchors
        used = {name for name, _ in self._aliases} | {name for _, name in self._merges}
        return [
            *(traps.alias(span, places.get(name)) for name, span in self._aliases),
            *(traps.merge_key(span, places.get(name)) for span, name in self._merges),
            *(traps.anchor(span) for name, span in places.items() if name not in used),
        ]
