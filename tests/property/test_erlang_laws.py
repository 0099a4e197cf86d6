"""Queues: bounded and monotone, whatever the figures."""

from math import exp, isfinite

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policyengine.erlang import (
    Refusal,
    agents_needed,
    impatient_queue,
    patient_queue,
    place_in_queue,
    rostered,
)

CALLS = st.floats(0.01, 2_000)
HANDLING = st.floats(1, 3_600)
AGENTS = st.integers(1, 300)
PATIENCE = st.floats(1, 10_000)
SHARES = st.floats(0.001, 0.999)
TIMES = st.floats(0, 3_600)
CROWDS = st.fixed_dictionaries(
    {
        "calls": CALLS,
        "interval": st.just(1800),
        "handling": HANDLING,
        "agents": AGENTS,
        "patience": PATIENCE,
    }
)
PROMISES = st.fixed_dictionaries(
    {
        "target": st.floats(0, 0.99),
        "within": TIMES,
        "max_occupancy": st.floats(0.3, 1),
    }
)
PLACES = st.fixed_dictionaries(
    {
        "agents": AGENTS,
        "handling": HANDLING,
        "patience": st.none() | PATIENCE,
    }
)
ROUNDING = 1e-9


@given(CALLS, HANDLING, AGENTS, TIMES, SHARES)
def test_without_hanging_up_all_figures_are_bounded_or_refused(calls, handling, agents, t, share):
    queue = patient_queue(calls=calls, interval=1800, handling=handling, agents=agents)
    if isinstance(queue, Refusal):
        assert queue.reason == "unbounded"
        assert agents <= calls / 1800 * handling * (1 + ROUNDING)
        return
    assert 0 <= queue.waiting <= 1
    assert 1 - queue.waiting <= queue.answered_within(t) + ROUNDING <= 1 + ROUNDING
    assert 0 <= queue.occupancy < 1
    assert 0 <= queue.mean_wait <= queue.mean_wait_of_waiting
    assert queue.wait_quantile(share) >= 0
    assert all(isfinite(figure) for figure in (queue.mean_wait, queue.mean_queue))


@given(CALLS, HANDLING, AGENTS, TIMES, SHARES)
def test_more_agents_never_lengthen_a_wait(calls, handling, agents, t, share):
    fewer = patient_queue(calls=calls, interval=1800, handling=handling, agents=agents)
    assume(not isinstance(fewer, Refusal))
    more = patient_queue(calls=calls, interval=1800, handling=handling, agents=agents + 1)
    assert more.waiting <= fewer.waiting
    assert more.mean_wait <= fewer.mean_wait
    assert more.answered_within(t) >= fewer.answered_within(t) - ROUNDING
    assert more.wait_quantile(share) <= fewer.wait_quantile(share) * (1 + ROUNDING)


@given(CALLS, HANDLING, AGENTS, SHARES)
def test_a_quantile_answers_its_share(calls, handling, agents, share):
    queue = patient_queue(calls=calls, interval=1800, handling=handling, agents=agents)
    assume(not isinstance(queue, Refusal))
    wait = queue.wait_quantile(share)
    assume(wait < 10**12)
    if wait > 0:
        assert queue.answered_within(wait) == pytest.approx(share, abs=ROUNDING)
    else:
        assert queue.answered_within(0) >= share - ROUNDING


@settings(deadline=None)
@given(CROWDS, TIMES, SHARES)
def test_with_hanging_up_all_figures_are_bounded(crowd, t, share):
    queue = impatient_queue(**crowd)
    assert 0 <= queue.abandoned <= queue.waiting + ROUNDING <= 1 + ROUNDING
    assert 0 <= queue.occupancy <= 1 + ROUNDING
    served = queue.answered_within(t)
    assert 1 - queue.waiting - ROUNDING <= served <= 1 - queue.abandoned + ROUNDING
    assert 0 <= queue.wait_quantile(share) < 10**9


