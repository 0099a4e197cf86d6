"""Why a computed field cannot be estimated, in a sentence."""

from collections.abc import Mapping

from policyengine.formulas import refusals

_REASONS: Mapping[str, str] = {
    "never_opens": "it does not open within 400 days",
    "not_listed": "no row of the register has the key",
    "reversed": "the second moment comes before the first",
    "too_long": "more than ten years lie between the two moments",
}


def refusal_text(reason: str) -> str:
    """Return the sentence for *reason*, as in "cannot be estimated: no agents"."""
    text = _REASONS.get(reason)
    return refusals.refusal_text(reason) if text is None else f"cannot be estimated: {text}"
