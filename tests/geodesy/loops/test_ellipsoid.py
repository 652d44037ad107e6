"""Vectors against Karney's geodesics, everywhere on Earth."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geosec.geodesy.geodesics import to_cartesian
from geosec.geodesy.loops import ellipsoid
from geosec.geodesy.wgs84 import E2, EQUATOR_M

GEOD = Geod(ellps="WGS84")
ODD = [(0, 90), (123, -90), (180, 0), (-180, 60), (179.9999, -45), (0, 0), (67, 30.2), (10, 89.999)]


def pairs(low_m, high_m, count=4_000):
    """Starts all over the Earth, odd ones too, and ends at distances of every size."""
    rng = np.random.default_rng(11)
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    lon[: 50 * len(ODD)], lat[: 50 * len(ODD)] = np.repeat(ODD, 50, axis=0).T
    azimuth_deg, distance_m = rng.uniform(0, 360, count), np.geomspace(low_m, high_m, count)
    rng.shuffle(distance_m)
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, azimuth_deg, distance_m)
    return lon, lat, np.asarray(to_lon), np.asarray(to_lat)


def each_of(function, *arrays):
    return np.array([function(*row) for row in np.column_stack(arrays).tolist()])


@pytest.mark.parametrize(("low_m", "high_m", "error_m"), [(1e-3, 2e5, 1e-5), (2e5, 5e5, 1e-3)])
def test_an_arc_is_the_geodesic_of_its_chord(low_m, high_m, error_m):
    lon, lat, to_lon, to_lat = pairs(low_m, high_m)
    _, _, expected_m = GEOD.inv(lon, lat, to_lon, to_lat)
    ends = to_cartesian(lon, lat), to_cartesian(to_lon, to_lat)
    assert np.abs(each_of(ellipsoid.arc_m, *ends) - expected_m).max() < error_m


@pytest.mark.parametrize(
    ("one", "two"),
    [((0, 89.9), (180, 89.9)), ((179.9, 10), (-179.9, 10)), ((5, -90), (5, -88)), ((1, 0), (3, 0))],
)
def test_an_arc_across_a_pole_or_the_antimeridian_is_ordinary(one, two):
    found_m = ellipsoid.arc_m(*ellipsoid.to_vector(*one), *ellipsoid.to_vector(*two))
    assert found_m == pytest.approx(GEOD.inv(*one, *two)[2], abs=1e-4)


def test_between_equal_points_there_is_no_length_and_no_direction():
    here = ellipsoid.to_vector(67.0, 30.0)
    assert ellipsoid.arc_m(*here, *here) == 0
    assert np.isnan(ellipsoid.azimuth_deg(*here, *here))


def test_a_direction_is_that_of_the_geodesic():
    lon, lat, to_lon, to_lat = pairs(100, 2e5)
    azimuth_deg, _, _ = GEOD.inv(lon, lat, to_lon, to_lat)
    found = each_of(ellipsoid.azimuth_deg, to_cartesian(lon, lat), to_cartesian(to_lon, to_lat))
    assert np.abs((found - azimuth_deg + 180) % 360 - 180).max() < 2e-4
    assert ((found >= 0) & (found < 360)).all()


@pytest.mark.parametrize("pole", [90, -90])
@pytest.mark.parametrize("lon", [0, 30, 90, 179, -150])
def test_at_a_pole_a_direction_is_told_by_longitude(pole, lon):
    expected = GEOD.inv(0, pole, lon, pole * 0.999)[0] % 360
    near, (_, _, z) = ellipsoid.to_vector(lon, pole * 0.999), ellipsoid.to_vector(0.0, pole)
    assert ellipsoid.azimuth_deg(*ellipsoid.to_vector(0.0, pole), *near) == pytest.approx(expected)
    assert ellipsoid.azimuth_deg(0.0, 0.0, z, *near) == pytest.approx(expected)


def test_going_a_distance_ends_that_far_away_and_in_that_direction():
    lon, lat, to_lon, to_lat = pairs(1, 2e5)
    azimuth_deg, _, distance_m = GEOD.inv(lon, lat, to_lon, to_lat)
    end = np.empty((2, len(lon)))
    ellipsoid.fill_direct(lon, lat, np.asarray(azimuth_deg), np.asarray(distance_m), *end)
    gone_m = np.asarray(GEOD.inv(lon, lat, *end)[2])
    assert np.abs(gone_m - distance_m).max() < 1e-4
    assert np.asarray(GEOD.inv(to_lon, to_lat, *end)[2]).max() < 1  # 0.2 seconds of arc


def test_going_nowhere_and_from_nowhere():
    end = np.empty((2, 2))
    ellipsoid.fill_direct(np.array([67.0, np.nan]), np.array([30.0] * 2), *np.zeros((2, 2)), *end)
    assert end[:, 0] == pytest.approx([67.0, 30.0])
    assert np.isnan(end[:, 1]).all()


def test_vectors_and_degrees_undo_each_other():
    lon, lat, _, _ = pairs(1, 2)
    xyz = each_of(ellipsoid.to_vector, lon, lat)
    assert xyz == pytest.approx(to_cartesian(lon, lat), abs=1e-8)
    back = to_cartesian(*each_of(ellipsoid.to_degrees, xyz).T)
    assert np.abs(back - xyz).max() < 1e-8


@pytest.mark.parametrize("height_m", [-5_000, -3, 0, 3, 5_000])
def test_a_point_near_the_ellipsoid_is_moved_straight_onto_it(height_m):
    foot = to_cartesian(*pairs(1, 2, 1_000)[:2])
    above = foot + height_m * each_of(ellipsoid.normal_at, foot)
    moved = each_of(ellipsoid.move_onto, above)
    off = (moved**2 / [1, 1, 1 - E2]).sum(axis=1) / EQUATOR_M**2 - 1
    assert np.abs(off).max() < 1e-12
    assert np.abs(moved - foot).max() < 1e-6 + 0.005 * abs(height_m)


def test_a_pace_is_what_a_small_step_covers():
    for lon, lat in [(67.0, 30.0), (179.9, -70.0), (0.0, 0.0), (10.0, 89.0)]:
        one, two = ellipsoid.to_vector(lon, lat), ellipsoid.to_vector(lon + 3e-6, lat + 4e-6)
        step = np.array(two) - one
        assert step == pytest.approx(ellipsoid.pace(lon, lat, 3e-6, 4e-6), abs=1e-6)
