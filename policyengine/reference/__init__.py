"""What a policy set means, slowly and readably: the oracle of everything that is fast."""

from policyengine.reference.hits import Answer, Reason, answer, in_effect, rule_truth
from policyengine.reference.truth import condition_truth, is_certain, line_truth, may_be_true
from policyengine.reference.unary import FALSE, TRUE, UNKNOWABLE, Truth, unary_truth

__all__ = [
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
    "unary_truth",
]
