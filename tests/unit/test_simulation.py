"""The formulas against queues that are played through, call by call.

The simulation shares nothing with the formulas: callers arrive at random, take the agent who is
free first, in their order, and hang up when that takes longer than their patience.
Tolerances are about four standard errors of the simulation.
"""

import heapq
from random import Random

import pytest

from policyengine.erlang import impatient_queue, patient_queue, place_in_queue

CALLS = 400_000
WARM_UP = 5_000


def play(*, seed, rate, handling, agents, patience=None):
    """Return the wait of each caller, and whether an agent was reached."""
    random = Random(seed)
    free_at = [0.0] * agents
    now = 0.0
    lived = []
    for _ in range(CALLS + WARM_UP):
        now += random.expovariate(rate)
        limit = random.expovariate(1 / patience) if patience else float("inf")
        offered = max(0.0, free_at[0] - now)
        if offered <= limit:
            start = now + offered
            heapq.heapreplace(free_at, start + random.expovariate(1 / handling))
            lived.append((offered, True))
        else:
            lived.append((limit, False))
    return lived[WARM_UP:]


def share(holds):
    return sum(holds) / len(holds)


@pytest.mark.slow
@pytest.mark.parametrize(("agents", "tolerance"), [(12, 0.015), (13, 0.01), (14, 0.006)])
def test_a_queue_in_which_nobody_hangs_up(agents, tolerance):
    lived = play(seed=agents, rate=100 / 1800, handling=180, agents=agents)
    waits = [wait for wait, _ in lived]
    queue = patient_queue(calls=100, interval=1800, handling=180, agents=agents)
    assert share([wait > 0 for wait in waits]) == pytest.approx(queue.waiting, abs=tolerance)
    assert share([wait <= 20 for wait in waits]) == pytest.approx(
        queue.answered_within(20), abs=tolerance
    )
    assert sum(waits) / len(waits) == pytest.approx(queue.mean_wait, rel=0.06)
    p90 = sorted(waits)[int(0.9 * len(waits))]
    assert p90 == pytest.approx(queue.wait_quantile(0.9), rel=0.06)


@pytest.mark.slow
@pytest.mark.parametrize("agents", [7, 9, 10, 11, 12, 14])
def test_a_queue_in_which_people_hang_up(agents):
    lived = play(seed=agents, rate=100 / 1800, handling=180, agents=agents, patience=120)
    queue = impatient_queue(calls=100, interval=1800, handling=180, agents=agents, patience=120)
    waited = share([wait > 0 for wait, _ in lived])
    assert waited == pytest.approx(queue.waiting, abs=0.006)
    assert share([not served for _, served in lived]) == pytest.approx(queue.abandoned, abs=0.004)
    mean = sum(wait for wait, _ in lived) / len(lived)
    assert mean == pytest.approx(queue.mean_wait, rel=0.03)
    for limit in (5, 20, 90):
        answered = share([served and wait <= limit for wait, served in lived])
        assert answered == pytest.approx(queue.answered_within(limit), abs=0.006)


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [0, 2, 5, 9])
@pytest.mark.parametrize("patience", [None, 120])
def test_a_caller_at_a_known_place(ahead, patience):
    random = Random(ahead)
    times, of_served = [], []
    for _ in range(100_000):
        ready = [random.expovariate(1 / 180) for _ in range(10)]
        heapq.heapify(ready)
        for _ in range(ahead):
            limit = random.expovariate(1 / patience) if patience else float("inf")
            if ready[0] <= limit:
                heapq.heapreplace(ready, ready[0] + random.expovariate(1 / 180))
        times.append(ready[0])
        if patience is None or ready[0] <= random.expovariate(1 / patience):
            of_served.append(ready[0])
    place = place_in_queue(ahead=ahead, agents=10, handling=180, patience=patience)
    assert sum(times) / len(times) == pytest.approx(place.mean_wait, rel=0.015)
    assert sum(of_served) / len(of_served) == pytest.approx(place.mean_wait_of_served, rel=0.015)
    assert len(of_served) / len(times) == pytest.approx(place.served, abs=0.007)
    times.sort()
    of_served.sort()
    for part in (0.5, 0.8, 0.9):
        assert times[int(part * len(times))] == pytest.approx(place.wait_quantile(part), rel=0.02)
        seen = of_served[int(part * len(of_served))]
        assert seen == pytest.approx(place.wait_quantile(part, of_served=True), rel=0.03)
