"""A site that extends the shipped house: other figures, one policy more, one replaced."""

import pytest
from conftest import ROOT

from policyengine import load
from policyengine.analysis import check
from policyengine.cases import read_suites, run_suites

REGULAR = {"customer.known": True, "customer.purchases_12m": 3, "contact.channel": "store"}
AT_FIVE = {"contact.at": "2026-06-03T17:30:00+00:00"}


@pytest.fixture(scope="module")
def house():
    return load(ROOT / "policies")


@pytest.fixture(scope="module")
def site():
    return load(ROOT / "examples" / "island-shop")


def _treated(policies, facts):
    decision = policies.decide(facts)
    return {name: directed.value for name, directed in decision.treatment.items()}


def test_the_site_is_checked_and_its_cases_pass(site):
    suites, findings = read_suites(site)
    assert (site.findings, check(site), findings) == ((), (), ())
    result = run_suites(site, suites)
    assert result.failures == ()
    assert [visits.policy for visits in result.coverage.policies] == ["base-service", "last-boat"]
    assert result.coverage.rules_chosen == result.coverage.rules


def test_three_things_are_different_and_all_else_is_as_in_the_house(house, site):
    facts = REGULAR | AT_FIVE
    before, after = _treated(house, facts), _treated(site, facts)
    changed = {name: after[name] for name in after if before.get(name) != after[name]}
    assert {name: str(value) for name, value in changed.items()} == {
        "priority": "5",
        "respond_within": "172800",
        "max_wait": "300",
        "may_cross_sell": "False",
        "recognition": "greet_as_regular",
        "favours": "('small_gift',)",
        "show_to_agent": "('regular',)",
    }
    assert before.keys() <= after.keys()


def test_files_of_the_house_are_named_as_seen_from_the_site(site):
    plans = {plan.id: plan.source.file for plan in site.decide(REGULAR | AT_FIVE).plans}
    assert plans["regulars:greet"] == "../../policies/recognition/regulars.yaml"
    assert plans["base-service:everyone"] == "house/base-service.yaml"
