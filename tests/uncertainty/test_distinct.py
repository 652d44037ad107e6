"""Equal values are numbered in the order in which they first appear."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec.uncertainty.distinct import find_distinct_shapes, find_first_rows, join_ranges

LINES = np.array(
    [
        shapely.LineString([(66, 29), (67, 30), (67.2, 30)]),
        shapely.MultiLineString([[(66, 0), (67, 0)], [(70, 0), (71, 0)]]),
        shapely.LineString([(66, 29), (66, 29)]),
        shapely.LineString([(66, 29), (67, 30), (67.2, 30)]),
    ]
)


def test_shapes_are_the_same_by_their_value():
    copies = shapely.from_wkb(shapely.to_wkb(LINES))
    distinct, which = find_distinct_shapes(np.concatenate([LINES, copies]))
    assert len(distinct) == 3
    assert which[:4].tolist() == which[4:].tolist()
    assert which[0] == which[3]
    assert shapely.equals_identical(distinct[which[:4]], LINES).all()
    assert which[:4].tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize("order", [[3, 1, 2], [2, 1, 0, 3], [1, 1, 1]])
def test_the_number_of_a_shape_does_not_depend_on_where_it_is_kept(order):
    distinct, which = find_distinct_shapes(LINES[order])
    assert which.tolist() == sorted(which)
    assert distinct[0] is LINES[order[0]]


def test_no_shapes_are_none():
    distinct, which = find_distinct_shapes(np.empty(0, dtype="object"))
    assert (len(distinct), len(which)) == (0, 0)


def test_the_first_row_of_each_code_is_found():
    assert find_first_rows(np.array([0, 1, 0, 2, 1, 2])).tolist() == [0, 1, 3]
    assert find_first_rows(np.empty(0, dtype="intp")).tolist() == []


def test_ranges_are_joined():
    joined = join_ranges(np.array([4, 0, 9]), np.array([2, 0, 3]))
    assert joined.tolist() == [4, 5, 9, 10, 11]