@settings(deadline=None)
@given(CALLS, HANDLING, AGENTS, PATIENCE)
def test_who_hangs_up_is_the_mean_wait_by_the_rate_of_hanging_up(calls, handling, agents, patience):
    """Balance: what comes in is served by the busy agents or hangs up."""
    queue = impatient_queue(
        calls=calls, interval=1800, handling=handling, agents=agents, patience=patience
    )
    assert queue.abandoned == pytest.approx(queue.mean_wait / patience, rel=1e-12)
    rate = calls / 1800
    served = agents / handling
    just_full = queue.front / (served * patience) * exp(-queue.offered.drop(-queue.offered.peak))
    hung_up = rate * queue.waiting - served * (queue.waiting - just_full)
    assert hung_up == pytest.approx(rate * queue.abandoned, rel=1e-9, abs=1e-9 * (rate + served))


@settings(deadline=None)
@given(CALLS, HANDLING, AGENTS, PATIENCE, TIMES)
def test_more_agents_never_lengthen_a_wait_where_people_hang_up(
    calls, handling, agents, patience, t
):
    traffic = {"calls": calls, "interval": 1800, "handling": handling, "patience": patience}
    fewer = impatient_queue(**traffic, agents=agents)
    more = impatient_queue(**traffic, agents=agents + 1)
    assert more.waiting <= fewer.waiting + ROUNDING
    assert more.mean_wait <= fewer.mean_wait * (1 + ROUNDING)
    assert more.answered_within(t) >= fewer.answered_within(t) - ROUNDING
    assert more.occupancy <= fewer.occupancy + ROUNDING
    assert more.occupancy * (agents + 1) >= fewer.occupancy * agents * (1 - ROUNDING)


@settings(deadline=None)
@given(CALLS, HANDLING, AGENTS)
def test_patience_without_end_is_nobody_hanging_up(calls, handling, agents):
    patient = patient_queue(calls=calls, interval=1800, handling=handling, agents=agents)
    assume(not isinstance(patient, Refusal))
    assume(patient.occupancy < 0.99)
    queue = impatient_queue(
        calls=calls, interval=1800, handling=handling, agents=agents, patience=10**11
    )
    assert queue.waiting == pytest.approx(patient.waiting, rel=1e-3, abs=1e-12)
    assert queue.mean_wait == pytest.approx(patient.mean_wait, rel=1e-3, abs=1e-9)
    assert queue.answered_within(20) == pytest.approx(patient.answered_within(20), abs=1e-3)
    assert queue.abandoned < 1e-5


@settings(deadline=None)
@given(CALLS, HANDLING, PROMISES, st.none() | PATIENCE)
def test_the_agents_needed_are_enough_and_one_less_is_not(calls, handling, promise, patience):
    traffic = {"calls": calls, "interval": 1800, "handling": handling}
    needed = agents_needed(**traffic, **promise, patience=patience)
    target, cap = promise["target"], promise["max_occupancy"]

    def keeps(agents):
        if agents == 0:
            return False
        if patience is None:
            queue = patient_queue(**traffic, agents=agents)
        else:
            queue = impatient_queue(**traffic, agents=agents, patience=patience)
        if isinstance(queue, Refusal):
            return False
        level = queue.answered_within(promise["within"])
        assume(abs(level - target) > ROUNDING)
        assume(abs(queue.occupancy - cap) > ROUNDING)
        return level >= target and queue.occupancy <= cap

    assert keeps(needed)
    assert not keeps(needed - 1)


@settings(deadline=None)
@given(st.integers(0, 200), PLACES, SHARES, SHARES)
def test_quantiles_at_a_place_rise_with_the_share_and_the_place(ahead, figures, one, other):
    place = place_in_queue(ahead=ahead, **figures)
    low, high = sorted((one, other))
    assert 0 <= place.wait_quantile(low) <= place.wait_quantile(high)
    behind = place_in_queue(ahead=ahead + 1, **figures)
    assert behind.mean_wait > place.mean_wait
    assert behind.wait_quantile(high) >= place.wait_quantile(high) * (1 - ROUNDING)
    assert place.mean_wait_of_served <= place.mean_wait
    assert place.wait_quantile(high, of_served=True) <= place.wait_quantile(high) * (1 + ROUNDING)
    assert 0 < behind.served <= place.served <= 1


@given(st.integers(0, 10_000), st.integers(0, 99))
def test_the_roster_covers_the_agents_and_no_one_is_too_many(agents, percent):
    on_roster = rostered(agents, percent / 100)
    assert on_roster * (100 - percent) >= agents * 100
    assert (on_roster - 1) * (100 - percent) < agents * 100
