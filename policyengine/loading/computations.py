"""`computed:` of a field: one function of the catalogue, its arguments named and checked."""

from dataclasses import replace

from policyengine.calendars import Calendar
from policyengine.computed import CATALOGUE, LATER, Argument, Computation, Function
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.fit import WRONG_COMPUTATION
from policyengine.findings.near import did_you_mean
from policyengine.findings.shape import NOT_YET
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, scalars
from policyengine.values import FieldType
from policyengine.vocabulary import Field


def read_computation(
    scope: Scope, declared: Field, node: Node | None, calendars: dict[str, Calendar]
) -> Computation | None:
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
    resource = _calendar(draft, function, value, calendars)
    wrong = function.check(tuple(argument.type for argument in read), declared.type)
    if wrong:
        draft.say(WRONG_COMPUTATION, f"`{key.text}`: {wrong}", value.span)
        return None
    if function.resource is not None and resource is None:
        return None
    return Computation(key.text, read, declared.type, node.span, resource)


def _arguments(draft: Draft, function: Function, key: Scalar, node: Node) -> tuple[Scalar, ...]:
    """Return the facts that a function is given, in its order, or nothing after saying what is wrong."""
    names = function.names if function.resource is None else (*function.names, function.resource)
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


def _calendar(
    draft: Draft, function: Function, node: Node, calendars: dict[str, Calendar]
) -> Calendar | None:
    """Return the calendar that a function names, or nothing after saying that there is none."""
    if function.resource is None or not isinstance(node, Mapping):
        return None
    name = node.get(function.resource)
    if not isinstance(name, Scalar) or name.text in draft.broken:
        return None
    found = calendars.get(name.text)
    if found is None:
        known = did_you_mean(name.text, calendars)
        hint = known or f"a file that opens with `calendar: {name.text}` gives its hours"
        draft.say(WRONG_COMPUTATION, f"unknown calendar `{name.text}`", name.span, hint)
    return found
