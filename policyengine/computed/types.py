"""What types computations take and give: kinds and units, checked before anything is computed."""

from policyengine.computed.computation import Check, Parameter
from policyengine.findings.grammar import with_article
from policyengine.values import FieldType, Kind

NUMERIC: tuple[Kind, ...] = ("integer", "number", "money", "share", "duration")


def unit_of(type_: FieldType) -> str | None:
    """Return what a value of *type_* counts in: a currency, `s` for durations, or nothing."""
    return "s" if type_.kind == "duration" else type_.unit


def counted(type_: FieldType) -> str:
    """Return what *type_* counts, for a message: `a plain number`, or `an amount in` a currency."""
    unit = type_.unit
    if unit is None:
        return f"a plain {type_.kind}"
    return with_article("amount" if type_.kind == "money" else type_.kind) + f" in `{unit}`"


def fits(type_: FieldType, result: FieldType) -> bool:
    """Return whether *result* can hold every number of *type_*."""
    if type_.kind == result.kind or {type_.kind, result.kind} <= {"integer", "number", "share"}:
        narrowed = result.kind == "integer" and type_.kind != "integer"
        return unit_of(type_) == unit_of(result) and not narrowed
    return False


def not_numeric(types: tuple[FieldType, ...]) -> str:
    """Return what is wrong where one of *types* is no number."""
    for type_ in types:
        if type_.kind not in NUMERIC:
            return f"expected numbers, found {with_article(type_.kind)}"
    return ""


def takes(argument: Kind, gives: Kind) -> Check:
    """Return the check that all arguments and the result are of these kinds."""

    def check(types: tuple[FieldType, ...], result: FieldType) -> str:
        for type_ in types:
            if type_.kind != argument:
                return f"expected {with_article(argument)}, found {with_article(type_.kind)}"
        return "" if result.kind == gives else f"the result is a {gives}"

    return check


def gives(kind: Kind) -> Check:
    """Return the check that the result can hold what is of *kind*."""

    def check(_types: tuple[FieldType, ...], result: FieldType) -> str:
        plain = kind in ("integer", "number", "share")
        holds = fits(FieldType(kind), result) if plain else result.kind == kind
        return "" if holds else f"the result is {with_article(kind)}"

    return check


def gives_one_of(values: tuple[str, ...]) -> Check:
    """Return the check that the result is a choice of *values*; in their order, if it has one."""

    def check(_types: tuple[FieldType, ...], result: FieldType) -> str:
        same = set(result.values) == set(values)
        if result.kind == "choice" and (result.values == values if result.ordered else same):
            return ""
        return f"the result is a choice of `{', '.join(values)}`"

    return check


def wrong_argument(parameter: Parameter, type_: FieldType, like: FieldType | None) -> str:
    """Return what is wrong with *type_* as an argument for *parameter*, or an empty text.

    *like* is the type whose unit it must have, where there is one.
    """
    if not parameter.kinds:
        return ""
    if type_.kind not in parameter.kinds:
        return f"expected {_one_of(parameter.kinds)}, found {with_article(type_.kind)}"
    if like is not None:
        alike = fits(type_, like) or fits(like, type_)
        return "" if alike else f"expected {counted(like)}, found {counted(type_)}"
    if type_.kind in ("integer", "number", "share") and parameter.kinds != NUMERIC and type_.unit:
        return f"expected a plain {type_.kind}, found {counted(type_)}"
    return ""


def _one_of(kinds: tuple[Kind, ...]) -> str:
    if kinds == NUMERIC:
        return "a number"
    return " or ".join(with_article(kind) for kind in kinds)
