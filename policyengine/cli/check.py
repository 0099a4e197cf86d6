"""`policyengine check`: all that is wrong with policies, in one run."""

import sys

import click

from policyengine.cases import read_suites
from policyengine.cli.options import (
    FINE,
    FOUND,
    fail_on_option,
    fails,
    format_option,
    leave,
    policies_argument,
    wants_colour,
    write,
)
from policyengine.loading import read_set
from policyengine.report.check_text import check_json, check_text
from policyengine.report.json_text import json_text


@click.command()
@policies_argument
@fail_on_option
@format_option("text", "json")
def check(policies: str, fail_on: str, output: str) -> None:
    """Find everything that is wrong with policies, in one run.

    PATH is the folder of a policy set, `policies` unless named.
    """
    loaded, findings = read_set(policies)
    if loaded is not None:
        findings = (*findings, *read_suites(loaded)[1])
    if output == "json":
        write([json_text(check_json(loaded, findings, root=policies), indent=2), "\n"])
    else:
        colour = wants_colour(sys.stdout)
        write([check_text(loaded, findings, root=policies, colour=colour)])
    leave(FOUND if fails(findings, fail_on) else FINE)
