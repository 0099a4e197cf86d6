"""How a misreading is worded: what was expected, what was found, and the way out."""

from collections.abc import Iterable
from dataclasses import replace

from policyengine.findings.finding import Code
from policyengine.findings.near import did_you_mean, near_match
from policyengine.values.field_type import Misreading

_MOST = 60


def quoted(text: str) -> str:
    """Return *text* in back-ticks on one line, cut where it is long."""
    line = " ".join(text.split())
    if not line:
        return "nothing"
    return f"`{line}`" if len(line) <= _MOST else f"`{line[:_MOST]}…`"


def misread(
    code: Code, text: str, expected: str, mended: str | None = None, note: str = ""
) -> Misreading:
    """Return the misreading of the whole of *text*; *note* follows the mended text in the hint."""
    found = quoted(text)
    hint = note if mended is None else f"write `{mended}`{note}"
    return Misreading(
        code,
        f"expected {expected}, found {found}",
        hint,
        end=len(text),
        expected=expected,
        found=found,
        mended=mended,
    )


def unknown_word(code: Code, text: str, expected: str, known: tuple[str, ...]) -> Misreading:
    """Return the misreading of *text*, which is none of *known*, with the nearest of them."""
    near = near_match(text, known)
    wrong = misread(code, text, expected, mended=near)
    hint = did_you_mean(text, known)
    told = all(word in expected for word in known)
    return replace(wrong, hint="" if near is None and told else hint)


def shifted(wrong: Misreading, offset: int) -> Misreading:
    """Return *wrong* as a part of a text that has *offset* characters before it."""
    end = None if wrong.end is None else wrong.end + offset
    return replace(wrong, start=wrong.start + offset, end=end)


def mended_text(text: str, wrongs: Iterable[Misreading]) -> str | None:
    """Return *text* with every mended part in its place, or nothing where none is known."""
    line, mended = text, False
    for wrong in sorted(wrongs, key=lambda wrong: wrong.start, reverse=True):
        if wrong.mended is not None:
            end = len(text) if wrong.end is None else wrong.end
            line, mended = line[: wrong.start] + wrong.mended + line[end:], True
    return line if mended else None


def in_line(wrong: Misreading, line: str) -> Misreading:
    """Return *wrong* with a hint that shows the whole mended *line*."""
    if wrong.mended is None:
        return wrong
    whole = " ".join(line.splitlines()).strip()
    return replace(wrong, hint=wrong.hint.replace(f"`{wrong.mended}`", f"`{whole}`", 1))
