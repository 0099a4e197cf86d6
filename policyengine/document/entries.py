"""Entries of a mapping: those that a comma made, and those that stand twice."""

from collections.abc import Collection

from policyengine.document import traps
from policyengine.document.mended import CURLY
from policyengine.document.nodes import Node, Scalar
from policyengine.findings import Finding

Entry = tuple[Scalar, Node]


def without_bare(
    entries: list[Entry], bare: Collection[int], *, braces: bool
) -> tuple[list[Entry], list[Finding]]:
    """Return *entries* without the keys that begin at *bare*, which have no colon, and say so.

    They are most likely the rest of a text before them. Outside *braces* only `?` makes such
    keys, and it is said elsewhere; so are keys that are no text.
    """
    kept: list[Entry] = []
    findings = []
    at = 0
    while at < len(entries):
        run: list[Scalar] = []
        while at < len(entries) and entries[at][0].span.start in bare:
            run.append(entries[at][0])
            at += 1
        if run and braces and run[0].span.text[:1] not in {"{", "["}:
            before = kept[-1] if kept else None
            if not _is_curly(before):
                findings.append(traps.bare_keys(before, run))
        if at < len(entries):
            kept.append(entries[at])
            at += 1
    return kept, findings


def _is_curly(entry: Entry | None) -> bool:
    """Say whether the value of *entry* begins with a curly quote: then that has been said."""
    return entry is not None and entry[1].span.text[:1] in set(CURLY)


def without_duplicates(entries: list[Entry]) -> tuple[list[Entry], list[Finding]]:
    """Return *entries* with the first of those that have one key, and say so of the others."""
    first: dict[str, Entry] = {}
    findings = []
    for entry in entries:
        before = first.setdefault(entry[0].text, entry)
        if before is not entry:
            findings.append(traps.duplicate(before, entry))
    return list(first.values()), findings
