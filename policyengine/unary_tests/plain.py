"""The commonest spellings of a test, read at once: a word, words with `or`, a number, a range.

INVARIANT: what is read here is read alike by the whole grammar, which reads all else.
"""

import re

from policyengine.document import Scalar
from policyengine.source import Span
from policyengine.unary_tests.nodes import AnyOf, Constant, Equals, Interval, UnaryTest
from policyengine.values import FieldType, Misreading, read_value

_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_BOUND = re.compile(rf"(under|at most|over|at least) ({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\.\.(<?)([0-9]+(?:\.[0-9]+)?)")
_SINGLE = re.compile(_NUMBER)


def plain_test(scalar: Scalar, type_: FieldType) -> UnaryTest | None:
    """Return the test that *scalar* writes in one of the commonest spellings, or nothing."""
    text, span = scalar.text, scalar.span
    if span.end - span.start != len(text):
        return None
    match type_.kind:
        case "choice":
            return _words(text, span, type_.values)
        case "boolean" if text in {"true", "false"}:
            return Equals(Constant(text == "true"), span)
        case "integer" | "number":
            return _numbers(text, span, type_)
        case _:
            return None


def _words(text: str, span: Span, values: tuple[str, ...]) -> UnaryTest | None:
    """Read `word { " or " word }`."""
    if text in values:
        return Equals(Constant(text), span)
    words = text.split(" or ")
    if len(words) == 1 or any(word not in values for word in words):
        return None
    tests: list[UnaryTest] = []
    at = span.start
    for word in words:
        tests.append(Equals(Constant(word), span.source.span(at, at + len(word))))
        at += len(word) + len(" or ")
    return AnyOf(tuple(tests), span)


def _numbers(text: str, span: Span, type_: FieldType) -> UnaryTest | None:
    """Read `number | bound number | number ".." [ "<" ] number`."""
    if found := _BOUND.fullmatch(text):
        end, closed = _constant(found[2], type_), found[1] in {"at most", "at least"}
        if end is None:
            return None
        if found[1] in {"over", "at least"}:
            return Interval(end, closed, None, high_closed=False, span=span)
        return Interval(None, low_closed=False, high=end, high_closed=closed, span=span)
    if found := _RANGE.fullmatch(text):
        low, high = _constant(found[1], type_), _constant(found[3], type_)
        if low is None or high is None or not low.value < high.value:  # type: ignore[operator]  # numbers
            return None
        return Interval(low, low_closed=True, high=high, high_closed=not found[2], span=span)
    single = _constant(text, type_) if _SINGLE.fullmatch(text) else None
    return None if single is None else Equals(single, span)


def _constant(text: str, type_: FieldType) -> Constant | None:
    warnings: list[Misreading] = []
    value = read_value(type_, text, warnings=warnings)
    return None if isinstance(value, Misreading) or warnings else Constant(value)
