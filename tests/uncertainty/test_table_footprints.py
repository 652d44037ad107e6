"""Which rows of a table are the same place, how far each reaches, and the text it is drawn by."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geosec
from geosec.errors import SchemaError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.uncertainty.table_footprints import (
    Readings,
    TableFootprints,
    load_readings,
    restore_footprint,
)

BOX = shapely.box(66, 29, 67, 30)
TURNED = shapely.Polygon([(67, 30), (66, 30), (66, 29), (67, 29)])  # the same, from a corner on
LINE = shapely.LineString([(66, 29), (67, 30)])
TINY = shapely.box(66, 29, 66.000004, 29.000004)  # half a metre: rounding leaves nothing of it


def readings_text(*parts):
    """Readings (weight, lon, lat, uncertainty_m, shape) as ``match_candidates`` holds them."""
    names = ("weight", "longitude", "latitude", "uncertainty_m", "footprint")
    return json.dumps([dict(zip(names, part, strict=True)) for part in parts])


TWO = readings_text((0.7, 67.0, 30.0, 2_000, None), (0.3, 68.0, 30.0, 2_000, None))
OTHER_TWO = readings_text((0.6, 67.0, 30.0, 2_000, None), (0.4, 68.0, 30.0, 2_000, None))


# ----------------------------------------------------------------------------- the text


@pytest.fixture
def texts(footprints):
    """Write the texts of rows: texts(*rows)."""
    return lambda *rows: footprints(*rows).round_as_written().write_texts()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((67.123456, 30.0, 5_000), (67.123459, 30.0, 5_000.4)),
        ((-0.0, -0.000001, 10), (0.0, 0.0, 10)),
        ((66.5, 29.5, 60_000, BOX), (66.1, 29.1, 90_000, TURNED)),
        ((66.5, 29.5, 0, BOX), (66.5, 29.5, 0, shapely.force_3d(BOX, 1_700))),
        ((67, 30, 1, None, TWO), (68, 30, 2, None, TWO.replace(" ", ""))),
    ],
)
def test_what_a_file_holds_alike_is_drawn_alike(one, other, texts):
    assert texts(one) == texts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((67.12345, 30.0, 5_000), (67.12346, 30.0, 5_000)),
        ((67.0, 30.0, 5_000), (67.0, 30.0, 5_001)),
        ((66.5, 29.5, 60_000, BOX), (66.5, 29.5, 60_000, LINE)),
        ((66.5, 29.5, 60_000, LINE), (66.5, 29.5, 60_000)),
        ((67, 30, 1, None, TWO), (67, 30, 1, None, OTHER_TWO)),
    ],
)
def test_what_a_file_tells_apart_is_drawn_apart(one, other, texts):
    assert texts(one) != texts(other)


def test_the_text_can_be_read(texts):
    assert texts((67.1234567, 30, 4_999.6), (66.5, 29.5, 1, LINE), (67, 30, 1, None, TWO)) == [
        "67.12346 30.00000 5000 m",
        "LINESTRING (66 29, 67 30)",
        "0.7000 67.00000 30.00000 2000 m; 0.3000 68.00000 30.00000 2000 m",
    ]


def test_a_shape_that_rounding_breaks_stays_as_it_is(footprints):
    rounded = footprints((66, 29, 1, TINY)).round_as_written()
    assert rounded.shapes[0].equals(TINY)


def test_rounding_twice_is_rounding_once(footprints):
    random = np.random.default_rng(3)
    rows = [(lon, lat, 10 * lat) for lon, lat in random.uniform(-80, 80, (500, 2))]
    rows += [(float(f"{lon:.5f}5"), 30.0, 5) for lon in random.uniform(60, 70, 500)]
    once = footprints(*rows).round_as_written()
    assert once.write_texts() == once.round_as_written().write_texts()
    assert once.lon.tolist() == [float(text.split()[0]) for text in once.write_texts()]


# ----------------------------------------------------------------------------- the reach


def test_every_reading_is_within_the_reach(footprints_of):
    row = geosec.geocode(["Mach and Kolpur"], admin1="Balochistan")
    readings = geosec.candidates(row).geometry.dropna()
    at = row.geometry.iloc[0]
    away_m = geodesic_distance_m(at.x, at.y, readings.x, readings.y)
    assert footprints_of(row).reach_m[0] > away_m.max()


def test_a_reading_that_is_a_shape_is_reached_to_its_farthest_corner(footprints):
    shaped = readings_text((0.5, 66.5, 29.5, 60_000, BOX.wkt), (0.5, 67.0, 30.0, 10, None))
    reach_m = footprints((60, 20, 1, None, shaped)).reach_m[0]
    assert reach_m == pytest.approx(geodesic_distance_m(60, 20, 67, 30) + 500, abs=10)


@pytest.mark.parametrize("uncertainty_m", [0.0, 1.0, 250_000.0])
def test_a_disc_reaches_as_far_as_its_rim(points_at, footprints_of, uncertainty_m):
    reach_m = footprints_of(points_at([67.0, np.nan], [30.0, np.nan], uncertainty_m)).reach_m
    assert reach_m[0] == pytest.approx(uncertainty_m / np.sqrt(0.95))
    assert np.isnan(reach_m[1])  # a point without coordinates is no place


@pytest.mark.parametrize("corners", [1_000_000, 7])
def test_shapes_reach_as_far_as_their_farthest_corner(corners, monkeypatch, footprints):
    monkeypatch.setattr("geosec.uncertainty.table_footprints._MOST_CORNERS", corners)
    at = np.array([[66.5, 29.5], [60.0, 20.0], [66.0, 29.0]])
    table = footprints(*((*point, 1, shape) for point in at for shape in (BOX, LINE)))
    expected = [
        geodesic_distance_m(*point, *shapely.get_coordinates(shape).T).max() + 500
        for point in at
        for shape in (BOX, LINE)
    ]
    assert table.reach_m == pytest.approx(expected)


def test_no_rows_have_no_reach(footprints):
    assert footprints().reach_m.shape == (0,)
    assert footprints().write_texts() == []


# -------------------------------------------------------------------------- the columns


def test_a_table_without_readings_has_none(points_at):
    table = points_at([67.0], [30.0], 100)
    taken = TableFootprints.of(table, np.array([67.0]), np.array([30.0]))
    assert not taken.is_mixed.any()
    assert taken.has_extent.tolist() == [True]


def test_a_part_of_the_rows_has_their_columns(footprints):
    table = footprints((67, 30, 5_000), (66, 29, 1, BOX), (68, 30, 2, None, TWO)).take([2, 1])
    assert table.lon.tolist() == [68, 66]
    assert table.is_mixed.tolist() == [True, False]
    assert table.is_shaped.tolist() == [False, True]
    assert table.radius_m.tolist() == [0, 0]


def test_readings_are_those_of_their_rows():
    readings = Readings.of(np.array([TWO, OTHER_TWO, TWO], dtype="object"))
    assert readings.row.tolist() == [0, 0, 1, 1, 2, 2]
    assert readings.weight.tolist() == [0.7, 0.3, 0.6, 0.4, 0.7, 0.3]
    assert readings.footprints.lon.tolist() == [67, 68] * 3


def test_a_stored_reading_is_a_footprint_again():
    disc = {"longitude": 67.0, "latitude": 30.0, "uncertainty_m": 2000, "footprint": None}
    assert restore_footprint(disc).uncertainty_m == 2_000.0
    line = restore_footprint(disc | {"footprint": LINE.wkt})
    assert line.shape.equals(LINE)
    assert restore_footprint(disc | {"footprint": "POLYGON EMPTY"}).shape is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"uncertainty_m": float("nan")},
        {"uncertainty_m": -5},
        {"longitude": 66_000},
        {"latitude": float("nan")},
        {"weight": float("inf")},
        {"footprint": "POINT (67 30)"},
        {"footprint": "GEOMETRYCOLLECTION (POLYGON ((66 28, 67 28, 67 29, 66 28)))"},
        {"footprint": "LINESTRING (66 28, 670 29)"},
    ],
)
def test_readings_that_are_nowhere_are_refused(wrong):
    disc = {"weight": 1, "longitude": 67, "latitude": 30, "uncertainty_m": 2000, "footprint": ""}
    assert len(load_readings(json.dumps([disc]))) == 1
    with pytest.raises(SchemaError, match="`match_candidates` holds the readings"):
        load_readings(json.dumps([disc | wrong]))


def test_shapes_are_those_made_of_the_layers(footprints_of):
    table = geosec.geocode(["Kech district", "Turbat"])
    assert footprints_of(table).is_shaped.tolist() == [True, False]
    assert isinstance(table, gpd.GeoDataFrame)
