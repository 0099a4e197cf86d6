"""Plans and their directives."""

from dataclasses import dataclass, replace

from policyengine.conditions import Condition
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import FACT_DOES_NOT_FIT, LACKS_LANGUAGE, MANDATE_CAN_BE_LOST
from policyengine.findings.grammar import with_article
from policyengine.findings.names import (
    DECLARED_TWICE,
    UNKNOWN_DIRECTIVE,
    UNKNOWN_LANGUAGE,
    UNKNOWN_LAYER,
    UNKNOWN_ROLE,
)
from policyengine.loading.basis import read_plan_basis
from policyengine.loading.built_in import read_details
from policyengine.loading.conditions import Scope, read_block, whole_scope
from policyengine.loading.draft import Draft, blocks, pairs, scalars, text_of
from policyengine.loading.types import says_wrong_name
from policyengine.model import PLACEHOLDER, FactSetting, Plan, Setting, TextSetting
from policyengine.source import Span
from policyengine.values import FieldType, Value
from policyengine.vocabulary import Directive, Field

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where a plan stands: in which policy, and what it may ask."""

    policy: str
    scope: Scope
    names: tuple[str, ...]
    """The plans of the policy."""


def read_plan(place: PlanPlace, key: Scalar, node: Mapping) -> Plan:
    """Return the plan *key*, after saying what is wrong with it."""
    draft = place.scope.draft
    says_wrong_name(draft, "plan", key)
    mandate = node.get("mandate")
    citation = mandate.get("citation") if isinstance(mandate, Mapping) else None
    plan = Plan(
        key.text,
        place.policy,
        key.span,
        node,
        title=text_of(node.get("title")) or "",
        owner=text_of(node.get("owner")),
        alternate=text_of(node.get("alternate")),
        settings=_read_settings(place.scope, node),
        applies=read_block(_receiving(place.scope, node), node.get("applies")),
        effective=draft.effective(node.get("effective")),
        mandate=text_of(citation),
        activate=_read_timed(place.scope, node.get("activate")),
        stand_down=_read_timed(place.scope, node.get("stand_down")),
        basis=read_plan_basis(draft, node),
        due=_due(draft, node.get("due")),
        review_by=draft.day(node.get("review_by")),
        details=read_details(draft, node.get("details")),
        severity=text_of(node.get("severity")),  # type: ignore[arg-type]  # the schema lists the three
        say=_read_text(place.scope, node.get("say")),
    )
    _check_roles(place, node)
    _check_mandate(draft, plan)
    return plan


def _receiving(scope: Scope, plan: Mapping) -> Scope:
    """Return what `applies` may ask: a plan in force goes into the treatment of other subjects too."""
    return scope if plan.get("activate") is None else whole_scope(scope.draft)


def _due(draft: Draft, node: Node | None) -> Value | None:
    return None if node is None else draft.value(node, FieldType("duration"))


def _read_timed(scope: Scope, node: Node | None) -> Condition | None:
    return read_block(scope, node.get("when")) if isinstance(node, Mapping) else None


def _check_roles(place: PlanPlace, node: Mapping) -> None:
    """Say which of the people named in a plan have no role in `policyset.yaml`."""
    draft = place.scope.draft
    named = [node.get("owner"), node.get("alternate")]
    for key in ("activate", "stand_down"):
        timed = node.get(key)
        named.append(timed.get("by") if isinstance(timed, Mapping) else None)
    named.extend(action.get("role") for action in blocks(node.get("actions")))
    for name in (name for some in named for name in scalars(some)):
        check_role(draft, name)
    for step in blocks(node.get("escalate")):
        for target in scalars(step.get("to")):
            check_role(draft, target, place.names)


def check_role(draft: Draft, name: Scalar, plans: tuple[str, ...] = ()) -> None:
    """Say so where *name* is no role of the house, nor one of *plans*.

    Without `roles` every name will do.
    """
    known = (*plans, *draft.roles)
    if draft.roles and name.text not in known:
        what = "role or plan" if plans else "role"
        draft.say_unknown(UNKNOWN_ROLE, what, name, known)


def _check_mandate(draft: Draft, plan: Plan) -> None:
    """Say how a mandated plan could be lost: by an end date, or by a fact that is missing."""
    if plan.mandate is None:
        return
    if draft.layers[:1] != ("mandate",):
        hint = "put `mandate` first in `precedence` of `policyset.yaml`"
        draft.say(UNKNOWN_LAYER, "a mandated plan stands in the layer `mandate`", plan.span, hint)
    if plan.effective is not None and plan.effective.last is not None:
        message = f"the plan `{plan.name}` is mandated by {plan.mandate}: it cannot have an end"
        draft.say(MANDATE_CAN_BE_LOST, message, plan.effective.span, "leave `through` out")
    for setting in plan.settings:
        value = setting.value
        if isinstance(value, FactSetting) and value.otherwise is None:
            message = f"`{setting.directive}` of a mandated plan takes a fact that may be missing"
            hint = f"write `{{fact: {value.field}, else: VALUE}}`"
            draft.say(MANDATE_CAN_BE_LOST, message, setting.span, hint)
        directive = draft.directives[setting.directive]
        if directive.combine in ("min", "max") and directive.tighter is None:
            message = f"weaker plans could loosen `{directive.name}`, which is mandated here"
            also = Related(directive.span, "declared here")
            hint = f"add `tighter: lower` or `tighter: higher` to the directive `{directive.name}`"
            draft.say(MANDATE_CAN_BE_LOST, message, setting.span, hint, also)


def _read_settings(scope: Scope, plan: Mapping) -> tuple[Setting, ...]:
    """Return what the plan says under `directives`, and under `instead`."""
    both = plan.get("directives"), plan.get("instead")
    for key, _ in pairs(both[1]):
        first = both[0].key(key.text) if isinstance(both[0], Mapping) else None
        if first is not None:
            also = Related(first.span, "under `directives`")
            message = f"`{key.text}` stands under `directives` and under `instead`"
            scope.draft.say(DECLARED_TWICE, message, key.span, "keep one of the two", also)
    return (
        *_settings(scope, both[0]),
        *(replace(one, instead=True) for one in _settings(scope, both[1])),
    )


def _settings(scope: Scope, node: Node | None) -> list[Setting]:
    settings = []
    for key, value in pairs(node):
        directive = scope.draft.directives.get(key.text)
        seen = scope.subjects
        known = [one.name for one in scope.draft.directives.values() if one.vocabulary in seen]
        if key.text in scope.draft.broken:
            continue
        if directive is None or key.text not in known:
            scope.draft.say_unknown(UNKNOWN_DIRECTIVE, "directive", key, known)
            continue
        setting = _read_setting(scope, directive, value, key.span)
        if setting is not None:
            settings.append(setting)
    return settings


def _read_setting(scope: Scope, directive: Directive, node: Node, span: Span) -> Setting | None:
    if isinstance(node, Mapping) and node.get("fact") is not None:
        fact = _read_fact(scope, directive, node)
        return None if fact is None else Setting(directive.name, fact, span)
    if directive.type.kind == "text":
        text = _read_text(scope, node)
        return None if text is None else Setting(directive.name, text, span)
    if isinstance(node, Mapping):
        message = f"only a text can be given for each language, `{directive.name}` is none"
        hint = "write one value, or `{fact: FIELD, else: VALUE}`"
        scope.draft.say(FACT_DOES_NOT_FIT, message, node.span, hint)
        return None
    value = scope.draft.value(node, directive.type)
    return None if value is None else Setting(directive.name, value, span)


def _read_fact(scope: Scope, directive: Directive, node: Mapping) -> FactSetting | None:
    name, otherwise = node.get("fact"), node.get("else")
    if not isinstance(name, Scalar):
        return None
    found = scope.check(name, name.span)
    if found is None:
        return None
    if not _agrees(found, directive.type):
        expected, got = _phrase(directive.type), _phrase(found.type)
        message = f"`{directive.name}` is {expected}, and `{name.text}` is {got}"
        also = Related(found.span, "declared here")
        scope.draft.say(FACT_DOES_NOT_FIT, message, name.span, "", also)
        return None
    value = None if otherwise is None else scope.draft.value(otherwise, directive.type)
    return FactSetting(name.text, value, node.span)


def _agrees(found: Field, wanted: FieldType) -> bool:
    """Return whether every value of *found* is one of the directive's: kind, unit and words."""
    has = found.type
    if wanted.kind == "text":
        return has.kind in ("text", "choice")
    if has.kind != wanted.kind or not set(has.values) <= set(wanted.values):
        return False
    return has.kind == "duration" or has.unit == wanted.unit


