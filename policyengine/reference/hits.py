"""What a policy answers: its rules, each holding or not, and its hit policy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from policyengine.computed import EXACT
from policyengine.conditions import Condition, fields_asked
from policyengine.facts import UNDECIDED, Absent, Fact
from policyengine.model import Effective, Plan, Policy, Rule
from policyengine.reference.truth import condition_truth, is_certain, may_be_true
from policyengine.reference.unary import FALSE, TRUE, Truth, both, negation
from policyengine.values import Value

Reason = Literal[
    "matched",
    "default",
    "in_force",
    "no_match",
    "missing_data",
    "conflict",
    "not_in_effect",
    "not_applicable",
]
Outcome = tuple[object, ...]
_OPEN_END = 1 << 60


class Situation(Protocol):
    """What is known of a subject while it is decided."""

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*."""

    def absent_inputs(self, name: str) -> tuple[str, ...]:
        """Return the absent facts that would have to be given for *name* to be known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one policy answers: the plans or values, by which rules, and for which reason.

    *plans* has each plan with the rules that gave it; *missing* the absent facts that may still
    change the answer. A decided field that is not in *values* was not decided.
    """

    reason: Reason
    rules: tuple[Rule, ...] = ()
    plans: tuple[tuple[str, tuple[Rule, ...]], ...] = ()
    values: Mapping[str, Value | None] = field(default_factory=dict)
    sums: Mapping[str, int] | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Opened:
    """The same situation with every absent fact left open: what could still come."""

    base: Situation

    def fact(self, name: str) -> Fact:
        fact = self.base.fact(name)
        return UNDECIDED if isinstance(fact, Absent) else fact


@dataclass(frozen=True, slots=True)
class _Standing:
    """The rules of a policy that may hold, in order, and those of them that surely do."""

    may: tuple[Rule, ...]
    surely: frozenset[str]

    @property
    def held(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.may if rule.name in self.surely)

    @property
    def open(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.may if rule.name not in self.surely)


def answer(policy: Policy, situation: Situation, day: date | None) -> Answer:
    """Return what *policy* answers in *situation* on *day*.

    *day* is needed only where the policy has dated parts.
    """
    if not in_effect(policy.effective, day):
        return Answer("not_in_effect")
    applies = condition_truth(policy.applies, situation)
    if not may_be_true(applies):
        return Answer("not_applicable", missing=_undecided_by((policy.applies,), situation))
    rules = tuple(rule for rule in policy.rules if in_effect(rule.effective, day))
    chosen = _choose(policy, _standing(policy, rules, situation))
    if chosen is None or not is_certain(applies):
        chosen = _undecided(policy)
    if any(isinstance(situation.fact(name), Absent) for name in policy.asks):
        chosen = replace(chosen, missing=_missing(policy, rules, chosen, situation))
    return _narrowed(policy, chosen, situation, day) if chosen.plans else chosen


def in_effect(effective: Effective | None, day: date | None) -> bool:
    """Return whether something with the range *effective* is in force on *day*."""
    return effective is None or (day is not None and effective.covers(day))


def rule_truth(rule: Rule, situation: Situation | _Opened) -> Truth:
    """Return the truth of "*rule* holds": its `when` is true and its `unless` is not true."""
    when = _made_true(condition_truth(rule.when, situation))
    if rule.unless is None:
        return when
    return both(when, negation(_made_true(condition_truth(rule.unless, situation))))


def _made_true(truth: Truth) -> Truth:
    """Return *truth* with unknown counted as not true."""
    return (truth & TRUE) | (FALSE if truth & ~TRUE else 0)


def _standing(policy: Policy, rules: Sequence[Rule], situation: Situation | _Opened) -> _Standing:
    """Return which of *rules* may hold; under `first` those below a sure one do not count."""
    may, surely = [], set()
    for rule in rules:
        truth = rule_truth(rule, situation)
        if may_be_true(truth):
            may.append(rule)
            if truth == TRUE:
                surely.add(rule.name)
                if policy.hit == "first":
                    break
    return _Standing(tuple(may), frozenset(surely))


def outcome_of(rule: Rule) -> Outcome:
    """Return what *rule* gives, in a form that can be compared."""
    given = (item for item in rule.values.items() if item[1] is not None)
    return (rule.plans, tuple(sorted(given, key=lambda item: item[0])))


