"""Strategies for whole policy sets and contexts that reach every kind of test.

A set is made as text and loaded like any other, so that what is tried is what users can write.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

HEAD = """\
policyset: tried
version: 1.0.0
zone: Europe/Amsterdam
default_about: x
precedence: [type, service, house]
kinds:
  task_allocation: {layer: service}
house:
  bound: {type: integer, value: 2}
  dated_bound:
    type: integer
    dated:
      - {value: 1, through: 2026-06-30}
      - {value: 3, from: 2026-07-01}
"""
LEVELS = ("low", "mid", "high")
LETTERS = ("a", "b", "c")
ITEMS = ("p", "q", "r")
PLANS = ("one", "two", "three")
EVERY_HIT = (
    "first", "unique", "any", "priority", "collect", "rule_order", "output_order", "score",
)  # fmt: skip
SEVERAL = ("collect", "rule_order", "output_order")
OF_NUMBERS = ("sum", "min", "max", "count")


@dataclass(frozen=True)
class Tried:
    """A field that is tried: how it is declared, how it is tested, and the facts it takes."""

    name: str
    declared: str
    tests: st.SearchStrategy
    facts: st.SearchStrategy
    domain: tuple = ()
    """All values, where they are few enough to try each."""
    optional: bool = False


def _joined(values, word):
    few = st.lists(st.sampled_from(values), min_size=2, max_size=3, unique=True)
    return few.map(f" {word} ".join)


def _any_of(plain, *more):
    """Return tests of one field: plain ones, turned, several, and those of being there."""
    turned = plain.map(lambda test: f"not {test}")
    several = st.lists(plain, min_size=2, max_size=3, unique=True)
    return st.one_of(
        plain,
        plain,
        turned,
        several.map(lambda tests: f"[{', '.join(tests)}]"),
        several.map(lambda tests: "neither " + " nor ".join(tests)),
        plain.map(lambda test: f"{test} or missing"),
        st.sampled_from(["missing", "present", "any"]),
        *more,
    )


def _ordered(values, *more):
    """Return tests of a field with an order: values, bounds and ranges."""
    value = st.sampled_from(values)
    two = st.lists(st.sampled_from(range(len(values))), min_size=2, max_size=2, unique=True)
    ends = two.map(lambda places: [values[place] for place in sorted(places)])
    bounds = st.builds(
        "{} {}".format, st.sampled_from(["under", "at most", "over", "at least"]), value
    )
    ranges = st.one_of(
        ends.map("..".join),
        ends.map("..<".join),
        value.map("{}..".format),
        value.map("..{}".format),
    )
    between = ends.map(lambda pair: f"at least {pair[0]} and under {pair[1]}")
    alternatives = st.lists(bounds | value, min_size=2, max_size=2).map(" or ".join)
    return _any_of(value | ranges, bounds, between, alternatives, *more)


def _words(values, *more):
    return _any_of(st.sampled_from(values), _joined(values, "or"), *more)


def _sets(items, *more):
    return st.one_of(
        st.sampled_from(["missing", "present", "any", "empty"]),
        st.sampled_from(items).map("has {}".format),
        _joined(items, "or").map("has {}".format),
        _joined(items, "and").map("has {}".format),
        _joined(items, "nor").map("has neither {}".format),
        *more,
    )


SMALL = tuple(
    Tried(*one)
    for one in (
        ("x.flag", "{type: boolean}", _words(["true", "false"]), st.booleans(), (True, False)),
        (
            "x.level",
            f"{{type: choice, values: [{', '.join(LEVELS)}], ordered: true}}",
            _ordered(LEVELS, st.just("over x.was"), st.just("x.was")),
            st.sampled_from(LEVELS),
            LEVELS,
        ),
        (
            "x.was",
            f"{{type: choice, values: [{', '.join(LEVELS)}], ordered: true, optional: true}}",
            _ordered(LEVELS),
            st.sampled_from(LEVELS),
            LEVELS,
            True,
        ),
        (
            "x.count",
            "{type: integer, min: 0, max: 4}",
            _ordered(list("01234"), st.just("over x.limit"), st.just("at most house.bound")),
            st.integers(0, 4),
            (0, 1, 2, 3, 4),
        ),
        (
            "x.limit",
            "{type: integer, min: 0, max: 4, optional: true, known_when: {x.flag: true}}",
            _ordered(list("01234"), st.just("x.count"), st.just("under house.bound")),
            st.integers(0, 4),
            (0, 1, 2, 3, 4),
            True,
        ),
        (
            "x.letter",
            f"{{type: choice, values: [{', '.join(LETTERS)}], optional: true}}",
            _words(LETTERS),
            st.sampled_from(LETTERS),
            LETTERS,
            True,
        ),
        (
            "x.items",
            f"{{type: set, values: [{', '.join(ITEMS)}]}}",
            _sets(ITEMS),
            st.lists(st.sampled_from(ITEMS), unique=True),
            tuple([i for i, n in zip(ITEMS, (1, 2, 4), strict=True) if n & k] for k in range(8)),
        ),
    )
)  # fmt: skip


_TEXTS = ("foo", "foobar", "żółw", "Ünï", "a b", "12")
_TIMES = ("06:00", "09:00", "17:30:15", "22:00")
_DAYS = ("2026-02-28", "2026-06-30", "2026-07-01", "2026-12-31")
_MOMENTS = ("2026-03-29T02:30:00+01:00", "2026-06-30T22:00:00Z", "2026-07-01")
_NUMBERS = ("0", "0.1", "0.3", "1", "2.5", "7")
_MONEY = ("0 EUR", "0.10 EUR", "19.99 EUR", "20 EUR")
_WAITS = ("30 s", "2 min", "90 min", "2 h 10 min")
_TEXT_TESTS = st.one_of(
    st.sampled_from(_TEXTS),
    st.builds(
        "{} {}".format,
        st.sampled_from(["not", "contains", "starts with", "ends with"]),
        st.sampled_from(_TEXTS),
    ),
    st.sampled_from(["matches /[a-z]+/", "matches /\\d{2}/", "missing", "present", "any"]),
    st.sampled_from(["same as x.word", "[foo, contains b, missing]", "[12, starts with Ü]"]),
)


def _declared(kind, more=""):
    return f"{{type: {kind}, optional: true{more}}}"


WIDE = (
    *SMALL,
    Tried(
        "x.amount",
        _declared("number", ", min: -5"),
        _ordered(_NUMBERS, st.just("over x.other")),
        st.sampled_from([0, 0.1, 0.3, 0.30000000000000004, 1, 1.0, 2.4999, 2.5, 7, 8, -5])
        | st.floats(-5, 10, allow_nan=False)
        | st.integers(-5, 9),
    ),
    Tried(
        "x.other",
        "{type: number}",
        _ordered(_NUMBERS, st.just("x.amount"), st.just("at most x.amount")),
        st.integers(-1, 8) | st.sampled_from([0.1, 2.5]),
    ),
    Tried(
        "x.price",
        _declared("money", ", unit: EUR, min: 0"),
        _ordered(_MONEY),
        st.sampled_from([0, 0.1, 19.99, 19.995, 20, 21, 0.05]),
    ),
    Tried(
        "x.share",
        _declared("share"),
        _ordered(("0%", "12.5%", "50%", "100%")),
        st.sampled_from([0, 0.1, 0.125, 0.5, 0.75, 1]),
    ),
    Tried(
        "x.wait",
        "{type: duration, unit: min, min: 0}",
        _ordered(_WAITS),
        st.sampled_from([0, 0.5, 2, 2.1, 90, 130, 200]),
    ),
    Tried(
        "x.day",
        _declared("date"),
        _ordered(_DAYS),
        st.sampled_from(("2026-01-01", "2026-03-01", *_DAYS)),
    ),
    Tried(
        "x.time",
        _declared("time"),
        _ordered(_TIMES, st.sampled_from(["22:00..06:00", "17:30:15..<09:00"])),
        st.sampled_from(("00:00", "05:59:59", "23:00", "12:00", *_TIMES)),
    ),
    Tried(
        "x.moment",
        _declared("datetime"),
        _any_of(
            st.sampled_from(_MOMENTS),
            st.sampled_from(["over 2026-06-30", "at most 2026-07-01", "2026-06-30..2026-07-01"]),
        ),
        st.sampled_from(("2026-03-29T01:30:00Z", "2026-06-30T23:59:59+02:00", *_MOMENTS)),
    ),
    Tried(
        "x.text",
        _declared("text"),
        _TEXT_TESTS,
        st.sampled_from(("", "foo2", "Ünïcode 雪", "99", *_TEXTS)) | st.text(max_size=4),
    ),
    Tried(
        "x.word",
        "{type: text}",
        _TEXT_TESTS.filter(lambda test: "x.word" not in test),
        st.sampled_from(("", *_TEXTS)),
    ),
    Tried(
        "x.wishes",
        _declared("set", f", values: [{', '.join(ITEMS)}]"),
        _sets(ITEMS, st.just("has x.items"), st.just("[has p, missing]")),
        st.lists(st.sampled_from(ITEMS), unique=True),
    ),
    Tried(
        "x.order",
        _declared("list", f", values: [{', '.join(ITEMS)}]"),
        st.sampled_from(["missing", "present"]),
        st.lists(st.sampled_from(ITEMS), unique=True),
    ),
    Tried(
        "x.usual",
        f"{{type: choice, values: [{', '.join(LETTERS)}], default: b}}",
        _words(LETTERS),
        st.sampled_from(LETTERS),
    ),
)
"""Fields of every type, with every kind of test."""

COMPUTED = (
    Tried(
        "x.sum",
        "{type: number, computed: {sum: [x.amount, x.other]}}",
        _ordered(_NUMBERS),
        st.nothing(),
    ),
    Tried(
        "x.ratio",
        "{type: number, computed: {ratio: [x.other, x.count]}}",
        _ordered(_NUMBERS),
        st.nothing(),
    ),
    Tried(
        "x.ratio.refused",
        "",
        st.sampled_from(["division_by_zero", "missing", "present"]),
        st.nothing(),
    ),
    Tried(
        "x.weekday",
        "{type: choice, values: [mon, tue, wed, thu, fri, sat, sun], computed: {weekday: x.moment}}",
        _words(("mon", "sun")),
        st.nothing(),
    ),
    Tried("house.bound", "", _ordered(("1", "2")), st.nothing()),
    Tried("house.dated_bound", "", _ordered(("1", "2", "3")), st.nothing()),
)
STAGE = Tried(
    "x.stage",
    _declared("choice", ", values: [early, late]"),
    _words(("early", "late")),
    st.nothing(),
)
POINTS = Tried("x.points", _declared("integer"), _ordered(list("0123")), st.nothing())
CHOSEN = Tried("chosen.first", "", _words((*PLANS, "none")), st.nothing())


@st.composite
def blocks(draw, fields, *, depth=2, named=()):
    """Return a block of conditions over *fields*, as YAML in flow style."""
    most = 2 if depth else 1
    names = draw(st.lists(st.sampled_from(range(len(fields))), max_size=most + 1, unique=True))
    written = [f"{fields[name].name}: {_quoted(draw(fields[name].tests))}" for name in names]
    words = ["any", "all", "not"] if depth else []
    words += ["is"] if named else []
    word = draw(st.sampled_from(["", "", *words]))
    if word in ("any", "all"):
        inner = [
            draw(blocks(fields, depth=depth - 1, named=named))
            for _ in range(draw(st.integers(1, 3)))
        ]
        written.append(f"{word}: [{', '.join(inner)}]")
    elif word == "not":
        written.append(f"not: {draw(blocks(fields, depth=depth - 1, named=named))}")
    elif word == "is":
        written.append(f"is: {draw(st.sampled_from(named))}")
    if not written:
        written = [f"{fields[0].name}: {_quoted(draw(fields[0].tests))}"]
    return "{" + ", ".join(written) + "}"


def _quoted(test):
    return (
        test if test.startswith("[") else '"' + test.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


@st.composite
def policies(draw, fields, *, name="tried", decides=None, named=(), dated=False, rules=5, hits=()):
    """Return the text of one policy over *fields*, with plans, or deciding the field *decides*.

    *decides* is the name of the field with its outcomes; whole numbers come together as numbers.
    """
    numbers = decides is not None and isinstance(decides[1][0], int)
    hit = draw(st.sampled_from(hits or _hits(numbers=numbers, plans=decides is None)))
    block = blocks(fields, named=named)
    lines = [f"policy: {name}", "title: Tried", "about: x", f"hit: {hit}"]
    if decides is None:
        lines += ["kind: task_allocation", "plans:", *draw(_plans(block))]
    else:
        lines.append(f"decides: {decides[0]}")
    if hit == "score":
        lines += [f"needs: {draw(st.integers(0, 2))}", f"lead: {draw(st.integers(0, 1))}"]
    applies = draw(st.none() | st.none() | block)
    if applies is not None:
        lines.append(f"applies: {applies}")
    outcome = st.sampled_from([*PLANS, "none"] if decides is None else [*decides[1], "missing"])
    effective = _RANGES if dated else st.just("")
    several = [
        _rule(n, hit=hit, block=block, outcome=outcome, effective=effective)
        for n in range(draw(st.integers(1, rules)))
    ]
    lines += ["rules:", *(draw(rule) for rule in several)]
    if hit == "score" or draw(st.booleans()):
        lines.append(f"  - otherwise: {draw(outcome)}")
    return "\n".join(lines) + "\n"


def _hits(*, numbers, plans):
    if plans:
        return EVERY_HIT
    return ("first", "unique", "any", *(OF_NUMBERS if numbers else ("priority", "score")))


@st.composite
def _plans(draw, block):
    lines = []
    for plan in PLANS:
        applies = draw(st.none() | st.none() | block)
        more = "" if applies is None else f", applies: {applies}"
        lines.append(f"  {plan}: {{title: Tried, directives: {{do: {plan}}}{more}}}")
    return lines


@st.composite
def _rule(draw, number, *, hit, block, outcome, effective):
    named = outcome.filter(lambda one: one not in ("none", "missing"))
    parts = [f"rule: r{number}", f"when: {draw(block)}"]
    unless = draw(st.none() | block)
    if unless is not None:
        parts.append(f"unless: {unless}")
    if hit == "score":
        points = draw(st.dictionaries(named, st.integers(-1, 2), min_size=1))
        parts.append("points: {" + ", ".join(f"{k}: {v}" for k, v in points.items()) + "}")
    elif hit in SEVERAL:
        plans = draw(st.lists(named, min_size=1, max_size=2, unique=True))
        parts.append(f"then: [{', '.join(plans)}]")
    elif hit != "count":
        parts.append(f"then: {draw(outcome)}")
    days = draw(effective)
    if days:
        parts.append(f"effective: {{{days}}}")
    return "  - {" + ", ".join(parts) + "}"


_RANGES = st.sampled_from(
    ["", "from: 2026-03-01", "through: 2026-09-30", "from: 2026-03-01, through: 2026-09-30"]
)


def vocabulary(fields, *, impossible=(), conditions=(), more=()):
    """Return the text of the vocabulary of *fields*."""
    lines = ["vocabulary: x", "subject: {id: x.id, at: x.at}", "fields:"]
    lines += ["  x.id: {type: text, optional: true}", "  x.at: {type: datetime, optional: true}"]
    lines += [f"  {one.name}: {one.declared}" for one in (*fields, *more) if one.declared]
    lines += ["directives:", f"  do: {{type: choice, values: [{', '.join(PLANS)}]}}"]
    if conditions:
        lines.append("conditions:")
        lines += [f"  {name}: {block}" for name, block in conditions]
    if impossible:
        lines.append("impossible:")
        lines += [f"  - {block}" for block in impossible]
    return "\n".join(lines) + "\n"


@st.composite
def contexts(draw, fields):
    """Return a context that lacks few of *fields*."""
    names = [one.name for one in fields]
    lacking = draw(st.lists(st.sampled_from(names), max_size=6, unique=True))
    facts = {one.name: draw(one.facts) for one in fields if one.name not in lacking}
    if facts.get("x.flag") is False:
        facts.pop("x.limit", None)
    return facts
