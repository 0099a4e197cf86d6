"""How a measure stands, which rules are tried in its standing, and what others may ask of it."""

from decimal import localcontext

import pytest

from policyengine import load

TOUCHPOINT = """\
vocabulary: touchpoint
subject: {id: touchpoint.name, at: touchpoint.month}
fields:
  touchpoint.name: {type: text, optional: true}
  touchpoint.month: {type: date, optional: true}
  touchpoint.channel: {type: choice, values: [phone, email]}
  touchpoint.size: {type: choice, values: [small, large], optional: true}
  reply.time: {type: duration, unit: h, min: 0, optional: true}
  reply.count: {type: integer, min: 0, optional: true}
  reply.solved: {type: share}
  touchpoint.verdict: {type: choice, values: [bad, good, nobody_knows], optional: true}
directives:
  check_every: {type: duration, unit: h, combine: min}
"""
REPLY = """\
policy: reply-time
kind: task_allocation
title: Time to answer an e-mail
about: touchpoint
measure: {field: reply.time, better: lower, target: 3 h, acceptable: 5 h, n: reply.count, at_least: 30}
applies: {touchpoint.channel: email}
plans:
  check-often: {title: Look every two hours, directives: {check_every: 2 h}}
  staff-the-peak: {title: More people in the busy hours}
  look-closer: {title: See what is slow}
  count: {title: Begin to count}
on_breach:
  - {rule: small firm, when: {touchpoint.size: small}, then: check-often, because: Everyone answers.}
  - {otherwise: staff-the-peak, because: The roster does not follow the calls.}
on_off_target:
  - {rule: large firm, when: {touchpoint.size: large}, then: look-closer, because: There is time.}
on_unknown:
  - {otherwise: count, because: What nobody counts nobody betters.}
"""
SOLVED = """\
policy: solved-at-once
kind: task_allocation
title: Questions that are solved at once
about: touchpoint
measure: {field: reply.solved, better: higher, target: 80%, acceptable: house.least_solved}
plans:
  train: {title: Train those who answer}
on_breach:
  - otherwise: train
"""
VERDICT = """\
policy: verdict
title: How good the touchpoint is
about: touchpoint
decides: touchpoint.verdict
rules:
  - {rule: bad, when: {standing.reply-time: off_target or breach}, then: bad}
  - {rule: unknown, when: {standing.reply-time: unknown or missing}, then: nobody_knows}
  - otherwise: good
"""
FIRST_DATES = """\
  least_solved:
    type: share
    dated:
      - {value: 60%, through: 2026-12-31}
      - {value: 70%, from: 2027-01-01}
"""
EMAIL = {"touchpoint.channel": "email", "reply.count": 400, "reply.solved": 0.85}


@pytest.fixture
def decide(overlay):
    """Decide a touchpoint under the measures above."""
    base = (overlay({}) / "policyset.yaml").read_text("utf-8")
    folder = overlay(
        {
            "policyset.yaml": base + FIRST_DATES,
            "vocabulary/touchpoint.yaml": TOUCHPOINT,
            "house/reply.yaml": REPLY,
            "house/solved.yaml": SOLVED,
            "house/verdict.yaml": VERDICT,
        }
    )
    policies = load(folder)

    def decided(**facts):
        named = {name.replace("_", ".", 1): value for name, value in facts.items()}
        at = {"touchpoint.month": "2026-11-01"}
        return policies.decide({**at, **EMAIL, **named}, about="touchpoint")

    return decided


@pytest.mark.row("D10")
@pytest.mark.parametrize(
    ("facts", "standing", "amount"),
    [
        ({"reply_time": 6}, "breach", 3 * 3600),
        ({"reply_time": 5}, "off_target", 2 * 3600),
        ({"reply_time": 4}, "off_target", 3600),
        ({"reply_time": 3}, "on_target", 0),
        ({"reply_time": 2.9}, "on_target", -360),
        ({}, "unknown", None),
        ({"reply_time": 6, "reply_count": 29}, "unknown", 3 * 3600),
        ({"reply_time": 6, "reply_count": 30}, "breach", 3 * 3600),
        ({"reply_time": 6, "reply_count": None}, "unknown", 3 * 3600),
    ],
)
def test_lower_is_better_and_equal_counts_as_reached(decide, facts, standing, amount):
    decision = decide(**facts)
    assert decision.facts["standing.reply-time"] == standing
    gap = decision.outcomes["reply-time"].measured.gap
    assert (None if gap is None else gap.amount) == amount


