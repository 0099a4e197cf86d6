"""Ranges of classes against sets of numbers."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from policyengine.index.ranges import common, masks_along, turned_round, united

LAST = 12
ends = st.tuples(st.integers(0, LAST), st.integers(0, LAST)).map(lambda two: tuple(sorted(two)))
rows = st.lists(ends, max_size=4).map(lambda found: united([tuple(found)], LAST))


def members(ranges):
    return {place for start, end in ranges for place in range(start, end + 1)}


@given(rows, rows)
def test_ranges_are_sets_of_classes(left, right):
    assert members(united([left, right], LAST)) == members(left) | members(right)
    assert members(common(left, right)) == members(left) & members(right)
    assert members(turned_round(left, LAST)) == set(range(LAST + 1)) - members(left)


@given(rows)
def test_ranges_stand_in_order_and_apart(ranges):
    assert all(first[1] + 1 < second[0] for first, second in itertools.pairwise(ranges))


@given(st.lists(rows, max_size=5))
def test_each_class_knows_the_boxes_it_lies_in(boxes):
    masks = masks_along(LAST + 1, list(enumerate(boxes)), 1 << 7)
    for place, mask in enumerate(masks):
        lies_in = {bit for bit, ranges in enumerate(boxes) if place in members(ranges)}
        assert {bit for bit in range(7) if mask >> bit & 1} == lies_in
        assert mask >> 7 == 1
