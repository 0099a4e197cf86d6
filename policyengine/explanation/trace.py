"""The tests of a rule for one context: the values seen, and whether each holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Literal, assert_never

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.engine import Situation
from policyengine.facts import Absent
from policyengine.model import Plan, Policy, Rule
from policyengine.reference import FALSE, TRUE, condition_truth, in_effect, rule_truth
from policyengine.source import Span
from policyengine.unary_tests import show_test
from policyengine.values import Value, show_value, to_json

Verdict = Literal["holds", "does not hold", "unknown"]
Role = Literal["chosen", "wanted"]

_ABSENT = {
    Absent.MISSING: "missing",
    Absent.UNKNOWN: "not given",
    Absent.UNDECIDED: "not decided",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of a rule: a test of a field with the value seen, or words that join such lines.

    *depth* is how far inside it stands; *field* is empty where the line joins others.
    """

    depth: int
    words: str
    verdict: Verdict
    field: str | None = None
    test: str | None = None
    seen: str | None = None
    value: object = attribute(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """A rule that was chosen, or that would have given what was wanted, with all its tests."""

    policy: str
    rule: str
    role: Role
    verdict: Verdict
    span: Span = attribute(repr=False)
    lines: tuple[Tried, ...] = ()
    note: str = ""

    @property
    def failing(self) -> int:
        """How many of its lines kept it from holding."""
        return sum(line.depth == 0 and line.verdict != "holds" for line in self.lines)


def trace_rule(policy: Policy, rule: Rule, role: Role, situation: Situation) -> RuleTrace:
    """Return the tests of *rule* of *policy* as they came out in *situation*."""
    lines = [
        *trace_policy(policy, situation),
        *(_walked(rule.when, situation, 0) if rule.when is not None else ()),
        *(_unless(rule.unless, situation) if rule.unless is not None else ()),
    ]
    verdict = verdict_of(rule_truth(rule, situation))
    note = ""
    if not in_effect(rule.effective, situation.day):
        note = "not in force on this day"
    elif rule.is_otherwise:
        note = "what follows when no rule holds"
    return RuleTrace(policy.name, rule.name, role, verdict, rule.span, tuple(lines), note)


def trace_plan(plan: Plan, situation: Situation) -> Iterator[Tried]:
    """Yield what *plan* itself asks, where it does not apply."""
    truth = condition_truth(plan.applies, situation)
    if plan.applies is not None and truth != TRUE:
        yield Tried(0, f"the plan {plan.name} applies", verdict_of(truth))
        yield from _walked(plan.applies, situation, 1)


def verdict_of(truth: int) -> Verdict:
    """Return *truth* in words."""
    if truth == TRUE:
        return "holds"
    return "does not hold" if truth == FALSE else "unknown"


def trace_policy(policy: Policy, situation: Situation) -> Iterator[Tried]:
    """Yield what *policy* itself asks, where it does not apply."""
    truth = condition_truth(policy.applies, situation)
    if policy.applies is not None and truth != TRUE:
        yield Tried(0, "the policy applies", verdict_of(truth))
        yield from _walked(policy.applies, situation, 1)


def _unless(condition: Condition, situation: Situation) -> Iterator[Tried]:
    """Yield the lines of `unless`: the first says whether it lets the rule hold."""
    is_true = condition_truth(condition, situation) == TRUE
    yield Tried(0, "unless", "does not hold" if is_true else "holds")
    yield from _walked(condition, situation, 1)


def _walked(condition: Condition, situation: Situation, depth: int) -> Iterator[Tried]:
    verdict = verdict_of(condition_truth(condition, situation))
    match condition:
        case FieldTest():
            yield _tried(condition, situation, depth, verdict)
        case AllOf(parts):
            inner = depth
            if depth and len(parts) > 1:
                yield Tried(depth, "all of these", verdict)
                inner += 1
            for part in parts:
                yield from _walked(part, situation, inner)
        case SomeOf(parts):
            yield Tried(depth, "any of these", verdict)
            for part in parts:
                yield from _walked(part, situation, depth + 1)
        case NotThat(part):
            yield Tried(depth, "not", verdict)
            yield from _walked(part, situation, depth + 1)
        case Named(name, part):
            yield Tried(depth, f"is {name}", verdict)
            yield from _walked(part, situation, depth + 1)
        case _:
            assert_never(condition)


def _tried(line: FieldTest, situation: Situation, depth: int, verdict: Verdict) -> Tried:
    type_ = situation.type_of(line.field)
    fact = situation.fact(line.field)
    test = show_test(line.test, type_, zone=type_.zone or situation.definitions.zone.key)
    value: Value | None = None if isinstance(fact, Absent) else fact
    return Tried(
        depth=depth,
        words=f"{line.field}: {test}",
        verdict=verdict,
        field=line.field,
        test=test,
        seen=_ABSENT[fact] if isinstance(fact, Absent) else show_value(type_, fact),
        value=None if value is None else to_json(type_, value),
    )
