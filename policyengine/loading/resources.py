"""What computed fields look into besides facts: calendars and registers, found by their names."""

from collections.abc import Mapping as Named
from typing import TypeVar

from policyengine.calendars import Calendar
from policyengine.computed import Function, Resource
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import WRONG_COMPUTATION
from policyengine.findings.grammar import with_article
from policyengine.findings.near import did_you_mean
from policyengine.loading.draft import Draft
from policyengine.registers import Listing, Register, listing
from policyengine.values import FieldType, kind_phrase


def find_resource(
    draft: Draft, function: Function, node: Node, types: tuple[FieldType, ...]
) -> Resource | None:
    """Return what a function looks into, or nothing after saying why it cannot.

    *types* are those of its facts, and last that of its result.
    """
    if not isinstance(node, Mapping) or function.resource is None:
        return None
    if function.resource == "calendar":
        return _file(draft, node.get("calendar"), "calendar", draft.calendars)
    register = _file(draft, node.get("in"), "register", draft.registers)
    return None if register is None else _listing(draft, register, node, types)


_Resource = TypeVar("_Resource", Calendar, Register)
_GIVES = {"calendar": "gives its hours", "register": "gives its rows"}


def _file(
    draft: Draft, name: Node | None, what: str, known: Named[str, _Resource]
) -> _Resource | None:
    """Return the file of the set called *name*, or nothing after saying that there is none."""
    if not isinstance(name, Scalar) or name.text in draft.broken:
        return None
    found = known.get(name.text)
    if found is None:
        near = did_you_mean(name.text, known)
        hint = near or f"a file that opens with `{what}: {name.text}` {_GIVES[what]}"
        draft.say(WRONG_COMPUTATION, f"unknown {what} `{name.text}`", name.span, hint)
    return found


def _listing(
    draft: Draft, register: Register, node: Mapping, types: tuple[FieldType, ...]
) -> Listing | None:
    """Return the column that a look-up takes, or nothing after saying what does not fit."""
    key, take = node.get("key"), node.get("take")
    if not isinstance(key, Scalar) or not isinstance(take, Scalar):
        return None
    also = Related(register.span, "the register")
    if take.text not in register.columns:
        message = f"the register `{register.name}` has no column `{take.text}`"
        hint = did_you_mean(take.text, register.columns)
        draft.say(WRONG_COMPUTATION, message, take.span, hint, also)
        return None
    name, first = next(iter(register.columns.items()))
    wanted, result = types
    if not _is_alike(wanted, first) or (first.values and not {*first.values} & {*wanted.values}):
        expected, found = kind_phrase(first), with_article(wanted.kind)
        message = f"the key `{name}` is {expected}, and `{key.text}` is {found}"
        draft.say(WRONG_COMPUTATION, message, key.span, "name a fact of the same type", also)
        return None
    taken = register.columns[take.text]
    if not _is_alike(taken, result) or not set(taken.values) <= set(result.values):
        message = f"`{take.text}` is {kind_phrase(taken)}: expected {kind_phrase(result)}"
        draft.say(WRONG_COMPUTATION, message, take.span, "give the field the same type", also)
        return None
    return listing(register, take.text)


def _is_alike(one: FieldType, other: FieldType) -> bool:
    """Return whether values of the two types can be the same."""
    return one.kind == other.kind and (one.kind == "duration" or one.unit == other.unit)
