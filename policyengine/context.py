"""Contexts: the facts about one subject, checked once against the vocabulary."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from policyengine.errors import ContextError
from policyengine.facts import MISSING, UNKNOWN, Fact
from policyengine.findings import Code
from policyengine.findings.contexts import (
    COMPUTED_FACT,
    DECIDED_FACT,
    FACT_GIVEN_TWICE,
    FACT_NOT_SEEN,
    FACT_OF_WRONG_TYPE,
    UNKNOWN_FACT,
    UNREADABLE_FACT,
)
from policyengine.findings.grammar import with_article
from policyengine.findings.near import did_you_mean
from policyengine.model import Definitions
from policyengine.values import (
    FieldType,
    Misreading,
    Value,
    from_json,
    kind_phrase,
    read_items,
    read_value,
)
from policyengine.vocabulary import Field

Typed = Literal["json", "text"]
_DEEPEST = 64
_YEARS = range(2, 9999)
"""Years whose days have a day before and after them in every zone."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a context; with severity `error` the context is not decided."""

    severity: Literal["error", "warning"]
    code: str
    field: str | None
    message: str
    expected: str | None = None
    found: str | None = None
    line: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the problem in JSON's types."""
        return {
            "severity": self.severity,
            "code": self.code,
            "field": self.field,
            "message": self.message,
            "expected": self.expected,
            "found": self.found,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Context:
    """The facts about one subject: every value has its field's type.

    A required field that was not given is `UNKNOWN` in *facts*; any other that was not given
    is not in it. *given* are the decided fields that the context brings along.
    """

    id: str
    about: str
    at: datetime | date | None
    facts: Mapping[str, Fact]
    problems: tuple[Problem, ...] = ()
    given: frozenset[str] = frozenset()
    line: int | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it can be decided."""
        return all(problem.severity != "error" for problem in self.problems)


@dataclass(slots=True)
class _Reading:
    """What has been read of one record so far."""

    definitions: Definitions
    about: str
    typed: Typed
    strict: bool
    line: int | None
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def problem(
        self, code: Code, name: str | None, message: str, expected: str = "", found: str = ""
    ) -> None:
        severity: Literal["error", "warning"] = "error"
        if code.severity == "warning" and not self.strict:
            severity = "warning"
        self.problems.append(
            Problem(severity, code.id, name, message, expected or None, found or None, self.line)
        )


def check_context(
    definitions: Definitions,
    raw: Mapping[str, object],
    *,
    about: str | None = None,
    number: int = 1,
    typed: Typed = "json",
    strict: bool = False,
    line: int | None = None,
) -> Context:
    """Return the context that *raw* states, flat or nested, with all its problems.

    *number* is its place in the stream, its id where it has none. *typed* says whether scalars
    have JSON's types or are text, to be read by the field's type. Raises `ContextError` where
    *raw* is no mapping or the subject is unknown.
    """
    if not isinstance(raw, Mapping):
        raise ContextError("expected a context with facts by name, found something else")
    subject = _subject(definitions, raw, about)
    reading = _Reading(definitions, subject, typed, strict, line)
    for name, value in _flat(raw, definitions.fields):
        _read_fact(reading, name, value)
    visible = definitions.sees[subject]
    for declared in definitions.required_of(subject):
        reading.facts.setdefault(declared, UNKNOWN)
    vocabulary = definitions.vocabularies[visible[0]]
    identity = reading.facts.get(vocabulary.subject.id or "", MISSING)
    at = reading.facts.get(vocabulary.subject.at or "", MISSING)
    return Context(
        id=str(identity) if isinstance(identity, str | int) else str(number),
        about=subject,
        at=at if isinstance(at, date) else None,
        facts=reading.facts,
        problems=tuple(sorted(reading.problems, key=lambda one: (one.severity, one.field or ""))),
        given=frozenset(reading.given),
        line=line,
    )


def _subject(definitions: Definitions, raw: Mapping[str, object], about: str | None) -> str:
    subject = about if about is not None else raw.get("about")
    if subject is None:
        subject = definitions.default_about
    if subject is None:
        raise ContextError(
            "the context does not say what it is about: give `about`, or set `default_about`"
        )
    if not isinstance(subject, str) or subject not in definitions.vocabularies:
        hint = did_you_mean(str(subject), definitions.vocabularies)
        raise ContextError(f"unknown subject `{subject}`" + (f"; {hint}" if hint else ""))
    return subject


def _flat(
    raw: Mapping[str, object], declared: Collection[str], prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, object]]:
    """Yield each fact with its full name: nested mappings are names with a dot."""
    for key, value in raw.items():
        name = f"{prefix}{key}"
        if name == "about":
            continue
        if isinstance(value, Mapping) and name not in declared and depth < _DEEPEST:
            yield from _flat(value, declared, f"{name}.", depth + 1)
        else:
            yield name, value


def _read_fact(reading: _Reading, name: str, value: object) -> None:
    if name in reading.seen:
        reading.problem(FACT_GIVEN_TWICE, name, f"`{name}` is given twice, flat and nested")
        return
    reading.seen.add(name)
    declared = reading.definitions.fields.get(name)
    if declared is None or declared.origin != "input":
        known = [field.name for field in reading.definitions.visible[reading.about]]
        hint = did_you_mean(name, known, most=0)
        message = f"`{name}` is not a declared field, so it is not used"
        reading.problem(UNKNOWN_FACT, name, f"{message}; {hint}" if hint else message, "", name)
        return
    if declared.vocabulary not in reading.definitions.sees[reading.about]:
        message = f"{with_article(reading.about)} does not see `{name}`, so it is not used"
        reading.problem(FACT_NOT_SEEN, name, message)
        return
    if value is None:
        return
    if declared.computed is not None:
        reading.problem(COMPUTED_FACT, name, f"`{name}` is computed: leave it out")
        return
    decider = reading.definitions.decided_by.get(name)
    if decider is not None:
        if not decider.given_wins:
            message = f"`{name}` is decided by the policy `{decider.name}`: leave it out"
            reading.problem(DECIDED_FACT, name, message)
            return
        reading.given.add(name)
    _keep(reading, declared, value)


def _keep(reading: _Reading, declared: Field, value: object) -> None:
    zone = declared.type.zone or reading.definitions.zone.key
    result = read_fact(declared.type, value, typed=reading.typed, zone=zone)
    if isinstance(result, date) and result.year not in _YEARS:
        expected = "a day in the years 2 to 9998"
        result = Misreading(FACT_OF_WRONG_TYPE, f"expected {expected}", expected=expected)
    if not isinstance(result, Misreading):
        reading.facts[declared.name] = result
        return
    code = FACT_OF_WRONG_TYPE if reading.typed == "json" else UNREADABLE_FACT
    expected = result.expected or kind_phrase(declared.type)
    message = f"`{declared.name}`: {result.message}"
    if result.hint:
        message = f"{message}; {result.hint}"
    reading.problem(code, declared.name, message, expected, result.found or str(value))


def read_fact(
    type_: FieldType, value: object, *, typed: Typed, zone: str | None = None
) -> Value | Misreading:
    """Return *value* as a value of *type_*: from JSON's types, or from text.

    A bare date for a datetime is the start of that day in *zone*.
    """
    if typed == "text":
        if isinstance(value, str):
            return read_value(type_, value, zone=zone, loose=True)
        if isinstance(value, list | tuple) and type_.kind == "set":
            return read_items(type_, [str(item) for item in value])
    return from_json(type_, value, zone=zone)
