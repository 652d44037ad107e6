"""The polygon that holds a point is the one that GEOS names, down to the last bit."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geosec import CRSError, load_boundaries
from geosec.geodesy import areas
from geosec.geodesy.areas import AreaIndex

RANDOM = np.random.default_rng(5)
DISTRICTS = load_boundaries("adm2").geometry
SPECIAL = gpd.GeoSeries(
    [
        shapely.box(60, 30, 61, 31).difference(shapely.box(60.2, 30.2, 60.8, 30.8)),  # a hole
        shapely.box(60.4, 30.4, 60.6, 30.6),  # an island in it
        shapely.box(61, 30, 62, 31),  # touches the first along an edge
        shapely.box(62, 31, 63, 32),  # touches it in a corner
        shapely.box(60.5, 29.5, 61.5, 30.5),  # lies over both
        shapely.box(62.5, 29.123456, 62.500001, 29.123457),  # less than a cell
        shapely.MultiPolygon([shapely.box(59, 29, 59.5, 29.5), shapely.Point(64, 30).buffer(0.3)]),
        shapely.Polygon([(59, 31), (64, 31.7), (60, 31.8)]),  # edges no coordinate hits exactly
        shapely.box(61, 30, 62, 31),  # twice
    ],
    crs=4326,
)
LAYERS = pytest.mark.parametrize("layer", [DISTRICTS, SPECIAL], ids=["adm2", "special"])


def by_geos(layer, lon, lat):
    """Name the first polygon that the exact predicate finds."""
    point, unit = shapely.STRtree(layer.to_numpy()).query(
        shapely.points(lon, lat), predicate="intersects"
    )
    found = np.full(len(lon), len(layer))
    np.minimum.at(found, point, unit)
    return np.where(found == len(layer), -1, found)


def asked(layer):
    """Points everywhere, corners, middles of edges, and those moved by almost nothing."""
    corners, ring = shapely.get_coordinates(
        shapely.get_parts(layer.boundary.to_numpy()), return_index=True
    )
    same = ring[1:] == ring[:-1]
    middles = (corners[1:] + corners[:-1])[same] / 2
    share = RANDOM.uniform(0, 1, (same.sum(), 1))
    along = corners[:-1][same] + share * np.diff(corners, axis=0)[same]
    on = np.vstack([corners, middles, along])
    step = 10.0 ** RANDOM.integers(-15, -8, (len(on), 1)) * RANDOM.choice([-1, 0, 1], (len(on), 2))
    west, south, east, north = layer.total_bounds
    free = RANDOM.uniform([west - 0.5, south - 0.5], [east + 0.5, north + 0.5], (3_000, 2))
    edges = RANDOM.choice([west, south, east, north], (200, 2))
    return np.vstack([on, on + step, free, edges]).T


@LAYERS
def test_every_point_is_held_by_the_polygon_that_geos_names(layer):
    lon, lat = asked(layer)
    found = AreaIndex(layer).find_holder(lon, lat)
    assert np.flatnonzero(found != by_geos(layer, lon, lat)).tolist() == []
    assert (found >= 0).any()
    assert (found == -1).any()


@pytest.mark.parametrize("bits", range(1, 10))
@LAYERS
def test_every_grid_gives_the_same_answer(layer, bits, monkeypatch):
    monkeypatch.setattr(areas, "_LEAST_BITS", bits)
    monkeypatch.setattr(areas, "_MOST_BITS", bits)
    lon, lat = asked(layer)
    index = AreaIndex(layer)
    assert np.array_equal(index.find_holder(lon, lat), by_geos(layer, lon, lat))
    assert list(index._grids) == [bits]


@LAYERS
def test_pairs_are_all_polygons_that_hold_a_point(layer):
    lon, lat = asked(layer)
    lon, lat = np.append(lon, np.nan), np.append(lat, 30.0)
    point, unit = AreaIndex(layer).query(lon, lat)
    holds = np.column_stack([shapely.intersects_xy(shape, lon, lat) for shape in layer])
    order = np.lexsort((unit, point))
    assert np.array_equal(np.column_stack([point, unit])[order], np.argwhere(holds))


def test_a_missing_point_is_held_by_nothing_and_no_points_by_nothing():
    index = AreaIndex(SPECIAL)
    assert index.find_holder([np.nan, 60.5, 60.5], [30.5, np.nan, 30.5]).tolist() == [-1, -1, 1]
    assert index.find_holder([], []).tolist() == []
    assert index.find_holder([np.inf, 300, -60], [30, 30, 91]).tolist() == [-1, -1, -1]


def test_the_number_of_points_changes_no_answer():
    lon, lat = asked(SPECIAL)
    index = AreaIndex(SPECIAL)
    one_by_one = [
        index.find_holder(*np.reshape(at, (2, 1)))[0] for at in np.transpose([lon, lat])[::97]
    ]
    assert index.find_holder(lon, lat)[::97].tolist() == one_by_one


@pytest.mark.parametrize("bare", [None, shapely.Polygon()])
def test_a_polygon_that_is_missing_holds_nothing_and_hides_no_other(bare):
    layer = gpd.GeoSeries([bare, shapely.box(66, 29, 67, 30)], crs=4326)
    assert AreaIndex(layer).find_holder([66.5, 60.0], [29.5, 29.5]).tolist() == [1, -1]
    assert AreaIndex(layer[:1]).find_holder([66.5], [29.5]).tolist() == [-1]


def test_threads_change_no_answer(monkeypatch):
    lon, lat = asked(DISTRICTS)
    found = []
    for threads in ("1", "3"):
        monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
        monkeypatch.setenv("GEOSEC_THREADS", threads)
        found.append(AreaIndex(DISTRICTS).find_holder(lon, lat).tobytes())
    assert found[0] == found[1]


def test_polygons_need_a_crs():
    with pytest.raises(CRSError, match="`areas` has no CRS"):
        AreaIndex(gpd.GeoSeries([shapely.box(66, 29, 67, 30)]))


def test_on_a_shared_border_the_first_polygon_holds():
    halves = gpd.GeoSeries([shapely.box(66, 29, 67, 30), shapely.box(67, 29, 68, 30)], crs=4326)
    assert AreaIndex(halves).find_holder([66.5, 67.0, 67.5, 70.0], [29.5] * 4).tolist() == [
        0,
        0,
        1,
        -1,
    ]


@pytest.mark.parametrize(("point", "expected"), [((66.5, 29.5), [0, 1]), ((70.0, 29.5), [])])
def test_a_query_pairs_a_point_with_every_polygon_round_it(point, expected):
    twice = AreaIndex(gpd.GeoSeries([shapely.box(66, 29, 67, 30)] * 2, crs=4326))
    assert sorted(twice.query(*np.reshape(point, (2, 1)))[1].tolist()) == expected


@LAYERS
def test_another_holder_is_told_where_polygons_overlap(layer):
    index = AreaIndex(layer)
    west, south, east, north = layer.total_bounds
    lon, lat = RANDOM.uniform(west, east, 5_000), RANDOM.uniform(south, north, 5_000)
    other = index.find_other(lon, lat, index.find_holder(lon, lat))
    point, unit = index.query(lon, lat)
    times = np.bincount(point, minlength=len(lon))
    assert ((other >= 0) == (times > 1)).all()
    first = index.find_holder(lon, lat)
    there = np.flatnonzero(other >= 0)
    assert set(zip(there, other[there], strict=True)) <= set(zip(point, unit, strict=True))
    assert (other[there] != first[there]).all()


def test_a_point_on_a_shared_border_has_no_other_holder():
    index = AreaIndex(SPECIAL)
    assert index.find_other(np.array([61.0]), np.array([30.9]), np.array([0])).tolist() == [-1]
