"""Domains: what each field can be at all, before anything is known of the others."""

from dataclasses import dataclass
from datetime import date

from policyengine.analysis.axes import Axis
from policyengine.computed import CATALOGUE
from policyengine.facts import MISSING, Fact
from policyengine.model import Definitions, Policy
from policyengine.reference import in_effect

_ONE_OUTCOME = ("first", "unique", "any", "priority", "score")


@dataclass(frozen=True, slots=True)
class Domains:
    """What the fields of *definitions* can be on *day*.

    With *any_house* that holds for whatever the house may choose next: its own facts are open.
    """

    definitions: Definitions
    day: date | None
    any_house: bool = False

    def possible(self, axis: Axis) -> int:
        """Return the bits of the classes of *axis* that can be."""
        definitions = self.definitions
        house = definitions.house.get(axis.name)
        if house is not None:
            if self.any_house:
                return axis.possible & ~axis.missing
            value = house.value_on(self.day)
            return axis.missing if value is None else axis.class_of(value)
        policy = self.decider(axis.name)
        if policy is not None and axis.name.startswith("chosen."):
            return self._chosen(axis, policy)
        if policy is not None and axis.name in policy.decides:
            given = axis.possible & ~axis.missing if policy.given_wins else 0
            return given | self._decided(axis, policy)
        return axis.possible if self.may_be_missing(axis.name) else axis.possible & ~axis.missing

    def decider(self, name: str) -> Policy | None:
        """Return the policy that decides the field *name*, or nothing."""
        decides = self.definitions.decided_by.get(name)
        return None if decides is None else self.definitions.policy(decides.name, self.day)

    def may_be_missing(self, name: str) -> bool:
        """Return whether the field *name* may be missing, as a value, where nothing is unknown."""
        declared = self.definitions.fields[name]
        if declared.vocabulary == "plans":
            return declared.type.kind != "set"
        if declared.computed is not None:
            function = declared.computed.function
            if function == "count_present":
                return False
            asked = declared.computed.fields
            return bool(CATALOGUE[function].refusals) or any(map(self.may_be_missing, asked))
        if declared.origin == "house":
            return self.definitions.house[name].value_on(self.day) is None
        if declared.origin != "input" or name in self.definitions.decided_by:
            return True
        return declared.optional or declared.known_when is not None

    def _decided(self, axis: Axis, policy: Policy) -> int:
        if not in_effect(policy.effective, self.day):
            return axis.missing
        missing = axis.missing if self._may_decide_nothing(policy, axis.name) else 0
        if policy.hit not in _ONE_OUTCOME or axis.type.kind in ("set", "list"):
            return axis.possible & ~axis.missing | missing
        given = [
            rule.values.get(axis.name)
            for rule in policy.every_rule
            if (not rule.points or rule.is_otherwise) and in_effect(rule.effective, self.day)
        ]
        values: list[Fact] = [MISSING if value is None else value for value in given]
        if policy.hit == "score":
            values += [outcome for rule in policy.rules for outcome in rule.points]
            values += policy.ranks if policy.needs <= 0 else ()
        found = missing
        for value in values:
            found |= axis.class_of(value)
        return found

    def _may_decide_nothing(self, policy: Policy, name: str) -> bool:
        sure = policy.otherwise is not None and policy.applies is None
        if not sure or policy.hit in ("unique", "any"):
            return True
        rules = policy.every_rule if policy.hit != "score" else (policy.otherwise,)
        return any(rule is not None and rule.values.get(name) is None for rule in rules)

    def _chosen(self, axis: Axis, policy: Policy) -> int:
        if not in_effect(policy.effective, self.day):
            return axis.missing
        plans = policy.plans.values()
        always = policy.applies is None and policy.hit not in ("unique", "any")
        always = always and all(one.applies is None and one.effective is None for one in plans)
        missing = 0 if always else axis.missing
        if axis.type.kind == "set" or policy.measure is not None:
            return axis.possible & ~axis.missing | missing
        rules = [rule for rule in policy.every_rule if in_effect(rule.effective, self.day)]
        names = {name for rule in rules for name in (*rule.plans, *rule.points)}
        if policy.otherwise is None or any(not (rule.plans or rule.points) for rule in rules):
            names.add("none")
        if policy.hit == "score":
            names.update(policy.ranks if policy.needs <= 0 else ())
        found = missing
        for name in names:
            found |= axis.class_of(name)
        return found
