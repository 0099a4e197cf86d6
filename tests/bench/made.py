"""Rules and contexts made for the benchmark: a first-hit table over seven facts, like a real one."""

import random
from dataclasses import dataclass

CHOICES = {
    "f.channel": [f"c{n}" for n in range(8)],
    "f.task": [f"t{n}" for n in range(12)],
    "f.region": [f"r{n}" for n in range(20)],
}
NUMBERS = {"f.wait": 1000, "f.value": 5000}
OPTIONAL = "f.tier"
TIERS = ["none", "red", "silver", "gold"]
NAMES = (*CHOICES, *NUMBERS, "f.known", OPTIONAL)
PLANS = 10


@dataclass(frozen=True)
class Test:
    """What a rule asks of one field: one of *words*, or a number from *low* to under *high*."""

    field: str
    words: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Table:
    """Rules, each with its tests and the plan it gives, and contexts to decide."""

    rules: tuple[tuple[tuple[Test, ...], str], ...]
    contexts: tuple[dict[str, object], ...]


def make(size: int, *, ranges_only: bool = False, contexts: int = 2000, seed: int = 7) -> Table:
    """Return a table of *size* rules and contexts of which about four in five hit a rule."""
    random_ = random.Random(seed)
    rules = tuple(_rule(random_, ranges_only=ranges_only) for _ in range(size))
    made = []
    while len(made) < contexts:
        context = _context(random_)
        if random_.random() < 0.8:
            tests, _ = rules[random_.randrange(size)]
            for test in tests:
                _fit(random_, context, test)
        made.append(context)
    return Table(rules, tuple(made))


def _rule(random_: random.Random, *, ranges_only: bool) -> tuple[tuple[Test, ...], str]:
    fields = list(NUMBERS) if ranges_only else list(NAMES)
    count = min(len(fields), random_.randint(2, 5))
    tests = tuple(_test(random_, name) for name in random_.sample(fields, count))
    return tests, f"p{random_.randrange(PLANS)}"


def _test(random_: random.Random, name: str) -> Test:
    if name in NUMBERS:
        low = random_.randrange(NUMBERS[name])
        width = random_.randint(1, max(2, NUMBERS[name] // 10))
        ends = random_.choice([(low, low + width), (low, None), (None, low)])
        return Test(name, low=ends[0], high=ends[1])
    if name == "f.known":
        return Test(name, (random_.choice(["true", "false"]),))
    values = TIERS if name == OPTIONAL else CHOICES[name]
    return Test(name, tuple(random_.sample(values, random_.choice([1, 1, 2]))))


def _context(random_: random.Random) -> dict[str, object]:
    context: dict[str, object] = {name: random_.choice(words) for name, words in CHOICES.items()}
    context |= {name: random_.randrange(most) for name, most in NUMBERS.items()}
    context["f.known"] = random_.random() < 0.5
    if random_.random() < 0.7:
        context[OPTIONAL] = random_.choice(TIERS)
    return context


def _fit(random_: random.Random, context: dict[str, object], test: Test) -> None:
    """Change *context* so that *test* holds."""
    if test.words:
        word = random_.choice(test.words)
        context[test.field] = word == "true" if test.field == "f.known" else word
    else:
        low = 0 if test.low is None else test.low
        high = NUMBERS[test.field] + 1 if test.high is None else test.high
        context[test.field] = random_.randrange(low, max(high, low + 1))


def policy_set(table: Table) -> dict[str, str]:
    """Return the files of a policy set with this table."""
    fields = [f"  {name}: {{type: choice, values: {words}}}" for name, words in CHOICES.items()]
    fields += [f"  {name}: {{type: integer, min: 0}}" for name in NUMBERS]
    fields += [
        "  f.known: {type: boolean}",
        f"  f.tier: {{type: choice, values: {TIERS}, optional: true}}",
    ]
    head = "policyset: bench\nversion: 1.0.0\nzone: Europe/Amsterdam\ndefault_about: f\nkinds: {k: {layer: house}}\n"
    lines = ["policy: bench", "kind: k", "about: f", "title: Bench", "plans:"]
    lines += [
        f"  p{n}: {{title: Plan {n}, directives: {{queue: q{n}, wait: {n + 1} min}}}}"
        for n in range(PLANS)
    ]
    lines.append("rules:")
    for number, (tests, plan) in enumerate(table.rules):
        block = ", ".join(f"{test.field}: {_written(test)}" for test in tests)
        lines.append(
            f"  - {{rule: r{number}, when: {{{block}}}, then: {plan}, because: It is rule {number}.}}"
        )
    lines.append("  - otherwise: p0\n")
    queues = ", ".join(f"q{n}" for n in range(PLANS))
    vocabulary = [
        "vocabulary: f",
        "subject: {id: f.id}",
        "fields:",
        *fields,
        "  f.id: {type: text, optional: true}",
        "directives:",
    ]
    vocabulary += [
        f"  queue: {{type: choice, values: [{queues}]}}",
        "  wait: {type: duration, combine: min}",
    ]
    return {
        "policyset.yaml": head,
        "vocabulary/f.yaml": "\n".join(vocabulary).replace("'", "") + "\n",
        "bench.yaml": "\n".join(lines),
    }


def _written(test: Test) -> str:
    if test.words:
        return " or ".join(test.words)
    if test.low is not None and test.high is not None:
        return f"{test.low}..<{test.high}"
    return f"at least {test.low}" if test.high is None else f"under {test.high}"
