"""What `check` finds beyond reading: one file for each check, in `CHECKS` and `PROOFS`."""

from collections.abc import Callable, Iterable
from datetime import date

from policyengine.analysis.extent import Extent, extent
from policyengine.analysis.gaps import check_gaps
from policyengine.analysis.guarantees import check_guarantees
from policyengine.analysis.lists import check_lists
from policyengine.analysis.overlaps import check_overlaps
from policyengine.analysis.periods import Periods
from policyengine.analysis.policies import check_policies
from policyengine.analysis.sources import check_sources, implemented
from policyengine.analysis.unreachable import check_unreachable
from policyengine.findings import Finding
from policyengine.model import Definitions
from policyengine.policyset import PolicySet

__all__ = ["CHECKS", "PROOFS", "Extent", "check", "extent", "implemented"]

Check = Callable[[Definitions, date | None], Iterable[Finding]]

Proof = Callable[[Definitions, Periods], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (check_lists, check_sources, check_policies)
PROOFS: tuple[Proof, ...] = (check_gaps, check_overlaps, check_unreachable, check_guarantees)
"""The checks that look at all contexts there can be, on a day of every period."""


def check(policies: PolicySet, *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Return what the checks find in *policies*, in the order of its places.

    What depends on the day is asked only where *as_of* gives one.
    """
    definitions, periods = policies.definitions, Periods(policies.definitions, as_of)
    found = [finding for one in CHECKS for finding in one(definitions, as_of)]
    found += [finding for one in PROOFS for finding in one(definitions, periods)]
    return tuple(sorted(found, key=lambda finding: finding.place))
