"""One context decided: every policy asked in its order, then the plans merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from types import MappingProxyType as ReadOnly

from policyengine.conditions import fields_asked
from policyengine.context import Context, Problem
from policyengine.decision import ChosenPlan, Decision, Outcome
from policyengine.engine.situation import Situation
from policyengine.engine.treatment import merge
from policyengine.engine.unknowable import not_known_here
from policyengine.facts import MISSING, UNDECIDED, Absent, Fact
from policyengine.findings import Code
from policyengine.findings.contexts import IMPOSSIBLE_CONTEXT, NO_DAY
from policyengine.index import Indexes
from policyengine.model import LOCAL, Definitions, Plan, Policy, Rule
from policyengine.reference import (
    FALSE,
    TRUE,
    Answer,
    Measured,
    Rules,
    answer,
    condition_truth,
    may_be_true,
    measured,
    missing,
)
from policyengine.values import Value
from policyengine.vocabulary import Field


@dataclass(frozen=True, slots=True)
class Assumed:
    """What stands in for a decision or a house fact: policy tests use it."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    house: Mapping[str, Value] = field(default_factory=dict)


_NOTHING = Assumed()


@dataclass(frozen=True, slots=True)
class Answered:
    """A policy that was asked, what it answered, and how its rules were asked."""

    policy: Policy
    given: Answer
    rules: Rules | None


def decide(
    definitions: Definitions,
    context: Context,
    *,
    as_of: date | None = None,
    assumed: Assumed = _NOTHING,
    indexes: Indexes | None = None,
) -> Decision:
    """Return the decision for *context*; by *indexes* of the same *definitions* it is quicker.

    *as_of* selects versions and dated house facts instead of the context's own day; it changes
    no fact. A context with an error gives an `invalid` decision.
    """
    if not context.is_valid:
        return _invalid(definitions, context, as_of, ())
    situation, policies, problems = _begun(definitions, context, as_of, assumed)
    if any(problem.severity == "error" for problem in problems):
        return _invalid(definitions, context, as_of, tuple(problems))
    answers = _answers(situation, policies, indexes)
    plans = _chosen_plans(definitions, answers)
    treatment, withheld = merge(definitions, plans, situation)
    return Decision(
        id=context.id,
        about=context.about,
        at=context.at,
        as_of=as_of,
        status="decided",
        outcomes=ReadOnly({one.policy.name: _outcome(one, situation) for one in answers}),
        plans=plans,
        facts=ReadOnly(situation.noted),
        treatment=ReadOnly(treatment),
        withheld=withheld,
        problems=(*context.problems, *problems),
        definitions=definitions,
    )


def situate(
    definitions: Definitions,
    context: Context,
    *,
    as_of: date | None = None,
    assumed: Assumed = _NOTHING,
) -> Situation:
    """Return what is known once every policy has answered: what explanations look into."""
    situation, policies, _ = _begun(definitions, context, as_of, assumed)
    _answers(situation, policies, None)
    return situation


def _begun(
    definitions: Definitions, context: Context, as_of: date | None, assumed: Assumed
) -> tuple[Situation, tuple[Policy, ...], list[Problem]]:
    """Return the situation before any policy is asked, the policies to ask, and what cannot be."""
    day = as_of if as_of is not None else local_day(definitions, context.at)
    facts = {**context.facts, **assumed.house, **assumed.facts}
    given = context.given | assumed.facts.keys()
    situation = Situation(definitions, context, day, facts, given)
    policies = _asked(situation)
    problems = [*_dates(situation, policies, assumed), *_completed(situation)]
    return situation, policies, problems


def _answers(
    situation: Situation, policies: tuple[Policy, ...], indexes: Indexes | None
) -> list[Answered]:
    answers = []
    for policy in policies:
        rules = None if indexes is None else indexes.of(policy, situation.day)
        given = answer(policy, situation, rules)
        situation.keep(policy, given)
        answers.append(Answered(policy, given, rules))
    return answers


def _invalid(
    definitions: Definitions, context: Context, as_of: date | None, more: tuple[Problem, ...]
) -> Decision:
    return Decision(
        id=context.id,
        about=context.about,
        at=context.at,
        as_of=as_of,
        status="invalid",
        outcomes=ReadOnly({}),
        plans=(),
        facts=ReadOnly({}),
        treatment=ReadOnly({}),
        withheld=(),
        problems=(*context.problems, *more),
        definitions=definitions,
    )


def local_day(definitions: Definitions, at: datetime | date | None) -> date | None:
    """Return the day of *at* in the zone of the set."""
    if isinstance(at, datetime):
        return at.astimezone(definitions.zone).date()
    return at


def _asked(situation: Situation) -> tuple[Policy, ...]:
    """Return the policies to ask: all of the subject's but those whose answer is given.

    Of several versions it is the one in force on the day.
    """
    definitions, given = situation.definitions, situation.given
    asked = definitions.asked[situation.context.about]
    policies = definitions.of_the_day(asked, situation.day)
    if not given:
        return policies
    return tuple(policy for policy in policies if not policy.is_given(given))


def _dates(situation: Situation, policies: tuple[Policy, ...], assumed: Assumed) -> list[Problem]:
    """Return the problem that something asked depends on the day and there is none."""
    if situation.day is not None:
        return []
    definitions, given = situation.definitions, assumed.house.keys()
    dated = [
        f"the policy `{one.name}`" for one in policies if definitions.reads_dates(one, but=given)
    ]
    dated += [
        f"the vocabulary `{subject}`"
        for subject in definitions.sees[situation.context.about]
        if definitions.vocabulary_reads_dates(subject, but=given)
    ]
    if not dated:
        return []
    message = f"{dated[0]} depends on the day: give the time, or `--as-of`"
    at = definitions.vocabularies[situation.context.about].subject.at
    line = situation.context.line
    return [Problem("error", NO_DAY.id, at, message, "a day", line=line)]


