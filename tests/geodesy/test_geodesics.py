from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geosec.geodesy.geodesics import (
    buffer_m,
    foot_on_segment,
    geodesic_circle,
    geodesic_direct,
    geodesic_distance_m,
    geodesic_inverse,
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
