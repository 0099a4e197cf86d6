"""Findings that take two files: what one of them says is wrong for the other."""

import pytest

from policyengine import load
from policyengine.loading import read_set

CALLS = """\
input: calls
format: csv
columns:
  way: {field: contact.channel}
"""
PLAN = """\
policy: example
kind: task_allocation
title: Who answers
about: contact
plans:
  expert:
    title: Somebody who knows
    LINE
rules:
  - otherwise: expert
"""
DECIDES = """\
policy: example
about: contact
decides: {field}
rules:
  - otherwise: {value}
"""


def _plan(line):
    return PLAN.replace("LINE", line)


@pytest.fixture
def base(overlay):
    """Return the text of a file of the base set."""
    return lambda name: (overlay({}) / name).read_text("utf-8")


@pytest.fixture
def said(overlay):
    """Return what is found in files laid over the base set: the place, the message, the hint."""

    def read(files):
        _, findings = read_set(overlay(files))
        return [
            (f"{one.span.file}:{one.span.line}", one.message, one.hint, one.code.id)
            for one in findings
        ]

    return read


def test_two_inputs_of_one_name_are_said_at_the_second(said):
    calls = CALLS.replace("format", "about: contact\nformat")
    assert said({"inputs/a.yaml": calls, "inputs/b.yaml": calls}) == [
        ("inputs/b.yaml:1", "two inputs are called `calls`", "give each a name of its own", "PE215")
    ]


def test_what_says_no_subject_where_the_set_has_no_default_says_so_itself(said, base):
    treatment = base("house/treatment.yaml").replace("about: contact\n", "")
    head = base("policyset.yaml").replace("default_about: contact\n", "")
    files = {"policyset.yaml": head, "house/treatment.yaml": treatment, "inputs/a.yaml": CALLS}
    hint = "add `about: SUBJECT`, or `default_about` in `policyset.yaml`"
    policy = "the policy `treatment` does not say what it is about"
    records = "the input `calls` does not say what its records are about"
    assert said(files) == [
        ("house/treatment.yaml:1", policy, hint, "PE206"),
        ("inputs/a.yaml:1", records, hint, "PE206"),
    ]


def test_an_unknown_default_subject_is_said_once_and_not_by_all_who_rely_on_it(said, base):
    treatment = base("house/treatment.yaml").replace("about: contact\n", "")
    head = base("policyset.yaml").replace("default_about: contact", "default_about: contcat")
    files = {"policyset.yaml": head, "house/treatment.yaml": treatment, "inputs/a.yaml": CALLS}
    assert [place for place, *_ in said(files)] == ["policyset.yaml:5"]


def test_a_mandated_plan_needs_the_layer_of_mandates_to_be_the_strongest(said, base):
    head = base("policyset.yaml").replace("[mandate, ", "[")
    plan = _plan("mandate: {citation: Safety Act 12}")
    message = "a mandated plan stands in the layer `mandate`"
    hint = "put `mandate` first in `precedence` of `policyset.yaml`"
    found = said({"policyset.yaml": head, "house/example.yaml": plan})
    assert found == [("house/example.yaml:6", message, hint, "PE208")]


SHOP = "vocabulary: shop\nfields:\n  shop.name: {type: text}\n"


@pytest.mark.parametrize(
    ("declared", "policy"),
    [
        ("directives:\n  gift: {type: choice}\n", _plan("directives: {gift: mug}")),
        ("  shop.kind: {type: choice}\n", DECIDES.format(field="shop.kind", value="big")),
        (
            "  shop.kind: {type: choice, values: [x y, z]}\n",
            DECIDES.format(field="shop.kind", value="x y"),
        ),
    ],
    ids=["directive", "field without values", "field with a wrong value"],
)
def test_what_follows_from_a_broken_declaration_is_not_said(said, base, declared, policy):
    contact = base("vocabulary/contact.yaml").replace("[operation]", "[operation, shop]")
    files = {
        "vocabulary/contact.yaml": contact,
        "vocabulary/shop.yaml": SHOP + declared,
        "house/example.yaml": policy,
    }
    assert [place.partition(":")[0] for place, *_ in said(files)] == ["vocabulary/shop.yaml"]


