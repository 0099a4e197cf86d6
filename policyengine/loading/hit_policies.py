"""Hit policies: whether one fits what the policy decides, and how its rules give it."""

from policyengine.document import Mapping
from policyengine.findings.fit import HIT_DOES_NOT_FIT
from policyengine.findings.grammar import with_article
from policyengine.loading.draft import Draft, blocks
from policyengine.loading.measures import RULE_LISTS
from policyengine.loading.types import a_kind
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
    lists = ("rules", *(name for name, _ in RULE_LISTS))
    for rule in (rule for name in lists for rule in blocks(node.get(name))):
        points = rule.key("points")
        if points is not None and policy.hit != "score":
            message = f"`points` count only under `hit: score`, here it is `{policy.hit}`"
            draft.say(HIT_DOES_NOT_FIT, message, points.span, "leave `points` out")


def _check_decided(draft: Draft, policy: Policy, span: Span) -> None:
    """Say so where the decided field is not of a kind that the hit policy gives."""
    wanted = _DECIDES.get(policy.hit)
    if wanted is None:
        return
    shown = "a number" if wanted is _NUMBERS else with_article(wanted[0])
    hint = f"decide {shown}, or write `hit: first`"
    message = f"`hit: {policy.hit}` decides one field that is {shown}"
    types = [draft.fields[name].type for name in policy.decides]
    if not types and policy.hit in _NUMERIC:
        hint = "write `hit: collect` where several plans may apply together"
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found plans", span, hint)
    elif len(types) > 1:
        hint = "make a policy for each field"
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found {len(types)} fields", span, hint)
    elif types and types[0].kind not in wanted:
        draft.say(HIT_DOES_NOT_FIT, f"{message}, found {a_kind(types[0])}", span, hint)
