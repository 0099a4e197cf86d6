"""`computed:` of a field: one function of the catalogue, its arguments named and checked."""

from collections.abc import Mapping as Named
from dataclasses import replace
from typing import TypeVar

from policyengine.calendars import Calendar
from policyengine.computed import CATALOGUE, LATER, Argument, Computation, Function
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import WRONG_COMPUTATION
from policyengine.findings.grammar import with_article
from policyengine.findings.near import did_you_mean
from policyengine.findings.shape import NOT_YET
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, scalars
from policyengine.registers import Listing, Register, listing
from policyengine.values import FieldType, kind_phrase
from policyengine.vocabulary import Field

_NAMING = {"calendar": ("calendar",), "register": ("in", "take")}
"""The arguments that name a file of the set, and what is in it."""


def read_computation(scope: Scope, declared: Field, node: Node | None) -> Computation | None:
    """Return the computation of a field: one function of the catalogue, its arguments checked."""
    draft = scope.draft
    if not isinstance(node, Mapping):
        return None
    if len(node.entries) != 1:
        message = f"expected one function, found {len(node.entries)}"
        draft.say(WRONG_COMPUTATION, message, node.span, "give each step a field of its own")
        return None
    (key, value), *_ = node.entries
    if key.text in LATER:
        draft.say(NOT_YET, f"the function `{key.text}` is not supported yet", key.span)
        return None
    function = CATALOGUE.get(key.text)
    if function is None:
        draft.say_unknown(WRONG_COMPUTATION, "function", key, CATALOGUE)
        return None
    written = _arguments(draft, function, key, value)
    arguments = [_argument(scope, declared, function, item) for item in written]
    read = tuple(argument for argument in arguments if argument is not None)
    if not written or len(read) < len(written):
        return None
    types = tuple(argument.type for argument in read)
    resource = _resource(draft, function, value, (*types, declared.type))
    wrong = function.check(types, declared.type)
    if wrong:
        draft.say(WRONG_COMPUTATION, f"`{key.text}`: {wrong}", value.span)
        return None
    if function.resource is not None and resource is None:
        return None
    return Computation(key.text, read, declared.type, node.span, resource)


def _arguments(draft: Draft, function: Function, key: Scalar, node: Node) -> tuple[Scalar, ...]:
    """Return the facts that a function is given, in its order, or nothing after saying what is wrong."""
    names = (*function.names, *_NAMING.get(function.resource or "", ()))
    if isinstance(node, Mapping):
        found = [node.get(name) for name in names]
        given = tuple(item for item in found if isinstance(item, Scalar))
        fits = len(given) == len(node.entries) == len(names)
    else:
        given = () if names else scalars(node)
        fits = len(given) >= function.least and (
            function.most is None or len(given) <= function.most
        )
    if fits:
        return given[: len(function.names)] if names else given
    if names:
        shape = ", ".join(f"{name}: …" for name in names)
        expected, hint = f"`{{{shape}}}`", f"write `{key.text}: {{{shape}}}`"
    else:
        most = function.most
        count = str(most) if most == function.least else f"at least {function.least}"
        expected, hint = f"{count} field{'s' if count != '1' else ''}", ""
    draft.say(WRONG_COMPUTATION, f"`{key.text}` takes {expected}", node.span, hint)
    return ()


def _argument(scope: Scope, declared: Field, function: Function, node: Scalar) -> Argument | None:
    is_name = "." in node.text and not node.text[:1].isdigit() and node.text[:1] not in "-+."
    if is_name:
        found = scope.check(node, node.span)
        return None if found is None else Argument(node.text, None, found.type)
    if function.literals == "none":
        hint = "name a field"
        message = f"expected a field, found `{node.text}`"
        scope.draft.say(WRONG_COMPUTATION, message, node.span, hint)
        return None
    type_ = FieldType("number") if function.literals == "number" else declared.type
    value = scope.draft.value(node, replace(type_, minimum=None, maximum=None))
    return None if value is None else Argument(None, value, type_)


def _resource(
    draft: Draft, function: Function, node: Node, types: tuple[FieldType, ...]
) -> Calendar | Listing | None:
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
