"""Cases as JUnit's XML, which build servers read."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policyengine.cases import CaseResult, Report, SuiteResult
from policyengine.report.cases_text import case_lines
from policyengine.report.cells import visible
from policyengine.report.places import shown_path


def junit_xml(report: Report, *, root: str = "") -> str:
    """Return *report* as XML: a suite for each file, with its cases; those not run are errors."""
    top = Element("testsuites")
    for result in report.suites:
        _suite(top, result, root)
    indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(top, encoding="unicode")}\n'


def _suite(top: Element, result: SuiteResult, root: str) -> None:
    path = visible(shown_path(result.suite.span, root))
    failed = sum(not one.passed for one in result.results)
    counts = {
        "tests": str(len(result.results) + len(result.not_run)),
        "failures": str(failed),
        "errors": str(len(result.not_run)),
    }
    name = visible(result.suite.name)
    element = SubElement(top, "testsuite", {"name": name, "file": path, **counts})
    for one in result.results:
        _case(element, one, name, root)
    for unread in result.not_run:
        case = SubElement(element, "testcase", {"name": visible(unread), "classname": name})
        message = "the case cannot be run as it is written"
        SubElement(case, "error", {"message": message})


def _case(element: Element, result: CaseResult, suite: str, root: str) -> None:
    span = result.case.span
    attributes = {
        "name": visible(result.case.name),
        "classname": suite,
        "file": visible(shown_path(span, root)),
        "line": str(span.line),
    }
    case = SubElement(element, "testcase", attributes)
    if result.passed:
        return
    first = result.failures[0]
    more = len(result.failures) - 1
    message = f"{first.what}: expected {first.expected}, found {first.actual}"
    if more:
        message += f" (and {more} more)"
    failure = SubElement(case, "failure", {"message": visible(message)})
    failure.text = "\n".join(case_lines(result, root))
