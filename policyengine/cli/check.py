"""`policyengine check`: all that is wrong with policies, in one run."""

import sys
from datetime import date

import click

from policyengine import analysis
from policyengine.cases import read_suites
from policyengine.cli.options import (
    FINE,
    FOUND,
    as_of_option,
    fail_on_option,
    fails,
    format_option,
    leave,
    policies_argument,
    wants_colour,
    write,
)
from policyengine.loading import read_set
from policyengine.report.check_text import Reach, check_json, check_text
from policyengine.report.json_text import json_text


@click.command()
@policies_argument
@as_of_option
@fail_on_option
@format_option("text", "json")
def check(policies: str, as_of: date | None, fail_on: str, output: str) -> None:
    """Find everything that is wrong with policies, in one run.

    PATH is the folder of a policy set, `policies` unless named. Rules that compare dates are
    asked only where `--as-of` gives the day.
    """
    loaded, findings = read_set(policies)
    reach = None
    if loaded is not None:
        findings = (*findings, *read_suites(loaded)[1], *analysis.check(loaded, as_of=as_of))
        reach = Reach(loaded, analysis.extent(loaded, as_of=as_of))
    if output == "json":
        write([json_text(check_json(reach, findings, root=policies), indent=2), "\n"])
    else:
        colour = wants_colour(sys.stdout)
        write([check_text(reach, findings, root=policies, colour=colour)])
    leave(FOUND if fails(findings, fail_on) else FINE)
