"""`basis:` of a policy, a plan or a rule: the statements that it stands on."""

from types import MappingProxyType as ReadOnly

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.names import UNKNOWN_DIRECTIVE
from policyengine.findings.near import did_you_mean
from policyengine.findings.sources import UNKNOWN_STATEMENT
from policyengine.loading.draft import Draft, pairs, scalars
from policyengine.model import LOCAL


def read_basis(draft: Draft, node: Node | None) -> tuple[str, ...]:
    """Return the numbers that `basis` gives, after saying which of them no source has."""
    names = scalars(node)
    for name in names:
        _check(draft, name)
    return tuple(name.text for name in names)


def read_plan_basis(draft: Draft, plan: Mapping) -> ReadOnly[str, tuple[str, ...]]:
    """Return what *plan* stands on: for each number its directives, or none where all of it does."""
    node = plan.get("basis")
    found: dict[str, tuple[str, ...]] = dict.fromkeys(read_basis(draft, node), ())
    own = [key.text for part in ("directives", "instead") for key, _ in pairs(plan.get(part))]
    for number, written in pairs(node):
        _check(draft, number)
        for name in scalars(written):
            if name.text not in own:
                message = f"the plan has no directive `{name.text}`"
                hint = did_you_mean(name.text, own) or "the plan gives no directives"
                draft.say(UNKNOWN_DIRECTIVE, message, name.span, hint)
        found[number.text] = tuple(name.text for name in scalars(written))
    return ReadOnly(found)


def _check(draft: Draft, name: Scalar) -> None:
    """Say so where no source has a statement of that number."""
    if name.text == LOCAL or name.text in draft.statements:
        return
    if not draft.statements:
        message = f"no source has a statement `{name.text}`: the set has no sources"
        hint = "write `local` for a decision of the house, or add a file `sources/NAME.yaml`"
    else:
        message = f"no source has a statement `{name.text}`"
        hint = did_you_mean(name.text, (*draft.statements, LOCAL))
        hint = hint or "write `local` for a decision of the house"
    draft.say(UNKNOWN_STATEMENT, message, name.span, hint)
