"""Typed values: what fields hold, how it is read from texts and facts, and how it is shown."""

from policyengine.values.domain import check_domain
from policyengine.values.facts import from_json, to_json
from policyengine.values.field_type import (
    DURATION_UNITS,
    NUMERIC,
    FieldType,
    Kind,
    Misreading,
    Value,
    has_order,
    kind_phrase,
    rank,
)
from policyengine.values.figures import in_text, rounded
from policyengine.values.moments import field_zone, start_of_day
from policyengine.values.read import read_items, read_value
from policyengine.values.show import show_value

__all__ = [
    "DURATION_UNITS",
    "NUMERIC",
    "FieldType",
    "Kind",
    "Misreading",
    "Value",
    "check_domain",
    "field_zone",
    "from_json",
    "has_order",
    "in_text",
    "kind_phrase",
    "rank",
    "read_items",
    "read_value",
    "rounded",
    "show_value",
    "start_of_day",
    "to_json",
]
