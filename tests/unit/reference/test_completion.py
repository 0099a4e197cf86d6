"""Missing facts: what they leave open, what they do not, and which of them are named."""

import pytest

from policyengine import load

VOCABULARY = """\
vocabulary: example
subject: {{sees: [contact]}}
fields:
  ex.ready: {{type: boolean}}
  ex.wait: {{type: integer, min: 0}}
  ex.promised: {{type: integer, min: 0}}
  ex.level: {{type: choice, values: [low, high]}}
  ex.note: {{type: text}}
  ex.wishes: {{type: set, values: [a, b, c]}}
  ex.kind: {{type: choice, values: [recall, loss], optional: true}}
  ex.size: {{type: integer, min: 0, optional: true, known_when: {{ex.kind: loss}}}}
  ex.sum: {{type: integer, computed: {{sum: [ex.wait, ex.promised]}}}}
  ex.share: {{type: number, computed: {{ratio: [ex.wait, ex.promised]}}}}
  ex.answer: {{type: text, optional: true}}
  ex.stage: {{type: choice, values: [first, second, third], optional: true}}
{more}
"""


@pytest.fixture
def decided(overlay):
    """Decide a context about the example by rules for its answer, and other policies."""

    def decide(rules, context=None, *, more="", head="", **policies):
        lines = "".join(f"  - {{{rule}}}\n" for rule in rules)
        policy = f"policy: it\nabout: example\ndecides: ex.answer\n{head}rules:\n{lines}"
        files = {"vocabulary/example.yaml": VOCABULARY.format(more=more), "house/it.yaml": policy}
        for name, text in policies.items():
            files[f"house/{name}.yaml"] = f"policy: {name}\nabout: example\n{text}"
        return load(overlay(files)).decide({"about": "example", **(context or {})})

    return decide


def test_a_required_fact_does_not_matter_where_all_its_values_lead_to_one_outcome(decided):
    rules = [
        "rule: yes, when: {ex.ready: true}, then: x",
        "rule: no, when: {ex.ready: false}, then: x",
    ]
    outcome = decided(rules).outcomes["it"]
    assert (outcome.reason, outcome.rules, outcome.missing) == ("matched", ("yes", "no"), ())


def test_otherwise_counts_as_a_way_to_the_same_outcome(decided):
    rules = ["rule: yes, when: {ex.ready: true}, then: x", "otherwise: x"]
    outcome = decided(rules).outcomes["it"]
    assert (outcome.reason, outcome.rules, outcome.values) == (
        "matched",
        ("yes",),
        {"ex.answer": "x"},
    )


def test_two_outcomes_are_missing_data_and_name_the_fact(decided):
    rules = ["rule: yes, when: {ex.ready: true}, then: x", "otherwise: y"]
    outcome = decided(rules).outcomes["it"]
    assert (outcome.reason, outcome.rules, outcome.missing) == ("missing_data", (), ("ex.ready",))


def test_the_domain_of_a_fact_leaves_no_other_values(decided):
    rules = ["rule: all, when: {ex.wait: at least 0}, then: x", "otherwise: y"]
    assert decided(rules).outcomes["it"].reason == "matched"


def test_a_whole_number_has_nothing_between_two_neighbours(decided):
    rules = ["rule: all, when: {ex.wait: ['..5', '6..']}, then: x", "otherwise: y"]
    assert decided(rules).outcomes["it"].reason == "matched"


def test_what_is_impossible_is_left_out(decided):
    rules = ["rule: yes, when: {ex.ready: true}, then: x", "otherwise: y"]
    limits = "impossible:\n  - {ex.ready: false, ex.level: high}"
    assert decided(rules, {"ex.level": "high"}, more=limits).outcomes["it"].reason == "matched"
    assert decided(rules, {"ex.level": "low"}, more=limits).outcomes["it"].reason == "missing_data"
    assert decided(rules, more=limits).outcomes["it"].reason == "missing_data"


def test_a_field_is_not_completed_where_it_cannot_be_known(decided):
    rules = [
        "rule: big, when: {ex.kind: recall, ex.size: over 3}, then: x",
        "otherwise: y",
    ]
    assert decided(rules).outcomes["it"].missing == ()
    assert decided([rules[0].replace("recall", "loss"), rules[1]]).outcomes["it"].missing == (
        "ex.kind",
        "ex.size",
    )


def test_two_missing_facts_that_are_compared_can_stand_in_every_order(decided):
    rules = [
        "rule: longer, when: {ex.wait: over ex.promised}, then: x",
        "rule: shorter, when: {ex.wait: under ex.promised}, then: x",
    ]
    assert decided([*rules, "otherwise: y"]).outcomes["it"].reason == "missing_data"
    rules.append("rule: equal, when: {ex.wait: ex.promised}, then: x")
    assert decided([*rules, "otherwise: y"]).outcomes["it"].reason == "matched"
    assert decided(rules).outcomes["it"].rules == ("longer", "shorter", "equal")


