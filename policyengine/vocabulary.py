"""Vocabularies: the facts and instructions that exist, with their types and domains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from policyengine.computed import Computation
from policyengine.conditions import Condition
from policyengine.source import Span
from policyengine.values import FieldType, Value

Combine = Literal["first", "min", "max", "union"]
Origin = Literal["input", "house", "built_in", "refused"]


@dataclass(frozen=True, slots=True)
class Field:
    """One declared fact: its name, type and domain, and when it is known.

    The *vocabulary* of a house constant is `house`, of a fact that the engine keeps `plans`,
    `chosen` or the like: every subject sees those.
    """

    name: str
    type: FieldType
    vocabulary: str
    span: Span
    optional: bool = False
    default: Value | None = None
    computed: Computation | None = None
    known_when: Condition | None = None
    known_at: str | None = None
    sensitive: bool = False
    fixed: bool = False
    cost: int | None = None
    title: str = ""
    origin: Origin = "input"


@dataclass(frozen=True, slots=True)
class Directive:
    """One instruction that plans may give, and how the values of several plans come together."""

    name: str
    type: FieldType
    vocabulary: str
    span: Span
    combine: Combine = "first"
    tighter: Literal["lower", "higher"] | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a context is about, and which other subjects it sees."""

    name: str
    id: str | None
    at: str | None
    sees: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields, directives and conditions of one subject."""

    name: str
    subject: Subject
    fields: Mapping[str, Field] = field(repr=False)
    directives: Mapping[str, Directive] = field(repr=False)
    conditions: Mapping[str, Condition] = field(repr=False)
    impossible: tuple[Condition, ...] = field(repr=False)
    span: Span
