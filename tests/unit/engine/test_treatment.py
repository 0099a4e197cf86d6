"""Directives of several plans become one treatment, each value with its origin."""

import pytest

from policyengine import load


def _policy(name, layer, directives, hit="first", more=""):
    return f"""\
policy: {name}
layer: {layer}
kind: segment_treatment
title: {name}
about: contact
hit: {hit}
plans:
  does: {{title: Does it, directives: {{{directives}}}}}
{more}rules:
  - {{rule: always, then: does, because: It is so.}}
"""


@pytest.fixture
def treated(overlay):
    """Decide one contact under the given policies; return the decision."""

    def decide(*policies, context=None, **files):
        laid = {f"house/p{number}.yaml": text for number, text in enumerate(policies)}
        folder = overlay({"house/treatment.yaml": "", **laid, **files})
        return load(folder).decide({"contact.channel": "phone", **(context or {})})

    return decide


def test_the_strongest_layer_gives_the_value_and_the_loser_is_kept(treated):
    decision = treated(
        _policy("house", "house", "channel: chat"), _policy("tier", "tier", "channel: phone")
    )
    channel = decision.treatment["channel"]
    assert (channel.value, channel.origins) == ("phone", ("tier:does",))
    assert [(one.value, one.origins) for one in channel.overrides] == [("chat", ("house:does",))]


def test_an_equal_value_of_a_weaker_layer_is_neither_origin_nor_loser(treated):
    decision = treated(
        _policy("house", "house", "channel: phone"), _policy("tier", "tier", "channel: phone")
    )
    channel = decision.treatment["channel"]
    assert (channel.origins, channel.overrides) == (("tier:does",), ())


def test_two_values_in_one_layer_are_withheld_and_the_weaker_layer_speaks(treated):
    decision = treated(
        _policy("one", "tier", "channel: chat"),
        _policy("two", "tier", "channel: email"),
        _policy("house", "house", "channel: phone"),
    )
    assert decision.treatment["channel"].value == "phone"
    withheld = decision.withheld[0]
    assert (withheld.directive, withheld.reason) == ("channel", "conflict")
    assert withheld.origins == ("one:does", "two:does")


def test_min_takes_the_least_of_all_layers(treated):
    decision = treated(
        _policy("one", "tier", "max_wait: 2 min"), _policy("two", "house", "max_wait: 30 s")
    )
    wait = decision.treatment["max_wait"]
    assert (wait.value, wait.origins) == (30, ("two:does",))
    assert wait.overrides[0].value == 120


def test_union_joins_all_layers_in_declared_order(treated):
    decision = treated(
        _policy("one", "tier", "skills: [fast_resolution]"),
        _policy("two", "house", "skills: [best_price]"),
    )
    skills = decision.treatment["skills"]
    assert skills.value == ("best_price", "fast_resolution")
    assert skills.origins == ("one:does", "two:does")


def test_a_directive_takes_a_fact_or_says_why_it_cannot(treated):
    policy = _policy("one", "tier", "max_wait: {fact: contact.promised_wait}")
    given = treated(policy, context={"contact.promised_wait": 90})
    assert given.treatment["max_wait"].value == 90
    lacking = treated(policy)
    assert "max_wait" not in lacking.treatment
    withheld = lacking.withheld[0]
    assert (withheld.reason, withheld.field) == ("missing", "contact.promised_wait")


def test_a_missing_fact_with_else_takes_that(treated):
    decision = treated(
        _policy("one", "tier", "max_wait: {fact: contact.promised_wait, else: 5 min}")
    )
    assert decision.treatment["max_wait"].value == 300


def test_texts_are_filled_in_for_each_language(treated):
    policy = _policy(
        "one",
        "tier",
        'say: {en: "About {contact.promised_wait}.", nl: "Ca. {contact.promised_wait}."}',
    )
    decision = treated(policy, context={"contact.promised_wait": 90})
    assert decision.treatment["say"].value == {"en": "About 1 min 30 s.", "nl": "Ca. 1 min 30 s."}
    assert treated(policy).withheld[0].field == "contact.promised_wait"


def test_a_text_in_any_script_comes_out_as_it_went_in(treated):
    decision = treated(
        _policy("one", "tier", 'say: "请稍候 👋 {customer.name}"'),
        context={"customer.name": "Zoë {x}"},
    )
    assert decision.treatment["say"].value == "请稍候 👋 Zoë {x}"


def test_instead_cuts_weaker_layers_off_also_where_all_would_count(treated):
    strong = _policy("one", "tier", "skills: [best_price]").replace(
        "directives: {skills", "instead: {skills"
    )
    decision = treated(
        strong,
        _policy("two", "house", "skills: [fast_resolution], max_wait: 30 s"),
        _policy("three", "strategy", "max_wait: 2 min"),
    )
    skills = decision.treatment["skills"]
    assert (skills.value, skills.origins) == (("best_price",), ("one:does",))
    assert skills.overrides[0].value == ("fast_resolution",)
    assert decision.treatment["max_wait"].value == 30


MANDATE = """\
policy: law
kind: segment_treatment
title: What the law asks
about: contact
plans:
  does: {title: Does it, mandate: {citation: Safety Act 12}, directives: {max_wait: 1 min}}
rules:
  - {rule: always, then: does, because: The law says so.}
"""


def test_a_weaker_plan_may_tighten_a_mandate_and_never_loosen_it(treated, overlay):
    vocabulary = (overlay({}) / "vocabulary" / "contact.yaml").read_text("utf-8")
    tight = {
        "vocabulary/contact.yaml": vocabulary.replace(
            "combine: min", "combine: min, tighter: lower"
        )
    }
    loose = treated(MANDATE, _policy("one", "tier", "max_wait: 2 min"), **tight)
    assert loose.treatment["max_wait"].value == 60
    tighter = treated(MANDATE, _policy("one", "tier", "max_wait: 20 s"), **tight)
    assert tighter.treatment["max_wait"].value == 20
    assert tighter.plans[0].layer == "mandate"


def test_plans_stand_in_the_order_of_their_layers(treated):
    decision = treated(
        _policy("one", "house", "channel: chat"),
        _policy("two", "strategy", "max_wait: 1 min"),
        _policy("three", "tier", "channel: phone"),
    )
    assert [plan.layer for plan in decision.plans] == ["strategy", "tier", "house"]


def test_a_fact_cannot_bring_placeholders_of_its_own(treated):
    policy = _policy("one", "tier", 'say: "Dear {customer.name}, worth {order.value}"')
    context = {"customer.name": "{order.value}", "order.value": 12}
    assert treated(policy, context=context).treatment["say"].value == (
        "Dear {order.value}, worth 12 EUR"
    )


def test_a_tighter_value_of_a_weaker_plan_wins_also_where_the_strongest_speaks(treated, overlay):
    vocabulary = (overlay({}) / "vocabulary" / "contact.yaml").read_text("utf-8")
    tight = {"vocabulary/contact.yaml": vocabulary.replace("combine: min", "tighter: lower")}
    decision = treated(MANDATE, _policy("one", "tier", "max_wait: 20 s"), **tight)
    wait = decision.treatment["max_wait"]
    assert (wait.value, wait.origins) == (20, ("one:does",))
    assert wait.overrides[0].origins == ("law:does",)
