"""The answer: what applies to one context, by which rules, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from policyengine.context import Problem
from policyengine.facts import Refused
from policyengine.model import Definitions
from policyengine.reference import Measured, Reason
from policyengine.source import Span
from policyengine.values import FieldType, Value, to_json

Status = Literal["decided", "invalid"]
Treated = Value | Mapping[str, str]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy answered; *sums* only where it scores, *measured* where it has a measure."""

    policy: str
    reason: Reason
    rules: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    values: Mapping[str, Value | None] = field(default_factory=dict)
    sums: Mapping[str, int] | None = None
    because: str | None = None
    """What its rules say for themselves, also where what they say is that nothing is done."""
    find_missing: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False, compare=False)
    places: tuple[Span, ...] = field(default=(), repr=False)
    """Where the rules stand, in the order of *rules*."""
    measured: Measured | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The absent facts that may still change the answer: found when looked at."""
        return self.find_missing()


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """One plan that applies, and the rules that chose it."""

    id: str
    policy: str
    plan: str
    kind: str | None
    layer: str
    rules: tuple[str, ...]
    reason: Reason
    because: str | None
    source: Span = field(repr=False)
    title: str = ""
    basis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The statements that it stands on, or `local`, each with its directives; none are all."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A value that a directive would have had."""

    value: Treated
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directed:
    """What holds for one directive: its value, the plans it comes from, and what it overrode."""

    value: Treated
    origins: tuple[str, ...]
    overrides: tuple[Overridden, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A directive that a plan gives and the treatment leaves out, with the reason."""

    directive: str
    origins: tuple[str, ...]
    reason: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole answer for one context."""

    id: str
    about: str
    at: datetime | date | None
    as_of: date | None
    status: Status
    outcomes: Mapping[str, Outcome]
    plans: tuple[ChosenPlan, ...]
    facts: Mapping[str, Value | None]
    treatment: Mapping[str, Directed]
    withheld: tuple[Withheld, ...]
    problems: tuple[Problem, ...]
    definitions: Definitions = field(repr=False, compare=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The absent facts that may still change an answer, each once."""
        names = (name for outcome in self.outcomes.values() for name in outcome.missing)
        return tuple(dict.fromkeys(names))

    def as_json(self) -> Json:
        """Return the decision in JSON's types: the contract of `schemas/decision.schema.json`."""
        definitions = self.definitions
        return {
            "id": self.id,
            "about": self.about,
            "at": None if self.at is None else self.at.isoformat(),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "policyset": {
                "name": definitions.name,
                "version": definitions.version,
                "digest": definitions.digest,
            },
            "status": self.status,
            "outcomes": {
                name: _outcome_json(outcome, definitions) for name, outcome in self.outcomes.items()
            },
            "plans": [_plan_json(plan) for plan in self.plans],
            "facts": {
                name: _fact_json(name, value, definitions) for name, value in self.facts.items()
            },
            "treatment": {
                name: _directed_json(definitions.directives[name].type, directed)
                for name, directed in self.treatment.items()
            },
            "withheld": [_withheld_json(item) for item in self.withheld],
            "missing": list(self.missing),
            "problems": [problem.as_json() for problem in self.problems],
        }


def _outcome_json(outcome: Outcome, definitions: Definitions) -> Json:
    result: Json = {
        "values": {
            name: _fact_json(name, value, definitions) for name, value in outcome.values.items()
        },
        "plans": list(outcome.plans),
        "reason": outcome.reason,
        "rules": list(outcome.rules),
    }
    if outcome.sums is not None:
        result["sums"] = dict(outcome.sums)
    result["because"] = outcome.because
    if outcome.measured is not None:
        result["measure"] = _measured_json(outcome.measured)
    result["missing"] = list(outcome.missing)
    return result


def _measured_json(measured: Measured) -> Json:
    """Return how a measure stands, its figures in the unit of the measured field."""
    type_ = measured.measure.type

    def shown(amount: Decimal | int | None) -> object:
        return None if amount is None else to_json(type_, amount)

    gap = measured.gap
    return {
        "field": measured.measure.field,
        "standing": measured.standing,
        "value": shown(measured.value),
        "target": shown(measured.target),
        "acceptable": shown(measured.acceptable),
        "n": measured.n,
        "gap": None
        if gap is None
        else {
            "amount": shown(gap.amount),
            "share": None if isinstance(gap.share, Refused) else gap.share,
        },
    }


def _plan_json(plan: ChosenPlan) -> Json:
    return {
        "id": plan.id,
        "policy": plan.policy,
        "plan": plan.plan,
        "kind": plan.kind,
        "layer": plan.layer,
        "rules": list(plan.rules),
        "reason": plan.reason,
        "because": plan.because,
        "source": place_json(plan.source),
    }


def place_json(span: Span) -> Json:
    """Return file, line and column of *span*."""
    return {"file": span.file, "line": span.line, "column": span.column}


def _fact_json(name: str, value: Value | None, definitions: Definitions) -> object:
    return None if value is None else to_json(definitions.fields[name].type, value)


def _directed_json(type_: FieldType, directed: Directed) -> Json:
    return {
        "value": _treated_json(type_, directed.value),
        "from": list(directed.origins),
        "overrides": [
            {"value": _treated_json(type_, other.value), "from": list(other.origins)}
            for other in directed.overrides
        ],
    }


def _treated_json(type_: FieldType, value: Treated) -> object:
    return dict(value) if isinstance(value, Mapping) else to_json(type_, value)


def _withheld_json(item: Withheld) -> Json:
    return {
        "directive": item.directive,
        "from": list(item.origins),
        "reason": item.reason,
        "field": item.field,
    }
