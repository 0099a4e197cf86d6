"""Which rules are behind a failure: those that were chosen, and those that would have been right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policyengine.cases.situated import Decided
from policyengine.cases.suite import (
    DirectiveExpected,
    Expected,
    FactExpected,
    OriginExpected,
    PlansExpected,
    ReasonExpected,
    RulesExpected,
    SumExpected,
)
from policyengine.explanation.trace import RuleTrace, trace_plan, trace_rule
from policyengine.facts import MISSING
from policyengine.model import FactSetting, Plan, Policy, Rule, TextSetting
from policyengine.reference import TRUE
from policyengine.reference.unary import unary_truth
from policyengine.unary_tests import Constant, Equals, UnaryTest
from policyengine.values import FieldType, Value

_MOST = 3
_Rules = Iterable[tuple[Policy, Rule]]


def rules_behind(expected: Expected, decided: Decided) -> tuple[RuleTrace, ...]:
    """Return the tests of the rules that *expected* is about, the chosen ones first.

    Of the rules that would have been right those with the fewest failing tests are shown.
    """
    if decided.situation is None:
        return ()
    match expected:
        case PlansExpected(policy, plans):
            return _traces(_chosen(decided, policy), _giving(decided, policy, plans), decided)
        case RulesExpected(policy, names):
            right = [(decided.policy(policy), rule) for rule in decided.policy(policy).every_rule]
            named = [(one, rule) for one, rule in right if rule.name in names]
            return _traces(_chosen(decided, policy), named, decided)
        case ReasonExpected(policy, reason):
            rules = decided.policy(policy).rules if reason == "matched" else ()
            right = [(decided.policy(policy), rule) for rule in rules]
            return _traces(_chosen(decided, policy), right, decided)
        case SumExpected(policy, outcome):
            one = decided.policy(policy)
            right = [(one, rule) for rule in one.rules if outcome in rule.points]
            return _traces((), right, decided, most=len(right))
        case FactExpected(field, test):
            return _behind_fact(field, test, decided)
        case DirectiveExpected(directive, test):
            return _traces(
                _chosen_for(decided, directive), _directing(decided, directive, test), decided
            )
        case OriginExpected(directive, plans):
            right = [
                found
                for policy in _asked(decided)
                for plan in policy.plans.values()
                if plan.id in plans
                for found in _giving(decided, policy.name, (plan.name,))
            ]
            return _traces(_chosen_for(decided, directive), right, decided)
        case _:
            return ()


def _traces(
    chosen: _Rules, right: _Rules, decided: Decided, *, most: int = _MOST
) -> tuple[RuleTrace, ...]:
    chosen = list(chosen)
    shown = [_chosen_trace(policy, rule, decided) for policy, rule in chosen]
    taken = {(policy.name, rule.name) for policy, rule in chosen}
    others = [one for one in right if (one[0].name, one[1].name) not in taken]
    wanted = [
        _wanted_trace(policy, rule, decided) for policy, rule in dict(_by_id(others)).values()
    ]
    wanted.sort(key=lambda trace: trace.failing)
    return (*shown, *wanted[:most])


def _by_id(rules: _Rules) -> Iterator[tuple[tuple[str, str], tuple[Policy, Rule]]]:
    for policy, rule in rules:
        yield (policy.name, rule.name), (policy, rule)


def _chosen_trace(policy: Policy, rule: Rule, decided: Decided) -> RuleTrace:
    """Return the tests of a chosen rule, and of its plans where they do not apply."""
    assert decided.situation is not None
    trace = trace_rule(policy, rule, "chosen", decided.situation)
    plans = (policy.plans[name] for name in rule.plans)
    applied = [line for plan in plans for line in trace_plan(plan, decided.situation)]
    return replace(trace, lines=(*trace.lines, *applied))


def _wanted_trace(policy: Policy, rule: Rule, decided: Decided) -> RuleTrace:
    assert decided.situation is not None
    trace = trace_rule(policy, rule, "wanted", decided.situation)
    if trace.note or trace.verdict != "holds":
        return trace
    outcome = decided.decision.outcomes[policy.name]
    if policy.hit == "first" and outcome.rules and not rule.is_otherwise:
        return replace(trace, note=f"it holds too, but `{outcome.rules[0]}` stands above it")
    return trace


def _asked(decided: Decided) -> tuple[Policy, ...]:
    return tuple(decided.policy(name) for name in decided.decision.outcomes)


def _chosen(decided: Decided, name: str) -> list[tuple[Policy, Rule]]:
    """Return the rules by which the policy *name* answered, `otherwise` among them."""
    policy = decided.policy(name)
    places = decided.decision.outcomes[name].places
    return [(policy, rule) for rule in policy.every_rule if rule.span in places]


def _giving(decided: Decided, name: str, plans: Iterable[str]) -> list[tuple[Policy, Rule]]:
    """Return the rules of the policy *name* that give one of *plans*."""
    policy, wanted = decided.policy(name), set(plans)
    return [
        (policy, rule)
        for rule in policy.every_rule
        if wanted & {*rule.plans, *rule.points} or (not wanted and not rule.plans)
    ]


def _chosen_for(decided: Decided, directive: str) -> list[tuple[Policy, Rule]]:
    """Return the rules that chose the plans from which *directive* comes."""
    directed = decided.decision.treatment.get(directive)
    origins = () if directed is None else directed.origins
    return [
        found
        for plan in decided.decision.plans
        if plan.id in origins
        for found in _chosen(decided, plan.policy)
        if plan.plan in {*found[1].plans, *found[1].points}
    ]


def _directing(decided: Decided, directive: str, test: UnaryTest) -> list[tuple[Policy, Rule]]:
    """Return the rules whose plans give *directive* a value that meets *test*."""
    type_ = decided.definitions.directives[directive].type
    return [
        found
        for policy in _asked(decided)
        for plan in policy.plans.values()
        if _gives(plan, directive, type_, test, decided)
        for found in _giving(decided, policy.name, (plan.name,))
    ]


def _gives(plan: Plan, directive: str, type_: FieldType, test: UnaryTest, decided: Decided) -> bool:
    values = [one.value for one in plan.settings if one.directive == directive]
    return any(
        _meets(test, value, type_, decided)
        for value in values
        if not isinstance(value, FactSetting | TextSetting)
    )


def _behind_fact(field: str, test: UnaryTest, decided: Decided) -> tuple[RuleTrace, ...]:
    """Return the rules behind a decided field; what is assumed or computed has none."""
    decider = decided.definitions.decided_by.get(field)
    if decider is None or decider.name not in decided.decision.outcomes:
        return ()
    policy = decided.policy(decider.name)
    right: list[tuple[Policy, Rule]] = []
    if field == f"chosen.{policy.name}":
        plans = [
            name for name in policy.plans if _meets(test, name, _type(field, decided), decided)
        ]
        right = _giving(decided, policy.name, plans)
    elif field in policy.decides:
        type_ = _type(field, decided)
        right = [
            (policy, rule)
            for rule in policy.every_rule
            if any(_meets(test, value, type_, decided) for value in _outcomes(rule, field))
        ]
    return _traces(_chosen(decided, policy.name), right, decided)


def _type(field: str, decided: Decided) -> FieldType:
    return decided.definitions.fields[field].type


def _outcomes(rule: Rule, field: str) -> tuple[Value | None, ...]:
    """Return the values that *rule* gives or adds points to."""
    points = tuple(outcome for outcome, number in rule.points.items() if number > 0)
    return (*points, rule.values[field]) if field in rule.values else points


def _meets(test: UnaryTest, value: Value | None, type_: FieldType, decided: Decided) -> bool:
    """Return whether *value* meets *test*; of a set, whether it is a part of what is wanted."""
    situation = decided.situation
    assert situation is not None
    if isinstance(test, Equals) and isinstance(test.operand, Constant):
        wanted = test.operand.value
        if isinstance(wanted, tuple) and value is not None:
            parts = value if isinstance(value, tuple) else (value,)
            return bool(parts) and set(parts) <= set(wanted)
    if type_.kind == "set" and isinstance(value, str):
        value = (value,)
    return unary_truth(test, MISSING if value is None else value, type_, situation.fact) == TRUE
