"""What holds between files of the shipped house that no single policy can say."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from policyengine import load
from policyengine.analysis import check

HOUSE = Path(__file__).parents[1] / "policies"
POLICIES = load(HOUSE)
TASKS = POLICIES.definitions.registers["tasks"]
EACH_TASK = [dict(zip(TASKS.columns, row.cells, strict=True)) for row in TASKS.rows]


@pytest.mark.row("E33")
@pytest.mark.parametrize("task", EACH_TASK, ids=lambda task: task["task.name"])
def test_the_team_that_answers_for_a_task_is_the_team_that_does_it(task):
    known = {field: value for field, value in task.items() if value is not None}
    owner = POLICIES.decide({"about": "task", **known}).facts["task.assigned_to"]
    contact = {"contact.channel": "phone", "contact.task": task["task.name"]}
    assert POLICIES.decide(contact).treatment["performed_by"].value == owner


@pytest.fixture
def edited(tmp_path):
    """Return what `check` finds in the shipped house after some words in it were changed."""

    def found(*changes, as_of=None):
        folder = tmp_path / "policies"
        ignored = shutil.ignore_patterns("*_test.yaml")
        shutil.copytree(HOUSE, folder, ignore=ignored, dirs_exist_ok=True)
        for name, old, new in changes:
            text = (folder / name).read_text("utf-8")
            assert old in text, "the house no longer says this"
            (folder / name).write_text(text.replace(old, new), "utf-8")
        return [f"{one.severity}: {one.message}" for one in check(load(folder), as_of=as_of)]

    return found


def _strategy(name):
    return ("policyset.yaml", "value: segment_by_value", f"value: {name}")


@pytest.mark.row("C19", "C39", "X10")
@pytest.mark.parametrize("name", ["segment_by_value", "one_size_fits_all", "uniform_high_quality"])
def test_the_house_can_take_up_each_strategy(edited, name):
    assert edited(_strategy(name)) == []


@pytest.mark.row("X03")
def test_a_tier_has_no_say_where_one_service_is_for_all(edited):
    guard = ("tiers/member-line.yaml", "applies: {house.strategy: segment_by_value}\n", "")
    found = edited(_strategy("one_size_fits_all"), guard)
    worth = "depends on what the customer is worth, and the strategy is `one_size_fits_all`"
    assert f"error: `member-line:ask-who-it-is` {worth}" in found
    assert edited(guard) == []


@pytest.mark.row("X04")
def test_regulars_get_no_favours_where_one_service_is_for_all(edited):
    guard = ("recognition/regulars.yaml", "      house.strategy: segment_by_value\n", "")
    assert edited(_strategy("one_size_fits_all"), guard) == [
        "error: `regulars:small-favour` gives favours to some, and the strategy is `one_size_fits_all`"
    ]


@pytest.mark.row("C20", "C37")
@pytest.mark.parametrize(
    ("file", "field", "lacks"),
    [
        ("first-contact", "issues.first_contact", "what is resolved at the first contact"),
        ("handling-time", "issues.handling", "the handling time"),
        ("time-to-close", "issues.time_to_close", "the time to close"),
    ],
)
def test_one_service_for_all_has_a_target_for_each_of_its_figures(edited, file, field, lacks):
    other = {"issues.handling": "phone.answer_time", "issues.time_to_close": "email.reply_time"}
    instead = (
        f"metrics/{file}.yaml",
        f"field: {field}",
        f"field: {other.get(field, 'contacts.change')}",
    )
    assert edited(_strategy("one_size_fits_all"), instead) == [
        f"error: `one_size_fits_all` without a target for {lacks}"
    ]


@pytest.mark.row("X10")
def test_high_quality_for_all_is_what_customers_say_it_is(edited):
    blind = ("metrics/customer-satisfaction.yaml", "field: survey.csat", "field: email.check_every")
    number = ("metrics/customer-satisfaction.yaml", "target: 4\n", "target: 4 h\n")
    limit = ("metrics/customer-satisfaction.yaml", "acceptable: 3\n", "acceptable: 3 h\n")
    found = edited(_strategy("uniform_high_quality"), blind, number, limit)
    asks = (
        "nobody asks the customers, by a comment card at the purchase or by a questionnaire online"
    )
    assert found == [
        "error: `uniform_high_quality` and nobody measures how satisfied customers are",
        f"warning: {asks}",
    ]


@pytest.mark.row("D25")
def test_a_figure_past_its_review_date_is_named(edited):
    assert edited(as_of=date(2027, 1, 31)) == []
    found = edited(as_of=date(2027, 2, 1))
    assert "warning: the figure was to be looked at again by 2027-01-31" in found


@pytest.mark.row("D11")
def test_the_time_to_answer_alone_is_too_little(edited):
    alone = (
        "metrics/interactions-to-resolve.yaml",
        "field: issues.interactions",
        "field: survey.csat",
    )
    assert "info: consider interactions to resolve, beside the time to answer" in edited(alone)


@pytest.mark.row("E25")
def test_each_problem_of_the_list_of_services_has_its_plan():
    services = POLICIES.definitions.registers["services"]
    named = [dict(zip(services.columns, row.cells, strict=True)) for row in services.rows]
    ready = {one["service.contingency_plan"] for one in named} - {None}
    assert ready <= set(POLICIES.definitions.policy("risk-plans").plans)
    assert POLICIES.definitions.policy("risk-plans").plans["safety-recall"].mandate is not None


@pytest.mark.row("A15", "C10")
def test_one_percentage_point_less_churn_is_the_benefit_of_the_sums():
    plans = POLICIES.definitions.policy("strategy-advice").plans
    assert plans["segment-by-value"].details["plan.details.objective"] == "churn"
    figures = {
        "about": "business",
        "segment.customers": 2000,
        "segment.retention_uplift": 0.01,
        "segment.clv": 900,
    }
    assert POLICIES.decide(figures).treatment["show_retention"].value == 18000


@pytest.mark.row("X14")
def test_a_card_that_nobody_knows_of_is_neither_taken_for_one_nor_for_none():
    decision = POLICIES.decide({"contact.channel": "phone", "customer.id": "c-17"})
    card, extras = decision.outcomes["tier"], decision.outcomes["tier-treatment"]
    assert decision.facts["customer.tier"] is None
    assert {"customer.known", "customer.miles"} <= set(card.missing)
    assert (extras.plans, extras.reason) == ((), "default")
    assert decision.treatment["queue"].origins == ("base-service:everyone",)
