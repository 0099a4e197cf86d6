"""Tests from the text of a policy: a descent through the grammar, one function a rule."""

import re
from collections.abc import Callable, Iterable

from policyengine.document import Mapping, Node, Scalar, Sequence
from policyengine.findings.finding import Finding
from policyengine.findings.tests import (
    MISPLACED_AND,
    NOT_BEFORE_TEST,
    TEST_OF_ANOTHER_TYPE,
)
from policyengine.source import Span
from policyengine.unary_tests.mistakes import mistake_around_set, mistake_in, mistake_in_text
from policyengine.unary_tests.nodes import (
    AnyOf,
    Anything,
    Interval,
    Missing,
    Neither,
    Not,
    Present,
    UnaryTest,
)
from policyengine.unary_tests.operands import FIELD, say_unfinished
from policyengine.unary_tests.plain import plain_test
from policyengine.unary_tests.ranges import End, interval, read_end, read_plain, says_order
from policyengine.unary_tests.reading import Part, Reading, Surroundings
from policyengine.unary_tests.sets import bare_items, read_set_test
from policyengine.unary_tests.texts import read_text_test
from policyengine.values import FieldType, Misreading, kind_phrase
from policyengine.values.read import without_quotes
from policyengine.values.wording import in_line, mended_text, misread

_BOUND = re.compile(r"(under|at most|over|at least)(?:\s+(\S.*))?", re.DOTALL)
_OPPOSITE = {"under": "at least", "at most": "over", "over": "at most", "at least": "under"}
_LOWER = ("over", "at least")
_CLOSED = ("at least", "at most")
_ROUNDS = 5


def read_test(
    node: Node,
    type_: FieldType,
    lookup: Callable[[str], FieldType | None],
    known: Callable[[], Iterable[str]],
    findings: list[Finding],
    *,
    zone: str | None = None,
) -> UnaryTest | None:
    """Return the test of a field of *type_* that *node* writes, or nothing after saying why.

    *lookup* gives the type of another field, *known* the names of all of them.
    """
    around = Surroundings(type_, lookup, known, zone)
    match node:
        case Scalar():
            return _read_scalar(node, around, findings)
        case Sequence():
            return _read_list(node, around, findings)
        case Mapping():
            note = "write the test on one line, such as `gold` or `over 2 min`"
            _say_no_test(node.span, "a mapping", note, around, findings)
            return None


def _say_no_test(
    span: Span, what: str, note: str, around: Surroundings, findings: list[Finding]
) -> None:
    message = f"expected a test of {kind_phrase(around.type)}, found {what}"
    findings.append(Finding(TEST_OF_ANOTHER_TYPE, message, span, note))


def _read_list(node: Sequence, around: Surroundings, findings: list[Finding]) -> UnaryTest | None:
    """Read `list = "[" test { "," test } "]"`: it holds if one of its tests does."""
    if not node.items:
        _say_no_test(node.span, "an empty list", "write `any`, or what is asked", around, findings)
        return None
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    if around.type.kind == "set" and len(texts) == len(node.items):
        wrong = bare_items(Reading(Scalar("", node.span), around), texts)
        if wrong is not None:
            findings.append(Finding(wrong.code, wrong.message, node.span, wrong.hint))
            return None
    tests = []
    for item in node.items:
        if isinstance(item, Scalar):
            tests.append(_read_scalar(item, around, findings))
        else:
            what = "a list" if isinstance(item, Sequence) else "a mapping"
            note = "write all tests in one list, one beside the other"
            _say_no_test(item.span, f"{what} inside a list", note, around, findings)
            tests.append(None)
    return any_of(tests, node.span)


def any_of(tests: list[UnaryTest | None], span: Span) -> UnaryTest | None:
    """Return the test that one of *tests* holds; nothing where one of them could not be read."""
    flat: list[UnaryTest] = []
    for test in tests:
        if test is None:
            return None
        flat.extend(test.tests if isinstance(test, AnyOf) else (test,))
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat), span)


def _read_scalar(node: Scalar, around: Surroundings, findings: list[Finding]) -> UnaryTest | None:
    """Read one scalar, and say every mistake in it with the mended line."""
    plain = plain_test(node, around.type)
    if plain is not None:
        return plain
    reading = Reading(node, around)
    test = _read_line(reading, reading.whole)
    errors = _errors(reading)
    line = _mended_line(reading) if errors else None
    for wrong in reading.wrongs:
        mended = line if wrong in errors else mended_text(node.text, [wrong])
        told = wrong if mended is None else in_line(wrong, mended)
        end = len(node.text) if told.end is None else told.end
        span = reading.between(told.start, end)
        findings.append(Finding(told.code, told.message, span, told.hint))
    return None if errors else test


def _errors(reading: Reading) -> list[Misreading]:
    return [wrong for wrong in reading.wrongs if wrong.code.severity == "error"]


def _mended_line(reading: Reading) -> str | None:
    """Return the line without its mistakes: what is mended is read again, for there may be more."""
    line = None
    for _ in range(_ROUNDS):
        mended = mended_text(reading.scalar.text, _errors(reading))
        if mended is None:
            break
        line = mended
        reading = Reading(Scalar(line, reading.scalar.span, quoted=True), reading.around)
        _read_line(reading, reading.whole)
    return line


