"""The nearest of any targets is that of brute force: golden sections of Karney's geodesics."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
import truth
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.geodesy.geodesics import geodesic_direct, geodesic_distance_m, geodesic_inverse
from geosec.geodesy.segments import SegmentIndex

LON, LAT, TURN = st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 360)
PLACE = st.one_of(
    st.tuples(LON, LAT),
    st.tuples(st.sampled_from([180.0, -180.0, 179.99]), LAT),
    st.tuples(LON, st.sampled_from([90.0, -90.0, 89.99])),
)
STEP_M = st.one_of(st.just(0.0), st.floats(0, 6.3).map(lambda power: 10**power))
MOVE = st.tuples(TURN, STEP_M)
AWAY = st.tuples(st.floats(0, 1), TURN, st.floats(-3, 6.5).map(lambda power: 10**power))
SIZE = st.tuples(st.floats(-175, 175), st.floats(-80, 80), st.floats(-2.5, 0.7))
SEARCHES = settings(deadline=None, max_examples=100)


@st.composite
def lines(draw):
    """Geodesics end to end, up to 2,000 km long; some have no length."""
    corners = [draw(PLACE)]
    for azimuth_deg, step_m in draw(st.lists(MOVE, min_size=1, max_size=4)):
        lon, lat = geodesic_direct(*corners[-1], azimuth_deg, step_m)
        corners.append((float(lon), float(lat)) if step_m else corners[-1])
    return shapely.LineString(corners)


@st.composite
def polygons(draw):
    """Stars, some with a hole, some with an island beside them."""
    lon, lat, power = draw(SIZE)
    arms = draw(st.lists(st.floats(0.3, 1), min_size=3, max_size=7))
    turn = np.linspace(0, 2 * np.pi, len(arms), endpoint=False)
    centre = np.array([lon, lat])
    star = 10**power * np.array(arms)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    holes = [centre + 0.2 * star] if draw(st.booleans()) and len(arms) > 3 else []
    shape = shapely.Polygon(centre + star, holes)
    if draw(st.booleans()):
        island = shapely.Polygon(centre + [2.5 * 10**power, 0] + 0.3 * star)
        shape = shapely.MultiPolygon([shape, island])
    return shape


def points_near(shape, away):
    """Points at distances of every size from the corners of a shape and the middles of edges."""
    xy = shapely.get_coordinates(shape)
    at = np.vstack([xy, (xy[1:] + xy[:-1]) / 2])
    at = at[[int(share * (len(at) - 1)) for share, _, _ in away]]
    lon, lat = geodesic_direct(*at.T, *np.array(away)[:, 1:].T)
    return lon, lat


def allowed_m(away_m, *, far_m=1e-3):
    """Say how much a distance may be off: 0.1 mm to 200 km, 1 mm to 500 km, or as said.

    To the other side of the Earth there are many shortest ways, and none is looked for.
    """
    return np.select([away_m <= 2e5, away_m <= 5e5, away_m >= 1.9e7], [1e-4, 1e-3, 1e5], far_m)


@given(st.lists(lines(), min_size=1, max_size=4), st.lists(AWAY, min_size=1, max_size=6))
@SEARCHES
def test_lines_are_as_near_as_the_least_of_their_distances(shapes, away):
    lon, lat = points_near(shapely.MultiLineString(shapes), away)
    every_m = np.column_stack([truth.line_m(lon, lat, shape) for shape in shapes])
    index = SegmentIndex(gpd.GeoSeries(shapes, crs=4326))
    found = index.nearest(lon, lat, k=len(shapes))
    rows = found.distance_m.reshape(every_m.shape)
    assert (np.abs(rows - np.sort(every_m)) <= allowed_m(rows)).all()
    own = every_m[found.point_idx, found.target_idx]
    assert (np.abs(own - found.distance_m) <= allowed_m(own)).all()
    projected = index.project(lon, lat)
    assert (
        np.abs(projected.offset_m - every_m.min(axis=1)) <= allowed_m(every_m.min(axis=1))
    ).all()
    for target in range(len(shapes)):
        asked = index.distance_to_m(lon, lat, np.full(len(lon), target))
        assert (np.abs(asked - every_m[:, target]) <= allowed_m(asked)).all()


@given(lines(), st.lists(AWAY, min_size=1, max_size=6))
@SEARCHES
def test_a_foot_lies_on_the_line_at_its_metres_and_at_its_distance(line, away):
    lon, lat = points_near(line, away)
    found = SegmentIndex(gpd.GeoSeries([line], crs=4326)).nearest(lon, lat)
    foot_m = geodesic_distance_m(lon, lat, found.lon_foot, found.lat_foot)
    assert foot_m == pytest.approx(found.distance_m, abs=1e-3)
    assert truth.line_m(found.lon_foot, found.lat_foot, line).max() < 1e-3
    xy = np.array(line.coords)
    azimuth_deg, length_m = geodesic_inverse(*xy[:-1].T, *xy[1:].T)
    upto_m = np.cumsum(length_m) - length_m
    edge = np.maximum(np.searchsorted(upto_m, found.along_m, side="right") - 1, 0)
    on = geodesic_direct(*xy[edge].T, azimuth_deg[edge], found.along_m - upto_m[edge])
    assert geodesic_distance_m(*on, found.lon_foot, found.lat_foot).max() < 1


@given(lines(), st.lists(AWAY, min_size=1, max_size=6))
@SEARCHES
def test_a_direction_leads_to_the_foot(line, away):
    lon, lat = points_near(line, away)
    found = SegmentIndex(gpd.GeoSeries([line], crs=4326)).nearest(lon, lat)
    azimuth_deg, _ = geodesic_inverse(lon, lat, found.lon_foot, found.lat_foot)
    off = np.abs((found.azimuth_deg - azimuth_deg + 180) % 360 - 180)
    near = (found.distance_m > 1_000) & (found.distance_m < 200_000)
    assert (off[near] < 2e-4).all()


@given(st.lists(polygons(), min_size=1, max_size=3), st.lists(AWAY, min_size=1, max_size=6))
@SEARCHES
def test_polygons_are_as_near_as_their_borders_or_hold_the_point(shapes, away):
    shapes = [shape for shape in shapes if shape.is_valid]
    lon, lat = points_near(shapely.GeometryCollection(shapes), away) if shapes else ([], [])
    if not len(lon):
        return
    border_m = np.column_stack([truth.border_m(lon, lat, shape) for shape in shapes])
    holds = shapely.intersects_xy(np.array(shapes), lon[:, None], lat[:, None])
    away_m = np.where(holds, 0, border_m)
    index = SegmentIndex(gpd.GeoSeries(shapes, crs=4326))
    found = index.nearest(lon, lat, k=len(shapes)).distance_m.reshape(away_m.shape)
    assert (np.abs(found - np.sort(away_m)) <= allowed_m(found, far_m=3)).all()
    least_m, edge_m = away_m.min(axis=1), border_m.min(axis=1)
    assert (np.abs(index.distance_m(lon, lat) - least_m) <= allowed_m(least_m, far_m=3)).all()
    assert (np.abs(index.border_m(lon, lat) - edge_m) <= allowed_m(edge_m, far_m=3)).all()
    for target in range(len(shapes)):
        asked = index.distance_to_m(lon, lat, np.full(len(lon), target))
        assert (np.abs(asked - away_m[:, target]) <= allowed_m(asked, far_m=3)).all()


@given(lines(), st.lists(AWAY, min_size=1, max_size=6), st.floats(-2, 6.5))
@SEARCHES
def test_a_limit_leaves_out_what_is_farther_and_nothing_else(line, away, power):
    lon, lat = points_near(line, away)
    index, limit_m = SegmentIndex(gpd.GeoSeries([line], crs=4326)), 10**power
    away_m = truth.line_m(lon, lat, line)
    clear = np.abs(away_m - limit_m) > 1e-3
    near = away_m <= limit_m
    assert (index.within(lon, lat, limit_m) == near)[clear].all()
    assert (np.isin(np.arange(len(lon)), index.nearest(lon, lat, 1, limit_m).point_idx) == near)[
        clear
    ].all()
    assert (np.isnan(index.project(lon, lat, limit_m).offset_m) != near)[clear].all()
