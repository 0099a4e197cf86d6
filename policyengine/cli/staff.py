"""`policyengine staff`: agents, waits and promises by Erlang C and Erlang A."""

from typing import Any

import click

from policyengine.cli.options import FINE, FOUND, format_option, leave, say, text_width, write
from policyengine.cli.staff_options import Asked, staff_options
from policyengine.erlang import place_in_queue
from policyengine.erlang import staff as staff_interval
from policyengine.inputs.intervals import read_day
from policyengine.report.json_text import json_text
from policyengine.report.staff_figures import Day
from policyengine.report.staff_json import staff_json
from policyengine.report.staff_text import staff_text


@click.command()
@click.argument("day", required=False, metavar="[DAY.csv]")
@staff_options
@format_option("text", "json")
def staff(*, day: str | None, output: str, **figures: Any) -> None:  # noqa: ANN401 — `Asked` has the types
    """Say how many agents a promise takes, and what callers meet.

    Give the figures of one interval as options; or a day as CSV, a row for each interval, with
    the columns from, calls and, where they change, interval, handling, agents and patience. With
    --ahead it says the wait of a caller at a known place.

    The exit code is 1 where a promise is not kept, or something cannot be estimated.
    """
    asked = Asked(**figures)
    asked.check(has_day=day is not None)
    demands, unused = (asked.demands, []) if day is None else read_day(day, asked.demand)
    for line in unused:
        say(f"warning: {line}")
    place = None
    if asked.ahead is not None and asked.agents is not None:
        place = place_in_queue(
            ahead=asked.ahead,
            agents=asked.agents,
            handling=asked.handling,
            patience=asked.patience,
        )
    intervals = tuple(staff_interval(one, asked.terms) for one in demands)
    answer = Day(intervals, asked.terms, place)
    if output == "json":
        write([json_text(staff_json(answer), indent=2), "\n"])
    else:
        write([staff_text(answer, width=text_width())])
    leave(FINE if answer.is_fine else FOUND)
