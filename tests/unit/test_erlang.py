"""Queues: the golden values to the digits given, and what is refused."""

import time
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from policyengine.erlang import (
    REASONS,
    Refusal,
    agents_needed,
    announced_minutes,
    check_promise,
    impatient_queue,
    offered_load,
    patient_queue,
    place_in_queue,
    promise_text,
    refusal_text,
    rostered,
)

HUNDRED_CALLS = {"calls": 100, "interval": 1800, "handling": 180}
BUSY_HALF_HOUR = {"calls": 360, "interval": 1800, "handling": 240}
LARGE_CENTRE = {"calls": 1000, "interval": 1800, "handling": 300}
SMALL_TEAM = {"calls": 10, "interval": 3600, "handling": 300}


def shows(value, written):
    """Return whether *value* rounds to the figure as it is *written*."""
    digits = len(written.partition(".")[2])
    return f"{value:.{digits}f}".removeprefix("0" if written.startswith(".") else "") == written


# Erlang C


@pytest.mark.parametrize(
    ("load", "agents", "share"),
    [("0.5", 1, Fraction(1, 2)), ("1", 2, Fraction(1, 3)), ("2", 3, Fraction(4, 9))],
)
def test_the_share_who_wait_is_the_known_fraction(load, agents, share):
    queue = patient_queue(calls=Decimal(load), interval=60, handling=60, agents=agents)
    assert queue.waiting == pytest.approx(float(share), rel=1e-15)


@pytest.mark.parametrize(
    ("agents", "waiting", "level", "mean", "p90"),
    [
        (11, ".68212", ".38961", "122.781", "345.61"),
        (12, ".44939", ".64016", "40.445", "135.24"),
        (13, ".28527", ".79559", "17.116", "62.90"),
        (14, ".17413", ".88835", "7.836", "24.96"),
    ],
)
def test_a_hundred_calls_in_half_an_hour(agents, waiting, level, mean, p90):
    queue = patient_queue(**HUNDRED_CALLS, agents=agents)
    assert shows(queue.waiting, waiting)
    assert shows(queue.answered_within(20), level)
    assert shows(queue.mean_wait, mean)
    assert shows(queue.wait_quantile(Decimal("0.9")), p90)


def test_eleven_agents_are_busy_for_ten_elevenths_of_the_time():
    queue = patient_queue(**HUNDRED_CALLS, agents=11)
    assert shows(queue.occupancy, ".9091")


def test_with_twelve_agents_half_of_the_callers_do_not_wait():
    assert patient_queue(**HUNDRED_CALLS, agents=12).wait_quantile(0.5) == 0


def test_mean_queue_and_mean_wait_of_those_who_wait():
    queue = patient_queue(**HUNDRED_CALLS, agents=12)
    assert queue.mean_wait_of_waiting == 90
    assert queue.mean_queue == pytest.approx(queue.waiting * 10 / 2)
    assert queue.mean_queue == pytest.approx(queue.mean_wait * 100 / 1800)


def test_three_hundred_and_sixty_calls_on_fifty_five_agents():
    queue = patient_queue(**BUSY_HALF_HOUR, agents=55)
    assert shows(queue.waiting, ".23870")
    assert shows(queue.answered_within(15), ".84588")
    assert shows(queue.mean_wait, "8.184")
    assert shows(queue.wait_quantile(0.9), "29.83")
    assert shows(queue.occupancy, ".8727")


@pytest.mark.parametrize(
    ("traffic", "within", "cap", "agents", "level"),
    [
        (HUNDRED_CALLS, 20, 1, 14, ".88835"),
        (BUSY_HALF_HOUR, 20, 1, 54, ".81725"),
        (BUSY_HALF_HOUR, 20, Decimal("0.85"), 57, ".93142"),
        (LARGE_CENTRE, 20, 1, 176, ".80283"),
        (LARGE_CENTRE, 20, Decimal("0.85"), 197, ".99820"),
        (SMALL_TEAM, 20, 1, 3, ".95005"),
    ],
)
def test_agents_needed_for_four_fifths_in_time(traffic, within, cap, agents, level):
    needed = agents_needed(**traffic, target=Decimal("0.8"), within=within, max_occupancy=cap)
    assert needed == agents
    assert shows(patient_queue(**traffic, agents=needed).answered_within(within), level)


