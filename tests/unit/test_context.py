"""Contexts are checked once: every mistake is a problem that names its field."""

import pytest

from policyengine import ContextError, load


@pytest.fixture
def policies(overlay):
    return load(overlay({}))


def _problems(decision):
    return [(problem.severity, problem.code, problem.field) for problem in decision.problems]


def test_flat_and_nested_facts_are_the_same(policies):
    flat = policies.decide({"contact.channel": "phone", "customer.type": "value_driven"})
    nested = policies.decide(
        {"contact": {"channel": "phone"}, "customer": {"type": "value_driven"}}
    )
    assert flat.as_json() == nested.as_json()


def test_the_same_field_flat_and_nested_is_a_problem(policies):
    decision = policies.decide({"contact.channel": "phone", "contact": {"channel": "chat"}})
    assert _problems(decision) == [("error", "PE403", "contact.channel")]


def test_a_misspelt_fact_is_a_warning_with_its_near_match_and_an_error_when_strict(policies):
    loose = policies.decide({"contact.channel": "phone", "customer.tyer": "gold"})
    assert loose.status == "decided"
    assert "did you mean `customer.type`?" in loose.problems[0].message
    strict = policies.decide({"contact.channel": "phone", "customer.tyer": "gold"}, strict=True)
    assert strict.status == "invalid"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("customer.type", "bargain"),
        ("customer.known", 1),
        ("customer.known", "true"),
        ("contact.previous_contacts", True),
        ("contact.previous_contacts", "3"),
        ("contact.previous_contacts", -1),
        ("queue.wait", "90"),
        ("queue.wait", float("nan")),
        ("contact.at", "2026-12-03T09:12:00"),
        ("customer.needs", ["price", "haste"]),
        ("customer.discount_share", 80),
        ("contact.product", "x" * 81),
    ],
)
def test_a_value_that_is_none_of_its_field_makes_the_context_invalid(policies, field, value):
    decision = policies.decide({"contact.channel": "phone", field: value})
    assert decision.status == "invalid"
    assert _problems(decision) == [("error", "PE404", field)]
    assert decision.problems[0].expected
    assert not decision.outcomes


def test_null_is_absence(policies):
    decision = policies.decide({"contact.channel": "phone", "customer.type": None})
    assert decision.outcomes["treatment"].reason == "default"


def test_a_decided_field_in_a_context_is_refused_unless_the_policy_lets_it_win(overlay):
    tier = """\
policy: urgency
title: Which customers cannot wait
about: contact
decides: customer.urgent
rules:
  - {rule: upset, when: {customer.upset: true}, then: true}
  - otherwise: false
"""
    refused = load(overlay({"house/urgency.yaml": tier}))
    context = {"contact.channel": "phone", "customer.urgent": True}
    assert _problems(refused.decide(context)) == [("error", "PE407", "customer.urgent")]
    wins = load(overlay({"house/urgency.yaml": tier.replace("rules:", "given: wins\nrules:")}))
    decision = wins.decide(context)
    assert decision.status == "decided"
    assert "urgency" not in decision.outcomes


def test_an_impossible_context_says_where_it_is_declared(overlay):
    folder = overlay({})
    path = folder / "vocabulary" / "contact.yaml"
    text = (
        path.read_text("utf-8")
        + "impossible:\n  - {customer.known: false, customer.name: present}\n"
    )
    path.write_text(text, "utf-8")
    policies = load(folder)
    decision = policies.decide({"contact.channel": "phone", "customer.name": "Jo"})
    assert decision.status == "invalid"
    assert "vocabulary/contact.yaml:" in decision.problems[0].message
    known = {"contact.channel": "phone", "customer.name": "Jo", "customer.known": True}
    assert policies.decide(known).status == "decided"


def test_a_fact_is_refused_where_it_cannot_be_known(overlay):
    folder = overlay({})
    path = folder / "vocabulary" / "contact.yaml"
    text = path.read_text("utf-8").replace(
        "order.value: {type: money, unit: EUR, min: 0, optional: true}",
        "order.value: {type: money, unit: EUR, min: 0, optional: true, known_when: {contact.channel: web}}",
    )
    path.write_text(text, "utf-8")
    policies = load(folder)
    assert policies.decide({"contact.channel": "web", "order.value": 5}).status == "decided"
    refused = policies.decide({"contact.channel": "phone", "order.value": 5})
    assert _problems(refused) == [("error", "PE409", "order.value")]
    [problem] = refused.problems
    assert problem.message == (
        "`order.value` is known only where `contact.channel: web`, found `phone` "
        "(vocabulary/contact.yaml:15)"
    )


def test_a_dated_house_fact_needs_a_day_and_as_of_gives_one(overlay):
    from datetime import date

    rules = """\
policy: example
about: contact
decides: customer.tier
rules:
  - {rule: enough, when: {contact.previous_contacts: at least house.gold_from}, then: gold}
  - otherwise: none
"""
    policies = load(overlay({"house/example.yaml": rules}))
    context = {"contact.channel": "phone", "contact.previous_contacts": 45_000}
    assert _problems(policies.decide(context)) == [("error", "PE410", "contact.at")]
    old = policies.decide(context, as_of=date(2026, 12, 31))
    new = policies.decide(context, as_of=date(2027, 1, 1))
    assert (old.facts["customer.tier"], new.facts["customer.tier"]) == ("gold", "none")
    assert old.as_json()["as_of"] == "2026-12-31"
    dated = policies.decide({**context, "contact.at": "2026-12-31T23:59:00+01:00"})
    assert dated.facts["customer.tier"] == "gold"


def test_what_is_no_context_raises_and_a_stream_goes_on(policies):
    with pytest.raises(ContextError):
        policies.decide([1, 2])
    with pytest.raises(ContextError, match="did you mean `contact`"):
        policies.decide({"about": "contct"})
    good = {"contact.channel": "phone"}
    statuses = [one.status for one in policies.decide_many([good, {"about": "contct"}, good])]
    assert statuses == ["decided", "invalid", "decided"]


def test_a_context_has_its_own_id_or_its_number(policies):
    named = policies.decide({"contact.id": "c-7", "contact.channel": "phone"})
    decisions = list(policies.decide_many([{"contact.channel": "phone"}] * 2))
    assert [named.id, *(one.id for one in decisions)] == ["c-7", "1", "2"]


def test_a_stream_may_mix_subjects(policies):
    mixed = [{"contact.channel": "phone"}, {"about": "operation", "queue.wait": 90}]
    assert [one.about for one in policies.decide_many(mixed)] == ["contact", "operation"]


def test_a_loaded_set_and_a_decision_cannot_be_changed(policies):
    decision = policies.decide({"contact.channel": "phone"})
    with pytest.raises(TypeError):
        decision.outcomes["treatment"] = None
    with pytest.raises(TypeError):
        policies.definitions.fields["x.y"] = None
    with pytest.raises(AttributeError):
        decision.id = "other"


def test_a_subject_that_is_null_is_absent(policies):
    assert policies.decide({"about": None, "contact.channel": "phone"}).about == "contact"


def test_a_mapping_where_a_value_belongs_is_a_problem(policies):
    decision = policies.decide({"contact.channel": "phone", "queue.wait": {}})
    assert _problems(decision) == [("error", "PE404", "queue.wait")]


def test_facts_nested_without_end_are_a_problem_and_no_traceback(policies):
    nested = {}
    for _ in range(3000):
        nested = {"x": nested}
    decision = policies.decide({"contact.channel": "phone", "y": nested})
    assert decision.problems[0].code == "PE401"
