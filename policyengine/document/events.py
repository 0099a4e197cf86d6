"""Events of the YAML parser, as far as they are used, and what ends a walk over them."""

from typing import Protocol

import yaml

Loader = type[yaml.CLoader] | type[yaml.Loader]


class Mark(Protocol):
    """A place in a text."""

    index: int


class Event(Protocol):
    """What the parser says of the next piece of a text; not every event has every part."""

    start_mark: Mark
    end_mark: Mark
    value: str
    style: str | None
    tag: str | None
    anchor: str | None
    flow_style: bool | None


class PlaceError(Exception):
    """Something at an offset that ends a walk before the parser does."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset)


class NestingError(PlaceError):
    """Brackets or lines that are nested deeper than anybody can read."""


class CellKeyError(PlaceError):
    """A `?` in a cell: the two parsers go on from it in different ways."""


class TagError(PlaceError):
    """A `!`, before what could be a *value*: the two parsers end it in different places."""

    def __init__(self, offset: int, *, value: bool) -> None:
        self.value = value
        super().__init__(offset)


class HalfCharacterError(PlaceError):
    """Quotes with an escape that is no character: only one of the two parsers refuses it."""
