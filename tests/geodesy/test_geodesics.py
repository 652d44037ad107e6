"""Distances, directions and feet against GeographicLib, and against walking."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geosec.geodesy.geodesics import (
    buffer_m,
    distance_between_m,
    foot_on_segment,
    geodesic_circle,
    geodesic_direct,
    geodesic_distance_m,
    geodesic_inverse,
    point_towards,
    to_cartesian,
)

GEOD = Geod(ellps="WGS84")


def nearest_by_walking(point, a, b, steps=20_001):
    """Walk a segment in small steps: the slow way to its nearest point."""
    azimuth_deg, length_m = geodesic_inverse(*a, *b)
    lon, lat = geodesic_direct(*a, azimuth_deg, np.linspace(0, length_m, steps))
    return float(geodesic_distance_m(*point, lon, lat).min()), float(length_m) / steps


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((67, 30.18), (66.59, 29.03)),
        ((179.9, 10), (-179.9, 10)),
        ((0, 90), (120, 89)),
        ((5, 5), (5, 5)),
    ],
)
def test_distance_and_direction_are_those_of_geographiclib(one, two):
    azimuth_deg, distance_m = geodesic_inverse(*one, *two)
    forward, _, expected_m = GEOD.inv(*one, *two)
    assert float(distance_m) == pytest.approx(expected_m, abs=1e-6)
    assert 0 <= azimuth_deg < 360
    if expected_m:
        assert float(azimuth_deg) == pytest.approx(forward % 360)


def test_going_there_and_measuring_back():
    lon, lat = geodesic_direct([67.0, -179.99], [30.0, 60.0], [45.0, 270.0], 50_000)
    back_m = geodesic_distance_m([67.0, -179.99], [30.0, 60.0], lon, lat)
    assert back_m == pytest.approx(50_000)
    assert (np.abs(lon) <= 180).all()


def test_missing_in_missing_out():
    assert np.isnan(geodesic_distance_m([67, np.nan], 30, 68, 30)).tolist() == [False, True]
    lon, lat = geodesic_direct(67, 30, [0, np.nan], 1_000)
    assert np.isnan(lon).tolist() == np.isnan(lat).tolist() == [False, True]


@pytest.mark.parametrize(
    ("point", "a", "b"),
    [
        ((67.4, 29.9), (67.0, 30.2), (67.9, 29.5)),
        ((67.0, 31.0), (67.0, 30.2), (67.9, 29.5)),  # beyond the start
        ((179.95, 10.2), (179.5, 10.0), (-179.5, 10.3)),  # across the antimeridian
        ((40.0, 88.5), (0.0, 88.0), (90.0, 88.0)),  # near the pole
        ((67.0, 30.0), (60.0, 25.0), (75.0, 36.0)),  # 1,900 km long
        ((180.0, 0.0), (0.0, 90.0), (180.0, 89.999991)),  # a metre from the pole
    ],
)
def test_the_foot_is_the_nearest_point_of_the_segment(point, a, b):
    foot = foot_on_segment(*point, *a, *b)
    walked_m, step_m = nearest_by_walking(point, a, b)
    assert float(foot.distance_m) <= walked_m + 1e-3
    assert walked_m - float(foot.distance_m) <= step_m
    assert float(geodesic_distance_m(*a, foot.lon, foot.lat)) == pytest.approx(
        foot.along_m, abs=1e-3
    )


def test_a_segment_without_length_is_a_point():
    foot = foot_on_segment(67.0, 30.0, 68.0, 30.0, 68.0, 30.0)
    assert float(foot.distance_m) == pytest.approx(float(geodesic_distance_m(67, 30, 68, 30)))
    assert float(foot.along_m) == 0


def test_a_circle_keeps_its_distance():
    lon, lat = np.array(geodesic_circle(67.0, 30.0, 25_000).exterior.coords).T
    assert geodesic_distance_m(67.0, 30.0, lon, lat) == pytest.approx(25_000)


def test_cartesian_coordinates_lie_on_the_ellipsoid():
    x, y, z = to_cartesian([67.0, 0.0], [30.0, 90.0]).T
    assert (x**2 + y**2) / GEOD.a**2 + z**2 / GEOD.b**2 == pytest.approx(1)


@pytest.mark.parametrize("radius_m", [500, 10_000, 100_000])
def test_a_buffered_point_keeps_its_distance(radius_m):
    ring = buffer_m(shapely.Point(67.0, 30.0), radius_m).exterior
    lon, lat = np.array(ring.coords).T
    away_m = GEOD.inv(np.full_like(lon, 67.0), np.full_like(lat, 30.0), lon, lat)[2]
    assert away_m == pytest.approx(radius_m, rel=0.001)


def test_a_buffered_line_is_as_wide_as_told_on_both_sides():
    ring = buffer_m(shapely.LineString([(66.0, 30.0), (68.0, 30.0)]), 20_000)
    across = ring.intersection(shapely.LineString([(67.0, 29.0), (67.0, 31.0)]))
    assert GEOD.geometry_length(across) == pytest.approx(40_000, rel=0.002)


@pytest.mark.parametrize(
    ("one", "two", "expected_m"),
    [((67, 30), (67, 31), 110_861), ((67, 30), (68, 30), 96_486), ((67, 30), (67, 30), 0)],
)
def test_one_distance_is_that_of_an_array(one, two, expected_m):
    assert round(distance_between_m(*one, *two)) == expected_m
    assert distance_between_m(*one, *two) == float(geodesic_distance_m(*one, *two))


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 180.0, 271.5])
def test_one_point_in_a_direction_is_that_of_an_array(azimuth_deg):
    there = point_towards(67.877, 29.543, azimuth_deg, 12_000.0)
    lon, lat = geodesic_direct(67.877, 29.543, azimuth_deg, 12_000.0)
    assert there == (float(lon), float(lat))
    assert distance_between_m(67.877, 29.543, *there) == pytest.approx(12_000)


def test_twelve_km_south_of_sibi_keeps_the_longitude():
    lon, lat = geodesic_direct(67.877, 29.543, 180.0, 12_000.0)
    assert (round(float(lon), 3), round(float(lat), 3)) == (67.877, 29.435)


def test_on_the_equator_the_foot_is_due_south():
    foot = foot_on_segment(67.5, 0.1, 67.0, 0.0, 68.0, 0.0)
    assert (float(foot.lon.round(6)), float(foot.distance_m.round())) == (67.5, 11_057.0)


@pytest.mark.parametrize("vertices", [8, 64, 256])
def test_a_circle_has_so_many_corners_and_is_closed(vertices):
    assert len(geodesic_circle(67.0, 30.0, 5_000, vertices).exterior.coords) == vertices + 1


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(67, 30),
        shapely.LineString([(67.0, 30.0), (67.5, 30.0)]),
        shapely.box(67, 30, 67.3, 30.2),
    ],
)
def test_a_widened_shape_ends_at_the_radius(shape):
    wide = buffer_m(shape, 10_000)
    west, south, east, north = wide.bounds
    inner = shape.bounds
    assert wide.covers(shape)
    assert distance_between_m(west, 30, inner[0], 30) == pytest.approx(10_000, rel=0.01)
    assert distance_between_m(67, north, 67, inner[3]) == pytest.approx(10_000, rel=0.01)
    assert east > inner[2]
    assert south < inner[1]


def test_arrays_broadcast_against_each_other():
    away_m = geodesic_distance_m([[67.0], [68.0]], [[30.0], [30.0]], [67.0, 68.0], 30.0)
    assert away_m.shape == (2, 2)
    assert away_m.diagonal().tolist() == [0, 0]
    assert to_cartesian(np.zeros((2, 3)), np.zeros((2, 3))).shape == (2, 3, 3)
