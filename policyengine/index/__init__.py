"""The rule index: what `reference` means, at a cost that hardly grows with the number of rules."""

from policyengine.index.boxes import NOT_TRUE, Boxes, Literal, boxes_of, boxes_where
from policyengine.index.build import with_house
from policyengine.index.indexes import Indexes, starts_of
from policyengine.index.ranges import ranges_of
from policyengine.index.rule_index import RuleIndex

__all__ = [
    "NOT_TRUE",
    "Boxes",
    "Indexes",
    "Literal",
    "RuleIndex",
    "boxes_of",
    "boxes_where",
    "ranges_of",
    "starts_of",
    "with_house",
]
