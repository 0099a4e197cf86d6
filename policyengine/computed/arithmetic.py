"""Arithmetic on facts: exact decimals, with units that must agree."""

from collections.abc import Mapping
from decimal import Context, Decimal

from policyengine.computed.computation import Call, Function
from policyengine.computed.rounding import to_step
from policyengine.computed.types import NUMERIC, counted, fits, not_numeric, unit_of
from policyengine.facts import Refused
from policyengine.findings.grammar import with_article
from policyengine.values import FieldType, Value, rank

_ORDERED = (*NUMERIC, "date", "time", "datetime")

# INVARIANT: results do not depend on the precision that a caller's thread has set.
EXACT = Context(prec=200)
ROUNDED = Context(prec=28)


def _same_as_result(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = not_numeric((*types, result))
    if wrong:
        return wrong
    for type_ in types:
        if not fits(type_, result):
            return f"expected {counted(result)}, found {counted(type_)}"
    return ""


def _check_product(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = not_numeric((*types, result))
    if wrong:
        return wrong
    with_unit = [type_ for type_ in types if unit_of(type_) is not None]
    if len(with_unit) > 1:
        return f"at most one factor may have a unit, found {len(with_unit)}"
    if with_unit:
        same = with_unit[0].kind == result.kind and unit_of(with_unit[0]) == unit_of(result)
        return "" if same else f"expected {counted(with_unit[0])} as the result"
    if unit_of(result) is not None:
        return f"no factor has the unit `{result.unit}` of the result"
    if result.kind == "integer" and any(type_.kind != "integer" for type_ in types):
        return "the product of these is a number, not an integer"
    return ""


def _check_ratio(types: tuple[FieldType, ...], result: FieldType) -> str:
    wrong = not_numeric((*types, result))
    if wrong:
        return wrong
    first, second = types
    if result.kind == "integer":
        return "a ratio is a number, not an integer"
    if unit_of(first) == unit_of(second):
        plain = unit_of(result) is None
        return "" if plain else "the ratio of two equal units is a plain number"
    if unit_of(second) is None:
        same = first.kind == result.kind and unit_of(first) == unit_of(result)
        return "" if same else f"expected {counted(first)} as the result"
    if "duration" in (first.kind, second.kind):
        return "a duration and another unit have no ratio yet: divide by a plain number"
    unit = f"{first.unit or '1'}/{second.unit}"
    return (
        "" if result.kind == "number" and result.unit == unit else f"expected a number in `{unit}`"
    )


def _check_choice_of(types: tuple[FieldType, ...], result: FieldType) -> str:
    for type_ in types:
        ordered = type_.kind in _ORDERED or (type_.kind == "choice" and type_.ordered)
        if not ordered:
            return f"expected values with an order, found {with_article(type_.kind)}"
        alike = (type_.kind, unit_of(type_), type_.values)
        if alike != (result.kind, unit_of(result), result.values):
            return f"expected the type of the result, {counted(result)}"
    return ""


def _check_one(types: tuple[FieldType, ...], result: FieldType) -> str:
    if types[0].kind != "choice":
        return f"expected a choice, found {with_article(types[0].kind)}"
    if result.kind != "list" or not set(types[0].values) <= set(result.values):
        return "the result is a list of the same values"
    return ""


def _check_count(_types: tuple[FieldType, ...], result: FieldType) -> str:
    return "" if result.kind == "integer" else "the result is an integer"


def _sum(call: Call) -> Value:
    total: Decimal | int = 0
    for value in call.values:
        total = _added(total, _number(value))
    return total


def _added(left: Decimal | int, right: Decimal | int) -> Decimal | int:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(Decimal(left), Decimal(right))


def _difference(call: Call) -> Value:
    first, second = call.values
    return _added(_number(first), -_number(second))


def _product(call: Call) -> Value:
    total: Decimal | int = 1
    for value in call.values:
        factor = _number(value)
        both = isinstance(total, int) and isinstance(factor, int)
        total = total * factor if both else EXACT.multiply(Decimal(total), Decimal(factor))
    return total


def _ratio(call: Call) -> Value | Refused:
    first, second = (_number(value) for value in call.values)
    if second == 0:
        return Refused("division_by_zero")
    quotient = ROUNDED.divide(Decimal(first), Decimal(second))
    step = call.computation.type.step
    return quotient if step is None else to_step(quotient, step)


def _least(call: Call) -> Value:
    return min(call.values, key=lambda value: rank(call.computation.type, value))


def _greatest(call: Call) -> Value:
    return max(call.values, key=lambda value: rank(call.computation.type, value))


def _number(value: Value) -> Decimal | int:
    assert isinstance(value, Decimal | int)
    return value


ARITHMETIC: Mapping[str, Function] = {
    "sum": Function(_same_as_result, _sum, 2, None, literals="result"),
    "difference": Function(_same_as_result, _difference, 2, 2, literals="result"),
    "product": Function(_check_product, _product, 2, None, literals="number"),
    "ratio": Function(
        _check_ratio, _ratio, 2, 2, literals="number", refusals=("division_by_zero",)
    ),
    "least": Function(_check_choice_of, _least, 2, None, literals="result"),
    "greatest": Function(_check_choice_of, _greatest, 2, None, literals="result"),
    "one": Function(_check_one, lambda call: (str(call.values[0]),)),
    "count_present": Function(_check_count, lambda call: len(call.values), 1, None),
}
