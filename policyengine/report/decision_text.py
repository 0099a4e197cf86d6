"""A decision for people: what applies, what is done, by which rules, and what was not decided."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from policyengine.computed import refusal_text
from policyengine.context import Problem
from policyengine.decision import ChosenPlan, Decision, Directed, Outcome, Treated, Withheld
from policyengine.model import LOCAL, Definitions
from policyengine.reference import Reason
from policyengine.report.cells import visible
from policyengine.report.colours import paint
from policyengine.report.columns import cells, hung, listed, padded, widest
from policyengine.report.figures import show_figure
from policyengine.report.measured_text import STANDING_WORDS, measured_sentence
from policyengine.values import FieldType

NOTHING_SAID: Mapping[Reason, str] = {
    "matched": "a rule says that nothing is done",
    "default": "no rule matched, so nothing is done",
    "in_force": "in force",
    "no_match": "no rule matched, and there is no `otherwise`",
    "missing_data": "facts are missing",
    "conflict": "its rules disagree",
    "not_in_effect": "not in effect on that day",
    "not_applicable": "does not apply here",
}
"""Why a policy gives no plan and decides no field, in words."""

_REFUSED = ".refused"
_NAME_COLUMN, _VALUE_COLUMN, _REMARK_COLUMN = 28, 24, 30

_Row = tuple[str, str, tuple[str, ...]]
"""A name, its value, and remarks, each of which gets a line of its own."""
_Section = tuple[str, list[str]]


def decision_text(decision: Decision, *, colour: bool, width: int) -> str:
    """Return *decision* as text of lines with up to *width* cells, where words allow it."""
    wide = max(width, 40)
    sections: tuple[_Section, ...]
    if decision.status == "invalid":
        sections = (("", _problems(decision.problems, wide, colour=colour)),)
    else:
        sections = (
            ("decided", _table(_decided(decision), wide)),
            ("computed", _table(_computed(decision), wide)),
            ("measured", _table(_measured(decision), wide)),
            ("plans", _plans(decision, wide)),
            ("treatment", _table(_treatment(decision), wide)),
            ("left out", _withheld(decision.withheld, wide)),
            ("not decided", _undecided(decision, wide)),
            ("no plan", _without_plan(decision, wide)),
            ("would help to know", _missing(decision, wide)),
            ("please look at the facts", _problems(decision.problems, wide, colour=colour)),
        )
    lines = [_head(decision, colour=colour)]
    for title, body in sections:
        if title and body:
            lines.append("  " + paint(title, "bold", colour))
        lines += body
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(decision: Decision, *, colour: bool) -> str:
    parts = [decision.about] if decision.about else []
    if decision.at is not None:
        parts.append(_moment(decision.at, decision.definitions))
    if decision.as_of is not None:
        parts.append(f"by the policies of {decision.as_of.isoformat()}")
    about = f" ({', '.join(parts)})" if parts else ""
    head = paint(visible(decision.id), "bold", colour) + about
    if decision.status == "invalid":
        return f"{head}: {paint('not decided, because the facts are faulty', 'error', colour)}"
    return head


def _moment(at: datetime | date, definitions: Definitions) -> str:
    if not isinstance(at, datetime):
        return at.isoformat()
    local = at.astimezone(definitions.zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def _plans(decision: Decision, wide: int) -> list[str]:
    lines: list[str] = []
    for plan in decision.plans:
        layer = "mandated" if plan.layer == "mandate" else f"layer {plan.layer}"
        lines.append(f"    {plan.id} ({layer})")
        if plan.title:
            lines += hung("      ", plan.title, wide)
        if plan.because:
            lines += hung("      because: ", plan.because, wide)
        lines += hung("      ", _chosen_by(plan, decision.outcomes[plan.policy]), wide)
        for basis in _bases(plan, decision.definitions):
            lines += hung("      ", basis, wide)
    return lines or ["    none applies"]


def _bases(plan: ChosenPlan, definitions: Definitions) -> Iterator[str]:
    """Yield on which statements the plan stands, and what of it the house decided by itself."""
    for number, directives in plan.basis.items():
        only = f" ({listed(directives)})" if directives else ""
        if number == LOCAL:
            yield f"decided by the house{only}"
        else:
            text = definitions.statements[number].text.removesuffix(".")
            yield f"stands on {number}{only}: {text}"


def _chosen_by(plan: ChosenPlan, outcome: Outcome) -> str:
    if plan.reason == "in_force":
        return f"in force, {plan.source.file}:{plan.source.line}"
    return f"by {rules_named(outcome, only=plan.rules)}"


def rules_named(outcome: Outcome, *, only: tuple[str, ...] | None = None) -> str:
    """Return the rules of *outcome* with their places, or *only* some of them."""
    if not outcome.rules:
        places = [f", {place.file}:{place.line}" for place in outcome.places[:1]]
        return "`otherwise`, as no rule matched" + "".join(places)
    found = dict(zip(outcome.rules, outcome.places, strict=False))
    names = [name for name in outcome.rules if only is None or name in only]
    words = listed([f"`{name}`" for name in names])
    lines = ", ".join(f"{found[name].line}" for name in names)
    file = found[names[0]].file if names else ""
    return f"rule{'' if len(names) == 1 else 's'} {words}, {file}:{lines}"


def _treatment(decision: Decision) -> Iterator[_Row]:
    for name, directed in decision.treatment.items():
        type_ = decision.definitions.directives[name].type
        yield name, _treated(type_, directed.value), _origins(type_, directed)


def _origins(type_: FieldType, directed: Directed) -> tuple[str, ...]:
    lost = (
        f"instead of {_treated(type_, other.value)} from {listed(other.origins)}"
        for other in directed.overrides
    )
    return (f"from {listed(directed.origins)}", *lost)


def _treated(type_: FieldType, value: Treated) -> str:
    if isinstance(value, Mapping):
        return " / ".join(f"{language}: {text}" for language, text in value.items())
    return show_figure(type_, value)


def _withheld(withheld: Iterable[Withheld], wide: int) -> list[str]:
    lines: list[str] = []
    for item in withheld:
        lines += hung(f"    {item.directive}: ", _why_withheld(item), wide)
    return lines


def _why_withheld(item: Withheld) -> str:
    origins = listed(item.origins)
    match item.reason:
        case "conflict":
            return f"{origins} say different things"
        case "missing":
            return f"{origins} takes `{item.field}`, which is missing"
        case reason:
            return f"{origins} takes `{item.field}`, which {refusal_text(reason)}"


def _measured(decision: Decision) -> Iterator[_Row]:
    for outcome in decision.outcomes.values():
        if outcome.measured is not None:
            standing = STANDING_WORDS[outcome.measured.standing]
            yield outcome.policy, standing, (measured_sentence(outcome.measured),)


def _decided(decision: Decision) -> Iterator[_Row]:
    fields = decision.definitions.fields
    for outcome in decision.outcomes.values():
        for name, value in outcome.values.items():
            shown = "missing" if value is None else show_figure(fields[name].type, value)
            by = f"{outcome.policy}: {rules_named(outcome)}"
            yield name, shown, (by, *_points(outcome), *_reasons(outcome))


def _reasons(outcome: Outcome) -> tuple[str, ...]:
    return (f"because: {outcome.because}",) if outcome.because else ()


def _points(outcome: Outcome) -> tuple[str, ...]:
    points = [f"{name} {number}" for name, number in (outcome.sums or {}).items() if number]
    return (f"points: {', '.join(points)}",) if points else ()


def _computed(decision: Decision) -> Iterator[_Row]:
    definitions = decision.definitions
    for name, value in decision.facts.items():
        if name in definitions.decided_by or name.endswith(_REFUSED):
            continue
        refused = decision.facts.get(name + _REFUSED)
        if value is not None:
            yield name, show_figure(definitions.fields[name].type, value), ()
        elif refused is not None:
            yield name, "missing", (refusal_text(str(refused)),)


def _undecided(decision: Decision, wide: int) -> list[str]:
    lines: list[str] = []
    for outcome in decision.outcomes.values():
        if outcome.reason not in ("missing_data", "conflict"):
            continue
        why = NOTHING_SAID[outcome.reason]
        what = f"{why}: {', '.join(outcome.missing)}"
        if outcome.reason == "conflict":
            what = f"{why}, {rules_named(outcome)}" if outcome.rules else why
        lines += hung(f"    {outcome.policy}: ", what, wide)
    return lines


def _without_plan(decision: Decision, wide: int) -> list[str]:
    """Return the policies that give no plan: those that say why each by itself, the others by why."""
    groups: dict[str, list[str]] = {}
    lines: list[str] = []
    for outcome in decision.outcomes.values():
        if outcome.plans or outcome.values or outcome.reason in ("missing_data", "conflict"):
            continue
        if outcome.because and outcome.reason in ("matched", "default"):
            by = f"by {rules_named(outcome)}"
            lines += hung(f"    {outcome.policy}: ", f"{outcome.because} ({by})", wide)
        else:
            groups.setdefault(NOTHING_SAID[outcome.reason], []).append(outcome.policy)
    for why, policies in groups.items():
        lines += hung(f"    {why}: ", ", ".join(policies), wide)
    return lines


def _missing(decision: Decision, wide: int) -> list[str]:
    """Return, for each policy that was decided, the absent facts that could change its answer."""
    lines: list[str] = []
    for outcome in decision.outcomes.values():
        if outcome.missing and outcome.reason != "missing_data":
            lines += hung(f"    for {outcome.policy}: ", ", ".join(outcome.missing), wide)
    return lines


def _problems(problems: Iterable[Problem], wide: int, *, colour: bool) -> list[str]:
    lines: list[str] = []
    for problem in problems:
        line = "" if problem.line is None else f"line {problem.line}: "
        first, *rest = hung(
            f"    {problem.severity}: ", f"{line}{problem.message} [{problem.code}]", wide
        )
        painted = paint(f"{problem.severity}:", problem.severity, colour)
        lines += [first.replace(f"{problem.severity}:", painted, 1), *rest]
    return lines


def _table(rows: Iterable[_Row], wide: int) -> list[str]:
    """Return *rows* of name, value and remarks in columns; what is too long goes below."""
    rows = list(rows)
    names = widest((name for name, _, _ in rows), most=_NAME_COLUMN)
    values = widest((value for _, value, _ in rows), most=_VALUE_COLUMN)
    lines: list[str] = []
    for name, value, remarks in rows:
        start = f"    {padded(name, names)}  "
        beside = f"{start}{padded(visible(value), values)}  "
        if cells(value) > values or cells(beside) > wide - _REMARK_COLUMN:
            lines += hung(start, value, wide)
            beside = " " * (cells(start) + 2)
        elif not remarks:
            lines.append(beside)
        for remark in remarks:
            lines += hung(beside, remark, wide)
            beside = " " * cells(beside)
    return lines