def test_a_large_centre_runs_nearly_full():
    assert shows(patient_queue(**LARGE_CENTRE, agents=176).occupancy, ".9470")


def test_a_small_team_cannot_hit_a_target_finely():
    assert shows(patient_queue(**SMALL_TEAM, agents=2).answered_within(20), ".77324")


@pytest.mark.parametrize(
    ("agents", "shrinkage", "on_the_roster"),
    [(14, "0.3", 20), (21, "0.3", 30), (21, "0", 21), (0, "0.3", 0), (1, "0.99", 100)],
)
def test_the_roster_is_counted_exactly(agents, shrinkage, on_the_roster):
    assert rostered(agents, Decimal(shrinkage)) == on_the_roster
    assert rostered(agents, float(shrinkage)) == on_the_roster


def test_without_calls_nobody_waits():
    queue = patient_queue(calls=0, interval=1800, handling=180, agents=1)
    assert (queue.waiting, queue.mean_wait, queue.answered_within(0)) == (0, 0, 1)
    assert agents_needed(calls=0, interval=1800, handling=180, target=0.8, within=20) == 1


# A known place


@pytest.mark.parametrize(
    ("ahead", "mean", "p50", "p80", "p90", "with_patience", "of_served"),
    [
        (0, "18", "12.48", "28.97", "41.45", "18.00", "15.65"),
        (2, "54", "48.13", "77.02", "95.80", "47.50", "41.91"),
        (5, "108", "102.06", "142.31", "166.94", "81.45", "72.92"),
        (9, "180", "174.04", "225.34", "255.71", "115.54", "104.74"),
    ],
)
def test_the_wait_at_a_known_place(*, ahead, mean, p50, p80, p90, with_patience, of_served):
    place = place_in_queue(ahead=ahead, agents=10, handling=180)
    assert shows(place.mean_wait, mean)
    assert shows(place.wait_quantile(Decimal("0.5")), p50)
    assert shows(place.wait_quantile(Decimal("0.8")), p80)
    assert shows(place.wait_quantile(Decimal("0.9")), p90)
    patient = place_in_queue(ahead=ahead, agents=10, handling=180, patience=120)
    assert shows(patient.mean_wait, with_patience)
    assert shows(patient.mean_wait_of_served, of_served)


def test_where_nobody_hangs_up_all_are_served_and_the_two_means_are_one():
    place = place_in_queue(ahead=5, agents=10, handling=180)
    assert place.served == 1
    assert place.mean_wait == place.mean_wait_of_served == 108
    assert place.wait_quantile(0.9) == place.wait_quantile(0.9, of_served=True)


def test_at_the_front_the_wait_is_exponential():
    place = place_in_queue(ahead=0, agents=10, handling=180, patience=120)
    assert place.wait_quantile(0.9) == pytest.approx(41.446531673893, rel=1e-12)
    assert place.served == pytest.approx(120 / 138)


def test_a_range_is_announced_in_minutes_rounded_up():
    assert announced_minutes(108, 167) == (2, 3)
    assert announced_minutes(60, 60) == (1, 1)
    assert announced_minutes(0, 0) == (0, 0)


# Erlang A


@pytest.mark.parametrize(
    ("agents", "waiting", "abandoned", "mean", "level"),
    [
        (9, ".61331", ".19216", "23.059", ".52407"),
        (10, ".49685", ".13746", "16.496", ".63994"),
        (11, ".38282", ".09416", "11.299", ".74221"),
        (12, ".27981", ".06160", "7.392", ".82558"),
        (14, ".12698", ".02284", "2.741", ".93273"),
    ],
)
def test_a_queue_in_which_people_hang_up(agents, waiting, abandoned, mean, level):
    queue = impatient_queue(**HUNDRED_CALLS, agents=agents, patience=120)
    assert shows(queue.waiting, waiting)
    assert shows(queue.abandoned, abandoned)
    assert shows(queue.mean_wait, mean)
    assert shows(queue.answered_within(20), level)


