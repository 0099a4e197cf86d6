"""Waits and staffing as policies ask them: golden values, refusals, and what may be left out."""

from decimal import Decimal

import pytest

TRAFFIC = "calls: f.calls, interval: f.interval, aht: q.aht"
PROMISE = "target: p.share, within: p.within"
FIELDS = f"""
f.calls: {{type: number, optional: true}}
f.interval: {{type: duration, unit: min, optional: true}}
f.shrinkage: {{type: share, default: 30%}}
q.aht: {{type: duration, unit: s, optional: true}}
q.agents: {{type: integer, optional: true}}
q.patience: {{type: duration, unit: s, optional: true}}
p.share: {{type: share, default: 80%}}
p.within: {{type: duration, unit: s, default: 20 s}}
p.busy: {{type: share, default: 100%}}
c.level: {{type: share, computed: {{erlang_c_service_level: {{{TRAFFIC}, agents: q.agents, within: p.within}}}}}}
c.mean: {{type: duration, computed: {{erlang_c_wait: {{{TRAFFIC}, agents: q.agents, quantile: mean}}}}}}
c.p50: {{type: duration, computed: {{erlang_c_wait: {{{TRAFFIC}, agents: q.agents, quantile: p50}}}}}}
c.p90: {{type: duration, computed: {{erlang_c_wait: {{{TRAFFIC}, agents: q.agents, quantile: p90}}}}}}
c.agents: {{type: integer, computed: {{erlang_c_agents: {{{TRAFFIC}, {PROMISE}, max_occupancy: p.busy}}}}}}
c.rostered: {{type: integer, computed: {{erlang_c_rostered: {{{TRAFFIC}, {PROMISE}, max_occupancy: p.busy, shrinkage: f.shrinkage}}}}}}
a.level: {{type: share, computed: {{erlang_a_service_level: {{{TRAFFIC}, agents: q.agents, patience: q.patience, within: p.within}}}}}}
a.mean: {{type: duration, computed: {{erlang_a_wait: {{{TRAFFIC}, agents: q.agents, patience: q.patience, quantile: mean}}}}}}
a.agents: {{type: integer, computed: {{erlang_a_agents: {{{TRAFFIC}, patience: q.patience, {PROMISE}}}}}}}
a.rostered: {{type: integer, computed: {{erlang_a_rostered: {{{TRAFFIC}, patience: q.patience, {PROMISE}, shrinkage: f.shrinkage}}}}}}
a.gone: {{type: share, computed: {{erlang_a_abandoned: {{{TRAFFIC}, agents: q.agents, patience: q.patience}}}}}}
"""
PLACE = "ahead: q.ahead, agents: q.agents, aht: q.aht"
PLACES = f"""
q.ahead: {{type: integer, optional: true}}
q.agents: {{type: integer, optional: true}}
q.aht: {{type: duration, unit: s, optional: true}}
q.seen: {{type: integer, optional: true}}
q.patience: {{type: duration, unit: s, default: 2 min}}
w.mean: {{type: duration, computed: {{position_wait: {{quantile: mean, {PLACE}}}}}}}
w.p50: {{type: duration, computed: {{position_wait: {{quantile: p50, {PLACE}}}}}}}
w.p80: {{type: duration, computed: {{position_wait: {{quantile: p80, {PLACE}}}}}}}
w.p90: {{type: duration, computed: {{position_wait: {{quantile: p90, {PLACE}}}}}}}
w.patient: {{type: duration, computed: {{position_wait: {{quantile: mean, {PLACE}, patience: q.patience}}}}}}
w.sure: {{type: duration, computed: {{position_wait: {{quantile: mean, {PLACE}, observations: q.seen, least: 30}}}}}}
w.seconds: {{type: duration, unit: s, step: 1 s, computed: {{position_wait: {{quantile: p90, {PLACE}}}}}}}
w.low: {{type: duration, unit: min, step: 1 min, computed: {{position_wait: {{quantile: mean, {PLACE}}}}}}}
w.high: {{type: duration, unit: min, step: 1 min, computed: {{position_wait: {{quantile: p90, {PLACE}}}}}}}
"""
HUNDRED = {"f__calls": 100, "f__interval": 30, "q__aht": 180}
BUSY = {"f__calls": 360, "f__interval": 30, "q__aht": 240}
LARGE = {"f__calls": 1000, "f__interval": 30, "q__aht": 300}
SMALL = {"f__calls": 10, "f__interval": 60, "q__aht": 300}


@pytest.fixture(scope="module")
def queue(asking):
    return asking(FIELDS)


@pytest.fixture(scope="module")
def place(asking):
    return asking(PLACES)


def shows(fact, written):
    """Return whether *fact* is exact and rounds to the figure as it is *written*."""
    assert isinstance(fact, Decimal)
    digits = len(written.partition(".")[2])
    return f"{fact:.{digits}f}".removeprefix("0" if written.startswith(".") else "") == written


@pytest.mark.parametrize(
    ("agents", "level", "mean", "p90"),
    [
        (11, ".38961", "122.781", "345.61"),
        (12, ".64016", "40.445", "135.24"),
        (13, ".79559", "17.116", "62.90"),
        (14, ".88835", "7.836", "24.96"),
    ],
)
def test_a_hundred_calls_in_half_an_hour(queue, agents, level, mean, p90):
    facts = queue(**HUNDRED, q__agents=agents)
    assert shows(facts["c.level"], level)
    assert shows(facts["c.mean"], mean)
    assert shows(facts["c.p90"], p90)


def test_with_twelve_agents_half_of_the_callers_do_not_wait(queue):
    assert queue(**HUNDRED, q__agents=12)["c.p50"] == 0


