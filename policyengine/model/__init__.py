"""What policy files say, as definitions; the order of the file is kept."""

from policyengine.model.definitions import (
    Column,
    Combined,
    Definitions,
    HouseFact,
    InputMap,
    Period,
)
from policyengine.model.measure import STANDING_TYPE, STANDINGS, Measure, Standing
from policyengine.model.policy import (
    ABOUT_POLICIES,
    PLACEHOLDER,
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
from policyengine.model.statement import LOCAL, Statement

__all__ = [
    "ABOUT_POLICIES",
    "LOCAL",
    "PLACEHOLDER",
    "SEVERAL",
    "STANDINGS",
    "STANDING_TYPE",
    "Column",
    "Combined",
    "Definitions",
    "Effective",
    "FactSetting",
    "Guarantee",
    "HitPolicy",
    "HouseFact",
    "InputMap",
    "Measure",
    "Period",
    "Plan",
    "Policy",
    "Rule",
    "Setting",
    "Standing",
    "Statement",
    "TextSetting",
]
