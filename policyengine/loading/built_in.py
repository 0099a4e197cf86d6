"""The subjects `plan` and `set`: what policies about the policies may ask, and what the house adds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policyengine.document import Mapping, Node, Scalar
from policyengine.findings.fit import WRONG_DECLARATION
from policyengine.findings.names import BAD_NAME
from policyengine.findings.values import WRONG_TYPE
from policyengine.loading.draft import Draft, pairs, scalars, text_of
from policyengine.loading.files import Files
from policyengine.model import ABOUT_POLICIES
from policyengine.source import Span
from policyengine.values import FieldType, Value, kind_phrase
from policyengine.vocabulary import Field, Subject, Vocabulary

DETAILS = "plan.details."
LEVELS = ("plan.measure.target", "plan.measure.acceptable")
"""What has the type of the measured field: the house says which of those it means."""

_HEADS = {"policy": "about", "vocabulary": "vocabulary", "suite": "about"}
_KEYS = ("vocabulary", "fields", "conditions")
_OWN = {
    "plan": (
        *("id", "policy", "kind", "layer", "owner", "alternate", "due", "review_by", "mandated"),
        *("asks", "as_of", "directives", "measure"),
    ),
    "set": ("kinds", "policies", "metrics", "asked", "decided", "as_of", "listed"),
}
_TEXT = FieldType("text")
_DATE = FieldType("date")


@dataclass(frozen=True, slots=True)
class _BuiltIn:
    """A field that the engine fills from the files."""

    name: str
    type: FieldType
    optional: bool = True
    default: Value | None = None


def declare_built_in(draft: Draft, files: Files) -> None:
    """Declare the subjects `plan` and `set`, each where a file is about it, with their fields."""
    askable = tuple(one for one in draft.fields.values() if one.vocabulary not in ABOUT_POLICIES)
    for name, head in _used(files).items():
        draft.subjects[name] = Subject(
            name, "plan.id" if name == "plan" else None, None, (), head.span
        )
        draft.conditions.setdefault(name, {})
        draft.sees[name] = (name,)
        fields = _of_plan if name == "plan" else _of_set
        for one in list(fields(draft, files, askable)):
            _declare(draft, name, head, one)
    for document in files.of("vocabulary"):
        _check_keys(draft, document.node)


def built_in_vocabularies(draft: Draft, found: list[Vocabulary]) -> list[Vocabulary]:
    """Return the vocabularies of the built-in subjects that have no file of their own."""
    written = {vocabulary.name for vocabulary in found}
    return [
        Vocabulary(
            name,
            draft.subjects[name],
            {key: one for key, one in draft.fields.items() if one.vocabulary == name},
            {},
            {},
            (),
            draft.subjects[name].span,
        )
        for name in ABOUT_POLICIES
        if name in draft.subjects and name not in written
    ]


def says_foreign_name(draft: Draft, vocabulary: str, key: Scalar, node: Mapping) -> bool:
    """Say so where the vocabulary `plan` or `set` cannot have a field *key*, and return whether."""
    first, _, rest = key.text.partition(".")
    if first != vocabulary:
        message = f"the vocabulary `{vocabulary}` has only fields that begin with `{vocabulary}.`"
        hint = f"write `{vocabulary}.{key.text.rpartition('.')[2]}`"
    elif key.text.startswith(DETAILS) or key.text in LEVELS:
        return False
    elif rest.partition(".")[0] in _OWN[vocabulary]:
        message, hint = f"`{key.text}` is the engine's own", "choose another name"
    elif node.get("computed") is not None:
        return False
    elif vocabulary == "plan":
        message = f"`{key.text}` comes from nowhere: a plan states what it likes under `details`"
        hint = f"write `{DETAILS}{key.text.rpartition('.')[2]}`, or say how it is `computed`"
    else:
        message, hint = f"`{key.text}` comes from nowhere", "say how it is `computed`"
    draft.say(BAD_NAME, message, key.span, hint)
    return True


def read_details(draft: Draft, written: Node | None) -> dict[str, Value]:
    """Return those of the details *written* that the house gave types to."""
    found: dict[str, Value] = {}
    for name, declared in draft.fields.items():
        if name.startswith(DETAILS) and name not in draft.computed:
            node = _inside(written, name)
            value = None if node is None else _detail(draft, node, declared)
            if value is not None:
                found[name] = value
    return found


def own_details(draft: Draft, written: Node | None) -> set[Span]:
    """Return where the details *written* have keys that the house itself gave types to."""
    own = {name.split(".")[2] for name in draft.fields if name.startswith(DETAILS)}
    return {key.span for key, _ in pairs(written) if key.text in own}


def _inside(node: Node | None, name: str) -> Node | None:
    """Return what stands under *name* in the details *node*: a dot goes one mapping deeper."""
    for part in name.removeprefix(DETAILS).split("."):
        node = node.get(part) if isinstance(node, Mapping) else None
    return node


def _detail(draft: Draft, node: Node, declared: Field) -> Value | None:
    if isinstance(node, Mapping):
        message = f"`{declared.name}` is {kind_phrase(declared.type)}, found a mapping"
        draft.say(WRONG_TYPE, message, node.span, "write one value")
        return None
    return draft.value(node, declared.type)


def _used(files: Files) -> dict[str, Scalar]:
    """Return the built-in subjects that a file is about, each with the first place that says so."""
    found: dict[str, Scalar] = {}
    for head, key in _HEADS.items():
        for document in files.of(head):
            name = document.node.get(key)
            if isinstance(name, Scalar) and name.text in ABOUT_POLICIES:
                found.setdefault(name.text, name)
    return found


def _check_keys(draft: Draft, node: Mapping) -> None:
    """Say which parts of the vocabulary `plan` or `set` mean nothing: the engine knows them."""
    name = text_of(node.get("vocabulary")) or ""
    for key, _ in node.entries if name in ABOUT_POLICIES else ():
        if key.text not in _KEYS:
            message = f"`{key.text}` means nothing in the vocabulary `{name}`"
            hint = "it has `fields` and `conditions`; the engine knows the rest"
            draft.say(WRONG_DECLARATION, message, key.span, hint)


def _declare(draft: Draft, vocabulary: str, head: Scalar, one: _BuiltIn) -> None:
    draft.fields[one.name] = Field(
        one.name, one.type, vocabulary, head.span, optional=one.optional, default=one.default
    )


def _of_plan(draft: Draft, files: Files, askable: tuple[Field, ...]) -> Iterator[_BuiltIn]:
    """Yield what can be asked of a plan; *askable* is what its policy can ask."""
    roles = FieldType("choice", values=draft.roles) if draft.roles else _TEXT
    better = FieldType("choice", values=("lower", "higher"))
    yield _BuiltIn("plan.id", _TEXT, optional=False)
    yield _BuiltIn("plan.policy", _choice(_policies(files)), optional=False)
    yield _BuiltIn("plan.kind", _choice(tuple(draft.kinds)))
    yield _BuiltIn("plan.layer", _choice(draft.layers), optional=False)
    yield _BuiltIn("plan.owner", roles)
    yield _BuiltIn("plan.alternate", roles)
    yield _BuiltIn("plan.due", FieldType("duration"))
    yield _BuiltIn("plan.review_by", _DATE)
    yield _BuiltIn("plan.mandated", FieldType("boolean"), optional=False, default=False)
    yield _several("plan.asks", askable)
    yield _BuiltIn("plan.as_of", _DATE)
    yield _BuiltIn("plan.measure.better", better)
    yield _BuiltIn("plan.measure.window", FieldType("period"))
    yield _BuiltIn("plan.measure.at_least", FieldType("integer"))
    yield _BuiltIn("plan.measure.counts", _TEXT)
    yield _BuiltIn("plan.measure.source", _TEXT)
    yield _BuiltIn("plan.measure.review_by", _DATE)
    for directive in draft.directives.values():
        yield _BuiltIn(f"plan.directives.{directive.name}", directive.type)


def _of_set(draft: Draft, files: Files, askable: tuple[Field, ...]) -> Iterator[_BuiltIn]:
    """Yield what can be asked of the whole set; *askable* is what its policies can ask."""
    facts = tuple(one for one in askable if one.origin == "input")
    yield _several("set.kinds", tuple(draft.kinds))
    yield _several("set.policies", _policies(files))
    yield _several("set.metrics", facts)
    yield _several("set.asked", askable)
    yield _several("set.decided", facts)
    yield _BuiltIn("set.as_of", _DATE)
    for register in draft.registers.values():
        key = next(iter(register.columns.values()))
        if key.kind in ("choice", "text"):
            keys = tuple(str(row.cells[0]) for row in register.rows)
            yield _several(f"set.listed.{register.name}", key.values or keys)


def _several(name: str, values: Iterable[str | Field]) -> _BuiltIn:
    words = tuple(value.name if isinstance(value, Field) else value for value in values)
    return _BuiltIn(name, FieldType("set", values=words), optional=False, default=())


def _choice(values: tuple[str, ...]) -> FieldType:
    return FieldType("choice", values=values)


def _policies(files: Files) -> tuple[str, ...]:
    """Return the names of the policies that are not themselves about policies."""
    names = (
        head.text
        for document in files.of("policy")
        if text_of(document.node.get("about")) not in ABOUT_POLICIES
        for head in scalars(document.node.get("policy"))
    )
    return tuple(dict.fromkeys(names))
