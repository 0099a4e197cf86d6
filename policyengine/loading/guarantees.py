"""Guarantees: read and kept; that their names mean something is checked here."""

from collections.abc import Collection

from policyengine.conditions import Condition
from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings import Code
from policyengine.findings.names import (
    UNKNOWN_DIRECTIVE,
    UNKNOWN_KIND,
    UNKNOWN_PLAN,
    UNKNOWN_POLICY,
    UNKNOWN_SUBJECT,
)
from policyengine.findings.near import did_you_mean
from policyengine.loading.conditions import Scope, read_block
from policyengine.loading.draft import Draft, pairs, scalars, text_of
from policyengine.model import Guarantee
from policyengine.vocabulary import Field

_CLAIMS = ("always", "never")


def read_guarantees(
    scope: Scope, node: Node | None, policy: str | None = None, plans: tuple[str, ...] = ()
) -> tuple[Guarantee, ...]:
    """Return the guarantees of a policy, or of the set, as written."""
    found = []
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            found.append(Guarantee(item.text, item, item.span))
        elif isinstance(item, Mapping):
            conditions = _check(scope, item, policy, plans)
            found.append(Guarantee(_kind_of(item), item, item.span, *conditions))
    return tuple(found)


def _kind_of(node: Mapping) -> str:
    """Return what is guaranteed: the key that is not a condition or a reason."""
    keys = (key.text for key, _ in node.entries)
    return next((key for key in keys if key not in ("while", "because")), "")


def _check(
    scope: Scope, node: Mapping, policy: str | None, plans: tuple[str, ...]
) -> tuple[Condition | None, Condition | None, Condition | None]:
    """Check the names in a guarantee; return where it counts, and what it says when and then."""
    while_ = read_block(scope, node.get("while"))
    when = then = None
    for name in scalars(node.get("independent_of")):
        scope.check(name, name.span)
    monotone, complete = node.get("monotone"), node.get("complete")
    if isinstance(monotone, Mapping):
        _check_monotone(scope, monotone)
    if isinstance(complete, Mapping):
        _check_name(scope, UNKNOWN_SUBJECT, "subject", complete.get("about"), scope.draft.subjects)
        _check_name(scope, UNKNOWN_KIND, "kind", complete.get("kind"), scope.draft.kinds)
    for claim in _CLAIMS:
        block = node.get(claim)
        if isinstance(block, Mapping):
            when = read_block(scope, block.get("when"))
            then = _check_then(scope, block.get("then"), policy, plans)
    return while_, when, then


def _check_monotone(scope: Scope, node: Mapping) -> None:
    """Check what may never rise or fall, and along which field."""
    directives = scope.draft.directives
    _check_name(scope, UNKNOWN_DIRECTIVE, "directive", node.get("directive"), directives)
    for key in ("field", "along"):
        name = node.get(key)
        if isinstance(name, Scalar):
            scope.check(name, name.span)


def _check_name(
    scope: Scope, code: Code, what: str, name: Node | None, known: Collection[str]
) -> None:
    if isinstance(name, Scalar) and name.text not in known:
        scope.draft.say_unknown(code, what, name, known)


def _check_then(
    scope: Scope, node: Node | None, policy: str | None, plans: tuple[str, ...]
) -> Condition | None:
    """Return what must come out of fields and directives; check also the names of plans and kinds."""
    draft = scope.draft
    asked = []
    for key, value in pairs(node):
        names = scalars(value)
        match key.text:
            case "plan":
                _check_plans(scope, names, policy, plans)
            case "policy":
                for name in names:
                    _check_name(scope, UNKNOWN_POLICY, "policy", name, _policies(draft))
            case "kind":
                for name in names:
                    _check_name(scope, UNKNOWN_KIND, "kind", name, draft.kinds)
            case _:
                asked.append((key, value))
    if isinstance(node, Mapping):
        more = {
            f"directive.{name}": Field(f"directive.{name}", one.type, "plans", one.span)
            for name, one in draft.directives.items()
        }
        inner = Scope(draft, scope.subject, scope.moment, more)
        return read_block(inner, Mapping(tuple(asked), node.span)) if asked else None
    return None


def _check_plans(
    scope: Scope, names: tuple[Scalar, ...], policy: str | None, plans: tuple[str, ...]
) -> None:
    for name in names:
        owner, colon, plan = name.text.rpartition(":")
        if colon and owner != policy:
            _check_elsewhere(scope.draft, name, owner, plan)
        elif plan not in (*plans, "none"):
            known = plans if policy is not None else _all_plans(scope.draft)
            scope.draft.say_unknown(UNKNOWN_PLAN, "plan", name, known)


def _check_elsewhere(draft: Draft, name: Scalar, owner: str, plan: str) -> None:
    """Say so where the policy *owner* is unknown, or has no such *plan*."""
    policies = _policies(draft)
    if owner not in policies:
        hint = did_you_mean(owner, policies)
        draft.say(UNKNOWN_POLICY, f"unknown policy `{owner}`", name.span, hint)
        return
    known = _plans_of(draft, owner)
    if plan not in (*known, "none"):
        draft.say_unknown(UNKNOWN_PLAN, "plan", name, [f"{owner}:{one}" for one in known])


def _plans_of(draft: Draft, policy: str) -> tuple[str, ...]:
    chosen = draft.fields.get(f"chosen.{policy}")
    return () if chosen is None else chosen.type.values


def _all_plans(draft: Draft) -> tuple[str, ...]:
    return tuple(
        f"{owner}:{plan}"
        for owner in _policies(draft)
        for plan in _plans_of(draft, owner)
        if plan != "none"
    )


def _policies(draft: Draft) -> list[str]:
    heads = (text_of(document.node.get("policy")) for document in draft.files.of("policy"))
    return [head for head in heads if head is not None]
