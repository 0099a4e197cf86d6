"""What `check` finds beyond reading: one file for each check, all of them in `CHECKS`."""

from collections.abc import Callable, Iterable
from datetime import date

from policyengine.analysis.extent import Extent, extent
from policyengine.analysis.lists import check_lists
from policyengine.analysis.policies import check_policies
from policyengine.analysis.sources import check_sources, implemented
from policyengine.findings import Finding
from policyengine.model import Definitions
from policyengine.policyset import PolicySet

__all__ = ["CHECKS", "Extent", "check", "extent", "implemented"]

Check = Callable[[Definitions, date | None], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (check_lists, check_sources, check_policies)


def check(policies: PolicySet, *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Return what the checks find in *policies*, in the order of its places.

    What depends on the day is asked only where *as_of* gives one.
    """
    found = (finding for one in CHECKS for finding in one(policies.definitions, as_of))
    return tuple(sorted(found, key=lambda finding: finding.place))
