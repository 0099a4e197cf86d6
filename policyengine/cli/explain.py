"""`policyengine explain`: the page of a finding's code."""

from dataclasses import asdict

import click

from policyengine.cli.options import check_known, format_option, write
from policyengine.findings.all_codes import ALL_CODES
from policyengine.report.code_page import code_page
from policyengine.report.json_text import json_text


@click.command()
@click.argument("code", required=False)
@format_option("text", "json")
def explain(code: str | None, output: str) -> None:
    """Explain the code of a finding, with a bad and a good example.

    Without CODE it lists all codes.
    """
    by_id = {one.id: one for one in ALL_CODES}
    code = None if code is None else code.upper()
    check_known("code", code, by_id, "`policyengine explain` lists all codes")
    if output == "json":
        asked = [asdict(one) for one in ALL_CODES] if code is None else asdict(by_id[code])
        write([json_text(asked, indent=2), "\n"])
    elif code is None:
        write(f"{one.id}  {one.title}\n" for one in ALL_CODES)
    else:
        write([code_page(by_id[code])])
