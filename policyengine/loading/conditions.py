"""Blocks of conditions: `when`, `unless`, `applies` and the like, with their names resolved."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from policyengine.conditions import AllOf, Condition, FieldTest, Named, NotThat, SomeOf
from policyengine.document import Mapping, Node, Scalar
from policyengine.findings import Related
from policyengine.findings.fit import ASKED_TOO_EARLY, CIRCLE_OF_CONDITIONS
from policyengine.findings.grammar import with_article
from policyengine.findings.names import FIELD_NOT_SEEN, UNKNOWN_CONDITION, UNKNOWN_FIELD
from policyengine.findings.near import did_you_mean
from policyengine.loading.draft import Draft, blocks, scalars
from policyengine.model import ABOUT_POLICIES
from policyengine.source import Span
from policyengine.unary_tests import read_test
from policyengine.values import FieldType
from policyengine.vocabulary import Field

EVERYBODY = ("house", "plans", "chosen", "standing")
"""The owners of the facts that every subject sees."""


@dataclass(slots=True)
class Scope:
    """What a block may ask: the fields and named conditions that its subject sees."""

    draft: Draft
    subject: str
    moment: str | None = None
    more: dict[str, Field] = field(default_factory=dict)
    """Fields that only this place knows, such as `directive.NAME` in a guarantee."""
    open_names: tuple[str, ...] = ()
    """The named conditions being read, outermost first."""

    def field(self, name: str) -> Field | None:
        """Return the field called *name* if the subject sees it."""
        found = self.more.get(name) or self.draft.fields.get(name)
        return found if found is not None and self.sees(found) else None

    def sees(self, found: Field) -> bool:
        """Return whether the subject sees *found*."""
        return found.vocabulary in (*self.subjects, *EVERYBODY)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subject and all it sees, nearest first; all there are for the whole set."""
        if not self.subject:
            return tuple(self.draft.subjects)
        return self.draft.sees.get(self.subject, (self.subject,))

    def lookup(self, name: str) -> FieldType | None:
        """Return the type of the field called *name*, or nothing where there is none."""
        found = self.field(name)
        return None if found is None else found.type

    def known(self) -> Iterable[str]:
        """Return the names of all fields that can be asked here."""
        names = (name for name, found in self.draft.fields.items() if self.sees(found))
        return [*self.more, *names]

    def check(self, name: Scalar | str, span: Span) -> Field | None:
        """Return the field called *name*, or nothing after saying why it cannot be asked."""
        text = name if isinstance(name, str) else name.text
        found = self.field(text)
        if found is None:
            self._say_unknown(text, span)
        elif self._is_too_early(found):
            message = f"`{text}` is known only {found.known_at}, and this is asked {self.moment}"
            self.draft.say(
                ASKED_TOO_EARLY,
                message,
                span,
                "ask it in a later `moment`, or ask another field",
                Related(found.span, "declared here"),
            )
        return found

    def _is_too_early(self, found: Field) -> bool:
        moments = self.draft.moments
        if self.moment not in moments or found.known_at not in moments:
            return False
        return moments.index(found.known_at) > moments.index(self.moment)

    def _say_unknown(self, text: str, span: Span) -> None:
        hidden = self.draft.fields.get(text)
        if text in self.draft.broken:
            return
        if hidden is None:
            known = list(self.known())
            same = [name for name in known if name.rpartition(".")[2] == text]
            hint = f"did you mean `{same[0]}`?" if len(same) == 1 else did_you_mean(text, known)
            if not hint and "." not in text and known:
                hint = f"the name of a field has a dot, such as `{known[0]}`"
            self.draft.say(UNKNOWN_FIELD, f"unknown field `{text}`", span, hint)
            return
        message = (
            f"{with_article(self.subject)} does not see `{text}`: it belongs to {hidden.vocabulary}"
        )
        hint = f"add `{hidden.vocabulary}` to `sees` in the vocabulary `{self.subject}`"
        if self.subject in ABOUT_POLICIES:
            hint = f"ask what the files say of the {self.subject}, or a fact of the house"
        also = Related(hidden.span, "declared here")
        self.draft.say(FIELD_NOT_SEEN, message, span, hint, also)


def whole_scope(draft: Draft) -> Scope:
    """Return the scope of what is said of the whole set: every field can be asked."""
    return Scope(draft, "")


def read_block(scope: Scope, node: Node | None) -> Condition | None:
    """Return the condition that the block *node* states: all of its lines hold."""
    if not isinstance(node, Mapping):
        return None
    parts = [part for key, value in node.entries for part in _read_line(scope, key, value)]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), node.span)


def _read_line(scope: Scope, key: Scalar, value: Node) -> list[Condition]:
    """Return what one line of a block asks; nothing where it could not be read."""
    match key.text:
        case "any":
            some = (read_block(scope, block) for block in blocks(value))
            return [SomeOf(tuple(part for part in some if part is not None), value.span)]
        case "all":
            each = (read_block(scope, block) for block in blocks(value))
            return [AllOf(tuple(part for part in each if part is not None), value.span)]
        case "not":
            part = read_block(scope, value)
            return [] if part is None else [NotThat(part, value.span)]
        case "is":
            return [part for name in scalars(value) for part in _named(scope, name)]
    found = scope.check(key, key.span)
    if found is None:
        return []
    test = read_test(
        value,
        found.type,
        scope.lookup,
        scope.known,
        scope.draft.findings,
        zone=found.type.zone or scope.draft.zone.key,
    )
    if test is None:
        return []
    span = key.span.source.span(key.span.start, value.span.end)
    return [FieldTest(key.text, found.type, test, span)]


def _named(scope: Scope, name: Scalar) -> list[Condition]:
    """Return the condition that the vocabulary calls *name*, read as this subject sees it."""
    draft = scope.draft
    known = {
        text: found
        for subject in reversed(scope.subjects)
        for text, found in draft.conditions[subject].items()
    }
    if name.text not in known:
        hint = did_you_mean(name.text, known)
        if not known and scope.subject:
            hint = f"declare it under `conditions` in the vocabulary `{scope.subject}`"
        draft.say(UNKNOWN_CONDITION, f"unknown condition `{name.text}`", name.span, hint)
        return []
    if name.text in scope.open_names:
        circle = " → ".join(f"`{part}`" for part in (*scope.open_names, name.text))
        hint = "let one of them ask facts only"
        draft.say(CIRCLE_OF_CONDITIONS, f"conditions ask each other: {circle}", name.span, hint)
        return []
    key, block = known[name.text]
    inner = Scope(draft, scope.subject, scope.moment, scope.more, (*scope.open_names, name.text))
    before = len(draft.findings)
    part = read_block(inner, block)
    if scope.open_names or key.span.source is not name.span.source:
        _only_circles(draft, before)
    return [] if part is None else [Named(name.text, part, name.span)]


def _only_circles(draft: Draft, before: int) -> None:
    """Drop what was found inside a named condition: it is said once, where it is declared."""
    inside = draft.findings[before:]
    draft.findings[before:] = [one for one in inside if one.code is CIRCLE_OF_CONDITIONS]
