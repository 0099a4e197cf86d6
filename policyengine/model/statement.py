"""What a source says: a text outside the house that rules and plans may stand on."""

from dataclasses import dataclass, field

from policyengine.source import Span

LOCAL = "local"
"""The basis of what the house decides by itself."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a source; its *number* is unique in the set."""

    number: str
    text: str
    source: str
    """The name of the source that says it."""
    source_span: Span = field(compare=False, repr=False)
    span: Span = field(compare=False)
