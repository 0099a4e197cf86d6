"""Tests of a field: what a rule asks of one fact, read, kept as a tree, and shown."""

from policyengine.unary_tests.nodes import (
    AnyOf,
    Anything,
    Constant,
    Empty,
    Equals,
    FieldRef,
    Has,
    HasField,
    Interval,
    Matches,
    Missing,
    Neither,
    Not,
    Operand,
    Present,
    Text,
    UnaryTest,
    fields_of,
)
from policyengine.unary_tests.parse import read_test
from policyengine.unary_tests.patterns import fits
from policyengine.unary_tests.show import show_test

__all__ = [
    "AnyOf",
    "Anything",
    "Constant",
    "Empty",
    "Equals",
    "FieldRef",
    "Has",
    "HasField",
    "Interval",
    "Matches",
    "Missing",
    "Neither",
    "Not",
    "Operand",
    "Present",
    "Text",
    "UnaryTest",
    "fields_of",
    "fits",
    "read_test",
    "show_test",
]
