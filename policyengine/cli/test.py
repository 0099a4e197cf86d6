"""`policyengine test`: the cases that say what policies ought to decide."""

import sys

import click

from policyengine.cases import Report, read_suites, run_suites
from policyengine.cli.options import (
    FINE,
    FOUND,
    WRONG_USAGE,
    fail_on_option,
    fails,
    format_option,
    leave,
    load_or_exit,
    policies_argument,
    say,
    wants_colour,
    write,
)
from policyengine.report.cases_json import cases_json
from policyengine.report.cases_text import cases_text
from policyengine.report.findings_text import counted, findings_text
from policyengine.report.json_text import json_text
from policyengine.report.junit import junit_xml


@click.command()
@policies_argument
@click.option("-k", "named", metavar="TEXT", default="", help="Run the cases with this in a name.")
@fail_on_option
@format_option("text", "json", "junit")
def test(policies: str, named: str, fail_on: str, output: str) -> None:
    """Run the cases that say what policies ought to decide.

    PATH is the folder of a policy set, `policies` unless named. Cases stand in files that end in
    `_test.yaml`, beside the policies. Shown is what came out otherwise, with the tests of the
    rules that were chosen and of those that would be right, and what no case tests.
    """
    loaded = load_or_exit(policies)
    suites, findings = read_suites(loaded)
    if findings:
        say(findings_text(findings, colour=wants_colour(sys.stderr), root=policies))
        say(f"\n{counted(findings)} in the cases\n")
    report = run_suites(loaded, suites, named=named)
    if named and not report.suites:
        say(f"error: no case has `{named}` in its name")
        leave(WRONG_USAGE)
    write([_shown(report, output, policies), "\n" if output == "json" else ""])
    leave(FOUND if report.failed or report.not_run or fails(findings, fail_on) else FINE)


def _shown(report: Report, output: str, root: str) -> str:
    match output:
        case "json":
            return json_text(cases_json(report, root=root), indent=2)
        case "junit":
            return junit_xml(report, root=root)
        case _:
            return cases_text(report, colour=wants_colour(sys.stdout), root=root)
