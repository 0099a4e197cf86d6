"""Guarantees of the shipped house hold, whichever of its strategies it follows."""

import shutil
from pathlib import Path

import pytest

from policyengine import load
from policyengine.analysis import PROOFS
from policyengine.analysis.periods import Periods

HOUSE = Path(__file__).parents[2] / "policies"


@pytest.mark.parametrize(
    "strategy", ["segment_by_value", "one_size_fits_all", "uniform_high_quality"]
)
def test_the_shipped_house_keeps_its_promises_under_every_strategy(tmp_path, strategy):
    folder = tmp_path / "policies"
    shutil.copytree(HOUSE, folder)
    path = folder / "policyset.yaml"
    text = path.read_text("utf-8")
    assert "value: segment_by_value" in text
    path.write_text(text.replace("value: segment_by_value", f"value: {strategy}"), "utf-8")
    definitions = load(folder).definitions
    periods = Periods(definitions)
    assert [str(one) for proof in PROOFS for one in proof(definitions, periods)] == []


def test_a_broken_guarantee_shows_the_facts_and_the_reason(overlay):
    text = (HOUSE.parent / "tests/golden/base/house/treatment.yaml").read_text("utf-8")
    claim = (
        "guarantees:\n  - never: {when: {customer.type: value_driven}, then: {plan: by-email}}\n"
    )
    folder = overlay(
        {"house/treatment.yaml": f"{text}{claim}    because: They would rather talk.\n"}
    )
    definitions = load(folder).definitions
    [found] = [one for proof in PROOFS for one in proof(definitions, Periods(definitions))]
    assert found.code.id == "PE310"
    assert found.context == {"customer.type": "value_driven"}
    assert found.hint == "it is promised: They would rather talk"
