"""Versions of a policy: files of one name, each in force on days of its own."""

from datetime import date

import pytest

from policyengine import load
from policyengine.cases import read_suites, run_suites
from policyengine.loading import read_set
from policyengine.report.cases_text import cases_text
from policyengine.report.summary import summarise

FIRST = """\
policy: gifts
kind: segment_treatment
title: Who gets a gift
about: contact
effective: {from: 2026-01-01, through: 2026-12-31}
plans:
  card: {title: A card, directives: {channel: email}}
rules:
  - {rule: gold, when: {customer.tier: gold}, then: card, because: They stay.}
  - otherwise: none
"""
SECOND = """\
policy: gifts
kind: task_allocation
title: Who gets a gift, since we asked them
about: contact
hit: collect
effective: {from: 2027-01-01}
plans:
  call: {title: A call, directives: {channel: phone}}
  card: {title: A card and a word, directives: {skills: [best_price]}}
rules:
  - {rule: gold, when: {customer.tier: gold}, then: [call, card], because: They like to talk.}
  - {rule: in need, when: {chosen.treatment: by-email}, then: card, because: They wait.}
"""
ASKS = """\
policy: follow-up
title: Who is asked how it was
about: contact
decides: customer.urgent
rules:
  - {rule: had a gift, when: {chosen.gifts: has card}, then: true}
  - otherwise: false
"""
GOLD = {"contact.channel": "phone", "customer.tier": "gold", "queue.wait": 5}


@pytest.fixture
def gifts(overlay):
    """Lay the two versions, and a policy that asks what they chose, over the base set."""

    def lay(first=FIRST, second=SECOND, asks=ASKS, **files):
        return overlay(
            {
                "house/urgency.yaml": "",
                "house/gifts-2027.yaml": second,
                "house/gifts.yaml": first,
                "house/follow-up.yaml": asks,
                **files,
            }
        )

    return lay


def _on(policies, day, **more):
    return policies.decide({**GOLD, **more}, as_of=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "plans", "file", "line"),
    [
        ("2026-12-31", ["gifts:card"], "house/gifts.yaml", 9),
        ("2027-01-01", ["gifts:call", "gifts:card"], "house/gifts-2027.yaml", 11),
    ],
)
def test_the_day_chooses_the_version_and_the_answer_names_its_file(gifts, day, plans, file, line):
    decision = _on(load(gifts()), day)
    outcome = decision.outcomes["gifts"]
    assert list(outcome.plans) == plans
    assert [(place.file, place.line) for place in outcome.places] == [(file, line)]
    assert {plan.source.file for plan in decision.plans if plan.policy == "gifts"} == {file}


def test_kind_layer_and_directives_are_those_of_the_version(gifts):
    policies = load(gifts())
    old, new = _on(policies, "2026-06-01"), _on(policies, "2027-06-01")
    assert {plan.kind for plan in old.plans if plan.policy == "gifts"} == {"segment_treatment"}
    assert {plan.layer for plan in new.plans if plan.policy == "gifts"} == {"service"}
    assert "skills" not in old.treatment
    assert new.treatment["skills"].origins == ("gifts:card",)


def test_the_moment_of_the_context_chooses_as_well(gifts):
    policies = load(gifts())
    last = policies.decide({**GOLD, "contact.at": "2026-12-31T22:59:59Z"})
    next_ = policies.decide({**GOLD, "contact.at": "2026-12-31T23:00:00Z"})
    assert last.outcomes["gifts"].plans == ("gifts:card",)
    assert next_.outcomes["gifts"].plans == ("gifts:call", "gifts:card")


def test_before_the_first_version_it_is_not_in_effect_and_missing_for_others(gifts):
    decision = _on(load(gifts()), "2025-12-31")
    assert decision.outcomes["gifts"].reason == "not_in_effect"
    assert decision.outcomes["follow-up"].reason == "default"
    assert list(decision.outcomes).count("gifts") == 1


def test_what_was_chosen_is_a_set_where_one_version_can_choose_several(gifts):
    policies = load(gifts())
    assert policies.definitions.fields["chosen.gifts"].type.kind == "set"
    assert policies.definitions.fields["chosen.gifts"].type.values == ("call", "card")
    for day in ("2026-06-01", "2027-06-01"):
        assert _on(policies, day).facts["customer.urgent"] is True
    assert _on(policies, "2026-06-01", **{"customer.tier": "red"}).facts["customer.urgent"] is False


def test_without_a_day_nobody_can_tell_which_version(gifts):
    decision = load(gifts()).decide(GOLD)
    assert decision.status == "invalid"
    assert decision.problems[0].message == (
        "the policy `gifts` depends on the day: give the time, or `--as-of`"
    )


def test_versions_that_ask_in_turn_are_no_circle_on_any_day(gifts):
    first = FIRST.replace("customer.tier: gold", "customer.urgent: true")
    asks = ASKS.replace("about: contact\n", "about: contact\neffective: {from: 2027-01-01}\n")
    policies = load(gifts(first=first, asks=asks))
    assert _on(policies, "2027-06-01").facts["customer.urgent"] is True
    assert _on(policies, "2026-06-01").outcomes["gifts"].reason == "default"


def test_a_circle_on_one_day_is_one_though_other_versions_are_none(gifts):
    second = SECOND.replace("chosen.treatment: by-email", "customer.urgent: true")
    [finding] = read_set(gifts(second=second))[1]
    assert finding.code.id == "PE272"
    assert finding.message == "policies ask each other: `follow-up` → `gifts` → `follow-up`"


