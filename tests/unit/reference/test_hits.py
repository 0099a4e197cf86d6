"""Every hit policy, with facts given, missing and unknown."""

import pytest

from policyengine import load

HEAD = """\
policy: example
kind: task_allocation
title: Who answers
about: contact
"""
PLANS = """\
plans:
  first-line: {title: Anybody}
  experts: {title: Somebody who knows}
  lead: {title: The team leader}
"""


@pytest.fixture
def answers(overlay):
    """Decide one policy laid over the base set; return its outcome."""

    def decide(text, context):
        head = HEAD if "plans:" in text else HEAD.replace("kind: task_allocation\n", "")
        policies = load(overlay({"house/example.yaml": head + text, "house/treatment.yaml": ""}))
        decision = policies.decide({"contact.channel": "phone", **context})
        assert decision.status == "decided", decision.problems
        return decision.outcomes["example"]

    return decide


def _two(hit, first="first-line", second="experts"):
    return f"""\
hit: {hit}
{PLANS}rules:
  - {{rule: known, when: {{customer.known: true}}, then: {first}}}
  - {{rule: gold, when: {{customer.tier: gold}}, then: {second}}}
  - otherwise: lead
"""


BOTH = {"customer.known": True, "customer.tier": "gold"}


def test_first_takes_the_first_rule_that_holds(answers):
    outcome = answers(_two("first"), BOTH)
    assert (outcome.reason, outcome.rules, outcome.plans) == (
        "matched",
        ("known",),
        ("example:first-line",),
    )


def test_without_a_rule_that_holds_the_otherwise_is_the_default(answers):
    outcome = answers(_two("first"), {"customer.known": False, "customer.tier": "red"})
    assert (outcome.reason, outcome.rules, outcome.plans) == ("default", (), ("example:lead",))


def test_unique_with_two_rules_that_hold_is_a_conflict_and_gives_no_plan(answers):
    outcome = answers(_two("unique"), BOTH)
    assert (outcome.reason, outcome.plans) == ("conflict", ())
    assert outcome.rules == ("known", "gold")


def test_unique_with_one_rule_that_holds_is_matched(answers):
    outcome = answers(_two("unique"), {"customer.tier": "gold"})
    assert (outcome.reason, outcome.plans) == ("matched", ("example:experts",))


def test_any_is_a_conflict_only_where_the_rules_give_different_plans(answers):
    assert answers(_two("any"), BOTH).reason == "conflict"
    same = answers(_two("any", "experts", "experts"), BOTH)
    assert (same.reason, same.plans, same.rules) == (
        "matched",
        ("example:experts",),
        ("known", "gold"),
    )


def test_priority_takes_the_plan_that_stands_first_in_the_policy(answers):
    outcome = answers(_two("priority", "experts", "first-line"), BOTH)
    assert (outcome.plans, outcome.rules) == (("example:first-line",), ("gold",))


def test_collect_gives_every_plan_once_with_all_its_rules(answers):
    outcome = answers(_two("collect"), BOTH)
    assert outcome.plans == ("example:first-line", "example:experts")
    both = answers(_two("collect", "experts", "experts"), BOTH)
    assert both.plans == ("example:experts",)
    assert both.rules == ("known", "gold")


def test_rule_order_and_output_order_differ_in_the_order_of_what_they_give(answers):
    by_rule = answers(_two("rule_order", "experts", "first-line"), BOTH)
    by_output = answers(_two("output_order", "experts", "first-line"), BOTH)
    assert by_rule.plans == ("example:experts", "example:first-line")
    assert by_output.plans == ("example:first-line", "example:experts")


@pytest.mark.parametrize(
    ("hit", "value"), [("sum", 7), ("min", 2), ("max", 5), ("count", 2), ("first", 5)]
)
def test_numbers_of_the_rules_that_hold_come_together(answers, hit, value):
    text = f"""\
decides: contact.previous_contacts
hit: {hit}
rules:
  - {{rule: known, when: {{customer.known: true}}, then: 5}}
  - {{rule: gold, when: {{customer.tier: gold}}, then: 2}}
  - otherwise: 1
"""
    if hit == "count":
        text = text.replace(", then: 5", "").replace(", then: 2", "")
    outcome = answers(text, BOTH)
    assert outcome.values == {"contact.previous_contacts": value}
    nothing = answers(text, {"customer.tier": "red"})
    assert (nothing.reason, nothing.values) == ("default", {"contact.previous_contacts": 1})


def test_none_is_a_deliberate_answer(answers):
    outcome = answers(_two("first", first="none"), BOTH)
    assert (outcome.reason, outcome.plans) == ("matched", ())


SCORE = """\
decides: customer.type
hit: score
needs: 2
lead: 1
rules:
  - {rule: asks for prices, when: {customer.needs: has price}, points: {value_driven: 2}}
  - {rule: often discounted, when: {customer.discount_share: at least 50%}, points: {value_driven: 1}}
  - {rule: asks for advice, when: {customer.needs: has advice}, points: {service_oriented: 2}}
  - otherwise: missing
"""


def _scored(answers, **facts):
    names = {"needs": "customer.needs", "share": "customer.discount_share"}
    return answers(
        SCORE,
        {names[name]: value for name, value in facts.items()},
    )


def test_score_adds_up_and_the_highest_sum_wins(answers):
    outcome = _scored(answers, needs=["price", "advice"], share=0.5)
    assert outcome.values == {"customer.type": "value_driven"}
    assert outcome.sums == {"value_driven": 3, "service_oriented": 2}
    assert outcome.rules == ("asks for prices", "often discounted")