def test_what_follows_from_a_broken_constant_of_the_house_is_not_said(said, base):
    head = base("policyset.yaml").replace("{type: integer, value: 6}", "{type: choice, value: a}")
    treatment = base("house/treatment.yaml").replace(
        "customer.type: value_driven", "house.regular_from: a"
    )
    found = said({"policyset.yaml": head, "house/treatment.yaml": treatment})
    assert [message for _, message, *_ in found] == ["`regular_from` is a choice without values"]


COMPUTED = """\
vocabulary: shop
subject: {sees: [contact]}
fields:
  shop.ratio: {type: number, computed: {ratio: [contact.previous_contacts, 2]}}
  shop.day: {type: date, computed: {date_of: contact.at}}
"""


@pytest.mark.parametrize("field", ["shop.ratio", "shop.day", "shop.ratio.refused"])
def test_a_log_cannot_give_what_is_computed(said, field):
    calls = CALLS.replace("format", "about: shop\nformat").replace("contact.channel", field)
    found = said({"vocabulary/shop.yaml": COMPUTED, "inputs/a.yaml": calls})
    message = f"`{field}` is computed, so no log can give it"
    assert [one[:2] for one in found] == [("inputs/a.yaml:5", message)]


def test_no_policy_can_decide_what_is_computed(said):
    policy = DECIDES.format(field="shop.ratio", value=3).replace("about: contact", "about: shop")
    found = said({"vocabulary/shop.yaml": COMPUTED, "house/example.yaml": policy})
    message = "`shop.ratio` is computed, so no policy can decide it"
    assert [one[:2] for one in found] == [("house/example.yaml:3", message)]


def test_a_text_may_take_a_choice_and_any_language_where_the_set_lists_none(overlay, base):
    head = base("policyset.yaml").replace("languages: [en, nl]\n", "")
    line = "directives: {say: {de: 'Hallo, {contact.channel}'}}"
    folder = overlay({"policyset.yaml": head, "house/example.yaml": _plan(line)})
    decision = load(folder).decide({"contact.channel": "phone"})
    assert decision.treatment["say"].value == {"de": "Hallo, phone"}
    fact = _plan("directives: {say: {fact: contact.channel}}")
    decision = load(overlay({"house/example.yaml": fact})).decide({"contact.channel": "phone"})
    assert decision.treatment["say"].value == "phone"


def test_a_single_word_is_a_set_of_one(overlay):
    policy = DECIDES.format(field="customer.needs", value="price")
    decision = load(overlay({"house/example.yaml": policy})).decide({"contact.channel": "phone"})
    assert decision.facts["customer.needs"] == ("price",)


OLD = "      - {value: 40000, through: 2026-12-31}\n"
NEW = "      - {value: 50000, from: 2027-01-01}\n"


def test_dated_values_of_the_house_may_stand_in_any_order(said, base):
    head = base("policyset.yaml").replace(OLD + NEW, NEW + OLD)
    assert OLD + NEW not in head
    assert said({"policyset.yaml": head}) == []


def test_the_value_that_holds_longest_is_compared_with_all_that_begin_after_it(said, base):
    longer = "      - {value: 1, from: 2026-01-01, through: 2027-06-30}\n"
    inner = "      - {value: 2, from: 2026-03-01, through: 2026-03-31}\n"
    head = base("policyset.yaml").replace(OLD, longer + inner)
    message = "two values of `house.gold_from` hold on the same day"
    assert [one[1] for one in said({"policyset.yaml": head})] == [message] * 2


def test_a_role_or_another_plan_may_take_over_and_without_roles_everybody_may(said, base):
    line = (
        "activate: {when: {queue.wait: over 5 min}, by: [planning, customer-care]}\n"
        "    stand_down: {when: {queue.wait: under 1 min}}\n"
        "    escalate: [{after: 5 min, to: expert}, {after: 9 min, to: planning}]"
    )
    assert said({"house/example.yaml": _plan(line)}) == []
    head = base("policyset.yaml").replace("roles: [customer-care, planning]\n", "")
    plan = _plan("owner: the-shop-next-door")
    assert said({"policyset.yaml": head, "house/example.yaml": plan}) == []
