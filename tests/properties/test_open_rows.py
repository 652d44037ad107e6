"""Whatever a table holds, a row's figures are those of its place."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec.crs import round_degrees
from geosec.uncertainty.folding import fold_table
from geosec.uncertainty.table_footprints import TableFootprints

LINES = geosec.load_rail_lines()
DISTRICTS = geosec.load_boundaries("adm2").geometry.to_numpy()[:4]
SHAPES = [None, *DISTRICTS, geosec.stretch("ML-3", 300, 330), geosec.stretch("ML-3", 300, 340)]

LON, LAT = st.floats(61, 76, width=32), st.floats(24, 36, width=32)
PLACE = st.tuples(LON, LAT, st.sampled_from([0.0, 700.0, 30_000.0]), st.sampled_from(SHAPES))
PLACES = st.lists(PLACE, min_size=1, max_size=6, unique_by=lambda place: place[:3])


def table_of(places):
    """A located table of places (lon, lat, uncertainty_m, shape)."""
    lon, lat, uncertainty_m, shapes = zip(*places, strict=True)
    index = pd.Index([f"row {number}" for number in range(len(places))], name="incident_id")
    table = gpd.GeoDataFrame(
        {"uncertainty_m": uncertainty_m},
        geometry=gpd.GeoSeries.from_xy(lon, lat, index=index, crs=4326),
        index=index,
    )
    table["footprint"] = gpd.GeoSeries(list(shapes), index, 4326)
    return table


def footprints_of(places):
    points = np.array([place[:2] for place in places], dtype="float64")
    return TableFootprints.of(table_of(places), *points.T)


def figures_of(table):
    """The drawn figures of three verbs, as numbers."""
    within = geosec.within(table, LINES, distance_m=20_000, draws=19)
    districts = geosec.assign_boundaries(table, draws=19)
    railway = geosec.locate_on_rail(table, draws=19)
    columns = [
        within["probability"],
        *(districts[name] for name in ("adm1_prob", "adm2_prob")),
        *(railway[name] for name in ("rail_km_low", "rail_km_high", "rail_prob")),
    ]
    return np.column_stack(columns)


@pytest.mark.filterwarnings("ignore:of .* lie:geosec.GeosecWarning")  # some lie all abroad
@given(PLACES, st.data())
@settings(deadline=None, max_examples=15)
def test_repeated_and_shuffled_rows_have_the_figures_of_their_place(places, data):
    rows = data.draw(st.lists(st.integers(0, len(places) - 1), min_size=1, max_size=15))
    each, many = figures_of(table_of(places)), figures_of(table_of([places[row] for row in rows]))
    assert many.tobytes() == each[rows].tobytes()


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1), st.data())
@settings(deadline=None, max_examples=50)
def test_a_place_that_went_through_text_is_drawn_by_the_same_text(points, data):
    half = data.draw(st.booleans())  # between two fifth decimals, where libraries differ
    points = [tuple(float(f"{at:.5f}5") if half else at for at in point) for point in points]
    shapes = np.array([shapely.Point(*point) for point in points])
    again = shapely.from_wkt(shapely.to_wkt(round_degrees(shapes), rounding_precision=5))
    before, after = (
        footprints_of([(at.x, at.y, 9.0, None) for at in each]).round_as_written().write_texts()
        for each in (shapes, again)
    )
    assert before == after


@given(PLACES, st.data())
@settings(deadline=None, max_examples=50)
def test_folding_and_unfolding_is_the_table(places, data):
    rows = data.draw(st.lists(st.integers(0, len(places) - 1), max_size=30))
    table = footprints_of([places[row] for row in rows] or places)
    distinct, which = fold_table(table, exact_too=True)
    for name in ("lon", "lat", "uncertainty_m"):
        assert getattr(distinct, name)[which].tobytes() == getattr(table, name).tobytes()
    assert all(
        one is other for one, other in zip(distinct.shapes[which], table.shapes, strict=True)
    )
    assert len(distinct) == len(set(rows or range(len(places))))
