"""Targets in pieces: nothing lost, none too long, none far from its chord."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec import load_boundaries, load_rail_lines
from geosec.geodesy.geodesics import (
    geodesic_direct,
    geodesic_distance_m,
    geodesic_inverse,
    to_cartesian,
)
from geosec.geodesy.pieces import BORDER_DEG, PIECE_M, SAGITTA_M, cut_pieces

RAIL = load_rail_lines().geometry.to_numpy()
DISTRICTS = load_boundaries("adm2").geometry.to_numpy()
BOXES = shapely.box([0, 170, -10, 3], [-89.9, 60, -3, 3], [90, 180, 15, 3.01], [89.9, 89, 3, 3.01])
LONG = np.array(
    [
        shapely.LineString([(0, 0), (120, 40), (-170, -60)]),
        shapely.LineString([(10, 89), (-170, 88)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (5, 5), (6, 5)]]),
    ]
)


def lengths_m(shape):
    """Sum the geodesics of a line, part by part."""
    ends = [np.array(part.coords) for part in shapely.get_parts(shape)]
    return sum(geodesic_distance_m(*xy[:-1].T, *xy[1:].T).sum() for xy in ends)


def strays_m(pieces):
    """Measure how far 21 points of each piece leave its chord."""
    share = np.linspace(0, 1, 21)[1:-1]
    azimuth_deg, length_m = geodesic_inverse(*pieces.degrees.T)
    start = pieces.degrees[:, :2, None]
    at = np.stack(
        geodesic_direct(start[:, 0], start[:, 1], azimuth_deg[:, None], length_m[:, None] * share)
    )
    edges = ~np.isnan(pieces.corners[:, 0])
    step = pieces.corners[:, 2:, None] * share
    at[:, edges] = (start + step)[edges].transpose(1, 0, 2)
    away = to_cartesian(*at) - pieces.ends[:, None, :3]
    chord, inverse = pieces.ends[:, None, 3:6], pieces.ends[:, None, 6]
    along = np.einsum("ijk,ijk->ij", away, np.broadcast_to(chord, away.shape)) * inverse
    return np.linalg.norm(away - along[..., None] * chord, axis=2).max()


@pytest.mark.parametrize("lines", [RAIL, LONG], ids=["rail", "long"])
def test_the_pieces_of_a_line_are_as_long_as_the_line_and_follow_each_other(lines):
    pieces = cut_pieces(lines)
    total_m = np.bincount(pieces.target, pieces.along_m[:, 1], minlength=len(lines))
    assert total_m == pytest.approx([lengths_m(line) for line in lines], abs=1e-3)
    assert pieces.along_m[:, 1].max() <= PIECE_M
    same = np.flatnonzero(np.diff(pieces.target) == 0)
    assert pieces.along_m[same].sum(axis=1) == pytest.approx(pieces.along_m[same + 1, 0], abs=1e-3)
    assert geodesic_distance_m(*pieces.degrees.T) == pytest.approx(pieces.along_m[:, 1], abs=1e-3)
    assert (np.diff(pieces.target) >= 0).all()


@pytest.mark.parametrize("polygons", [DISTRICTS, BOXES], ids=["adm2", "boxes"])
def test_the_pieces_of_a_border_are_short_and_straight_in_degrees(polygons):
    pieces = cut_pieces(polygons)
    assert np.hypot(*pieces.corners[:, 2:].T).max() <= BORDER_DEG * (1 + 1e-9)
    assert pieces.corners[:, :2] + pieces.corners[:, 2:] == pytest.approx(pieces.degrees[:, 2:])
    assert np.unique(pieces.target).tolist() == list(range(len(polygons)))


@pytest.mark.parametrize(
    "shapes", [RAIL, LONG, DISTRICTS, BOXES], ids=["rail", "long", "adm2", "boxes"]
)
def test_a_piece_keeps_near_its_chord(shapes):
    assert strays_m(cut_pieces(shapes)) < SAGITTA_M


@pytest.mark.parametrize(
    ("shape", "count"),
    [
        (shapely.Point(67, 30), 1),
        (shapely.MultiPoint([(67, 30), (68, 30), (67, 30)]), 3),
        (shapely.LineString([(67, 30), (67, 30)]), 1),
        (shapely.LineString([(67, 30), (67, 30), (67.01, 30)]), 2),
        (shapely.box(67, 30, 67.05, 30.05), 4),
        (shapely.box(0, 0, 9, 9).difference(shapely.box(1, 1, 2, 2)), 400),
    ],
)
def test_a_shape_has_so_many_pieces_and_all_numbers(shape, count):
    pieces = cut_pieces(np.array([shape]))
    assert pieces.target.tolist() == [0] * count
    assert np.isfinite(pieces.ends).all()
    assert np.isfinite(pieces.along_m).all()


def test_a_mixture_of_kinds_is_what_each_is_alone():
    shapes = np.array([RAIL[0], shapely.Point(1, 2), DISTRICTS[3], LONG[2]])
    together = cut_pieces(shapes)
    for number, shape in enumerate(shapes):
        alone, own = cut_pieces(np.array([shape])), together.target == number
        assert np.array_equal(together.ends[own], alone.ends)
        assert np.array_equal(together.corners[own], alone.corners, equal_nan=True)
        assert together.along_m[own] == pytest.approx(alone.along_m, abs=1e-6)
