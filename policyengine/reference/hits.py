"""Hit policies: what the rules that hold come to together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from policyengine.computed import EXACT
from policyengine.model import Policy, Rule
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
Chosen = tuple[tuple[str, tuple[Rule, ...]], ...]
Held = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one policy answers: the plans or values, by which rules, and for which reason.

    *plans* has each plan with the rules that gave it. A decided field that is not in *values* was
    not decided. *possible* has, under `missing_data`, every answer that may still be the right
    one; none where they are too many to tell.
    """

    reason: Reason
    rules: tuple[Rule, ...] = ()
    plans: Chosen = ()
    values: Mapping[str, Value | None] = field(default_factory=dict)
    sums: Mapping[str, int] | None = None
    possible: tuple["Answer", ...] = ()


def hit(policy: Policy, held: Held) -> Answer:
    """Return what *policy* makes of the rules that hold, in their order."""
    return _HITS[policy.hit](policy, held)


def fallback(policy: Policy) -> Answer:
    """Return what *policy* answers where no rule gives anything."""
    rule = policy.otherwise
    if rule is None:
        return Answer("no_match")
    plans = tuple((name, (rule,)) for name in rule.plans)
    return Answer("default", (rule,), plans, _values(policy, (rule,)) if policy.decides else {})


def _first(policy: Policy, held: Held) -> Answer:
    return _given(policy, held[:1]) if held else fallback(policy)


def _unique(policy: Policy, held: Held) -> Answer:
    if len(held) > 1:
        return Answer("conflict", held)
    return _given(policy, held) if held else fallback(policy)


def _any(policy: Policy, held: Held) -> Answer:
    if len({_given_by(rule) for rule in held}) > 1:
        return Answer("conflict", held)
    return _given(policy, held) if held else fallback(policy)


def _given_by(rule: Rule) -> tuple[object, ...]:
    """Return what *rule* gives, in a form that can be compared."""
    given = (item for item in rule.values.items() if item[1] is not None)
    return (rule.plans, tuple(sorted(given, key=lambda item: item[0])))


def _priority(policy: Policy, held: Held) -> Answer:
    """Return the strongest outcome: the first in `plans`, or of the decided field's values."""
    if not held:
        return fallback(policy)
    best = min(_strength(policy, rule) for rule in held)
    return _given(policy, tuple(rule for rule in held if _strength(policy, rule) == best))


def _strength(policy: Policy, rule: Rule) -> int:
    weakest = len(policy.ranks)
    if policy.decides:
        return policy.ranks.get(str(rule.values.get(policy.decides[0])), weakest)
    return min((policy.ranks[name] for name in rule.plans), default=weakest)


def _several(policy: Policy, held: Held) -> Answer:
    return _given(policy, held) if held else fallback(policy)


def _count(policy: Policy, held: Held) -> Answer:
    if not held:
        return fallback(policy)
    return Answer("matched", held, (), {policy.decides[0]: len(held)})


def _sum(policy: Policy, held: Held) -> Answer:
    return _aggregate(policy, held, _total)


def _min(policy: Policy, held: Held) -> Answer:
    return _aggregate(policy, held, min)


def _max(policy: Policy, held: Held) -> Answer:
    return _aggregate(policy, held, max)


def _aggregate(
    policy: Policy, held: Held, together: Callable[[list[int | Decimal]], int | Decimal]
) -> Answer:
    """Return what the numbers that the rules give come to *together*."""
    if not held:
        return fallback(policy)
    name = policy.decides[0]
    found = (rule.values.get(name) for rule in held)
    numbers = [value for value in found if isinstance(value, int | Decimal)]
    return Answer("matched", held, (), {name: together(numbers) if numbers else None})


def _total(numbers: list[int | Decimal]) -> int | Decimal:
    total = numbers[0]
    for number in numbers[1:]:
        exact = isinstance(total, int) and isinstance(number, int)
        total = total + number if exact else EXACT.add(Decimal(total), Decimal(number))
    return total


def _score(policy: Policy, held: Held) -> Answer:
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
        return replace(fallback(policy), sums=sums)
    gave = tuple(rule for rule in held if best in rule.points)
    if policy.decides:
        return Answer("matched", gave, (), {policy.decides[0]: best}, sums)
    return Answer("matched", gave, ((best, gave),), {}, sums)


def _given(policy: Policy, rules: Held) -> Answer:
    """Return the answer that *rules* give together: each outcome once, with all its rules."""
    if policy.decides:
        return Answer("matched", rules, (), _values(policy, rules))
    plans: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.plans:
            plans.setdefault(name, []).append(rule)
    names = policy.plans if policy.hit == "output_order" else plans
    return Answer(
        "matched", rules, tuple((name, tuple(plans[name])) for name in names if name in plans)
    )


def _values(policy: Policy, rules: Held) -> dict[str, Value | None]:
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


_HITS: Mapping[str, Callable[[Policy, Held], Answer]] = {
    "first": _first,
    "unique": _unique,
    "any": _any,
    "priority": _priority,
    "collect": _several,
    "rule_order": _several,
    "output_order": _several,
    "sum": _sum,
    "min": _min,
    "max": _max,
    "count": _count,
    "score": _score,
}
