"""The rules of one policy, in force on the same days, as boxes that are found by their fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from policyengine.index.axes import Axis, Opaque
from policyengine.model import Policy, Rule
from policyengine.reference import (
    TRUE,
    Answer,
    Known,
    condition_truth,
    hit,
    in_its_standing,
    narrowed,
    rule_truth,
)

_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """The boxes of the *rules* of a policy, in their order, and where each field leaves which.

    *rule_of* has for each box the place of its rule. The boxes in *applies* are those in which
    the policy applies. *loose* are the bits of boxes that are wider than what they stand for:
    where one is left, the rule or the condition itself is asked.
    """

    policy: Policy
    day: date | None
    rules: tuple[Rule, ...]
    rule_of: Sequence[int]
    ruling: int
    applies: int
    loose: int
    axes: tuple[Axis, ...]
    opaque: tuple[Opaque, ...]
    kept: dict[int, Answer] = field(default_factory=dict, repr=False)
    """Answers by the rules that gave them: made once, and shared."""

    def candidates(self, known: Known, names: frozenset[str]) -> Iterator[Rule]:
        """Yield, in order, every rule that may hold when the fields *names* can be anything."""
        bits = self.ruling
        for axis in self.axes:
            if axis.name not in names:
                bits &= axis.mask(known.fact(axis.name))
        last = -1
        for box in _ones(bits):
            if self.rule_of[box] != last:
                last = self.rule_of[box]
                yield self.rules[last]

    def settled(self, known: Known) -> Answer:
        """Return what the policy answers where every fact that matters is *known*."""
        bits = self.ruling | self.applies
        for axis in self.axes:
            bits &= axis.mask(known.fact(axis.name))
        for test in self.opaque:
            bits = test.left(bits, known)
        if not self._does_apply(bits, known):
            return Answer("not_applicable")
        return narrowed(self.policy, self._given(bits & self.ruling, known), known, self.day)

    def _does_apply(self, bits: int, known: Known) -> bool:
        left = bits & self.applies
        if left & self.loose:
            return condition_truth(self.policy.applies, known) == TRUE
        return left != 0

    def _given(self, bits: int, known: Known) -> Answer:
        """Return what the rules of the boxes *bits* come to together."""
        if bits & self.loose:
            bits = self._tightened(bits, known)
        if self.policy.hit == "first":
            bits &= -bits
        if not bits and self.policy.measure is not None:
            return hit(in_its_standing(self.policy, known), ())
        given = self.kept.get(bits)
        if given is None:
            held = dict.fromkeys(self.rule_of[box] for box in _ones(bits))
            given = hit(self.policy, tuple(self.rules[place] for place in held))
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[bits] = given
        return given

    def _tightened(self, bits: int, known: Known) -> int:
        """Return *bits* without the loose boxes whose rule does not hold."""
        left = bits
        for box in _ones(bits):
            if self.loose >> box & 1 and rule_truth(self.rules[self.rule_of[box]], known) != TRUE:
                left ^= 1 << box
            elif self.policy.hit == "first":
                break
        return left


def _ones(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
