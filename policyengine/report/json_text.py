"""JSON as text: decimals digit for digit, keys in the order given, long lists in pieces."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count

_LONE = re.compile(r"[\ud800-\udfff]")


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return *value* as JSON, on one line or with *indent*.

    What holds no decimal is written as `json.dumps` writes it. Decimals have no exponent and
    keep their last zeros; dates and times are texts. Raises `ValueError` for what is no number.
    """
    attempts = (_attempt(value, indent, f"decimal {number} ") for number in count())
    text = next(attempt for attempt in attempts if attempt is not None)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text


def json_stream(values: Iterable[object]) -> Iterator[str]:
    """Return the pieces of one JSON list of *values*, each on its own line.

    Nothing is given before the first of *values* is there, so that what cannot begin leaves no
    half a list behind.
    """
    before = "[\n"
    for value in values:
        yield before + json_text(value)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _attempt(value: object, indent: int | None, mark: str) -> str | None:
    """Return *value* as JSON, or nothing where it holds a text that looks like a marked decimal.

    The encoder writes no number of ours as it stands: a decimal goes through it as a marked
    text and loses mark and quotes afterwards. INVARIANT: each mark found is one that was set.
    """
    marked = 0

    def plain(part: object) -> object:
        nonlocal marked
        if not isinstance(part, Decimal):
            return _plain(part)
        marked += 1
        return f"\x00{mark}{_digits(part)}"

    encoder = json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, check_circular=False, indent=indent, default=plain
    )
    text = encoder.encode(value)
    if not marked:
        return text
    text, found = re.subn(rf'"\\u0000{mark}(-?[0-9.]+)"', r"\1", text)
    return text if found == marked else None


def _digits(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError("expected a number, found one that is not finite")
    return format(number, "f")


def _plain(part: object) -> object:
    if isinstance(part, datetime | date | time):
        return part.isoformat()
    if isinstance(part, Mapping):
        return dict(part)
    raise TypeError(f"expected a value that JSON can hold, found {part!r}")
