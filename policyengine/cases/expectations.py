"""What a case expects, read: every name looked up, every value a test of its own type."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast, get_args

from policyengine.cases.reader import Reader
from policyengine.cases.suite import (
    DirectiveExpected,
    Expected,
    FactExpected,
    Listed,
    NamesExpected,
    OriginExpected,
    PlansExpected,
    ReasonExpected,
    RulesExpected,
    SameExpected,
    StatusExpected,
    SumExpected,
)
from policyengine.cases.written import LATER, Entry, scalars_of
from policyengine.decision import Status
from policyengine.document import Node, Scalar
from policyengine.findings.cases import FACT_COMES_IN, NO_SUCH_SUM, NOT_ASKED, UNKNOWN_RULE
from policyengine.findings.names import UNKNOWN_DIRECTIVE, UNKNOWN_PLAN
from policyengine.findings.near import did_you_mean
from policyengine.findings.shape import NOT_YET, UNKNOWN_WORD
from policyengine.model import Policy
from policyengine.reference import Reason
from policyengine.values import FieldType
from policyengine.vocabulary import Directive


@dataclass(frozen=True, slots=True)
class Expecting:
    """Reads what one case expects; *assumed* are the decisions that it gives itself."""

    reader: Reader
    assumed: frozenset[str]

    def read(self, entries: Iterable[Entry]) -> tuple[Expected, ...]:
        """Return what *entries* expect; one that cannot be read is said and left out."""
        found = (self._read(entry) for entry in entries)
        return tuple(one for one in found if one is not None)

    def _read(self, entry: Entry) -> Expected | None:
        """Return what *entry* expects of one policy, field or directive."""
        match entry.key.text:
            case "facts":
                return self._fact(entry)
            case "treatment":
                return self._directive(entry)
            case "plans":
                return self._plans(entry)
            case "rules":
                return self._rules(entry)
            case "reasons":
                return self._reason(entry)
            case "from" | "overridden":
                return self._origin(entry)
            case "sums":
                return self._sum(entry)
            case _:
                return self._of_all(entry)

    def _of_all(self, entry: Entry) -> Expected | None:
        """Return what *entry* expects of the decision as a whole."""
        match entry.key.text:
            case "status":
                return self._status(entry)
            case "same_as":
                return SameExpected(_text(entry.node), entry.span)
            case "withheld" | "missing" | "problems":
                return self._names(entry)
            case key:
                assert key in LATER
                message = f"to expect `{key}` is not supported yet"
                self.reader.say(NOT_YET, message, entry.key.span)
                return None

    def _status(self, entry: Entry) -> Expected | None:
        if not self._is_word(entry.node, "status", get_args(Status)):
            return None
        return StatusExpected(cast("Status", _text(entry.node)), entry.span)

    def _reason(self, entry: Entry) -> Expected | None:
        policy = self._policy(entry.names[0])
        if policy is None or not self._is_word(entry.node, "reason", get_args(Reason)):
            return None
        return ReasonExpected(policy.name, cast("Reason", _text(entry.node)), entry.span)

    def _is_word(self, node: Node, what: str, known: tuple[str, ...]) -> bool:
        word = _text(node)
        if word in known:
            return True
        hint = did_you_mean(word, known)
        self.reader.say(UNKNOWN_WORD, f"unknown {what} `{word}`", node.span, hint)
        return False

    def _fact(self, entry: Entry) -> Expected | None:
        name = entry.names[0]
        declared = self.reader.field(name)
        if declared is None:
            return None
        decider = self.reader.definitions.decided_by.get(name.text)
        if decider is not None and name.text not in self.assumed:
            if not self._is_asked(decider, name):
                return None
        elif decider is None and declared.computed is None and declared.origin != "refused":
            message = f"`{name.text}` is neither decided nor computed"
            hint = "expect what a policy makes of it"
            self.reader.say(FACT_COMES_IN, message, name.span, hint)
            return None
        test = self.reader.test(entry.node, declared.type)
        return None if test is None else FactExpected(name.text, test, entry.span)

    def _directive(self, entry: Entry) -> Expected | None:
        declared = self._known_directive(entry.names[0])
        test = None if declared is None else self.reader.test(entry.node, declared.type)
        if declared is None or test is None:
            return None
        return DirectiveExpected(declared.name, test, entry.span)

    def _known_directive(self, name: Scalar) -> Directive | None:
        known = self.reader.definitions.directives
        if name.text not in known:
            self.reader.say_unknown(UNKNOWN_DIRECTIVE, "directive", name, known)
        return known.get(name.text)

    def _policy(self, name: Scalar) -> Policy | None:
        policy = self.reader.policy(name)
        return policy if policy is not None and self._is_asked(policy, name) else None

    def _is_asked(self, policy: Policy, name: Scalar) -> bool:
        if policy.name in {one.name for one in self.reader.asked(self.assumed)}:
            return True
        about = self.reader.about
        if policy.name in {one.name for one in self.reader.definitions.asked[about]}:
            message = f"the policy `{policy.name}` is not asked: its decision is assumed"
            hint = "assume less, or expect something else"
        else:
            message = f"a decision about a {about} does not ask the policy `{policy.name}`"
            hint = f"write a suite about a {policy.about}"
        self.reader.say(NOT_ASKED, message, name.span, hint)
        return False

    def _plans(self, entry: Entry) -> Expected | None:
        policy = self._policy(entry.names[0])
        if policy is None:
            return None
        if not self._plans_of(policy):
            message = f"the policy `{policy.name}` has no plans"
            hint = f"expect `facts: {{{policy.decides[0]}: …}}`" if policy.decides else ""
            self.reader.say(UNKNOWN_PLAN, message, entry.names[0].span, hint)
            return None
        names = _several(entry.node)
        found = [self._is_plan(policy, name) for name in names]
        if not all(found):
            return None
        return PlansExpected(policy.name, tuple(name.text for name in names), entry.span)

    def _is_plan(self, policy: Policy, name: Scalar) -> bool:
        known = self._plans_of(policy)
        if name.text in known:
            return True
        own = name.text.removeprefix(f"{policy.name}:")
        hint = f"write `{own}`" if own in known else did_you_mean(name.text, [*known, "none"])
        message = f"unknown plan `{name.text}` of `{policy.name}`"
        self.reader.say(UNKNOWN_PLAN, message, name.span, hint)
        return False

    def _versions(self, policy: Policy) -> tuple[Policy, ...]:
        return self.reader.definitions.versions[policy.name]

    def _plans_of(self, policy: Policy) -> list[str]:
        return [name for one in self._versions(policy) for name in one.plans]

    def _rules(self, entry: Entry) -> Expected | None:
        policy = self._policy(entry.names[0])
        if policy is None:
            return None
        known = [rule.name for one in self._versions(policy) for rule in one.rules]
        names = scalars_of(entry.node)
        if [name.text for name in names] == ["none"] and "none" not in known:
            names = ()
        wrong = [name for name in names if name.text not in known]
        for name in wrong:
            message = f"unknown rule `{name.text}` of `{policy.name}`"
            hint = did_you_mean(name.text, known)
            if name.text == "otherwise":
                hint = f"write `rules: {{{policy.name}: none}}`"
            self.reader.say(UNKNOWN_RULE, message, name.span, hint)
        if wrong:
            return None
        return RulesExpected(policy.name, tuple(name.text for name in names), entry.span)

    def _origin(self, entry: Entry) -> Expected | None:
        declared = self._known_directive(entry.names[0])
        names = _several(entry.node)
        found = [self._is_origin(name) for name in names]
        if declared is None or not all(found):
            return None
        plans = tuple(name.text for name in names)
        return OriginExpected(declared.name, plans, entry.key.text == "overridden", entry.span)

    def _is_origin(self, name: Scalar) -> bool:
        """Return whether *name* is `POLICY:PLAN`, after saying what is wrong with it."""
        policies = self.reader.definitions.policies
        ids = [plan.id for policy in policies for plan in policy.plans.values()]
        if name.text in ids:
            return True
        alike = [one for one in ids if one.endswith(f":{name.text}")]
        hint = f"write `{alike[0]}`" if len(alike) == 1 else did_you_mean(name.text, ids)
        if ":" not in name.text and not hint:
            hint = "write `POLICY:PLAN`"
        self.reader.say(UNKNOWN_PLAN, f"unknown plan `{name.text}`", name.span, hint)
        return False

    def _names(self, entry: Entry) -> Expected | None:
        key = cast("Listed", entry.key.text)
        names = _several(entry.node)
        if key == "withheld":
            found = [self._known_directive(name) is not None for name in names]
        else:
            found = [self.reader.field(name) is not None for name in names]
        if not all(found):
            return None
        return NamesExpected(key, tuple(name.text for name in names), entry.span)

    def _sum(self, entry: Entry) -> Expected | None:
        policy = self._policy(entry.names[0])
        if policy is None:
            return None
        outcome = entry.names[-1]
        scored = [one for one in self._versions(policy) if one.hit == "score"]
        if not scored:
            message = f"the policy `{policy.name}` adds up no points: its `hit` is `{policy.hit}`"
            self.reader.say(NO_SUCH_SUM, message, entry.names[0].span, "expect plans or facts")
            return None
        ranks = [name for one in scored for name in one.ranks]
        if len(entry.names) == 1 or outcome.text not in ranks:
            message = f"unknown outcome `{outcome.text}` of `{policy.name}`"
            if len(entry.names) == 1:
                message = f"expected an outcome of `{policy.name}` with its points"
            hint = did_you_mean(outcome.text, ranks)
            self.reader.say(NO_SUCH_SUM, message, outcome.span, hint)
            return None
        points = self.reader.value(entry.node, FieldType("integer"))
        if not isinstance(points, int):
            return None
        return SumExpected(policy.name, outcome.text, points, entry.span)


def _several(node: Node) -> tuple[Scalar, ...]:
    """Return the names in *node*; `none` alone, and an empty list, are no names."""
    names = scalars_of(node)
    return () if [name.text for name in names] == ["none"] else names


def _text(node: Node) -> str:
    names = scalars_of(node)
    return names[0].text if len(names) == 1 else ", ".join(name.text for name in names)
