"""Unreachable rules: those that no context ever comes to, alone or because of others together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyengine.analysis.ground import Ground
from policyengine.analysis.periods import Periods, policies_to_prove
from policyengine.analysis.space import Box, Space
from policyengine.analysis.undecided import UNDECIDABLE, not_decided
from policyengine.analysis.walk import Budget, covers, walk
from policyengine.conditions import AllOf, Condition, FieldTest
from policyengine.findings import Finding, Related
from policyengine.findings.regions import NEVER_HOLDS, UNREACHABLE
from policyengine.model import Definitions, Policy, Rule
from policyengine.unary_tests import show_test

_NAME = "unreachable"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Dead:
    """A rule that no context comes to, and the rules that cover it together, if it needs any."""

    rule: Rule
    covering: tuple[Rule, ...]
    space: Space


def check_unreachable(definitions: Definitions, periods: Periods) -> Iterator[Finding]:
    """Yield the rules that no context comes to in any period in which they are in force.

    What the house has chosen does not count: a rule that waits for another choice is not dead.
    """
    for policy in policies_to_prove(definitions):
        try:
            dead = _of_policy(policy, periods)
        except UNDECIDABLE as reason:
            what = f"whether every rule of `{policy.name}` can be reached"
            yield not_decided(policy, policy.span, reason, _NAME, what)
            continue
        yield from (_finding(policy, one) for one in dead)


def _of_policy(policy: Policy, periods: Periods) -> list[_Dead]:
    dead: dict[str, _Dead] = {}
    alive: set[str] = set()
    for prover in periods.of(policy, any_house=True):
        ground = prover.ground(policy)
        reached = _reached(ground)
        for place, rule in enumerate(ground.rules):
            if place in reached:
                alive.add(rule.name)
            elif rule.name not in alive:
                dead[rule.name] = _Dead(rule, (), ground.space)
        for name in [name for name in dead if name not in alive]:
            at = next((n for n, one in enumerate(ground.rules) if one.name == name), None)
            if at is not None:
                dead[name] = _Dead(ground.rules[at], covering_set(ground, at), ground.space)
    return [one for name, one in dead.items() if name not in alive]


def _reached(ground: Ground) -> set[int]:
    """Return the places of the rules that some context comes to."""
    count = len(ground.dropped)
    boxes = (*ground.dropped, *ground.boxes)
    full = ground.space.full
    if ground.policy.hit == "first":
        budget = Budget()
        leaves = walk(boxes, full, budget=budget)
        inside = (leaf.inside[0] for leaf in leaves if leaf.inside)
        return {ground.rule_of[place - count] for place in inside if place >= count}
    return {
        place
        for box, place in zip(ground.boxes, ground.rule_of, strict=True)
        if not covers(ground.dropped, box, full)
    }


def covering_set(ground: Ground, place: int) -> tuple[Rule, ...]:
    """Return rules before that at *place* which cover it together, none of which can be spared."""
    own = ground.of_rule(place)
    full = ground.space.full
    count = len(ground.dropped)
    first = [n for n, one in enumerate(ground.rule_of) if one < place]
    boxes = (*ground.dropped, *(ground.boxes[n] for n in first))
    named: dict[int, None] = {}
    for box in own:
        for leaf in walk(boxes, full, start=box):
            named.update(
                {ground.rule_of[first[n - count]]: None for n in leaf.inside[:1] if n >= count}
            )
    needed = sorted(named)
    for one in reversed(tuple(needed)):
        fewer = [other for other in needed if other != one]
        if _cover(ground, own, fewer):
            needed = fewer
    return tuple(ground.rules[one] for one in needed)


def _cover(ground: Ground, own: Sequence[Box], places: Sequence[int]) -> bool:
    """Return whether the rules at *places* cover all of the boxes *own*."""
    rules = set(places)
    pairs = zip(ground.boxes, ground.rule_of, strict=True)
    boxes = (*ground.dropped, *(box for box, one in pairs if one in rules))
    return all(covers(boxes, box, ground.space.full) for box in own)


def _finding(policy: Policy, dead: _Dead) -> Finding:
    rule = dead.rule
    if not dead.covering:
        return Finding(
            NEVER_HOLDS,
            f"`{rule.name}` can never hold{_reason(policy, dead)}",
            rule.span,
            "mend what it asks, or take it out",
            policy=policy.name,
            rule=rule.name,
            check=_NAME,
        )
    names = [f"`{one.name}`" for one in dead.covering]
    shown = (
        names
        if len(names) <= _MOST_NAMED
        else [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    )
    together = " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
    holds = "holds" if len(names) == 1 else "together hold"
    return Finding(
        UNREACHABLE,
        f"`{rule.name}` is never reached: {together} {holds} wherever it does",
        rule.span,
        "move it up, narrow what stands before it, or take it out",
        related=tuple(Related(one.span, f"the rule `{one.name}`") for one in dead.covering),
        policy=policy.name,
        rule=rule.name,
        check=_NAME,
    )


def _reason(policy: Policy, dead: _Dead) -> str:
    """Return why the rule never holds, where one line of it shows that."""
    for line in _lines(dead.rule.when):
        if dead.space.where(line):
            continue
        declared = dead.space.definitions.fields.get(line.field)
        if declared is not None:
            return f": `{line.field}` is never `{show_test(line.test, line.type)}`"
    if policy.applies is not None:
        return f" where `{policy.name}` applies, or asks for what cannot be"
    return ": what it asks for cannot be together"


def _lines(condition: Condition | None) -> Iterator[FieldTest]:
    """Yield the tests that must all hold for *condition* to do so."""
    match condition:
        case FieldTest():
            yield condition
        case AllOf(parts):
            for part in parts:
                yield from _lines(part)
        case _:
            return
