"""Hit policies: whether one fits what the policy decides, and how its rules give it."""

from policyengine.document import Mapping
from policyengine.findings.fit import HIT_DOES_NOT_FIT
from policyengine.findings.grammar import with_article
from policyengine.loading.draft import Draft
from policyengine.model import Policy
from policyengine.source import Span

_NUMBERS = ("integer", "number", "money", "share", "duration")
_DECIDES = {
    "score": ("choice",),
    "priority": ("choice",),
    "collect": ("set",),
    "rule_order": ("list",),
    "output_order": ("list",),
    "sum": _NUMBERS,
    "min": _NUMBERS,
    "max": _NUMBERS,
    "count": ("integer",),
}
"""Of what kind the field is that a policy with this hit policy decides; else any field will do."""
_NUMERIC = ("sum", "min", "max", "count")


def check_hit(draft: Draft, policy: Policy, node: Mapping) -> None:
    """Say where the hit policy of *policy* does not fit the rest of it."""
    written = node.get("hit")
    span = policy.span if written is None else written.span
    _check_decided(draft, policy, span)
    if policy.hit == "score":
        _check_score(draft, policy, node, span)
    for rule in policy.rules:
        if policy.hit == "score" and not rule.points:
            message = f"the rule `{rule.name}` gives no points"
            draft.say(HIT_DOES_NOT_FIT, message, rule.span, "add `points: {OUTCOME: 1}`")
        elif policy.hit != "score" and rule.points:
            message = f"`points` count only under `hit: score`, here it is `{policy.hit}`"
            draft.say(HIT_DOES_NOT_FIT, message, rule.span, "add `hit: score` to the policy")
    for word in ("needs", "lead"):
        key = node.key(word)
        if key is not None and policy.hit != "score":
            message = f"`{word}` counts only under `hit: score`, here it is `{policy.hit}`"
            draft.say(HIT_DOES_NOT_FIT, message, key.span, f"leave `{word}` out")


def _check_decided(draft: Draft, policy: Policy, span: Span) -> None:
    """Say so where the decided field is not of a kind that the hit policy gives."""
    wanted = _DECIDES.get(policy.hit)
    if wanted is None:
        return
    shown = "a number" if wanted is _NUMBERS else with_article(wanted[0])
    message = f"`hit: {policy.hit}` decides one field that is {shown}"
    types = [draft.fields[name].type for name in policy.decides]
    if not types and policy.hit in _NUMERIC:
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found plans", span, "add `decides: FIELD`")
    elif len(types) > 1:
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found {len(types)} fields", span)
    elif types and types[0].kind not in wanted:
        found = with_article(types[0].kind)
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found {found}", span)


def _check_score(draft: Draft, policy: Policy, node: Mapping, span: Span) -> None:
    if policy.otherwise is None:
        hint = "add `- otherwise: …` for when no sum is enough"
        draft.say(HIT_DOES_NOT_FIT, "`hit: score` without `otherwise`", span, hint)
    if node.get("table") is not None:
        draft.say(HIT_DOES_NOT_FIT, "`hit: score` needs `rules`, not a table", span)
