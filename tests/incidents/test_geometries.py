"""Geometries of a source: points are coordinates, lines and polygons footprints."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LinearRing, LineString, MultiPoint, Point, Polygon, box

import geosec
from geosec import CRSError, GeosecWarning, SchemaError
from geosec.incidents.geometries import make_drawable, parse_geometry, take_places

LINE, SQUARE = LineString([(67, 29), (68, 29)]), box(66, 28, 67, 29)
TRIANGLE = [(66, 28), (67, 29), (67, 28)]


def layer(*shapes, crs=4326, **columns):
    plain = {"date": ["2025"] * len(shapes), **columns}
    return gpd.GeoDataFrame(plain, geometry=list(shapes), crs=crs)


@pytest.mark.parametrize("ending", ["", "parquet", "gpkg", "geojson", "csv", "xlsx"])
def test_lines_and_polygons_of_every_source_are_footprints(ending, tmp_path):
    source = layer(LINE, SQUARE, Point(67, 29))
    if ending:
        source = geosec.write_table(source, tmp_path / f"shapes.{ending}")
    incidents, rejected = geosec.read_incidents(source)
    assert rejected.empty
    assert incidents["footprint"].isna().tolist() == [False, False, True]
    for shape, read in zip((LINE, SQUARE), incidents["footprint"], strict=False):
        assert read.equals(shape)
    assert incidents["latitude"].tolist() == pytest.approx([29.0009, 28.5, 29], abs=1e-4)
    assert incidents["longitude"].tolist() == pytest.approx([67.5, 66.5, 67])
    located = geosec.geocode(incidents)
    assert located["uncertainty_m"].tolist() == pytest.approx([46_224, 62_550, 4_873], rel=1e-3)


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson", "csv", "xlsx"])
@pytest.mark.parametrize("is_located", [False, True])
def test_footprints_of_a_source_are_read_back_and_placed_again(ending, is_located, tmp_path):
    incidents, _ = geosec.read_incidents(layer(LINE, SQUARE, Point(67, 29)))
    first = geosec.geocode(incidents)
    path = geosec.write_table(first if is_located else incidents, tmp_path / f"table.{ending}")
    again = geosec.geocode(geosec.read_incidents(path)[0])
    assert again["uncertainty_m"].tolist() == pytest.approx(first["uncertainty_m"].tolist(), abs=2)
    assert again["match_reason"].tolist() == first["match_reason"].tolist()


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [
        (Point(67, 29, 100), Point(67, 29)),
        (MultiPoint([(67, 29)]), Point(67, 29)),
        (MultiPoint([(67, 29), (68, 29)]), LINE),
        (MultiPoint(TRIANGLE), Polygon(TRIANGLE)),
        (shapely.GeometryCollection([Point(67, 29), Point(68, 29)]), LINE),
        (LinearRing(TRIANGLE), LineString([*TRIANGLE, TRIANGLE[0]])),
        (LineString([(67, 29), (67, 29)]), Point(67, 29)),
        (Polygon([(67, 29), (68, 29), (67, 29)]), LINE),
        (Polygon([(66, 28, 1), (67, 29, 1), (67, 28, 1)]), Polygon(TRIANGLE)),
    ],
)
def test_what_no_footprint_can_be_is_made_one(shape, drawn):
    made = make_drawable(np.array([shape]))[0]
    assert made.geom_type == drawn.geom_type
    assert made.equals(drawn)
    assert not made.has_z


@given(st.lists(st.tuples(*[st.integers(60, 70)] * 2), min_size=3, max_size=6))
def test_any_ring_of_corners_can_be_drawn(corners):
    (made,) = make_drawable(np.array([Polygon(corners)]))
    assert made.geom_type in {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
    assert made.is_valid
    assert made.geom_type == "Point" or made.length > 0


def test_a_hull_round_several_points_is_told():
    with pytest.warns(GeosecWarning, match="of 1 rows with several points"):
        incidents, _ = geosec.read_incidents(layer(MultiPoint(TRIANGLE), Point(67, 29)))
    assert "the hull is the footprint" in incidents.attrs["source_notices"][0]


def test_shapes_in_metres_labelled_degrees_are_rejected_rows():
    incidents, rejected = geosec.read_incidents(layer(SQUARE, box(3e5, 3e6, 4e5, 4e6)))
    assert len(incidents) == 1
    assert "latitude 4e+06 is not between" in rejected["reason"].item()


@pytest.mark.parametrize("gaps", [[None, None], [np.nan, 31.0], ["", "31"], ["n/a", 31]])
@pytest.mark.parametrize("names", [("latitude", "longitude"), ("Lat", "lng")])
def test_a_geometry_fills_empty_columns_row_by_row(gaps, names):
    columns = {name: pd.Series(gaps, dtype="object") for name in names}
    source = layer(Point(67, 29), Point(31, 31) if gaps[1] else Point(68, 29), **columns)
    incidents, rejected = geosec.read_incidents(source)
    assert rejected.empty
    assert incidents["latitude"].tolist() == [29, 31 if gaps[1] else 29]
    assert incidents["longitude"].tolist() == [67, 31 if gaps[1] else 68]


def test_columns_that_contradict_the_geometry_are_taken_and_told():
    source = layer(Point(67, 29), SQUARE, SQUARE, latitude=[31, 28.2, 31], longitude=[70, 66.1, 70])
    with pytest.warns(GeosecWarning, match=r"of 2 rows lie more than 100 m .* columns were taken"):
        incidents, _ = geosec.read_incidents(source)
    assert incidents["latitude"].tolist() == [31, 28.2, 31]
    assert incidents["footprint"].notna().tolist() == [False, True, False]
    assert "up to 364.6 km, row 1" in incidents.attrs["source_notices"][0]


def test_degrees_rounded_to_three_decimals_are_no_other_place():
    incidents, _ = geosec.read_incidents(layer(Point(67, 29), latitude=[29.0005], longitude=[67]))
    assert "source_notices" not in incidents.attrs


def test_a_geometry_without_a_crs_is_needed_or_told():
    with pytest.warns(GeosecWarning, match="has no CRS and was not used"):
        geosec.read_incidents(layer(LINE, latitude=[29], longitude=[67], crs=None))
    with pytest.raises(CRSError, match="has no CRS"):
        geosec.read_incidents(layer(LINE, latitude=[None], longitude=[None], crs=None))


def test_one_half_of_coordinates_beside_a_geometry_is_refused():
    with pytest.raises(SchemaError, match="'Latitude' stands beside a geometry"):
        geosec.read_incidents(layer(LINE, Latitude=[29]))


@pytest.mark.parametrize("written", ["POINT (67 29)", "SRID=4326;POINT(67 29)", Point(67, 29).wkb])
def test_text_of_shapes_in_a_table_is_read(written):
    plain = pd.DataFrame({"date": ["2025"] * 2, "geometry_wkt": [written, None]})
    plain["location"] = [None, "Sibi"]
    incidents, _ = geosec.read_incidents(plain)
    assert incidents["latitude"].tolist() == pytest.approx([29, np.nan], nan_ok=True)
    assert "geometry_wkt" not in incidents.columns


def test_text_that_is_no_shape_stays_and_is_told():
    texts = pd.Series(["POINT (67 29)", "here", "SRID=1;POINT (1 1)", ""], name="geometry")
    parsed, told = parse_geometry(texts)
    assert parsed.isna().tolist() == [False, True, True, True]
    assert told == [
        "`geometry` of 2 rows is neither WKT, EWKT nor WKB and was not used ('here' in row 1)."
    ]
    placed = take_places(pd.DataFrame({"geometry": texts}), None)
    assert placed.table.columns.tolist() == ["geometry", "latitude", "longitude"]
    assert placed.told == told
