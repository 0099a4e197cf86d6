"""Policies about the policies: every plan of the set is decided, and the set itself once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from policyengine.analysis.in_force import Places, plans_on
from policyengine.analysis.said import Said, said
from policyengine.analysis.written import Written, written_plan, written_set
from policyengine.conditions import field_tests, fields_asked
from policyengine.context import Context
from policyengine.engine import Situation, decide, situate
from policyengine.facts import Absent
from policyengine.findings import Finding, Related
from policyengine.findings.policies import NOT_DECIDED, SAID_BY_A_POLICY
from policyengine.model import Definitions, Plan, Policy, Rule
from policyengine.source import Span
from policyengine.unary_tests import AnyOf, Has, UnaryTest
from policyengine.values import to_json

_NAME = "policies"
_ASKED = ("plan.asks", "set.asked")
_SAME = ("house.", "plan.measure.", "plan.policy", "plan.kind", "plan.as_of")
"""The beginnings of the fields that are the same for all plans of a policy."""
_SHARED = (*_SAME, "plan.details.", "plan.layer", "plan.owner")
"""And of those that the head of a policy may state for its plans."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A plan, or the set: its facts, and where what is found of it is shown."""

    subject: str
    id: str
    written: Written
    span: Span
    policy: Policy | None = None


def check_policies(definitions: Definitions, as_of: date | None) -> Iterator[Finding]:
    """Yield what the policies about plans and about the set say of each."""
    if definitions.asked.get("plan"):
        for policy, plans in plans_on(definitions, as_of):
            judged = [_plan(definitions, policy, plan, as_of) for plan in plans]
            yield from _of_policy(definitions, policy, judged, as_of)
    if definitions.asked.get("set"):
        written = written_set(definitions, as_of)
        judged_set = _Judged("set", definitions.name, written, definitions.span)
        yield from (finding for finding, _ in _findings(definitions, judged_set, as_of))


def _plan(definitions: Definitions, policy: Policy, plan: Plan, day: date | None) -> _Judged:
    written = written_plan(definitions, policy, plan, day)
    return _Judged("plan", plan.id, written, plan.span, policy)


def _of_policy(
    definitions: Definitions, policy: Policy, plans: list[_Judged], as_of: date | None
) -> Iterator[Finding]:
    """Yield what is said of the *plans* of a policy.

    What its head states, or could state, and is said of all of them, is said once, at the head.
    """
    said_of: dict[tuple[str, tuple[Related, ...]], list[tuple[Finding, tuple[str, ...]]]] = {}
    for judged in plans:
        for finding, asked in _findings(definitions, judged, as_of):
            said_of.setdefault((finding.message, finding.related), []).append((finding, asked))
    for found in said_of.values():
        first, asked = found[0]
        shared = _SHARED if len(plans) > 1 else _SAME
        if asked and len(found) == len(plans) and all(one.startswith(shared) for one in asked):
            yield replace(first, span=policy.span, plan=None)
        else:
            yield from (finding for finding, _ in found)


def _findings(
    definitions: Definitions, judged: _Judged, as_of: date | None
) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Yield what is said of one plan or the set, each with the facts that it comes from."""
    context = Context(judged.id, judged.subject, None, judged.written.facts)
    decision = decide(definitions, context, as_of=as_of)
    situation = situate(definitions, context, as_of=as_of)
    for policy in definitions.of_the_day(definitions.policies, situation.day):
        if policy.about != judged.subject:
            continue
        for one in said(decision, situation, policy):
            asked = _fields(policy, one)
            yield _finding(judged, situation, one, asked), definitions.leaves(asked)
        outcome = decision.outcomes.get(policy.name)
        if outcome is not None and outcome.reason == "missing_data":
            yield _not_decided(judged, policy, outcome.missing), ()


def _finding(judged: _Judged, situation: Situation, one: Said, asked: tuple[str, ...]) -> Finding:
    places = (*one.related, *_asked_here(one.rules, judged.written.places))
    return Finding(
        SAID_BY_A_POLICY,
        one.message,
        judged.span,
        related=places,
        policy=judged.policy.name if judged.policy is not None else None,
        check=_NAME,
        context=_proof(situation, asked),
        plan=judged.id if judged.policy is not None else None,
        said=one.severity,
    )


def _fields(policy: Policy, one: Said) -> tuple[str, ...]:
    """Return every field on which it depends that this was said, and how."""
    conditions = [
        policy.applies,
        *(part for rule in one.rules for part in (rule.when, rule.unless)),
    ]
    names = [name for condition in conditions for name in fields_asked(condition)]
    if any(rule.is_otherwise for rule in one.rules):
        names.extend(policy.asks)
    return tuple(dict.fromkeys((*names, *(one.plan.say.fields if one.plan.say else ()))))


def _proof(situation: Situation, names: tuple[str, ...]) -> dict[str, object]:
    proof: dict[str, object] = {}
    for name in names:
        fact = situation.fact(name)
        proof[name] = None if isinstance(fact, Absent) else to_json(situation.type_of(name), fact)
    return proof


def _asked_here(rules: tuple[Rule, ...], places: tuple[Places, ...]) -> Iterator[Related]:
    """Yield where the fields are asked that the *rules* look for in `asks` or `asked`."""
    conditions = [part for rule in rules for part in (rule.when, rule.unless) if part is not None]
    tests = [test for part in conditions for test in field_tests(part) if test.field in _ASKED]
    items = dict.fromkeys(item for test in tests for item in _items(test.test))
    for item in items:
        for asked in places:
            if item in asked:
                yield Related(asked[item], f"`{item}` is asked here")


def _items(test: UnaryTest) -> tuple[str, ...]:
    """Return the items that a set must have for *test* to hold."""
    match test:
        case Has(items, how) if how != "none":
            return items
        case AnyOf(tests):
            return tuple(item for each in tests for item in _items(each))
        case _:
            return ()


def _not_decided(judged: _Judged, policy: Policy, missing: tuple[str, ...]) -> Finding:
    names = ", ".join(f"`{name}`" for name in missing)
    message = f"`{policy.name}` cannot judge `{judged.id}` without {names}"
    also = Related(policy.span, "the policy")
    name = None if judged.policy is None else judged.policy.name
    return Finding(
        NOT_DECIDED,
        message,
        judged.span,
        "what a contact decides has no value here: ask only whether it is `present` or `missing`",
        related=(also,),
        policy=name,
        check=_NAME,
        plan=judged.id if judged.policy is not None else None,
    )
