"""What the cases reach: which rules were chosen, held and did not hold, and which plans chosen."""

from collections import Counter
from dataclasses import dataclass, field

from policyengine.cases.situated import Decided
from policyengine.model import Definitions, Policy, Rule
from policyengine.reference import FALSE, TRUE, rule_truth
from policyengine.source import Span


@dataclass(frozen=True, slots=True)
class RuleVisits:
    """In how many cases one rule was chosen, held, and did not hold."""

    rule: str
    span: Span = field(repr=False)
    is_otherwise: bool = False
    asks: bool = True
    """Whether it asks anything: one that does not always holds."""
    chosen: int = 0
    held: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class PlanVisits:
    """In how many cases one plan was chosen."""

    plan: str
    span: Span = field(repr=False)
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class PolicyVisits:
    """What the cases reach of one policy, or of one version of it; *cases* is how many asked it."""

    policy: str
    cases: int
    rules: tuple[RuleVisits, ...]
    plans: tuple[PlanVisits, ...]

    @property
    def rules_chosen(self) -> int:
        """How many of its rules, `otherwise` among them, were chosen in some case."""
        return sum(rule.chosen > 0 for rule in self.rules)

    @property
    def plans_chosen(self) -> int:
        """How many of its plans were chosen in some case."""
        return sum(plan.chosen > 0 for plan in self.plans)

    @property
    def never_chosen(self) -> tuple[RuleVisits, ...]:
        """The rules that no case chose."""
        return tuple(rule for rule in self.rules if not rule.chosen)

    @property
    def never_held(self) -> tuple[RuleVisits, ...]:
        """The rules that held in no case."""
        return tuple(rule for rule in self.rules if not rule.is_otherwise and not rule.held)

    @property
    def never_failed(self) -> tuple[RuleVisits, ...]:
        """The rules that were never tested where they do not hold, though they ask something."""
        return tuple(rule for rule in self.rules if rule.asks and not rule.failed)

    @property
    def plans_never_chosen(self) -> tuple[PlanVisits, ...]:
        """The plans that no case chose."""
        return tuple(plan for plan in self.plans if not plan.chosen)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases reach of each policy, in the order in which policies are asked."""

    policies: tuple[PolicyVisits, ...] = ()

    @property
    def rules(self) -> int:
        """How many rules there are, each `otherwise` among them."""
        return sum(len(policy.rules) for policy in self.policies)

    @property
    def rules_chosen(self) -> int:
        """How many rules were chosen in some case."""
        return sum(policy.rules_chosen for policy in self.policies)

    @property
    def plans(self) -> int:
        """How many plans there are."""
        return sum(len(policy.plans) for policy in self.policies)

    @property
    def plans_chosen(self) -> int:
        """How many plans were chosen in some case."""
        return sum(policy.plans_chosen for policy in self.policies)


@dataclass(slots=True)
class Visits:
    """Counts what the cases reach, one case after the other: all by the places in the files."""

    asked: Counter[Span] = field(default_factory=Counter)
    chosen: Counter[Span] = field(default_factory=Counter)
    held: Counter[Span] = field(default_factory=Counter)
    failed: Counter[Span] = field(default_factory=Counter)
    plans: Counter[Span] = field(default_factory=Counter)

    def count(self, decided: Decided, only: str | None) -> None:
        """Count the case *decided*, for the policy *only* where one is named."""
        names = decided.decision.outcomes if only is None else (only,)
        for name in names:
            if name in decided.decision.outcomes:
                self._count_policy(decided, decided.policy(name))

    def _count_policy(self, decided: Decided, policy: Policy) -> None:
        situation = decided.situation
        assert situation is not None
        outcome = decided.decision.outcomes[policy.name]
        self.asked[policy.span] += 1
        self.chosen.update(outcome.places)
        for rule in policy.rules:
            truth = rule_truth(rule, situation)
            if truth == TRUE:
                self.held[rule.span] += 1
            elif truth == FALSE:
                self.failed[rule.span] += 1
        plans = decided.decision.plans
        self.plans.update(plan.source for plan in plans if plan.policy == policy.name)

    def coverage(self, definitions: Definitions) -> Coverage:
        """Return what was reached of each policy of *definitions*.

        The policies of a set that it extends have suites of their own.
        """
        own = (policy for policy in definitions.policies if definitions.is_own(policy.span))
        return Coverage(tuple(self._policy(policy, definitions.label(policy)) for policy in own))

    def _policy(self, policy: Policy, label: str) -> PolicyVisits:
        rules = [self._rule(rule) for rule in policy.every_rule]
        plans = (
            PlanVisits(plan.name, plan.span, self.plans[plan.span])
            for plan in policy.plans.values()
        )
        return PolicyVisits(label, self.asked[policy.span], tuple(rules), tuple(plans))

    def _rule(self, rule: Rule) -> RuleVisits:
        return RuleVisits(
            rule=rule.name,
            span=rule.span,
            is_otherwise=rule.is_otherwise,
            asks=rule.when is not None or rule.unless is not None,
            chosen=self.chosen[rule.span],
            held=self.held[rule.span],
            failed=self.failed[rule.span],
        )
