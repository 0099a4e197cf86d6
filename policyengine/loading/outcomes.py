"""What a rule gives: plans by their names, or values of the decided fields."""

from dataclasses import dataclass

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings.fit import WRONG_OUTCOME
from policyengine.findings.names import UNKNOWN_PLAN
from policyengine.findings.near import near_match
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, scalars, text_of
from policyengine.model import SEVERAL, Plan
from policyengine.source import Span
from policyengine.values import Value


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Where rules stand: what they may ask, and what they may give."""

    scope: Scope
    hit: str
    decides: tuple[str, ...]
    plans: dict[str, Plan]

    @property
    def draft(self) -> Draft:
        """The set being read."""
        return self.scope.draft


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule gives: plans, or values of the decided fields."""

    plans: tuple[str, ...] = ()
    values: tuple[tuple[str, Value | None], ...] = ()


def is_outcome(place: RulePlace, name: Scalar) -> bool:
    """Return whether *name* can come out of the policy; say so where it cannot."""
    if place.decides:
        type_ = place.draft.fields[place.decides[0]].type
        return place.draft.value(name, type_) is not None
    return _is_plan(place, name)


def _is_plan(place: RulePlace, name: Scalar) -> bool:
    if name.text in place.plans:
        return True
    place.draft.say_unknown(UNKNOWN_PLAN, "plan", name, place.plans)
    return False


def given_by(place: RulePlace, node: Node | None) -> Given:
    """Return what `then` or `otherwise` gives."""
    if node is None:
        return Given()
    if not place.decides:
        return Given(plans=_plans(place, node))
    if len(place.decides) == 1 and not isinstance(node, Mapping):
        return Given(values=((place.decides[0], decided_value(place, place.decides[0], node)),))
    values: dict[str, Value | None] = {}
    if not isinstance(node, Mapping):
        shape = ", ".join(f"{name}: …" for name in place.decides)
        hint = f"write `{{{shape}}}`"
        message = f"this policy decides {len(place.decides)} fields: expected one value for each"
        if text_of(node) != "missing":
            place.draft.say(WRONG_OUTCOME, message, node.span, hint)
        return Given(values=tuple((name, None) for name in place.decides))
    for key, value in node.entries:
        if key.text not in place.decides:
            say_not_decided(place, key.text, key.span)
        else:
            values[key.text] = decided_value(place, key.text, value)
    return Given(values=tuple(values.items()))


def say_not_decided(place: RulePlace, name: str, span: Span) -> None:
    """Say that the policy does not decide *name*, and what the writer may do about it."""
    decided = ", ".join(f"`{one}`" for one in place.decides)
    near = near_match(name, place.decides)
    if name in place.draft.directives:
        hint = "instructions are given by plans; this policy decides fields"
    elif name in place.draft.fields:
        hint = f"add `{name}` to `decides`"
    else:
        hint = "" if near is None else f"did you mean `{near}`?"
    place.draft.say(WRONG_OUTCOME, f"this policy decides {decided}, not `{name}`", span, hint)


def _plans(place: RulePlace, node: Node) -> tuple[str, ...]:
    if isinstance(node, Mapping):
        key, value = node.entries[0]
        hint = "name one of the plans: " + ", ".join(f"`{name}`" for name in place.plans)
        if key.text in place.draft.directives:
            hint = "directives stand under `directives` of a plan; `then` names the plan"
        elif text_of(value) in place.plans:
            hint = f"write `then: {text_of(value)}`"
        message = "expected the name of a plan, found a mapping"
        place.draft.say(WRONG_OUTCOME, message, key.span, hint)
        return ()
    return plan_names(place, scalars(node), node.span)


def plan_names(place: RulePlace, names: tuple[Scalar, ...], span: Span) -> tuple[str, ...]:
    """Return the plans called *names*, all at *span*; `none` is none of them."""
    if len(names) == 1 and names[0].text == "none":
        return ()
    if len(names) > 1 and place.hit not in SEVERAL:
        message = f"`hit: {place.hit}` chooses one plan, found {len(names)}"
        hint = "write `hit: collect` where several plans may apply together"
        place.draft.say(WRONG_OUTCOME, message, span, hint)
        return ()
    return tuple(name.text for name in names if _is_plan(place, name))


def decided_value(place: RulePlace, name: str, node: Node) -> Value | None:
    """Return the value that is decided for *name*; nothing for `missing`, or what is wrong."""
    type_ = place.draft.fields[name].type
    if isinstance(node, Scalar) and node.text == "missing":
        return None
    if isinstance(node, Scalar) and type_.kind in ("set", "list"):
        node = Sequence((node,), node.span)
    return place.draft.value(node, type_)


def joined_plans(place: RulePlace, cell: Scalar) -> tuple[str, ...]:
    """Return the plans that one cell names: `a + b`."""
    parts = [part.strip() for part in cell.text.split("+")]
    if not all(parts):
        message = f"expected plans with `+` between them, found `{cell.text}`"
        hint = f"write `{' + '.join(part for part in parts if part)}`"
        place.draft.say(WRONG_OUTCOME, message, cell.span, hint if any(parts) else "")
        return ()
    names, start = [], 0
    for part in parts:
        at = cell.span.text.find(part, start)
        begin, start = cell.span.start + at, at + len(part)
        span = cell.span.source.span(begin, begin + len(part)) if at >= 0 else cell.span
        names.append(Scalar(part, span))
    return plan_names(place, tuple(names), cell.span)
