"""Lists of subjects: every policy about them answers for each row of the register."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from policyengine.analysis.said import said
from policyengine.context import Context
from policyengine.decision import Decision, Outcome
from policyengine.engine import decide, situate
from policyengine.facts import UNKNOWN, Fact
from policyengine.findings import Code, Finding, Related
from policyengine.findings.lists import (
    ANSWERED_TWICE,
    IMPOSSIBLE_ROW,
    NO_ANSWER,
    NO_POLICY_APPLIES,
    NOT_IN_THE_LIST,
)
from policyengine.findings.policies import SAID_BY_A_POLICY
from policyengine.model import Definitions, Policy
from policyengine.registers import Register, Row
from policyengine.values import Value, to_json

_NAME = "lists"
_SILENT = ("not_applicable", "not_in_effect")


def check_lists(definitions: Definitions, as_of: date | None) -> Iterator[Finding]:
    """Yield the rows for which a policy gives no answer, or two, or for which there is none."""
    for register in definitions.registers.values():
        if register.about is None:
            continue
        yield from _left_out(register)
        if as_of is None and needs_day(definitions, register.about):
            continue
        for row in register.rows:
            yield from _check_row(definitions, _Listed(register, row), as_of)


def needs_day(definitions: Definitions, subject: str) -> bool:
    """Return whether nothing can be decided about *subject* without a day."""
    dated = any(definitions.reads_dates(policy) for policy in definitions.asked[subject])
    seen = definitions.sees[subject]
    return dated or any(definitions.vocabulary_reads_dates(name) for name in seen)


def _left_out(register: Register) -> Iterator[Finding]:
    """Yield that some values of the key stand in no row: nobody decides about those."""
    name, key = next(iter(register.columns.items()))
    listed = {row.cells[0] for row in register.rows}
    absent = [f"`{value}`" for value in key.values if value not in listed]
    if absent:
        message = f"no row lists {_joined(absent)}, which `{name}` can be"
        hint = "add a row for each, or take the value out of the vocabulary"
        yield Finding(NOT_IN_THE_LIST, message, register.span, hint, check=_NAME)


def _joined(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


@dataclass(frozen=True, slots=True)
class _Listed:
    """One subject of a list: its row, and the facts that the row gives."""

    register: Register
    row: Row

    @property
    def name(self) -> str:
        return f"{self.register.about} `{self.row.cells[0]}`"

    @property
    def facts(self) -> dict[str, Value]:
        pairs = zip(self.register.columns, self.row.cells, strict=True)
        return {name: cell for name, cell in pairs if cell is not None}

    def finding(self, code: Code, message: str, hint: str = "", *also: Related) -> Finding:
        """Return what is wrong with it, at its row, with the facts that prove it."""
        types = self.register.columns
        proof = {name: to_json(types[name], value) for name, value in self.facts.items()}
        return Finding(code, message, self.row.span, hint, related=also, check=_NAME, context=proof)


def _check_row(definitions: Definitions, listed: _Listed, as_of: date | None) -> Iterator[Finding]:
    context = _context(definitions, listed)
    decision = decide(definitions, context, as_of=as_of)
    if decision.status == "invalid":
        for problem in decision.problems:
            yield listed.finding(IMPOSSIBLE_ROW, f"{listed.name} cannot be: {problem.message}")
        return
    situation = situate(definitions, context, as_of=as_of)
    policies = definitions.of_the_day(definitions.policies, situation.day)
    own = [policy for policy in policies if policy.about == context.about]
    deciding = [policy for policy in own if policy.measure is None]
    for policy in deciding:
        yield from _check_answer(listed, policy, decision.outcomes[policy.name])
    yield from _check_reached(listed, decision, "policy", deciding)
    measuring = [policy for policy in own if policy.measure is not None]
    yield from _check_reached(listed, decision, "measure", measuring)
    for policy in deciding:
        for one in said(decision, situation, policy):
            found = listed.finding(SAID_BY_A_POLICY, one.message, "", *one.related)
            yield replace(found, said=one.severity)


def _check_reached(
    listed: _Listed, decision: Decision, what: str, policies: list[Policy]
) -> Iterator[Finding]:
    """Yield that of *policies* there are some, and none of them is for the subject."""
    if policies and all(decision.outcomes[one.name].reason in _SILENT for one in policies):
        also = [Related(policy.span, f"`{policy.name}` is for others") for policy in policies]
        hint = f"add a {what} for it, or widen `applies` of one"
        message = f"no {what} applies to {listed.name}"
        yield listed.finding(NO_POLICY_APPLIES, message, hint, *also)


def _context(definitions: Definitions, listed: _Listed) -> Context:
    """Return the context of the subject: required facts that its row does not give are unknown."""
    subject = listed.register.about or ""
    facts: dict[str, Fact] = dict.fromkeys(definitions.required_of(subject), UNKNOWN)
    facts |= listed.facts
    given = frozenset(name for name in listed.facts if name in definitions.decided_by)
    at = facts.get(definitions.vocabularies[subject].subject.at or "")
    day = at if isinstance(at, date) else None
    return Context(str(listed.row.cells[0]), subject, day, facts, given=given)


def _check_answer(listed: _Listed, policy: Policy, outcome: Outcome) -> Iterator[Finding]:
    """Yield that a policy has no answer for the subject, or more than one."""
    if outcome.reason == "no_match":
        hint = "add a rule, or `otherwise: none` where nothing is meant"
        message = f"no rule of `{policy.name}` holds for {listed.name}"
        found = listed.finding(NO_ANSWER, message, hint, Related(policy.span, "the policy"))
        yield replace(found, policy=policy.name)
    elif outcome.reason == "conflict":
        places = zip(outcome.rules, outcome.places, strict=True)
        also = [Related(span, f"the rule `{name}`") for name, span in places]
        rules = _joined([f"`{name}`" for name in outcome.rules])
        message = f"{rules} of `{policy.name}` hold for {listed.name}, and only one may"
        hint = "narrow the others, or say with `hit` which of them counts"
        found = listed.finding(ANSWERED_TWICE, message, hint, *also)
        yield replace(found, policy=policy.name)
