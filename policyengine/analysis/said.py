"""What policies say of a subject that `check` decides: their chosen plans that have a `severity`."""

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.decision import Decision
from policyengine.engine import Situation
from policyengine.facts import Absent
from policyengine.findings import Related, Severity
from policyengine.model import Plan, Policy, Rule
from policyengine.reference import TRUE, rule_truth
from policyengine.values import in_text


@dataclass(frozen=True, slots=True)
class Said:
    """A plan that says something of the subject, and the rules that chose it."""

    plan: Plan
    severity: Severity
    message: str
    rules: tuple[Rule, ...]

    @property
    def related(self) -> tuple[Related, ...]:
        """The places of the rules, each with its reason."""
        return tuple(Related(rule.span, _introduced(rule)) for rule in self.rules)


def said(decision: Decision, situation: Situation, policy: Policy) -> Iterator[Said]:
    """Yield what *policy* says of the subject of *decision*, in the order of its answer."""
    for plan, rules in _chosen(decision, situation, policy):
        if plan.severity is not None:
            yield Said(plan, plan.severity, _message(situation, plan), rules)


def _chosen(
    decision: Decision, situation: Situation, policy: Policy
) -> Iterator[tuple[Plan, tuple[Rule, ...]]]:
    """Yield the plans that are surely chosen, each with its rules.

    Where several may be chosen, one rule that cannot be told takes nothing from the others.
    """
    outcome = decision.outcomes.get(policy.name)
    if outcome is None:
        return
    if outcome.reason == "missing_data" and policy.chooses_several:
        held = [rule for rule in policy.rules if rule_truth(rule, situation) == TRUE]
        for name, plan in policy.plans.items():
            rules = tuple(rule for rule in held if name in rule.plans)
            if rules:
                yield plan, rules
    elif outcome.reason != "missing_data":
        for chosen in decision.plans:
            if chosen.policy == policy.name:
                gave = tuple(rule for rule in policy.rules if rule.name in chosen.rules)
                yield policy.plans[chosen.plan], gave or _otherwise(policy)


def _otherwise(policy: Policy) -> tuple[Rule, ...]:
    return () if policy.otherwise is None else (policy.otherwise,)


def _message(situation: Situation, plan: Plan) -> str:
    """Return what *plan* says, in the first language, with its facts; without words its title."""
    if plan.say is None:
        return plan.title or f"`{plan.id}`"
    words = {}
    for name in plan.say.fields:
        fact = situation.fact(name)
        shown = "missing" if isinstance(fact, Absent) else in_text(situation.type_of(name), fact)
        words[name] = shown
    texts = plan.say.filled(words)
    first = next((one for one in situation.definitions.languages if one in texts), "")
    return texts[first]


def _introduced(rule: Rule) -> str:
    reason = rule.because.removesuffix(".")
    return f"the rule `{rule.name}`" + (f": {reason}" if reason else "")
