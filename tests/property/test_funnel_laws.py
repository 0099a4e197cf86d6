"""What holds along every way through the shipped funnel, however a matter goes on."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine import load

POLICIES = load(Path(__file__).parents[2] / "policies")
STAGES = ("prevent", "proactive", "self_service", "online_assistance", "analogue")
CHANNELS = POLICIES.definitions.fields["contact.channel"].type.values
REASONS = POLICIES.definitions.fields["contact.reason"].type.values
SIGNALS = POLICIES.definitions.fields["signal.kind"].type.values
YES_NO = (True, False)
HOURS = tuple(f"2026-12-03T{hour:02}:30:00+01:00" for hour in (3, 7, 8, 12, 21, 22))


def _maybe(*values):
    """Draw one of *values*, or leave the fact out."""
    return st.sampled_from((None, *values))


EVENTS = st.fixed_dictionaries(
    {
        "contact.at": _maybe(*HOURS),
        "contact.channel": _maybe(*CHANNELS),
        "contact.direction": _maybe("customer_initiated", "firm_initiated"),
        "contact.exists": _maybe(*YES_NO),
        "contact.reason": _maybe(*REASONS),
        "contact.task": _maybe("complaint", "reservation"),
        "contact.requested_channel": _maybe(*CHANNELS),
        "contact.self_service": _maybe("not_offered", "offered", "failed", "succeeded"),
        "contact.online_assist": _maybe("not_tried", "failed", "succeeded", "unavailable"),
        "contact.moment_that_matters": _maybe(*YES_NO),
        "contact.previous_contacts": _maybe(0, 2, 3),
        "contact.avoidable": _maybe(*YES_NO),
        "customer.preferred_channel": _maybe(*CHANNELS),
        "signal.kind": _maybe(*SIGNALS),
        "signal.affected": _maybe(*YES_NO),
        "incident.type": _maybe("recall", "data_loss"),
    }
).map(lambda facts: {name: value for name, value in facts.items() if value is not None})


def _decided(facts):
    decision = POLICIES.decide(facts)
    assert decision.status == "decided"
    return decision


@pytest.mark.row("B19")
@settings(max_examples=200, deadline=None)
@given(st.lists(EVENTS, min_size=2, max_size=6))
def test_replaying_the_events_of_one_matter_never_gives_a_lower_stage_than_before(events):
    before = None
    for event in events:
        facts = event if before is None else {**event, "funnel.stage_before": before}
        after = _decided(facts).facts["funnel.stage"]
        assert before is None or STAGES.index(after) >= STAGES.index(before)
        before = after


@settings(max_examples=200, deadline=None)
@given(EVENTS, _maybe(*STAGES))
def test_whoever_has_had_a_person_is_shown_self_service_again_only_on_request(event, before):
    facts = event if before is None else {**event, "funnel.stage_before": before}
    wants_it = facts.get("contact.requested_channel") in ("self_service", "web")
    if before in ("online_assistance", "analogue") and not wants_it:
        channel = _decided(facts).treatment.get("channel")
        assert channel is None or channel.value not in ("self_service", "web")


@pytest.mark.row("B18")
@settings(max_examples=200, deadline=None)
@given(EVENTS, _maybe(*STAGES))
def test_each_stage_that_is_left_out_has_a_reason(event, before):
    facts = event if before is None else {**event, "funnel.stage_before": before}
    decided = _decided(facts).facts
    skipped = decided["funnel.skipped"] or ()
    place = STAGES.index(decided["funnel.stage"])
    kept = "not_sent_back" in skipped
    assert place < 3 or kept or any(one.startswith("self_service_") for one in skipped)
    assert place < 4 or kept or any(one.startswith("online_") for one in skipped)


@pytest.mark.row("B20")
@settings(max_examples=200, deadline=None)
@given(EVENTS, _maybe(*STAGES))
def test_no_way_through_the_funnel_is_a_dead_end(event, before):
    """Whoever is in touch gets a channel, and at a closed desk another one or a time."""
    facts = event if before is None else {**event, "funnel.stage_before": before}
    decision = _decided(facts)
    treatment = {name: one.value for name, one in decision.treatment.items()}
    assert not [one for one in decision.withheld if one.reason == "conflict"]
    if decision.outcomes["funnel-stage"].plans in (
        ("funnel-stage:prevent",),
        ("funnel-stage:tell-first",),
    ):
        return
    assert "channel" in treatment
    if decision.facts["chat.open"] is False:
        assert treatment["channel"] not in ("chat", "messaging", "social")
