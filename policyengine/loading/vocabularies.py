"""`vocabulary/SUBJECT.yaml`: subjects, the facts and directives they declare, what cannot be."""

from dataclasses import replace
from types import MappingProxyType as ReadOnly

from policyengine.computed import CATALOGUE
from policyengine.conditions import Condition, fields_asked
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import (
    ASKS_A_DECISION,
    CIRCLE_OF_SUBJECTS,
    WRONG_DECLARATION,
)
from policyengine.findings.names import BAD_NAME, DECLARED_TWICE, UNKNOWN_MOMENT, UNKNOWN_SUBJECT
from policyengine.loading.built_in import DETAILS, LEVELS, says_foreign_name
from policyengine.loading.computations import read_computation
from policyengine.loading.conditions import Scope, read_block
from policyengine.loading.draft import (
    Draft,
    blocks,
    is_true,
    pairs,
    scalars,
    text_of,
    texts,
    whole_of,
)
from policyengine.loading.files import Document
from policyengine.loading.types import read_type
from policyengine.model import ABOUT_POLICIES
from policyengine.source import Span
from policyengine.values import FieldType, has_order
from policyengine.vocabulary import Directive, Field, Subject, Vocabulary

BUILT_IN = ("house", "chosen", "standing", "plans", "plan", "set", "directive")


def declare(draft: Draft, documents: list[Document]) -> None:
    """Read subjects, fields and directives: what every other file may name."""
    for document in documents:
        _declare_subject(draft, document.node)
    for document in documents:
        _check_sees(draft, document.node)
    for name in draft.subjects:
        draft.sees[name] = _closure(draft, name)
    for document in documents:
        name = text_of(document.node.get("vocabulary")) or ""
        if name not in draft.subjects:
            continue
        for key, value in pairs(document.node.get("fields")):
            _declare_field(draft, name, key, value)
        directives = document.node.get("directives") if name not in ABOUT_POLICIES else None
        for key, value in pairs(directives):
            _declare_directive(draft, name, key, value)
        draft.conditions[name] = {
            key.text: (key, value)
            for key, value in pairs(document.node.get("conditions"))
            if isinstance(value, Mapping)
        }


def _declare_subject(draft: Draft, node: Mapping) -> None:
    key = node.get("vocabulary")
    if not isinstance(key, Scalar):
        return
    if key.text in draft.subjects:
        also = Related(draft.subjects[key.text].span, "the first")
        message = f"the vocabulary `{key.text}` is declared twice"
        draft.say(DECLARED_TWICE, message, key.span, "join the two files", also)
        return
    head = node.get("subject")
    subject = head if isinstance(head, Mapping) else Mapping((), key.span)
    draft.subjects[key.text] = Subject(
        key.text,
        text_of(subject.get("id")),
        text_of(subject.get("at")),
        texts(subject.get("sees")),
        key.span,
    )
    draft.conditions[key.text] = {}


def _check_sees(draft: Draft, node: Mapping) -> None:
    subject = node.get("subject")
    for name in scalars(subject.get("sees") if isinstance(subject, Mapping) else None):
        if name.text not in draft.of_contexts:
            draft.say_unknown(UNKNOWN_SUBJECT, "vocabulary", name, draft.of_contexts)


def _closure(draft: Draft, name: str) -> tuple[str, ...]:
    """Return *name* and all that it sees, nearest first; say so where it sees itself."""
    reached = {name: None}
    waiting: list[tuple[str, tuple[str, ...]]] = [(name, (name,))]
    while waiting:
        current, path = waiting.pop(0)
        for other in draft.subjects[current].sees:
            if other == name:
                circle = " → ".join(f"`{part}`" for part in (*path, name))
                if name == min(path):
                    message = f"vocabularies see each other: {circle}"
                    span = draft.subjects[name].span
                    draft.say(CIRCLE_OF_SUBJECTS, message, span, "let only one see the other")
            elif other in draft.subjects and other not in reached:
                reached[other] = None
                waiting.append((other, (*path, other)))
    return tuple(reached)


