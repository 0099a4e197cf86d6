"""A case decided: its decision, and all that was known when it was made."""

from dataclasses import dataclass

from policyengine.cases.suite import Case
from policyengine.context import check_context
from policyengine.decision import Decision
from policyengine.engine import Assumed, Situation, decide, situate
from policyengine.facts import MISSING, Absent, Fact
from policyengine.model import Definitions, Policy


@dataclass(frozen=True, slots=True)
class Decided:
    """What came out of a case; without a situation where the context was invalid."""

    case: Case
    decision: Decision
    situation: Situation | None

    @property
    def definitions(self) -> Definitions:
        """What was asked."""
        return self.decision.definitions

    def policy(self, name: str) -> Policy:
        """Return the policy called *name*, which was asked, in its version of the day."""
        day = None if self.situation is None else self.situation.day
        policy = self.definitions.policy(name, day)
        assert policy is not None
        return policy

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*; what is not known counts as missing."""
        fact = MISSING if self.situation is None else self.situation.fact(name)
        return MISSING if isinstance(fact, Absent) else fact


def decide_case(definitions: Definitions, case: Case) -> Decided:
    """Return what *definitions* decide for *case*."""
    context = check_context(definitions, case.facts, about=case.about)
    assumed = Assumed(case.assumed, case.house)
    decision = decide(definitions, context, as_of=case.on, assumed=assumed)
    if decision.status == "invalid":
        return Decided(case, decision, None)
    situation = situate(definitions, context, as_of=case.on, assumed=assumed)
    return Decided(case, decision, situation)
