"""The door: the command `policyengine`, whose subcommands are imported when they run."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

_GROUPS = {
    "Write policies": {
        "check": "Find everything that is wrong with policies, in one run.",
        "test": "Run the cases that say what policies ought to decide.",
        "schema": "Print the JSON Schemas of policy files, for editors.",
        "explain": "Explain the code of a finding, with a bad and a good example.",
    },
    "Use them": {
        "decide": "Decide which plans apply to contexts, and say why.",
        "staff": "Say how many agents a promise takes, and what callers meet.",
    },
}
_COULD_NOT_RUN, _INTERRUPTED, _NOBODY_READS = 3, 130, 141


class _Commands(click.Group):
    """Commands by name: `--help` must show them all and import none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click calls it
        return [name for commands in _GROUPS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = getattr(import_module(f"policyengine.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            from policyengine.findings.near import did_you_mean  # noqa: PLC0415 — not for `--help`

            ctx.fail(f"unknown command `{name}`; {did_you_mean(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 — click calls it
        for title, commands in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's own signature
        """Run the command; whatever goes wrong is one line and an exit code."""
        from policyengine.errors import PolicyEngineError  # noqa: PLC0415 — not for `--help`

        if sys.stdout is None:
            _stop("standard output is closed: there is nowhere to write the answer")
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            raise click.exceptions.Exit(_INTERRUPTED) from None
        except BrokenPipeError:
            _leave_pipe()
        except PolicyEngineError as error:
            _stop(str(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            _stop(error.strerror or str(error))
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            _stop(f"this is a fault of policyengine, please report it: {error!r}")


def _stop(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    raise click.exceptions.Exit(_COULD_NOT_RUN) from None


def _leave_pipe() -> NoReturn:
    """Leave quietly: nobody reads what is written, and what is left must go somewhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    raise click.exceptions.Exit(_NOBODY_READS) from None


def _show_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:  # noqa: ARG001, FBT001 — click calls it
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 — start-up

        try:
            number = version("contact-policy")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"policyengine {number}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`policyengine COMMAND --help` says more. "
    "Exit codes: 0 fine, 1 something found, 2 wrong usage, 3 could not run.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
def main() -> None:
    """Policies of customer service: files that managers can read, test and trust.

    A contact goes in; the plans that apply come out, each with the rule and the reason.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
