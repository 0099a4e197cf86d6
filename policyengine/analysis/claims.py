"""Claims: what `always` and `never` say, sought over all regions for a context that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.analysis.axes import Axis
from policyengine.analysis.joint import Answers, directed, joint
from policyengine.analysis.proofs import Prover, Sought
from policyengine.analysis.space import Region, common
from policyengine.analysis.walk import Budget, walk
from policyengine.conditions import fields_asked
from policyengine.decision import Decision
from policyengine.document import Mapping as Block
from policyengine.document import Scalar, Sequence
from policyengine.engine import Situation, decide
from policyengine.facts import MISSING, UNDECIDED, Fact
from policyengine.model import Guarantee, Policy
from policyengine.reference import TRUE, condition_truth, may_be_true

_NAMED = ("plan", "policy", "kind")


@dataclass(frozen=True, slots=True)
class Claim:
    """An `always` or a `never` about *about*; *policy* is the one that says it, if one does."""

    guarantee: Guarantee
    about: str
    policy: Policy | None

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The plans, policies and kinds that must come out, or never may."""
        node = self.guarantee.node
        block = node.get(self.guarantee.kind) if isinstance(node, Block) else None
        then = block.get("then") if isinstance(block, Block) else None
        entries = then.entries if isinstance(then, Block) else ()
        return {key.text: tuple(_texts(value)) for key, value in entries if key.text in _NAMED}

    def plan_ids(self) -> tuple[str, ...]:
        """Return the plans it names, as `POLICY:PLAN`."""
        own = "" if self.policy is None else self.policy.name
        return tuple(
            name if ":" in name else f"{own}:{name}" for name in self.named.get("plan", ())
        )


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)


def broken_claims(claim: Claim, prover: Prover, start: Region) -> Iterator[tuple[Region, Sought]]:
    """Yield the parts of *start* in which the claim is broken, with what came of looking for a context."""
    budget = Budget()
    policies = _spoken_of(claim, prover)
    boxes = prover.space.where(claim.guarantee.when)
    for box in boxes:
        begun = common(start, box)
        if begun is None:
            continue
        for region, answers in joint(prover, policies, begun, budget):
            for part in _breaking(claim, prover, region, answers):
                sought = _seek(claim, prover, part)
                if sought.proof is not None or not sought.is_sure:
                    yield part, sought


def _spoken_of(claim: Claim, prover: Prover) -> list[Policy]:
    """Return the policies on whose answers it hangs whether the claim holds."""
    definitions, day = prover.space.definitions, prover.space.day
    asked = definitions.of_the_day(definitions.asked[claim.about], day)
    named = claim.named
    owners = {name.partition(":")[0] for name in claim.plan_ids()} | set(named.get("policy", ()))
    fields = fields_asked(claim.guarantee.then)
    directives = {name.partition(".")[2] for name in fields if name.startswith("directive.")}
    return [
        one
        for one in asked
        if one.name in owners
        or (one.kind is not None and one.kind in named.get("kind", ()))
        or any(name in fields for name in (*one.decides, f"chosen.{one.name}"))
        or any(s.directive in directives for plan in one.plans.values() for s in plan.settings)
    ]


def _breaking(claim: Claim, prover: Prover, region: Region, answers: Answers) -> Iterator[Region]:
    """Yield the parts of *region* in which the claim does not hold, as far as *answers* tell."""
    always = claim.guarantee.kind == "always"
    if not _names_come_out(claim, answers):
        if always:
            yield region
        return
    then = claim.guarantee.then
    if then is None:
        if not always:
            yield region
        return
    names = fields_asked(then)
    if any(name.startswith("directive.") for name in names):
        truth = condition_truth(then, _Region(prover, region, answers))
        if (always and truth != TRUE) or (not always and may_be_true(truth)):
            yield region
        return
    for leaf in walk(prover.space.where(then), prover.space.full, start=region):
        if bool(leaf.inside) != always:
            yield leaf.region


def _names_come_out(claim: Claim, answers: Answers) -> bool:
    """Return whether the plans, policies and kinds that the claim names come out."""
    named = claim.named
    ids = {f"{policy.name}:{name}" for policy, answer in answers for name, _ in answer.plans}
    silent = {f"{policy.name}:none" for policy, answer in answers if not answer.plans}
    speaking = {policy.name for policy, answer in answers if answer.plans}
    kinds = {policy.kind for policy, answer in answers if answer.plans}
    return (
        ("plan" not in named or bool((ids | silent).intersection(claim.plan_ids())))
        and ("policy" not in named or bool(speaking.intersection(named["policy"])))
        and ("kind" not in named or bool(kinds.intersection(named["kind"])))
    )


@dataclass(frozen=True, slots=True)
class _Region:
    """What is known in a region once the policies have given their answers."""

    prover: Prover
    region: Region
    answers: Answers

    def fact(self, name: str) -> Fact:
        """Return the fact of the field or directive *name*; undecided where it is not all one."""
        space = self.prover.space
        if name.startswith("directive."):
            value = directed(space, self.answers, name.partition(".")[2])
            return value if not isinstance(value, dict) else UNDECIDED  # type: ignore[return-value]
        axis = space.axis(name)
        bits = self.region.get(name, axis.possible)
        if isinstance(axis, Axis) and bits.bit_count() == 1 and not axis.cuts:
            fact = axis.facts[bits.bit_length() - 1]
            return UNDECIDED if fact is None else fact
        return UNDECIDED


def _seek(claim: Claim, prover: Prover, region: Region) -> Sought:
    def is_broken(situation: Situation) -> bool:
        definitions, day = prover.space.definitions, prover.space.day
        if condition_truth(claim.guarantee.when, situation) != TRUE:
            return False
        decision = decide(definitions, situation.context, as_of=day)
        holds = _holds(claim, situation, decision)
        return holds != (claim.guarantee.kind == "always")

    return prover.seek(claim.about, region, is_broken)


def _holds(claim: Claim, situation: Situation, decision: Decision) -> bool:
    """Return whether what the claim says then is so in *decision*."""
    named = claim.named
    ids = {plan.id for plan in decision.plans}
    silent = {f"{name}:none" for name, one in decision.outcomes.items() if not one.plans}
    if "plan" in named and not (ids | silent).intersection(claim.plan_ids()):
        return False
    if "policy" in named and not {one.policy for one in decision.plans} & set(named["policy"]):
        return False
    if "kind" in named and not {one.kind for one in decision.plans} & set(named["kind"]):
        return False
    return condition_truth(claim.guarantee.then, _Decided(situation, decision)) == TRUE


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is known once a decision is made: its directives too."""

    situation: Situation
    decision: Decision

    def fact(self, name: str) -> Fact:
        """Return the fact of the field or directive *name*."""
        if not name.startswith("directive."):
            return self.situation.fact(name)
        found = self.decision.treatment.get(name.partition(".")[2])
        return MISSING if found is None else found.value  # type: ignore[return-value]
