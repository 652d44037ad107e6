"""Which polygon holds a point, for any polygons and points on, beside and far from borders."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.geodesy import areas
from geosec.geodesy.areas import AreaIndex

WHOLE = st.integers(0, 8)
CORNER = st.one_of(
    st.tuples(WHOLE, WHOLE),
    st.tuples(st.floats(-170, 170), st.floats(-80, 80)),
    st.tuples(WHOLE, st.floats(0, 8)),
)
RING = st.lists(CORNER, min_size=3, max_size=8, unique=True)
NUDGE = st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]), st.integers(-16, -9))
SPOT = st.tuples(st.integers(0, 99), st.floats(0, 1), NUDGE)
BITS = st.integers(1, 9)


def valid(rings):
    shapes = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
    return [shape for shape in shapes if shape.geom_type in {"Polygon", "MultiPolygon"}]


def spots_on(shapes, spots):
    """Points along borders, at corners where the share is 0 or 1, nudged by almost nothing."""
    edges = np.vstack(
        [
            np.hstack([xy[:-1], xy[1:]])
            for shape in shapes
            for xy in map(shapely.get_coordinates, shapely.get_parts(shape.boundary))
        ]
    )
    for number, share, (east, north, power) in spots:
        edge = edges[number % len(edges)]
        at = edge[:2] + share * (edge[2:] - edge[:2])
        yield at + np.array([east, north]) * 10.0**power


@given(st.lists(RING, min_size=1, max_size=5), st.lists(SPOT, min_size=1, max_size=20), BITS)
@settings(deadline=None, max_examples=200)
def test_the_holder_is_the_first_polygon_that_geos_finds(rings, spots, bits):
    shapes = valid(rings)
    if not shapes:
        return
    lon, lat = np.array(list(spots_on(shapes, spots))).T
    index = AreaIndex(gpd.GeoSeries(shapes, crs=4326))
    grid = index.lay_grid(bits)
    index._grids = dict.fromkeys(range(areas._LEAST_BITS, areas._MOST_BITS + 1), grid)
    holds = [shapely.intersects(shape, shapely.points(lon, lat)) for shape in shapes]
    expected = np.where(np.any(holds, axis=0), np.argmax(holds, axis=0), -1)
    assert index.find_holder(lon, lat).tolist() == expected.tolist()


@given(st.lists(RING, min_size=1, max_size=4), st.lists(CORNER, min_size=1, max_size=20))
@settings(deadline=None, max_examples=100)
def test_points_anywhere_are_held_as_geos_says(rings, points):
    shapes = valid(rings)
    if not shapes:
        return
    lon, lat = np.array(points, dtype="float64").T
    holds = [shapely.intersects(shape, shapely.points(lon, lat)) for shape in shapes]
    expected = np.where(np.any(holds, axis=0), np.argmax(holds, axis=0), -1)
    assert (
        AreaIndex(gpd.GeoSeries(shapes, crs=4326)).find_holder(lon, lat).tolist()
        == expected.tolist()
    )