def _choose(policy: Policy, standing: _Standing) -> Answer | None:
    """Return the answer of the rules in *standing*, or nothing where an open rule may change it."""
    match policy.hit:
        case "first":
            return _first(policy, standing)
        case "unique" | "any":
            return _agreeing(policy, standing)
        case "priority":
            return _priority(policy, standing)
        case "collect" | "rule_order" | "output_order":
            return _several(policy, standing)
        case "sum" | "min" | "max" | "count":
            return None if standing.open else _aggregate(policy, standing.held)
        case "score":
            return None if standing.open else _score(policy, standing.held)


def _first(policy: Policy, standing: _Standing) -> Answer | None:
    for place, rule in enumerate(standing.may):
        if rule.name in standing.surely:
            above = standing.may[:place]
            if any(outcome_of(other) != outcome_of(rule) for other in above):
                return None
            return _given(policy, (rule,))
    return None if standing.may else _fallback(policy)


def _agreeing(policy: Policy, standing: _Standing) -> Answer | None:
    """Return what `unique` gives, where one rule holds, or `any`, where all give the same."""
    held = standing.held
    if policy.hit == "unique":
        clash = len(held) > 1
        settled = not standing.open
    else:
        clash = len({outcome_of(rule) for rule in held}) > 1
        settled = all(held and outcome_of(rule) == outcome_of(held[0]) for rule in standing.open)
    if clash:
        return Answer("conflict", rules=held)
    if not settled:
        return None
    return _given(policy, held) if held else _fallback(policy)


def _priority(policy: Policy, standing: _Standing) -> Answer | None:
    """Return the strongest outcome: the first in `plans`, or of the decided field's values."""
    held = standing.held
    best = min((_strength(policy, rule) for rule in held), default=_OPEN_END)
    if any(_strength(policy, rule) < best for rule in standing.open):
        return None
    if not held:
        return _fallback(policy)
    return _given(policy, tuple(rule for rule in held if _strength(policy, rule) == best))


def _strength(policy: Policy, rule: Rule) -> int:
    if policy.decides:
        value = rule.values.get(policy.decides[0])
        return policy.ranks.get(str(value), len(policy.ranks))
    names = list(policy.plans)
    return min((names.index(name) for name in rule.plans), default=len(names))


def _several(policy: Policy, standing: _Standing) -> Answer | None:
    """Return all that the rules give: in the order of the rules, or of the declaration."""
    held = standing.held
    got = {outcome_of(rule) for rule in held}
    is_new = [outcome_of(rule) not in got for rule in standing.open]
    if any(is_new) or (is_new and policy.hit == "rule_order"):
        return None
    return _given(policy, held) if held else _fallback(policy)


def _aggregate(policy: Policy, held: tuple[Rule, ...]) -> Answer:
    """Return the sum, least or greatest of what the rules give, or how many hold."""
    if not held:
        return _fallback(policy)
    name = policy.decides[0]
    if policy.hit == "count":
        return Answer("matched", held, (), {name: len(held)})
    found = (rule.values.get(name) for rule in held)
    numbers = [value for value in found if isinstance(value, int | Decimal)]
    if not numbers:
        return Answer("matched", held, (), {name: None})
    if policy.hit == "sum":
        total = _total(numbers)
    else:
        total = min(numbers) if policy.hit == "min" else max(numbers)
    return Answer("matched", held, (), {name: total})


def _total(numbers: list[int | Decimal]) -> int | Decimal:
    total = numbers[0]
    for number in numbers[1:]:
        exact = isinstance(total, int) and isinstance(number, int)
        total = total + number if exact else EXACT.add(Decimal(total), Decimal(number))
    return total


def _score(policy: Policy, held: tuple[Rule, ...]) -> Answer:
    """Add up the points; the highest sum wins if it is enough and leads by enough.

    A tie goes to the value declared first.
    """
    sums = dict.fromkeys(policy.ranks, 0)
    for rule in held:
        for outcome, points in rule.points.items():
            sums[outcome] += points
    best = max(sums, key=lambda outcome: sums[outcome])
    others = [total for outcome, total in sums.items() if outcome != best]
    lead = sums[best] - max(others, default=sums[best] - policy.lead)
    if not held or sums[best] < policy.needs or lead < policy.lead:
        given = _fallback(policy)
        return replace(given, sums=sums)
    gave = tuple(rule for rule in held if best in rule.points)
    if policy.decides:
        return Answer("matched", gave, (), {policy.decides[0]: best}, sums)
    return Answer("matched", gave, ((best, gave),), {}, sums)


def _given(policy: Policy, rules: tuple[Rule, ...]) -> Answer:
    """Return the answer that *rules* give together: each outcome once, with all its rules."""
    if policy.decides:
        return Answer("matched", rules, (), _values(policy, rules))
    plans: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.plans:
            plans.setdefault(name, []).append(rule)
    names = policy.plans if policy.hit == "output_order" else plans
    ordered = tuple((name, tuple(plans[name])) for name in names if name in plans)
    return Answer("matched", rules, ordered)


