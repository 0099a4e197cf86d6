"""What is said of a fact that is given where it cannot be known."""

from policyengine.conditions import AllOf, FieldTest
from policyengine.context import Problem
from policyengine.engine.situation import Situation
from policyengine.facts import Absent
from policyengine.findings.contexts import NOT_KNOWN_HERE
from policyengine.reference import FALSE, condition_truth
from policyengine.unary_tests import show_test
from policyengine.values import show_value
from policyengine.vocabulary import Field


def not_known_here(situation: Situation, declared: Field) -> Problem:
    """Return the problem that *declared* is given although its `known_when` is false.

    Where a single line of it is what is false, the problem says what that line expects and what
    was found.
    """
    name, condition = declared.name, declared.known_when
    assert condition is not None
    place = f"{condition.span.file}:{condition.span.line}"
    expected, found = None, None
    message = f"`{name}` is given where it cannot be known, by its `known_when` in {place}"
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    wrong = next(part for part in parts if condition_truth(part, situation) == FALSE)
    if isinstance(wrong, FieldTest):
        expected = f"`{wrong.field}: {_test(situation, wrong)}`"
        found = f"`{_seen(situation, wrong.field)}`"
        message = f"`{name}` is known only where {expected}, found {found} ({place})"
    line = situation.context.line
    return Problem("error", NOT_KNOWN_HERE.id, name, message, expected, found, line)


def _test(situation: Situation, line: FieldTest) -> str:
    type_ = situation.type_of(line.field)
    return show_test(line.test, type_, zone=type_.zone or situation.definitions.zone.key)


def _seen(situation: Situation, name: str) -> str:
    fact = situation.fact(name)
    return "missing" if isinstance(fact, Absent) else show_value(situation.type_of(name), fact)
