"""Suites and cases: what is given, and what must come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policyengine.decision import Status
from policyengine.facts import Fact
from policyengine.reference import Reason
from policyengine.source import Span
from policyengine.unary_tests import UnaryTest
from policyengine.values import Value

Listed = Literal["withheld", "missing", "problems"]


@dataclass(frozen=True, slots=True)
class StatusExpected:
    """Whether the context could be decided."""

    status: Status
    span: Span

    @property
    def what(self) -> str:
        """The key under which it is written."""
        return "status"


@dataclass(frozen=True, slots=True)
class FactExpected:
    """A test of a decided or computed field."""

    field: str
    test: UnaryTest
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"facts.{self.field}"


@dataclass(frozen=True, slots=True)
class DirectiveExpected:
    """A test of one directive of the treatment."""

    directive: str
    test: UnaryTest
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"treatment.{self.directive}"


@dataclass(frozen=True, slots=True)
class PlansExpected:
    """The plans that a policy chose: these and no other."""

    policy: str
    plans: tuple[str, ...]
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"plans.{self.policy}"


@dataclass(frozen=True, slots=True)
class RulesExpected:
    """The rules by which a policy answered: these and no other."""

    policy: str
    rules: tuple[str, ...]
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"rules.{self.policy}"


@dataclass(frozen=True, slots=True)
class ReasonExpected:
    """The reason of a policy's answer."""

    policy: str
    reason: Reason
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"reasons.{self.policy}"


@dataclass(frozen=True, slots=True)
class OriginExpected:
    """The plans from which a directive comes, or with *lost* plans that lost it to a stronger."""

    directive: str
    plans: tuple[str, ...]
    lost: bool
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"{'overridden' if self.lost else 'from'}.{self.directive}"


@dataclass(frozen=True, slots=True)
class NamesExpected:
    """Directives that are withheld, facts that are missing, or fields with a problem."""

    what: Listed
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class SumExpected:
    """The points that one outcome of a policy has."""

    policy: str
    outcome: str
    points: int
    span: Span

    @property
    def what(self) -> str:
        """The keys under which it is written."""
        return f"sums.{self.policy}.{self.outcome}"


@dataclass(frozen=True, slots=True)
class SameExpected:
    """Another case of the file, whose treatment has the same values."""

    case: str
    span: Span

    @property
    def what(self) -> str:
        """The key under which it is written."""
        return "same_as"


Expected = (
    StatusExpected
    | FactExpected
    | DirectiveExpected
    | PlansExpected
    | RulesExpected
    | ReasonExpected
    | OriginExpected
    | NamesExpected
    | SumExpected
    | SameExpected
)


@dataclass(frozen=True, slots=True)
class Case:
    """One example: facts as JSON would give them, and all that is expected of the decision."""

    name: str
    about: str
    span: Span
    facts: Mapping[str, object] = field(default_factory=dict)
    assumed: Mapping[str, Fact] = field(default_factory=dict)
    house: Mapping[str, Value] = field(default_factory=dict)
    on: date | None = None
    expected: tuple[Expected, ...] = ()
    because: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of cases; *unread* are the names of those that cannot be run as written.

    Coverage counts for *policy* only, where one is named.
    """

    name: str
    about: str
    span: Span
    policy: str | None = None
    cases: tuple[Case, ...] = ()
    unread: tuple[str, ...] = ()
