"""Points in the order of a curve, and balls round them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from geosec.geodesy.geodesics import to_cartesian
from geosec.geodesy.loops.cells import bound_ball, fill_vectors, order_cells

RANDOM = np.random.default_rng(5)


def test_two_corners_of_a_box_are_in_its_first_and_last_cell():
    order, starts = order_cells(np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1)
    assert (order.tolist(), starts.tolist()) == ([1, 0], [0, 1, 1, 1, 2])


@pytest.mark.parametrize("bits", [0, 1, 2, 4])
@pytest.mark.parametrize("count", [1, 2, 300])
def test_every_point_is_in_one_cell(bits, count):
    order, starts = order_cells(RANDOM.uniform(61, 77, count), RANDOM.uniform(24, 37, count), bits)
    assert sorted(order.tolist()) == list(range(count))
    assert len(starts) == 4**bits + 1
    assert (starts[0], starts[-1]) == (0, count)
    assert (np.diff(starts) >= 0).all()


@pytest.mark.parametrize("bits", [1, 3])
def test_the_points_of_a_cell_are_close_together(bits):
    lon, lat = RANDOM.uniform(61, 77, 500), RANDOM.uniform(24, 37, 500)
    order, starts = order_cells(lon, lat, bits)
    for first, last in pairwise(starts):
        assert first == last or np.ptp(lon[order[first:last]]) <= 16 / 2**bits + 1e-6
        assert first == last or np.ptp(lat[order[first:last]]) <= 13 / 2**bits + 1e-6


@pytest.mark.parametrize("count", [1, 5])
def test_points_on_one_spot_share_a_cell(count):
    order, starts = order_cells(np.full(count, 67.0), np.full(count, 30.0), 3)
    assert order.tolist() == list(range(count))
    assert np.diff(starts).max() == count


def test_vectors_are_those_of_the_ellipsoid():
    lon, lat = RANDOM.uniform(-180, 180, 50), RANDOM.uniform(-90, 90, 50)
    xyz = np.empty((50, 3))
    fill_vectors(lon, lat, xyz)
    assert xyz == pytest.approx(to_cartesian(lon, lat), abs=1e-6)
    fill_vectors(np.zeros(1), np.zeros(1), xyz)
    assert xyz[0].tolist() == [6_378_137.0, 0.0, 0.0]


def test_a_ball_round_two_points_has_their_middle():
    assert bound_ball(np.array([[0.0, 0, 0], [2.0, 0, 0]]), 0, 2) == (1.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(("first", "last"), [(0, 40), (7, 8), (10, 25)])
def test_a_ball_holds_every_point_of_its_range(first, last):
    xyz = RANDOM.uniform(-1e6, 1e6, (40, 3))
    *middle, radius_m = bound_ball(xyz, first, last)
    assert (np.linalg.norm(xyz[first:last] - middle, axis=1) <= radius_m + 1e-6).all()
