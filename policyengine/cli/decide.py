"""`policyengine decide`: contexts in, the plans that apply out."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

import click

from policyengine.cli.options import (
    FINE,
    FOUND,
    as_of_option,
    check_known,
    format_option,
    leave,
    load_or_exit,
    policies_option,
    say,
    text_width,
    wants_colour,
    write,
)
from policyengine.decision import Decision
from policyengine.inputs.deciding import STDIN, Asked, decide_files
from policyengine.inputs.records import Format
from policyengine.report.decision_text import decision_text
from policyengine.report.json_text import json_stream, json_text
from policyengine.report.summary import summarise, summary_text


@dataclass(slots=True)
class _Tally:
    """How many decisions went by, and how many contexts had something wrong with them."""

    total: int = 0
    invalid: int = 0
    warned: int = 0

    def watch(self, decisions: Iterator[Decision]) -> Iterator[Decision]:
        for decision in decisions:
            self.total += 1
            if decision.status == "invalid":
                self.invalid += 1
            elif decision.problems:
                self.warned += 1
            yield decision

    def __str__(self) -> str:
        found = ((self.invalid, "not decided"), (self.warned, "decided with warnings"))
        parts = [f"{number} {what}" for number, what in found if number]
        return f"{', '.join(parts)}, of {self.total} context{'' if self.total == 1 else 's'}"


@click.command()
@click.argument("contexts", nargs=-1, metavar="[CONTEXTS]...")
@policies_option
@click.option(
    "--input-format", type=click.Choice(get_args(Format)), help="What the contexts are written in."
)
@click.option("--input", "log", metavar="NAME", help="Read a log as this `input:` file says.")
@click.option("--about", metavar="SUBJECT", help="What the contexts are about.")
@as_of_option
@click.option("--strict", is_flag=True, help="A fact that nobody declared is an error.")
@click.option("--summary", is_flag=True, help="Count the decisions instead of showing them.")
@format_option("text", "json", "jsonl")
def decide(
    *,
    contexts: tuple[str, ...],
    policies: str | None,
    input_format: str | None,
    log: str | None,
    about: str | None,
    as_of: date | None,
    strict: bool,
    summary: bool,
    output: str,
) -> None:
    """Decide which plans apply to contexts, and say why.

    CONTEXTS are files of JSON, JSONL, YAML or CSV, each also with .gz, or - for standard input.
    A context that cannot be read or decided is reported, and the rest go on.
    """
    if about is not None and log is not None:
        raise click.UsageError("`--about` and `--input` exclude each other: the input file says it")
    paths = _paths(contexts)
    loaded = load_or_exit(policies)
    definitions = loaded.definitions
    check_known("subject", about, definitions.vocabularies)
    check_known("input", log, definitions.inputs, "the policies have no input files")
    asked = Asked(about, as_of, strict, log, input_format)
    tally = _Tally()
    decisions = tally.watch(decide_files(loaded, paths, asked))
    colour, width = wants_colour(sys.stdout), text_width()
    if summary:
        counts = summarise(definitions, decisions)
        if output == "text":
            write([summary_text(counts, colour=colour, width=width)])
        else:
            write([json_text(counts.as_json(), indent=2 if output == "json" else None), "\n"])
    elif output == "json":
        write(json_stream(decision.as_json() for decision in decisions))
    elif output == "jsonl":
        lines = (json_text(decision.as_json()) + "\n" for decision in decisions)
        write(lines, at_once=STDIN in paths)
    else:
        texts = (decision_text(one, colour=colour, width=width) for one in decisions)
        write(text if place == 0 else f"\n{text}" for place, text in enumerate(texts))
    if tally.invalid or tally.warned:
        say(str(tally))
    leave(FOUND if tally.invalid else FINE)


def _paths(contexts: tuple[str, ...]) -> tuple[str, ...]:
    if contexts.count(STDIN) > 1:
        raise click.UsageError("standard input, `-`, can be read only once")
    if not contexts and sys.stdin.isatty():
        raise click.UsageError("no contexts: name a file with contexts, or `-` for standard input")
    return contexts or (STDIN,)
