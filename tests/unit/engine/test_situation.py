"""What is known while a context is decided: defaults, computed fields, what nobody can tell."""

import decimal

import pytest

from policyengine import load

VOCABULARY = """\
vocabulary: example
subject: {{sees: [contact]}}
fields:
{fields}
  example.answer: {{type: text, optional: true}}
"""
POLICY = """\
policy: example
about: example
decides: example.answer
rules:
  - {{rule: it, when: {{{when}}}, then: it}}
  - otherwise: other
"""


@pytest.fixture
def answered(overlay):
    """Decide a policy that asks *when* over a vocabulary with *fields*."""

    def decide(fields, when, context=None, **options):
        lines = "\n".join(f"  {line}" for line in fields)
        files = {
            "vocabulary/example.yaml": VOCABULARY.format(fields=lines),
            "house/ask.yaml": POLICY.format(when=when),
        }
        policies = load(overlay(files))
        return policies.decide({"about": "example", **(context or {})}, **options)

    return decide


def test_a_default_is_taken_whatever_asks_for_it_first(answered):
    fields = [
        "a.first: {type: integer, optional: true, known_when: {z.last: true}}",
        "z.last: {type: boolean, default: true}",
    ]
    assert answered(fields, "z.last: true").outcomes["example"].reason == "matched"


def test_a_refusal_that_nobody_can_tell_leaves_the_policy_undecided(answered):
    fields = [
        "x.part: {type: integer, default: 1}",
        "x.whole: {type: integer, min: 0}",
        "x.ratio: {type: number, computed: {ratio: [x.part, x.whole]}}",
    ]
    when = "x.ratio.refused: division_by_zero"
    assert answered(fields, when).outcomes["example"].reason == "missing_data"
    refused = answered(fields, when, {"x.whole": 0})
    assert refused.outcomes["example"].reason == "matched"
    assert refused.facts["x.ratio.refused"] == "division_by_zero"
    assert answered(fields, when, {"x.whole": 2}).outcomes["example"].reason == "default"


def test_a_dated_fact_behind_a_computed_one_needs_a_day(answered):
    fields = ["x.gap: {type: integer, computed: {difference: [house.gold_from, 1]}}"]
    decision = answered(fields, "x.gap: over 3")
    assert [problem.code for problem in decision.problems] == ["PE410"]


def test_the_zone_of_a_field_counts_for_its_days(answered):
    fields = [
        "x.at: {type: datetime, zone: Pacific/Auckland}",
        "x.day: {type: date, computed: {date_of: x.at}}",
    ]
    decision = answered(fields, "x.day: 2026-12-02", {"x.at": "2026-12-01T23:30:00+01:00"})
    assert decision.outcomes["example"].reason == "matched"


def test_the_precision_of_the_callers_thread_changes_nothing(answered):
    fields = [
        "x.one: {type: money, unit: EUR}",
        "x.two: {type: money, unit: EUR}",
        "x.sum: {type: money, unit: EUR, computed: {sum: [x.one, x.two]}}",
    ]
    context = {"x.one": decimal.Decimal("123456.78"), "x.two": decimal.Decimal("0.01")}
    with decimal.localcontext(prec=4):
        decision = answered(fields, "x.sum: over 123456.78", context)
    assert decision.facts["x.sum"] == decimal.Decimal("123456.79")


def test_nothing_in_force_is_the_empty_set(answered):
    fields = ["x.any: {type: boolean, default: true}"]
    decision = answered(fields, "plans.in_force: empty")
    assert decision.outcomes["example"].reason == "matched"


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-05:00", "0001-01-01"])
def test_a_day_at_the_edge_of_the_calendar_is_a_problem(answered, moment):
    fields = ["x.any: {type: boolean, default: true}"]
    decision = answered(fields, "x.any: true", {"contact.at": moment})
    assert [problem.field for problem in decision.problems] == ["contact.at"]
