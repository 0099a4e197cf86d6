"""What a policy set means, slowly and readably: the oracle of everything that is fast."""

from policyengine.reference.answers import narrowed, rule_truth
from policyengine.reference.classes import Asked, classes
from policyengine.reference.completion import EveryRule, Rules, answer, missing
from policyengine.reference.days import in_effect, rules_in_effect
from policyengine.reference.hits import Answer, Reason, hit
from policyengine.reference.measures import Measured, in_its_standing, measured, standing_of
from policyengine.reference.places import along, ends
from policyengine.reference.truth import Known, condition_truth, is_certain, line_truth, may_be_true
from policyengine.reference.unary import FALSE, TRUE, UNKNOWABLE, Truth, unary_truth

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWABLE",
    "Answer",
    "Asked",
    "EveryRule",
    "Known",
    "Measured",
    "Reason",
    "Rules",
    "Truth",
    "along",
    "answer",
    "classes",
    "condition_truth",
    "ends",
    "hit",
    "in_effect",
    "in_its_standing",
    "is_certain",
    "line_truth",
    "may_be_true",
    "measured",
    "missing",
    "narrowed",
    "rule_truth",
    "rules_in_effect",
    "standing_of",
    "unary_truth",
]
