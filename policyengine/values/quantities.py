"""Numbers, amounts and shares as they are written: exact, with their units."""

import re
from dataclasses import replace
from decimal import Decimal

from policyengine.findings.values import (
    BARE_SHARE,
    DOT_AND_THREE_DIGITS,
    NUMBER_SPELLING,
    OFF_STEP,
    OUTSIDE_DOMAIN,
    WRONG_TYPE,
    WRONG_UNIT,
)
from policyengine.values.field_type import (
    FieldType,
    Misreading,
    kind_phrase,
)
from policyengine.values.show import digits, shortest, show_value, unmistakable
from policyengine.values.wording import misread

MOST_DIGITS = 28

_QUANTITY = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.,+'\u2019_-].*)?", re.DOTALL)
_LOOSE_NUMBER = re.compile(
    r"(?P<before>[€$£¥]|[A-Za-z]{3}\s)?\s*"
    r"(?P<number>[+\-\u2212\u2013]?\s?[0-9.,](?:[0-9.,'\u2019_\s]*[0-9.,])?(?:[eE][+-]?[0-9]{1,3})?)\s*(?P<unit>[^\W\d_]\S*|[%\u20ac$\u00a3\u00a5])?",
    re.DOTALL,
)
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_EXPONENT = re.compile(r"[eE][0-9]{1,3}")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_CURRENCIES = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


def _unified(number: str) -> str | None:
    """Return *number* without the marks that part thousands, its decimal part after a dot."""
    marked = re.sub(r"(?<=[0-9])[\s'\u2019_](?=[0-9]{3}(?![0-9]))", "", number)
    text = re.sub(r"^([+-])\s", r"\1", marked.translate({0x2212: "-", 0x2013: "-"}))
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole, mark = text[:decimal], "," if text[decimal] == "." else "."
        if not re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}(\{mark}[0-9]{{3}})+", whole):
            return None
        text = whole.replace(mark, "") + "." + text[decimal + 1 :]
    elif commas:
        grouped = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+", text)
        text = text.replace(",", "" if grouped else ".")
    elif dots > 1 and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+", text):
        text = text.replace(".", "")
    text = re.sub(r"^([+-]?)\.", r"\g<1>0.", text).rstrip(".")
    if re.search(r"[eE]", text):
        text = _without_exponent(text)
    return text if _PLAIN.fullmatch(text) else None


def _without_exponent(text: str) -> str:
    """Return *text* such as `1e3` in plain digits, empty where it is out of reach."""
    if not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+", text):
        return ""
    number = Decimal(text)
    return digits(number) if abs(number.adjusted()) <= MOST_DIGITS else ""


def _not_a_number(type_: FieldType, text: str) -> Misreading:
    """Return what is wrong with *text*, which is no number with a unit after it."""
    expected = kind_phrase(type_)
    found = _LOOSE_NUMBER.fullmatch(text)
    number = _unified(found["number"]) if found else None
    if found is None or number is None:
        return misread(WRONG_TYPE, text, expected)
    before = (found["before"] or "").strip()
    unit = found["unit"] or _CURRENCIES.get(before, before.upper())
    code = WRONG_UNIT if before else NUMBER_SPELLING
    space = "" if unit in {"", "%"} else " "
    return misread(code, text, expected, f"{number}{space}{unit}")


def split_quantity(type_: FieldType, text: str) -> tuple[Decimal, str, str] | Misreading:
    """Read `quantity = [ "+" | "-" ] digits [ "." digits ] [ unit ]: the number, its digits, the unit`."""
    found = _QUANTITY.fullmatch(text)
    if found is None or _EXPONENT.fullmatch(found[2] or ""):
        return _not_a_number(type_, text)
    if re.search(r"[0-9]", found[2] or ""):
        return misread(WRONG_TYPE, text, kind_phrase(type_))
    written = found[1]
    if len(written.lstrip("+-").replace(".", "")) > MOST_DIGITS:
        return misread(OUTSIDE_DOMAIN, text, f"a number of at most {MOST_DIGITS} digits")
    number = Decimal(written)
    return (number or abs(number)), written, (found[2] or "").strip()