def _declare_field(draft: Draft, vocabulary: str, key: Scalar, node: Node) -> None:
    if not isinstance(node, Mapping) or not _is_good_name(draft, vocabulary, key, node):
        return
    before = draft.fields.get(key.text)
    if before is not None:
        also = Related(before.span, "the first")
        message = f"the field `{key.text}` is declared twice"
        draft.say(DECLARED_TWICE, message, key.span, "declare it in one vocabulary", also)
        return
    functions = [name.text for name, _ in pairs(node.get("computed"))]
    function = CATALOGUE.get(functions[0]) if functions else None
    type_ = read_type(draft, node, key, values=function.values if function else ())
    if type_ is None:
        draft.broken.add(key.text)
        return
    default = node.get("default")
    known_at = node.get("known_at")
    if isinstance(known_at, Scalar) and known_at.text not in draft.moments:
        draft.say_unknown(UNKNOWN_MOMENT, "moment", known_at, draft.moments)
    cost = node.get("cost")
    draft.fields[key.text] = Field(
        key.text,
        type_,
        vocabulary,
        key.span,
        optional=is_true(node.get("optional")) or (_is_stated(key.text) and default is None),
        default=None if default is None else draft.value(default, type_),
        known_at=text_of(known_at),
        sensitive=is_true(node.get("sensitive")),
        fixed=is_true(node.get("fixed")),
        cost=None if cost is None else whole_of(cost, 0),
        title=text_of(node.get("title")) or "",
    )
    if node.get("computed") is not None:
        draft.computed[key.text] = key
    if function is not None and function.refusals:
        _declare_refusals(draft, vocabulary, key, function.refusals)
    if default is not None and is_true(node.get("optional")):
        message = f"`{key.text}` is optional and has a default: it is never missing"
        draft.say(WRONG_DECLARATION, message, default.span, "leave `optional: true` out")


def _is_stated(name: str) -> bool:
    """Return whether a plan may state *name* or leave it out, whatever its declaration says."""
    return name.startswith(DETAILS) or name in LEVELS


def _declare_refusals(draft: Draft, vocabulary: str, key: Scalar, reasons: tuple[str, ...]) -> None:
    """Declare `FIELD.refused`, which says why a computation gives nothing."""
    name = f"{key.text}.refused"
    type_ = FieldType("choice", values=reasons)
    draft.fields[name] = Field(name, type_, vocabulary, key.span, optional=True, origin="refused")


def _is_good_name(draft: Draft, vocabulary: str, key: Scalar, node: Mapping) -> bool:
    parts = key.text.split(".")
    if vocabulary in ABOUT_POLICIES and says_foreign_name(draft, vocabulary, key, node):
        return False
    if len(parts) == 1:
        hint = f"write a name with a dot, such as `customer.{key.text}`"
        draft.say(BAD_NAME, f"the field `{key.text}` has no dot in its name", key.span, hint)
    elif parts[0] in BUILT_IN and parts[0] != vocabulary:
        hint = "choose another first part"
        draft.say(
            BAD_NAME, f"names that begin with `{parts[0]}.` are the engine's own", key.span, hint
        )
    elif not all(_is_part(part) for part in parts):
        hint = "each part is a letter, then letters, digits, `_` and `-`"
        draft.say(BAD_NAME, f"`{key.text}` is no name of a field", key.span, hint)
    else:
        return True
    return False


def _is_part(part: str) -> bool:
    return part[:1].isalpha() and all(sign.isalnum() or sign in "_-" for sign in part)


