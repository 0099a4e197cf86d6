"""Policies about the policies: every plan is decided, and the set once."""

import json
from datetime import date
from decimal import Decimal

import pytest

from policyengine import ContextError, load
from policyengine.analysis import check, extent
from policyengine.cases import read_suites, run_suites
from policyengine.loading import read_set
from policyengine.report.findings_text import findings_json

PLAN = """\
vocabulary: plan
fields:
  plan.details.objective: {type: choice, values: [churn, loyalty]}
  plan.details.handling: {type: duration, unit: min}
  plan.details.cost.once: {type: money, unit: EUR}
  plan.measure.target: {type: share}
  plan.wait_and_handling: {type: duration, unit: min, computed: {sum: [plan.directives.max_wait, plan.details.handling]}}
"""
CARE = """\
policy: care
kind: task_allocation
title: How people are cared for
about: contact
owner: customer-care
effective: {from: 2026-01-01}
details: {objective: loyalty}
plans:
  quick:
    title: At once
    owner: planning
    review_by: 2026-06-30
    due: 2 weeks
    directives: {max_wait: 1 min, skills: [best_price], say: Hello}
    details: {handling: 4 min, cost: {once: 30 EUR}}
  usual:
    title: As usual
    effective: {through: 2026-12-31}
    directives: {max_wait: {fact: contact.promised_wait, else: 3 min}}
    details: {objective: churn}
rules:
  - {rule: gold, when: {customer.tier: gold}, then: quick}
  - {rule: rich, when: {order.value: over 100 EUR}, unless: {customer.known: true}, then: quick}
  - otherwise: usual
"""


def _about(when, *, about="plan", say="it is so", head="", severity="warning", then=""):
    return f"""\
policy: about
title: What is asked here
about: {about}
{head}plans:
  so: {{severity: {severity}, say: "{say}"{then}}}
rules:
  - {{rule: asks, when: {{{when}}}, then: so, because: Somebody asked.}}
"""


@pytest.fixture
def found(overlay):
    """Return what a policy that asks *when* finds, where it stands."""

    def find(when, *, files=(), as_of=None, **options):
        laid = {
            "vocabulary/plan.yaml": PLAN,
            "house/care.yaml": CARE,
            "house/about.yaml": _about(when, **options),
            **dict(files),
        }
        return check(load(overlay(laid)), as_of=as_of)

    return find


def _plans(findings):
    return [finding.plan or finding.policy for finding in findings]


@pytest.mark.parametrize(
    ("when", "plans"),
    [
        ('plan.id: "care:quick"', ["care:quick"]),
        ("plan.policy: care", ["care"]),
        ("plan.kind: task_allocation", ["care"]),
        ("plan.layer: type", ["treatment"]),
        ("plan.owner: planning", ["care:quick"]),
        ("plan.policy: care, plan.owner: customer-care", ["care:usual"]),
        ("plan.alternate: present", []),
        ("plan.due: at most 2 weeks", ["care:quick"]),
        ("plan.review_by: under 2026-07-01", ["care:quick"]),
        ("plan.mandated: true", []),
        ("plan.directives.max_wait: under 2 min", ["care:quick"]),
        ("plan.directives.skills: has best_price", ["care:quick"]),
        ("plan.directives.say: Hello", ["care:quick"]),
        ("plan.directives.channel: email or phone", ["treatment:by-email", "treatment:by-phone"]),
        ("plan.details.objective: churn", ["care:usual"]),
        ("plan.details.objective: loyalty", ["care:quick"]),
        ("plan.details.cost.once: at least 30 EUR", ["care:quick"]),
        ("plan.wait_and_handling: over 4 min", ["care:quick"]),
        ("plan.policy: care, plan.asks: has customer.tier", ["care:quick"]),
        ("plan.policy: care, plan.asks: has customer.known and order.value", ["care:quick"]),
        ("plan.policy: care, plan.asks: has contact.promised_wait", ["care:usual"]),
        ("plan.policy: care, plan.asks: empty", []),
        ("house.regular_from: 6, plan.policy: care", ["care"]),
        ("house.regular_from: 7, plan.policy: care", []),
    ],
)
def test_a_rule_asks_what_the_files_say_of_a_plan(found, when, plans):
    said = [one for one in found(when) if one.code.id == "PE390"]
    assert sorted(_plans(said)) == plans


def test_a_finding_shows_the_plan_and_the_rule_that_found_it(found):
    (one,) = found("plan.asks: has customer.tier", severity="error")
    assert (one.severity, one.check, one.policy, one.plan) == (
        "error",
        "policies",
        "care",
        "care:quick",
    )
    assert (one.span.file, one.span.text) == ("house/care.yaml", "quick")
    assert [(also.span.file, also.span.line, also.message) for also in one.related] == [
        ("house/about.yaml", 7, "the rule `asks`: Somebody asked"),
        ("house/care.yaml", 22, "`customer.tier` is asked here"),
    ]
    (shown,) = findings_json([one])
    assert shown["plan"] == "care:quick"
    assert json.dumps(shown["context"])


