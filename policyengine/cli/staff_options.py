"""The options of `staff`: figures with their units, and whether they make one question."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import click

from policyengine.cli.options import reading
from policyengine.erlang import Demand, Terms
from policyengine.inputs.intervals import COLUMNS, SHARE, read_figure, read_promise
from policyengine.values import FieldType

Figure = Decimal | int | None

_OPTIONS: tuple[tuple[str, FieldType, str, str], ...] = (
    ("calls", COLUMNS["calls"], "NUMBER", "How many calls are expected in the interval."),
    ("interval", COLUMNS["interval"], "TIME", "How long an interval is."),
    ("handling", COLUMNS["handling"], "TIME", "How long a call takes on average, such as `3 min`."),
    ("agents", COLUMNS["agents"], "NUMBER", "How many agents are there."),
    (
        "patience",
        COLUMNS["patience"],
        "TIME",
        "How long callers wait on average; then they hang up.",
    ),
    ("shrinkage", SHARE, "SHARE", "The share of paid time away from calls, such as `30%`."),
    ("max-occupancy", SHARE, "SHARE", "The share of their time that agents may be busy."),
    ("ahead", FieldType("integer"), "NUMBER", "How many are in front of a caller who waits."),
)
_DEFAULTS = {"interval": "30 min"}
_UNITS = {"s": " Seconds without a unit.", "min": " Minutes without a unit."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options say."""

    calls: Figure
    interval: Decimal
    handling: Figure
    agents: Figure
    patience: Figure
    promise: tuple[Decimal, Decimal] | None
    shrinkage: Figure
    max_occupancy: Figure
    ahead: Figure

    @property
    def demand(self) -> Demand:
        """The interval that they describe, or what the rows of a day leave out."""
        return Demand(
            calls=self.calls,
            interval=self.interval,
            handling=self.handling,
            agents=self.agents,
            patience=self.patience,
        )

    @property
    def demands(self) -> list[Demand]:
        """The one interval that they describe, or none where only a place is asked."""
        return [] if self.calls is None else [self.demand]

    @property
    def terms(self) -> Terms | None:
        """The promise, if there is one, and on which terms agents work."""
        if self.promise is None:
            return None
        target, within = self.promise
        cap = 1 if self.max_occupancy is None else self.max_occupancy
        return Terms(target=target, within=within, max_occupancy=cap, shrinkage=self.shrinkage)

    def check(self, *, has_day: bool) -> None:
        """End the command where the options do not make one question."""
        if has_day and not (self.calls is None and self.ahead is None):
            raise click.UsageError(
                "a day has its calls in its rows: leave `--calls` and `--ahead` out"
            )
        if not has_day and self.calls is None and self.ahead is None:
            message = "nothing is asked: give `--calls`, a CSV of a day, or `--ahead`"
            raise click.UsageError(message)
        if not has_day and self.handling is None:
            raise click.UsageError("how long does a call take on average? Give `--handling`")
        if self.ahead is not None and self.agents is None:
            raise click.UsageError("how many agents are there? Give `--agents` with `--ahead`")
        if self.promise is None:
            if self.calls is not None and self.agents is None:
                raise click.UsageError(
                    "what is asked of them? Give `--promise`, `--agents`, or both"
                )
            if not (self.shrinkage is None and self.max_occupancy is None):
                raise click.UsageError("`--shrinkage` and `--max-occupancy` go with a `--promise`")


def staff_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of `staff` to *command*."""
    promise = "What is promised, such as `80% in 20 s`."
    command = click.option(
        "--promise", metavar="TEXT", callback=reading(read_promise), help=promise
    )(command)
    for name, type_, metavar, text in reversed(_OPTIONS):
        command = _figure(name, type_, metavar, text)(command)
    return command


def _figure(
    name: str, type_: FieldType, metavar: str, text: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        f"--{name}",
        metavar=metavar,
        default=_DEFAULTS.get(name),
        show_default=True,
        callback=reading(lambda written: read_figure(type_, written)),
        help=text + _UNITS.get(type_.unit or "", ""),
    )