DECIDES = """\
policy: {name}
about: contact
effective: {{{days}}}
decides: {field}
rules:
  - otherwise: {value}
"""


def test_versions_may_decide_different_fields(overlay):
    first = DECIDES.format(name="p", days="through: 2026-12-31", field="customer.tier", value="red")
    second = DECIDES.format(
        name="p", days="from: 2027-01-01", field="customer.type", value="value_driven"
    )
    files = {"house/one.yaml": first, "house/two.yaml": second}
    policies = load(overlay(files))
    facts = {"contact.channel": "phone", "queue.wait": 5}
    old = policies.decide(facts, as_of=date(2026, 5, 1))
    new = policies.decide(facts, as_of=date(2027, 5, 1))
    assert old.facts["customer.tier"] == "red"
    assert new.outcomes["treatment"].plans == ("treatment:by-email",)
    assert "customer.tier" not in new.facts
    assert old.outcomes["treatment"].plans == ("treatment:by-phone",)


def test_two_policies_that_decide_one_field_are_still_two(overlay):
    first = DECIDES.format(name="p", days="through: 2026-12-31", field="customer.tier", value="red")
    files = {"house/one.yaml": first, "house/two.yaml": first.replace("p\n", "q\n", 1)}
    assert [one.code.id for one in read_set(overlay(files))[1]] == ["PE270"]


@pytest.mark.parametrize(
    ("first", "second", "said", "places"),
    [
        (
            "effective: {from: 2026-01-01}\n",
            "effective: {from: 2027-01-01}\n",
            ("PE225", "two versions of `gifts` are in force on the same day"),
            ["house/gifts-2027.yaml:6", "house/gifts.yaml:5"],
        ),
        (
            "",
            "effective: {from: 2027-01-01}\n",
            ("PE225", "two versions of `gifts` are in force on the same day"),
            ["house/gifts-2027.yaml:6", "house/gifts.yaml:1"],
        ),
        (
            "",
            "",
            ("PE215", "two policies are called `gifts`"),
            ["house/gifts.yaml:1", "house/gifts-2027.yaml:1"],
        ),
    ],
)
def test_an_overlap_is_told_with_both_places(gifts, first, second, said, places):
    one = FIRST.replace("effective: {from: 2026-01-01, through: 2026-12-31}\n", first)
    two = SECOND.replace("effective: {from: 2027-01-01}\n", second)
    [finding] = read_set(gifts(first=one, second=two))[1]
    assert (finding.code.id, finding.message) == said
    spans = [finding.span, *(also.span for also in finding.related)]
    assert [f"{span.file}:{span.line}" for span in spans] == places


def test_versions_are_about_one_subject(overlay):
    days = "effective: {from: 2027-01-01}\n"
    kind = "kind: task_allocation\n"
    plans = "plans: {card: {title: A card}}\nrules:\n  - otherwise: card\n"
    first = f"policy: gifts\n{kind}about: contact\neffective: {{through: 2026-12-31}}\n{plans}"
    second = f"policy: gifts\n{kind}about: operation\n{days}{plans}"
    [finding] = read_set(overlay({"house/one.yaml": first, "house/two.yaml": second}))[1]
    assert finding.message == (
        "`gifts` is about `operation` here, and about `contact` in its first version"
    )


SUITE = """\
suite: gifts
about: contact
policy: gifts
given: {customer.tier: gold}
cases:
  - case: a card
    on: 2026-05-01
    expect: {plans: {gifts: card}, rules: {gifts: gold}}
  - case: a call
    given: {customer.type: service_oriented}
    on: 2027-05-01
    expect: {plans: {gifts: [call, card]}, facts: {chosen.gifts: [call, card]}}
"""


def test_suites_choose_a_version_by_their_day_and_each_version_is_counted(gifts):
    policies = load(gifts(**{"house/gifts_test.yaml": SUITE}))
    suites, findings = read_suites(policies)
    assert [str(one) for one in findings] == []
    report = run_suites(policies, suites)
    assert report.failures == ()
    counted = {one.policy: one for one in report.coverage.policies if "gifts" in one.policy}
    assert list(counted) == ["gifts from 2026-01-01", "gifts from 2027-01-01"]
    assert [one.cases for one in counted.values()] == [1, 1]
    assert [one.rules_chosen for one in counted.values()] == [1, 1]
    assert [one.plans_chosen for one in counted.values()] == [1, 2]
    assert "gifts from 2027-01-01" in cases_text(report, root="", colour=False)


def test_a_failing_case_shows_the_rules_of_its_version(gifts):
    suite = SUITE.replace("gifts: [call, card]}, facts", "gifts: call}, facts")
    policies = load(gifts(**{"house/gifts_test.yaml": suite}))
    report = run_suites(policies, read_suites(policies)[0])
    files = {trace.span.file for failure in report.failures for trace in failure.trace}
    assert files == {"house/gifts-2027.yaml"}


def test_the_numbers_of_many_decisions_join_the_versions(gifts):
    policies = load(gifts())
    decisions = [_on(policies, "2026-06-01"), _on(policies, "2027-06-01")]
    outcome = summarise(policies.definitions, decisions).as_json()["outcomes"]["gifts"]
    assert outcome["plans"] == {"card": 2, "call": 1}
    assert outcome["rules"] == {"gold": 2, "in need": 0}
