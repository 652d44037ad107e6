"""Borders of a coverage, carried over control points: each step on a case whose answer is known."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from boundaries.build.borders import OUTSIDE, Border, find_borders, join_pairs
from boundaries.build.control import carry_borders, carry_line, find_lines, lay_borders
from boundaries.build.georeference import METRIC

PARENTS = {"A": "A", "B": "B", "C": "C"}
KINKED = shapely.LineString([(0, 0), (1_000, 500), (2_000, -500), (3_000, 0)])


@pytest.fixture
def three():
    """A in the west, B in the north-east, C in the south-east; they meet at (68, 30)."""
    shapes = {
        "A": shapely.Polygon([(67, 29), (68, 29), (68, 30), (68, 31), (67, 31)]),
        "B": shapely.Polygon([(68, 30), (69, 30), (69, 31), (68, 31)]),
        "C": shapely.Polygon([(68, 29), (69, 29), (69, 30), (68, 30)]),
    }
    return gpd.GeoSeries(shapes, crs="EPSG:4326")


def test_each_two_neighbours_have_a_border_and_each_its_outside(three):
    pairs = [border.pair for border in find_borders(three)]
    inner = [("A", "B"), ("A", "C"), ("B", "C")]
    assert pairs == [(OUTSIDE, "A"), (OUTSIDE, "B"), (OUTSIDE, "C"), *inner]


@pytest.mark.parametrize("turned", [False, True])
def test_the_units_are_on_the_sides_that_are_said(three, turned):
    layer = three.map(shapely.reverse) if turned else three
    for border in find_borders(layer):
        (x0, y0), (x1, y1) = shapely.get_coordinates(border.line)[:2]
        left = shapely.Point((x0 + x1) / 2 - (y1 - y0) / 100, (y0 + y1) / 2 + (x1 - x0) / 100)
        held = three.index[three.contains(left)].tolist()
        assert held == ([border.left] if border.left != OUTSIDE else [])


def test_a_unit_of_two_parts_has_the_borders_of_both(three):
    three["A"] = shapely.MultiPolygon([three["A"], shapely.box(69, 29, 70, 30)])
    lines = join_pairs(find_borders(three))
    assert lines["A", "C"].length == 2.0


def test_an_island_is_no_border_between_junctions(three):
    three["A"] = shapely.MultiPolygon([three["A"], shapely.box(60, 29, 61, 30)])
    found = find_borders(three)
    assert sum(border.line.is_ring for border in found) == 1
    assert join_pairs(found)[OUTSIDE, "A"].length == 4.0


def test_a_pair_of_parents_is_in_order():
    border = Border("x", "y", shapely.LineString())
    assert border.pair_of({"x": "B", "y": "A"}) == ("A", "B")
    assert border.pair_of({"x": "B"}) == (OUTSIDE, "B")


def test_a_line_whose_places_are_its_sources_stays():
    ends = np.array([(0.0, 0), (3_000, 0)])
    assert carry_line(KINKED, ends, ends, np.array([True, False])).equals_exact(KINKED, 1e-6)


def test_a_line_is_moved_with_its_control_points():
    ends = np.array([(0.0, 0), (3_000, 0)])
    moved = carry_line(KINKED, ends, ends + np.array([200, -900]), np.array([True, False]))
    assert moved.equals_exact(shapely.affinity.translate(KINKED, 200, -900), 1e-6)


def test_the_displacement_goes_over_from_one_end_to_the_other():
    drawn = shapely.segmentize(shapely.LineString([(0, 0), (10_000, 0)]), 1_000)
    sources = np.array([(0.0, 0), (10_000, 0)])
    carried = carry_line(
        drawn, sources, sources + np.array([(0, 0), (0, 1_000)]), np.array([True, False])
    )
    assert shapely.get_coordinates(carried)[:, 1] == pytest.approx(np.arange(11) * 100.0)


def test_a_line_goes_through_every_place_whichever_way_it_was_drawn():
    places = np.array([(0.0, 100), (1_400, 300), (3_000, -100)])
    sources = np.array([(0.0, 0), (1_500, 0), (3_000, 0)])
    onward = np.array([True, True, False])
    forth = carry_line(KINKED, sources, places, onward)
    back = carry_line(KINKED.reverse(), sources, places, onward)
    assert forth.equals_exact(back, 1e-6)
    assert shapely.distance(forth, shapely.points(places)).max() == 0


@pytest.mark.parametrize("drawn", [None, KINKED])
def test_a_stretch_that_is_not_drawn_is_straight(drawn):
    places = np.array([(0.0, 0), (3_000, 0)])
    line = carry_line(drawn, np.full((2, 2), np.nan), places, np.array([False, False]))
    assert shapely.get_coordinates(line).tolist() == places.tolist()


def test_of_two_drawn_lines_the_one_with_the_sources_is_carried():
    far = shapely.affinity.translate(KINKED, 0, 50_000)
    ends = np.array([(0.0, 0), (3_000, 0)])
    both = shapely.MultiLineString([far, KINKED])
    assert carry_line(both, ends, ends, np.array([True, False])).equals_exact(KINKED, 1e-6)


def tell_control(layer, shift_deg=0.0):
    """Make a table of control points: the ends of each border, those inside moved to the east."""
    rows = []
    for number, border in enumerate(find_borders(layer)):
        for place, (x, y) in enumerate(shapely.get_coordinates(border.line)[[0, -1]]):
            east = shift_deg if (x, y) == (68, 30) else 0.0
            row = number, border.left, border.right, "" if place else "drawn", x + east, y, x, y
            rows.append(row)
    names = ["longitude", "latitude", "drawn_longitude", "drawn_latitude"]
    return pd.DataFrame(rows, columns=["border", "left", "right", "onward", *names])


def test_control_points_that_move_nothing_give_the_coverage_back(three):
    laid = lay_borders(carry_borders(tell_control(three), three, PARENTS), three, PARENTS)
    assert laid.index.tolist() == ["A", "B", "C"]
    left = shapely.symmetric_difference(laid.to_numpy(), three.to_numpy())
    assert shapely.area(left).max() < 1e-4


def test_a_moved_junction_moves_all_three_borders_and_leaves_a_coverage(three):
    laid = lay_borders(carry_borders(tell_control(three, 0.2), three, PARENTS), three, PARENTS)
    assert shapely.coverage_is_valid(laid.to_numpy())
    whole = shapely.coverage_union_all(three.to_numpy())
    left = shapely.symmetric_difference(shapely.coverage_union_all(laid.to_numpy()), whole)
    assert left.area < 1e-3
    corner = shapely.Point(68.2, 30)
    assert shapely.distance(laid.to_numpy(), corner).max() < 1e-4
    assert laid["A"].contains(shapely.Point(68.15, 30))


def test_borders_that_cross_still_give_a_coverage(three):
    borders = find_borders(three)
    bent = shapely.LineString([(68, 29), (68.4, 30.3), (68, 30)])
    crossing = [
        Border(each.left, each.right, bent if each.line.coords[0][1] == 29 else bent.reverse())
        if each.pair == ("A", "C")
        else each
        for each in borders
    ]
    laid = lay_borders(crossing, three, PARENTS)
    assert shapely.coverage_is_valid(laid.to_numpy())
    assert laid.is_valid.all()


def test_an_island_stays_with_the_nearest_unit(three):
    drawn = three.copy()
    drawn["A"] = shapely.MultiPolygon([three["A"], shapely.box(69.2, 29.2, 69.4, 29.4)])
    laid = lay_borders(carry_borders(tell_control(three), three, PARENTS), drawn, PARENTS)
    assert laid["C"].contains(shapely.Point(69.3, 29.3))
    assert shapely.coverage_is_valid(laid.to_numpy())


def test_lines_between_units_are_in_metres(three):
    line = find_lines(three)["B", "C"]
    bare = gpd.GeoSeries([shapely.LineString([(68, 30), (69, 30)])], crs=4326).to_crs(METRIC)
    assert line.length == pytest.approx(bare.length.item())
