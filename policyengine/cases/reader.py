"""What suites are read with: the definitions they speak of, and what was found on the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from policyengine.conditions import Condition, fields_asked
from policyengine.document import Node, Scalar, Sequence
from policyengine.findings import Code, Finding, Related
from policyengine.findings.names import UNKNOWN_POLICY
from policyengine.findings.values import WRONG_TYPE
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft
from policyengine.loading.files import Files
from policyengine.model import Definitions, Policy
from policyengine.source import Span
from policyengine.unary_tests import Constant, Equals, UnaryTest, read_test
from policyengine.values import FieldType, Value, kind_phrase
from policyengine.vocabulary import Field

_REFUSED = ".refused"
_NO_VALUES = ("any", "present")


@dataclass(slots=True)
class Reader:
    """Reads what cases say about the contexts of one subject, and keeps what is wrong."""

    definitions: Definitions
    about: str
    draft: Draft
    known_reads: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """What contexts of the subject can hold."""
        return Scope(self.draft, self.about)

    @property
    def errors(self) -> int:
        """How many errors were found so far."""
        return sum(finding.severity == "error" for finding in self.draft.findings)

    def say(self, code: Code, message: str, span: Span, hint: str = "", *also: Related) -> None:
        """Keep one finding."""
        self.draft.findings.append(Finding(code, message, span, hint, related=also))

    def say_unknown(self, code: Code, what: str, name: Scalar, known: Iterable[str]) -> None:
        """Keep the finding that *name* is no known *what*."""
        self.draft.say_unknown(code, what, name, known)

    def field(self, name: Scalar) -> Field | None:
        """Return the field called *name*, or nothing after saying why there is none."""
        return self.scope.check(name, name.span)

    def value(self, node: Node, type_: FieldType) -> Value | None:
        """Return the value that *node* gives for *type_*, or nothing after saying what is wrong."""
        found = ""
        if isinstance(node, Sequence) and type_.kind not in ("set", "list"):
            found = "a list"
        elif isinstance(node, Scalar) and node.text in _NO_VALUES:
            found = f"`{node.text}`"
        if not found:
            return self.draft.value(node, type_)
        message = f"expected {kind_phrase(type_)}, found {found}"
        self.say(WRONG_TYPE, message, node.span, "write one value, or `missing`")
        return None

    def test(self, node: Node, type_: FieldType) -> UnaryTest | None:
        """Return the test that *node* writes: a list is the exact value of a set or a list."""
        if type_.kind in ("set", "list") and isinstance(node, Sequence):
            value = self.value(node, type_)
            return None if value is None else Equals(Constant(value), node.span)
        return read_test(
            node,
            type_,
            self.scope.lookup,
            self.scope.known,
            self.draft.findings,
            zone=type_.zone or self.definitions.zone.key,
        )

    def policy(self, name: Scalar) -> Policy | None:
        """Return the policy called *name*, or nothing after saying that there is none."""
        found = self.definitions.policy(name.text)
        if found is None:
            known = [policy.name for policy in self.definitions.policies]
            self.say_unknown(UNKNOWN_POLICY, "policy", name, known)
        return found

    def asked(self, assumed: Iterable[str]) -> tuple[Policy, ...]:
        """Return the policies that are asked where the decisions *assumed* are given."""
        names = frozenset(assumed)
        return tuple(
            policy for policy in self.definitions.asked[self.about] if not policy.is_given(names)
        )

    def reads(self, assumed: Iterable[str]) -> frozenset[str]:
        """Return every field that a decision reads where the decisions *assumed* are given."""
        key = frozenset(assumed)
        if key not in self.known_reads:
            self.known_reads[key] = self.with_sources(self._asked_fields(key))
        return self.known_reads[key]

    def with_sources(self, names: Iterable[str]) -> frozenset[str]:
        """Return *names* with all the fields that they are computed from."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop().removesuffix(_REFUSED)
            declared = self.definitions.fields.get(name)
            if name not in found and declared is not None and declared.computed is not None:
                waiting.extend(declared.computed.fields)
            found.add(name)
        return frozenset(found)

    def _asked_fields(self, assumed: frozenset[str]) -> list[str]:
        names: list[str] = []
        for policy in self.asked(assumed):
            names += [*policy.asks, *policy.takes, *policy.decides]
        conditions: list[Condition | None] = []
        for subject in self.definitions.sees[self.about]:
            vocabulary = self.definitions.vocabularies[subject]
            names += [name for name in (vocabulary.subject.id, vocabulary.subject.at) if name]
            conditions += vocabulary.impossible
        conditions += [declared.known_when for declared in self.definitions.visible[self.about]]
        return [*names, *(name for condition in conditions for name in fields_asked(condition))]


def reader_for(definitions: Definitions, about: str, findings: list[Finding]) -> Reader:
    """Return a reader of cases about the subject *about*, which adds to *findings*."""
    draft = Draft(
        Files(Path()),
        findings,
        zone=definitions.zone,
        fields=dict(definitions.fields),
        directives=dict(definitions.directives),
        house=dict(definitions.house),
        subjects={name: one.subject for name, one in definitions.vocabularies.items()},
        sees=dict(definitions.sees),
    )
    return Reader(definitions, about, draft)
