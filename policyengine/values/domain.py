"""Whether a value of the right kind lies in the domain that its field declares."""

from decimal import Decimal, localcontext

from policyengine.findings.values import OFF_STEP, OUTSIDE_DOMAIN, TEXT_TOO_LONG
from policyengine.values.field_type import FieldType, Misreading, Value, kind_phrase, rank
from policyengine.values.show import show_value
from policyengine.values.wording import misread

_WAY_OUT = "change it here, or the bounds where the field is declared"


def _outside(type_: FieldType, value: Value, text: str) -> Misreading | None:
    place = rank(type_, value)
    if type_.minimum is not None and place < rank(type_, type_.minimum):
        least = show_value(type_, type_.minimum)
        return misread(OUTSIDE_DOMAIN, text, f"at least `{least}`", note=_WAY_OUT)
    if type_.maximum is not None and place > rank(type_, type_.maximum):
        most = show_value(type_, type_.maximum)
        return misread(OUTSIDE_DOMAIN, text, f"at most `{most}`", note=_WAY_OUT)
    return None


def _off_step(type_: FieldType, value: Value, text: str) -> Misreading | None:
    if type_.step is None or isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    with localcontext(prec=100):
        rest = value % type_.step
        if not rest:
            return None
        lower = value - (rest if rest > 0 else rest + type_.step)
        below, above = (_shown_number(type_, at) for at in (lower, lower + type_.step))
    step = _shown_number(type_, type_.step)
    return misread(OFF_STEP, text, f"a multiple of `{step}`", note=f"write `{below}` or `{above}`")


def _shown_number(type_: FieldType, number: Decimal) -> str:
    return show_value(type_, int(number) if type_.kind == "integer" else number)


def check_domain(type_: FieldType, value: Value, text: str) -> Misreading | None:
    """Return what is wrong with *value*, written as *text*, or nothing where it lies in the domain."""
    if isinstance(value, str):
        if type_.max_length is not None and len(value) > type_.max_length:
            return misread(
                TEXT_TOO_LONG, text, kind_phrase(type_), note=f"it has {len(value)} characters"
            )
        return None
    if isinstance(value, (bool, tuple)):
        return None
    return _outside(type_, value, text) or _off_step(type_, value, text)
