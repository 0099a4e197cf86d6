"""What `check` says: the findings, and how many of what was read and decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from policyengine.analysis import Extent
from policyengine.findings import Finding
from policyengine.policyset import PolicySet
from policyengine.report.colours import paint
from policyengine.report.findings_text import counted, findings_json, findings_text, summary


@dataclass(frozen=True, slots=True)
class Reach:
    """What could be read, and how far the checks went."""

    policies: PolicySet
    extent: Extent


def check_text(reach: Reach | None, findings: Sequence[Finding], *, root: str, colour: bool) -> str:
    """Return *findings* with a closing line; *reach* is nothing where errors stopped the reading."""
    if not findings:
        return f"{paint('no findings', 'good', colour)}{_closing(reach)}\n"
    found = counted(findings)
    graver = min(findings, key=lambda one: ("error", "warning", "info").index(one.severity))
    closing = f"{paint(found, graver.severity, colour)}{_closing(reach)}"
    return f"{findings_text(findings, colour=colour, root=root)}\n\n{closing}\n"


def check_json(reach: Reach | None, findings: Sequence[Finding], *, root: str) -> dict[str, object]:
    """Return *findings* in JSON's types: the contract of `schemas/check.schema.json`."""
    counts: dict[str, int | None] = dict.fromkeys((*_READ, "plans", "sets", "listed"))
    undated: tuple[str, ...] = ()
    if reach is not None:
        counts.update(_read(reach.policies) | _decided(reach.extent))
        undated = reach.extent.undated
    return {
        "findings": findings_json(findings, root=root),
        "summary": {**summary(findings), **counts, "undated": list(undated)},
    }


_READ = {"files": "file", "policies": "policy", "rules": "rule"}


def _closing(reach: Reach | None) -> str:
    """Return how much was read and decided, and in a line of its own what was not asked."""
    if reach is None:
        return ""
    read = [_counted(number, _READ[name]) for name, number in _read(reach.policies).items()]
    extent = reach.extent
    decided = [_counted(extent.plans, "plan")] if extent.plans else []
    decided += ["the set"] if extent.whole else []
    decided += [_counted(extent.listed, "listed subject")] if extent.listed else []
    text = f": {', '.join(read)}" + (f"; decided {', '.join(decided)}" if decided else "")
    if reach.extent.undated:
        text += f"\nnot asked without `--as-of DATE`: {', '.join(reach.extent.undated)}"
    return text


def _counted(number: int, word: str) -> str:
    plural = f"{word.removesuffix('y')}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"


def _read(policies: PolicySet) -> dict[str, int]:
    """Return how many files, policies and rules were read, each `otherwise` among the rules."""
    definitions = policies.definitions
    return {
        "files": len(definitions.files) + len(policies.suites),
        "policies": len(definitions.policies),
        "rules": sum(len(policy.every_rule) for policy in definitions.policies),
    }


def _decided(extent: Extent) -> dict[str, int]:
    return {"plans": extent.plans, "sets": int(extent.whole), "listed": extent.listed}
