"""The exceptions that callers may meet: one family."""

from collections.abc import Iterable

from policyengine.findings.finding import Finding


class PolicyEngineError(Exception):
    """Whatever this package raises on purpose."""


class PolicyError(PolicyEngineError):
    """A policy set that cannot be used: it carries every error found in it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self._text())

    def _text(self) -> str:
        lines = [str(finding) for finding in self.findings[:20]]
        rest = len(self.findings) - len(lines)
        return "\n".join([*lines, f"and {rest} more"] if rest > 0 else lines)


class ContextError(PolicyEngineError):
    """Something that is no context at all: no mapping, or about an unknown subject."""


class MonitorError(PolicyEngineError):
    """The monitor cannot run, or cannot go on."""
