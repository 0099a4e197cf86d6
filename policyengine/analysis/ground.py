"""Ground: one policy on one day as boxes in the space of all contexts, and its answers by region."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policyengine.analysis.axes import Pair
from policyengine.analysis.space import Box, Region, Space, asked_names
from policyengine.analysis.walk import Budget, walk
from policyengine.facts import MISSING, Fact
from policyengine.model import Policy, Rule
from policyengine.reference import Answer, hit, in_effect, rules_in_effect


@dataclass(frozen=True)
class Ground:
    """The rules of *policy* on the day of *space*, each in its boxes, in the order of the file.

    *rule_of* has the rule of each box. *outside* are the boxes where the policy does not apply.
    """

    space: Space
    policy: Policy
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]
    rule_of: tuple[int, ...]
    outside: tuple[Box, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The axes that the policy asks."""
        own = asked_names((*self.boxes, *self.outside))
        pairs = (self.space.axes.get(name) for name in own)
        compared = (end for one in pairs if isinstance(one, Pair) for end in (one.left, one.right))
        return own | frozenset(compared)

    @cached_property
    def limits(self) -> tuple[Box, ...]:
        """The boxes that cannot be, as far as they speak only of what the policy asks."""
        boxes = (*self.space.limits_of(self.policy.about), *self.space.pair_limits(self.names))
        return tuple(box for box in boxes if self.names.issuperset(box))

    @cached_property
    def dropped(self) -> tuple[Box, ...]:
        """The boxes in which none of the rules is asked."""
        return (*self.limits, *self.outside)

    def of_rule(self, place: int) -> tuple[Box, ...]:
        """Return the boxes of the rule at *place*."""
        return tuple(box for box, one in zip(self.boxes, self.rule_of, strict=True) if one == place)

    def answers(
        self, start: Region, budget: Budget | None = None
    ) -> Iterator[tuple[Region, Answer]]:
        """Yield what the policy answers in each part of *start*; parts that cannot be are left out."""
        limits, dropped = len(self.limits), len(self.dropped)
        boxes = (*self.dropped, *self.boxes)
        stop = None if self.policy.hit == "first" else dropped
        for leaf in walk(boxes, self.space.full, start=start, stop=stop, budget=budget):
            if leaf.inside and leaf.inside[0] < limits:
                continue
            if leaf.inside and leaf.inside[0] < dropped:
                yield leaf.region, Answer("not_applicable")
                continue
            held = dict.fromkeys(self.rule_of[place - dropped] for place in leaf.inside)
            answer = hit(self.policy, tuple(self.rules[place] for place in held))
            yield from self._narrowed(leaf.region, answer)

    def _narrowed(self, region: Region, answer: Answer) -> Iterator[tuple[Region, Answer]]:
        """Yield the parts of *region* in which the plans of *answer* apply, or do not."""
        day = self.space.day
        plans = tuple(
            one for one in answer.plans if in_effect(self.policy.plans[one[0]].effective, day)
        )
        if answer.plans and not plans:
            yield region, replace(answer, plans=(), reason="not_in_effect")
            return
        named = [name for name, _ in plans if self.policy.plans[name].applies is not None]
        if not named:
            yield region, answer if plans == answer.plans else replace(answer, plans=plans)
            return
        where = {name: self.space.where(self.policy.plans[name].applies) for name in named}
        boxes = [box for those in where.values() for box in those]
        owners = [name for name, those in where.items() for _ in those]
        for leaf in walk(boxes, self.space.full, start=region, stop=0):
            there = {owners[place] for place in leaf.inside}
            kept = tuple(one for one in plans if one[0] not in named or one[0] in there)
            reason = answer.reason if kept else "not_applicable"
            yield leaf.region, replace(answer, plans=kept, reason=reason)


def ground(space: Space, policy: Policy) -> Ground:
    """Return *policy* on the day of *space*."""
    rules = rules_in_effect(policy, space.day)
    boxes: list[Box] = []
    rule_of: list[int] = []
    for place, rule in enumerate(rules):
        own = space.rule(rule)
        boxes += own
        rule_of += [place] * len(own)
    outside = () if policy.applies is None else space.not_true(policy.applies)
    return Ground(space, policy, rules, tuple(boxes), tuple(rule_of), outside)


def fact_of(policy: Policy, answer: Answer, name: str, kind: str) -> Fact:
    """Return what the field *name*, of the *kind* of type, is after *answer*: a value or the choice."""
    if name in policy.decides:
        value = answer.values.get(name)
        return MISSING if value is None else value
    if answer.reason in ("conflict", "not_in_effect", "not_applicable"):
        return MISSING
    names: Sequence[str] = [one for one, _ in answer.plans]
    if kind == "set":
        return tuple(one for one in policy.plans if one in names)
    return names[0] if names else "none"
