"""What a case gives: the facts of its context, and what stands in for decisions and the house."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from policyengine.cases.reader import Reader
from policyengine.cases.written import Given, Written
from policyengine.document import Node, Scalar, Sequence
from policyengine.facts import MISSING, Fact
from policyengine.findings.cases import (
    DECIDED_GIVEN,
    NOBODY_DECIDES,
    NOT_GIVEN,
    UNKNOWN_HOUSE_FACT,
)
from policyengine.values import Misreading, Value, read_items, read_value, to_json
from policyengine.vocabulary import Field

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_WORDS = {"true": True, "false": False}


def read_given(reader: Reader, case: Written) -> dict[str, object]:
    """Return the facts of the context of *case*, in JSON's types; nothing stands for absence.

    Where the case expects a problem with a fact, it goes in as it is.
    """
    facts: dict[str, object] = {}
    is_expected = expects_problem(case)
    for name, (key, node) in case.given.items():
        declared = reader.field(key)
        if declared is None:
            continue
        if _is_missing(node):
            facts[name] = None
        elif is_expected(name):
            facts[name] = _as_it_is(reader, declared, node)
        elif _comes_in(reader, key, declared):
            value = reader.value(node, declared.type)
            facts[name] = None if value is None else to_json(declared.type, value)
    return facts


def expects_problem(case: Written) -> Callable[[str], bool]:
    """Return whether *case* expects a problem with a fact: with some it names, or with any."""
    named = case.texts("problems")
    if named:
        return named.__contains__
    refused = case.texts("status") == ("invalid",)
    return lambda _name: refused


def read_assumed(reader: Reader, assume: Given) -> dict[str, Fact]:
    """Return what stands in for decisions."""
    facts: dict[str, Fact] = {}
    for name, (key, node) in assume.items():
        declared = reader.field(key)
        if declared is None:
            continue
        if name not in reader.definitions.decided_by:
            hint = "write it under `given`"
            if declared.computed is not None:
                hint = "give the facts that it is computed from"
            elif declared.origin == "house":
                hint = "set it under `house`, beside `cases`"
            reader.say(NOBODY_DECIDES, f"no policy decides `{name}`", key.span, hint)
            continue
        value = None if _is_missing(node) else reader.value(node, declared.type)
        facts[name] = MISSING if value is None else value
    return facts


def read_house(reader: Reader, house: Given) -> dict[str, Value]:
    """Return the facts of the house that are set, by their full names."""
    values: dict[str, Value] = {}
    for name, (key, node) in house.items():
        full = f"house.{name}"
        declared = reader.definitions.house.get(full)
        if declared is None:
            known = [known.removeprefix("house.") for known in reader.definitions.house]
            reader.say_unknown(UNKNOWN_HOUSE_FACT, "house fact", key, known)
            continue
        value = reader.value(node, declared.type)
        if value is not None:
            values[full] = value
    return values


def _comes_in(reader: Reader, key: Scalar, declared: Field) -> bool:
    """Return whether a context may bring *declared* along, after saying why it may not."""
    name = declared.name
    decider = reader.definitions.decided_by.get(name)
    if decider is not None:
        if decider.given_wins and declared.origin == "input":
            return True
        message = f"`{name}` is decided by the policy `{decider.name}`"
        hint = "write it under `assume`, or give the facts that decide it"
        reader.say(DECIDED_GIVEN, message, key.span, hint)
        return False
    if declared.computed is not None:
        sources = ", ".join(f"`{source}`" for source in declared.computed.fields)
        message, hint = f"`{name}` is computed", f"give what it is computed from: {sources}"
    elif declared.origin == "house":
        message = f"`{name}` is a constant of the house"
        hint = f"write `house: {{{name.removeprefix('house.')}: …}}` beside `cases`"
    elif declared.origin == "input":
        return True
    else:
        message, hint = f"`{name}` is worked out by the engine", "leave it out"
    reader.say(NOT_GIVEN, message, key.span, hint)
    return False


def _as_it_is(reader: Reader, declared: Field, node: Node) -> object:
    """Return a fact that may be wrong: its value where it has one, else what a context may hold."""
    zone = declared.type.zone or reader.definitions.zone.key
    if isinstance(node, Sequence):
        items = [_bare(item) for item in node.items]
        texts = [item for item in items if isinstance(item, str)]
        value = read_items(declared.type, texts)
        if isinstance(value, Misreading) or len(texts) < len(items):
            return items
        return to_json(declared.type, value)
    assert isinstance(node, Scalar)
    value = read_value(declared.type, node.text, zone=zone)
    return _bare(node) if isinstance(value, Misreading) else to_json(declared.type, value)


def _bare(node: Node) -> object:
    """Return *node* as JSON would write it: a number, true or false, or a text."""
    assert isinstance(node, Scalar)
    if _NUMBER.fullmatch(node.text):
        number = Decimal(node.text)
        return int(number) if number == number.to_integral_value() else number
    return _WORDS.get(node.text, node.text)


def _is_missing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == "missing"


def has_day(facts: Mapping[str, object], at: str | None) -> bool:
    """Return whether *facts* say when they were true, in the field *at*."""
    return at is not None and facts.get(at) is not None
