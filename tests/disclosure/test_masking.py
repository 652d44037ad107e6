from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geosec
from geosec import ParameterError
from geosec.disclosure.keys import read_secret
from geosec.disclosure.masking import Donut, move_points
from geosec.geodesy.areas import AreaIndex
from geosec.geodesy.geodesics import geodesic_distance_m

KEY = read_secret("a secret of the tests, 2026", "partner")
DONUT = Donut(2_000.0, 10_000.0)
DISTRICTS = geosec.load_boundaries("adm2")
AREAS = [AreaIndex(DISTRICTS), AreaIndex(geosec.load_boundaries("adm1"))]


def scatter(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.random.default_rng(seed)
    return numbers.uniform(64, 72, count), numbers.uniform(26, 34, count)


def move(lon, lat, uncertainty_m=0.0, key=KEY, donut=DONUT):
    units = np.column_stack([area.find_holder(lon, lat) for area in AREAS])
    points = np.asarray(lon), np.asarray(lat), np.broadcast_to(uncertainty_m, len(lon))
    return units, move_points(points, units, AREAS, donut, key)


@pytest.mark.parametrize("donut", [DONUT, Donut(200, 600), Donut(5_000, 50_000)])
def test_every_point_is_moved_between_the_radii_and_stays_in_its_district(donut):
    lon, lat = scatter(2_000)
    units, moved = move(lon, lat, donut=donut)
    away_m = geodesic_distance_m(lon, lat, moved.lon, moved.lat)
    assert away_m.min() >= donut.inner_m
    assert away_m.max() <= donut.outer_m
    stays = moved.level == 0
    assert (AREAS[0].find_holder(moved.lon, moved.lat) == units[:, 0])[stays].all()
    assert stays[units[:, 0] >= 0].mean() > 0.99
    at_home = units[:, 1] >= 0
    assert (AREAS[1].find_holder(moved.lon, moved.lat) >= 0)[at_home].all()


def test_directions_are_even():
    lon, lat = scatter(5_000)
    points = lon, lat, np.zeros(5_000)
    moved = move_points(points, np.empty((5_000, 0), dtype="int64"), [], DONUT, KEY)
    east, north = (moved.lon - lon) * np.cos(np.radians(lat)), moved.lat - lat
    quarter = np.floor(np.degrees(np.arctan2(north, east)) % 360 / 90).astype("int64")
    assert np.bincount(quarter) == pytest.approx(1_250, rel=0.1)


def test_incidents_at_one_place_move_together_so_that_their_mean_tells_nothing():
    lon, lat = np.full(200, 67.33), np.full(200, 29.86)
    _, moved = move(lon, lat)
    away_m = geodesic_distance_m(67.33, 29.86, moved.lon.mean(), moved.lat.mean())
    assert away_m >= DONUT.inner_m


def test_other_secrets_and_other_donuts_move_otherwise():
    lon, lat = scatter(100)
    _, moved = move(lon, lat)
    for other in (
        move(lon, lat, key=read_secret("another secret of the tests", "partner"))[1],
        move(lon, lat, donut=Donut(2_000, 9_000))[1],
    ):
        assert (moved.lon != other.lon).mean() > 0.9


def test_a_vague_place_has_degrees_no_finer_than_it_is():
    lon, lat = scatter(200)
    _, moved = move(lon, lat, uncertainty_m=30_000)
    assert np.allclose(moved.lon * 10, np.round(moved.lon * 10))
    away_m = geodesic_distance_m(lon, lat, moved.lon, moved.lat)
    assert away_m.min() >= DONUT.inner_m
    assert (away_m <= moved.outer_m).all()


def test_a_unit_smaller_than_the_donut_is_left_for_the_one_round_it():
    small = AreaIndex(gpd.GeoSeries([shapely.box(66.99, 28.99, 67.01, 29.01)], crs=4326))
    large = AreaIndex(gpd.GeoSeries([shapely.box(66, 28, 68, 30)], crs=4326))
    points = np.array([67.0]), np.array([29.0]), np.zeros(1)
    moved = move_points(points, np.zeros((1, 2), dtype="int64"), [small, large], DONUT, KEY)
    assert moved.level.item() == 1
    alone = move_points(points, np.zeros((1, 1), dtype="int64"), [small], DONUT, KEY)
    assert np.isnan(alone.lon).all()


def test_no_place_stays_none():
    _, moved = move(np.array([np.nan]), np.array([np.nan]))
    assert np.isnan(moved.lon).all()


@pytest.mark.parametrize(
    "given", [(0, 10), (2_000, 5_000), (2_000, np.inf), (-1, 5), 2_000, (1, 2, 3), ("a", 9)]
)
def test_what_is_no_donut_is_refused(given):
    with pytest.raises(ParameterError, match="donut_m"):
        Donut.read(given)
