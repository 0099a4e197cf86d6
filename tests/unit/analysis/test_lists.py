"""Every policy about the subjects of a list answers for each row."""

from datetime import date

from policyengine import load
from policyengine.analysis import check, extent

LEADS = """\
policy: leads
about: desk
decides: desk.lead
{head}rules:
{rules}
"""


def _policy(*rules, head=""):
    return LEADS.format(head=head, rules="\n".join(f"  - {rule}" for rule in rules))


def _found(overlay, *, as_of=None, **policies):
    files = {f"house/{name}.yaml": text for name, text in policies.items()}
    loaded = load(overlay(files))
    return [str(finding) for finding in check(loaded, as_of=as_of)]


def test_a_list_that_no_policy_is_about_is_only_a_table(overlay):
    assert _found(overlay) == []


def test_deciding_nothing_on_purpose_is_an_answer(overlay):
    leads = _policy("{rule: care, when: {desk.name: care}, then: anna}", "otherwise: missing")
    assert _found(overlay, leads=leads) == []


def test_a_row_without_a_rule_is_a_gap_and_proves_it(overlay):
    leads = _policy("{rule: large, when: {desk.people: at least 5}, then: anna}")
    policies = load(overlay({"house/leads.yaml": leads}))
    first, second = check(policies)
    assert str(first) == (
        "registers/desks.yaml:6:6: error: no rule of `leads` holds for desk `orders` [PE380]"
    )
    assert (first.check, first.policy) == ("lists", "leads")
    assert second.context == {"desk.name": "returns"}
    decision = policies.decide({"about": "desk", **first.context})
    assert decision.outcomes["leads"].reason == "no_match"


def test_two_owners_of_one_row_are_named(overlay):
    rules = ("{rule: a, then: anna}", "{rule: b, when: {desk.name: orders}, then: ben}")
    (found,) = _found(overlay, leads=_policy(*rules, head="hit: unique\n"))
    assert found == (
        "registers/desks.yaml:6:6: error: `a` and `b` of `leads` hold for desk `orders`, "
        "and only one may [PE381]"
    )


def test_it_is_enough_that_one_policy_applies(overlay):
    some = _policy("{rule: any, then: anna}", head="applies: {desk.name: care}\n")
    others = some.replace("policy: leads", "policy: others").replace("desk.lead", "desk.deputy")
    others = others.replace("desk.name: care", "desk.name: not care")
    vocabulary = "vocabulary/desk.yaml"
    base = (overlay({}) / vocabulary).read_text(encoding="utf-8")
    deputy = base.replace("impossible:", "  desk.deputy: {type: text, optional: true}\nimpossible:")
    folder = overlay({vocabulary: deputy, "house/leads.yaml": some})
    assert len(check(load(folder))) == 2
    (folder / "house" / "others.yaml").write_text(others, encoding="utf-8")
    assert check(load(folder)) == ()


def test_what_depends_on_a_day_is_asked_only_with_one(overlay):
    rule = "{rule: care, effective: {from: 2027-01-01}, when: {desk.name: care}, then: anna}"
    leads = _policy(rule, "{rule: rest, when: {desk.name: not care}, then: ben}")
    assert _found(overlay, leads=leads) == []
    policies = load(overlay({"house/leads.yaml": leads}))
    assert extent(policies).listed == 0
    assert extent(policies).undated == ("the list `desks`",)
    day = date(2026, 12, 31)
    assert extent(policies, as_of=day).listed == 3
    assert [finding.message for finding in check(policies, as_of=day)] == [
        "no rule of `leads` holds for desk `care`"
    ]
    assert check(policies, as_of=date(2027, 1, 1)) == ()


def test_a_required_fact_that_a_row_does_not_give_is_no_gap(overlay):
    vocabulary = "vocabulary/desk.yaml"
    base = (overlay({}) / vocabulary).read_text(encoding="utf-8")
    needs = base.replace("impossible:", "  desk.calls: {type: integer}\nimpossible:")
    leads = _policy("{rule: busy, when: {desk.calls: over 100}, then: anna}")
    assert check(load(overlay({vocabulary: needs, "house/leads.yaml": leads}))) == ()


def test_what_a_policy_says_of_a_row_is_as_grave_as_the_policy_says(overlay):
    says = """\
policy: size
kind: task_allocation
about: desk
hit: collect
plans:
  large:
    title: A large desk
    severity: info
    say: {nl: "{desk.name} heeft {desk.people} mensen", en: "{desk.name} has {desk.people} people"}
  unled: {title: Nobody leads it, severity: warning}
  quiet: {title: Nothing is wrong}
rules:
  - {rule: many, when: {desk.people: at least 5}, then: large, because: They fill a room.}
  - {rule: any, when: {desk.lead: missing}, then: unled}
  - {rule: always, then: quiet}
"""
    leads = _policy("{rule: care, when: {desk.name: care}, then: anna}", "otherwise: missing")
    policies = load(overlay({"house/size.yaml": says, "house/leads.yaml": leads}))
    found = check(policies)
    assert [(one.severity, one.message, one.span.line) for one in found] == [
        ("info", "care has 9 people", 5),
        ("warning", "Nobody leads it", 6),
        ("warning", "Nobody leads it", 7),
    ]
    assert found[0].related[0].message == "the rule `many`: They fill a room"
    assert {one.code.id for one in found} == {"PE390"}


def test_a_subject_that_nobody_measures_is_named_and_a_figure_on_target_is_no_gap(overlay):
    returned = """\
policy: returned
kind: task_allocation
title: How many parcels come back
about: desk
applies: {desk.name: not care}
measure: {field: desk.returned, better: lower, target: 5%, acceptable: 8%}
plans: {ask-why: {title: Ask what was wrong}}
on_breach:
  - otherwise: ask-why
"""
    vocabulary = "vocabulary/desk.yaml"
    base = (overlay({}) / vocabulary).read_text(encoding="utf-8")
    share = base.replace("impossible:", "  desk.returned: {type: share}\nimpossible:")
    leads = _policy("{rule: any, then: anna}")
    files = {vocabulary: share, "house/returned.yaml": returned, "house/leads.yaml": leads}
    assert [finding.message for finding in check(load(overlay(files)))] == [
        "no measure applies to desk `care`"
    ]
