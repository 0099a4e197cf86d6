"""Measures as they are written: the field, the levels, the count, and the rules of each standing."""

from datetime import date

import pytest

from policyengine import load
from policyengine.loading import read_set
from policyengine.unary_tests import Constant, FieldRef

POLICY = """\
policy: example
kind: task_allocation
title: How much is ordered
about: contact
{head}measure: {{{measure}}}
plans:
  look:
    title: Look at what these orders have in common
on_breach:
{rules}
"""
OTHERWISE = "  - otherwise: look"
HOUSE = """\
  large: {type: money, unit: EUR, value: 80}
  dollars: {type: money, unit: USD, value: 80}
  least:
    type: money
    unit: EUR
    dated:
      - {value: 50, through: 2026-12-31}
      - {value: 90, from: 2027-01-01}
"""


@pytest.fixture
def laid(overlay):
    """Lay a policy with a measure over the base set."""
    base = (overlay({}) / "policyset.yaml").read_text("utf-8")

    def lay(measure, head="", rules=OTHERWISE, **files):
        text = POLICY.format(measure=measure, head=head, rules=rules)
        return overlay({"policyset.yaml": base + HOUSE, "house/example.yaml": text, **files})

    return lay


@pytest.fixture
def said(laid):
    """Return the code and message of each finding, and whether it is said in the measure."""

    def read(measure, **more):
        return [f"{one.code.id} {one.message}" for one in read_set(laid(measure, **more))[1]]

    return read


LEVELS = "field: order.value, better: higher, target: {}, acceptable: {}"


def test_all_that_a_measure_says_is_kept(laid):
    text = (
        LEVELS.format("house.large", "50 EUR")
        + ", window: 1 month, n: contact.previous_contacts, at_least: 30, counts: open orders, "
        "source: the shop, review_by: 2027-01-31"
    )
    measure = load(laid(text)).definitions.policy("example").measure
    assert (measure.field, measure.better, measure.n) == (
        "order.value",
        "higher",
        "contact.previous_contacts",
    )
    assert isinstance(measure.target, FieldRef)
    assert measure.target.name == "house.large"
    assert measure.acceptable == Constant(50)
    assert (measure.window, measure.at_least) == ("1 month", 30)
    assert (measure.counts, measure.source) == ("open orders", "the shop")
    assert measure.review_by == date(2027, 1, 31)
    assert measure.asks == ("order.value", "contact.previous_contacts", "house.large")


@pytest.mark.row("D09")
def test_a_baseline_has_no_levels(said):
    assert said("field: order.value, better: higher") == []


def test_equal_levels_leave_nothing_between_them(said):
    assert said(LEVELS.format("80 EUR", "80 EUR")) == []


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        (
            LEVELS.format("80 EUR", "house.least"),
            "PE282 `acceptable` is better than the target, as higher is better here",
        ),
        (
            LEVELS.format("80 EUR", "50 EUR").replace("higher", "lower"),
            "PE282 `acceptable` is better than the target, as lower is better here",
        ),
        (
            "field: order.value, better: higher, acceptable: 50 EUR",
            "PE282 `acceptable` counts only beside a `target`",
        ),
        (
            LEVELS.format("house.dollars", "50 EUR"),
            "PE280 `order.value` is an amount of money in `EUR`, and `house.dollars` is an amount",
        ),
        (
            LEVELS.format("house.regular_from", "50 EUR"),
            "PE280 `order.value` is an amount of money in `EUR`, and `house.regular_from` is an int",
        ),
        (
            LEVELS.format("order.weight", "50 EUR"),
            "PE280 a level is a value or a fact of the house, and `order.weight` is neither",
        ),
        (LEVELS.format("house.big", "50 EUR"), "PE201 unknown field `house.big`"),
        (LEVELS.format("80 USD", "50 EUR"), "PE251"),
        ("field: order.vale, better: higher", "PE201 unknown field `order.vale`"),
        (
            LEVELS.format("80 EUR", "50 EUR") + ", n: order.weight",
            "PE280 `n` counts what was measured, and `order.weight` is a number",
        ),
        (LEVELS.format("80 EUR", "50 EUR") + ", n: contact.count", "PE201 unknown field"),
        (LEVELS.format("80 EUR", "50 EUR") + ", window: 30 d", "PE250"),
        (LEVELS.format("80 EUR", "50 EUR") + ", review_by: 2027-02-30", "PE2"),
    ],
)
def test_each_mistake_is_said_once(said, measure, found):
    [only] = said(measure)
    assert only.startswith(found)


def test_a_policy_that_asks_its_own_standing_is_a_circle(said):
    [only] = said(
        LEVELS.format("80 EUR", "50 EUR"), head="applies: {standing.example: not on_target}\n"
    )
    assert only == "PE272 a policy asks what it decides: `example` → `example`"


def test_a_rule_has_one_name_in_all_lists(said):
    rules = "  - {rule: small, then: look}\non_unknown:\n  - {rule: small, then: look}"
    [only] = said(LEVELS.format("80 EUR", "50 EUR"), rules=rules)
    assert only == "PE215 two rules are called `small`"


def test_a_standing_is_no_fact_of_the_vocabulary(said, overlay):
    base = (overlay({}) / "vocabulary/contact.yaml").read_text("utf-8")
    vocabulary = base + "impossible:\n  - {standing.example: breach}\n"
    [only] = said(LEVELS.format("80 EUR", "50 EUR"), **{"vocabulary/contact.yaml": vocabulary})
    assert only.startswith("PE277 `standing.example` is decided")


def test_points_do_not_count_in_a_measure(said):
    rules = "  - {rule: small, points: {look: 2}}"
    assert [one[:5] for one in said(LEVELS.format("80 EUR", "50 EUR"), rules=rules)] == ["PE116"]


@pytest.mark.row("D03", "D19")
@pytest.mark.parametrize(
    ("written", "instead", "found"),
    [
        (
            "field: order.value",
            "field: contact.previous_contacts",
            "PE281 a measure without a unit",
        ),
        (", better: higher", "", "PE122 a measure without a direction"),
        ("on_breach:\n  - otherwise: look\n", "", "PE119 a metric without a consequence"),
    ],
)
def test_a_metric_has_a_unit_a_direction_and_a_consequence(laid, written, instead, found):
    folder = laid("field: order.value, better: higher")
    path = folder / "house/example.yaml"
    path.write_text(path.read_text("utf-8").replace(written, instead), "utf-8")
    [finding] = read_set(folder)[1]
    assert f"{finding.code.id} {finding.message}".startswith(found)
    assert finding.span.file == "house/example.yaml"
