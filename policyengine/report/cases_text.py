"""What `test` says: how many cases passed, what came out otherwise and why, and what is untested."""

from collections.abc import Iterable, Iterator

from policyengine.cases import (
    CaseResult,
    Coverage,
    Failure,
    PolicyVisits,
    Report,
    RuleTrace,
    RuleVisits,
    Tried,
)
from policyengine.report.cells import visible
from policyengine.report.colours import Style, paint
from policyengine.report.columns import cells, padded, widest
from policyengine.report.places import shown_path
from policyengine.source import Span

_TEST_COLUMN, _SEEN_COLUMN, _POLICY_COLUMN = 48, 28, 40
_VERDICTS: dict[str, Style] = {"holds": "good", "does not hold": "error", "unknown": "warning"}
_ROLES = {"chosen": "chosen", "wanted": "would be right"}


def cases_text(report: Report, *, colour: bool, root: str = "") -> str:
    """Return *report* as text: the totals, the failures, the coverage, and what is untested.

    Files are shown as they are found from here: *root* is the folder of the policy set.
    """
    parts = [[_totals(report, colour=colour)]]
    parts += [
        case_lines(result, root, colour=colour)
        for suite in report.suites
        for result in suite.results
        if not result.passed
    ]
    if report.passed or report.failed:
        parts.append(_coverage(report.coverage, colour=colour))
        untested = list(_untested(report.coverage, root))
        if untested:
            parts.append([paint("not tested", "bold", colour), *untested])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def case_lines(result: CaseResult, root: str, *, colour: bool = False) -> list[str]:
    """Return what came out otherwise in one case, with the tests of the rules, each rule once."""
    case = result.case
    place = paint(f"{shown_place(case.span, root)}:", "bold", colour)
    lines = [f"{place} {paint('failed:', 'error', colour)} {visible(case.name)}"]
    if case.because:
        lines.append(f"  because: {visible(case.because)}")
    for failure in result.failures:
        lines += _failure(failure)
    traces = dict.fromkeys(trace for failure in result.failures for trace in failure.trace)
    for trace in sorted(traces, key=lambda trace: trace.role != "chosen"):
        lines += _trace(trace, root, colour=colour)
    return lines


def _failure(failure: Failure) -> list[str]:
    return [
        f"  line {failure.span.line}: {visible(failure.what)}",
        f"    expected: {visible(failure.expected)}",
        f"    found:    {visible(failure.actual)}",
    ]


def shown_place(span: Span, root: str) -> str:
    """Return the file and line of *span*, the file as it is found from here."""
    return f"{visible(shown_path(span, root))}:{span.line}"


def untested_of(policy: PolicyVisits) -> Iterator[tuple[RuleVisits, str]]:
    """Yield the rules of *policy* that its cases leave untested, each with what is lacking."""
    for rule in policy.rules:
        lacking = []
        if not rule.chosen and not rule.held and not rule.is_otherwise:
            lacking.append("it never holds")
        elif not rule.chosen:
            lacking.append("it is never chosen")
        if rule.asks and not rule.failed:
            lacking.append("it is never tried where it does not hold")
        if lacking:
            yield rule, ", and ".join(lacking)


def _totals(report: Report, *, colour: bool) -> str:
    total = report.passed + report.failed + report.not_run
    if not total:
        return "no cases"
    cases = f"{total} case{'' if total == 1 else 's'}"
    if report.passed == total:
        return f"{cases}: {paint('all passed' if total > 1 else 'passed', 'good', colour)}"
    parts = [f"{report.passed} passed"] if report.passed else []
    if report.failed:
        parts.append(paint(f"{report.failed} failed", "error", colour))
    if report.not_run:
        parts.append(paint(f"{report.not_run} not run", "warning", colour))
    return f"{cases}: {', '.join(parts)}"


def _trace(trace: RuleTrace, root: str, *, colour: bool) -> Iterator[str]:
    rule = f"`{visible(trace.rule)}` of {visible(trace.policy)}"
    verdict = trace.note or trace.verdict
    place = shown_place(trace.span, root)
    yield f"  {_ROLES[trace.role]}: {rule} ({place}): {visible(verdict)}"
    words = [_indented(line) for line in trace.lines]
    seen = ["" if line.seen is None else f"seen {visible(line.seen)}" for line in trace.lines]
    wide, wide_seen = widest(words, most=_TEST_COLUMN), widest(seen, most=_SEEN_COLUMN)
    for line, word, value in zip(trace.lines, words, seen, strict=True):
        shown = paint(line.verdict, _VERDICTS[line.verdict], colour)
        yield f"    {_column(word, wide)}  {_column(value, wide_seen)}  {shown}"


def _indented(line: Tried) -> str:
    return "  " * line.depth + visible(line.words)


def _column(text: str, wide: int) -> str:
    return padded(text, wide) if cells(text) < wide else text


def _coverage(coverage: Coverage, *, colour: bool) -> list[str]:
    rules = _share(coverage.rules_chosen, coverage.rules)
    plans = _share(coverage.plans_chosen, coverage.plans)
    lines = [f"{paint('chosen in some case:', 'bold', colour)} {rules} rules, {plans} plans"]
    rows: list[tuple[str, ...]] = [("policy", "cases", "rules", "plans")]
    rows += [
        (
            visible(policy.policy),
            str(policy.cases),
            _share(policy.rules_chosen, len(policy.rules)) if policy.rules else "",
            _share(policy.plans_chosen, len(policy.plans)) if policy.plans else "",
        )
        for policy in coverage.policies
    ]
    return [*lines, *_table(rows)]


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    wides = [widest(column, most=_POLICY_COLUMN) for column in zip(*rows, strict=True)]
    for row in rows:
        parts = (_column(text, wide) for text, wide in zip(row, wides, strict=True))
        yield f"  {'  '.join(parts)}".rstrip()


def _share(some: int, of: int) -> str:
    return f"{some} of {of}"


def _untested(coverage: Coverage, root: str) -> Iterable[str]:
    """Yield a line for each rule and plan that the cases leave untested."""
    for policy in coverage.policies:
        for rule, lacking in untested_of(policy):
            name = f"rule `{visible(rule.rule)}` of {visible(policy.policy)}"
            yield f"  {shown_place(rule.span, root)}: {name}: {lacking}"
        for plan in policy.plans_never_chosen:
            name = f"plan `{visible(plan.plan)}` of {visible(policy.policy)}"
            yield f"  {shown_place(plan.span, root)}: {name}: it is never chosen"
