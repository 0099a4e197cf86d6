"""Open questions: what a policy asks of facts that are absent, and what these may turn out to be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from policyengine.computed import CATALOGUE
from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.facts import MISSING, UNDECIDED, UNKNOWN, Absent, Fact
from policyengine.model import Definitions, Policy, Rule
from policyengine.reference.answers import rule_truth
from policyengine.reference.classes import Asked, classes, fields_in, unlike
from policyengine.reference.days import in_effect
from policyengine.reference.truth import Known, condition_truth, is_certain, may_be_true
from policyengine.reference.unary import FALSE, TRUE

MOST_COMPLETIONS = 4096
"""How many completions are looked at. INVARIANT: a part of the meaning, not of its speed."""


class Situation(Known, Protocol):
    """What is known of a subject while it is decided."""

    @property
    def definitions(self) -> Definitions:
        """All that the files say."""

    @property
    def about(self) -> str:
        """The subject."""

    @property
    def day(self) -> date | None:
        """The day whose policies count; there is one where something asked is dated."""

    def absent_inputs(self, name: str) -> tuple[str, ...]:
        """Return the absent facts that would have to be given for *name* to be known."""

    def possible(self, name: str) -> tuple[Fact, ...]:
        """Return what the undecided field *name* may come to; nothing where that is anything."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What cannot be: an `impossible` block that is true, or a *field* outside its `known_when`."""

    condition: Condition
    field: str | None = None
    is_required: bool = False

    def excludes(self, known: Known) -> bool:
        """Return whether nothing can be as it is in *known*."""
        truth = condition_truth(self.condition, known)
        if self.field is None:
            return truth == TRUE
        if isinstance(known.fact(self.field), Absent):
            return self.is_required and truth == TRUE
        return truth == FALSE


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of one policy in one situation.

    *rules* are those that may hold, in order. *names* are the open fields that open tests ask,
    *classes* all that each of them may turn out to be; there are none where their combinations
    are too many. *limits* say which of these cannot be.
    """

    base: Known
    rules: tuple[Rule, ...]
    names: tuple[str, ...]
    classes: tuple[tuple[Fact, ...], ...] | None
    limits: tuple[Limit, ...]

    def excludes(self, known: Known) -> bool:
        """Return whether nothing can be as it is in *known*."""
        return any(limit.excludes(known) for limit in self.limits)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The same situation with some absent facts left open: they could still come."""

    base: Known
    names: frozenset[str]

    def fact(self, name: str) -> Fact:
        return UNDECIDED if name in self.names else self.base.fact(name)


def open_questions(
    policy: Policy, rules: Iterable[Rule], situation: Situation, names: frozenset[str]
) -> Open:
    """Return what is open of *policy*, of which *rules* may hold, where the fields *names* can be anything.

    What is certain whatever they turn out to be is not asked: a rule that cannot hold, the rules
    below one that surely holds under `first`, a part of a block that is settled by the others.
    """
    opened = _opened(situation, names)
    may, lines = _rules_open(policy, rules, opened)
    for plan in _plans_open(policy, may, situation.day):
        lines.update(dict.fromkeys(_open_lines(plan, opened)))
    found = {name for line in lines for name in fields_in(line) if name in names}
    asked = tuple(name for name in policy.asks if name in found)
    limits = _limits(situation, asked)
    for limit in limits:
        more = _open_lines(limit.condition, _opened(situation, found))
        lines.update(dict.fromkeys(more))
    return Open(situation, may, asked, _classes(situation, asked, tuple(lines)), limits)


def _opened(situation: Situation, names: frozenset[str] | set[str]) -> Known:
    """Return *situation* with *names* open; a required fact that is absent has some value."""
    optional = (name for name in names if situation.fact(name) is not UNKNOWN)
    return _Opened(situation, frozenset(optional))