def test_a_missing_text_may_pass_each_test_of_its_parts_or_not(decided):
    rules = [
        "rule: vip, when: {ex.note: contains vip}, then: x",
        "rule: digits, when: {ex.note: 'matches /[0-9]+/'}, then: x",
        "rule: plain, when: {ex.note: plain}, then: x",
    ]
    assert decided([*rules, "otherwise: y"]).outcomes["it"].missing == ("ex.note",)
    assert decided([*rules, "otherwise: x"]).outcomes["it"].reason == "matched"
    rest = "rule: rest, when: {all: [{ex.note: not contains vip}]}, then: x"
    turned = rest.replace("{ex.note: not contains vip}", "{not: {ex.note: contains vip}}")
    assert decided([rules[0], turned]).outcomes["it"].reason == "matched"


def test_a_missing_set_may_hold_any_of_the_items_that_tests_name(decided):
    rules = ["rule: one, when: {ex.wishes: has a or b}, then: x"]
    none = "rule: none, when: {ex.wishes: has neither a nor b}, then: x"
    assert decided([*rules, none, "otherwise: y"]).outcomes["it"].reason == "matched"
    empty = "rule: none, when: {ex.wishes: empty}, then: x"
    assert decided([*rules, empty, "otherwise: y"]).outcomes["it"].reason == "missing_data"


def test_a_computed_field_with_an_unknown_part_is_an_unknown_of_its_own(decided):
    rules = ["rule: some, when: {ex.sum: present}, then: x", "otherwise: y"]
    assert decided(rules).outcomes["it"].reason == "matched"
    refused = ["rule: some, when: {ex.share: present}, then: x", "otherwise: y"]
    outcome = decided(refused, {"ex.wait": 1}).outcomes["it"]
    assert (outcome.reason, outcome.missing) == ("missing_data", ("ex.promised",))


STAGE = """\
decides: ex.stage
rules:
  - {rule: ready, when: {ex.ready: true}, then: first}
  - otherwise: second
"""


def test_what_a_policy_may_have_decided_is_all_that_counts_for_those_that_ask_it(decided):
    rules = ["rule: early, when: {ex.stage: first or second}, then: x", "otherwise: y"]
    decision = decided(rules, stage=STAGE)
    assert decision.outcomes["stage"].reason == "missing_data"
    assert decision.outcomes["it"].reason == "matched"
    later = ["rule: late, when: {ex.stage: second}, then: x", "otherwise: y"]
    assert decided(later, stage=STAGE).outcomes["it"].reason == "missing_data"


def test_an_optional_fact_is_named_where_it_alone_could_change_the_outcome(decided):
    rules = [
        "rule: recall, when: {ex.kind: recall}, then: x",
        "rule: ready, when: {ex.ready: true}, then: y",
        "otherwise: x",
    ]
    outcome = decided(rules, {"ex.ready": True}).outcomes["it"]
    assert (outcome.reason, outcome.missing) == ("matched", ("ex.kind",))
    assert decided(rules, {"ex.ready": False}).outcomes["it"].missing == ()


def test_past_the_limit_nothing_is_tried(decided):
    rule = "rule: r{n}, when: {{ex.wait: {n}, ex.promised: {n}}}, then: x"
    few = [rule.format(n=3 * n) for n in range(15)]
    outcome = decided([*few, "otherwise: x"]).outcomes["it"]
    assert (outcome.reason, outcome.missing) == ("matched", ())
    many = [rule.format(n=3 * n) for n in range(70)]
    outcome = decided([*many, "otherwise: x"]).outcomes["it"]
    assert (outcome.reason, outcome.missing) == ("missing_data", ("ex.wait", "ex.promised"))


def test_a_score_is_told_where_the_winner_is_the_same_whatever_comes(decided):
    score = """\
decides: ex.stage
hit: score
rules:
  - {rule: high, when: {ex.level: high}, points: {first: 5}}
  - {rule: ready, when: {ex.ready: true}, points: {second: 1}}
  - otherwise: third
"""
    rules = ["otherwise: y"]
    rules = ["rule: first, when: {ex.stage: first}, then: x", *rules]
    outcome = decided(rules, {"ex.level": "high"}, stage=score).outcomes["stage"]
    assert (outcome.reason, outcome.values, outcome.sums) == (
        "matched",
        {"ex.stage": "first"},
        None,
    )
