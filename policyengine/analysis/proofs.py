"""Proofs: a context in a region, sought through the graph of policies, and asked of the reference."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from policyengine.analysis.axes import Axis, Opaque, Pair
from policyengine.analysis.ground import Ground, fact_of, ground
from policyengine.analysis.space import Region, Space, TooManyBoxesError
from policyengine.analysis.walk import Budget, OutOfBudgetError, walk
from policyengine.analysis.ways import Ways, decider
from policyengine.context import Context
from policyengine.engine import Situation, decide, situate
from policyengine.facts import Absent
from policyengine.model import Policy
from policyengine.values import to_json

_MOST_CELLS = 400
"""How many regions upstream are tried before a question counts as not decided."""

Confirm = Callable[[Situation], bool]


@dataclass(frozen=True, slots=True)
class Proof:
    """A context of which the reference says the same; *shown* has the facts that matter."""

    context: Context
    situation: Situation
    shown: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of looking for a context: a *proof*, that there is none, or neither."""

    proof: Proof | None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Cell:
    """A region in which the decided fields *done* come out as they must; those *given* come in."""

    region: Region
    done: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()


@dataclass(slots=True)
class Prover:
    """Looks for contexts in the regions of one *space*, and keeps what it worked out on the way."""

    space: Space
    grounds: dict[str, Ground] = field(default_factory=dict)

    def ground(self, policy: Policy) -> Ground:
        """Return *policy* as boxes."""
        found = self.grounds.get(policy.name)
        if found is None:
            found = self.grounds[policy.name] = ground(self.space, policy)
        return found

    def seek(self, about: str, region: Region, confirm: Confirm) -> Sought:
        """Return a context about *about* in *region* that *confirm* holds of, if there is one."""
        budget = Budget()
        sure, cells = True, 0
        try:
            for cell in self._resolved(_Cell(region), budget):
                limits = self.space.limits_of(about)
                parts = walk(limits, self.space.full, start=cell.region, budget=budget)
                for leaf in parts:
                    if leaf.inside:
                        continue
                    ways = Ways(self.space, about, leaf.region, cell.given)
                    for context in ways.contexts():
                        proof = self._confirmed(context, confirm, region, cell.region)
                        if proof is not None:
                            return Sought(proof)
                        sure = False
                    sure = sure and ways.are_all
                    cells += 1
                    if cells >= _MOST_CELLS:
                        return Sought(None, is_sure=False)
        except (OutOfBudgetError, TooManyBoxesError):
            sure = False
        return Sought(None, sure)

    def _resolved(self, cell: _Cell, budget: Budget) -> Iterator[_Cell]:
        """Yield the parts of *cell* in which what is decided comes out as it must."""
        region = cell.region
        open_ = (name for name in region if name not in cell.done)
        found = next(((name, one) for name in open_ if (one := decider(self.space, name))), None)
        if found is None:
            yield cell
            return
        name, policy = found
        names = [f"chosen.{policy.name}", *policy.decides]
        wanted = {name: region[name] for name in names if name in region}
        if policy.given_wins and name in policy.decides:
            yield from self._given(cell, wanted, budget)
        for part, answer in self.ground(policy).answers(region, budget):
            if all(self._is_so(policy, answer, name, bits) for name, bits in wanted.items()):
                yield from self._resolved(
                    replace(cell, region=part, done=cell.done | wanted.keys()), budget
                )

    def _given(self, cell: _Cell, wanted: Region, budget: Budget) -> Iterator[_Cell]:
        """Yield the parts of *cell* where the decided fields *wanted* come in instead."""
        region = dict(cell.region)
        for name in wanted:
            asked = self.space.axis(name)
            assert isinstance(asked, Axis)
            region[name] &= ~asked.missing
        if all(region.values()):
            given = cell.given | wanted.keys()
            yield from self._resolved(_Cell(region, cell.done | wanted.keys(), given), budget)

    def _is_so(self, policy: Policy, answer: object, name: str, bits: int) -> bool:
        asked = self.space.axis(name)
        assert isinstance(asked, Axis)
        return bool(asked.class_of(fact_of(policy, answer, name, asked.type.kind)) & bits)  # type: ignore[arg-type]

    def _confirmed(
        self, context: Context, confirm: Confirm, region: Region, cell: Region
    ) -> Proof | None:
        definitions, day = self.space.definitions, self.space.day
        if decide(definitions, context, as_of=day).status != "decided":
            return None
        situation = situate(definitions, context, as_of=day)
        if not confirm(situation):
            return None
        return Proof(context, situation, self._shown(situation, context, region, cell))

    def _shown(
        self, situation: Situation, context: Context, region: Region, cell: Region
    ) -> dict[str, object]:
        """Return the facts that matter: those of the region, and those they come from."""
        definitions = self.space.definitions
        names: list[str] = []
        for name in (*region, *cell):
            asked = self.space.axis(name)
            match asked:
                case Pair(left=left, right=right):
                    names += (left, right)
                case Opaque(line=line):
                    names.append(line.field)
                case _:
                    names.append(name)
        names += [leaf for leaf in definitions.leaves(names) if leaf in context.facts]
        shown: dict[str, object] = {}
        for name in dict.fromkeys(names):
            fact = situation.fact(name)
            shown[name] = (
                None if isinstance(fact, Absent) else to_json(situation.type_of(name), fact)
            )
        return shown
