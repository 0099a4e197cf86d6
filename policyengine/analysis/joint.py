"""Several policies at once: their answers together by region, and what these come to."""

from collections.abc import Iterable, Iterator, Sequence

from policyengine.analysis.axes import Axis
from policyengine.analysis.ground import fact_of
from policyengine.analysis.proofs import Prover
from policyengine.analysis.space import Region, Space, common
from policyengine.analysis.walk import Budget
from policyengine.analysis.ways import decider
from policyengine.context import Context
from policyengine.decision import ChosenPlan, Treated
from policyengine.engine import Situation, merge
from policyengine.facts import MISSING, UNDECIDED, Fact
from policyengine.model import Definitions, FactSetting, Policy, TextSetting
from policyengine.reference import Answer

Answers = tuple[tuple[Policy, Answer], ...]


def joint(
    prover: Prover, policies: Sequence[Policy], start: Region, budget: Budget
) -> Iterator[tuple[Region, Answers]]:
    """Yield the parts of *start* with what each of *policies* answers there."""
    if not policies:
        yield start, ()
        return
    first, *others = policies
    for region, answer in prover.ground(first).answers(start, budget):
        known = _with_decided(prover.space, first, answer, region)
        if known is None:
            continue
        for part, answers in joint(prover, others, known, budget):
            yield part, ((first, answer), *answers)


def silent(
    prover: Prover, policies: Sequence[Policy], start: Region, budget: Budget
) -> Iterator[Region]:
    """Yield the parts of *start* in which none of *policies* gives a plan."""
    if not policies:
        yield start
        return
    for region, answer in prover.ground(policies[0]).answers(start, budget):
        if not answer.plans:
            yield from silent(prover, policies[1:], region, budget)


def _with_decided(space: Space, policy: Policy, answer: Answer, region: Region) -> Region | None:
    """Return *region* with what *policy* decides as it is after *answer*; nothing where it cannot be."""
    found: Region | None = region
    for name in (*policy.decides, f"chosen.{policy.name}"):
        asked = name in space.lines or name in space.axes
        if not asked or found is None or decider(space, name) is not policy:
            continue
        axis = space.axis(name)
        if isinstance(axis, Axis):
            bits = axis.class_of(fact_of(policy, answer, name, axis.type.kind))
            given = axis.possible & ~axis.missing if policy.given_wins else 0
            found = common(found, {name: bits | given})
    return found


def directed(space: Space, answers: Answers, name: str) -> Fact | Treated:
    """Return what *answers* come to for the directive *name*; undecided where it takes a fact."""
    plans = list(_chosen(space.definitions, answers))
    for policy, answer in answers:
        settings = [one for plan, _ in answer.plans for one in policy.plans[plan].settings]
        for setting in settings:
            takes = isinstance(setting.value, (FactSetting, TextSetting))
            if setting.directive == name and takes:
                return UNDECIDED
    about = answers[0][0].about if answers else ""
    empty = Situation(space.definitions, Context("1", about, None, {}), space.day)
    merged, _ = merge(space.definitions, plans, empty)
    found = merged.get(name)
    return MISSING if found is None else found.value


def _chosen(definitions: Definitions, answers: Answers) -> Iterable[ChosenPlan]:
    plans = [
        ChosenPlan(
            id=policy.plans[name].id,
            policy=policy.name,
            plan=name,
            kind=policy.kind,
            layer=definitions.layer_of(policy, name),
            rules=(),
            reason=answer.reason,
            because=None,
            source=policy.plans[name].span,
        )
        for policy, answer in answers
        for name, _ in answer.plans
    ]
    return sorted(plans, key=lambda plan: definitions.layers.index(plan.layer))


def influenced(definitions: Definitions, names: Iterable[str]) -> frozenset[str]:
    """Return *names*, what is computed from them, and what is decided from them, in turn."""
    found = set(names)
    count = 0
    while count != len(found):
        count = len(found)
        for declared in definitions.fields.values():
            if declared.computed is not None and found.intersection(declared.computed.fields):
                found |= {declared.name, f"{declared.name}.refused"}
        for policy in definitions.policies:
            measured = policy.measure.asks if policy.measure is not None else ()
            if found.intersection((*policy.asks, *measured)):
                found |= {*policy.decides, f"chosen.{policy.name}", policy.standing}
    return frozenset(found)
