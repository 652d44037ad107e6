"""What the search over cells measures of each target."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from geosec.geodesy.cell_search import FAR, search_cells
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.pieces import SAGITTA_M, cut_pieces
from geosec.geodesy.segments import SegmentIndex

GEOD = Geod(ellps="WGS84")
TOWNS = [(67.0, 30.0), (68.0, 30.0), (68.5, 29.0)]


def targets_of(*shapes):
    return (*cut_pieces(np.array(shapes))[:4], SAGITTA_M)


def search(shapes, points, query):
    return search_cells(*np.array(points, dtype="float64").T.copy(), targets_of(*shapes), query)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_nearest_towns_come_in_order_with_their_metres(k):
    target, measures = search(map(shapely.Point, TOWNS), [(67.2, 30.0)], (k, np.inf, False))
    assert target.tolist() == [[0, 1, 2][:k]]
    expected_m = [GEOD.inv(67.2, 30.0, *town)[2] for town in TOWNS[:k]]
    assert measures[0, :, 0] == pytest.approx(expected_m, abs=1e-4)
    assert measures.shape == (1, k, 2)


def test_feet_are_measured_if_they_are_asked_for():
    line = shapely.LineString([(67, 30), (68, 30)])
    _, measures = search([line], [(67.5, 30.1)], (1, np.inf, True))
    away_m, along_m, lon, lat, azimuth_deg, side = measures[0, 0]
    assert GEOD.inv(67.5, 30.1, lon, lat)[2] == pytest.approx(away_m, abs=1e-4)
    assert GEOD.inv(67, 30, lon, lat)[2] == pytest.approx(along_m, abs=1e-3)
    assert azimuth_deg == pytest.approx(180, abs=0.1)
    assert side == 1


@pytest.mark.parametrize(
    ("place", "expected"),
    [((67.2, 30.0), -1), ((67.05, 30.0), 0), ((10.0, 50.0), -1)],
)
def test_what_is_beyond_the_limit_is_no_target(place, expected):
    target, _ = search(map(shapely.Point, TOWNS), [place], (1, 10_000.0, False))
    assert target.tolist() == [[expected]]


def test_a_point_too_far_for_the_loops_is_told():
    target, _ = search(map(shapely.Point, TOWNS), [(10.0, 50.0)], (2, np.inf, False))
    assert target[0, 0] == FAR


def test_far_is_the_same_in_the_loops():
    assert load_loops("geodesy.loops.search").FAR == FAR


def test_no_points_have_no_targets():
    none = np.empty(0)
    target, measures = search_cells(none, none, targets_of(shapely.Point(67, 30)), (2, 1.0, True))
    assert (target.shape, measures.shape) == ((0, 2), (0, 2, 6))


@pytest.mark.parametrize("count", [1, 8, 9, 128, 129, 5_000])
def test_however_many_points_there_are_each_has_its_own_answer(count):
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(66, 69, count), rng.uniform(28, 31, count)
    shapes = list(map(shapely.Point, TOWNS))
    target, measures = search_cells(lon, lat, targets_of(*shapes), (1, np.inf, False))
    towns = np.array(TOWNS)
    _, _, away_m = GEOD.inv(*(np.repeat(at, 3) for at in (lon, lat)), *np.tile(towns, (count, 1)).T)
    away_m = away_m.reshape(count, 3)
    assert target[:, 0].tolist() == away_m.argmin(axis=1).tolist()
    assert measures[:, 0, 0] == pytest.approx(away_m.min(axis=1), abs=1e-4)
    index = SegmentIndex(gpd.GeoSeries(shapes, crs=4326))
    assert index.distance_m(lon, lat) == pytest.approx(measures[:, 0, 0])
