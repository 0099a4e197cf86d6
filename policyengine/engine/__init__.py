"""Deciding: one context meets the policies."""

from policyengine.engine.decide import Assumed, decide, situate
from policyengine.engine.situation import Situation

__all__ = ["Assumed", "Situation", "decide", "situate"]
