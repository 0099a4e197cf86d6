"""What `check` says: the findings, and how many of what was read."""

from collections.abc import Sequence

from policyengine.findings import Finding
from policyengine.policyset import PolicySet
from policyengine.report.colours import paint
from policyengine.report.findings_text import counted, findings_json, findings_text, summary


def check_text(
    policies: PolicySet | None, findings: Sequence[Finding], *, root: str, colour: bool
) -> str:
    """Return *findings* with a closing line; *policies* are what could be read."""
    if not findings:
        return f"{paint('no findings', 'good', colour)}{_extent(policies)}\n"
    found = counted(findings)
    graver = min(findings, key=lambda one: ("error", "warning", "info").index(one.severity))
    closing = f"{paint(found, graver.severity, colour)}{_extent(policies)}"
    return f"{findings_text(findings, colour=colour, root=root)}\n\n{closing}\n"


def check_json(
    policies: PolicySet | None, findings: Sequence[Finding], *, root: str
) -> dict[str, object]:
    """Return *findings* in JSON's types: the contract of `schemas/check.schema.json`."""
    counts: dict[str, int | None] = dict.fromkeys(("files", "policies", "rules"))
    if policies is not None:
        counts.update(_counts(policies))
    return {
        "findings": findings_json(findings, root=root),
        "summary": {**summary(findings), **counts},
    }


def _extent(policies: PolicySet | None) -> str:
    if policies is None:
        return ""
    parts = [
        f"{number} {name if number != 1 else _ONE[name]}"
        for name, number in _counts(policies).items()
    ]
    return f": {', '.join(parts)}"


_ONE = {"files": "file", "policies": "policy", "rules": "rule"}


def _counts(policies: PolicySet) -> dict[str, int]:
    """Return how many files, policies and rules were read, each `otherwise` among the rules."""
    definitions = policies.definitions
    return {
        "files": len(definitions.files) + len(policies.suites),
        "policies": len(definitions.policies),
        "rules": sum(
            len(policy.rules) + (policy.otherwise is not None) for policy in definitions.policies
        ),
    }