def test_score_needs_enough_points(answers):
    outcome = _scored(answers, share=0.5)
    assert (outcome.reason, outcome.values) == ("default", {"customer.type": None})
    assert outcome.sums == {"value_driven": 1, "service_oriented": 0}


def test_score_needs_its_lead(answers):
    assert _scored(answers, needs=["price", "advice"]).reason == "default"


def test_unless_takes_a_rule_away_only_where_it_is_true(answers):
    text = f"""\
{PLANS}rules:
  - rule: not by phone
    when: {{contact.channel: phone}}
    unless: {{contact.requested_channel: phone}}
    then: first-line
  - otherwise: lead
"""
    assert answers(text, {}).plans == ("example:first-line",)
    assert answers(text, {"contact.requested_channel": "phone"}).plans == ("example:lead",)
    assert answers(text, {"contact.requested_channel": "chat"}).plans == ("example:first-line",)


WAIT = f"""\
{PLANS}rules:
  - {{rule: gold, when: {{customer.tier: gold}}, then: experts}}
  - {{rule: long wait, when: {{queue.wait: over 2 min}}, then: lead}}
  - {{rule: known, when: {{customer.known: true}}, then: first-line}}
  - otherwise: first-line
"""


def test_a_missing_required_fact_leaves_the_policy_undecided_with_its_fallback(answers):
    outcome = answers(WAIT, {})
    assert outcome.reason == "missing_data"
    assert outcome.plans == ("example:first-line",)
    assert outcome.rules == ()
    assert "queue.wait" in outcome.missing


def test_a_missing_required_fact_does_not_matter_below_a_rule_that_holds(answers):
    outcome = answers(WAIT, {"customer.tier": "gold"})
    assert (outcome.reason, outcome.plans, outcome.missing) == ("matched", ("example:experts",), ())


def test_a_missing_optional_fact_is_named_where_it_could_change_the_answer(answers):
    outcome = answers(WAIT, {"queue.wait": 10})
    assert (outcome.reason, outcome.missing) == ("default", ("customer.tier",))


def test_a_missing_fact_of_a_rule_that_cannot_hold_is_not_named(answers):
    text = f"""\
{PLANS}rules:
  - rule: gold by chat
    when: {{contact.channel: chat, customer.tier: gold}}
    then: experts
  - otherwise: lead
"""
    assert answers(text, {}).missing == ()


def test_applies_that_is_not_true_is_not_applicable(answers):
    text = "applies: {customer.tier: gold}\n" + _two("first")
    assert answers(text, {"customer.tier": "red"}).reason == "not_applicable"
    unknown = answers(text, {})
    assert (unknown.reason, unknown.missing) == ("not_applicable", ("customer.tier",))


def test_a_chosen_plan_that_does_not_apply_gives_nothing_and_no_other_rule_is_tried(answers):
    text = _two("first").replace(
        "first-line: {title: Anybody}",
        "first-line: {title: Anybody, applies: {contact.channel: chat}}",
    )
    outcome = answers(text, BOTH)
    assert (outcome.reason, outcome.plans) == ("not_applicable", ())


def test_a_rule_out_of_its_dates_is_as_if_not_written(answers):
    text = _two("first").replace(
        "customer.known: true}, then",
        "customer.known: true}, effective: {through: 2026-12-31}, then",
    )
    old = answers(text, {**BOTH, "contact.at": "2026-12-31T23:30:00+01:00"})
    new = answers(text, {**BOTH, "contact.at": "2027-01-01T00:30:00+01:00"})
    assert (old.plans, new.plans) == (("example:first-line",), ("example:experts",))


def test_a_table_is_rules_in_fewer_letters(answers):
    table = f"""\
{PLANS}table:
  columns: [rule, customer.tier, queue.wait, unless contact.channel, then]
  rows:
    - [gold waits, gold, over 2 min, any, lead]
    - [others, any, over 2 min, email, experts]
  otherwise: first-line
"""
    gold = answers(table, {"customer.tier": "gold", "queue.wait": 121})
    assert (gold.rules, gold.plans) == (("gold waits",), ("example:lead",))
    nobody = answers(table, {"queue.wait": 121})
    assert nobody.rules == ("others",)
    assert answers(table, {"queue.wait": 121, "contact.channel": "email"}).reason == "default"


def test_a_policy_that_decides_several_fields_leaves_out_what_it_does_not_give(answers):
    text = """\
decides: [customer.type, customer.tier]
rules:
  - {rule: known, when: {customer.known: true}, then: {customer.type: value_driven}}
  - otherwise: {customer.tier: red}
"""
    outcome = answers(text, {"customer.known": True})
    assert outcome.values == {"customer.type": "value_driven"}


def test_a_plan_of_which_nobody_can_tell_whether_it_applies_leaves_the_policy_undecided(answers):
    text = _two("first").replace(
        "first-line: {title: Anybody}",
        "first-line: {title: Anybody, applies: {queue.wait: over 2 min}}",
    )
    assert answers(text, BOTH).reason == "missing_data"
    assert answers(text, {**BOTH, "queue.wait": 300}).reason == "matched"
    assert answers(text, {**BOTH, "queue.wait": 3}).reason == "not_applicable"


def test_a_key_left_out_and_missing_decide_the_same(answers):
    text = """\
decides: [customer.type, customer.tier]
hit: any
rules:
  - {rule: known, when: {customer.known: true}, then: {customer.tier: gold, customer.type: missing}}
  - {rule: by phone, when: {contact.channel: phone}, then: {customer.tier: gold}}
"""
    assert answers(text, {"customer.known": True}).reason == "matched"
