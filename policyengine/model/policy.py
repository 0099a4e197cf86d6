"""Policies, their rules and their plans."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policyengine.conditions import Condition
from policyengine.document import Node
from policyengine.findings import Severity
from policyengine.model.measure import Measure
from policyengine.source import Span
from policyengine.values import Value

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""Where a text takes a fact: the name of a field in braces."""

ABOUT_POLICIES = ("plan", "set")
"""The subjects of the policies about the policies, which `check` decides."""

HitPolicy = Literal[
    "first",
    "unique",
    "any",
    "priority",
    "collect",
    "rule_order",
    "output_order",
    "sum",
    "min",
    "max",
    "count",
    "score",
]
SEVERAL = ("collect", "rule_order", "output_order")
"""The hit policies under which more than one plan or value can come out."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The days on which something is in force; both ends count, an open end is nothing."""

    first: date | None
    last: date | None
    span: Span = field(compare=False)

    def covers(self, day: date) -> bool:
        """Return whether *day* is one of the days."""
        after_start = self.first is None or day >= self.first
        return after_start and (self.last is None or day <= self.last)

    def meets(self, other: "Effective") -> bool:
        """Return whether some day is one of these days and of those of *other*."""
        starts_late = self.last is not None and other.first is not None and other.first > self.last
        ends_early = self.first is not None and other.last is not None and other.last < self.first
        return not starts_late and not ends_early


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a policy; `otherwise` is one that holds where no other does.

    *plans* are the plans it names; *values* what it decides, a field with nothing being decided
    as missing; *points* what it adds to the sums of a `score`.
    """

    name: str
    span: Span
    when: Condition | None = None
    unless: Condition | None = None
    plans: tuple[str, ...] = ()
    values: Mapping[str, Value | None] = field(default_factory=dict)
    points: Mapping[str, int] = field(default_factory=dict)
    because: str = ""
    basis: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    effective: Effective | None = None
    is_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class FactSetting:
    """A directive that takes a fact, and what it takes where the fact is missing."""

    field: str
    otherwise: Value | None
    span: Span


@dataclass(frozen=True, slots=True)
class TextSetting:
    """A directive's text, one for each language ("" where there is only one), with `{field}`s."""

    texts: Mapping[str, str]
    fields: tuple[str, ...]
    span: Span

    def filled(self, words: Mapping[str, str]) -> dict[str, str]:
        """Return the texts with the word for each field in the place of its `{field}`."""
        return {
            language: PLACEHOLDER.sub(lambda found: words[found[1]], text)
            for language, text in self.texts.items()
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """What a plan says for one directive; *instead* of what weaker layers say, where it is so."""

    directive: str
    value: Value | FactSetting | TextSetting
    span: Span
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done: the outcome of a policy.

    *node* is the plan as written: its kind's own keys (`details`, `actions`, `activate` …) are
    checked by the schema of the kind and kept for those who run or show them.
    """

    name: str
    policy: str
    span: Span
    node: Node = field(repr=False)
    title: str = ""
    owner: str | None = None
    alternate: str | None = None
    settings: tuple[Setting, ...] = ()
    applies: Condition | None = None
    effective: Effective | None = None
    mandate: str | None = None
    activate: Condition | None = None
    stand_down: Condition | None = None
    basis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The statements it stands on, or `local`, each with its directives; without any, all of it."""
    due: Value | None = None
    review_by: date | None = None
    details: Mapping[str, Value] = field(default_factory=dict, repr=False)
    """What it states under `details`, by the names that the house declares."""
    severity: Severity | None = None
    say: TextSetting | None = None
    """What `check` says where the plan is chosen for a policy, or for a subject of a list."""

    @property
    def id(self) -> str:
        """The plan's name everywhere outside its policy: `POLICY:PLAN`."""
        return f"{self.policy}:{self.name}"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What must always be true of a policy or of the set: kept as written, to be proved.

    *while_* says where it counts; *when* and *then* are what `always` and `never` speak of, but for
    the plans, policies and kinds that *then* names.
    """

    kind: str
    node: Node = field(repr=False)
    span: Span
    while_: Condition | None = None
    when: Condition | None = None
    then: Condition | None = None

    @property
    def conditions(self) -> tuple[Condition | None, ...]:
        """All that it asks."""
        return (self.while_, self.when, self.then)


@dataclass(frozen=True, slots=True)
class Policy:
    """One file that decides one thing; files of one name are its versions, each for its days."""

    name: str
    about: str
    layer: str
    span: Span
    kind: str | None = None
    title: str = ""
    owner: str | None = None
    hit: HitPolicy = "first"
    decides: tuple[str, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict, repr=False)
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    otherwise: Rule | None = field(default=None, repr=False)
    applies: Condition | None = None
    effective: Effective | None = None
    given_wins: bool = False
    moment: str | None = None
    needs: int = 1
    lead: int = 0
    guarantees: tuple[Guarantee, ...] = ()
    asks: tuple[str, ...] = ()
    """Every field that choosing a plan or value asks, in the order of the file."""
    takes: tuple[str, ...] = ()
    """Every field that the directives of its plans take."""
    ranks: Mapping[str, int] = field(default_factory=dict, repr=False)
    """The outcomes in their declared order: the values of the decided field, or the plans."""
    basis: tuple[str, ...] = ()
    details: Mapping[str, Value] = field(default_factory=dict, repr=False)
    """What it states for all of its plans, which a plan may state otherwise."""
    measure: Measure | None = None
    """What it watches: its rules then ask its standing first."""
    fallbacks: Mapping[str, Rule] = field(default_factory=dict, repr=False)
    """The `otherwise` of each standing, where there is a measure; *otherwise* is then nothing."""

    @property
    def standing(self) -> str:
        """The field that says how its measure stands."""
        return f"standing.{self.name}"

    @property
    def version(self) -> str:
        """What tells it from other versions: its name, and the days from which it is in force."""
        if self.effective is None:
            return self.name
        if self.effective.first is not None:
            return f"{self.name} from {self.effective.first}"
        return f"{self.name} through {self.effective.last}"

    def meets(self, other: "Policy") -> bool:
        """Return whether on some day both are in force."""
        if self.effective is None or other.effective is None:
            return True
        return self.effective.meets(other.effective)

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """All its rules in their order, and last whatever follows where none of them holds."""
        last = () if self.otherwise is None else (self.otherwise,)
        return (*self.rules, *last, *self.fallbacks.values())

    @property
    def chooses_several(self) -> bool:
        """Whether more than one of its plans can be chosen at once."""
        return self.hit in SEVERAL

    def is_given(self, given: Collection[str]) -> bool:
        """Return whether the fields *given* stand in for all that it decides."""
        names = (f"chosen.{self.name}", self.standing)
        decides = self.decides and all(name in given for name in self.decides)
        return bool(decides) or any(name in given for name in names)

    @property
    def is_dated(self) -> bool:
        """Whether what it answers depends on a day: an effective range stands somewhere in it."""
        ranges = [self.effective]
        ranges += [rule.effective for rule in self.rules]
        ranges += [plan.effective for plan in self.plans.values()]
        return any(effective is not None for effective in ranges)
