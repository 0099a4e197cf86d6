"""Compared contexts: what `independent_of` and `monotone` say of two that differ in a few fields."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from policyengine.analysis.axes import Axis, Opaque, Pair
from policyengine.analysis.joint import directed, influenced, joint
from policyengine.analysis.periods import cone_of
from policyengine.analysis.proofs import Prover, Sought
from policyengine.analysis.space import Region, common
from policyengine.analysis.walk import Budget, OutOfBudgetError
from policyengine.analysis.ways import decider
from policyengine.analysis.words import show_fact
from policyengine.decision import Decision
from policyengine.engine import Assumed, Situation, decide
from policyengine.facts import MISSING, UNDECIDED, Fact
from policyengine.model import FactSetting, Policy, TextSetting
from policyengine.reference import Answer
from policyengine.values import FieldType, rank

_MOST_VARIED = 256
_MOST_LEAVES = 800

Came = Callable[[Decision], object]


@dataclass(frozen=True, slots=True)
class Broken:
    """Two contexts that should come out alike and do not, in words, and the first of them."""

    words: str
    sought: Sought


@dataclass(frozen=True, slots=True)
class Leaf:
    """A region with the answer of a policy."""

    region: Region
    answer: Answer


def leaves(
    prover: Prover, policy: Policy, start: Region, names: frozenset[str], moved: frozenset[str]
) -> list[Leaf]:
    """Return the parts of *start* with what *policy* answers.

    The policies before it by which *names* reach it, all of them *moved*, answer there too.
    """
    definitions = prover.space.definitions
    before = {
        id(one)
        for one in cone_of(definitions, policy)
        if moved.intersection((*one.decides, f"chosen.{one.name}"))
        and not names.intersection(one.decides)
        and one is not policy
        and one.measure is None
    }
    asked = definitions.of_the_day(definitions.policies, prover.space.day)
    chain = [*(one for one in asked if id(one) in before), policy]
    found = []
    for region, answers in joint(prover, chain, start, Budget()):
        found.append(Leaf(region, answers[-1][1]))
        if len(found) > _MOST_LEAVES:
            raise OutOfBudgetError
    return found


def differing(
    prover: Prover, policy: Policy, names: frozenset[str], start: Region, *, by_plans: bool
) -> Iterator[Broken]:
    """Yield how what *policy* answers depends on the fields *names*.

    With *by_plans* what counts is what its plans direct, and in the end the treatment.
    """
    definitions = prover.space.definitions
    moved = influenced(definitions, names)
    takes = moved.intersection(policy.takes) if by_plans else frozenset()
    if not takes and not moved.intersection(policy.asks):
        return
    came = _treatment if by_plans else _outcome(policy)
    parts = leaves(prover, policy, start, names, moved)
    for place, one in enumerate(parts):
        for other in parts[place:]:
            alike = _key(policy, one.answer, by_plans=by_plans) == _key(
                policy, other.answer, by_plans=by_plans
            )
            if alike and not _takes(policy, one.answer, takes):
                continue
            region = common(one.region, _without(prover, other.region, moved))
            if region is None:
                continue
            found = _seek_differing(prover, policy, region, tuple(sorted(names)), came)
            if found.sought.proof is not None:
                yield found
                return
            if not found.sought.is_sure:
                yield found


def _without(prover: Prover, region: Region, names: frozenset[str]) -> Region:
    """Return *region* without what it says of *names*."""
    kept = {}
    for name, bits in region.items():
        match prover.space.axis(name):
            case Pair(left=left, right=right):
                own = {left, right}
            case Opaque(line=line):
                own = {line.field}
            case _:
                own = {name}
        if not own & names:
            kept[name] = bits
    return kept


def _key(policy: Policy, answer: Answer, *, by_plans: bool) -> object:
    names = [name for name, _ in answer.plans]
    if not by_plans:
        values = tuple(sorted((k, str(v)) for k, v in answer.values.items() if v is not None))
        return (tuple(names), values)
    settings = [setting for name in names for setting in policy.plans[name].settings]
    return [(one.directive, str(one.value)) for one in settings]


def _takes(policy: Policy, answer: Answer, names: frozenset[str]) -> bool:
    for name, _ in answer.plans:
        for setting in policy.plans[name].settings:
            match setting.value:
                case FactSetting(field=field) if field in names:
                    return True
                case TextSetting(fields=fields) if names.intersection(fields):
                    return True
                case _:
                    continue
    return False


def _outcome(policy: Policy) -> Came:
    def came(decision: Decision) -> object:
        found = decision.outcomes.get(policy.name)
        return None if found is None else (found.plans, dict(found.values))

    return came


def _treatment(decision: Decision) -> object:
    return {name: one.value for name, one in decision.treatment.items()}


def _seek_differing(
    prover: Prover, policy: Policy, region: Region, names: tuple[str, ...], came: Came
) -> Broken:
    shown: list[str] = []

    def differs(situation: Situation) -> bool:
        first = came(_decided(prover, situation, {}))
        for facts in islice(_variations(prover, names), _MOST_VARIED):
            decision = _decided(prover, situation, facts)
            if decision.status == "decided" and came(decision) != first:
                changed = [n for n in names if facts[n] != situation.fact(n)]
                shown.append(_turned(prover, situation, changed, facts))
                return True
        return False

    sought = prover.seek(policy.about, region, differs)
    return Broken(shown[-1] if shown else ", ".join(f"`{name}`" for name in names), sought)


def _variations(prover: Prover, names: tuple[str, ...]) -> Iterator[Mapping[str, Fact]]:
    ways = [tuple(_facts(prover, name)) for name in names]
    for facts in product(*ways):
        yield dict(zip(names, facts, strict=True))


def _facts(prover: Prover, name: str) -> Iterator[Fact]:
    axis = prover.space.axis(name)
    if isinstance(axis, Axis):
        for place, fact in enumerate(axis.facts):
            if fact is not None and axis.possible >> place & 1:
                yield fact


def _decided(prover: Prover, situation: Situation, facts: Mapping[str, Fact]) -> Decision:
    definitions, day = prover.space.definitions, prover.space.day
    return decide(definitions, situation.context, as_of=day, assumed=Assumed(facts))


def _turned(
    prover: Prover, situation: Situation, names: list[str], facts: Mapping[str, Fact]
) -> str:
    parts = []
    for name in names:
        type_ = prover.space.definitions.fields[name].type
        was, now = (show_fact(type_, one) for one in (situation.fact(name), facts[name]))
        parts.append(f"`{name}: {was}` instead of `{now}`")
    return ", ".join(parts)


def against(
    prover: Prover,
    policy: Policy,
    watched: tuple[str, str],
    along: str,
    start: Region,
    *,
    rises: bool,
) -> Iterator[Broken]:
    """Yield where the directive or field *watched* rises along the field *along*, or falls.

    *watched* is `directive` or `field`, and its name; *rises* is what may never be.
    """
    moved = influenced(prover.space.definitions, (along,))
    if not moved.intersection((*policy.asks, *policy.takes)):
        return
    parts = leaves(prover, policy, start, frozenset((along,)), moved)
    values = [_watched(prover, policy, one.answer, watched) for one in parts]
    type_ = _type_of(prover, watched)
    for one, value in zip(parts, values, strict=True):
        for other, next_ in zip(parts, values, strict=True):
            if _is_fine(type_, value, next_, rises=rises):
                continue
            region = common(one.region, _without(prover, other.region, moved))
            if region is None or not _may_follow(prover, one, other, along, moved):
                continue
            found = _seek_against(prover, policy, region, watched, along, rises=rises)
            if found.sought.proof is not None:
                yield found
                return
            if not found.sought.is_sure:
                yield found


def _may_follow(prover: Prover, one: Leaf, other: Leaf, along: str, moved: frozenset[str]) -> bool:
    """Return whether *other* can lie further along than *one*."""
    names = {name for leaf in (one, other) for name in leaf.region}
    space = prover.space
    if any(
        name != along
        and (name in moved or not isinstance(space.axis(name), Axis))
        and decider(space, name) is None
        for name in names
    ):
        return True
    axis = prover.space.axis(along)
    if not isinstance(axis, Axis):
        return True
    first, last = (leaf.region.get(along, axis.possible) & ~axis.missing for leaf in (one, other))
    return bool(first) and bool(last) and (first & -first).bit_length() < last.bit_length()


def _watched(prover: Prover, policy: Policy, answer: Answer, watched: tuple[str, str]) -> Fact:
    what, name = watched
    if what == "field":
        value = answer.values.get(name)
        return MISSING if value is None else value
    found = directed(prover.space, ((policy, answer),), name)
    return UNDECIDED if isinstance(found, Mapping) else found


def _type_of(prover: Prover, watched: tuple[str, str]) -> FieldType:
    what, name = watched
    definitions = prover.space.definitions
    return (
        definitions.directives[name].type if what == "directive" else definitions.fields[name].type
    )


def _is_fine(type_: FieldType, value: Fact, next_: Fact, *, rises: bool) -> bool:
    """Return whether *next_* may follow *value*; what is not there breaks the order."""
    if value is UNDECIDED or next_ is UNDECIDED:
        return False
    if value is MISSING or next_ is MISSING:
        return value is next_
    first, last = rank(type_, value), rank(type_, next_)  # type: ignore[arg-type]
    return last <= first if rises else last >= first


def _seek_against(
    prover: Prover,
    policy: Policy,
    region: Region,
    watched: tuple[str, str],
    along: str,
    *,
    rises: bool,
) -> Broken:
    shown: list[str] = []
    type_ = _type_of(prover, watched)
    definitions = prover.space.definitions

    def is_against(situation: Situation) -> bool:
        here: Fact | None = None
        before: Fact = MISSING
        for fact in _facts(prover, along):
            if fact is MISSING:
                continue
            decision = _decided(prover, situation, {along: fact})
            if decision.status != "decided":
                continue
            value = _came(prover, policy, decision, watched)
            if here is not None and not _is_fine(type_, here, value, rises=rises):
                type_of = definitions.fields[along].type
                steps = (show_fact(type_of, before), show_fact(type_of, fact))
                ends = (show_fact(type_, here), show_fact(type_, value))
                shown.append(
                    f"from `{ends[0]}` to `{ends[1]}` between `{along}: {steps[0]}` and `{steps[1]}`"
                )
                return True
            here, before = value, fact
        return False

    sought = prover.seek(policy.about, region, is_against)
    return Broken(shown[-1] if shown else f"along `{along}`", sought)


def _came(prover: Prover, policy: Policy, decision: Decision, watched: tuple[str, str]) -> Fact:
    """Return what came of what is watched, by the plans of *policy* alone."""
    what, name = watched
    outcome = decision.outcomes.get(policy.name)
    if outcome is None:
        return MISSING
    if what == "field":
        value = outcome.values.get(name)
        return MISSING if value is None else value
    plans = tuple((one.partition(":")[2], ()) for one in outcome.plans)
    found = directed(prover.space, ((policy, Answer("matched", plans=plans)),), name)
    if found is UNDECIDED:
        own = decision.treatment.get(name)
        return MISSING if own is None else own.value  # type: ignore[return-value]
    return UNDECIDED if isinstance(found, Mapping) else found
