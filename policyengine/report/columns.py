"""Lines and columns of any script: padded, wrapped and joined by the cells they take."""

from collections.abc import Iterable, Sequence

from policyengine.report.cells import pieces, visible, width


def cells(text: str) -> int:
    """Return how many cells of a line *text* takes."""
    plain = text.isascii() and text.isprintable()
    return len(text) if plain else width(pieces(text))


def padded(text: str, wide: int) -> str:
    """Return *text* with blanks up to *wide* cells."""
    return text + " " * (wide - cells(text))


def wrapped(text: str, wide: int) -> list[str]:
    """Return *text* in lines of at most *wide* cells, broken at blanks; a longer word stays whole."""
    lines: list[str] = []
    used = 0
    for word in text.split():
        size = cells(word)
        if lines and used + 1 + size <= wide:
            lines[-1] += f" {word}"
            used += 1 + size
        else:
            lines.append(word)
            used = size
    return [visible(line) for line in lines]


def hung(first: str, text: str, wide: int) -> list[str]:
    """Return *text* wrapped after *first*, its further lines below its beginning."""
    indent = cells(first)
    lines = wrapped(text, max(wide - indent, 20))
    return [(first if place == 0 else " " * indent) + line for place, line in enumerate(lines)]


def widest(texts: Iterable[str], *, most: int) -> int:
    """Return the cells of the longest of *texts* that takes no more than *most*."""
    return max((size for size in map(cells, texts) if size <= most), default=0)


def listed(words: Sequence[str]) -> str:
    """Return *words* as a sentence lists them: `a, b and c`."""
    return ", ".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} and {words[-1]}"