def _phrase(type_: FieldType) -> str:
    if type_.values:
        shown = ", ".join(f"`{value}`" for value in type_.values[:_SHOWN])
        more = " …" if len(type_.values) > _SHOWN else ""
        return f"{with_article(type_.kind)} of {shown}{more}"
    word = with_article("amount" if type_.kind == "money" else type_.kind)
    return word + (f" in `{type_.unit}`" if type_.unit else "")


def _read_text(scope: Scope, node: Node | None) -> TextSetting | None:
    """Return a text, or one for each language, with the fields of its placeholders."""
    written: dict[str, Scalar] = {}
    if isinstance(node, Scalar):
        written[""] = node
    for key, value in pairs(node):
        languages = scope.draft.languages
        if languages and key.text not in languages:
            scope.draft.say_unknown(UNKNOWN_LANGUAGE, "language", key, languages)
        elif isinstance(value, Scalar):
            written[key.text] = value
    if not written or node is None:
        return None
    _check_languages(scope.draft, node, written)
    fields: dict[str, None] = {}
    for value in written.values():
        for found in PLACEHOLDER.finditer(value.text):
            if scope.check(found[1], _place_of(found[0], value)) is not None:
                fields[found[1]] = None
    shown = {language: value.text for language, value in written.items()}
    return TextSetting(shown, tuple(fields), node.span)


def _check_languages(draft: Draft, node: Node, written: dict[str, Scalar]) -> None:
    """Say so where a text that stands in several languages lacks one of them."""
    absent = [f"`{language}`" for language in draft.languages if language not in written]
    if absent and isinstance(node, Mapping) and len(node.entries) == len(written):
        found = " and ".join(f"`{language}`" for language in written)
        message = f"the text stands in {found}, and not in {' and '.join(absent)}"
        hint = "write it in every language, or once for all of them"
        draft.say(LACKS_LANGUAGE, message, node.entries[0][0].span, hint)


def _place_of(part: str, text: Scalar) -> Span:
    """Return where *part* stands in *text*; the whole of it where it is written in other letters."""
    before, found, _ = text.span.text.partition(part)
    start = text.span.start + len(before)
    return text.span.source.span(start, start + len(part)) if found else text.span
