"""A measure for people: the figure, the target, and how far apart they are, in one sentence."""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from policyengine.facts import Refused
from policyengine.model import Standing
from policyengine.reference import Measured
from policyengine.report.figures import show_figure
from policyengine.values import FieldType

STANDING_WORDS: Mapping[Standing, str] = {
    "unknown": "unknown",
    "baseline_only": "baseline only",
    "on_target": "on target",
    "off_target": "off target",
    "breach": "breach",
}
_TENTH = Decimal("0.1")


def measured_sentence(measured: Measured) -> str:
    """Return how *measured* stands, such as "6 h against 3 h: 3 h, 100 % over"."""
    if measured.value is None:
        return "there is no figure"
    figure = _shown(measured, measured.value)
    least = measured.measure.at_least
    if measured.standing == "unknown":
        counted = "nobody says of how many" if measured.n is None else f"of {measured.n} measured"
        return f"{figure}, {counted}; at least {least} are needed"
    if measured.target is None:
        return f"{figure}, target missing"
    sentence = f"{figure} against {_shown(measured, measured.target)}: {_apart(measured)}"
    if measured.standing in ("off_target", "breach") and measured.acceptable is not None:
        bound = "up to" if measured.measure.better == "lower" else "down to"
        sentence += f"; {bound} {_shown(measured, measured.acceptable)} is acceptable"
    return sentence


def _apart(measured: Measured) -> str:
    gap = measured.gap
    if gap is None or gap.amount == 0:
        return "exactly the target"
    is_over = (gap.amount > 0) == (measured.measure.better == "lower")
    word = "over" if is_over else "under"
    type_ = measured.measure.type
    amount = abs(gap.amount)
    if type_.kind == "share":
        shown = f"{_rounded(amount * 100)} percentage points"
    else:
        shown = show_figure(type_, amount)
    if isinstance(gap.share, Refused):
        return f"{shown} {word}"
    return f"{shown}, {_rounded(abs(gap.share) * 100)} % {word}"


def _rounded(number: Decimal) -> str:
    """Return *number* with one digit after the dot, or none where that is a zero."""
    with localcontext(prec=60):
        tenths = number.quantize(_TENTH, ROUND_HALF_EVEN)
        return str(tenths.to_integral_value() if tenths == tenths.to_integral_value() else tenths)


def _shown(measured: Measured, amount: Decimal | int) -> str:
    type_: FieldType = measured.measure.type
    return show_figure(type_, amount)
