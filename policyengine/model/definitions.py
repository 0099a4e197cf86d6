"""All that the files of a policy set say, together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from zoneinfo import ZoneInfo

from policyengine.calendars import Calendar
from policyengine.conditions import fields_asked
from policyengine.model.policy import Effective, Guarantee, Policy
from policyengine.model.statement import Statement
from policyengine.registers import Register
from policyengine.source import Span
from policyengine.values import FieldType, Value
from policyengine.vocabulary import Directive, Field, Vocabulary


@dataclass(frozen=True, slots=True)
class Period:
    """A value of a house fact, and the days on which it holds."""

    value: Value
    effective: Effective | None


@dataclass(frozen=True, slots=True)
class HouseFact:
    """A constant of the house, dated where need be."""

    name: str
    type: FieldType
    periods: tuple[Period, ...]
    span: Span

    @property
    def is_dated(self) -> bool:
        """Whether its value depends on the day."""
        return any(period.effective is not None for period in self.periods)

    def value_on(self, day: date | None) -> Value | None:
        """Return the value on *day*; nothing where no value holds, or a day is needed and absent."""
        for period in self.periods:
            if period.effective is None or (day is not None and period.effective.covers(day)):
                return period.value
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a log becomes a field."""

    name: str
    field: str
    span: Span
    unit: str | None = None
    values: Mapping[str, str] = attribute(default_factory=dict)
    other: str | None = None
    format: str | None = None
    zone: str | None = None
    split: str = ";"


@dataclass(frozen=True, slots=True)
class Combined:
    """A datetime that a log keeps in two columns, the day and the time."""

    field: str
    date: str
    time: str
    format: str
    zone: str
    span: Span


@dataclass(frozen=True, slots=True)
class InputMap:
    """How the columns, units and codes of a log map to fields."""

    name: str
    about: str
    format: str
    span: Span
    id: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("",)
    columns: tuple[Column, ...] = ()
    constants: Mapping[str, Value] = attribute(default_factory=dict)
    combine: tuple[Combined, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_rest: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole policy set as its files say it, names resolved and types checked.

    *policies* stand in the order in which they can be asked: each after those it depends on.
    *asked* gives, for each subject, the policies that a decision about it asks, in that order, with
    all their versions. *decided_by* names the first version of the policy that decides a field.
    *digest* is that of every file read (`design.md`, 4).
    """

    name: str
    version: str
    digest: str
    span: Span = attribute(repr=False)
    """Where the name of the set stands."""
    zone: ZoneInfo
    languages: tuple[str, ...]
    default_about: str | None
    layers: tuple[str, ...]
    roles: tuple[str, ...]
    vocabularies: Mapping[str, Vocabulary] = attribute(repr=False)
    fields: Mapping[str, Field] = attribute(repr=False)
    directives: Mapping[str, Directive] = attribute(repr=False)
    house: Mapping[str, HouseFact] = attribute(repr=False)
    policies: tuple[Policy, ...] = attribute(repr=False)
    decided_by: Mapping[str, Policy] = attribute(repr=False)
    asked: Mapping[str, tuple[Policy, ...]] = attribute(repr=False)
    versions: Mapping[str, tuple[Policy, ...]] = attribute(repr=False)
    """The policies by name, the versions of each in the order of their days."""
    sees: Mapping[str, tuple[str, ...]] = attribute(repr=False)
    """For each subject, itself and all it sees, nearest first."""
    visible: Mapping[str, tuple[Field, ...]] = attribute(repr=False)
    """For each subject, the fields that a context about it may give: neither computed nor house."""
    inputs: Mapping[str, InputMap] = attribute(default_factory=dict, repr=False)
    guarantees: tuple[Guarantee, ...] = attribute(default=(), repr=False)
    calendars: Mapping[str, Calendar] = attribute(default_factory=dict, repr=False)
    registers: Mapping[str, Register] = attribute(default_factory=dict, repr=False)
    statements: Mapping[str, Statement] = attribute(default_factory=dict, repr=False)
    """The statements of all sources by number."""
    files: tuple[str, ...] = attribute(default=(), repr=False)
    """The paths of the policy files that were read, suites not."""
    extends: str = ""
    """The folder of the set that this one extends, as its files are named; empty where none."""

    def is_own(self, span: Span) -> bool:
        """Return whether *span* stands in this set, and not in the one that it extends."""
        return not self.extends or not span.file.startswith(f"{self.extends}/")

    def policy(self, name: str, day: date | None = None) -> Policy | None:
        """Return the policy called *name*, or nothing: of several versions that in force on *day*.

        Where none is in force it is the first, which then answers `not_in_effect`.
        """
        versions = self.versions.get(name, ())
        if len(versions) > 1 and day is not None:
            for policy in versions:
                if policy.effective is None or policy.effective.covers(day):
                    return policy
        return versions[0] if versions else None

    def of_the_day(self, policies: tuple[Policy, ...], day: date | None) -> tuple[Policy, ...]:
        """Return *policies*, of several versions of one only that in force on *day*."""
        if len(self.versions) == len(self.policies):
            return policies
        return tuple(one for one in policies if one is self.policy(one.name, day))

    def label(self, policy: Policy) -> str:
        """Return what *policy* is called: its name, with its days where it has several versions."""
        return policy.version if len(self.versions[policy.name]) > 1 else policy.name

    def required_of(self, subject: str) -> tuple[str, ...]:
        """Return the fields that every context about *subject* ought to give."""
        return tuple(
            declared.name
            for declared in self.visible[subject]
            if not declared.optional
            and declared.default is None
            and declared.name not in self.decided_by
        )

    def reads_dates(self, policy: Policy, *, but: Collection[str] = ()) -> bool:
        """Return whether what *policy* answers depends on the day; *but* are facts it is given."""
        return policy.is_dated or self._any_dated((*policy.asks, *policy.takes), but)

    def vocabulary_reads_dates(self, subject: str, *, but: Collection[str] = ()) -> bool:
        """Return whether what can come in about *subject* depends on the day."""
        vocabulary = self.vocabularies[subject]
        conditions = [one.known_when for one in vocabulary.fields.values()]
        conditions += vocabulary.impossible
        asked = (name for condition in conditions for name in fields_asked(condition))
        return self._any_dated(asked, but)

    def _any_dated(self, names: Iterable[str], but: Collection[str]) -> bool:
        facts = (self.house.get(name) for name in self.leaves(names) if name not in but)
        return any(fact is not None and fact.is_dated for fact in facts)

    def leaves(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return *names* and every field that computing them asks."""
        found: dict[str, None] = {}
        waiting = [name.removesuffix(".refused") for name in names]
        while waiting:
            name = waiting.pop()
            declared = self.fields.get(name)
            if name not in found and declared is not None and declared.computed is not None:
                waiting.extend(declared.computed.fields)
            found[name] = None
        return tuple(found)

    def layer_of(self, policy: Policy, plan: str) -> str:
        """Return the layer in which *plan* of *policy* stands: a mandated plan in `mandate`."""
        return "mandate" if policy.plans[plan].mandate is not None else policy.layer
