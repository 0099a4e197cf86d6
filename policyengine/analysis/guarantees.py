"""Guarantees: each is proved over all contexts, or a context is shown that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.analysis.claims import Claim, broken_claims
from policyengine.analysis.compared import Broken, against, differing
from policyengine.analysis.gaps import gaps, seek_gap
from policyengine.analysis.joint import silent
from policyengine.analysis.overlaps import overlaps
from policyengine.analysis.periods import Periods, policies_to_prove
from policyengine.analysis.proofs import Prover, Sought
from policyengine.analysis.space import Region, common
from policyengine.analysis.undecided import UNDECIDABLE, not_decided
from policyengine.analysis.walk import Budget
from policyengine.analysis.words import in_words
from policyengine.conditions import fields_asked
from policyengine.document import Mapping as Block
from policyengine.document import Scalar, Sequence
from policyengine.engine import Situation, decide
from policyengine.findings import Finding, Related
from policyengine.findings.regions import BROKEN_GUARANTEE
from policyengine.model import Definitions, Guarantee, Policy

_NAME = "guarantees"
_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Breach:
    """How a guarantee is broken, in words, what was found, and where it comes from."""

    words: str
    sought: Sought
    related: tuple[Related, ...] = ()


def check_guarantees(definitions: Definitions, periods: Periods) -> Iterator[Finding]:
    """Yield the guarantees of policies and of the set that some context breaks."""
    for policy in policies_to_prove(definitions):
        for guarantee in policy.guarantees:
            provers = periods.of(policy)
            yield from _of_guarantee(definitions, guarantee, policy, provers)
    for guarantee in definitions.guarantees:
        yield from _of_guarantee(definitions, guarantee, None, periods.of_set())


def _of_guarantee(
    definitions: Definitions, guarantee: Guarantee, policy: Policy | None, provers: Iterator[Prover]
) -> Iterator[Finding]:
    seen: set[str] = set()
    owner = "the set" if policy is None else f"`{policy.name}`"
    for prover in provers:
        try:
            breaches = list(_breaches(definitions, guarantee, policy, prover))
        except UNDECIDABLE as reason:
            what = f"whether {owner} keeps `{guarantee.kind}`"
            yield not_decided(policy, guarantee.span, reason, _NAME, what)
            return
        breaches.sort(key=lambda one: one.sought.proof is None)
        for one in breaches[:_MOST_SHOWN]:
            if one.words in seen:
                continue
            seen.add(one.words)
            if one.sought.proof is None and any(other.sought.proof for other in breaches):
                continue
            yield _finding(guarantee, policy, one)


def _finding(guarantee: Guarantee, policy: Policy | None, one: _Breach) -> Finding:
    if one.sought.proof is None:
        what = f"not decided whether `{guarantee.kind}` holds: {one.words}"
        return not_decided(policy, guarantee.span, None, _NAME, what)
    because = guarantee.node.get("because") if isinstance(guarantee.node, Block) else None
    reason = f"it is promised: {because.text}" if isinstance(because, Scalar) else ""
    return Finding(
        BROKEN_GUARANTEE,
        f"`{guarantee.kind}` is broken: {one.words}",
        guarantee.span,
        reason.removesuffix("."),
        related=one.related,
        policy=None if policy is None else policy.name,
        check=_NAME,
        context=one.sought.proof.shown,
    )


def _breaches(
    definitions: Definitions, guarantee: Guarantee, policy: Policy | None, prover: Prover
) -> Iterator[_Breach]:
    for start in prover.space.where(guarantee.while_):
        match guarantee.kind:
            case "complete" if policy is not None:
                yield from _complete(policy, prover, start)
            case "complete":
                yield from _complete_set(definitions, guarantee, prover, start)
            case "exclusive" if policy is not None:
                yield from _exclusive(policy, prover)
            case "independent_of":
                yield from _independent(definitions, guarantee, policy, prover, start)
            case "monotone" if policy is not None:
                yield from _monotone(guarantee, policy, prover, start)
            case "always" | "never":
                about = policy.about if policy is not None else definitions.default_about
                if about is not None:
                    yield from _claim(Claim(guarantee, about, policy), prover, start)


def _where(prover: Prover, region: Region) -> str:
    words = in_words(prover.space, region)
    return f"for `{words}`" if words else "for any context"


def _complete(policy: Policy, prover: Prover, start: Region) -> Iterator[_Breach]:
    for gap in gaps(prover.ground(policy)):
        region = common(gap, start)
        if region is not None:
            sought = seek_gap(policy, prover, region)
            if sought.proof is not None or not sought.is_sure:
                where = _where(prover, region)
                yield _Breach(f"no rule of `{policy.name}` holds {where}", sought)


def _complete_set(
    definitions: Definitions, guarantee: Guarantee, prover: Prover, start: Region
) -> Iterator[_Breach]:
    node = guarantee.node.get("complete") if isinstance(guarantee.node, Block) else None
    about, kind = (_text(node, key) for key in ("about", "kind"))
    day = prover.space.day
    asked = definitions.of_the_day(definitions.asked.get(about, ()), day)
    policies = [one for one in asked if one.kind == kind and one.about == about]

    def is_silent(situation: Situation) -> bool:
        decision = decide(definitions, situation.context, as_of=day)
        return not any(plan.kind == kind for plan in decision.plans)

    policies.sort(key=lambda one: (one.applies is not None, one.otherwise is not None))
    for region in silent(prover, policies, start, Budget()):
        sought = prover.seek(about, region, is_silent)
        if sought.proof is not None or not sought.is_sure:
            where = _where(prover, region)
            related = tuple(Related(one.span, f"`{one.name}`") for one in policies)
            yield _Breach(f"no plan of the kind `{kind}` comes out {where}", sought, related)


def _text(node: object, key: str) -> str:
    value = node.get(key) if isinstance(node, Block) else None
    return value.text if isinstance(value, Scalar) else ""


def _exclusive(policy: Policy, prover: Prover) -> Iterator[_Breach]:
    for one in overlaps(policy, prover, set(), agreeing=True):
        first, second = one.first, one.second
        words = f"`{first.name}` and `{second.name}` both hold {_where(prover, one.region)}"
        places = (Related(rule.span, f"the rule `{rule.name}`") for rule in (first, second))
        yield _Breach(words, one.sought, tuple(places))


def _independent(
    definitions: Definitions,
    guarantee: Guarantee,
    policy: Policy | None,
    prover: Prover,
    start: Region,
) -> Iterator[_Breach]:
    node = guarantee.node.get("independent_of") if isinstance(guarantee.node, Block) else None
    items = node.items if isinstance(node, Sequence) else (node,)
    names = frozenset(item.text for item in items if isinstance(item, Scalar))
    day = prover.space.day
    every = definitions.of_the_day(policies_to_prove(definitions), day)
    asked = [policy] if policy is not None else [one for one in every if one.plans and one.rules]
    for one in asked:
        for found in _differing(prover, one, names, start, by_plans=policy is None):
            what = f"what `{one.name}` gives" if policy is not None else "the treatment"
            words = f"{what} is another with {found.words}"
            if found.sought.proof is None:
                words = f"whether {what} depends on {found.words}"
            places = _asking(one, names) or (Related(one.span, f"`{one.name}` asks it"),)
            yield _Breach(words, found.sought, places)


def _differing(
    prover: Prover, policy: Policy, names: frozenset[str], start: Region, *, by_plans: bool
) -> Iterator[Broken]:
    """Yield how *policy* depends on each of *names*, or else on several together."""
    if len(names) > 1:
        alone = [
            found
            for name in sorted(names)
            for found in differing(prover, policy, frozenset((name,)), start, by_plans=by_plans)
        ]
        if any(found.sought.proof for found in alone):
            yield from alone
            return
    yield from differing(prover, policy, names, start, by_plans=by_plans)


def _asking(policy: Policy, names: frozenset[str]) -> tuple[Related, ...]:
    """Return the rules of *policy* that ask one of *names* themselves."""
    return tuple(
        Related(rule.span, f"the rule `{rule.name}` of `{policy.name}` asks it")
        for rule in policy.rules
        if names.intersection((*fields_asked(rule.when), *fields_asked(rule.unless)))
    )[:3]


def _monotone(
    guarantee: Guarantee, policy: Policy, prover: Prover, start: Region
) -> Iterator[_Breach]:
    node = guarantee.node.get("monotone") if isinstance(guarantee.node, Block) else None
    what = "directive" if _text(node, "directive") else "field"
    watched, along = (what, _text(node, what)), _text(node, "along")
    rises = _text(node, "never") == "rises"
    for found in against(prover, policy, watched, along, start, rises=rises):
        yield _Breach(_moved(watched[1], found, rises=rises), found.sought)


def _moved(name: str, found: Broken, *, rises: bool) -> str:
    if found.sought.proof is None:
        return f"whether `{name}` {'rises' if rises else 'falls'} {found.words}"
    return f"`{name}` goes {found.words}"


def _claim(claim: Claim, prover: Prover, start: Region) -> Iterator[_Breach]:
    for region, sought in broken_claims(claim, prover, start):
        says = "does not follow" if claim.guarantee.kind == "always" else "follows"
        yield _Breach(f"what it says {says} {_where(prover, region)}", sought)
        if sought.proof is not None:
            return
