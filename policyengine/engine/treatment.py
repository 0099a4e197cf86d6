"""The treatment: the directives of all chosen plans, merged one by one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from policyengine.decision import ChosenPlan, Directed, Overridden, Treated, Withheld
from policyengine.engine.situation import REFUSED, Situation
from policyengine.facts import Absent, Fact
from policyengine.model import Definitions, FactSetting, Setting, TextSetting
from policyengine.values import in_text, rank
from policyengine.vocabulary import Directive


@dataclass(frozen=True, slots=True)
class _Said:
    """What one plan says for a directive, and how strong its layer is: 0 is the strongest."""

    value: Treated
    plan: ChosenPlan
    strength: int
    ordered: bool
    """Whether its policy lets the earlier of its own plans win."""
    instead: bool = False
    """Whether weaker layers do not count."""

    @property
    def is_mandated(self) -> bool:
        return self.plan.layer == "mandate"


@dataclass(frozen=True, slots=True)
class _Lacking:
    """Why a directive that takes a fact has no value: the field and the reason."""

    field: str
    reason: str


def merge(
    definitions: Definitions, plans: Iterable[ChosenPlan], situation: Situation
) -> tuple[dict[str, Directed], tuple[Withheld, ...]]:
    """Return the treatment that *plans* give together, and what was left out of it.

    For each directive the strongest layer that speaks gives the value, unless the directive
    combines all layers by `min`, `max` or `union`.
    """
    said: dict[str, list[_Said]] = {}
    withheld: list[Withheld] = []
    for chosen in plans:
        policy = definitions.policy(chosen.policy, situation.day)
        assert policy is not None
        for setting in policy.plans[chosen.plan].settings:
            value = _value(setting, definitions, situation)
            if isinstance(value, _Lacking):
                reason, name = value.reason, value.field
                withheld.append(Withheld(setting.directive, (chosen.id,), reason, name))
                continue
            strength = definitions.layers.index(chosen.layer)
            one = _Said(value, chosen, strength, policy.hit != "collect", setting.instead)
            said.setdefault(setting.directive, []).append(one)
    treatment = {}
    for name in sorted(said, key=list(definitions.directives).index):
        heard, unheard = _cut(said[name])
        directed = _merged(definitions.directives[name], heard, withheld)
        if directed is not None and unheard:
            directed = _with_losers(directed, unheard)
        if directed is not None:
            treatment[name] = directed
    return treatment, tuple(withheld)


def _cut(said: list[_Said]) -> tuple[list[_Said], list[_Said]]:
    """Return what counts, and what is cut off by a stronger `instead`."""
    last = min((one.strength for one in said if one.instead), default=None)
    if last is None:
        return said, []
    return [one for one in said if one.strength <= last], [
        one for one in said if one.strength > last
    ]


def _with_losers(directed: Directed, unheard: list[_Said]) -> Directed:
    own = Overridden(directed.value, directed.origins)
    groups = [own, *directed.overrides]
    for one in unheard:
        same = next((group for group in groups if _key(group.value) == _key(one.value)), None)
        if same is None:
            groups.append(Overridden(one.value, (one.plan.id,)))
        elif same is not own:
            place = groups.index(same)
            groups[place] = Overridden(same.value, (*same.origins, one.plan.id))
    return Directed(directed.value, directed.origins, tuple(groups[1:]))


def _value(setting: Setting, definitions: Definitions, situation: Situation) -> Treated | _Lacking:
    match setting.value:
        case FactSetting(field=name, otherwise=otherwise):
            fact = situation.fact(name)
            if not isinstance(fact, Absent):
                return fact
            return otherwise if otherwise is not None else _lacking(name, situation)
        case TextSetting():
            return _filled(setting.value, definitions, situation)
        case value:
            return value


def _lacking(name: str, situation: Situation) -> _Lacking:
    reason: Fact = situation.fact(name + REFUSED)
    return _Lacking(name, reason if isinstance(reason, str) else "missing")


def _filled(
    setting: TextSetting, definitions: Definitions, situation: Situation
) -> Treated | _Lacking:
    """Return the texts with every `{field}` filled in, or what the first lacks."""
    words = {}
    for name in setting.fields:
        fact = situation.fact(name)
        if isinstance(fact, Absent):
            return _lacking(name, situation)
        words[name] = in_text(definitions.fields[name].type, fact)
    texts = setting.filled(words)
    return texts.get("", texts)


def _merged(directive: Directive, said: list[_Said], withheld: list[Withheld]) -> Directed | None:
    match directive.combine:
        case "first":
            return _strongest(directive, said, withheld)
        case "union":
            return _union(directive, said)
        case "min" | "max":
            return _extreme(directive, said)


def _strongest(
    directive: Directive, said: list[_Said], withheld: list[Withheld]
) -> Directed | None:
    """Return the value of the strongest layer that speaks with one voice."""
    left = list(said)
    for _, layer in groupby(said, key=lambda one: one.strength):
        group = list(layer)
        voices = _own_winners(group)
        values = {_key(one.value) for one in voices}
        if len(values) == 1:
            if voices[0].is_mandated and directive.tighter is not None:
                return _tightest(directive, said)
            weaker = [one for one in left if one.strength > voices[0].strength]
            losers = [one for one in (*group, *weaker) if _key(one.value) not in values]
            return _directed(voices[0].value, [*voices, *losers])
        origins = tuple(one.plan.id for one in voices)
        withheld.append(Withheld(directive.name, origins, "conflict"))
        left = [one for one in left if one.strength != voices[0].strength]
    return None


def _own_winners(voices: list[_Said]) -> list[_Said]:
    """Return what counts of one layer: of a policy with ordered hits only its earliest plan."""
    winners: list[_Said] = []
    seen: set[str] = set()
    for one in voices:
        if not one.ordered or one.plan.policy not in seen:
            winners.append(one)
        seen.add(one.plan.policy)
    return winners


def _union(directive: Directive, said: list[_Said]) -> Directed:
    members = {item for one in said if isinstance(one.value, tuple) for item in one.value}
    value = tuple(item for item in directive.type.values if item in members)
    return Directed(value, tuple(dict.fromkeys(one.plan.id for one in said)))


def _extreme(directive: Directive, said: list[_Said]) -> Directed:
    """Return the least or greatest value; a weaker plan may tighten a mandated one, not loosen it."""
    best = min if directive.combine == "min" else max
    return _directed(best(_allowed(directive, said), key=_rank_of(directive)).value, said)


def _tightest(directive: Directive, said: list[_Said]) -> Directed:
    """Return a mandated value, or that of a weaker plan where it is tighter."""
    best = min if directive.tighter == "lower" else max
    return _directed(best(said, key=_rank_of(directive)).value, said)


def _allowed(directive: Directive, said: list[_Said]) -> list[_Said]:
    mandated = [one for one in said if one.is_mandated]
    if not mandated or directive.tighter is None:
        return mandated or said
    rank_of = _rank_of(directive)
    if directive.tighter == "lower":
        bound = min(rank_of(one) for one in mandated)
        return [one for one in said if rank_of(one) <= bound]
    bound = max(rank_of(one) for one in mandated)
    return [one for one in said if rank_of(one) >= bound]


def _rank_of(directive: Directive) -> Callable[[_Said], Decimal | int]:
    def rank_of(one: _Said) -> Decimal | int:
        assert not isinstance(one.value, Mapping)
        return rank(directive.type, one.value)

    return rank_of


def _directed(value: Treated, said: list[_Said]) -> Directed:
    """Return *value* with the plans that give it, and every other value with its own."""
    groups: dict[object, list[_Said]] = {}
    for one in said:
        groups.setdefault(_key(one.value), []).append(one)
    own = groups.pop(_key(value))
    others = tuple(
        Overridden(group[0].value, tuple(one.plan.id for one in group)) for group in groups.values()
    )
    return Directed(value, tuple(one.plan.id for one in own), others)


def _key(value: Treated) -> object:
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value