def test_what_holds_for_all_plans_of_a_policy_and_could_stand_in_its_head_is_said_once(found):
    once = found("plan.kind: segment_treatment, plan.details.objective: missing")
    assert _plans(once) == ["treatment"]
    assert once[0].span.text == "treatment"
    each = found("plan.kind: segment_treatment, plan.details.objective: missing", say="{plan.id}")
    assert [one.message for one in each] == ["treatment:by-email", "treatment:by-phone"]


def test_a_plan_that_is_not_in_force_on_the_day_is_not_judged(found):
    when = "plan.policy: care, plan.id: present"
    assert _plans(found(when)) == ["care:quick", "care:usual"]
    assert _plans(found(when, as_of=date(2027, 1, 1))) == ["care:quick"]
    assert _plans(found(when, as_of=date(2025, 12, 31))) == []


def test_dates_are_compared_only_with_a_day(found, overlay):
    when = "plan.review_by: under plan.as_of"
    assert found(when) == ()
    assert _plans(found(when, as_of=date(2026, 6, 30))) == []
    assert _plans(found(when, as_of=date(2026, 7, 1))) == ["care:quick"]
    policies = load(overlay({"house/about.yaml": _about(when)}))
    assert extent(policies).undated == ("the rule `asks` of `about`",)
    assert extent(policies, as_of=date(2026, 7, 1)).undated == ()


@pytest.mark.row("D25")
def test_a_metric_past_its_review_date_is_named_once(found):
    reviewed = """\
policy: bought
kind: task_allocation
title: What is bought
about: contact
measure: {field: order.value, better: higher, target: 50 EUR, acceptable: 40 EUR, review_by: 2027-01-31}
plans:
  look: {title: Look what they have in common}
  ask: {title: Ask them}
on_breach: [{rule: asked, when: {customer.known: true}, then: ask}, {otherwise: look}]
"""
    when = "plan.measure.review_by: under plan.as_of"
    say = "to be reviewed by {plan.measure.review_by}"
    files = {"house/bought.yaml": reviewed}.items()
    (one,) = found(when, say=say, files=files, as_of=date(2027, 2, 1))
    assert str(one) == "house/bought.yaml:1:9: warning: to be reviewed by 2027-01-31 [PE390]"
    assert found(when, say=say, files=files, as_of=date(2027, 1, 31)) == ()


@pytest.mark.parametrize(
    ("when", "head", "then", "undated"),
    [
        ("house.gold_from: over 1", "", "", "the rule `asks` of `about`"),
        ("plan.kind: present", "effective: {from: 2027-01-01}\n", "", "the policy `about`"),
        ("plan.kind: present", "", ", effective: {from: 2027-01-01}", "the rule `asks` of `about`"),
        ("house.regular_from: over 1", "", "", None),
    ],
)
def test_what_depends_on_the_day_is_named_where_there_is_none(overlay, when, head, then, undated):
    policies = load(overlay({"house/about.yaml": _about(when, head=head, then=then)}))
    assert extent(policies).undated == (() if undated is None else (undated,))
    assert extent(policies).plans == 2


def test_only_what_can_hold_under_the_facts_of_the_house_asks(found):
    when = "plan.policy: care, plan.asks: has customer.tier"
    guarded = CARE.replace("effective: {from", "applies: {house.regular_from: 7}\neffective: {from")
    assert found(when, files={"house/care.yaml": guarded}.items()) == ()
    rule = CARE.replace("{customer.tier: gold}", "{customer.tier: gold, house.regular_from: 7}")
    assert found(when, files={"house/care.yaml": rule}.items()) == ()
    dated = CARE.replace("customer.tier: gold", "customer.tier: gold, house.gold_from: 40000")
    files = {"house/care.yaml": dated}.items()
    assert _plans(found(when, files=files)) == ["care:quick"]
    assert found(when, files=files, as_of=date(2027, 1, 1)) == ()


def test_the_target_of_a_measure_of_another_type_is_not_missing_and_cannot_be_compared(found):
    measured = """\
policy: bought
kind: task_allocation
title: What is bought
about: contact
measure: {field: %s, better: higher, target: %s, acceptable: %s}
plans: {look: {title: Look what they have in common}}
on_breach: [{otherwise: look}]
"""
    share = {"house/bought.yaml": measured % ("customer.discount_share", "50%", "40%")}.items()
    money = {"house/bought.yaml": measured % ("order.value", "50 EUR", "40 EUR")}.items()
    at_least = "plan.policy: bought, plan.measure.target: at least 50%"
    assert [one.code.id for one in found(at_least, files=share)] == ["PE390"]
    assert [one.code.id for one in found(at_least, files=money)] == ["PE391"]
    missing = "plan.policy: bought, plan.measure.target: missing"
    assert found(missing, files=money) == ()
    assert _plans(found("plan.measure.better: higher", files=money)) == ["bought"]


