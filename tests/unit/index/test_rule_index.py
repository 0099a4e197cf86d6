"""What the index does in corners; that it means the same everywhere is a law (tests/property)."""

from datetime import date
from decimal import Decimal

import pytest
from conftest import BASE

from policyengine import load
from policyengine.context import check_context
from policyengine.engine import decide
from policyengine.index import Indexes, axes, rule_index
from policyengine.index.boxes import MOST_BOXES, boxes_of
from policyengine.values import FieldType

VOCABULARY = """\
vocabulary: example
fields:
  ex.id: {type: text, optional: true}
  ex.at: {type: datetime, optional: true}
  ex.level: {type: choice, values: [a, b, c, d, e, f, g], optional: true}
  ex.kind: {type: choice, values: [a, b, c, d, e, f, g], optional: true}
  ex.number: {type: number, optional: true}
  ex.miles: {type: integer, optional: true}
  ex.text: {type: text, optional: true}
  ex.items: {type: set, values: [p, q], optional: true}
  ex.answer: {type: text, optional: true}
subject: {id: ex.id, at: ex.at}
"""
DEEP = " ".join(
    ["{all: [", ", ".join(f"{{any: [{{ex.level: {one}}}, {{ex.number: {n}}}, {{ex.kind: {one}}}]}}"
     for n, one in enumerate("abcd")), "]}"]
)  # fmt: skip


@pytest.fixture
def asked(overlay):
    """Load rules for an answer; return how to ask them, by the index and by the reference."""

    def read(rules, *, head="", otherwise="other"):
        lines = "".join(f"  - {{{rule}}}\n" for rule in rules)
        policy = f"policy: it\nabout: example\ndecides: ex.answer\n{head}rules:\n{lines}"
        policy += f"  - otherwise: {otherwise}\n"
        house = (BASE / "policyset.yaml").read_text("utf-8")
        house = house.replace("40000, through", "40000, from: 2026-03-01, through")
        files = {"policyset.yaml": house}
        files |= {"vocabulary/example.yaml": VOCABULARY, "house/it.yaml": policy}
        definitions = load(overlay(files)).definitions
        indexes = Indexes(definitions)

        def ask(context, day=None):
            checked = check_context(definitions, {"about": "example", **context})
            quick = decide(definitions, checked, as_of=day, indexes=indexes)
            assert quick.as_json() == decide(definitions, checked, as_of=day).as_json()
            return quick.outcomes["it"]

        ask.indexes = indexes
        ask.policy = definitions.policy("it")
        return ask

    return read


def test_a_rule_of_too_many_alternatives_is_asked_itself(asked):
    ask = asked([f"rule: deep, when: {DEEP}, then: deep", "rule: b, when: {ex.level: b}, then: b"])
    cut = boxes_of(ask.policy.rules[0])
    assert not cut.is_exact
    assert len(cut.boxes) <= MOST_BOXES
    assert ask({"ex.level": "a"}).rules == ()
    assert ask({"ex.level": "a", "ex.kind": "b", "ex.number": 2}).rules == ()
    assert ask({"ex.level": "b", "ex.kind": "a", "ex.number": 2}).rules == ("b",)


def test_a_policy_whose_applies_has_too_many_alternatives_is_asked_itself(asked):
    ask = asked(["rule: all, when: {ex.level: any}, then: x"], head=f"applies: {{not: {DEEP}}}\n")
    assert ask({"ex.level": "a", "ex.kind": "b", "ex.number": 2}).reason == "matched"
    ask = asked(["rule: all, when: {ex.level: any}, then: x"], head=f"applies: {DEEP}\n")
    assert ask({"ex.level": "a", "ex.kind": "b", "ex.number": 2}).reason == "not_applicable"


def test_numbers_that_no_binary_number_tells_apart_are_told_apart(asked):
    cuts = ["0.1", "0.1000000000000000000001", "0.1000000000000000000002"]
    ask = asked([f"rule: r{n}, when: {{ex.number: {cut}}}, then: x" for n, cut in enumerate(cuts)])
    for number, cut in enumerate(cuts):
        assert ask({"ex.number": Decimal(cut)}).rules == (f"r{number}",)
    assert ask({"ex.number": Decimal("0.10000000000000000000005")}).rules == ()
    assert ask({"ex.number": 0.1}).rules == ("r0",)


