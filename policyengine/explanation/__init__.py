"""Explaining: why a decision came out as it did."""

from policyengine.explanation.trace import RuleTrace, Tried, trace_rule

__all__ = ["RuleTrace", "Tried", "trace_rule"]
