"""What a policy answers where every fact that matters is settled."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from policyengine.model import Plan, Policy, Rule
from policyengine.reference.days import in_effect
from policyengine.reference.hits import Answer, Chosen, hit
from policyengine.reference.measures import in_its_standing
from policyengine.reference.truth import Known, condition_truth
from policyengine.reference.unary import FALSE, TRUE, Truth, both, negation


def rule_truth(rule: Rule, known: Known) -> Truth:
    """Return the truth of "*rule* holds": its `when` is true and its `unless` is not true."""
    when = _made_true(condition_truth(rule.when, known))
    if rule.unless is None:
        return when
    return both(when, negation(_made_true(condition_truth(rule.unless, known))))


def _made_true(truth: Truth) -> Truth:
    """Return *truth* with unknown counted as not true."""
    return (truth & TRUE) | (FALSE if truth & ~TRUE else 0)


def settled(policy: Policy, rules: Iterable[Rule], known: Known, day: date | None) -> Answer:
    """Return what *policy* answers by those of its *rules* that hold for what is *known*.

    INVARIANT: whether the policy applies, which rules hold, and whether the plans that come out
    apply, is certain; only below the first rule that holds, under `first`, it need not be.
    """
    if condition_truth(policy.applies, known) != TRUE:
        return Answer("not_applicable")
    given = hit(in_its_standing(policy, known), tuple(_holding(policy, rules, known)))
    return narrowed(policy, given, known, day)


def _holding(policy: Policy, rules: Iterable[Rule], known: Known) -> Iterator[Rule]:
    for rule in rules:
        if rule_truth(rule, known) == TRUE:
            yield rule
            if policy.hit == "first":
                return


def narrowed(policy: Policy, given: Answer, known: Known, day: date | None) -> Answer:
    """Leave out of *given* the plans that are not in force or not for this context."""
    if all(_is_plain(policy.plans[name]) for name, _ in given.plans):
        return given
    kept = sure_plans(policy, given, known, day)
    if kept:
        return replace(given, plans=kept)
    in_force = any(in_effect(policy.plans[name].effective, day) for name, _ in given.plans)
    return replace(given, plans=(), reason="not_applicable" if in_force else "not_in_effect")


def sure_plans(policy: Policy, given: Answer, known: Known, day: date | None) -> Chosen:
    """Return the plans of *given* that are in force and surely apply."""
    return tuple(
        (name, rules)
        for name, rules in given.plans
        if in_effect(policy.plans[name].effective, day)
        and condition_truth(policy.plans[name].applies, known) == TRUE
    )


def _is_plain(plan: Plan) -> bool:
    return plan.effective is None and plan.applies is None
