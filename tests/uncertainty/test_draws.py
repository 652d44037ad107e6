"""Draws fill discs, polygons and lines evenly, at the ends of their numbers and over holes too."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.uncertainty.draws import (
    draw_along_line,
    draw_along_lines,
    draw_in_discs,
    draw_in_polygon,
    draw_in_polygons,
    make_uniforms,
    sum_up,
)

ENDS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.5]])
LAKE = shapely.Polygon(
    [(66, 29), (68, 29), (68, 31), (66, 31)],
    [[(66.5, 29.5), (67.5, 29.5), (67.5, 30.5), (66.5, 30.5)]],
)
UNIT = st.floats(0, 1, exclude_max=True)
TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)
HALF_RING = shapely.Point(67, 30).buffer(1).difference(shapely.box(66.5, 28, 69, 30.2))


def test_the_draws_of_one_incident_do_not_depend_on_the_others():
    alone = make_uniforms(["b"], 50, seed=3)
    assert (make_uniforms(["a", "b", "c"], 50, seed=3)[1] == alone[0]).all()
    assert (make_uniforms(["b"], 50, seed=4) != alone).any()


def test_numbers_are_even():
    numbers = make_uniforms(["x"], 999, seed=0)[0]
    counts = np.histogram(numbers[:, 1], bins=10, range=(0, 1))[0]
    assert counts.min() >= 95
    assert counts.max() <= 105


def test_a_disc_is_filled_evenly_over_its_area():
    uniform = make_uniforms(["x"], 999, seed=0)[..., 1:]
    lon, lat = draw_in_discs(
        np.array([[67.0]]), np.array([[30.0]]), np.array([[10_000.0]]), uniform
    )
    away_m = geodesic_distance_m(67.0, 30.0, lon, lat)
    assert away_m.max() <= 10_000.001
    assert np.mean(away_m <= 5_000) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    "shape", [HALF_RING, shapely.MultiPolygon([HALF_RING, shapely.box(60, 20, 61, 21)])]
)
def test_a_polygon_is_filled_evenly_and_only_inside(shape):
    uniform = make_uniforms(["x"], 999, seed=1)[0, :, 1:]
    lon, lat = draw_in_polygon(shape, uniform)
    assert shapely.contains_xy(shape.buffer(1e-4), lon, lat).all()
    part = shapely.box(60, 20, 67, 31).intersection(shape)
    share = in_equal_area(part) / in_equal_area(shape)
    assert shapely.contains_xy(part, lon, lat).mean() == pytest.approx(share, abs=0.02)


def in_equal_area(shape):
    return gpd.GeoSeries([shape.segmentize(0.05)], crs=4326).to_crs(6933).area.iloc[0]


def test_a_line_is_filled_evenly_over_its_length():
    line = shapely.MultiLineString([[(66, 30), (67, 30)], [(70, 30), (73, 30)]])
    lon, _ = draw_along_line(line, np.linspace(0, 1, 401))
    assert np.mean(lon < 68) == pytest.approx(0.25, abs=0.01)
    assert not ((lon > 67.001) & (lon < 69.999)).any()


@given(st.lists(TEXT, max_size=5), st.integers(1, 20), st.integers(-5, 5))
@settings(deadline=None, max_examples=50)
def test_numbers_are_in_the_unit_and_the_same_again(ids, draws, seed):
    numbers = make_uniforms(ids, draws, seed=seed)
    assert numbers.shape == (len(ids), draws, 3)
    assert ((numbers >= 0) & (numbers < 1)).all()
    assert (numbers == make_uniforms(ids, draws, seed=seed)).all()


def test_more_draws_begin_with_the_fewer():
    assert (make_uniforms(["ا"], 50, seed=0)[:, :20] == make_uniforms(["ا"], 20, seed=0)).all()


def test_identifiers_alike_draw_apart():
    first, second = make_uniforms(["row-1", "row-2"], 1, seed=0)[:, 0]
    assert (np.abs(first - second) > 1e-6).all()


def test_the_three_numbers_of_a_draw_go_their_own_ways():
    numbers = make_uniforms(["x"], 999, seed=0)[0]
    together = np.corrcoef(numbers.T)[np.triu_indices(3, k=1)]
    assert np.abs(together).max() < 0.05


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(0, 200_000), UNIT, UNIT)
@settings(deadline=None, max_examples=50)
def test_a_draw_of_a_disc_lies_as_far_out_as_its_number_says(lon, lat, radius_m, share, turn):
    found = draw_in_discs(
        np.array([[lon]]), np.array([[lat]]), np.array([[radius_m]]), np.array([[[share, turn]]])
    )
    away_m = geodesic_distance_m(lon, lat, *(float(each[0, 0]) for each in found))
    assert away_m == pytest.approx(radius_m * share**0.5, abs=0.001)


def test_a_disc_over_the_date_line_stays_one_disc():
    middle = np.array([[179.99]]), np.array([[0.0]]), np.array([[50_000.0]])
    lon, lat = draw_in_discs(*middle, make_uniforms(["x"], 200, seed=0)[..., 1:])
    assert ((lon >= -180) & (lon <= 180)).all()
    assert (lon < 0).any()
    assert geodesic_distance_m(179.99, 0.0, lon, lat).max() <= 50_000.001


def test_discs_are_drawn_row_by_row():
    lon, lat = np.array([[67.0], [72.0]]), np.array([[30.0], [31.0]])
    radius_m = np.array([[0.0], [9_000.0]])
    found = draw_in_discs(lon, lat, radius_m, make_uniforms(["a", "b"], 30, seed=0)[..., 1:])
    away_m = geodesic_distance_m(lon, lat, *found)
    assert away_m.shape == (2, 30)
    assert away_m[0].max() == pytest.approx(0, abs=1e-6)
    assert 8_000 < away_m[1].max() <= 9_000.001


@pytest.mark.parametrize(
    "shape",
    [LAKE, shapely.MultiPolygon([LAKE, shapely.box(70, 20, 71, 21)]), shapely.box(0, 0, 1, 1)],
)
def test_the_ends_of_the_numbers_are_on_the_polygon(shape):
    lon, lat = draw_in_polygon(shape, ENDS)
    assert shapely.contains_xy(shape.buffer(1e-6), lon, lat).all()


def test_nothing_is_drawn_in_a_hole():
    lon, lat = draw_in_polygon(LAKE, make_uniforms(["x"], 500, seed=0)[0, :, 1:])
    hole = shapely.Polygon(LAKE.interiors[0]).buffer(-1e-6)
    assert not shapely.contains_xy(hole, lon, lat).any()


def test_a_point_of_no_area_beside_a_polygon_is_not_drawn():
    sliver = shapely.Polygon([(70, 30), (70.0000001, 30), (70, 30.0000001)])
    shape = shapely.MultiPolygon([shapely.box(66, 29, 67, 30), sliver])
    lon, _ = draw_in_polygon(shape, make_uniforms(["x"], 300, seed=0)[0, :, 1:])
    assert (lon < 68).all()


@pytest.mark.parametrize(("share", "at"), [(0.0, 66), (0.25, 66.5), (0.5, 67), (1.0, 68)])
def test_a_share_of_the_equator_is_a_share_of_its_degrees(share, at):
    lon, lat = draw_along_line(shapely.LineString([(66, 0), (67.3, 0), (68, 0)]), np.array([share]))
    assert (lon[0], lat[0]) == pytest.approx((at, 0.0), abs=1e-9)


def test_the_parts_of_a_line_follow_one_another_and_gaps_are_jumped():
    line = shapely.MultiLineString([[(66, 0), (67, 0)], [(70, 0), (71, 0)]])
    lon, _ = draw_along_line(line, np.array([0.49, 0.51]))
    assert lon.tolist() == pytest.approx([66.98, 70.02])


def test_a_line_without_length_is_its_point():
    lon, lat = draw_along_line(shapely.LineString([(66, 29), (66, 29)]), np.array([0.0, 0.5, 1.0]))
    assert lon.tolist() == pytest.approx([66.0] * 3)
    assert lat.tolist() == pytest.approx([29.0] * 3)


def test_heights_of_a_line_are_passed_over():
    line = shapely.LineString([(66, 0, 1_700), (68, 0, 50)])
    assert draw_along_line(line, np.array([0.5]))[0][0] == pytest.approx(67)


# -------------------------------------------------------------------------- many at once

POLYGONS = np.array([LAKE, HALF_RING, shapely.box(60, 20, 61, 21), LAKE, HALF_RING.reverse()])
LINES = np.array(
    [
        shapely.LineString([(66, 29), (67, 30), (67.2, 30)]),
        shapely.MultiLineString([[(66, 0), (67, 0)], [(70, 0), (71, 0)]]),
        shapely.LineString([(66, 29), (66, 29)]),
        shapely.LineString([(66, 29), (67, 30), (67.2, 30)]),
    ]
)


@pytest.mark.parametrize("threads", ["1", "3"])
def test_many_polygons_are_drawn_as_each_alone(threads, monkeypatch):
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 10)
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    uniform = make_uniforms(list("abcde"), 60, seed=0)[..., 1:]
    together = np.array(draw_in_polygons(POLYGONS, uniform))
    alone = [draw_in_polygon(*pair) for pair in zip(POLYGONS, uniform, strict=True)]
    assert together.tobytes() == np.array(alone).swapaxes(0, 1).tobytes()


def test_many_lines_are_drawn_as_each_alone():
    uniform = make_uniforms(list("abcd"), 60, seed=0)[..., 1]
    together = np.array(draw_along_lines(LINES, uniform))
    alone = [draw_along_line(*pair) for pair in zip(LINES, uniform, strict=True)]
    assert together.tobytes() == np.array(alone).swapaxes(0, 1).tobytes()


def test_no_shapes_are_drawn():
    nothing = np.empty(0, dtype="object")
    assert draw_in_polygons(nothing, np.empty((0, 5, 2)))[0].shape == (0, 5)
    assert draw_along_lines(nothing, np.empty((0, 5)))[0].shape == (0, 5)


def test_sums_of_one_shape_do_not_touch_those_of_another():
    sums = sum_up(np.array([1e16, 1.0, 0.1, 0.2]), np.array([0, 2, 4]))
    assert sums.tolist() == [1e16, 1e16 + 1, 0.1, 0.1 + 0.2]


@pytest.mark.parametrize("across", [[0, 1, 2], [1, 0, 2]])
def test_a_polygon_without_an_area_is_drawn_on_its_line_and_moves_no_other(across):
    flat = shapely.Polygon([(60, 20), (62, 20), (61, 20)])
    uniform = make_uniforms(["x", "y", "z"], 99, seed=0)[..., 1:]
    shapes = np.array([flat, LAKE, flat.buffer(0.5)], dtype="object")[across]
    lon, lat = draw_in_polygons(shapes, uniform)
    own = across.index(0)
    assert lat[own] == pytest.approx(20)
    assert np.ptp(lon[own]) > 1.7
    lake = across.index(1)
    alone = draw_in_polygon(LAKE, uniform[lake])
    assert lon[lake].tolist() == alone[0].tolist()