@pytest.mark.parametrize(
    ("traffic", "busy", "agents", "level"),
    [
        (HUNDRED, 1, 14, ".88835"),
        (BUSY, 1, 54, ".81725"),
        (BUSY, Decimal("0.85"), 57, ".93142"),
        (LARGE, 1, 176, ".80283"),
        (LARGE, Decimal("0.85"), 197, ".99820"),
        (SMALL, 1, 3, ".95005"),
    ],
)
def test_agents_for_four_fifths_in_time(queue, traffic, busy, agents, level):
    facts = queue(**traffic, p__busy=busy, q__agents=agents)
    assert facts["c.agents"] == agents
    assert shows(facts["c.level"], level)


@pytest.mark.row("X08")
def test_fourteen_agents_are_twenty_on_the_roster(queue):
    """One model of capacity for the peak and for the queue."""
    facts = queue(**HUNDRED)
    assert (facts["c.agents"], facts["c.rostered"]) == (14, 20)


def test_the_roster_is_counted_exactly(queue):
    facts = queue(f__calls=100, f__interval=30, q__aht=300)
    assert (facts["c.agents"], facts["c.rostered"]) == (21, 30)


@pytest.mark.parametrize(
    ("agents", "gone", "mean", "level"),
    [
        (9, ".19216", "23.059", ".52407"),
        (10, ".13746", "16.496", ".63994"),
        (11, ".09416", "11.299", ".74221"),
        (12, ".06160", "7.392", ".82558"),
        (14, ".02284", "2.741", ".93273"),
    ],
)
def test_a_queue_in_which_people_hang_up(queue, agents, gone, mean, level):
    facts = queue(**HUNDRED, q__agents=agents, q__patience=120)
    assert shows(facts["a.gone"], gone)
    assert shows(facts["a.mean"], mean)
    assert shows(facts["a.level"], level)
    assert (facts["a.agents"], facts["a.rostered"]) == (12, 18)


@pytest.mark.parametrize(
    ("context", "field", "reason"),
    [
        ({"q__agents": 10}, "c.level", "unbounded"),
        ({"q__agents": 0}, "c.level", "no_agents"),
        ({"q__agents": -1}, "c.mean", "negative_count"),
        ({"q__agents": 13, "f__calls": -1}, "c.mean", "negative_count"),
        ({"q__agents": 13, "q__aht": 0}, "c.mean", "unknown_handling"),
        ({"q__agents": 13, "q__aht": None}, "c.mean", "unknown_handling"),
        ({"q__agents": 13, "f__interval": 0}, "c.level", "unknown_interval"),
        ({"q__agents": 13, "p__within": -1}, "c.level", "negative_time"),
        ({"q__agents": 200_000}, "c.level", "out_of_range"),
        ({"p__share": 1}, "c.agents", "target_unreachable"),
        ({"p__busy": 0}, "c.agents", "bad_share"),
        ({"f__shrinkage": 1}, "c.rostered", "bad_share"),
        ({"q__agents": 13}, "a.level", "unknown_patience"),
        ({"q__agents": 13, "q__patience": 0}, "a.gone", "unknown_patience"),
    ],
)
def test_what_cannot_be_estimated_is_missing_with_a_reason(queue, context, field, reason):
    facts = queue(**{**HUNDRED, **context})
    assert facts[field] is None
    assert facts[f"{field}.refused"] == reason


def test_without_agents_known_nothing_is_said_and_nothing_is_refused(queue):
    facts = queue(**HUNDRED)
    assert facts["c.level"] is None
    assert "c.level.refused" not in facts


@pytest.mark.parametrize(
    ("ahead", "mean", "p50", "p80", "p90", "patient"),
    [
        (0, "18", "12.48", "28.97", "41.45", "18.00"),
        (2, "54", "48.13", "77.02", "95.80", "47.50"),
        (5, "108", "102.06", "142.31", "166.94", "81.45"),
        (9, "180", "174.04", "225.34", "255.71", "115.54"),
    ],
)
def test_the_wait_at_a_known_place(place, *, ahead, mean, p50, p80, p90, patient):
    facts = place(q__ahead=ahead, q__agents=10, q__aht=180)
    shown = {"mean": mean, "p50": p50, "p80": p80, "p90": p90, "patient": patient}
    for name, written in shown.items():
        assert shows(facts[f"w.{name}"], written)


@pytest.mark.row("E17")
def test_a_wait_is_rounded_up_to_the_step_of_its_field(place):
    """The wait to announce is 2 to 3 minutes."""
    facts = place(q__ahead=5, q__agents=10, q__aht=180)
    assert facts["w.mean"] == 108
    assert facts["w.seconds"] == 167
    assert (facts["w.low"], facts["w.high"]) == (120, 180)


@pytest.mark.parametrize(
    ("context", "field", "reason"),
    [
        ({"q__agents": 0}, "w.p90", "no_agents"),
        ({"q__aht": None}, "w.p90", "unknown_handling"),
        ({"q__ahead": -1}, "w.p90", "negative_count"),
        ({"q__patience": 0}, "w.patient", "unknown_patience"),
        ({"q__seen": 29}, "w.sure", "too_few"),
        ({}, "w.sure", "too_few"),
    ],
)
def test_a_place_outside_its_domain_is_refused(place, context, field, reason):
    facts = place(**{"q__ahead": 5, "q__agents": 10, "q__aht": 180, **context})
    assert facts[field] is None
    assert facts[f"{field}.refused"] == reason


def test_enough_observations_are_enough(place):
    assert place(q__ahead=5, q__agents=10, q__aht=180, q__seen=30)["w.sure"] == 108
