"""Refusals: why a figure cannot be estimated, in one word and in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure that cannot be estimated, with the *reason* in one word."""

    reason: str


REASONS: Mapping[str, str] = {
    "no_agents": "no agents",
    "not_whole": "agents and callers ahead are counted in whole numbers",
    "negative_count": "a count is below 0",
    "negative_time": "a time is below 0",
    "unknown_calls": "the number of calls is not known",
    "unknown_handling": "the handling time is not known, or not above 0",
    "unknown_interval": "the interval is not above 0",
    "unknown_patience": "the patience is not known, or not above 0",
    "unbounded": "the queue grows without end",
    "too_few": "fewer observations than the declared minimum",
    "bad_share": "a share is outside 0% to 100%",
    "target_unreachable": "no number of agents reaches the target",
    "out_of_range": "a figure is too large or too small to count with",
    "not_a_number": "a figure is not a number",
}


def refusal_text(reason: str) -> str:
    """Return the sentence for *reason*, as in "cannot be estimated: no agents".

    A word that is not in the list is shown as it is, its underscores as spaces.
    """
    return f"cannot be estimated: {REASONS.get(reason, reason.replace('_', ' '))}"
