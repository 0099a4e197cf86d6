"""The rule index: what `reference` means, at a cost that hardly grows with the number of rules."""

from policyengine.index.indexes import Indexes
from policyengine.index.rule_index import RuleIndex

__all__ = ["Indexes", "RuleIndex"]
