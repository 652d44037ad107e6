"""Footprints as text: read as shapes or refused by name, never taken for a disc."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box

import geosec
from geosec.errors import CRSError, SchemaError
from geosec.footprint_texts import read_footprints

AREA = box(66, 29, 67, 30)
SHAPES = (
    AREA,
    MultiPolygon([AREA, box(68, 29, 69, 30)]),
    LineString([(66, 29), (67, 30)]),
    shapely.MultiLineString([[(66, 29), (67, 30)], [(68, 29), (69, 30)]]),
)
UTM = gpd.GeoSeries([AREA], crs=4326).to_crs(32642).iloc[0]
WRITERS = {
    "WKT": lambda shape: shape.wkt,
    "small WKT": lambda shape: f"  {shape.wkt.lower()}\n",
    "EWKT": lambda shape: f"SRID=4326;{shape.wkt}",
    "EWKT with spaces": lambda shape: f" srid = 4326 ; {shape.wkt}",
    "WKB": lambda shape: shape.wkb,
    "WKB in a bytearray": lambda shape: bytearray(shape.wkb),
    "EWKB": lambda shape: shapely.to_wkb(shapely.set_srid(shape, 4326), include_srid=True),
    "hex": lambda shape: shape.wkb_hex,
    "small hex": lambda shape: shape.wkb_hex.lower(),
    "hex EWKB": lambda shape: shapely.to_wkb(
        shapely.set_srid(shape, 4326), hex=True, include_srid=True
    ),
    "bytea": lambda shape: rf"\x{shape.wkb_hex}",
    "SQL": lambda shape: f"0x{shape.wkb_hex}",
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.geom_type)
@pytest.mark.parametrize("writer", WRITERS)
def test_shapes_are_read_in_every_way_of_writing(writer, shape):
    cells = pd.Series([WRITERS[writer](shape), None], index=["a", "b"], dtype="object")
    read = read_footprints(cells)
    assert read["a"].equals(shape)
    assert read["b"] is None
    assert read.index.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        f"SRID=32642;{UTM.wkt}",
        shapely.to_wkb(shapely.set_srid(UTM, 32642), include_srid=True),
        shapely.to_wkb(shapely.set_srid(UTM, 32642), include_srid=True, hex=True),
    ],
)
def test_a_shape_that_says_another_crs_is_converted(text):
    assert read_footprints(pd.Series([text])).iloc[0].equals_exact(AREA, 1e-6)


@pytest.mark.parametrize("text", ["", "  ", None, np.nan, pd.NA, "POLYGON EMPTY"])
def test_an_empty_cell_is_a_disc(text):
    assert read_footprints(pd.Series([text, AREA.wkt], dtype="object")).iloc[0] is None


@pytest.mark.parametrize(
    "cell",
    [
        *("Kech district", "POLYGON", "POLYGON ((66 29, 67 30", "0103", "deadbeef", b"\x01\x02"),
        *("POINT (66 29)", "SRID=4326;", "SRID=x;POINT (1 1)", 12, 0.5, True, ["POLYGON"], {}),
        *(
            "GEOMETRYCOLLECTION (POINT (66 29))",
            Point(66, 29),
            AREA.exterior,
        ),
    ],
    ids=repr,
)
def test_what_is_no_shape_is_refused_with_its_row(cell):
    cells = pd.Series([AREA, None], index=[7, 8], dtype="object")
    cells.iloc[1] = cell
    with pytest.raises(SchemaError, match=r"`footprint` holds polygons and lines, and .* in row 8"):
        read_footprints(cells)


@pytest.mark.parametrize("text", [UTM.wkt, f"SRID=4326;{UTM.wkt}", UTM.wkb])
def test_metres_without_their_crs_are_refused(text):
    with pytest.raises(CRSError, match=r'located\["footprint"\].loc\[0\].*on no globe'):
        read_footprints(pd.Series([text]))


def test_a_crs_that_there_is_none_of_is_told():
    with pytest.raises(CRSError, match="row 0 is in EPSG:99, which is none"):
        read_footprints(pd.Series([f"SRID=99;{AREA.wkt}"]))


def test_shapes_stay_what_they_are():
    layer = gpd.GeoSeries([AREA, None], crs=32642)
    assert read_footprints(layer) is layer
    empty = read_footprints(gpd.GeoSeries([AREA, Polygon()], crs=32642))
    assert empty.isna().tolist() == [False, True]
    assert empty.crs == "EPSG:32642"
    mixed = read_footprints(pd.Series([AREA, AREA.wkt, None], dtype="object"))
    assert [shape is not None for shape in mixed] == [True, True, False]


def test_texts_are_left_as_they_are():
    cells = pd.Series([AREA.wkt, ""], dtype="object")
    read_footprints(cells)
    assert cells.tolist() == [AREA.wkt, ""]


@pytest.mark.parametrize("writer", WRITERS)
def test_every_verb_has_the_same_answer_of_text(writer):
    kech = geosec.geocode(["Kech district", "Mach"], admin1="Balochistan")
    told = kech.drop(columns="footprint").assign(
        footprint=[WRITERS[writer](shape) if shape else None for shape in kech["footprint"]]
    )
    stations = geosec.load_rail_stations()
    for verb in (
        lambda table: geosec.assign_boundaries(table)["adm2_prob"],
        lambda table: geosec.locate_on_rail(table)["rail_prob"],
        lambda table: geosec.nearest(table, stations)["distance_high_m"],
        lambda table: geosec.within(table, stations, distance_m=9_000)["probability"],
        lambda table: pd.Series(geosec.sample(table, 9).ravel()),
    ):
        pd.testing.assert_series_equal(verb(told), verb(kech))
    assert '"shapes":[{"type":' in geosec.incident_map(told).get_root().render()
