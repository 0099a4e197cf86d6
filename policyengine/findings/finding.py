"""What can be wrong: a code, and one thing found in a policy at one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policyengine.source import Span

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding, with the page that explains it.

    The examples are files laid as *file* over the small set in `tests/golden/base`;
    a test shows that *bad* gives this code and *good* gives nothing.
    """

    id: str
    title: str
    why: str
    bad: str
    good: str
    file: str = "house/example.yaml"
    severity: Severity = "error"
    beside: tuple[tuple[str, str], ...] = ()
    """Other files, with their texts, that stand beside both examples."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding is about."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a policy, at one place, with a way out."""

    code: Code
    message: str
    span: Span
    hint: str = ""
    related: tuple[Related, ...] = ()
    policy: str | None = None
    rule: str | None = None
    check: str = "reading"
    context: Mapping[str, object] | None = None
    plan: str | None = None
    said: Severity | None = None
    """How grave a policy says it is; else it is as grave as its code."""

    @property
    def severity(self) -> Severity:
        """How grave it is: an error of reading stops the set from being used."""
        return self.said or self.code.severity

    @property
    def place(self) -> tuple[str, int, int, str]:
        """What findings are sorted by: file, line, column, code."""
        return (self.span.file, self.span.line, self.span.column, self.code.id)

    def __str__(self) -> str:
        span = self.span
        text = f"{span.file}:{span.line}:{span.column}: {self.severity}: {self.message}"
        return f"{text} [{self.code.id}]"
