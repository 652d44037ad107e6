"""The grid over polygons: rows that edges cross, what cells belong to, who holds a point."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.loops.inside import NOWHERE, OPEN, fill_holders, label_cells, list_crossed_rows


def grid_over(*shapes, bits=3):
    return AreaIndex(gpd.GeoSeries(list(shapes), crs=4326)).lay_grid(bits)


def holders(index, *points):
    lon, lat = np.array(points, dtype="float64").T.copy()
    found = np.zeros(len(lon), dtype="int64")
    fill_holders((lon, lat), index, (0, len(lon)), found)
    return found.tolist()


@pytest.mark.parametrize(
    ("edge", "rows"),
    [
        ((66.0, 29.5, 67.0, 31.5), [0, 1, 2]),
        ((67.0, 31.5, 66.0, 29.5), [0, 1, 2]),
        ((66.0, 29.5, 67.0, 29.5), [0]),
        ((66.0, 32.2, 66.0, 32.8), [3]),
        ((66.0, 29.5, 67.0, 40.0), [0, 1, 2, 3]),
    ],
)
def test_an_edge_crosses_the_rows_between_its_ends(edge, rows):
    edge_of, row_of, west, east = list_crossed_rows(np.array([edge]), 29.0, 1.0, 4)
    assert row_of.tolist() == rows
    assert set(edge_of.tolist()) == {0}
    assert (min(edge[::2]) <= west).all()
    assert (west <= east).all()
    assert (east <= max(edge[::2])).all()


def test_a_grid_covers_the_polygons():
    assert grid_over(shapely.box(0, 0, 8, 8))[0] == (0.0, 0.0, 1.0, 1.0, 8, 8)


def test_a_cell_that_no_border_crosses_belongs_to_one_polygon():
    grid, shapes, (label, starts, members) = grid_over(shapely.box(0, 0, 8, 8))
    again = np.full_like(label, 99)
    label_cells(grid, shapes, starts, members, again)
    inner = again.reshape(8, 8)[1:-1, 1:-1]
    assert (inner == 0).all()
    assert np.array_equal(again, label)


def test_a_hole_belongs_to_nobody():
    ring = shapely.box(0, 0, 8, 8).difference(shapely.box(2, 2, 6, 6))
    label = grid_over(ring, bits=4)[2][0].reshape(16, 16)
    assert label[8, 8] == NOWHERE
    assert holders(grid_over(ring, bits=4), (4.1, 4.1), (1.1, 1.1)) == [NOWHERE, 0]


@pytest.mark.parametrize(
    ("point", "expected"),
    [((66.5, 29.5), 0), ((70.0, 29.5), NOWHERE), ((np.nan, 29.5), NOWHERE), ((67.0, 29.5), OPEN)],
)
def test_a_point_is_held_or_left_open(point, expected):
    assert holders(grid_over(shapely.box(66, 29, 67, 30), bits=4), point) == [expected]


def test_of_two_polygons_one_over_the_other_the_first_holds():
    index = grid_over(shapely.box(0, 0, 4, 4), shapely.box(0, 0, 8, 8), bits=4)
    assert holders(index, (1.3, 1.3), (6.3, 6.3)) == [0, 1]


def test_only_the_rows_of_the_part_are_filled():
    index, found = grid_over(shapely.box(0, 0, 8, 8)), np.full(3, 99)
    fill_holders((np.full(3, 4.1), np.full(3, 4.1)), index, (1, 2), found)
    assert found.tolist() == [99, 0, 99]
