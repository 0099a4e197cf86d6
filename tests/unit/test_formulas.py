"""Money, metrics, effort and priorities: the golden values, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from policyengine.facts import Refused
from policyengine.formulas import refusals
from policyengine.formulas.calls import (
    Calls,
    abandonment,
    handling_time,
    in_time,
    occupancy,
    part_of_paid_time,
    speed_of_answer,
)
from policyengine.formulas.effort import Effort, customer_time, effort
from policyengine.formulas.expectation import (
    Dimension,
    grand_mean,
    middle_of_scale,
    quadrant,
    ranked,
    zone_of_tolerance,
)
from policyengine.formulas.metrics import Checking, Gap, checking, metric_gap, metric_status
from policyengine.formulas.refusals import refusal_text
from policyengine.formulas.segment import (
    Segment,
    advice_can_flip,
    segment_net_benefit,
    uniform_break_even,
)
from policyengine.formulas.value import (
    Scores,
    band_score,
    lifetime_value,
    payback_months,
    recency_frequency_money,
)

NAN = Decimal("NaN")


def euros(written):
    return Decimal(written)


# Metrics


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("6", "breach"),
        ("5", "off_target"),
        ("3.1", "off_target"),
        ("3.0", "on_target"),
        ("2.9", "on_target"),
    ],
)
def test_the_status_where_lower_is_better(value, status):
    levels = {"target": 3, "acceptable": 5}
    assert metric_status(Decimal(value), **levels, better="lower") == status
    mirrored = {name: -level for name, level in levels.items()}
    assert metric_status(-Decimal(value), **mirrored, better="higher") == status


def test_six_hours_are_off_a_target_of_three_by_three_hours_or_a_hundred_percent():
    assert metric_status(6, target=3, better="lower") == "off_target"
    assert metric_gap(6, 3, better="lower") == Gap(Decimal(3), Decimal(1))


def test_a_gap_is_mirrored_where_higher_is_better():
    gap = metric_gap(Decimal("0.6"), Decimal("0.8"), better="higher")
    assert gap == Gap(Decimal("0.2"), Decimal("0.25"))
    assert metric_gap(Decimal("2.9"), 3, better="lower").amount == Decimal("-0.1")


def test_a_gap_to_nothing_has_no_share():
    assert metric_gap(2, 0, better="lower") == Gap(Decimal(2), Refused("division_by_zero"))


def test_without_value_target_or_answers_a_status_says_so():
    assert metric_status(None, target=3, better="lower") == "unknown"
    assert metric_status(6, target=None, better="lower") == "baseline_only"
    assert metric_status(2, target=3, better="lower", n=29, at_least=30) == "unknown"
    assert metric_status(2, target=3, better="lower", n=30, at_least=30) == "on_target"
    assert metric_status(2, target=3, better="lower", at_least=30) == "unknown"


def test_levels_that_contradict_each_other_are_refused():
    assert metric_status(4, target=5, acceptable=3, better="lower") == Refused("bad_levels")
    assert metric_status(4, target=3, acceptable=5, better="higher") == Refused("bad_levels")
    assert metric_status(4, target=3, better="lower", n=-1) == Refused("negative_count")
    assert metric_status(NAN, target=3, better="lower") == Refused("not_a_number")
    assert metric_gap(NAN, 3, better="lower") == Refused("not_a_number")


def test_looking_every_two_hours_can_reach_three_and_every_four_cannot():
    assert checking(interval=2, work=1, target=3) == Checking(Decimal(3), feasible=True)
    assert checking(interval=4, work=0, target=3) == Checking(Decimal(4), feasible=False)
    assert checking(interval=-1, work=0, target=3) == Refused("negative_time")


# Calls

COUNTED = Calls(
    offered=100,
    answered=80,
    answered_in_time=60,
    abandoned=20,
    abandoned_in_time=10,
    abandoned_short=4,
)


@pytest.mark.parametrize(
    ("variant", "part", "whole"),
    [
        ("of_offered", 60, 100),
        ("of_answered", 60, 80),
        ("short_abandons_kept", 70, 100),
        ("short_abandons_left_out", 60, 90),
    ],
)
def test_each_variant_of_calls_in_time_has_its_own_figure(variant, part, whole):
    assert in_time(COUNTED, variant) == Decimal(part) / whole


def test_abandonment_with_and_without_short_ones():
    assert abandonment(COUNTED, "all") == Decimal("0.2")
    assert abandonment(COUNTED, "without_short") == Decimal(16) / 96


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answered_in_time": None}, "missing_answered_in_time"),
        ({"offered": None}, "missing_offered"),
        ({"offered": -1}, "negative_count"),
        ({"answered_in_time": 81}, "contradicting_counts"),
        ({"abandoned_in_time": 21}, "contradicting_counts"),
        ({"answered": 90}, "contradicting_counts"),
        ({"answered": None, "abandoned": None, "offered": 65}, "contradicting_counts"),
        ({"offered": NAN}, "not_a_number"),
    ],
)
def test_counts_that_are_missing_or_contradict_each_other_are_refused(change, reason):
    assert in_time(replace(COUNTED, **change), "of_offered") == Refused(reason)


def test_an_unknown_variant_and_an_empty_window_are_refused():
    empty = Calls(offered=0, answered_in_time=0, abandoned=0)
    assert in_time(empty, "of_offered") == Refused("no_calls")
    assert abandonment(empty, "all") == Refused("no_calls")
    assert abandonment(empty, "without_short") == Refused("missing_abandoned_short")
    assert in_time(COUNTED, "of_all") == Refused("unknown_variant")
    assert abandonment(COUNTED, "some") == Refused("unknown_variant")


def test_speed_of_answer_counts_those_who_were_answered():
    assert speed_of_answer(waits_of_answered=1600, answered=80) == 20
    assert speed_of_answer(waits_of_answered=0, answered=0) == Refused("no_calls")
    assert speed_of_answer(waits_of_answered=-1, answered=2) == Refused("negative_time")


def test_handling_occupancy_and_parts_of_paid_time():
    assert handling_time(talk=150, hold=20, wrap_up=10, handled=1) == 180
    assert handling_time(talk=-1, hold=0, wrap_up=0, handled=1) == Refused("negative_time")
    assert handling_time(talk=1, hold=0, wrap_up=0, handled=0) == Refused("no_calls")
    assert occupancy(busy=85, available=15) == Decimal("0.85")
    assert occupancy(busy=0, available=0) == Refused("division_by_zero")
    assert occupancy(busy=-1, available=0) == Refused("negative_time")
    assert part_of_paid_time(part=3, paid=10) == Decimal("0.3")
    assert part_of_paid_time(part=11, paid=10) == Refused("contradicting_counts")
    assert part_of_paid_time(part=-1, paid=10) == Refused("negative_time")
    assert part_of_paid_time(part=0, paid=0) == Refused("division_by_zero")


# Effort

STEPS = {
    "previous_contacts": 2,
    "transfers": 1,
    "explained_again": 0,
    "channel_switches": 0,
}


def test_two_contacts_and_a_transfer_are_over_a_cap_of_two():
    found = effort(**STEPS)
    assert found == Effort(Decimal(3), ())
    assert found.against(2) == "over"
    assert found.against(3) == "within"


def test_a_missing_count_leaves_a_lower_bound():
    found = effort(**{**STEPS, "channel_switches": None})
    assert found == Effort(Decimal(3), ("channel_switches",))
    assert found.against(2) == "over"
    assert found.against(3) == "unknown"


def test_weights_are_local_and_a_weight_of_nothing_needs_no_count():
    assert effort(**STEPS, weights=(1, 2, 1, 1)).least == 4
    unweighed = effort(**{**STEPS, "channel_switches": None}, weights=(1, 1, 1, 0))
    assert unweighed == Effort(Decimal(3), ())


def test_effort_below_zero_is_refused():
    assert effort(**{**STEPS, "transfers": -1}) == Refused("negative_count")
    assert effort(**STEPS, weights=(1, -1, 1, 1)) == Refused("negative_amount")


def test_three_times_ten_minutes_are_half_an_hour_of_the_customer():
    assert customer_time(interactions=3, minutes_each=10) == 30
    assert customer_time(interactions=-3, minutes_each=10) == Refused("negative_count")
    assert customer_time(interactions=3, minutes_each=-1) == Refused("negative_time")


# Expectation and priority


@pytest.mark.parametrize(
    ("level", "zone"), [(2, "below"), (3, "met"), (4, "met"), (5, "met"), (6, "above")]
)
def test_the_zone_of_tolerance_includes_both_ends(level, zone):
    assert zone_of_tolerance(level, adequate=3, desired=5) == zone
    assert zone_of_tolerance(-level, adequate=-3, desired=-5, better="lower") == zone


def test_a_zone_upside_down_is_refused():
    assert zone_of_tolerance(4, adequate=5, desired=3) == Refused("bad_zone")
    assert zone_of_tolerance(4, adequate=3, desired=5, better="lower") == Refused("bad_zone")
    assert zone_of_tolerance(NAN, adequate=3, desired=5) == Refused("not_a_number")


@pytest.mark.parametrize(
    ("importance", "performance", "expected"),
    [
        ("4.5", "1.9", "concentrate_here"),
        ("4.2", "3.4", "keep_up"),
        ("2.4", "2.2", "low_priority"),
        ("2.4", "4.1", "possible_overkill"),
        ("3", "3", "keep_up"),
    ],
)
def test_importance_and_performance_on_a_scale_of_five(importance, performance, expected):
    cut = middle_of_scale(1, 5)
    assert cut == 3
    dimension = Dimension("friendliness", Decimal(importance), Decimal(performance))
    assert quadrant(dimension, importance_cut=cut, performance_cut=cut) == expected


@pytest.mark.parametrize(
    ("dimension", "reason"),
    [
        (Dimension("speed", None, 3, 50), "unknown_importance"),
        (Dimension("speed", 4, None, 50), "unknown_performance"),
        (Dimension("speed", 4, 3, 29), "too_few"),
        (Dimension("speed", 4, 3), "too_few"),
        (Dimension("speed", 4, 3, -1), "negative_count"),
        (Dimension("speed", NAN, 3, 50), "not_a_number"),
    ],
)
def test_a_dimension_that_cannot_be_placed_is_refused(dimension, reason):
    placed = quadrant(dimension, importance_cut=3, performance_cut=3, at_least=30)
    assert placed == Refused(reason)


def test_priorities_go_by_importance_and_then_by_the_lower_performance():
    dimensions = [
        Dimension("price", 3, 4),
        Dimension("speed", 5, 4),
        Dimension("knowledge", 5, 2),
        Dimension("colour", None, 1),
        Dimension("access", 5, 4),
    ]
    names = [dimension.name for dimension in ranked(dimensions)]
    assert names == ["knowledge", "access", "speed", "price"]


def test_cut_lines_by_mean_and_by_scale():
    assert grand_mean([2, 3, Decimal("4.5")]) == Decimal("9.5") / 3
    assert grand_mean([]) == Refused("unknown_value")
    assert grand_mean([NAN]) == Refused("not_a_number")
    assert middle_of_scale(5, 1) == Refused("bad_scale")
    assert middle_of_scale(NAN, 1) == Refused("not_a_number")


# Money

WORKED = Segment(
    customers=2000,
    contacts=12_000,
    retention_uplift=Decimal("0.01"),
    clv=euros("900"),
    conversion_uplift=Decimal("0.02"),
    margin=euros("40"),
    extra_minutes=3,
    cost_per_minute=euros("0.60"),
    incentives=0,
    integration=euros("15000"),
    others=50_000,
    churn_uplift=Decimal("0.0005"),
    others_clv=euros("120"),
)


def test_the_lines_of_the_worked_case():
    benefit = segment_net_benefit(WORKED, integrated=False)
    assert {line.name: line.amount for line in benefit.lines} == {
        "retention": 18_000,
        "cross_sell": 9_600,
        "handling": -21_600,
        "incentives": 0,
        "integration": -15_000,
    }
    assert benefit.alienation.amount == -3_000


@pytest.mark.parametrize(
    ("integrated", "net", "after", "uplifts", "values"),
    [
        (True, 6_000, 3_000, ("0.00667", "0.00833"), (600, 750)),
        (False, -9_000, -12_000, ("0.01500", "0.01667"), (1_350, 1_500)),
    ],
)
def test_the_net_benefit_and_where_it_turns(integrated, net, after, uplifts, values):
    benefit = segment_net_benefit(WORKED, integrated=integrated)
    assert (benefit.net, benefit.net_after_alienation) == (net, after)
    turns = (benefit.break_even, benefit.break_even_after_alienation)
    assert tuple(f"{turn.uplift:.5f}" for turn in turns) == uplifts
    assert tuple(turn.clv for turn in turns) == values
    assert not benefit.turned_by_alienation


def test_at_the_break_even_nothing_is_gained():
    at_value = segment_net_benefit(replace(WORKED, clv=600), integrated=True)
    assert at_value.net == 0
    at_uplift = replace(WORKED, retention_uplift=Decimal("0.015"))
    assert segment_net_benefit(at_uplift, integrated=False).net == 0


def test_half_as_much_or_as_little_can_turn_the_advice_of_the_integrated_house():
    integrated = segment_net_benefit(WORKED, integrated=True).break_even.clv
    apart = segment_net_benefit(WORKED, integrated=False).break_even.clv
    assert advice_can_flip(integrated, low=450, high=1350)
    assert not advice_can_flip(apart, low=450, high=1350)
    assert not advice_can_flip(Refused("division_by_zero"), low=450, high=1350)


def test_alienation_that_turns_the_sign_is_told():
    many_others = replace(WORKED, others=100_000)
    assert segment_net_benefit(many_others, integrated=True).turned_by_alienation


def test_where_other_lines_pay_already_the_break_even_is_nothing():
    rich = replace(WORKED, margin=euros("200"))
    turn = segment_net_benefit(rich, integrated=True).break_even
    assert (turn.uplift, turn.clv) == (0, 0)


def test_a_break_even_that_no_uplift_reaches_is_refused():
    dear = replace(WORKED, incentives=euros("1000"))
    assert segment_net_benefit(dear, integrated=True).break_even.uplift == Refused("unreachable")
    nobody = segment_net_benefit(replace(WORKED, customers=0), integrated=True)
    assert nobody.break_even.uplift == Refused("division_by_zero")
    assert nobody.break_even.clv == Refused("division_by_zero")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"clv": None}, "missing_clv"),
        ({"others": None}, "missing_others"),
        ({"incentives": None}, "missing_incentives"),
        ({"integration": None}, "missing_integration"),
        ({"customers": -1}, "negative_count"),
        ({"retention_uplift": 2}, "bad_share"),
        ({"extra_minutes": -1}, "negative_time"),
        ({"clv": -1}, "negative_amount"),
        ({"clv": NAN}, "not_a_number"),
        ({"contacts": Decimal("1e40")}, "out_of_range"),
        ({"contacts": 10**40}, "out_of_range"),
    ],
)
def test_a_figure_that_is_missing_or_outside_is_refused_by_name(change, reason):
    assert segment_net_benefit(replace(WORKED, **change), integrated=False) == Refused(reason)


def test_integration_is_not_asked_for_where_systems_are_one():
    without = replace(WORKED, integration=None)
    assert segment_net_benefit(without, integrated=True).net == 6_000


def test_high_quality_for_all_must_return_ten_eighty_a_customer():
    figures = {"extra_minutes": 3, "cost_per_minute": euros("0.60"), "contacts": 6}
    assert uniform_break_even(**figures) == euros("10.80")
    assert uniform_break_even(**figures, incentives=5) == euros("15.80")
    assert uniform_break_even(**{**figures, "contacts": -6}) == Refused("negative_count")
    assert uniform_break_even(**figures, incentives=-5) == Refused("negative_amount")


@pytest.mark.parametrize(
    ("convention", "value"), [("end_of_period", "266.67"), ("start_of_period", "366.67")]
)
def test_the_lifetime_value_by_its_convention(convention, value):
    found = lifetime_value(
        margin=100, retention=Decimal("0.8"), discount=Decimal("0.1"), convention=convention
    )
    assert f"{found:.2f}" == value


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"retention": 1, "discount": 0}, "value_without_end"),
        ({"retention": Decimal("1.1")}, "bad_share"),
        ({"discount": Decimal("-0.1")}, "negative_rate"),
        ({"margin": -1}, "negative_amount"),
        ({"margin": Decimal("Infinity")}, "not_a_number"),
        ({"convention": "whenever"}, "unknown_convention"),
    ],
)
def test_a_lifetime_value_outside_its_domain_is_refused(change, reason):
    figures = {
        "margin": 100,
        "retention": Decimal("0.8"),
        "discount": Decimal("0.1"),
        "convention": "end_of_period",
    }
    assert lifetime_value(**{**figures, **change}) == Refused(reason)


def test_payback_in_months():
    assert payback_months(one_off=10_000, yearly_gain=6_000) == 20
    assert payback_months(one_off=10_000, yearly_gain=6_000, horizon=20) == 20
    assert payback_months(one_off=0, yearly_gain=1) == 0


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({"one_off": 1, "yearly_gain": 0}, "no_gain"),
        ({"one_off": 1, "yearly_gain": -5}, "no_gain"),
        ({"one_off": 10_000, "yearly_gain": 6_000, "horizon": 19}, "beyond_horizon"),
        ({"one_off": -1, "yearly_gain": 1}, "negative_amount"),
        ({"one_off": 1, "yearly_gain": 1, "horizon": -1}, "negative_time"),
    ],
)
def test_what_does_not_pay_back_is_refused(figures, reason):
    assert payback_months(**figures) == Refused(reason)


@pytest.mark.parametrize(("value", "score"), [(1, 1), (2, 2), (4, 2), (5, 3), (6, 3)])
def test_a_score_rises_on_its_limit_where_higher_is_better(value, score):
    assert band_score(value, (2, 5), better="higher") == score


@pytest.mark.parametrize(("days", "score"), [(366, 1), (365, 2), (31, 2), (30, 3), (0, 3)])
def test_a_score_rises_on_its_limit_where_lower_is_better(days, score):
    assert band_score(days, (365, 30), better="lower") == score


LIMITS = {"day_limits": (365, 30), "purchase_limits": (2, 6), "money_limits": (100, 1000)}


def test_recency_frequency_and_money_are_scored_by_their_own_limits():
    bought = {"days_since": 30, "purchases": 5, "spent": euros("99.99")}
    assert recency_frequency_money(**bought, **LIMITS) == Scores(3, 2, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"days_since": -1}, "negative_time"),
        ({"purchases": -1}, "negative_count"),
        ({"spent": -1}, "negative_amount"),
        ({"day_limits": (30, 365)}, "bad_limits"),
        ({"money_limits": (100, 100)}, "bad_limits"),
    ],
)
def test_scores_outside_their_domain_are_refused(change, reason):
    bought = {"days_since": 30, "purchases": 5, "spent": 10}
    assert recency_frequency_money(**{**bought, **LIMITS, **change}) == Refused(reason)


# Sentences


def test_each_reason_has_a_sentence():
    assert refusal_text("missing_clv") == "cannot be estimated: the figure `clv` is missing"
    assert refusal_text("no_agents") == "cannot be estimated: no agents"
    assert refusal_text("unknown_importance") == "cannot prioritise without importance"
    assert refusal_text("no_gain").startswith("cannot be estimated: ")
    assert all(text and not text.endswith(".") for text in refusals.REASONS.values())
