"""Acceptance rows that wait for what is not built yet: each a test that must fail until it is.

They are strict: whoever builds what a row waits for finds its test passing, and takes the mark off.
"""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from policyengine import load
from policyengine.analysis import check
from policyengine.cli import main

HOUSE = Path(__file__).parents[1] / "policies"
SAID_CONTACT = {
    "contact.at": "2026-12-03T09:12:00+01:00",
    "contact.direction": "customer_initiated",
}


@pytest.fixture
def house(tmp_path):
    """Return the shipped house with one file changed: the old words, and the new ones."""

    def changed(name="", old="", new=""):
        folder = tmp_path / "policies"
        shutil.copytree(HOUSE, folder)
        if name:
            path = folder / name
            text = path.read_text("utf-8")
            assert old in text, "the house no longer says this"
            path.write_text(text.replace(old, new), "utf-8")
        return folder

    return changed


def _found(folder, name):
    return [finding for finding in check(load(folder)) if finding.check == name]


def _answer(*arguments, facts):
    """Return what the command line answers in JSON for one context."""
    given = json.dumps({**SAID_CONTACT, **facts})
    result = CliRunner().invoke(
        main,
        ["decide", "--policies", str(HOUSE), "--format", "jsonl", *arguments, "-"],
        input=given,
    )
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.row("A06")
def test_a_type_without_a_treatment_is_a_gap(house):
    folder = house(
        "segments/treatment.yaml",
        "  - rule: relationship-driven\n    when: {customer.type: relationship_driven}\n"
        "    then: relationship\n"
        "    because: They want a lasting tie, so they meet somebody who knows them.\n",
        "",
    )
    [gap] = _found(folder, "gaps")
    assert "relationship_driven" in gap.message
    assert gap.context["customer.type"] == "relationship_driven"


@pytest.mark.row("A09")
@pytest.mark.xfail(strict=True, reason="issue E, why an answer came out")
def test_why_names_the_rule_that_gives_another_list_of_channels():
    notice = {"contact.direction": "firm_initiated"}
    for kind, rule in (("value_driven", "value-driven"), ("service_oriented", "service-oriented")):
        why = _answer("--why", facts={**notice, "customer.type": kind})["why"]
        assert rule in json.dumps(why)


@pytest.mark.row("A21")
@pytest.mark.xfail(strict=True, reason="issue D, treatments that are identical")
def test_two_treatments_that_say_the_same_are_pointed_out(house):
    folder = house("segments/treatment.yaml", "need: service_quality", "need: best_price")
    path = folder / "segments" / "treatment.yaml"
    path.write_text(path.read_text("utf-8").replace("[fast_resolution]", "[best_price]"), "utf-8")
    assert [one for one in _found(folder, "unused") if one.severity == "info"]


@pytest.mark.row("C03")
@pytest.mark.xfail(strict=True, reason="issue E, what if a fact were another")
def test_a_changed_margin_shows_which_conclusion_moved():
    result = CliRunner().invoke(
        main,
        [
            *("decide", "--policies", str(HOUSE), "--about", "business"),
            *("--set", "service.product_margin=2%", "-"),
        ],
        input=json.dumps({"service.product_margin": 0.4}),
    )
    assert "service.product_margin" in result.stdout


@pytest.mark.row("C40")
@pytest.mark.xfail(strict=True, reason="issue E, which fact would change the answer")
def test_a_caller_nobody_knows_is_told_what_would_change_the_answer():
    possible = _answer("--unknown", "customer.known", facts={"customer.miles": 60000})["possible"]
    assert possible["ask_next"] == "customer.known"


@pytest.mark.row("D23")
@pytest.mark.xfail(strict=True, reason="issue E, why another plan did not come out")
def test_why_not_names_the_size_of_the_business_as_what_decides():
    facts = {"business.size": "large", "contact.channel": "phone"}
    asked = _answer("--why-not", "plan=task-team:anyone-available", facts=facts)["why_not"]
    assert [change["set"] for change in asked["changes"]] == [{"business.size": "small"}]


@pytest.mark.row("E20")
@pytest.mark.xfail(strict=True, reason="issue E, the smallest change")
def test_one_purchase_short_of_a_regular_is_said_so():
    facts = {"customer.known": True, "customer.purchases_12m": 5}
    asked = _answer("--why-not", "directive.recognition=greet_as_regular", facts=facts)["why_not"]
    assert {"customer.purchases_12m": 6} in [change["set"] for change in asked["changes"]]


@pytest.mark.row("E29")
@pytest.mark.xfail(strict=True, reason="issue F, the monitor")
def test_a_mandated_plan_cannot_be_switched_off_by_hand():
    from policyengine.monitor import override

    refused = override(load(HOUSE), "risk-plans:safety-recall", to="off", by="duty-manager")
    assert "41113" in refused.reason


@pytest.mark.row("E30")
def test_a_graver_consequence_never_loosens_the_care(house):
    hurt = "    when: {service.failure_consequence: personal_safety}\n    then: "
    folder = house("people/failure-care.yaml", f"{hurt}senior", f"{hurt}any-trained")
    broken = _found(folder, "guarantees")
    assert any("service.failure_consequence" in one.message for one in broken)


@pytest.mark.row("X03")
def test_a_rule_by_tier_under_one_service_for_all_is_a_conflict_with_both_places(house):
    folder = house("policyset.yaml", "value: segment_by_value", "value: one_size_fits_all")
    path = folder / "tiers" / "treatment.yaml"
    path.write_text(
        path.read_text("utf-8").replace("house.strategy: segment_by_value", "house.strategy: any"),
        "utf-8",
    )
    found = _found(folder, "guarantees")
    assert any(one.related and "customer.tier" in one.message for one in found)


@pytest.mark.row("X13")
@pytest.mark.xfail(strict=True, reason="issue E, why another plan did not come out")
def test_why_not_shows_the_first_failed_test_with_the_value_seen_and_needed():
    facts = {"customer.known": True, "customer.miles": 10000}
    asked = _answer("--why-not", "plan=tier-treatment:gold", facts=facts)["why_not"]
    failed = asked["rules"][0]["failed"][0]
    assert failed["field"] == "customer.tier"
    assert failed["test"] == "gold"


@pytest.mark.row("X15")
def test_check_proves_that_nobody_falls_through(house):
    folder = house("segments/treatment.yaml", "  - rule: no type found\n", "  - rule: none found\n")
    path = folder / "segments" / "treatment.yaml"
    narrowed = "when: {customer.type: unsegmented, customer.known: true}"
    text = path.read_text("utf-8").replace("when: {customer.type: unsegmented}", narrowed)
    path.write_text(text, "utf-8")
    assert [one for one in _found(folder, "guarantees") if "complete" in one.message]
