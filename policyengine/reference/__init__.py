"""What a policy set means, slowly and readably: the oracle of everything that is fast."""

from policyengine.reference.hits import Answer, Reason, answer, in_effect, rule_truth
from policyengine.reference.measures import Measured, in_its_standing, measured, standing_of
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
    "in_its_standing",
    "is_certain",
    "line_truth",
    "may_be_true",
    "measured",
    "rule_truth",
    "standing_of",
    "unary_truth",
]
