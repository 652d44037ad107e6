"""GeoPackages as programs write them, and databases that are made to read elsewhere."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec import SourceError
from geosec.storage.geopackages import list_tables, read_geopackage

PRESENT = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('{0}', '{1}', '{0}')"
)


@pytest.fixture
def package(tmp_path):
    def make(*statements, cells=None):
        path = tmp_path / "table.gpkg"
        rows = cells or {"date": ["2025-03-11"], "location": ["Sibi"]}
        points = [Point(67, 30)] * len(next(iter(rows.values())))
        gpd.GeoDataFrame(rows, geometry=points, crs=4326).to_file(path, layer="attacks")
        with closing(sqlite3.connect(path)) as base, base:
            for statement in statements:
                base.execute(statement)
        return path

    return make


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE VIEW v AS SELECT 1 AS fid, ogr_geocode('Sibi') AS location", "its view 'v' calls"),
        (
            "CREATE VIEW v AS SELECT \"gdal_get_pixel_value\"('a.tif', 1, 'georef', 1, 1)",
            "its view",
        ),
        ("CREATE VIEW v AS SELECT '/vsicurl/http://127.0.0.1/x' AS fid", "its view 'v' calls"),
    ],
)
def test_a_database_that_reads_elsewhere_is_refused(package, statement, told):
    path = package(statement, PRESENT.format("v", "attributes"))
    with pytest.raises(SourceError, match=f"cannot be read as a spatial file \\({told}"):
        read_geopackage(path, "attacks")


def test_a_virtual_table_over_another_file_is_refused(package):
    path = package(
        "PRAGMA writable_schema = 1",
        "INSERT INTO sqlite_master VALUES ('table', 'z', 'z', 0, "
        "'CREATE VIRTUAL TABLE z USING VirtualOGR(''secret.csv'')')",
        PRESENT.format("z", "attributes"),
    )
    with pytest.raises(SourceError, match="'z' is made by VirtualOGR, which reads elsewhere"):
        read_geopackage(path, None)


def test_several_layers_are_refused_until_one_is_named(package):
    path = package(
        "CREATE TABLE towns (fid INTEGER PRIMARY KEY, date TEXT)",
        PRESENT.format("towns", "attributes"),
    )
    with pytest.raises(SourceError, match=r"holds 2 layers .*name it with `sheet='attacks'`"):
        geosec.read_incidents(path)
    assert geosec.read_incidents(path, sheet="attacks")[0]["location"].tolist() == ["Sibi"]
    with pytest.raises(SourceError, match="no layer 'attack'; did you mean 'attacks'"):
        geosec.read_incidents(path, sheet="attack")


@pytest.mark.parametrize("aside", ["layer_styles", "qgis_projects"])
def test_what_a_program_keeps_beside_is_no_layer(package, aside):
    path = package(f"CREATE TABLE {aside} (a)", PRESENT.format(aside, "attributes"))
    assert list_tables(path) == ["attacks"]


def test_pictures_are_no_table_of_rows(package):
    path = package("CREATE TABLE map (a)", PRESENT.format("map", "tiles"))
    assert list_tables(path) == ["attacks"]


def test_a_database_that_is_no_geopackage_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "table.gpkg")) as base, base:
        base.execute("CREATE TABLE a (b)")
    with pytest.raises(SourceError, match=r"cannot be read as a spatial file .*gpkg_contents"):
        read_geopackage(tmp_path / "table.gpkg", None)


def test_a_geopackage_without_layers_is_refused(package):
    with pytest.raises(SourceError, match="it presents no table of rows"):
        read_geopackage(package("DELETE FROM gpkg_contents"), None)


def test_whole_numbers_stay_whole_beside_a_gap(package):
    cells = {"date": ["2025", "2025"], "n": pd.array([2**53 + 1, None], dtype="Int64")}
    assert read_geopackage(package(cells=cells), None)["n"].tolist() == [2**53 + 1, None]


def test_a_key_with_a_name_of_its_own_is_an_identifier(tmp_path):
    path = tmp_path / "table.gpkg"
    cells = {"date": ["2025"] * 2, "location": ["Mach", "Sibi"]}
    gpd.GeoDataFrame(cells, geometry=[Point(67, 30)] * 2, crs=4326).to_file(path, FID="event_id")
    assert geosec.read_incidents(path)[0].index.tolist() == ["1", "2"]


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.parquet"])
def test_a_file_of_one_table_has_no_sheet_to_name(tmp_path, name):
    (tmp_path / name).write_text("date,location\n", encoding="utf-8")
    with pytest.raises(SourceError, match="holds one table and no sheets, and the sheet 'x'"):
        geosec.read_incidents(tmp_path / name, sheet="x")
    with pytest.raises(SourceError, match="the table holds one table and no sheets"):
        geosec.read_incidents(pd.DataFrame({"date": ["2025"]}), sheet="x")
