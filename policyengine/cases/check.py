"""Whether a decision is as a case expects, and where it is not: what came, and by which rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from policyengine.cases.blame import rules_behind
from policyengine.cases.situated import Decided
from policyengine.cases.suite import (
    DirectiveExpected,
    Expected,
    FactExpected,
    NamesExpected,
    OriginExpected,
    PlansExpected,
    ReasonExpected,
    RulesExpected,
    SameExpected,
    StatusExpected,
    SumExpected,
)
from policyengine.decision import Decision, Outcome, Treated
from policyengine.explanation.trace import RuleTrace
from policyengine.facts import MISSING, Absent
from policyengine.model import Definitions
from policyengine.reference import TRUE
from policyengine.reference.unary import unary_truth
from policyengine.source import Span
from policyengine.unary_tests import UnaryTest, show_test
from policyengine.values import FieldType, show_value


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that came out otherwise: *what* it is, what was expected, and what was found."""

    suite: str
    case: str
    what: str
    expected: str
    actual: str
    span: Span = field(repr=False)
    because: str = ""
    trace: tuple[RuleTrace, ...] = ()


def failures_of(
    suite: str, decided: Decided, others: Mapping[str, Decision]
) -> tuple[Failure, ...]:
    """Return what of the case *decided* came out otherwise; *others* are the cases of its file."""
    case = decided.case
    found = list(_otherwise(decided, others))
    return tuple(
        Failure(
            suite=suite,
            case=case.name,
            what=expected.what,
            expected=wanted,
            actual=actual,
            span=expected.span,
            because=case.because,
            trace=rules_behind(expected, decided),
        )
        for expected, wanted, actual in found
    )


def _otherwise(
    decided: Decided, others: Mapping[str, Decision]
) -> Iterator[tuple[Expected, str, str]]:
    """Yield what is not as expected, with both in words; of an invalid context that alone."""
    decision = decided.decision
    if decision.status == "invalid":
        spoken_of = [one for one in decided.case.expected if _is_about_refusal(one)]
        if not spoken_of:
            yield decided.case.expected[0], "a decision", _status_text(decision)
            return
        refused = [one for one in spoken_of if _answer(one, decided, others) is not None]
        if any(isinstance(one, StatusExpected) for one in refused):
            yield spoken_of[0], "decided", _status_text(decision)
            return
    for expected in decided.case.expected:
        answer = _answer(expected, decided, others)
        if answer is not None:
            yield expected, *answer


def _is_about_refusal(expected: Expected) -> bool:
    return isinstance(expected, StatusExpected) or (
        isinstance(expected, NamesExpected) and expected.what == "problems"
    )


def _answer(
    expected: Expected, decided: Decided, others: Mapping[str, Decision]
) -> tuple[str, str] | None:
    """Return what was expected and what came, in words; nothing where they agree."""
    decision = decided.decision
    match expected:
        case StatusExpected(status):
            return None if decision.status == status else (status, _status_text(decision))
        case FactExpected():
            return _fact(expected, decided)
        case DirectiveExpected():
            return _directive(expected, decided)
        case PlansExpected() | RulesExpected() | ReasonExpected() | SumExpected():
            return _of_policy(expected, decision)
        case OriginExpected():
            return _origin(expected, decision)
        case NamesExpected():
            return _names(expected, decision)
        case SameExpected(name):
            return _same(name, decision, others[name])
        case _:
            assert_never(expected)


def _of_policy(
    expected: PlansExpected | RulesExpected | ReasonExpected | SumExpected, decision: Decision
) -> tuple[str, str] | None:
    """Return what was expected of one policy and what it answered, where these differ."""
    outcome = decision.outcomes.get(expected.policy)
    if outcome is None:
        outcome = Outcome(expected.policy, "no_match")
    match expected:
        case PlansExpected(policy, plans):
            came = tuple(plan.plan for plan in decision.plans if plan.policy == policy)
            nothing = f"no plan ({outcome.reason})"
            return _unless_same(plans, came, _listed(plans, "no plan"), nothing)
        case RulesExpected(_, rules):
            nothing = f"no rule ({outcome.reason})"
            return _unless_same(rules, outcome.rules, _listed(rules, "no rule"), nothing)
        case ReasonExpected(_, reason):
            return None if outcome.reason == reason else (reason, outcome.reason)
        case SumExpected(_, name, points):
            total = (outcome.sums or {}).get(name)
            if total == points:
                return None
            return str(points), "no sum" if total is None else str(total)
        case _:
            assert_never(expected)