def _wrong_unit(type_: FieldType, text: str, unit: str, written: str) -> Misreading:
    """Return what is wrong with a *unit* that is not the field's."""
    own = type_.unit
    if own is None:
        return misread(WRONG_UNIT, text, f"{kind_phrase(type_)} without a unit", written)
    same = unit.casefold() == own.casefold() or _CURRENCIES.get(unit.casefold()) == own
    note = "" if same else f", if `{own}` is meant"
    return misread(WRONG_UNIT, text, kind_phrase(type_), f"{written} {own}", note)


def read_number(
    type_: FieldType, text: str, warnings: list[Misreading] | None = None
) -> Decimal | Misreading:
    """Read `number = [ "+" | "-" ] digits [ "." digits ] [ unit ]`."""
    parts = split_quantity(type_, text)
    if isinstance(parts, Misreading):
        return parts
    number, written, unit = parts
    if unit and unit != type_.unit:
        return _wrong_unit(type_, text, unit, written)
    doubtful = type_.kind == "money" or type_.unit is None
    if warnings is not None and doubtful and _THOUSANDS.fullmatch(written):
        warnings.append(_thousands(type_, text, written))
    return number


def _thousands(type_: FieldType, text: str, written: str) -> Misreading:
    """Return the warning about a dot that may part thousands."""
    unit = f" {type_.unit}" if type_.unit else ""
    decimal = written[:-1] if written.endswith("0") else unmistakable(written)
    note = f", or `{decimal}{unit}` if the dot begins a decimal part"
    expected = "a number that reads in one way only"
    return misread(DOT_AND_THREE_DIGITS, text, expected, written.replace(".", "") + unit, note)


def read_integer(type_: FieldType, text: str) -> int | Misreading:
    """Read `integer = [ "+" | "-" ] digits [ unit ]`."""
    number = read_number(type_, text)
    if isinstance(number, Misreading):
        return number
    if _THOUSANDS.fullmatch(text):
        return misread(NUMBER_SPELLING, text, kind_phrase(type_), text.replace(".", ""))
    whole = int(number)
    if "." in text.removesuffix(type_.unit or ""):
        mended = show_value(type_, whole) if whole == number else None
        note = "" if mended else f"write `{whole}` or `{whole + (1 if number > 0 else -1)}`"
        return misread(OFF_STEP, text, kind_phrase(type_), mended, note)
    return whole


def read_share(type_: FieldType, text: str, *, loose: bool = False) -> Decimal | Misreading:
    """Read `share = number "%"; in facts also a number from 0 to 1, 0 in both`."""
    parts = split_quantity(replace(type_, unit=None), text)
    if isinstance(parts, Misreading):
        return parts
    number, written, unit = parts
    if unit == "%":
        return number.scaleb(-2)
    if unit:
        return misread(WRONG_UNIT, text, kind_phrase(type_), f"{written}%")
    if loose or not number:
        return bare_share(type_, number, text)
    percent = number.scaleb(2) if abs(number) < 1 else number
    note = ", or `100%` for the whole" if abs(number) == 1 else ""
    return misread(BARE_SHARE, text, kind_phrase(type_), f"{digits(shortest(percent))}%", note)


def bare_share(type_: FieldType, number: Decimal, text: str) -> Decimal | Misreading:
    """Return the share that *number*, from 0 to 1, says; more only where the field allows it."""
    bounds = (type_.minimum, type_.maximum)
    declared = [abs(bound) for bound in bounds if isinstance(bound, Decimal)]
    if abs(number) > max([Decimal(1), *declared]):
        mended = digits(shortest(number.scaleb(-2)))
        return misread(BARE_SHARE, text, "a share from 0 to 1", mended)
    return number
