"""Gaps: contexts for which a policy that should answer gives nothing."""

from collections.abc import Iterator, Sequence

from policyengine.analysis.ground import Ground
from policyengine.analysis.periods import Periods, policies_to_prove
from policyengine.analysis.proofs import Proof, Prover, Sought
from policyengine.analysis.space import Region
from policyengine.analysis.undecided import UNDECIDABLE, not_decided
from policyengine.analysis.walk import Budget, walk, widened
from policyengine.analysis.words import in_words
from policyengine.engine import Situation
from policyengine.findings import Finding
from policyengine.findings.regions import GAP
from policyengine.model import Definitions, Policy
from policyengine.reference import TRUE, condition_truth, rule_truth, rules_in_effect

_NAME = "gaps"
_MOST_SHOWN = 5
_MOST_REGIONS = 64
"""How many regions of a gap are made as wide as they can be."""
_ONE_OUTCOME = ("first", "unique", "any", "priority")


def check_gaps(definitions: Definitions, periods: Periods) -> Iterator[Finding]:
    """Yield the contexts for which a policy has neither a rule that holds nor an `otherwise`.

    Where several plans or values may come out none is an answer too, and lists are asked row by
    row.
    """
    listed = {one.about for one in definitions.registers.values()}
    for policy in policies_to_prove(definitions):
        silent = policy.otherwise is None and policy.measure is None and policy.rules
        if not silent or policy.hit not in _ONE_OUTCOME or policy.about in listed:
            continue
        seen: set[str] = set()
        for prover in periods.of(policy):
            for finding in _of_policy(policy, prover):
                if finding.message not in seen:
                    seen.add(finding.message)
                    yield finding


def _of_policy(policy: Policy, prover: Prover) -> Iterator[Finding]:
    try:
        regions = gaps(prover.ground(policy))
    except UNDECIDABLE as reason:
        yield not_decided(policy, policy.span, reason, _NAME, f"whether `{policy.name}` has gaps")
        return
    shown = 0
    for region in regions:
        sought = seek_gap(policy, prover, region)
        if sought.proof is None and sought.is_sure:
            continue
        shown += 1
        if shown > _MOST_SHOWN:
            continue
        yield _finding(policy, prover, region, sought.proof)


def seek_gap(policy: Policy, prover: Prover, region: Region) -> Sought:
    """Return a context in *region* to which *policy* applies and in which no rule of it holds."""

    def is_gap(situation: Situation) -> bool:
        held = (rule_truth(rule, situation) for rule in rules_in_effect(policy, situation.day))
        return condition_truth(policy.applies, situation) == TRUE and TRUE not in held

    return prover.seek(policy.about, region, is_gap)


def gaps(ground: Ground) -> Sequence[Region]:
    """Return the regions in which no rule holds, made as wide as they can be, the largest first."""
    boxes = (*ground.dropped, *ground.boxes)
    full = ground.space.full
    budget = Budget()
    found: list[Region] = []
    for leaf in walk(boxes, full, budget=budget):
        if leaf.inside or any(_within(leaf.region, one, full) for one in found):
            continue
        found.append(widened(leaf.region, boxes, full))
        if len(found) >= _MOST_REGIONS:
            break
    return sorted(found, key=lambda region: -share(ground, region))


def _within(region: Region, wide: Region, full: object) -> bool:
    return all(region.get(name, full(name)) & ~bits == 0 for name, bits in wide.items())  # type: ignore[operator]


def share(ground: Ground, region: Region) -> float:
    """Return how much of all classes *region* has, from 0 to 1."""
    part = 1.0
    for name, bits in region.items():
        part *= bits.bit_count() / max(1, ground.space.full(name).bit_count())
    return part


def _finding(policy: Policy, prover: Prover, region: Region, proof: Proof | None) -> Finding:
    words = in_words(prover.space, region)
    if proof is None:
        message = f"not decided whether `{policy.name}` is ever asked for `{words}`, which no rule answers"
        return not_decided(policy, policy.span, None, _NAME, message)
    where = f"for `{words}`" if words else "for any context"
    given = next(iter(policy.decides), None)
    then = "a plan" if given is None else f"a value of `{given}`"
    row = f"{{rule: …, when: {{{words}}}, then: …}}"
    return Finding(
        GAP,
        f"`{policy.name}` says nothing {where}",
        policy.span,
        f"add `- {row}` with {then}, or `otherwise: {'none' if policy.plans else 'missing'}` "
        "where nothing is meant",
        policy=policy.name,
        check=_NAME,
        context=proof.shown,
    )