def test_fewer_agents_are_needed_where_people_hang_up():
    target = {"target": Decimal("0.8"), "within": 20}
    assert agents_needed(**HUNDRED_CALLS, **target, patience=120) == 12
    assert agents_needed(**HUNDRED_CALLS, **target) == 14


def test_the_chain_summed_state_by_state_gives_the_same():
    """A second way: the chance of each state, from its balance with the one below."""
    rate, theta, agents = 100 / 1800, 1 / 120, 12
    chances = [1.0]
    for callers in range(1, 400):
        down = min(callers, agents) / 180 + max(0, callers - agents) * theta
        chances.append(chances[-1] * rate / down)
    total = sum(chances)
    waiting = sum(chances[agents:]) / total
    queued = sum((n - agents) * chance for n, chance in enumerate(chances) if n > agents) / total
    queue = impatient_queue(**HUNDRED_CALLS, agents=agents, patience=120)
    assert queue.waiting == pytest.approx(waiting, rel=1e-12)
    assert queue.mean_queue == pytest.approx(queued, rel=1e-12)
    assert queue.abandoned == pytest.approx(queued * theta / rate, rel=1e-12)
    idle = sum((agents - n) * chance for n, chance in enumerate(chances[:agents])) / total
    assert queue.occupancy == pytest.approx(1 - idle / agents, rel=1e-12)


def test_served_or_gone_in_the_end():
    queue = impatient_queue(**HUNDRED_CALLS, agents=9, patience=120)
    assert queue.answered_within(10**9) + queue.abandoned == pytest.approx(1, abs=1e-12)
    assert queue.answered_within(0) == pytest.approx(1 - queue.waiting, abs=1e-12)


def test_the_offered_wait_has_quantiles():
    queue = impatient_queue(**HUNDRED_CALLS, agents=12, patience=120)
    assert queue.wait_quantile(0.5) == 0
    assert queue.wait_quantile(0.95) > queue.wait_quantile(0.9) > 0


def test_patience_much_shorter_than_handling_is_counted_as_closely():
    """With patience of a second the wait is offered over minutes, but lived for a moment."""
    queue = impatient_queue(calls=1, interval=1800, handling=418, agents=1, patience=1)
    assert queue.answered_within(10**9) + queue.abandoned == pytest.approx(1, abs=1e-12)
    # by hand: almost everybody who does not find the agent free hangs up
    rate, served = 1 / 1800, 1 / 418
    chances = [1.0, rate / served]
    for queued in range(1, 30):
        chances.append(chances[-1] * rate / (served + queued))
    hung_up = sum(n * chance for n, chance in enumerate(chances[1:])) / sum(chances) / rate
    assert queue.abandoned == pytest.approx(hung_up, rel=1e-12)


def test_without_calls_nobody_hangs_up():
    queue = impatient_queue(calls=0, interval=1800, handling=180, agents=2, patience=60)
    assert (queue.waiting, queue.abandoned, queue.answered_within(0)) == (0, 0, 1)
    assert queue.wait_quantile(0.9) == 0


def test_the_cap_on_occupancy_takes_the_first_number_that_keeps_it():
    crowd = {"calls": 70, "interval": 1800, "handling": 614, "patience": 1}
    needed = {
        cap: next(
            agents
            for agents in range(1, 100)
            if impatient_queue(**crowd, agents=agents).occupancy <= cap
        )
        for cap in (0.9597, 0.95, 0.8, 0.5)
    }
    for cap, agents in needed.items():
        assert agents_needed(**crowd, target=0, within=0, max_occupancy=cap) == agents


# A promise against staffing


def test_a_promise_that_is_not_met_says_how_many_are_needed():
    promise = check_promise(**HUNDRED_CALLS, agents=13, target=Decimal("0.8"), within=20)
    assert not promise.met
    assert promise_text(promise) == "13 agents give 79.6 %, the promise is 80 %; 14 needed"


def test_a_promise_that_is_met_says_so():
    promise = check_promise(**HUNDRED_CALLS, agents=14, target=Decimal("0.8"), within=20)
    assert promise.met
    assert promise_text(promise) == "14 agents give 88.8 %, the promise is 80 %; met"


