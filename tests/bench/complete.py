"""A complete table made for the benchmark: a tree of questions, every leaf a rule, so nothing is left out."""

import random


def complete(size: int, columns: int, *, values: int = 4, seed: int = 7) -> dict[str, str]:
    """Return the files of a policy set whose one table has *size* rules, complete and without overlap."""
    random_ = random.Random(seed)
    words = [f"v{n}" for n in range(values)]
    rows: list[dict[str, tuple[str, ...]]] = [{}]
    while len(rows) < size:
        row = rows.pop(random_.randrange(len(rows)))
        open_ = [n for n in range(columns) if len(row.get(f"f.c{n}", words)) > 1]
        if not open_:
            rows.append(row)
            continue
        name = f"f.c{random_.choice(open_)}"
        there = row.get(name, tuple(words))
        cut = random_.randrange(1, len(there))
        rows += [{**row, name: there[:cut]}, {**row, name: there[cut:]}]
    random_.shuffle(rows)
    lines = ["policy: bench", "kind: k", "about: f", "title: Bench", "hit: unique", "plans:"]
    lines += [f"  p{n}: {{title: Plan {n}}}" for n in range(10)]
    lines.append("rules:")
    for number, row in enumerate(rows):
        block = ", ".join(f"{name}: {' or '.join(there)}" for name, there in row.items())
        lines.append(f"  - {{rule: r{number}, when: {{{block}}}, then: p{number % 10}}}")
    vocabulary = ["vocabulary: f", "subject: {id: f.id}", "fields:"]
    vocabulary += ["  f.id: {type: text, optional: true}"]
    vocabulary += [
        f"  f.c{n}: {{type: choice, values: [{', '.join(words)}]}}" for n in range(columns)
    ]
    head = "policyset: bench\nversion: 1.0.0\nzone: Europe/Amsterdam\ndefault_about: f\nkinds: {k: {layer: house}}\n"
    return {
        "policyset.yaml": head,
        "vocabulary/f.yaml": "\n".join(vocabulary) + "\n",
        "bench.yaml": "\n".join(lines) + "\n",
    }