def _values(policy: Policy, rules: tuple[Rule, ...]) -> dict[str, Value | None]:
    if not policy.chooses_several:
        return dict(rules[0].values)
    name = policy.decides[0]
    if all(rule.values.get(name) is None for rule in rules):
        return {name: None}
    items = dict.fromkeys(item for rule in rules for item in _items(rule.values.get(name)))
    if policy.hit == "rule_order":
        return {name: tuple(items)}
    return {name: tuple(item for item in policy.ranks if item in items)}


def _items(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (str(value),)


def _fallback(policy: Policy) -> Answer:
    rule = policy.otherwise
    if rule is None:
        return Answer("no_match")
    plans = tuple((name, (rule,)) for name in rule.plans)
    return Answer("default", (rule,), plans, _values(policy, (rule,)) if policy.decides else {})


def _undecided(policy: Policy) -> Answer:
    """Missing data: the plan of `otherwise` stands in, a decided field stays undecided."""
    fallback = _fallback(policy)
    return Answer("missing_data", plans=fallback.plans)


def _narrowed(policy: Policy, given: Answer, situation: Situation, day: date | None) -> Answer:
    """Leave out the chosen plans that are not in force or not for this context.

    A plan of which nobody can tell whether it applies makes the answer undecided.
    """
    if all(_is_plain(policy.plans[name]) for name, _ in given.plans):
        return given
    applies = {
        name: condition_truth(policy.plans[name].applies, situation) for name, _ in given.plans
    }
    in_force = [name for name in applies if in_effect(policy.plans[name].effective, day)]
    if any(may_be_true(applies[name]) and applies[name] != TRUE for name in in_force):
        fallback = given if given.reason == "missing_data" else _undecided(policy)
        return replace(
            fallback, plans=_sure(policy, fallback, situation, day), missing=given.missing
        )
    kept = _sure(policy, given, situation, day)
    reason = given.reason
    if not kept and reason != "missing_data":
        reason = "not_applicable" if in_force else "not_in_effect"
    return replace(given, reason=reason, plans=kept)


def _sure(
    policy: Policy, given: Answer, situation: Situation, day: date | None
) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """Return the plans of *given* that are in force and surely apply."""
    return tuple(
        (name, rules)
        for name, rules in given.plans
        if in_effect(policy.plans[name].effective, day)
        and condition_truth(policy.plans[name].applies, situation) == TRUE
    )


def _is_plain(plan: Plan) -> bool:
    return plan.effective is None and plan.applies is None


def _missing(
    policy: Policy, rules: Sequence[Rule], chosen: Answer, situation: Situation
) -> tuple[str, ...]:
    """Return the absent facts that may still change what was *chosen*.

    With every absent fact left open, the conditions that are still open name them: of whether
    the policy applies, of the rules that count, and of whether the chosen plans apply.
    """
    conditions: list[Condition | None] = [policy.applies]
    for rule in _that_count(policy, _standing(policy, rules, _Opened(situation))):
        conditions += (rule.when, rule.unless)
    conditions += (policy.plans[name].applies for name, _ in chosen.plans)
    return _undecided_by(conditions, situation)


def _undecided_by(conditions: Iterable[Condition | None], situation: Situation) -> tuple[str, ...]:
    """Return the absent facts asked by those of *conditions* that they leave open."""
    opened = _Opened(situation)
    names: dict[str, None] = {}
    for condition in conditions:
        if not is_certain(condition_truth(condition, opened)):
            names.update(dict.fromkeys(_absent(fields_asked(condition), situation)))
    return tuple(names)


def _that_count(policy: Policy, standing: _Standing) -> tuple[Rule, ...]:
    """Return the open rules that could change the answer.

    Under `first` those are the ones above a rule that surely holds, unless all give the same.
    """
    if policy.hit != "first":
        return standing.open
    above: list[Rule] = []
    last = policy.otherwise
    for rule in standing.may:
        if rule.name in standing.surely:
            last = rule
            break
        above.append(rule)
    gives = {outcome_of(rule) for rule in above}
    if last is not None and gives == {outcome_of(last)}:
        return ()
    return tuple(above)


def _absent(names: Sequence[str], situation: Situation) -> tuple[str, ...]:
    absent: dict[str, None] = {}
    for name in names:
        if isinstance(situation.fact(name), Absent):
            absent.update(dict.fromkeys(situation.absent_inputs(name)))
    return tuple(absent)