@pytest.mark.parametrize("context", [{"ex.text": "foo"}, {"ex.text": ""}, {"ex.text": "x"}, {}])
def test_a_text_that_no_test_names_is_told_from_those_that_are_named(asked, context):
    ask = asked(
        [
            "rule: foo, when: {ex.text: not foo}, unless: {ex.text: ends with x}, then: x",
            "rule: word, when: {ex.text: '\"missing\"'}, then: y",
        ]
    )
    ask(context)


def test_a_test_of_a_part_is_asked_only_where_a_box_is_left(asked, monkeypatch):
    ask = asked(["rule: part, when: {ex.level: a, ex.text: contains foo}, then: x"])
    seen = []
    truth = axes.line_truth
    monkeypatch.setattr(axes, "line_truth", lambda *parts: seen.append(1) or truth(*parts))
    assert ask({"ex.level": "b", "ex.text": "foo"}).rules == ()
    assert not seen
    assert ask({"ex.level": "a", "ex.text": "a foo"}).rules == ("part",)
    assert seen


def test_a_test_of_a_part_that_is_asked_twice_is_one_test(asked):
    twice = "when: {ex.text: [12, starts with a], any: [{ex.text: [12, starts with a]}]}"
    ask = asked([f"rule: part, {twice}, then: x"], head="applies: {ex.level: any}\n")
    assert ask({"ex.level": "a", "ex.text": "b"}).reason == "default"
    assert ask({"ex.level": "a", "ex.text": "a"}).rules == ("part",)
    ask = asked([f"rule: part, {twice}, then: x", "rule: all, when: {ex.level: a}, then: y"])
    assert ask({"ex.level": "a", "ex.text": "b"}).rules == ("all",)


def test_what_is_kept_does_not_grow_without_end(asked, monkeypatch):
    monkeypatch.setattr(axes, "_MOST_KEPT", 2)
    monkeypatch.setattr(rule_index, "_MOST_KEPT", 2)
    ask = asked(
        [f"rule: {n}, when: {{ex.level: {n}, ex.items: has p}}, then: x" for n in "abcdefg"]
    )
    for items in ([], ["p"], ["q"], ["p", "q"]):
        for level in "abcdefg":
            ask({"ex.level": level, "ex.items": items})
    index = ask.indexes.of(ask.policy, None)
    assert len(index.kept) <= 2
    assert all(len(one.kept) <= 2 for one in index.axes if isinstance(one, axes.Items))


def test_each_period_between_dates_has_an_index_of_its_own(asked):
    ask = asked(
        [
            "rule: old, when: {ex.level: a}, then: x, effective: {through: 2026-06-30}",
            "rule: gold, when: {ex.miles: at least house.gold_from}, then: x",
        ]
    )
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1)]
    context = {"ex.level": "a", "ex.miles": 45000}
    assert [ask(context, day).rules for day in days] == [("old",), ("gold",), ("gold",), ()]
    built = {id(ask.indexes.of(ask.policy, day)) for day in days}
    assert len(built) == 3
    assert ask.indexes.of(ask.policy, date(2026, 8, 1)) is ask.indexes.of(ask.policy, days[1])


def test_a_bound_of_the_house_that_holds_on_no_day_is_unknown(asked):
    ask = asked(["rule: gold, when: {not: {ex.miles: under house.gold_from}}, then: x"])
    assert ask({"ex.miles": 90000}, date(2026, 2, 28)).rules == ()


def test_a_line_finds_the_class_of_every_number():
    cuts = [1, 2, Decimal("2.5")]
    line = axes.Line("n", FieldType("number"), cuts, [1.0, 2.0, 2.5], list(range(7)), 0)
    places = [0, 1, 1.5, 2, 2.25, 2.5, 3]
    assert [line.class_of(Decimal(str(place))) for place in places] == list(range(7))
