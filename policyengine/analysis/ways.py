"""Ways: how facts can be given so that what is computed from them comes out as a region says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import gcd, prod

from policyengine.analysis.axes import TRUTHS, Axis, Opaque, Pair
from policyengine.analysis.space import Region, Space
from policyengine.context import Context
from policyengine.engine import Situation
from policyengine.facts import MISSING, Absent, Fact
from policyengine.model import Policy
from policyengine.reference import along, in_effect, line_truth
from policyengine.unary_tests import fields_of
from policyengine.values import Value, rank

_MOST_TRIED = 2000
"""How many ways to give the facts of computed fields are tried in one region."""
_MOST_WHOLE = 256
"""How many whole numbers are tried one by one."""
_HOURS = 24 * 8
_FEW = ("boolean", "choice")
_NOT_ALONG = (*_FEW, "set", "text", "list", "period")


def decider(space: Space, name: str) -> Policy | None:
    """Return the policy that decides *name*, where it is in force on the day."""
    policy = space.domains.decider(name)
    if policy is None or policy.measure is not None:
        return None
    return policy if in_effect(policy.effective, space.day) else None


@dataclass(slots=True)
class Ways:
    """The contexts about *about* in *region*, in which decided fields are as they must be.

    Decided fields in *given* come in. *are_all* says whether the contexts that were yielded stand
    for all there are.
    """

    space: Space
    about: str
    region: Region
    given: frozenset[str]
    are_all: bool = True

    def contexts(self) -> Iterator[Context]:
        """Yield one context, or several where computed fields must come out right."""
        facts = self._facts()
        needs = [name for name in self.region if self._is_derived(name)]
        if not needs:
            yield self._context(facts)
            return
        inputs = self._inputs(needs)
        ways = [self._tried(name, needs) for name in inputs]
        total = prod(len(way) for way in ways)
        self.are_all = self.are_all and total <= _MOST_TRIED
        stride = _stride(total)
        for number in range(min(total, _MOST_TRIED)):
            rest = number * stride % total
            for name, way in zip(inputs, ways, strict=True):
                rest, at = divmod(rest, len(way))
                facts[name] = way[at]
            context = self._context(facts)
            if self._holds(context, needs):
                yield context

    def _facts(self) -> dict[str, Fact]:
        """Return a fact for every field of the region, and for each that contexts ought to give."""
        definitions = self.space.definitions
        required = frozenset(definitions.required_of(self.about))
        facts: dict[str, Fact] = {}
        for declared in definitions.visible[self.about]:
            name = declared.name
            if name in self.given or name not in definitions.decided_by:
                fact = self._pick(name, required=name in required)
                if fact is not None:
                    facts[name] = fact
        return facts

    def _pick(self, name: str, *, required: bool) -> Fact | None:
        bits = self.region.get(name)
        if bits is None and not required:
            return None
        asked = self.space.axis(name)
        if not isinstance(asked, Axis):
            return None
        bits = asked.possible if bits is None else bits
        bits = bits & ~asked.missing or bits
        place = (bits & -bits).bit_length() - 1
        return asked.facts[place] if place >= 0 else None

    def _is_derived(self, name: str) -> bool:
        """Return whether *name* is limited, and follows from other facts."""
        asked = self.space.axis(name)
        if self.region[name] == asked.possible:
            return False
        if not isinstance(asked, Axis):
            return True
        declared = self.space.definitions.fields[name]
        computed = declared.computed is not None or declared.origin == "refused"
        return computed or name.startswith("standing.")

    def _inputs(self, needs: Sequence[str]) -> tuple[str, ...]:
        """Return the fields that come in and on which the axes *needs* depend."""
        definitions = self.space.definitions
        names: list[str] = []
        for name in needs:
            match self.space.axis(name):
                case Pair(left=left, right=right):
                    names += (left, right)
                case Opaque(line=line):
                    names += (line.field, *fields_of(line.test))
                case _ if name.startswith("standing."):
                    policy = definitions.policy(name.removeprefix("standing."), self.space.day)
                    names += policy.measure.asks if policy and policy.measure else ()
                case _:
                    names.append(name)
        return tuple(name for name in definitions.leaves(names) if self._comes_in(name))

    def _comes_in(self, name: str) -> bool:
        declared = self.space.definitions.fields.get(name)
        if declared is None or declared.computed is not None or declared.origin != "input":
            return False
        return name in self.given or decider(self.space, name) is None

    def _tried(self, name: str, needs: Sequence[str]) -> list[Fact]:
        """Return facts of the field *name* to try: those in the region, several of each class."""
        asked = self.space.axis(name)
        if not isinstance(asked, Axis):
            self.are_all = False
            return [MISSING]
        bits = self.region.get(name, asked.possible)
        facts = [
            fact for place, fact in enumerate(asked.facts) if fact is not None and bits >> place & 1
        ]
        if asked.type.kind in _FEW:
            return facts
        whole = self._whole(asked)
        if whole:
            more: Sequence[Value] = whole
        elif asked.type.kind == "datetime":
            more = list(self._moments())
        elif asked.type.kind in (*_NOT_ALONG, "date", "time"):
            more = ()
        else:
            axes = [self.space.axis(other) for other in needs]
            cuts = [cut for one in (asked, *axes) if isinstance(one, Axis) for cut in one.cuts]
            more = list(along(asked.type, cuts, 2))
        self.are_all = self.are_all and bool(whole)
        return [*facts, *(one for one in more if asked.class_of(one) & bits and one not in facts)]

    @staticmethod
    def _whole(asked: Axis) -> Sequence[Value]:
        """Return all values of a field of few whole numbers; none for any other."""
        least, most = asked.type.minimum, asked.type.maximum
        if asked.type.kind != "integer" or not isinstance(least, int) or not isinstance(most, int):
            return ()
        return tuple(range(least, most + 1)) if most - least < _MOST_WHOLE else ()

    def _moments(self) -> Iterator[datetime]:
        """Yield the hours of a week and a day from the day of the space."""
        day = self.space.day
        begin = datetime(2026, 11, 30, tzinfo=UTC)
        if day is not None:
            begin = datetime.combine(day, time(), UTC)
        yield from (begin + timedelta(hours=hour) for hour in range(_HOURS))

    def _context(self, facts: Mapping[str, Fact]) -> Context:
        given = {name: fact for name, fact in facts.items() if fact is not MISSING}
        at = self.space.definitions.vocabularies[self.about].subject.at
        moment = None if at is None else given.get(at)
        when = moment if isinstance(moment, datetime) else None
        return Context("1", self.about, when, given, given=self.given)

    def _holds(self, context: Context, needs: Sequence[str]) -> bool:
        """Return whether the axes *needs* come out in *context* as the region says."""
        situation = Situation(self.space.definitions, context, self.space.day, dict(context.facts))
        for name in needs:
            match self.space.axis(name):
                case Opaque(line=line):
                    bits = 1 << TRUTHS.index(line_truth(line, situation))
                case Pair() as asked:
                    bits = _standing(asked, situation)
                case asked:
                    bits = asked.class_of(situation.fact(name))
            if not bits & self.region[name]:
                return False
        return True


def _standing(asked: Pair, situation: Situation) -> int:
    """Return the class of two fields that are compared."""
    left, right = situation.fact(asked.left), situation.fact(asked.right)
    if isinstance(left, Absent) or isinstance(right, Absent):
        gone = (isinstance(left, Absent), isinstance(right, Absent))
        return 1 << (5 if all(gone) else 3 if gone[0] else 4)
    if left == right:
        return 0b010
    if asked.type.kind in ("text", "choice"):
        return 0b101
    return 0b001 if rank(asked.type, left) < rank(asked.type, right) else 0b100


def _stride(total: int) -> int:
    """Return a step that comes to every one of *total* numbers, spread over all of them."""
    stride = max(1, int(total * 0.6180339887))
    while total and gcd(stride, total) > 1:
        stride += 1
    return stride