def test_a_promise_under_a_queue_without_end_names_the_reason():
    promise = check_promise(**HUNDRED_CALLS, agents=10, target=Decimal("0.8"), within=20)
    assert promise_text(promise) == (
        "cannot be estimated: the queue grows without end; the promise is 80 %; 14 needed"
    )


def test_a_promise_missed_by_a_hair_is_not_shown_as_kept():
    promise = check_promise(**HUNDRED_CALLS, agents=13, target=Decimal("0.796"), within=20)
    assert promise_text(promise) == "13 agents give 79.56 %, the promise is 79.6 %; 14 needed"


def test_a_promise_where_people_hang_up_and_with_nobody_there():
    wanted = {"target": Decimal("0.8"), "within": 20, "patience": 120}
    assert check_promise(**HUNDRED_CALLS, agents=12, **wanted).met
    nobody = check_promise(**HUNDRED_CALLS, agents=0, **wanted)
    assert (nobody.met, nobody.level, nobody.needed) == (False, Refusal("no_agents"), 12)


def test_one_agent_gives():
    promise = check_promise(calls=1, interval=3600, handling=60, agents=1, target=0.5, within=20)
    assert promise_text(promise).startswith("1 agent gives 98.")


# Refusals


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"agents": 10}, "unbounded"),
        ({"agents": 0}, "no_agents"),
        ({"agents": -1}, "negative_count"),
        ({"agents": 12.5}, "not_whole"),
        ({"agents": 100_001}, "out_of_range"),
        ({"calls": -1}, "negative_count"),
        ({"calls": float("nan")}, "not_a_number"),
        ({"calls": float("inf")}, "not_a_number"),
        ({"calls": Decimal("NaN")}, "not_a_number"),
        ({"calls": Decimal("1e400")}, "out_of_range"),
        ({"handling": None}, "unknown_handling"),
        ({"handling": 0}, "unknown_handling"),
        ({"handling": -180}, "unknown_handling"),
        ({"handling": 1e-12}, "out_of_range"),
        ({"interval": 0}, "unknown_interval"),
    ],
)
def test_a_queue_outside_its_domain_is_refused(change, reason):
    arguments = {**HUNDRED_CALLS, "agents": 13, **change}
    assert patient_queue(**arguments) == Refusal(reason)
    if reason != "unbounded":
        assert impatient_queue(**arguments, patience=120) == Refusal(reason)


def test_as_many_agents_as_erlangs_are_too_few_however_the_figures_are_written():
    """In binary floats 0.1 calls a second of 30 s are a little more, or less, than 3 erlangs."""
    for calls, handling in ((0.1, 30), (Decimal("0.1"), 30), (0.3, 10), (Fraction(1, 7), 21)):
        queue = patient_queue(calls=calls, interval=1, handling=handling, agents=3)
        assert queue == Refusal("unbounded")


@pytest.mark.parametrize("patience", [None, 0, -5])
def test_patience_must_be_known(patience):
    queue = impatient_queue(**HUNDRED_CALLS, agents=13, patience=patience)
    assert queue == Refusal("unknown_patience")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": 1}, "target_unreachable"),
        ({"target": 1.2}, "bad_share"),
        ({"target": 80}, "bad_share"),
        ({"target": -0.1}, "bad_share"),
        ({"within": -1}, "negative_time"),
        ({"max_occupancy": 0}, "bad_share"),
        ({"max_occupancy": 1.1}, "bad_share"),
        ({"max_occupancy": 0.00001}, "out_of_range"),
        ({"max_occupancy": float("nan")}, "not_a_number"),
        ({"handling": None}, "unknown_handling"),
        ({"calls": 10**9}, "out_of_range"),
        ({"patience": 0}, "unknown_patience"),
    ],
)
@pytest.mark.parametrize("patience", [{}, {"patience": 120}])
def test_staffing_outside_its_domain_is_refused(change, reason, patience):
    arguments = {**HUNDRED_CALLS, "target": 0.8, "within": 20, **patience, **change}
    assert agents_needed(**arguments) == Refusal(reason)


def test_a_promise_outside_its_domain_is_refused():
    arguments = {**HUNDRED_CALLS, "target": 0.8, "within": 20}
    assert check_promise(**arguments, agents=-1) == Refusal("negative_count")
    assert check_promise(**{**arguments, "target": 1}, agents=3) == Refusal("target_unreachable")


