"""Policies of customer service: read from files, decided with reasons."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.decision import Decision
    from policyengine.errors import ContextError, MonitorError, PolicyEngineError, PolicyError
    from policyengine.findings import Finding
    from policyengine.loading import load
    from policyengine.policyset import PolicySet

__all__ = [
    "ContextError",
    "Decision",
    "Finding",
    "MonitorError",
    "PolicyEngineError",
    "PolicyError",
    "PolicySet",
    "load",
]

_HOMES = {
    "ContextError": "errors",
    "Decision": "decision",
    "Finding": "findings",
    "MonitorError": "errors",
    "PolicyEngineError": "errors",
    "PolicyError": "errors",
    "PolicySet": "policyset",
    "load": "loading",
}


def __getattr__(name: str) -> object:
    """Return a public name from its module: `policyengine --help` must not import them all."""
    if name not in _HOMES:
        raise AttributeError(f"module `policyengine` has no `{name}`")
    return getattr(import_module(f"policyengine.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