def _fact(expected: FactExpected, decided: Decided) -> tuple[str, str] | None:
    type_ = decided.definitions.fields[expected.field].type
    fact = decided.fact(expected.field)
    situation = decided.situation
    if situation is not None and unary_truth(expected.test, fact, type_, situation.fact) == TRUE:
        return None
    shown = "missing" if isinstance(fact, Absent) else show_value(type_, fact)
    return _test_text(expected.test, type_, decided.definitions), shown


def _directive(expected: DirectiveExpected, decided: Decided) -> tuple[str, str] | None:
    decision, name = decided.decision, expected.directive
    type_ = decided.definitions.directives[name].type
    directed = decision.treatment.get(name)
    if decided.situation is not None and directive_meets(expected.test, name, decided):
        return None
    if directed is not None:
        came = _treated_text(type_, directed.value)
    else:
        reasons = [item.reason for item in decision.withheld if item.directive == name]
        came = f"missing (withheld: {reasons[0]})" if reasons else "missing"
    return _test_text(expected.test, type_, decided.definitions), came


def directive_meets(test: UnaryTest, name: str, decided: Decided) -> bool:
    """Return whether the directive *name* meets *test*: of texts in several languages, one does."""
    type_ = decided.definitions.directives[name].type
    directed = decided.decision.treatment.get(name)
    assert decided.situation is not None
    if directed is None:
        return unary_truth(test, MISSING, type_, decided.situation.fact) == TRUE
    value = directed.value
    values = value.values() if isinstance(value, Mapping) else (value,)
    return any(unary_truth(test, one, type_, decided.situation.fact) == TRUE for one in values)


def _origin(expected: OriginExpected, decision: Decision) -> tuple[str, str] | None:
    """`from` names all plans; `overridden` some of those that lost, or with none, that none did."""
    directed = decision.treatment.get(expected.directive)
    if not expected.lost:
        came = () if directed is None else directed.origins
        wanted = _listed(expected.plans, "no plan")
        return _unless_same(expected.plans, came, wanted, "no plan")
    overrides = () if directed is None else directed.overrides
    lost = tuple(origin for other in overrides for origin in other.origins)
    if (lost == ()) if not expected.plans else set(expected.plans) <= set(lost):
        return None
    return _listed(expected.plans, "no plan"), _listed(lost, "no plan")


def _names(expected: NamesExpected, decision: Decision) -> tuple[str, str] | None:
    """`withheld` and `problems` name all there are; `missing` some, or with none, that none is."""
    nothing = "none"
    if expected.what == "missing":
        came = decision.missing
        if (came == ()) if not expected.names else set(expected.names) <= set(came):
            return None
        return _listed(expected.names, nothing), _listed(came, nothing)
    if expected.what == "withheld":
        came = tuple(dict.fromkeys(item.directive for item in decision.withheld))
    else:
        errors = (problem for problem in decision.problems if problem.severity == "error")
        came = tuple(dict.fromkeys(one.field or one.message for one in errors))
    return _unless_same(expected.names, came, _listed(expected.names, nothing), nothing)


def _same(name: str, decision: Decision, other: Decision) -> tuple[str, str] | None:
    """Return the first directives that differ; only their values count, not where they are from."""
    keys = dict.fromkeys((*other.treatment, *decision.treatment))
    differing = [key for key in keys if _value(decision, key) != _value(other, key)]
    if not differing and decision.status == other.status:
        return None
    if not differing:
        return f"the same as `{name}`: {other.status}", decision.status
    theirs = ", ".join(f"{key}: {_shown(other, key)}" for key in differing)
    ours = ", ".join(f"{key}: {_shown(decision, key)}" for key in differing)
    return f"the same as `{name}`: {theirs}", ours


def _value(decision: Decision, name: str) -> object:
    directed = decision.treatment.get(name)
    return None if directed is None else directed.value


def _shown(decision: Decision, name: str) -> str:
    directed = decision.treatment.get(name)
    if directed is None:
        return "missing"
    return _treated_text(decision.definitions.directives[name].type, directed.value)


def _unless_same(
    wanted: Iterable[str], came: Iterable[str], wanted_text: str, nothing: str
) -> tuple[str, str] | None:
    """Return both in words, or nothing where they are the same names in any order."""
    came = tuple(came)
    if set(wanted) == set(came):
        return None
    return wanted_text, _listed(came, nothing)


def _listed(names: Iterable[str], nothing: str) -> str:
    return ", ".join(names) or nothing


def _status_text(decision: Decision) -> str:
    errors = [one.message for one in decision.problems if one.severity == "error"]
    return f"{decision.status}: {'; '.join(errors)}" if errors else decision.status


def _test_text(test: UnaryTest, type_: FieldType, definitions: Definitions) -> str:
    return show_test(test, type_, zone=type_.zone or definitions.zone.key)


def _treated_text(type_: FieldType, value: Treated) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{language}: {text}" for language, text in value.items())
    return show_value(type_, value)
