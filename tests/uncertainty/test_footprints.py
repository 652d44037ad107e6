from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec import ParameterError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.footprints import (
    Footprint,
    draw_footprint,
    find_best_points,
    full_radius_m,
    make_disc,
    mixture_radius_m,
    spread_over_shape,
)

SHAPES = [
    shapely.box(66, 29, 67, 30),
    shapely.Point(67, 30).buffer(0.5).difference(shapely.Point(67, 30).buffer(0.4)),
    shapely.LineString([(67.67, 29.62), (67.55, 29.68), (67.4, 29.8)]),
]


def share_within(footprint, draws=999):
    lon, lat = draw_footprint(footprint, make_uniforms(["another"], draws, seed=9)[0, :, 1:])
    away_m = geodesic_distance_m(footprint.lon, footprint.lat, lon, lat)
    return np.mean(away_m <= footprint.uncertainty_m)


@pytest.mark.parametrize("footprint", [make_disc(67, 30, 8_000), *map(spread_over_shape, SHAPES)])
def test_the_radius_holds_95_percent(footprint):
    assert share_within(footprint) == pytest.approx(0.95, abs=0.01)


def test_best_points_of_many_shapes_are_those_of_each():
    found = find_best_points(np.array(SHAPES))
    for lon, lat, shape in zip(*found, SHAPES, strict=True):
        footprint = spread_over_shape(shape)
        assert (lon, lat) == pytest.approx((footprint.lon, footprint.lat))


def test_the_best_point_is_a_point():
    assert Footprint(67.0, 30.18, 3_000).point.wkt == "POINT (67 30.18)"


def test_the_rim_of_a_disc_is_drawn_at_its_full_radius():
    lon, lat = draw_footprint(make_disc(67.0, 30.0, 1_000), np.array([[1.0, 0.0]]))
    assert geodesic_distance_m(67.0, 30.0, lon[0], lat[0]) == pytest.approx(1_000, abs=1e-3)


def test_the_radius_of_a_line_is_measured_along_it():
    assert (
        round(spread_over_shape(shapely.LineString([(67.67, 29.62), (67.55, 29.68)])).uncertainty_m)
        == 6351
    )


@pytest.mark.parametrize(("weight", "least_m", "most_m"), [(0.99, 0, 2_100), (0.6, 90_000, 99_000)])
def test_a_reading_that_weighs_little_widens_no_radius(weight, least_m, most_m):
    near, far = Footprint(67.0, 30.0, 2_000), Footprint(68.0, 30.0, 2_000)
    assert least_m < mixture_radius_m([(near, weight), (far, 1 - weight)]) < most_m


def test_a_disc_and_its_full_radius_are_inverse():
    assert full_radius_m(make_disc(67, 30, 25_000).uncertainty_m) == pytest.approx(25_000)


@pytest.mark.parametrize("shape", SHAPES[:2])
def test_the_best_point_of_a_polygon_lies_in_it(shape):
    assert shape.contains(spread_over_shape(shape).point)


def test_a_given_best_point_is_kept():
    assert spread_over_shape(SHAPES[0], best=(66.1, 29.1)).point.coords[0] == (66.1, 29.1)


@pytest.mark.parametrize(
    ("shape", "told"),
    [(shapely.Point(1, 1), "got a Point"), (shapely.Polygon(), "got an empty Polygon")],
)
def test_other_shapes_are_refused(shape, told):
    with pytest.raises(ParameterError, match=told):
        spread_over_shape(shape)


@pytest.mark.parametrize("radius_m", [-1, float("nan")])
def test_a_disc_needs_a_radius(radius_m):
    with pytest.raises(ParameterError, match="radius of 0 m or more"):
        make_disc(67, 30, radius_m)


def test_two_readings_far_apart_need_a_radius_that_reaches_both():
    parts = [(Footprint(67, 30, 2_000), 0.8), (Footprint(68, 30, 2_000), 0.2)]
    assert mixture_radius_m(parts) == pytest.approx(96_500, rel=0.02)
