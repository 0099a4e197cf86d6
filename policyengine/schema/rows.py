"""What our own words in a schema ask of rows: as many cells as columns, the last entry last."""

from collections.abc import Iterator


def uneven(_on: object, table: object) -> Iterator[tuple[int, list[object]]]:
    """Yield the places of the rows of *table* that have more or fewer cells than its columns."""
    entries = table if isinstance(table, dict) else {}
    columns, rows = entries.get("columns"), entries.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return
    for at, row in enumerate(rows):
        if isinstance(row, list) and len(row) != len(columns):
            yield at, columns


def misplaced(key: object, entries: object) -> Iterator[int]:
    """Yield the place after an entry of *entries* with *key* that is not the last one."""
    written = entries if isinstance(entries, list) else []
    for at, entry in enumerate(written[:-1]):
        if isinstance(entry, dict) and str(key) in entry:
            yield at + 1
            return
