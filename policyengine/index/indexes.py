"""The indexes of a policy set: one for each policy and period, built when first asked for."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from policyengine.index.build import build
from policyengine.index.rule_index import RuleIndex
from policyengine.model import Definitions, Effective, Policy

_Version = tuple[str, Effective | None]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Indexes:
    """The indexes of all policies of *definitions*; safe to share between threads."""

    definitions: Definitions
    starts: dict[_Version, tuple[date, ...]] = field(default_factory=dict)
    """For each policy the days on which something of it begins or has ended."""
    built: dict[tuple[_Version, int], RuleIndex] = field(default_factory=dict)

    def of(self, policy: Policy, day: date | None) -> RuleIndex:
        """Return the index of *policy* as it is on *day*."""
        version = (policy.name, policy.effective)
        starts = self.starts.get(version)
        if starts is None:
            starts = tuple(sorted(set(starts_of(policy, self.definitions))))
            self.starts[version] = starts
        period = -1 if day is None else bisect_right(starts, day)
        found = self.built.get((version, period))
        if found is None:
            found = build(policy, self.definitions.house, day)
            self.built[version, period] = found
        return found


def starts_of(policy: Policy, definitions: Definitions) -> Iterator[date]:
    """Yield each day on which what *policy* asks differs from the day before."""
    house = (definitions.house.get(name) for name in policy.asks)
    ranges: list[Effective | None] = [rule.effective for rule in policy.rules]
    ranges += [plan.effective for plan in policy.plans.values()]
    ranges += [period.effective for fact in house if fact is not None for period in fact.periods]
    for effective in ranges:
        if effective is not None and effective.first is not None:
            yield effective.first
        if effective is not None and effective.last is not None and effective.last < date.max:
            yield effective.last + _ONE_DAY
