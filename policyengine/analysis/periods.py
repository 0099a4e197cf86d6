"""Periods: the days on which something changes, each with its space, made when first asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from policyengine.analysis.proofs import Prover
from policyengine.analysis.space import space
from policyengine.conditions import fields_asked
from policyengine.index import starts_of
from policyengine.model import ABOUT_POLICIES, Definitions, Policy


@dataclass(slots=True)
class Periods:
    """The days to look at: one of each period between two changes, or only *as_of*."""

    definitions: Definitions
    as_of: date | None = None
    provers: dict[tuple[date | None, bool], Prover] = field(default_factory=dict)

    def on(self, day: date | None, *, any_house: bool = False) -> Prover:
        """Return what proves things on *day*."""
        found = self.provers.get((day, any_house))
        if found is None:
            found = Prover(space(self.definitions, day, any_house=any_house))
            self.provers[day, any_house] = found
        return found

    def of(self, policy: Policy, *, any_house: bool = False) -> Iterator[Prover]:
        """Yield what proves things of *policy*, for each period in which it is in force.

        With *any_house* that is so whatever the house may choose next.
        """
        for day in self._days(policy):
            in_force = policy.effective is None or (
                day is not None and policy.effective.covers(day)
            )
            if in_force and self.definitions.policy(policy.name, day) is policy:
                yield self.on(day, any_house=any_house)

    def of_set(self) -> Iterator[Prover]:
        """Yield what proves things of the whole set, for each period between two changes."""
        if self.as_of is not None:
            yield self.on(self.as_of)
            return
        days = {day for one in self.definitions.policies for day in self._days(one)}
        for day in sorted(day for day in days if day is not None) or (None,):
            yield self.on(day)

    def _days(self, policy: Policy) -> tuple[date | None, ...]:
        if self.as_of is not None:
            return (self.as_of,)
        changes = sorted(set(self._changes(policy)))
        if not changes:
            return (None,)
        return (date.fromordinal(max(1, changes[0].toordinal() - 1)), *changes)

    def _changes(self, policy: Policy) -> Iterator[date]:
        """Yield the days on which *policy*, or one that it asks, changes."""
        cone = cone_of(self.definitions, policy)
        for one in cone:
            yield from starts_of(one, self.definitions)
            for days in (one.effective,):
                if days is not None and days.first is not None:
                    yield days.first
                if days is not None and days.last is not None and days.last < date.max:
                    yield date.fromordinal(days.last.toordinal() + 1)
        conditions = [
            condition
            for subject in {name for one in cone for name in self.definitions.sees[one.about]}
            for vocabulary in (self.definitions.vocabularies[subject],)
            for condition in (
                *vocabulary.impossible,
                *(f.known_when for f in vocabulary.fields.values()),
            )
        ]
        for name in {name for condition in conditions for name in fields_asked(condition)}:
            house = self.definitions.house.get(name)
            for period in () if house is None else house.periods:
                if period.effective is not None and period.effective.first is not None:
                    yield period.effective.first


def cone_of(definitions: Definitions, policy: Policy) -> tuple[Policy, ...]:
    """Return *policy* and every policy whose answer it asks, directly or by way of others."""
    found: dict[int, Policy] = {id(policy): policy}
    waiting = [policy]
    while waiting:
        for name in definitions.leaves(waiting.pop().asks):
            decides = definitions.decided_by.get(name)
            owner = "" if decides is None else decides.name
            if name.startswith(("chosen.", "standing.")):
                owner = name.partition(".")[2]
            for one in definitions.versions.get(owner, ()):
                if id(one) not in found:
                    found[id(one)] = one
                    waiting.append(one)
    return tuple(found.values())


def policies_to_prove(definitions: Definitions) -> tuple[Policy, ...]:
    """Return the policies that contexts are decided by: not those about the policies."""
    return tuple(one for one in definitions.policies if one.about not in ABOUT_POLICIES)
