"""What a policy set means, slowly and readably: the oracle of everything that is fast."""

from policyengine.reference.answers import rule_truth
from policyengine.reference.completion import answer, missing
from policyengine.reference.days import in_effect
from policyengine.reference.hits import Answer, Reason
from policyengine.reference.measures import Measured, measured, standing_of
from policyengine.reference.truth import condition_truth, is_certain, line_truth, may_be_true
from policyengine.reference.unary import FALSE, TRUE, UNKNOWABLE, Truth, unary_truth

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWABLE",
    "Answer",
    "Measured",
    "Reason",
    "Truth",
    "answer",
    "condition_truth",
    "in_effect",
    "is_certain",
    "line_truth",
    "may_be_true",
    "measured",
    "missing",
    "rule_truth",
    "standing_of",
    "unary_truth",
]
