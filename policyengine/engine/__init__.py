"""Deciding: one context meets the policies."""

from policyengine.engine.decide import Assumed, decide, situate
from policyengine.engine.situation import Situation
from policyengine.engine.treatment import merge

__all__ = ["Assumed", "Situation", "decide", "merge", "situate"]
