"""What `test` says in JSON: the contract of `schemas/test.schema.json`."""

from collections.abc import Iterable

from policyengine.cases import Coverage, Failure, PolicyVisits, Report, RuleTrace, Tried
from policyengine.report.places import shown_path
from policyengine.source import Span

Json = dict[str, object]


def cases_json(report: Report, *, root: str = "") -> Json:
    """Return *report* in JSON's types; files as they are found from here, below *root*."""
    return {
        "cases": {"passed": report.passed, "failed": report.failed, "not_run": report.not_run},
        "failures": [_failure(failure, root) for failure in report.failures],
        "not_run": [
            {"suite": result.suite.name, "case": name, "file": shown_path(result.suite.span, root)}
            for result in report.suites
            for name in result.not_run
        ],
        "coverage": _coverage(report.coverage),
    }


def _failure(failure: Failure, root: str) -> Json:
    return {
        "suite": failure.suite,
        "case": failure.case,
        "what": failure.what,
        "expected": failure.expected,
        "actual": failure.actual,
        "because": failure.because,
        **_place(failure.span, root),
        "rules": [_trace(trace, root) for trace in failure.trace],
    }


def _trace(trace: RuleTrace, root: str) -> Json:
    return {
        "policy": trace.policy,
        "rule": trace.rule,
        "role": trace.role,
        "verdict": trace.verdict,
        "note": trace.note,
        **_place(trace.span, root),
        "tests": [_tried(line) for line in trace.lines],
    }


def _tried(line: Tried) -> Json:
    result: Json = {"depth": line.depth, "words": line.words, "verdict": line.verdict}
    if line.field is not None:
        result.update(field=line.field, test=line.test, seen=line.seen)
        if line.value is not None:
            result["value"] = line.value
    return result


def _place(span: Span, root: str) -> Json:
    return {"file": shown_path(span, root), "line": span.line, "column": span.column}


def _coverage(coverage: Coverage) -> Json:
    return {
        "rules": {"chosen": coverage.rules_chosen, "total": coverage.rules},
        "plans": {"chosen": coverage.plans_chosen, "total": coverage.plans},
        "policies": {policy.policy: _policy(policy) for policy in coverage.policies},
    }


def _policy(policy: PolicyVisits) -> Json:
    return {
        "cases": policy.cases,
        "rules": {"chosen": policy.rules_chosen, "total": len(policy.rules)},
        "plans": {"chosen": policy.plans_chosen, "total": len(policy.plans)},
        "never_chosen": _names(rule.rule for rule in policy.never_chosen),
        "never_held": _names(rule.rule for rule in policy.never_held),
        "never_failed": _names(rule.rule for rule in policy.never_failed),
        "plans_never_chosen": _names(plan.plan for plan in policy.plans_never_chosen),
    }


def _names(names: Iterable[str]) -> list[str]:
    return list(names)
