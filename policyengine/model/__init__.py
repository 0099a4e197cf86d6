"""What policy files say, as definitions; the order of the file is kept."""

from policyengine.model.definitions import (
    Column,
    Combined,
    Definitions,
    HouseFact,
    InputMap,
    Period,
)
from policyengine.model.policy import (
    SEVERAL,
    Effective,
    FactSetting,
    Guarantee,
    HitPolicy,
    Plan,
    Policy,
    Rule,
    Setting,
    TextSetting,
)

__all__ = [
    "SEVERAL",
    "Column",
    "Combined",
    "Definitions",
    "Effective",
    "FactSetting",
    "Guarantee",
    "HitPolicy",
    "HouseFact",
    "InputMap",
    "Period",
    "Plan",
    "Policy",
    "Rule",
    "Setting",
    "TextSetting",
]
