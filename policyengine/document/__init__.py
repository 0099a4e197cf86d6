"""YAML files as nodes: values without a type, each with its place, and what is wrong with them."""

from policyengine.document.characters import read_text
from policyengine.document.nodes import Mapping, Node, Scalar, Sequence, is_absent, view
from policyengine.document.reading import read_document

__all__ = [
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "is_absent",
    "read_document",
    "read_text",
    "view",
]
