"""`AREA/NAME.yaml`: the policies, after everything they may name is known."""

from dataclasses import replace
from types import MappingProxyType as ReadOnly

from policyengine.conditions import Condition, fields_asked
from policyengine.document import Mapping, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import NOT_DECIDABLE
from policyengine.findings.names import (
    UNKNOWN_KIND,
    UNKNOWN_LAYER,
    UNKNOWN_MOMENT,
    UNKNOWN_SUBJECT,
)
from policyengine.findings.shape import UNKNOWN_KEY
from policyengine.loading.basis import read_basis
from policyengine.loading.built_in import own_details, read_details
from policyengine.loading.conditions import Scope, read_block
from policyengine.loading.draft import Draft, pairs, scalars, text_of, whole_of
from policyengine.loading.files import Document
from policyengine.loading.guarantees import read_guarantees
from policyengine.loading.hit_policies import check_hit
from policyengine.loading.measures import read_measure
from policyengine.loading.outcomes import RulePlace
from policyengine.loading.plans import PlanPlace, check_role, read_plan
from policyengine.loading.rules import read_rule_lists, read_rules
from policyengine.loading.types import says_wrong_name
from policyengine.loading.versions import check_versions
from policyengine.model import ABOUT_POLICIES, FactSetting, Plan, Policy, TextSetting
from policyengine.schema import check_plan


def read_policies(draft: Draft, documents: list[Document]) -> None:
    """Read every policy into *draft*; names are unique but for the versions of one policy."""
    _check_default(draft)
    for document in documents:
        head = document.node.get("policy")
        policy = read_policy(draft, head, document.node) if isinstance(head, Scalar) else None
        if policy is not None:
            draft.policies.append(policy)
    check_versions(draft)


def _check_default(draft: Draft) -> None:
    """Say so where `default_about` is no subject; policies then say so no more."""
    for document in draft.files.of("policyset"):
        name = document.node.get("default_about")
        known = draft.of_contexts
        if known and isinstance(name, Scalar) and name.text not in known:
            draft.say_unknown(UNKNOWN_SUBJECT, "subject", name, known)


def read_policy(draft: Draft, head: Scalar, node: Mapping) -> Policy | None:
    """Return the policy *head*, or nothing, after saying what is wrong with it."""
    subject = _subject(draft, head, node)
    if says_wrong_name(draft, "policy", head) or subject is None:
        return None
    moment = node.get("moment")
    if isinstance(moment, Scalar) and moment.text not in draft.moments:
        draft.say_unknown(UNKNOWN_MOMENT, "moment", moment, draft.moments)
    scope = Scope(draft, subject, text_of(moment))
    decides = _decides(draft, scope, node)
    hit = text_of(node.get("hit")) or "first"
    if decides is None:
        return None
    plans = _plans(scope, head, node)
    place = RulePlace(scope, hit, decides, plans)
    measure = read_measure(scope, node.get("measure"))
    rules, otherwise = read_rules(place, node)
    watching, fallbacks = read_rule_lists(place, node, f"standing.{head.text}")
    owner = node.get("owner")
    if isinstance(owner, Scalar):
        check_role(draft, owner)
    outcomes = draft.fields[decides[0]].type.values if decides else tuple(plans)
    policy = Policy(
        head.text,
        subject,
        _layer(draft, node),
        head.span,
        kind=text_of(node.get("kind")),
        title=text_of(node.get("title")) or "",
        owner=text_of(owner),
        hit=hit,  # type: ignore[arg-type]  # the schema lists them
        decides=decides,
        plans=ReadOnly(plans),
        rules=(*rules, *watching),
        otherwise=otherwise,
        applies=read_block(scope, node.get("applies")),
        effective=draft.effective(node.get("effective")),
        given_wins=text_of(node.get("given")) == "wins",
        moment=text_of(moment),
        needs=whole_of(node.get("needs"), 1),
        lead=whole_of(node.get("lead"), 0),
        guarantees=read_guarantees(scope, node.get("guarantees"), head.text, tuple(plans)),
        ranks=ReadOnly({outcome: rank for rank, outcome in enumerate(outcomes)}),
        basis=read_basis(draft, node.get("basis")),
        details=read_details(draft, node.get("details")),
        measure=measure,
        fallbacks=ReadOnly(fallbacks),
    )
    check_hit(draft, policy, node)
    _check_kind(draft, node)
    return replace(policy, asks=_asks(scope, policy), takes=_takes(policy))