def _rules_open(
    policy: Policy, rules: Iterable[Rule], opened: Known
) -> tuple[tuple[Rule, ...], dict[FieldTest, None]]:
    """Return the rules that may hold, and the tests that are open of them and of `applies`."""
    may: list[Rule] = []
    applies = condition_truth(policy.applies, opened)
    lines = dict.fromkeys(_open_lines(policy.applies, opened))
    for rule in rules if may_be_true(applies) else ():
        truth = rule_truth(rule, opened)
        if not may_be_true(truth):
            continue
        may.append(rule)
        if not is_certain(truth):
            lines.update(dict.fromkeys(_open_lines(rule.when, opened)))
            lines.update(dict.fromkeys(_open_lines(rule.unless, opened)))
        elif policy.hit == "first":
            break
    return tuple(may), lines


def _plans_open(
    policy: Policy, rules: Sequence[Rule], day: date | None
) -> Iterator[Condition | None]:
    """Yield where the plans apply that may come out."""
    last = policy.every_rule[len(policy.rules) :]
    names = [name for rule in (*rules, *last) for name in (*rule.plans, *rule.points)]
    if policy.hit == "score" and policy.needs <= 0:
        names += policy.ranks  # a plan that no rule gives a point may win with nothing
    for name in dict.fromkeys(names):
        plan = policy.plans.get(name)
        if plan is not None and in_effect(plan.effective, day):
            yield plan.applies


def _open_lines(condition: Condition | None, known: Known) -> Iterator[FieldTest]:
    """Yield the tests of *condition* whose truth is open and may count."""
    if condition is None or is_certain(condition_truth(condition, known)):
        return
    match condition:
        case FieldTest():
            yield condition
        case AllOf(parts) | SomeOf(parts):
            for part in parts:
                yield from _open_lines(part, known)
        case NotThat(part) | Named(_, part):
            yield from _open_lines(part, known)


def _limits(situation: Situation, names: Sequence[str]) -> tuple[Limit, ...]:
    """Return what limits the completions of the fields *names*."""
    definitions = situation.definitions
    opened = _opened(situation, set(names))
    impossible = (
        Limit(condition)
        for subject in definitions.sees[situation.about]
        for condition in definitions.vocabularies[subject].impossible
        if may_be_true(condition_truth(condition, opened))
    )
    known = (
        Limit(one.known_when, one.name, not one.optional)
        for one in definitions.visible[situation.about]
        if one.known_when is not None
        and (one.name in names or not isinstance(situation.fact(one.name), Absent))
        and not is_certain(condition_truth(one.known_when, opened))
    )
    return (*impossible, *known) if names else ()


def _classes(
    situation: Situation, names: Sequence[str], lines: tuple[FieldTest, ...]
) -> tuple[tuple[Fact, ...], ...] | None:
    """Return all that each of *names* may turn out to be, or nothing where it is too much."""
    types = {name: situation.definitions.fields[name].type for name in names}
    asked = Asked(lines, types, _opened(situation, frozenset(names)))
    found: list[tuple[Fact, ...]] = []
    count = 1
    for name in names:
        own = _own_classes(situation, name, asked)
        count *= len(own or ())
        if own is None or count > MOST_COMPLETIONS:
            return None
        found.append(own)
    return tuple(found)


def _own_classes(situation: Situation, name: str, asked: Asked) -> tuple[Fact, ...] | None:
    fact = situation.fact(name)
    possible = situation.possible(name) if fact is UNDECIDED else ()
    if possible:
        told = unlike(name, possible, asked.of([name]), asked.known)
        return tuple(told) if len(asked.compared(name)) == 1 else possible
    present = classes(name, asked, MOST_COMPLETIONS)
    if present is None:
        return None
    return (*present, MISSING) if _may_be_missing(situation, name) else present


def _may_be_missing(situation: Situation, name: str) -> bool:
    """Return whether the absent field *name* may turn out to be missing."""
    fact = situation.fact(name)
    if fact is not UNDECIDED:
        return fact is MISSING
    computed = situation.definitions.fields[name].computed
    if computed is None:
        return True
    if computed.function == "count_present":
        return False
    return bool(CATALOGUE[computed.function].refusals) or any(
        isinstance(situation.fact(part), Absent) and _may_be_missing(situation, part)
        for part in computed.fields
    )
