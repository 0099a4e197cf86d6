"""Arithmetic on facts: exact, but for a ratio, which has to end somewhere."""

from decimal import Decimal

import pytest

FIELDS = """
x.part: {type: money, unit: EUR, optional: true}
x.whole: {type: money, unit: EUR, optional: true}
x.share: {type: share, computed: {ratio: [x.part, x.whole]}}
x.fine: {type: share, step: 0.1%, computed: {ratio: [x.part, x.whole]}}
x.coarse: {type: share, step: 5%, computed: {ratio: [x.part, x.whole]}}
"""


@pytest.fixture(scope="module")
def facts(asking):
    return asking(FIELDS)


@pytest.mark.parametrize(
    ("part", "fine", "coarse"),
    [(2, "0.667", "0.65"), (3, "1", "1"), (1, "0.333", "0.35"), (-1, "-0.333", "-0.35")],
)
def test_a_ratio_is_rounded_to_the_step_of_its_field(facts, part, fine, coarse):
    found = facts(x__part=part, x__whole=3)
    assert (found["x.fine"], found["x.coarse"]) == (Decimal(fine), Decimal(coarse))


def test_a_ratio_without_a_step_has_28_digits(facts):
    assert facts(x__part=2, x__whole=3)["x.share"] == Decimal("0.6666666666666666666666666667")
