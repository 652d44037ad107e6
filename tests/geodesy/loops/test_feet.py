"""The nearest point of one piece."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec.geodesy.geodesics import foot_on_segment, geodesic_distance_m
from geosec.geodesy.loops.ellipsoid import arc_m, to_degrees, to_vector
from geosec.geodesy.loops.feet import find_foot, measure_gap
from geosec.geodesy.pieces import cut_pieces

EDGE = [(67.0, 30.0), (67.1, 30.05)]


def foot_of(shape, lon, lat, guess=0.0):
    pieces = cut_pieces(np.array([shape]))
    return find_foot(to_vector(lon, lat), pieces.ends, pieces.corners, 0, guess)


def test_the_chord_of_a_point_is_the_point():
    ends = cut_pieces(np.array([shapely.Point(0, 0)])).ends
    assert measure_gap(0.0, 0.0, 0.0, ends, 0) == (6_378_137.0, 0.0)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_point_on_a_chord_has_no_gap(share):
    ends = cut_pieces(np.array([shapely.LineString(EDGE)])).ends
    at = ends[0, :3] + share * ends[0, 3:6]
    gap_m, found = measure_gap(*at, ends, 0)
    assert gap_m == pytest.approx(0, abs=1e-6)
    assert found == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize("guess", [0.0, 0.3, 1.0])
def test_the_middle_of_an_edge_is_nearest_to_what_lies_above_it(guess):
    share = foot_of(shapely.LineString([(0, 0), (0.1, 0)]), 0.05, 1.0, guess)[3]
    assert share == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize(
    "point", [(67.05, 30.3), (67.02, 29.9), (66.9, 30.0), (67.3, 30.1), (67.05, 30.025)]
)
def test_the_foot_on_a_geodesic_is_that_of_karney(point):
    x, y, z, share = foot_of(shapely.LineString(EDGE), *point)
    expected = foot_on_segment(*point, *EDGE[0], *EDGE[1])
    assert arc_m(*to_vector(*point), x, y, z) == pytest.approx(float(expected.distance_m), abs=1e-4)
    length_m = float(geodesic_distance_m(*EDGE[0], *EDGE[1]))
    assert share * length_m == pytest.approx(float(expected.along_m), abs=0.01)


@pytest.mark.parametrize("lat", [30.0, 60.0])
def test_the_foot_on_the_edge_of_a_polygon_is_straight_in_degrees(lat):
    """A parallel of latitude is no geodesic: its foot keeps the latitude."""
    x, y, z, share = foot_of(shapely.box(67.0, lat, 67.05, lat + 0.05), 67.1, lat + 0.02)
    lon_foot, lat_foot = to_degrees(x, y, z)
    assert 0 <= share <= 1
    assert lon_foot == pytest.approx(67.05, abs=1e-9)
    assert lat <= lat_foot <= lat + 0.05


@pytest.mark.parametrize(("point", "end"), [((66.0, 29.5), 0), ((68.0, 30.5), 1)])
def test_beyond_an_end_the_end_itself_is_the_foot(point, end):
    x, y, z, share = foot_of(shapely.LineString(EDGE), *point)
    assert share == end
    assert to_degrees(x, y, z) == pytest.approx(EDGE[end], abs=1e-9)
