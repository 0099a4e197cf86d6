"""Formulas: money and strategy, metrics by named variant, effort, expectations, priorities.

Exact decimals in, exact decimals out. What is outside a formula's range is `Refused` with a reason
in one word, never a number; `refusals.refusal_text` gives the sentence.
"""