def test_one_rule_that_cannot_be_told_takes_nothing_from_the_others(overlay):
    several = _about("plan.directives.max_wait: over 1 h", head="hit: collect\n")
    several = several.replace("rules:", "  sure: {severity: info, say: that is sure}\nrules:")
    several += "  - {rule: sure, when: {plan.id: present}, then: sure}\n"
    folder = overlay(
        {"vocabulary/plan.yaml": PLAN, "house/care.yaml": CARE, "house/about.yaml": several}
    )
    of_usual = [one for one in check(load(folder)) if one.plan == "care:usual"]
    assert [one.code.id for one in of_usual] == ["PE390", "PE391"]
    assert of_usual[1].message == (
        "`about` cannot judge `care:usual` without `plan.directives.max_wait`"
    )


@pytest.mark.parametrize(
    ("when", "is_said"),
    [
        ("set.kinds: has task_allocation and segment_treatment", True),
        ("set.policies: has care and treatment and urgency", True),
        ("set.metrics: empty", True),
        ("set.asked: has customer.tier and customer.upset", True),
        ("set.asked: has contact.spoken or order.weight", False),
        ("set.asked: has neither contact.spoken nor order.weight", True),
        ("set.decided: has customer.urgent", True),
        ("set.listed.desks: has care and orders and returns", True),
        ("set.as_of: present", False),
    ],
)
def test_a_rule_asks_what_the_files_say_of_the_whole_set(found, when, is_said):
    findings = found(when, about="set")
    assert [one.code.id for one in findings] == (["PE390"] if is_said else [])
    for one in findings:
        assert (one.span.file, one.span.text, one.plan) == ("policyset.yaml", "base", None)


def test_the_summary_counts_what_was_decided(overlay):
    files = {"house/about.yaml": _about("set.kinds: empty", about="set")}
    policies = load(overlay(files))
    assert (extent(policies).plans, extent(policies).whole, extent(policies).listed) == (0, True, 3)


def test_the_finding_speaks_the_first_language_of_the_set(overlay):
    text = _about("plan.policy: treatment").replace(
        '"it is so"', "{nl: het is zo, en: 'so is {plan.policy}, with {plan.due}'}"
    )
    said = check(load(overlay({"house/about.yaml": text})))
    assert [one.message for one in said] == ["so is treatment, with missing"] * 2


def test_contexts_are_never_about_plans(overlay):
    policies = load(overlay({"house/about.yaml": _about("plan.id: present")}))
    with pytest.raises(ContextError, match="`plan` is no subject of contexts"):
        policies.decide({"about": "plan", "plan.id": "a:b"})
    assert policies.decide({"contact.channel": "phone", "queue.wait": 1}).status == "decided"
    assert "about" not in policies.decide({"contact.channel": "phone"}).outcomes


def test_a_suite_tests_a_policy_about_plans(overlay):
    suite = """\
suite: what is asked
about: plan
cases:
  - case: too slow
    given: {plan.id: "x:y", plan.kind: segment_treatment, plan.directives.max_wait: 9 min}
    expect: {plans: {about: so}}
  - case: quick
    given: {plan.id: "x:y", plan.kind: segment_treatment, plan.directives.max_wait: 1 min}
    expect: {plans: {about: none}}
"""
    about = _about("plan.kind: segment_treatment, plan.directives.max_wait: over 5 min")
    policies = load(overlay({"house/about.yaml": about, "house/about_test.yaml": suite}))
    suites, findings = read_suites(policies)
    assert findings == ()
    report = run_suites(policies, suites)
    assert (report.passed, report.failures) == (2, ())


def test_a_detail_of_a_wrong_type_is_said_once_at_its_place(overlay):
    files = {
        "vocabulary/plan.yaml": PLAN,
        "house/care.yaml": CARE.replace("4 min", "4 kilos").replace(
            "{once: 30 EUR}", "{once: 30 EUR}"
        ),
    }
    found = [str(finding) for finding in read_set(overlay(files))[1]]
    message = "expected a duration in ms, s, min, h, d or week, found `4 kilos`"
    assert found == [f"house/care.yaml:15:25: error: {message} [PE250]"]
    files["house/care.yaml"] = CARE.replace("handling: 4 min", "handling: {once: 4 min}")
    (found,) = read_set(overlay(files))[1]
    assert found.message == "`plan.details.handling` is a duration such as `2 min`, found a mapping"


def test_facts_of_details_are_read_exactly(overlay):
    policies = load(overlay({"vocabulary/plan.yaml": PLAN, "house/care.yaml": CARE}))
    care = policies.definitions.policy("care")
    assert dict(care.details) == {"plan.details.objective": "loyalty"}
    assert dict(care.plans["quick"].details) == {
        "plan.details.handling": Decimal(240),
        "plan.details.cost.once": Decimal(30),
    }
