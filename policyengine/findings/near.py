"""Near matches: what the writer may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def near_match(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* most like *word*, or nothing where none is alike."""
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    found = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], *, most: int = 8) -> str:
    """Return the hint for an unknown *word*: the nearest of *known*, else all when they are few."""
    names = list(known)
    near = near_match(word, names)
    if near is not None:
        return f"did you mean `{near}`?"
    if names and len(names) <= most:
        return "known here: " + ", ".join(f"`{name}`" for name in names)
    return ""
