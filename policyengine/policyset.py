"""The loaded policy set: checked, immutable, shared by threads; what users hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from policyengine.context import Context, Problem, Typed, check_context
from policyengine.decision import Decision
from policyengine.document import Mapping as MappingNode
from policyengine.engine import decide
from policyengine.errors import ContextError
from policyengine.findings import Finding
from policyengine.findings.contexts import UNREADABLE_RECORD
from policyengine.index import Indexes
from policyengine.model import ABOUT_POLICIES, Definitions

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PolicySet:
    """All policies of a folder, ready to decide contexts.

    *findings* are the warnings and remarks of reading: a set with errors is never made.
    """

    definitions: Definitions = field(repr=False)
    findings: tuple[Finding, ...] = ()
    suites: tuple[MappingNode, ...] = field(default=(), repr=False)
    _indexes: Indexes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_indexes", Indexes(self.definitions))

    @property
    def name(self) -> str:
        """The name that `policyset.yaml` gives."""
        return self.definitions.name

    @property
    def version(self) -> str:
        """The version that `policyset.yaml` gives."""
        return self.definitions.version

    @property
    def digest(self) -> str:
        """What identifies exactly these files: `sha256:` and 64 hexadecimal digits."""
        return self.definitions.digest

    def decide(
        self,
        context: Facts,
        *,
        about: str | None = None,
        as_of: date | None = None,
        strict: bool = False,
        number: int = 1,
        typed: Typed = "json",
        line: int | None = None,
    ) -> Decision:
        """Return the decision for *context*: facts by field name, flat or nested.

        *about* is the subject, else the context's own `about`, else the set's default. *as_of*
        selects dated policies and house facts for that day. With *strict* an undeclared field is
        an error and not a warning. *number* is the id of a context that has none, *line* its place
        in a file; *typed* is `text` where scalars are still to be read by their field's type.
        Raises `ContextError` for what is no mapping, names an unknown subject, or is about policies.
        """
        checked = check_context(
            self.definitions,
            context,
            about=about,
            number=number,
            typed=typed,
            strict=strict,
            line=line,
        )
        if checked.about in ABOUT_POLICIES:
            message = (
                f"`{checked.about}` is no subject of contexts: `check` decides what is about it"
            )
            raise ContextError(message)
        return decide(self.definitions, checked, as_of=as_of, indexes=self._indexes)

    def decide_many(
        self,
        contexts: Iterable[Facts],
        *,
        about: str | None = None,
        as_of: date | None = None,
        strict: bool = False,
    ) -> Iterator[Decision]:
        """Yield the decision for each of *contexts*, in order, as they come.

        Options are those of `decide`; a context without an id gets its number, from 1. What is no
        context gives an `invalid` decision, and the rest go on.
        """
        for number, context in enumerate(contexts, 1):
            try:
                yield self.decide(context, about=about, as_of=as_of, strict=strict, number=number)
            except ContextError as error:
                problem = Problem("error", UNREADABLE_RECORD.id, None, str(error))
                yield self.refuse(number, problem, about=about or "")

    def refuse(self, number: int, problem: Problem, *, about: str | None = None) -> Decision:
        """Return the `invalid` decision for record *number*, which could not be read at all.

        *about* is its subject, empty where it named none that exists; else the set's default.
        """
        subject = about if about is not None else self.definitions.default_about or ""
        context = Context(str(number), subject, None, {}, (problem,))
        return decide(self.definitions, context)