@pytest.mark.parametrize(
    ("solved", "standing"),
    [
        (0.8, "on_target"),
        (0.9, "on_target"),
        (0.7, "off_target"),
        (0.6, "off_target"),
        (0.59, "breach"),
    ],
)
def test_higher_is_better_is_the_mirror(decide, solved, standing):
    assert decide(reply_solved=solved).facts["standing.solved-at-once"] == standing


def test_a_level_of_the_house_is_that_of_the_day(decide):
    later = decide(reply_solved=0.65, touchpoint_month="2027-01-01")
    assert later.facts["standing.solved-at-once"] == "breach"
    assert decide(reply_solved=0.65).facts["standing.solved-at-once"] == "off_target"


def test_a_measured_field_that_should_be_given_and_is_not_makes_it_unknown(decide):
    decision = decide(reply_solved=None)
    assert decision.facts["standing.solved-at-once"] == "unknown"
    assert decision.outcomes["solved-at-once"].reason == "no_match"
    assert decision.outcomes["solved-at-once"].missing == ("reply.solved",)


@pytest.mark.row("D23")
@pytest.mark.parametrize(
    ("facts", "reason", "plans"),
    [
        ({"reply_time": 6, "touchpoint_size": "small"}, "matched", ["check-often"]),
        ({"reply_time": 6, "touchpoint_size": "large"}, "default", ["staff-the-peak"]),
        ({"reply_time": 4, "touchpoint_size": "large"}, "matched", ["look-closer"]),
        ({"reply_time": 4, "touchpoint_size": "small"}, "no_match", []),
        ({"reply_time": 3, "touchpoint_size": "small"}, "no_match", []),
        ({"touchpoint_size": "small"}, "default", ["count"]),
    ],
)
def test_rules_are_tried_in_their_standing_only(decide, facts, reason, plans):
    decision = decide(**facts)
    outcome = decision.outcomes["reply-time"]
    assert outcome.reason == reason
    assert list(outcome.plans) == [f"reply-time:{name}" for name in plans]


def test_the_line_of_the_otherwise_of_its_standing_is_told(decide):
    [plan] = [one for one in decide(reply_time=6).plans if one.policy == "reply-time"]
    assert plan.because == "The roster does not follow the calls."
    assert decide(reply_time=6).outcomes["reply-time"].places[0].line == 14


def test_other_policies_ask_the_standing(decide):
    assert decide(reply_time=6).facts["touchpoint.verdict"] == "bad"
    assert decide(reply_time=2).facts["touchpoint.verdict"] == "good"
    assert decide().facts["touchpoint.verdict"] == "nobody_knows"


def test_there_is_no_standing_where_the_policy_does_not_apply(decide):
    decision = decide(reply_time=6, touchpoint_channel="phone")
    assert decision.outcomes["reply-time"].reason == "not_applicable"
    assert decision.outcomes["reply-time"].measured is None
    assert decision.facts["standing.reply-time"] is None
    assert decision.facts["touchpoint.verdict"] == "nobody_knows"


def test_where_nobody_can_tell_whether_it_applies_the_standing_is_open(decide):
    decision = decide(reply_time=6, touchpoint_channel=None)
    assert decision.outcomes["reply-time"].reason == "missing_data"
    assert decision.outcomes["verdict"].reason == "missing_data"
    assert decision.outcomes["verdict"].missing == ("standing.reply-time",)


def test_the_facts_that_would_make_the_figure_count_are_named(decide):
    assert decide(reply_count=None).outcomes["reply-time"].missing == ("reply.time", "reply.count")
    assert decide(reply_time=6, reply_count=None).outcomes["reply-time"].missing[0] == "reply.count"
    assert decide(reply_count=12).outcomes["reply-time"].missing == ()


def test_the_figures_stand_in_the_answer_in_the_unit_of_the_field(decide):
    shown = decide(reply_time=6).as_json()["outcomes"]["reply-time"]["measure"]
    assert shown == {
        "field": "reply.time",
        "standing": "breach",
        "value": 6,
        "target": 3,
        "acceptable": 5,
        "n": 400,
        "gap": {"amount": 3, "share": 1},
    }


def test_the_gap_does_not_hang_on_the_precision_of_the_caller(decide):
    with localcontext(prec=2):
        gap = decide(reply_time=4).outcomes["reply-time"].measured.gap
    assert str(gap.share).startswith("0.33333333333333")
