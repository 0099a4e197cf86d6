"""What commands share: their options, the policies they are given, and the ways out."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, TextIO, TypeVar

import click

from policyengine.findings import Finding
from policyengine.findings.near import did_you_mean
from policyengine.loading import read_set
from policyengine.policyset import PolicySet
from policyengine.report.colours import use_colour
from policyengine.report.findings_text import counted, findings_text
from policyengine.schema import shipped_folder

FINE, FOUND, WRONG_USAGE, COULD_NOT_RUN = 0, 1, 2, 3
"""The exit codes of every command."""

DEFAULT_FOLDER = "policies"
_LEVELS = ("error", "warning", "info")
_CHUNK = 256
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_F = TypeVar("_F", bound=Callable[..., Any])


def format_option(*formats: str) -> Callable[[_F], _F]:
    """Return the option `--format`, one of *formats*; the first is what people get."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )


def reading(read: Callable[[str], Any]) -> Callable[..., Any]:
    """Return the callback of an option whose text is read by *read*, a text being what is wrong."""

    def callback(ctx: click.Context, parameter: click.Parameter, text: str | None) -> Any:  # noqa: ANN401 — each option has its own type
        found = None if text is None else read(text)
        if isinstance(found, str):
            raise click.BadParameter(found, ctx, parameter)
        return found

    return callback


policies_argument = click.argument("policies", default=DEFAULT_FOLDER, metavar="[PATH]")
"""The policy set of commands that are about policies: `./policies` unless another is named."""

policies_option = click.option(
    "--policies",
    metavar="DIR",
    help="The folder with the policies; without it `./policies`, else those that come with "
    "policyengine.",
)
"""The policy set of commands that use policies: nothing where none was named."""

fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    default="warning",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)


def _day(ctx: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    """Return the day that *text* gives, such as `2026-12-03`."""
    if text is None:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    message = f"expected a day such as `2026-12-03`, found `{text}`"
    raise click.BadParameter(message, ctx, parameter)


as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="Use the policies and house facts of that day, such as 2026-12-03.",
)
"""The day whose policies count: nothing for each context's own."""


def fails(findings: Iterable[Finding], level: str) -> bool:
    """Return whether one of *findings* is at least as grave as the `--fail-on` *level*."""
    graver = _LEVELS[: _LEVELS.index(level) + 1] if level in _LEVELS else ()
    return any(finding.severity in graver for finding in findings)


def check_known(what: str, name: str | None, known: Iterable[str], otherwise: str = "") -> None:
    """End the command with a near match, or *otherwise*, where *name* is none of the *known*."""
    known = tuple(known)
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or otherwise
        raise click.UsageError(f"unknown {what} `{name}`" + (f"; {hint}" if hint else ""))


def load_or_exit(folder: str | None) -> PolicySet:
    """Return the policy set in *folder*, without one in `./policies` or the one that is shipped.

    Its errors are shown and end the command; its other findings are counted on stderr.
    """
    folder = folder if folder is not None else _default_folder()
    policies, findings = read_set(folder)
    if policies is None:
        errors = [finding for finding in findings if finding.severity == "error"]
        say(findings_text(errors, colour=wants_colour(sys.stderr), root=folder))
        say(f"\n{counted(errors)}: these policies cannot be used until they are mended")
        leave(COULD_NOT_RUN)
    if findings:
        say(f"{counted(findings)}: run `policyengine check {folder}`")
    return policies


def write(pieces: Iterable[str], *, at_once: bool = False) -> None:
    """Write *pieces* to standard output, many at a time; *at_once* each as soon as it is there.

    Somebody who waits for the answer to one record before sending the next needs the latter.
    """
    rest: Iterator[str] = iter(pieces)
    while chunk := "".join(islice(rest, 1 if at_once else _CHUNK)):
        sys.stdout.write(chunk)
        if at_once:
            sys.stdout.flush()
    sys.stdout.flush()


def say(text: str) -> None:
    """Write *text* and a line end to standard error."""
    sys.stderr.write(f"{text}\n")


def leave(code: int) -> NoReturn:
    """End the command with the exit *code*."""
    raise click.exceptions.Exit(code)


def wants_colour(stream: TextIO) -> bool:
    """Return whether *stream* should have colours."""
    return use_colour(stream, os.environ)


def text_width() -> int:
    """Return how many cells a line of text may take."""
    return shutil.get_terminal_size().columns


def _default_folder() -> str:
    if Path(DEFAULT_FOLDER).is_dir():
        return DEFAULT_FOLDER
    say(f"no folder `{DEFAULT_FOLDER}` here: using the policies that come with policyengine")
    return str(shipped_folder("policies"))
