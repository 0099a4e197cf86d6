"""Expectation, priority and value as policies ask them."""

from decimal import Decimal

import pytest

FIELDS = """
s.level: {type: number, optional: true}
s.adequate: {type: number, optional: true}
s.desired: {type: number, optional: true}
s.wait: {type: duration, unit: s, optional: true}
s.fit: {type: choice, ordered: true, computed: {zone: {value: s.level, adequate: s.adequate, desired: s.desired}}}
s.wait_fit: {type: choice, values: [below, met, above], computed: {zone: {value: s.wait, adequate: 2 min, desired: 30 s, better: lower}}}
d.importance: {type: number, optional: true}
d.performance: {type: number, optional: true}
d.answers: {type: integer, optional: true}
d.place: {type: choice, computed: {quadrant: {importance: d.importance, performance: d.performance, importance_cut: 3, performance_cut: 3}}}
d.sure: {type: choice, computed: {quadrant: {importance: d.importance, performance: d.performance, importance_cut: 3, performance_cut: 3, observations: d.answers, least: 30}}}
v.margin: {type: money, unit: EUR, default: 100}
v.retention: {type: share, default: 80%}
v.end: {type: money, unit: EUR, computed: {customer_value: {convention: end_of_period, margin: v.margin, retention: v.retention, discount: 10%}}}
v.start: {type: money, unit: EUR, computed: {customer_value: {convention: start_of_period, margin: v.margin, retention: v.retention, discount: 10%}}}
v.free: {type: money, unit: EUR, computed: {customer_value: {convention: end_of_period, margin: v.margin, retention: v.retention, discount: 0%}}}
v.whole: {type: money, unit: EUR, step: 1 EUR, computed: {customer_value: {convention: end_of_period, margin: 100 EUR, retention: v.retention, discount: 10%}}}
"""


@pytest.fixture(scope="module")
def facts(asking):
    return asking(FIELDS)


@pytest.mark.parametrize(
    ("level", "fit"), [(2, "below"), (3, "met"), (4, "met"), (5, "met"), (6, "above")]
)
def test_the_zone_of_tolerance_includes_both_ends(facts, level, fit):
    assert facts(s__level=level, s__adequate=3, s__desired=5)["s.fit"] == fit


@pytest.mark.parametrize(
    ("wait", "fit"), [(121, "below"), (120, "met"), (30, "met"), (29, "above")]
)
def test_the_zone_is_mirrored_where_low_is_good(facts, wait, fit):
    assert facts(s__wait=wait)["s.wait_fit"] == fit


def test_an_adequate_level_over_the_desired_one_is_refused(facts):
    found = facts(s__level=4, s__adequate=5, s__desired=3)
    assert (found["s.fit"], found["s.fit.refused"]) == (None, "bad_zone")
    assert facts(s__level=4, s__adequate=5)["s.fit"] is None


@pytest.mark.parametrize(
    ("importance", "performance", "place"),
    [
        ("4.5", "1.9", "concentrate_here"),
        ("4.2", "3.4", "keep_up"),
        ("2.4", "2.2", "low_priority"),
        ("2.4", "4.1", "possible_overkill"),
        ("3", "3", "keep_up"),
    ],
)
def test_where_to_act_first(facts, importance, performance, place):
    found = facts(d__importance=Decimal(importance), d__performance=Decimal(performance))
    assert found["d.place"] == place


@pytest.mark.row("D17")
@pytest.mark.parametrize(
    ("context", "field", "reason"),
    [
        ({"d__importance": None}, "d.place", "unknown_importance"),
        ({"d__performance": None}, "d.place", "unknown_performance"),
        ({"d__answers": 29}, "d.sure", "too_few"),
        ({"d__answers": None}, "d.sure", "too_few"),
        ({"d__answers": -1}, "d.sure", "negative_count"),
    ],
)
def test_without_the_figures_nobody_can_prioritise(facts, context, field, reason):
    """Performance known and importance not."""
    found = facts(**{"d__importance": 4, "d__performance": 2, **context})
    assert (found[field], found[f"{field}.refused"]) == (None, reason)


def test_enough_answers_are_enough(facts):
    found = facts(d__importance=4, d__performance=2, d__answers=30)
    assert found["d.sure"] == "concentrate_here"


def test_the_value_of_a_customer_by_both_conventions(facts):
    found = facts()
    assert (found["v.end"], found["v.start"]) == (Decimal("266.67"), Decimal("366.67"))
    assert found["v.whole"] == 267


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"v__retention": 1}, "value_without_end"),
        ({"v__margin": -1}, "negative_amount"),
    ],
)
def test_a_value_outside_its_domain_is_refused(facts, context, reason):
    found = facts(**context)
    assert (found["v.free"], found["v.free.refused"]) == (None, reason)
