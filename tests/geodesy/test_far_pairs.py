"""Targets beyond the reach of the compiled series are measured by Karney's geodesics."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geosec.geodesy import far_pairs
from geosec.geodesy.far_pairs import measure_far_m, pair_far_points
from geosec.geodesy.geodesics import foot_on_segment
from geosec.geodesy.pieces import cut_pieces

GEOD = Geod(ellps="WGS84")


def pair(shapes, points, k=1, limit_m=np.inf, far=None):
    at = tuple(np.array(points, dtype="float64").T)
    rows = np.arange(len(points)) if far is None else np.array(far)
    return pair_far_points(cut_pieces(np.array(shapes)), rows, at, k, limit_m)


def test_the_pole_is_a_quarter_of_a_meridian_from_the_equator():
    found = pair([shapely.Point(0, 90)], [(67.0, 0.0)])
    assert found.distance_m.round().tolist() == [10_001_966.0]
    assert found.azimuth_deg.tolist() == [0.0]


@pytest.mark.parametrize("point", [(0.0, 0.0), (-120.0, 45.0), (67.0, -60.0), (180.0, 10.0)])
def test_the_distance_to_a_town_is_the_geodesic(point):
    found = pair([shapely.Point(67, 30)], [point])
    forward, _, away_m = GEOD.inv(*point, 67, 30)
    assert found.distance_m[0] == pytest.approx(away_m)
    assert found.azimuth_deg[0] == pytest.approx(forward % 360)


def test_only_points_that_are_far_are_paired_and_keep_their_positions():
    found = pair([shapely.Point(67, 30)], [(67.0, 30.1), (0.0, 0.0), (10.0, 50.0)], far=[2, 1])
    assert sorted(set(found.point_idx.tolist())) == [1, 2]


@pytest.mark.parametrize(("limit_m", "count"), [(1e6, 0), (8e6, 1)])
def test_what_is_beyond_the_limit_is_left_out(limit_m, count):
    assert len(pair([shapely.Point(67, 30)], [(0.0, 0.0)], limit_m=limit_m).rank) == count


@pytest.mark.parametrize(("reverse", "side"), [(False, 1), (True, -1)])
def test_a_far_point_lies_on_one_side_of_a_line(reverse, side):
    line = shapely.LineString([(60, 20), (70, 20)])
    found = pair([shapely.reverse(line) if reverse else line], [(65.0, 60.0)])
    nearest = found.distance_m.argmin()
    assert found.side[nearest] == side
    assert 0 < found.along_m[nearest] < GEOD.inv(60, 20, 70, 20)[2]


def test_chunks_change_no_pair(monkeypatch):
    points = [(lon, 10.0) for lon in range(-30, 30, 7)]
    once = pair([shapely.Point(67, 30), shapely.Point(68, 30)], points, k=2)
    monkeypatch.setattr(far_pairs, "_CHUNK", 2)
    again = pair([shapely.Point(67, 30), shapely.Point(68, 30)], points, k=2)
    assert all(np.array_equal(*columns) for columns in zip(once, again, strict=True))


def test_the_own_target_of_each_far_point_is_measured():
    line = shapely.LineString([(60, 20), (64, 30), (75, 32)])
    shapes = np.array([shapely.Point(67, 30), line, shapely.Point(-70, 10)])
    pieces = cut_pieces(shapes)
    firsts = np.searchsorted(pieces.target, np.arange(4)).astype("int64")
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-180, 180, 60), rng.uniform(-80, 80, 60)
    own = rng.integers(0, 3, 60)
    away_m = measure_far_m(pieces, (lon, lat), own, firsts)
    for row in range(60):
        ends = pieces.degrees[firsts[own[row]] : firsts[own[row] + 1]]
        least_m = foot_on_segment(lon[row], lat[row], *ends.T).distance_m.min()
        assert away_m[row] == pytest.approx(least_m, abs=1e-3)
