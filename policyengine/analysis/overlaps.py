"""Overlaps: contexts for which two rules hold where only one may, or where they must agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.analysis.ground import Ground
from policyengine.analysis.periods import Periods, policies_to_prove
from policyengine.analysis.proofs import Prover, Sought
from policyengine.analysis.space import Box, Region, common
from policyengine.analysis.undecided import UNDECIDABLE, not_decided
from policyengine.analysis.walk import Budget, walk
from policyengine.analysis.words import in_words
from policyengine.engine import Situation
from policyengine.findings import Finding, Related
from policyengine.findings.regions import CONTRADICTION, OVERLAP
from policyengine.model import Definitions, Policy, Rule
from policyengine.reference import TRUE, condition_truth, rule_truth

_NAME = "overlaps"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that hold in one *region*, and the context that shows it, if one was found."""

    first: Rule
    second: Rule
    region: Region
    sought: Sought


def check_overlaps(definitions: Definitions, periods: Periods) -> Iterator[Finding]:
    """Yield two rules that may both hold: under `unique`, or under `any` where they do not agree.

    Lists are asked row by row.
    """
    listed = {one.about for one in definitions.registers.values()}
    for policy in policies_to_prove(definitions):
        if policy.hit not in ("unique", "any") or policy.about in listed:
            continue
        seen: set[tuple[str, str]] = set()
        for prover in periods.of(policy):
            try:
                found = list(overlaps(policy, prover, seen, agreeing=policy.hit == "unique"))
            except UNDECIDABLE as reason:
                what = f"whether two rules of `{policy.name}` meet"
                yield not_decided(policy, policy.span, reason, _NAME, what)
                break
            yield from (_finding(policy, prover, one) for one in found)


def overlaps(
    policy: Policy, prover: Prover, seen: set[tuple[str, str]], *, agreeing: bool
) -> Iterator[Overlap]:
    """Yield each two rules that may both hold, but those *seen*; *agreeing* also where they give the same."""
    ground = prover.ground(policy)
    for one, other, boxes in _pairs(ground):
        first, second = ground.rules[one], ground.rules[other]
        if (first.name, second.name) in seen or (not agreeing and _agree(first, second)):
            continue
        sought = Sought(None)
        for box in boxes:
            for region in _possible(ground, box):
                found = _seek(policy, prover, region, first, second)
                sought = found if found.proof else Sought(None, sought.is_sure and found.is_sure)
                if found.proof:
                    break
            if sought.proof:
                break
        if sought.proof is not None or not sought.is_sure:
            seen.add((first.name, second.name))
            yield Overlap(first, second, box, sought)


def _pairs(ground: Ground) -> Iterator[tuple[int, int, list[Box]]]:
    """Yield each two rules of which boxes meet, with the common parts."""
    lying = _Lying(ground)
    found: dict[tuple[int, int], list[Box]] = {}
    for place, box in enumerate(ground.boxes):
        bits = lying.meeting(box) & ((1 << place) - 1)
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            before = lowest.bit_length() - 1
            pair = (ground.rule_of[before], ground.rule_of[place])
            both = common(ground.boxes[before], box)
            if pair[0] != pair[1] and both is not None:
                found.setdefault(pair, []).append(both)
    for (one, other), boxes in found.items():
        yield one, other, boxes


class _Lying:
    """For each axis and its classes, the boxes that lie there: those that meet another at once."""

    def __init__(self, ground: Ground) -> None:
        self.every = (1 << len(ground.boxes)) - 1
        self.groups: dict[str, dict[int, int]] = {}
        self.known: dict[tuple[str, int], int] = {}
        for place, box in enumerate(ground.boxes):
            for name, bits in box.items():
                group = self.groups.setdefault(name, {})
                group[bits] = group.get(bits, 0) | 1 << place

    def meeting(self, box: Box) -> int:
        """Return the bits of the boxes that meet *box*."""
        found = self.every
        for name, bits in box.items():
            apart = self.known.get((name, bits))
            if apart is None:
                apart = 0
                for other, boxes in self.groups[name].items():
                    if not other & bits:
                        apart |= boxes
                self.known[name, bits] = apart
            found &= ~apart
        return found


def _possible(ground: Ground, box: Box) -> Iterator[Region]:
    """Yield the parts of *box* in which the policy is asked."""
    for leaf in walk(ground.dropped, ground.space.full, start=box, budget=Budget()):
        if not leaf.inside:
            yield leaf.region


def _seek(policy: Policy, prover: Prover, region: Region, first: Rule, second: Rule) -> Sought:
    def both_hold(situation: Situation) -> bool:
        held = (rule_truth(one, situation) == TRUE for one in (first, second))
        return condition_truth(policy.applies, situation) == TRUE and all(held)

    return prover.seek(policy.about, region, both_hold)


def _agree(first: Rule, second: Rule) -> bool:
    """Return whether the two give the same."""
    given = [
        (one.plans, {name: value for name, value in one.values.items() if value is not None})
        for one in (first, second)
    ]
    return given[0] == given[1]


def _finding(policy: Policy, prover: Prover, found: Overlap) -> Finding:
    words = in_words(prover.space, found.region)
    where = f"for `{words}`" if words else "for any context"
    first, second = found.first, found.second
    if found.sought.proof is None:
        what = f"not decided whether `{first.name}` and `{second.name}` meet {where}"
        return not_decided(policy, second.span, None, _NAME, what)
    code = OVERLAP if policy.hit == "unique" else CONTRADICTION
    end = "both hold" if policy.hit == "unique" else "both hold and do not agree"
    return Finding(
        code,
        f"`{first.name}` and `{second.name}` {end} {where}",
        second.span,
        "narrow one of the two, or say with `hit: first` that the order decides",
        related=(Related(first.span, f"the rule `{first.name}`"),),
        policy=policy.name,
        rule=second.name,
        check=_NAME,
        context=found.sought.proof.shown,
    )