def _completed(situation: Situation) -> list[Problem]:
    """Fill in defaults, and return what cannot be: fields known where they are not, the impossible.

    Only what is surely so is a problem: a field that is present where its `known_when` is false,
    and an `impossible` context that is true.
    """
    problems = []
    definitions = situation.definitions
    about = situation.context.about
    known_when = []
    for declared in definitions.visible[about]:
        if declared.known_when is not None:
            known_when.append(declared)
        elif declared.default is not None:
            situation.facts.setdefault(declared.name, declared.default)
    settled: set[str] = set()
    for declared in known_when:
        problems.extend(_settle(situation, declared, settled))
    for subject in definitions.sees[about]:
        for impossible in definitions.vocabularies[subject].impossible:
            if condition_truth(impossible, situation) == TRUE:
                span = impossible.span
                message = f"the vocabulary says this cannot be: {span.file}:{span.line}"
                problems.append(_problem(situation, IMPOSSIBLE_CONTEXT, None, message))
    return problems


def _settle(situation: Situation, declared: Field, settled: set[str]) -> list[Problem]:
    """Give a field its default, or make it missing, by its `known_when`; what that asks is first."""
    if declared.name in settled:
        return []
    settled.add(declared.name)
    definitions = situation.definitions
    problems: list[Problem] = []
    for name in definitions.leaves(fields_asked(declared.known_when)):
        other = definitions.fields.get(name)
        if other is not None and other.known_when is not None:
            problems.extend(_settle(situation, other, settled))
    name = declared.name
    known = condition_truth(declared.known_when, situation)
    if not isinstance(situation.facts.get(name, MISSING), Absent):
        if known == FALSE:
            problems.append(not_known_here(situation, declared))
    elif not may_be_true(known):
        situation.facts[name] = MISSING
    elif known != TRUE:
        situation.facts[name] = MISSING if declared.optional else UNDECIDED
    elif declared.default is not None:
        situation.facts[name] = declared.default
    return problems


def _problem(situation: Situation, code: Code, name: str | None, message: str) -> Problem:
    return Problem("error", code.id, name, message, line=situation.context.line)


def _outcome(answered: Answered, situation: Situation) -> Outcome:
    """Return what was *answered*, but for fields whose values came in."""
    policy, given = answered.policy, answered.given
    rules = given.rules if given.reason != "missing_data" else ()
    stands = _measured(policy, situation)
    return Outcome(
        policy=policy.name,
        reason=given.reason,
        rules=tuple(rule.name for rule in rules if not rule.is_otherwise),
        plans=tuple(f"{policy.name}:{name}" for name, _ in given.plans),
        values=ReadOnly(
            {name: given.values[name] for name in given.values if name not in situation.given}
        ),
        sums=given.sums,
        because=_because(rules),
        find_missing=cache(partial(_missing, answered, situation, stands)),
        places=tuple(rule.span for rule in rules),
        measured=stands,
    )


def _missing(answered: Answered, situation: Situation, stands: Measured | None) -> tuple[str, ...]:
    """Return the absent facts that count: those of a measure, and those that may change its rules."""
    unmeasured = () if stands is None else stands.absent
    absent = (leaf for name in unmeasured for leaf in situation.absent_inputs(name))
    return tuple(dict.fromkeys((*absent, *missing(answered.policy, situation, answered.rules))))


def _because(rules: tuple[Rule, ...]) -> str | None:
    """Return what *rules* say for themselves, each sentence once, or nothing where none does."""
    return " ".join(dict.fromkeys(rule.because for rule in rules if rule.because)) or None


def _measured(policy: Policy, situation: Situation) -> Measured | None:
    """Return how the measure of *policy* stands, where it has one that counts here."""
    if policy.measure is None or isinstance(situation.fact(policy.standing), Absent):
        return None
    return measured(policy.measure, situation)


def _basis(policy: Policy, plan: Plan, rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """Return what *plan* stands on, each with its directives: what it says, its rules, its policy.

    That a whole policy is `local` is not said of its plans.
    """
    found = dict(plan.basis)
    heads = (number for number in policy.basis if number != LOCAL)
    for number in (*(number for rule in rules for number in rule.basis), *heads):
        found.setdefault(number, ())
    return found


def _chosen_plans(definitions: Definitions, answers: list[Answered]) -> tuple[ChosenPlan, ...]:
    """Return the plans of all *answers*, those of the strongest layer first."""
    plans = []
    for one in answers:
        policy, given = one.policy, one.given
        for name, rules in given.plans:
            plan = policy.plans[name]
            plans.append(
                ChosenPlan(
                    id=plan.id,
                    policy=policy.name,
                    plan=name,
                    kind=policy.kind,
                    layer=definitions.layer_of(policy, name),
                    rules=tuple(rule.name for rule in rules if not rule.is_otherwise),
                    reason=given.reason,
                    because=_because(rules),
                    source=plan.span,
                    title=plan.title,
                    basis=_basis(policy, plan, rules),
                )
            )
    return tuple(sorted(plans, key=lambda plan: definitions.layers.index(plan.layer)))
