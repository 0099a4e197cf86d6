"""What the formulas refuse: the checks of their arguments, and the sentence for each reason."""

from collections.abc import Mapping
from decimal import Decimal

from policyengine import erlang
from policyengine.facts import Refused

Amount = Decimal | int

_DIGITS = 30

REASONS: Mapping[str, str] = {
    "bad_levels": "the acceptable level is better than the target",
    "bad_limits": "the limits do not get better one after the other",
    "bad_scale": "the scale does not run from a lower to a higher figure",
    "bad_zone": "the adequate level is better than the desired one",
    "beyond_horizon": "it does not pay back within the horizon",
    "contradicting_counts": "a part is larger than the whole it is counted in",
    "division_by_zero": "there is nothing to divide by",
    "negative_amount": "an amount is below 0",
    "negative_rate": "the discount is below 0",
    "no_calls": "no calls to count in",
    "no_gain": "there is no yearly gain to pay it back",
    "unknown_convention": "the convention is end_of_period or start_of_period",
    "unknown_importance": "cannot prioritise without importance",
    "unknown_performance": "cannot prioritise without performance",
    "unknown_value": "the value is not known",
    "unknown_variant": "the variant is not in the list",
    "unreachable": "no share up to 100% would pay for it",
    "value_without_end": "the discount does not outweigh the retention",
}


def refusal_text(reason: str) -> str:
    """Return the sentence for *reason*, as in "cannot be estimated: the figure `clv` is missing".

    The words of queues are those of `erlang`; `missing_` names a figure that was not given.
    """
    if reason.startswith("missing_"):
        return f"cannot be estimated: the figure `{reason.removeprefix('missing_')}` is missing"
    text = REASONS.get(reason)
    if text is None:
        return erlang.refusal_text(reason)
    return text if text.startswith("cannot") else f"cannot be estimated: {text}"


def no_numbers(*amounts: Amount | None) -> Refused | None:
    """Return what is wrong with *amounts* that are no numbers, or beyond counting."""
    for amount in amounts:
        if isinstance(amount, Decimal):
            if not amount.is_finite():
                return Refused("not_a_number")
            if amount and amount.adjusted() > _DIGITS:
                return Refused("out_of_range")
        elif amount is not None and abs(amount) > 10**_DIGITS:
            return Refused("out_of_range")
    return None


def below_zero(*amounts: Amount | None, reason: str = "negative_count") -> Refused | None:
    """Return *reason* if one of *amounts* is below 0, or what else is wrong with them."""
    wrong = no_numbers(*amounts)
    if wrong is None and any(amount is not None and amount < 0 for amount in amounts):
        return Refused(reason)
    return wrong


def no_shares(*shares: Amount | None) -> Refused | None:
    """Return what is wrong with *shares* that are not from 0 to 1, both included."""
    wrong = no_numbers(*shares)
    if wrong is None and any(share is not None and not 0 <= share <= 1 for share in shares):
        return Refused("bad_share")
    return wrong


def ratio(part: Amount, whole: Amount, *, reason: str = "division_by_zero") -> Decimal | Refused:
    """Return *part* over *whole*, or refuse with *reason* where *whole* is 0."""
    return Refused(reason) if whole == 0 else Decimal(part) / Decimal(whole)
