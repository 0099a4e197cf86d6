"""What a computed field is made of: a function, its parameters, and a call with arguments."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from policyengine.calendars import Calendar
from policyengine.facts import Fact, Refused
from policyengine.registers import Listing
from policyengine.source import Span
from policyengine.values import FieldType, Kind, Value

Resource = Calendar | Listing
"""What a function looks into besides facts: a file of the set, or a column of one."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What a computation takes: a field by its name, or a literal value.

    *name* is that of the parameter, where arguments are given by name.
    """

    field: str | None
    value: Value | None
    type: FieldType
    name: str = ""


@dataclass(frozen=True, slots=True)
class Computation:
    """A call of one function of the catalogue with fields or literals, written in a vocabulary."""

    function: str
    arguments: tuple[Argument, ...]
    type: FieldType
    span: Span = field(compare=False)
    resource: Resource | None = None
    """What it looks into besides facts: a file of the set that an argument names."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it asks, in order."""
        return tuple(part.field for part in self.arguments if part.field is not None)


@dataclass(frozen=True, slots=True)
class Call:
    """A computation with the values of its arguments, in the local *zone*."""

    computation: Computation
    values: tuple[Value, ...]
    zone: ZoneInfo

    def given(self, name: str) -> Value | None:
        """Return the value of the argument *name*, or nothing where it was left out."""
        named = zip(self.computation.arguments, self.values, strict=True)
        return next((value for argument, value in named if argument.name == name), None)

    def moment(self, name: str) -> datetime:
        """Return the moment that the argument *name* gives."""
        value = self.given(name)
        assert isinstance(value, datetime)
        return value

    def word(self, name: str) -> str:
        """Return the word that the argument *name* gives."""
        value = self.given(name)
        assert isinstance(value, str)
        return value

    def number(self, name: str) -> Decimal | int:
        """Return the number that the argument *name* gives."""
        number = self.optional(name)
        assert number is not None
        return number

    def optional(self, name: str) -> Decimal | int | None:
        """Return the number that the argument *name* gives, or nothing where it was left out."""
        value = self.given(name)
        assert value is None or isinstance(value, Decimal | int)
        return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument that a function takes by name.

    It takes a fact of one of *kinds*, or of any, or a literal, read as the first of them;
    or one of *words*; or it names a *resource*, a file of the set or a column of one. *like* names an earlier
    parameter, or `result`, whose unit it has too. *optional* ones may be left out; one *beside*
    another only stands with it. *refused_as* is why nothing can be estimated where its fact is
    missing.
    """

    name: str
    kinds: tuple[Kind, ...] = ()
    words: tuple[str, ...] = ()
    resource: Literal["calendar", "register", "column"] | None = None
    like: str = ""
    literal: bool = True
    optional: bool = False
    beside: str = ""
    refused_as: str = ""


Check = Callable[[tuple[FieldType, ...], FieldType], str]
Compute = Callable[[Call], Fact | Refused]


@dataclass(frozen=True, slots=True)
class Function:
    """One entry of the catalogue.

    *parameters* are its arguments where they are given by name; else it takes from *least* to
    *most* of them in a row, and *literals* says how one that is no field is read: by the type of
    the result, or as a plain number. *check* returns what is wrong with the types, or an empty
    text. *values* are those of its result, a choice; *refusals* all the reasons that it may give.
    """

    check: Check
    compute: Compute
    least: int = 1
    most: int | None = 1
    parameters: tuple[Parameter, ...] = ()
    literals: Literal["result", "number", "none"] = "none"
    values: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    @property
    def resource(self) -> str | None:
        """What sort of file of the set its arguments name, if any."""
        return next((one.resource for one in self.parameters if one.resource is not None), None)
