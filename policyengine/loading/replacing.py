"""What a site may not drop where it replaces a policy: mandates and guarantees."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from policyengine.document import Scalar
from policyengine.findings import Finding, Related
from policyengine.findings.sites import GUARANTEE_DROPPED, MANDATE_DROPPED
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft
from policyengine.loading.files import Document
from policyengine.loading.guarantees import read_guarantees
from policyengine.loading.policies import read_policy
from policyengine.loading.sites import Extended, Replaced
from policyengine.model import Effective, FactSetting, Plan, Policy, Setting, TextSetting
from policyengine.values import rank

_ONE_DAY = timedelta(days=1)


def check_replaced(draft: Draft, extended: Extended | None) -> None:
    """Say where what replaces a policy drops its mandates, and hand its guarantees on."""
    for one in extended.replaced if extended is not None else ():
        by = [policy for policy in draft.policies if policy.name == one.by]
        for document in one.documents if by else ():
            old = _read_quietly(draft, document)
            if old is not None:
                _check_mandates(draft, one, old, by)
                _hand_on(draft, one, document)


def _read_quietly(draft: Draft, document: Document) -> Policy | None:
    """Return a policy that is replaced; what is wrong with it is said where it stands alone."""
    head = document.node.get("policy")
    before = len(draft.findings)
    policy = read_policy(draft, head, document.node) if isinstance(head, Scalar) else None
    del draft.findings[before:]
    return policy


def _hand_on(draft: Draft, one: Replaced, document: Document) -> None:
    """Give the guarantees of a replaced policy to what replaces it."""
    node = document.node.get("guarantees")
    for place, policy in enumerate(draft.policies):
        if policy.name != one.by or node is None:
            continue
        scope = Scope(draft, policy.about, policy.moment)
        before = len(draft.findings)
        inherited = read_guarantees(scope, node, policy.name, tuple(policy.plans))
        wrong = draft.findings[before:]
        del draft.findings[before:]
        draft.policies[place] = replace(policy, guarantees=(*inherited, *policy.guarantees))
        draft.findings.extend(_dropped(one, finding) for finding in wrong)


def _dropped(one: Replaced, wrong: Finding) -> Finding:
    message = f"a guarantee of `{one.name}` does not fit what replaces it: {wrong.message}"
    hint = "a site inherits guarantees: keep the names that they speak of"
    also = (Related(wrong.span, "the guarantee"),)
    return Finding(GUARANTEE_DROPPED, message, one.replaces.span, hint, related=also)


def _check_mandates(draft: Draft, one: Replaced, old: Policy, by: list[Policy]) -> None:
    """Say which mandated plans of *old* those that replace it take away, or make laxer."""
    for plan in old.plans.values():
        if plan.mandate is None:
            continue
        lost = next((why for why in _losses(draft, old, plan, by)), None)
        if lost is not None:
            message = f"`{one.by}` drops what is mandated by `{old.name}`: {lost}"
            hint = "copy the plan, and the rules that choose it, from the extended set"
            also = Related(plan.span, "the mandated plan")
            draft.say(MANDATE_DROPPED, message, one.replaces.span, hint, also)


def _losses(draft: Draft, old: Policy, plan: Plan, by: list[Policy]) -> Iterator[str]:
    """Yield in what the versions of the replacing policy, *by*, fall short of a mandated *plan*."""
    if not _are_in_force(old.effective, [policy.effective for policy in by]):
        yield "it is in force on fewer days"
    for new in by:
        kept = new.plans.get(plan.name)
        if not old.meets(new):
            continue
        if kept is None or kept.mandate is None:
            yield f"it has no mandated plan `{plan.name}`"
            continue
        if kept.mandate != plan.mandate:
            yield f"the plan `{plan.name}` cites something else"
        if _is_narrower(old, plan, new, kept):
            yield f"the plan `{plan.name}` is for fewer"
        for setting in plan.settings:
            if not _is_kept(draft, setting, kept):
                yield f"the plan `{plan.name}` changes `{setting.directive}`"
        yield from _lost_rules(old, plan, new)


def _is_narrower(old: Policy, plan: Plan, new: Policy, kept: Plan) -> bool:
    """Return whether a mandated plan applies, or comes into force, in other cases than it did."""
    applies = new.applies not in (None, old.applies) or kept.applies not in (None, plan.applies)
    timed = (kept.activate, kept.stand_down) != (plan.activate, plan.stand_down)
    return applies or timed or kept.effective not in (None, plan.effective)


def _lost_rules(old: Policy, plan: Plan, new: Policy) -> Iterator[str]:
    for rule in old.every_rule:
        if plan.name not in rule.plans:
            continue
        same = any(
            plan.name in other.plans
            and (other.when, other.is_otherwise) == (rule.when, rule.is_otherwise)
            and other.unless in (None, rule.unless)
            and other.effective in (None, rule.effective)
            for other in new.every_rule
        )
        if not same:
            yield f"the rule `{rule.name}` no longer chooses `{plan.name}`"


def _is_kept(draft: Draft, setting: Setting, kept: Plan) -> bool:
    """Return whether *kept* says the same for a directive, or something stricter."""
    directive = draft.directives[setting.directive]
    for other in kept.settings:
        if other.directive != setting.directive or other.instead < setting.instead:
            continue
        match setting.value, other.value:
            case FactSetting(was, otherwise), FactSetting(field, also):
                return (was, otherwise) == (field, also)
            case TextSetting(were), TextSetting(texts):
                return dict(were) == dict(texts)
            case (FactSetting() | TextSetting(), _) | (_, FactSetting() | TextSetting()):
                return False
            case value, new:
                if value == new or directive.tighter is None:
                    return value == new
                was_rank, new_rank = rank(directive.type, value), rank(directive.type, new)
                return new_rank < was_rank if directive.tighter == "lower" else new_rank > was_rank
    return False


def _are_in_force(old: Effective | None, by: list[Effective | None]) -> bool:
    """Return whether on each day of *old* one of *by* is in force."""
    if None in by:
        return True
    ranges = [one for one in by if one is not None]
    day = date.min if old is None or old.first is None else old.first
    for one in sorted(ranges, key=lambda one: one.first or date.min):
        if one.first is not None and one.first > day:
            return False
        if one.last is None or (old is not None and old.last is not None and one.last >= old.last):
            return True
        day = max(day, one.last + _ONE_DAY)
    return False
