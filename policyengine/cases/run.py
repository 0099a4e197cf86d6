"""Suites, run: every case decided and compared with what it expects."""

from collections.abc import Iterable
from dataclasses import dataclass

from policyengine.cases.check import Failure, failures_of
from policyengine.cases.coverage import Coverage, Visits
from policyengine.cases.situated import Decided, decide_case
from policyengine.cases.suite import Case, SameExpected, Suite
from policyengine.model import Definitions
from policyengine.policyset import PolicySet


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case that was run, and all in which it came out otherwise."""

    case: Case
    failures: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all came out as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """One suite with its cases that were run, and the names of those that could not be."""

    suite: Suite
    results: tuple[CaseResult, ...]
    not_run: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all suites, and what they reach."""

    suites: tuple[SuiteResult, ...]
    coverage: Coverage

    @property
    def passed(self) -> int:
        """How many cases came out as expected."""
        return sum(result.passed for suite in self.suites for result in suite.results)

    @property
    def failed(self) -> int:
        """How many cases did not."""
        return sum(not result.passed for suite in self.suites for result in suite.results)

    @property
    def not_run(self) -> int:
        """How many cases cannot be run as they are written."""
        return sum(len(suite.not_run) for suite in self.suites)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All that came out otherwise, in the order of the files."""
        return tuple(
            failure
            for suite in self.suites
            for result in suite.results
            for failure in result.failures
        )


def run_suites(policies: PolicySet, suites: Iterable[Suite], *, named: str = "") -> Report:
    """Return what *policies* make of the cases of *suites* that have *named* in their names."""
    visits = Visits()
    results = [_run_suite(policies.definitions, suite, named, visits) for suite in suites]
    return Report(
        tuple(result for result in results if result.results or result.not_run),
        visits.coverage(policies.definitions),
    )


def _run_suite(definitions: Definitions, suite: Suite, named: str, visits: Visits) -> SuiteResult:
    by_name = {case.name: case for case in suite.cases}
    decided: dict[str, Decided] = {}

    def decide(name: str) -> Decided:
        if name not in decided:
            decided[name] = decide_case(definitions, by_name[name])
        return decided[name]

    results = []
    for case in suite.cases:
        if named not in case.name:
            continue
        one = decide(case.name)
        visits.count(one, suite.policy)
        others = {
            expected.case: decide(expected.case).decision
            for expected in case.expected
            if isinstance(expected, SameExpected)
        }
        results.append(CaseResult(case, failures_of(suite.name, one, others)))
    not_run = tuple(name for name in suite.unread if named in name)
    return SuiteResult(suite, tuple(results), not_run)