def _read_line(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `test = "any" | "missing" | "present" | set-test | text-test | alternatives`."""
    span = reading.span(part)
    match part.text:
        case "any":
            return Anything(span)
        case "missing":
            return Missing(span)
        case "present":
            return Present(span)
        case "":
            say_unfinished(reading)
            return None
    match reading.type.kind:
        case "text":
            return _read_text(reading, part)
        case "set":
            wrong = mistake_around_set(reading.type, part.text)
            if wrong is None:
                return read_set_test(reading, part)
            reading.say(part, wrong)
        case "list" | "period":
            note = "only `missing` and `present` can be asked of it"
            wrong = misread(TEST_OF_ANOTHER_TYPE, part.text, "`missing` or `present`", note=note)
            reading.say(part, wrong)
        case _:
            return _read_alternatives(reading, part)
    return None


def _read_text(reading: Reading, part: Part) -> UnaryTest | None:
    if without_quotes(part.text) == part.text:
        name = re.split(r"[\s=<>!:]", part.text, maxsplit=1)[0]
        is_field = FIELD.fullmatch(name) is not None and reading.around.lookup(name) is not None
        wrong = mistake_in_text(reading.type, part.text, is_field=is_field)
        if wrong is not None:
            reading.say(part, wrong)
            return None
    return read_text_test(reading, part)


def _read_alternatives(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `alternative { " or " alternative } | "neither " plain " nor " plain { " nor " plain }`."""
    joint = re.search(r"\s(or|and|nor)$", part.text)
    if joint is not None:
        say_unfinished(reading, joint[1])
        return None
    if _says_mistake(reading, part):
        return None
    if part.text.startswith("neither ") and part.text not in reading.type.values:
        return _read_neither(reading, part)
    parts = part.split("or")
    if len(parts) == 1:
        return _read_alternative(reading, part)
    return any_of(
        [
            None if _says_mistake(reading, other) else _read_alternative(reading, other)
            for other in parts
        ],
        reading.span(part),
    )


def _says_mistake(reading: Reading, part: Part) -> bool:
    """Say what is wrong with the wording of *part*; return whether something is."""
    wrong = mistake_in(reading.type, part.text)
    if wrong is not None:
        reading.say(part, wrong)
    return wrong is not None


def _read_neither(reading: Reading, part: Part) -> UnaryTest | None:
    parts = part.after(len("neither")).split("nor")
    bounds = [_BOUND.fullmatch(other.text) for other in parts]
    if any(bounds) or any(other.text == "missing" for other in parts):
        turned = [f"{_OPPOSITE[bound[1]]} {bound[2]}" for bound in bounds if bound]
        mended = " and ".join(turned) if len(turned) == len(parts) == 2 else None
        note = "" if mended else "`neither` goes before values and ranges such as `5..10`"
        wrong = misread(NOT_BEFORE_TEST, part.text, "values after `neither`", mended, note)
        reading.say(part, wrong)
        return None
    tests = [read_plain(reading, other) for other in parts]
    if any(test is None for test in tests):
        return None
    return Neither(tuple(test for test in tests if test is not None), reading.span(part))


def _read_alternative(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `alternative = "missing" | bound [ " and " bound ] | [ "not " ] plain`."""
    if part.text in reading.type.values:
        return read_plain(reading, part)
    if part.text == "missing":
        return Missing(reading.span(part))
    if part.text == "not" or part.text.startswith("not "):
        return _read_not(reading, part)
    if len(part.split("and")) > 1 or _BOUND.fullmatch(part.text):
        return _read_bounds(reading, part)
    return read_plain(reading, part)


def _read_not(reading: Reading, part: Part) -> UnaryTest | None:
    """Read `"not " plain`."""
    operand = part.after(len("not"))
    bound = _BOUND.fullmatch(operand.text)
    turned = {"missing": "present", "present": "missing", "any": None}
    if bound and bound[2]:
        turned[operand.text] = f"{_OPPOSITE[bound[1]]} {bound[2]}"
    if operand.text.startswith("not "):
        turned[operand.text] = operand.text.removeprefix("not ").strip()
    if operand.text in turned:
        mended = turned[operand.text]
        note = "" if mended else "write what is meant instead"
        wrong = misread(NOT_BEFORE_TEST, part.text, "a value after `not`", mended, note)
        reading.say(part, wrong)
        return None
    if not operand.text:
        say_unfinished(reading, "not")
        return None
    test = read_plain(reading, operand)
    return None if test is None else Not(test, reading.span(part))


def _read_bounds(reading: Reading, part: Part) -> Interval | None:
    """Read `bound [ " and " bound ]`: of two, one is a lower and one an upper bound."""
    parts = part.split("and")
    words = [found[1] if (found := _BOUND.fullmatch(other.text)) else None for other in parts]
    lower = [other for other, word in zip(parts, words, strict=True) if word in _LOWER]
    if None in words or len(parts) > 2 or (len(parts) == 2 and len(lower) != 1):
        note = "join one lower bound (`over`, `at least`) and one upper bound (`under`, `at most`)"
        if None in words:
            note += "; other tests of the same field stand in a list under `all:`"
        expected = "a lower and an upper bound around `and`"
        reading.say(part, misread(MISPLACED_AND, part.text, expected, note=note))
        return None
    if not says_order(reading, part):
        return None
    ends = [_read_bound(reading, other) for other in parts]
    if any(end is None for end in ends):
        return None
    lows = [end for end, other in zip(ends, parts, strict=True) if other in lower]
    highs = [end for end, other in zip(ends, parts, strict=True) if other not in lower]
    return interval(reading, part, lows[0] if lows else None, highs[0] if highs else None)


def _read_bound(reading: Reading, part: Part) -> End | None:
    """Read `bound = ( "under" | "at most" | "over" | "at least" ) " " ( value | field )`."""
    found = _BOUND.fullmatch(part.text)
    assert found is not None
    if not found[2]:
        say_unfinished(reading, found[1])
        return None
    operand = part.after(len(found[1]))
    return read_end(reading, operand, lower=found[1] in _LOWER, closed=found[1] in _CLOSED)
