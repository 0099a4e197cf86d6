"""The shape of each file, said by JSON Schemas; what is wrong with it, said in our words."""

from policyengine.schema.check import check_plan, check_shape, find_head
from policyengine.schema.keys import HEADS
from policyengine.schema.shape import Shape, shape_of
from policyengine.schema.shipped import read_kind_schema, read_schema, shipped_folder

__all__ = [
    "HEADS",
    "Shape",
    "check_plan",
    "check_shape",
    "find_head",
    "read_kind_schema",
    "read_schema",
    "shape_of",
    "shipped_folder",
]
