"""`computed:` of a field: one function of the catalogue, its arguments named and checked."""

from dataclasses import replace

from policyengine.computed import (
    CATALOGUE,
    Argument,
    Computation,
    Parameter,
    wrong_argument,
)
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.fit import WRONG_COMPUTATION
from policyengine.findings.near import near_match
from policyengine.loading.conditions import Scope
from policyengine.loading.draft import Draft, scalars
from policyengine.loading.resources import find_resource
from policyengine.values import FieldType, Value
from policyengine.vocabulary import Field


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
    function = CATALOGUE.get(key.text)
    if function is None:
        draft.say_unknown(WRONG_COMPUTATION, "function", key, CATALOGUE)
        return None
    if function.parameters:
        read = _by_name(scope, declared, key, value)
    else:
        read = _in_a_row(scope, declared, key, value)
    if read is None:
        return None
    types = tuple(argument.type for argument in read)
    resource = find_resource(draft, function, value, (*types, declared.type))
    wrong = function.check(types, declared.type)
    if wrong:
        draft.say(WRONG_COMPUTATION, f"`{key.text}`: {wrong}", value.span)
        return None
    if function.resource is not None and resource is None:
        return None
    return Computation(key.text, read, declared.type, node.span, resource)


def _in_a_row(
    scope: Scope, declared: Field, key: Scalar, node: Node
) -> tuple[Argument, ...] | None:
    """Return the arguments of a function that takes a row of them, or nothing after saying why."""
    function = CATALOGUE[key.text]
    given = () if isinstance(node, Mapping) else scalars(node)
    most = function.most
    if len(given) < function.least or (most is not None and len(given) > most):
        count = str(most) if most == function.least else f"at least {function.least}"
        expected = f"{count} field{'s' if count != '1' else ''}"
        scope.draft.say(WRONG_COMPUTATION, f"`{key.text}` takes {expected}", node.span)
        return None
    literal = FieldType("number") if function.literals == "number" else declared.type
    found = [
        _argument(scope, item, None if function.literals == "none" else literal) for item in given
    ]
    read = tuple(argument for argument in found if argument is not None)
    return read if len(read) == len(given) else None


def _by_name(scope: Scope, declared: Field, key: Scalar, node: Node) -> tuple[Argument, ...] | None:
    """Return the arguments of a function that takes them by name, or nothing after saying why."""
    parameters = CATALOGUE[key.text].parameters
    if not isinstance(node, Mapping) or not _has_all(scope.draft, key, node):
        if not isinstance(node, Mapping):
            shape = _shape(parameters)
            message = f"`{key.text}` takes `{shape}`"
            scope.draft.say(WRONG_COMPUTATION, message, node.span, f"write `{key.text}: {shape}`")
        return None
    types = {"result": declared.type}
    read: list[Argument] = []
    given = [one for one in parameters if one.resource is None and node.get(one.name) is not None]
    for parameter in given:
        written = node.get(parameter.name)
        like = types.get(parameter.like)
        if isinstance(written, Scalar):
            argument = _named(scope, key, parameter, written, like)
            if argument is not None:
                types[parameter.name] = argument.type
                read.append(argument)
        elif written is not None:
            message = f"expected one field or value for `{parameter.name}`, found a list"
            scope.draft.say(WRONG_COMPUTATION, message, written.span)
    return tuple(read) if len(read) == len(given) else None


def _has_all(draft: Draft, key: Scalar, node: Mapping) -> bool:
    """Return whether the arguments in *node* are those that the function takes; say so if not."""
    parameters = CATALOGUE[key.text].parameters
    free = [one.name for one in parameters if node.get(one.name) is None]
    unknown = [name for name, _ in node.entries if name.text not in {p.name for p in parameters}]
    for name in unknown:
        message = f"`{key.text}` takes no `{name.text}`"
        near = near_match(name.text, free)
        hint = f"it takes `{_shape(parameters)}`" if near is None else f"did you mean `{near}`?"
        draft.say(WRONG_COMPUTATION, message, name.span, hint)
    if unknown:
        return False
    lacking = [one.name for one in parameters if one.name in free and not one.optional]
    alone = [one for one in parameters if one.beside in free and one.name not in free]
    if lacking:
        names = " and ".join(f"`{name}`" for name in lacking)
        hint = f"write `{key.text}: {_shape(parameters)}`"
        draft.say(WRONG_COMPUTATION, f"`{key.text}` needs {names}", node.span, hint)
    for one in alone:
        message = f"`{one.name}` of `{key.text}` means nothing without `{one.beside}`"
        span = next(name.span for name, _ in node.entries if name.text == one.name)
        draft.say(WRONG_COMPUTATION, message, span, f"add `{one.beside}`, or leave it out")
    return not lacking and not alone


def _shape(parameters: tuple[Parameter, ...]) -> str:
    return "{" + ", ".join(f"{one.name}: …" for one in parameters if not one.optional) + "}"


def _named(
    scope: Scope, key: Scalar, parameter: Parameter, node: Scalar, like: FieldType | None
) -> Argument | None:
    """Return the argument that *node* gives for *parameter*, or nothing after saying why."""
    if parameter.words:
        words = FieldType("choice", values=parameter.words)
        value = _literal(scope.draft, node, words)
        return None if value is None else Argument(None, value, words, parameter.name)
    type_ = None
    if parameter.literal:
        type_ = FieldType(parameter.kinds[0])
        if like is not None:
            type_ = FieldType("number" if like.kind == "integer" else like.kind, unit=like.unit)
    argument = _argument(scope, node, type_)
    if argument is None:
        return None
    wrong = wrong_argument(parameter, argument.type, like)
    if wrong:
        message = f"`{parameter.name}` of `{key.text}`: {wrong}"
        scope.draft.say(WRONG_COMPUTATION, message, node.span)
        return None
    return replace(argument, name=parameter.name)


def _argument(scope: Scope, node: Scalar, literal: FieldType | None) -> Argument | None:
    """Return the field that *node* names, or the value that it gives for the type *literal*."""
    is_name = "." in node.text and not node.text[:1].isdigit() and node.text[:1] not in "-+."
    if is_name:
        found = scope.check(node, node.span)
        return None if found is None else Argument(node.text, None, found.type)
    if literal is None:
        message = f"expected a field, found `{node.text}`"
        scope.draft.say(WRONG_COMPUTATION, message, node.span, "name a field")
        return None
    value = _literal(scope.draft, node, literal)
    return None if value is None else Argument(None, value, literal)


def _literal(draft: Draft, node: Scalar, type_: FieldType) -> Value | None:
    return draft.value(node, replace(type_, minimum=None, maximum=None))