def _declare_directive(draft: Draft, vocabulary: str, key: Scalar, node: Node) -> None:
    if not isinstance(node, Mapping):
        return
    before = draft.directives.get(key.text)
    if before is not None:
        also = Related(before.span, "the first")
        message = f"the directive `{key.text}` is declared twice"
        draft.say(DECLARED_TWICE, message, key.span, "declare it in one vocabulary", also)
        return
    type_ = read_type(draft, node, key)
    if type_ is None:
        return
    combine = text_of(node.get("combine")) or "first"
    fits = {"union": type_.kind == "set", "first": True}
    if not fits.get(combine, has_order(type_)):
        message = f"`combine: {combine}` means nothing for a {type_.kind}"
        span = _span_of(node, "combine", key)
        draft.say(WRONG_DECLARATION, message, span, "leave `combine` out: the strongest layer wins")
    draft.directives[key.text] = Directive(
        key.text,
        type_,
        vocabulary,
        key.span,
        combine=combine,  # type: ignore[arg-type]  # the schema lists the four
        tighter=text_of(node.get("tighter")),  # type: ignore[arg-type]  # and the two
        title=text_of(node.get("title")) or "",
    )


def _span_of(node: Mapping, key: str, otherwise: Scalar) -> Span:
    value = node.get(key)
    return otherwise.span if value is None else value.span


def read_vocabulary(draft: Draft, document: Document) -> Vocabulary | None:
    """Return the vocabulary of one file, after every field of every file is declared."""
    node = document.node
    name = text_of(node.get("vocabulary")) or ""
    subject = draft.subjects.get(name)
    if subject is None:
        return None
    scope = Scope(draft, name)
    for key, value in pairs(node.get("fields")):
        if key.text in draft.fields and isinstance(value, Mapping):
            _complete_field(scope, key, value)
    _check_subject(draft, scope, node)
    conditions: dict[str, Condition] = {}
    for key, value in pairs(node.get("conditions")):
        inner = Scope(draft, name, open_names=(key.text,))
        part = read_block(inner, value)
        if part is not None:
            conditions[key.text] = part
    impossible = [read_block(scope, block) for block in blocks(node.get("impossible"))]
    return Vocabulary(
        name,
        subject,
        ReadOnly({key: one for key, one in draft.fields.items() if one.vocabulary == name}),
        ReadOnly({key: one for key, one in draft.directives.items() if one.vocabulary == name}),
        ReadOnly(conditions),
        tuple(part for part in impossible if part is not None),
        subject.span,
    )


def _check_subject(draft: Draft, scope: Scope, node: Mapping) -> None:
    head = node.get("subject")
    kinds = {"id": ("text", "integer", "choice"), "at": ("datetime", "date")}
    for key, wanted in kinds.items():
        name = head.get(key) if isinstance(head, Mapping) else None
        if not isinstance(name, Scalar):
            continue
        found = scope.check(name, name.span)
        if found is not None and found.type.kind not in wanted:
            message = f"`{key}` of a subject is a {' or a '.join(wanted)}"
            draft.say(WRONG_DECLARATION, f"{message}, found a {found.type.kind}", name.span)


def _complete_field(scope: Scope, key: Scalar, node: Mapping) -> None:
    draft = scope.draft
    known_when = read_block(scope, node.get("known_when"))
    declared = draft.fields[key.text]
    computation = read_computation(scope, declared, node.get("computed"))
    draft.fields[key.text] = replace(
        draft.fields[key.text], known_when=known_when, computed=computation
    )


def check_inputs_only(draft: Draft, vocabularies: list[Vocabulary]) -> None:
    """Say where `impossible` or `known_when` asks what only a decision gives."""
    decided = {name for policy in draft.policies for name in policy.decides}
    for vocabulary in vocabularies:
        asking = [
            *vocabulary.impossible,
            *(one.known_when for one in vocabulary.fields.values() if one.known_when),
        ]
        for condition in asking:
            for name in fields_asked(condition):
                if name in decided or name.startswith(("chosen.", "standing.", "plans.")):
                    message = f"`{name}` is decided: what cannot be is said of facts that come in"
                    draft.say(ASKS_A_DECISION, message, condition.span, "ask the facts themselves")
