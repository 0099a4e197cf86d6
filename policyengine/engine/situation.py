"""What is known while one context is decided: what came in, is computed, or was decided."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from policyengine.computed import compute
from policyengine.context import Context
from policyengine.facts import MISSING, UNDECIDED, Absent, Fact, Refused
from policyengine.model import Definitions, Policy
from policyengine.reference import FALSE, Answer, condition_truth, standing_of
from policyengine.values import FieldType, Value

REFUSED = ".refused"


@dataclass(slots=True)
class Situation:
    """The facts of one context, with what is computed and decided on the way.

    It answers what `reference` asks of it, and is thrown away with the decision.
    """

    definitions: Definitions
    context: Context
    day: date | None
    facts: dict[str, Fact] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    """The decided fields whose values came in."""
    noted: dict[str, Value | None] = field(default_factory=dict)
    """What was decided or computed, in the order in which it was."""
    undecided: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    """What may come of fields that cannot be decided, as far as that can be told."""

    @property
    def about(self) -> str:
        """The subject."""
        return self.context.about

    def fact(self, name: str) -> Fact:
        """Return the fact of the field *name*, computed on first use."""
        if name in self.facts:
            return self.facts[name]
        return self._found(name)

    def _found(self, name: str) -> Fact:
        base = name.removesuffix(REFUSED)
        if base != name:
            known = UNDECIDED if self.fact(base) is UNDECIDED else MISSING
            return self.facts.setdefault(name, known)
        house = self.definitions.house.get(name)
        if house is not None:
            value = house.value_on(self.day)
            fact: Fact = MISSING if value is None else value
        else:
            fact = self._computed(name)
        self.facts[name] = fact
        return fact

    def _computed(self, name: str) -> Fact:
        declared = self.definitions.fields.get(name)
        if declared is None:
            return MISSING
        if declared.vocabulary == "standing":
            policy = self.definitions.policy(name.removeprefix("standing."), self.day)
            return MISSING if policy is None else standing_of(policy, self, self.day)
        if declared.computed is None:
            nothing_in_force = declared.origin == "built_in" and declared.vocabulary == "plans"
            return () if nothing_in_force and declared.type.kind == "set" else MISSING
        arguments: list[Fact] = [
            self.fact(part.field) if part.field is not None else _literal(part.value)
            for part in declared.computed.arguments
        ]
        own = (part.type.zone for part in declared.computed.arguments)
        zone = next((ZoneInfo(name) for name in own if name is not None), self.definitions.zone)
        result = compute(declared.computed, arguments, zone)
        if isinstance(result, Refused):
            self.facts[name + REFUSED] = result.reason
            self.noted[name] = None
            self.noted[name + REFUSED] = result.reason
            return MISSING
        self.noted[name] = None if isinstance(result, Absent) else result
        return result

    def type_of(self, name: str) -> FieldType:
        """Return the type of the field *name*."""
        return self.definitions.fields[name].type

    def absent_inputs(self, name: str) -> tuple[str, ...]:
        """Return the absent facts that would have to be given for *name* to be known."""
        declared = self.definitions.fields[name]
        if declared.computed is not None:
            asked = declared.computed.fields
            absent = (part for part in asked if isinstance(self.fact(part), Absent))
            return tuple(
                dict.fromkeys(leaf for part in absent for leaf in self.absent_inputs(part))
            )
        if declared.origin == "refused":
            return self.absent_inputs(name.removesuffix(REFUSED))
        is_decided = name in self.definitions.decided_by
        if is_decided and self.fact(name) is MISSING:
            return ()
        known = declared.known_when
        if known is not None and condition_truth(known, self) == FALSE:
            return ()
        return (name,) if is_decided or declared.origin == "input" else ()

    def possible(self, name: str) -> tuple[Fact, ...]:
        """Return what the undecided field *name* may come to; nothing where that is anything."""
        default = self.definitions.fields[name].default
        if default is not None:
            return (default, MISSING)
        return self.undecided.get(name, ())

    def keep(self, policy: Policy, answer: Answer) -> None:
        """Keep what *policy* decided, for the policies that ask it next."""
        if policy.measure is not None:
            standing = self.fact(policy.standing)
            self.noted[policy.standing] = None if isinstance(standing, Absent) else standing
        undecided = answer.reason == "missing_data"
        for name in policy.decides:
            if name in self.given:
                continue
            self.facts[name] = UNDECIDED if undecided else _decided(name, answer)
            self.undecided[name] = tuple(_decided(name, one) for one in answer.possible)
            self.noted[name] = None if undecided else answer.values.get(name)
        if policy.plans:
            name = f"chosen.{policy.name}"
            type_ = self.type_of(name)
            self.facts[name] = UNDECIDED if undecided else _chosen(answer, type_)
            self.undecided[name] = tuple(_chosen(one, type_) for one in answer.possible)


def _literal(value: Value | None) -> Value:
    assert value is not None
    return value


def _decided(name: str, answer: Answer) -> Fact:
    value = answer.values.get(name)
    return MISSING if value is None else value


def _chosen(answer: Answer, type_: FieldType) -> Fact:
    """Return the fact `chosen.POLICY`: the plan that was chosen, or `none`."""
    if answer.reason in ("conflict", "not_in_effect", "not_applicable"):
        return MISSING
    names = tuple(name for name, _ in answer.plans)
    if type_.kind == "set":
        return tuple(name for name in type_.values if name in names)
    return names[0] if names else "none"
