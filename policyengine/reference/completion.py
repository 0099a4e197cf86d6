"""Missing facts: what a policy answers, and what it lacks, over all that they may turn out to be.

A required fact that was not given is completed by every class of values that the open tests of
the policy tell apart, and so is what was computed or decided from it. Where every completion has
the same outcome, that is the answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Protocol

from policyengine.facts import UNDECIDED, UNKNOWN, Absent
from policyengine.model import Policy, Rule
from policyengine.reference.answers import settled, sure_plans
from policyengine.reference.classes import Completed
from policyengine.reference.days import in_effect, rules_in_effect
from policyengine.reference.hits import Answer, fallback
from policyengine.reference.measures import in_its_standing
from policyengine.reference.questions import Open, Situation, open_questions
from policyengine.reference.truth import Known

Outcome = tuple[object, ...]
Picked = tuple[int, ...]

_GIVES_NOTHING = ("conflict", "not_in_effect", "not_applicable")


class Rules(Protocol):
    """The rules of one policy that are in force on a day, and how they are asked."""

    def candidates(self, known: Known, names: frozenset[str]) -> Iterable[Rule]:
        """Return, in order, at least the rules that may hold when the fields *names* are open."""

    def settled(self, known: Known) -> Answer:
        """Return what the policy answers where every fact that matters is *known*."""


@dataclass(frozen=True, slots=True)
class EveryRule:
    """The rules of *policy* on *day*, each asked in its turn: the meaning of all quicker ways."""

    policy: Policy
    day: date | None

    def candidates(self, _known: Known, _names: frozenset[str]) -> Iterable[Rule]:
        """Return every rule in force."""
        return rules_in_effect(self.policy, self.day)

    def settled(self, known: Known) -> Answer:
        """Return what the policy answers where every fact that matters is *known*."""
        return settled(self.policy, rules_in_effect(self.policy, self.day), known, self.day)


def answer(policy: Policy, situation: Situation, rules: Rules | None = None) -> Answer:
    """Return what *policy* answers in *situation*.

    *rules* are those of its day, asked in a quicker way; without them each is asked in its turn.
    """
    day = situation.day
    if not in_effect(policy.effective, day):
        return Answer("not_in_effect")
    rules = rules or EveryRule(policy, day)
    unknown = [name for name in policy.asks if situation.fact(name) in (UNKNOWN, UNDECIDED)]
    if not unknown:
        return rules.settled(situation)
    names = frozenset(unknown)
    open_ = open_questions(policy, rules.candidates(situation, names), situation, names)
    if open_.classes is None:
        return _undecided(policy, situation, ())
    answers = [rules.settled(one) for one in _completions(open_)]
    alike: dict[Outcome, list[Answer]] = {}
    for given in answers:
        alike.setdefault(outcome_of(policy, given), []).append(given)
    if len(alike) == 1:
        return _together(policy, open_.rules, answers)
    return _undecided(policy, situation, tuple(same[0] for same in alike.values()))


def missing(policy: Policy, situation: Situation, rules: Rules | None = None) -> tuple[str, ...]:
    """Return the absent facts of which one alone, as it turns out, can change the outcome.

    They are counted over the completions of all absent facts together; where these are too many,
    every absent fact that is asked counts.
    """
    day = situation.day
    if not in_effect(policy.effective, day):
        return ()
    rules = rules or EveryRule(policy, day)
    absent = frozenset(name for name in policy.asks if _could_come(situation, name))
    if not absent:
        return ()
    open_ = open_questions(policy, rules.candidates(situation, absent), situation, absent)
    names: Iterable[str] = open_.names
    if open_.classes is not None:
        outcome = cache(_outcomes(policy, open_, rules))
        names = (name for name in names if _matters(open_, name, outcome))
    leaves = (leaf for name in names for leaf in situation.absent_inputs(name))
    return tuple(dict.fromkeys(leaves))


def outcome_of(policy: Policy, given: Answer) -> Outcome:
    """Return what *given* comes to, whichever rules gave it, in a form that can be compared."""
    plans = [name for name, _ in given.plans]
    if policy.hit == "collect":
        plans.sort()
    values = sorted(item for item in given.values.items() if item[1] is not None)
    reason = given.reason if given.reason in _GIVES_NOTHING else ""
    return (reason, tuple(plans), tuple(values))


def _could_come(situation: Situation, name: str) -> bool:
    """Return whether the field *name* is absent, and something that comes in may change that."""
    fact = situation.fact(name)
    if fact is UNKNOWN or fact is UNDECIDED:
        return True
    return isinstance(fact, Absent) and bool(situation.absent_inputs(name))


def _completions(open_: Open) -> Iterator[Completed]:
    """Yield every way in which the open facts can turn out."""
    assert open_.classes is not None
    for values in product(*open_.classes):
        completed = Completed(open_.base, dict(zip(open_.names, values, strict=True)))
        if not open_.excludes(completed):
            yield completed


def _outcomes(policy: Policy, open_: Open, rules: Rules) -> Callable[[Picked], Outcome | None]:
    """Return the function from the places of the classes that are picked to the outcome."""
    classes = open_.classes
    assert classes is not None

    def outcome(picked: Picked) -> Outcome | None:
        values = (those[place] for those, place in zip(classes, picked, strict=True))
        completed = Completed(open_.base, dict(zip(open_.names, values, strict=True)))
        if open_.excludes(completed):
            return None
        return outcome_of(policy, rules.settled(completed))

    return outcome


def _matters(open_: Open, name: str, outcome: Callable[[Picked], Outcome | None]) -> bool:
    """Return whether a completion exists in which changing *name* alone changes the outcome."""
    assert open_.classes is not None
    place = open_.names.index(name)
    counts = [len(those) for those in open_.classes]
    ways = [range(count) for count in counts]
    ways[place] = range(1)
    for picked in product(*ways):
        first, last = picked[:place], picked[place + 1 :]
        found = {outcome((*first, one, *last)) for one in range(counts[place])}
        if len(found - {None}) > 1:
            return True
    return False


def _together(policy: Policy, rules: Sequence[Rule], answers: Sequence[Answer]) -> Answer:
    """Return the one answer of *answers* that have the same outcome: all rules that give it."""
    first = next((given for given in answers if given.reason == "matched"), answers[0])
    order = {id(rule): number for number, rule in enumerate(rules)}
    is_matched = first.reason == "matched"

    def place(rule: Rule) -> int:
        return order.get(id(rule), len(order))

    def united(groups: Iterable[Iterable[Rule]]) -> tuple[Rule, ...]:
        found = {id(rule): rule for group in groups for rule in group}
        named = [rule for rule in found.values() if not (is_matched and rule.is_otherwise)]
        return tuple(sorted(named, key=place))

    gave: dict[str, list[tuple[Rule, ...]]] = {}
    for given in answers:
        for name, those in given.plans:
            gave.setdefault(name, []).append(those)
    plans = [(name, united(gave[name])) for name, _ in first.plans]
    if policy.hit == "collect":
        plans.sort(key=lambda plan: place(plan[1][0]))
    same_sums = all(given.sums == first.sums for given in answers)
    return Answer(
        first.reason,
        united(given.rules for given in answers),
        tuple(plans),
        first.values,
        first.sums if same_sums else None,
    )


def _undecided(policy: Policy, situation: Situation, possible: tuple[Answer, ...]) -> Answer:
    """Missing data: the plan of `otherwise` stands in, a decided field stays undecided."""
    plans = sure_plans(
        policy, fallback(in_its_standing(policy, situation)), situation, situation.day
    )
    return Answer("missing_data", plans=plans, possible=possible)