def _subject(draft: Draft, head: Scalar, node: Mapping) -> str | None:
    about = node.get("about")
    name = about if isinstance(about, Scalar) else None
    if name is None:
        if draft.default_about is not None:
            return draft.default_about if draft.default_about in draft.subjects else None
        message = f"the policy `{head.text}` does not say what it is about"
        hint = "add `about: SUBJECT`, or `default_about` in `policyset.yaml`"
        draft.say(UNKNOWN_SUBJECT, message, head.span, hint)
        return None
    if name.text not in draft.subjects:
        draft.say_unknown(UNKNOWN_SUBJECT, "subject", name, draft.subjects)
        return None
    return name.text


def _decides(draft: Draft, scope: Scope, node: Mapping) -> tuple[str, ...] | None:
    """Return the decided fields, or nothing where one of them cannot be decided."""
    names = scalars(node.get("decides"))
    for name in names:
        found = scope.check(name, name.span)
        if found is None:
            return None
        wrong = ""
        computed = name.text in draft.computed
        if computed:
            wrong = "is computed"
        elif found.origin != "input" or found.vocabulary in ABOUT_POLICIES:
            wrong = (
                "is a constant of the house" if found.origin == "house" else "is the engine's own"
            )
        if wrong:
            also = Related(found.span, "declared here")
            message = f"`{name.text}` {wrong}, so no policy can decide it"
            hint = "declare a field for it in a vocabulary, and decide that"
            draft.say(NOT_DECIDABLE, message, name.span, hint, also)
            return None
    return tuple(name.text for name in names)


def _layer(draft: Draft, node: Mapping) -> str:
    own, kind = node.get("layer"), node.get("kind")
    layer = None
    if isinstance(kind, Scalar):
        if kind.text in draft.kinds:
            layer = draft.kinds[kind.text].layer
        else:
            draft.say_unknown(UNKNOWN_KIND, "kind", kind, draft.kinds)
    if isinstance(own, Scalar):
        if own.text not in draft.layers:
            draft.say_unknown(UNKNOWN_LAYER, "layer", own, draft.layers)
        else:
            layer = own.text
    return layer or draft.layers[-1]


def _plans(scope: Scope, head: Scalar, node: Mapping) -> dict[str, Plan]:
    written = node.get("plans")
    names = written.keys() if isinstance(written, Mapping) else ()
    place = PlanPlace(head.text, scope, names)
    plans = {}
    for key, value in pairs(written):
        if isinstance(value, Mapping):
            plans[key.text] = read_plan(place, key, value)
    return plans


def _check_kind(draft: Draft, node: Mapping) -> None:
    """Check every plan against the schema of its kind, which knows no details of the house."""
    kind = draft.kinds.get(text_of(node.get("kind")) or "")
    if kind is None or kind.shape is None:
        return
    said = {finding.span for finding in draft.findings}
    for key, plan in pairs(node.get("plans")):
        if isinstance(plan, Mapping):
            own = own_details(draft, plan.get("details")) | own_details(draft, node.get("details"))
            for finding in check_plan(plan, node, kind.name, kind.shape, name=key):
                is_own = finding.code is UNKNOWN_KEY and finding.span in own
                if finding.span not in said and not is_own:
                    draft.findings.append(finding)


def _asks(scope: Scope, policy: Policy) -> tuple[str, ...]:
    """Return every field that its standing, choosing a rule, and whether a plan applies, ask.

    That its rules ask its own standing is no question to another policy, nor what a plan in force
    asks of the contexts that receive it.
    """
    by_plans = [name for plan in policy.plans.values() for name in fields_asked(plan.applies)]
    conditions: list[Condition | None] = []
    for rule in policy.rules:
        conditions += [rule.when, rule.unless]
    by_rules = [name for one in conditions for name in fields_asked(one)]
    measured = () if policy.measure is None else policy.measure.asks
    return tuple(
        dict.fromkeys(
            (
                *fields_asked(policy.applies),
                *measured,
                *(name for name in by_rules if name != policy.standing),
                *(name for name in by_plans if scope.field(name) is not None),
            )
        )
    )


def _takes(policy: Policy) -> tuple[str, ...]:
    """Return every field that the directives of the plans take."""
    names: list[str] = []
    for plan in policy.plans.values():
        for setting in plan.settings:
            match setting.value:
                case FactSetting(field=name):
                    names.append(name)
                case TextSetting(fields=fields):
                    names.extend(fields)
    return tuple(dict.fromkeys(names))
