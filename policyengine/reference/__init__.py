"""What a policy set means, slowly and readably: the oracle of everything that is fast."""

from policyengine.reference.hits import Answer, Reason, answer, in_effect, rule_truth
from policyengine.reference.truth import (
    CAN_BE_TRUE,
    FALSE,
    TRUE,
    UNKNOWABLE,
    Truth,
    condition_truth,
    is_certain,
    line_truth,
    may_be_true,
)

__all__ = [
    "CAN_BE_TRUE",
    "FALSE",
    "TRUE",
    "UNKNOWABLE",
    "Answer",
    "Reason",
    "Truth",
    "answer",
    "condition_truth",
    "in_effect",
    "is_certain",
    "line_truth",
    "may_be_true",
    "rule_truth",
]