def test_shrinkage_must_leave_somebody():
    assert rostered(14, 1) == Refusal("bad_share")
    assert rostered(14, -0.1) == Refusal("bad_share")
    assert rostered(-1, 0.3) == Refusal("negative_count")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"agents": 0}, "no_agents"),
        ({"handling": None}, "unknown_handling"),
        ({"ahead": -1}, "negative_count"),
        ({"ahead": 1.5}, "not_whole"),
        ({"ahead": Decimal("1e-70")}, None),
        ({"patience": 0}, "unknown_patience"),
        ({"observations": 29, "at_least": 30}, "too_few"),
        ({"observations": -1}, "negative_count"),
        ({"observations": 3, "at_least": -1}, "negative_count"),
    ],
)
def test_a_place_outside_its_domain_is_refused(change, reason):
    arguments = {"ahead": 5, "agents": 10, "handling": 180, **change}
    place = place_in_queue(**arguments)
    assert place == (Refusal(reason) if reason else replace(place, ahead=0))


def test_enough_observations_are_enough():
    place = place_in_queue(ahead=5, agents=10, handling=180, observations=30, at_least=30)
    assert place.mean_wait == 108


def test_shares_and_times_that_are_asked_for_are_checked():
    queues = [
        patient_queue(**HUNDRED_CALLS, agents=13),
        impatient_queue(**HUNDRED_CALLS, agents=13, patience=120),
    ]
    for queue in queues:
        assert queue.answered_within(-1) == Refusal("negative_time")
        assert queue.wait_quantile(1) == Refusal("bad_share")
        assert queue.wait_quantile(Decimal("0." + "9" * 400)) == Refusal("out_of_range")
    place = place_in_queue(ahead=5, agents=10, handling=180)
    assert place.wait_quantile(1) == Refusal("bad_share")
    assert place.wait_quantile(0) == 0
    assert announced_minutes(-1, 5) == Refusal("negative_time")
    assert announced_minutes(1, -5) == Refusal("negative_time")


def test_the_offered_load_is_exact():
    assert offered_load(**LARGE_CENTRE) == Fraction(500, 3)
    assert offered_load(calls=1, interval=0, handling=3) == Refusal("unknown_interval")


def test_a_refusal_has_a_sentence():
    assert refusal_text("no_agents") == "cannot be estimated: no agents"
    assert refusal_text("half_asleep") == "cannot be estimated: half asleep"
    assert all(text and not text.endswith(".") for text in REASONS.values())


# Size


def test_ten_thousand_agents_are_counted_at_once():
    started = time.perf_counter()
    traffic = {"calls": 99_000, "interval": 1800, "handling": 180}
    full = patient_queue(**traffic, agents=10_000)
    assert 0 < full.waiting < 1
    assert 0 < full.answered_within(20) < 1
    hung = impatient_queue(**traffic, agents=9_800, patience=120)
    assert hung.abandoned == pytest.approx(1 - 9_800 / 9_900, abs=2e-3)
    needed = agents_needed(**traffic, target=0.8, within=20)
    assert 9_900 < needed < 10_000
    assert agents_needed(**traffic, target=0.8, within=20, patience=120) < needed
    far = place_in_queue(ahead=10_000, agents=10_000, handling=180)
    assert far.wait_quantile(0.5) == pytest.approx(far.mean_wait, rel=1e-3)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("calls", "handling", "agents", "patience"),
    [
        (10**9, 180, 1, 10**6),
        (99_999, 180, 10_000, 10**10),
        (100_000, 180, 10_000, 10**12),
        (10, 10**12, 1, 1e-8),
        (1e-300, 1, 100_000, 1),
        (10**12, 1e-9, 3, 10**12),
    ],
)
def test_figures_beyond_all_reason_still_give_shares(calls, handling, agents, patience):
    queue = impatient_queue(
        calls=calls, interval=1800, handling=handling, agents=agents, patience=patience
    )
    assert 0 <= queue.abandoned <= queue.waiting + 1e-12 <= 1 + 1e-12
    assert 0 <= queue.answered_within(20) <= 1
    assert 0 <= queue.wait_quantile(0.9) < 10**15
