"""Sources: which statements policies, plans and rules stand on, and which nobody implements."""

from collections.abc import Iterator, Mapping
from datetime import date

from policyengine.findings import Finding
from policyengine.findings.sources import NOT_IMPLEMENTED
from policyengine.model import Definitions, Statement
from policyengine.source import Span

_NAME = "unused"


def implemented(definitions: Definitions) -> Mapping[str, tuple[Span, ...]]:
    """Return for the number of each statement the places of what names it as its basis."""
    found: dict[str, list[Span]] = {number: [] for number in definitions.statements}
    for number, span in _named(definitions):
        if number in found:
            found[number].append(span)
    return {number: tuple(spans) for number, spans in found.items()}


def check_sources(definitions: Definitions, _as_of: date | None) -> Iterator[Finding]:
    """Yield the statements that nobody implements; of a source that nobody names only that."""
    places = implemented(definitions)
    by_source: dict[str, list[Statement]] = {}
    for statement in definitions.statements.values():
        by_source.setdefault(statement.source, []).append(statement)
    for source, statements in by_source.items():
        left = [one for one in statements if not places[one.number]]
        if len(left) == len(statements) > 1:
            message = f"nobody implements any of the {len(left)} statements of `{source}`"
            hint = "name their numbers under `basis` of the rules that implement them"
            yield Finding(NOT_IMPLEMENTED, message, left[0].source_span, hint, check=_NAME)
            continue
        for one in left:
            message = f"nobody implements `{one.number}`: {one.text.removesuffix('.')}"
            hint = f"write `basis: {one.number}` where a policy, a plan or a rule does"
            yield Finding(NOT_IMPLEMENTED, message, one.span, hint, check=_NAME)


def _named(definitions: Definitions) -> Iterator[tuple[str, Span]]:
    """Yield every number that stands under a `basis`, with the place of what stands on it."""
    for policy in definitions.policies:
        for number in policy.basis:
            yield number, policy.span
        for plan in policy.plans.values():
            for number in plan.basis:
                yield number, plan.span
        for rule in policy.every_rule:
            for number in rule.basis:
                yield number, rule.span
