"""Files read by what their name says, cell by cell."""

from __future__ import annotations

import io
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geosec.errors import CRSError, GeosecWarning, SchemaError, SourceError
from geosec.exports import write_table
from geosec.storage.features import is_own_layer
from geosec.storage.reading import read_file
from geosec.storage.rows import Rows


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt"])
def test_text_is_read_as_rows_of_text_without_a_meaning(tmp_path, ending):
    path = tmp_path / f"table.{ending}"
    path.write_text("n,geometry\n007,POINT (67 30)\nonly one\n", encoding="utf-8")
    rows = read_file(path, "utf-8")
    assert isinstance(rows, Rows)
    assert rows.list_rows() == [{"n": "007", "geometry": "POINT (67 30)"}]
    assert [record.line for record in rows.unreadable] == [3]


def test_rows_of_a_workbook_bear_their_number_in_the_sheet(tmp_path):
    table = pd.DataFrame({"a": ["x", None, "y"], "b": [1, None, None]})
    table.to_excel(tmp_path / "table.xlsx", index=False)
    rows = read_file(tmp_path / "table.xlsx", "utf-8")
    assert rows.table.index.tolist() == [2, 4]
    assert rows.list_rows() == [{"a": "x", "b": 1}, {"a": "y", "b": None}]


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson"])
def test_a_table_of_features_comes_in_the_crs_of_its_file(places, tmp_path, ending):
    moved = places.drop(columns="footprint").to_crs(32642)
    if ending == "geojson":  # RFC 7946 knows degrees only
        moved = places.drop(columns="footprint")
    table = read_file(write_table(moved, tmp_path / f"table.{ending}"), "utf-8")
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.crs == moved.crs or "CRS84" in table.crs.srs


def test_a_parquet_without_geometry_is_a_plain_table(tmp_path):
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "table.parquet")
    table = read_file(tmp_path / "table.parquet", "utf-8")
    assert type(table) is pd.DataFrame
    assert table["a"].tolist() == [1]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("table.xlsx", "an Excel workbook"),
        ("table.parquet", "a Parquet file"),
        ("table.gpkg", "a spatial file"),
        ("table.geojson", "a spatial file"),
    ],
)
@pytest.mark.parametrize("content", [b"date,location\n", b"PK\x03\x04", b"PAR1", b"\x00" * 99])
def test_what_is_not_what_its_name_says_is_told(tmp_path, name, kind, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=f"{name} cannot be read as {kind} .*cut short"):
        read_file(tmp_path / name, "utf-8")


def test_an_archive_that_holds_no_workbook_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "table.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(SourceError, match=r"table\.xlsx cannot be read as an Excel workbook"):
        read_file(tmp_path / "table.xlsx", "utf-8")


def test_a_file_that_is_not_there_is_answered_with_one_beside_it(tmp_path):
    (tmp_path / "events.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"no file .*event\.csv; did you mean 'events\.csv'\?"):
        read_file(tmp_path / "event.csv", "utf-8")
    with pytest.raises(SourceError, match=r"no file .*event\.csv: there is no folder .*nowhere\.$"):
        read_file(tmp_path / "nowhere" / "event.csv", "utf-8")


def test_files_that_are_neither_read_nor_called_alike_are_not_named(tmp_path):
    for name in (".gitignore", "event.md", "LICENSE", "zzz.csv"):
        (tmp_path / name).write_text("a\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"there is no file .*event\.csv\.$"):
        read_file(tmp_path / "event.csv", "utf-8")


@pytest.mark.parametrize("name", ["table.pdf", "table", "table.csv.gz"])
def test_an_ending_that_is_not_read_is_answered_with_those_that_are(tmp_path, name):
    with pytest.raises(SourceError, match=r"read_incidents takes \.csv, \.tsv, \.txt, \.xlsx"):
        read_file(tmp_path / name, "utf-8")


def test_a_layer_that_geosec_wrote_is_known_by_its_name(tmp_path):
    table = gpd.GeoDataFrame({"a": [1]}, geometry=[Point(67, 30)], crs=4326)
    assert is_own_layer(write_table(table, tmp_path / "own.gpkg"))
    table.to_file(tmp_path / "other.gpkg", layer="towns")
    assert not is_own_layer(tmp_path / "other.gpkg")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same table in every format, as bytes."""
    folder = tmp_path_factory.mktemp("whole")
    table = gpd.GeoDataFrame(
        {"date": ["2025-03-11"] * 3, "location": ["Mach", "کوئٹہ", None]},
        geometry=[Point(67, 30), None, Point(68, 31)],
        crs=4326,
    )
    endings = ("xlsx", "parquet", "gpkg", "geojson")
    return {e: write_table(table, folder / f"table.{e}").read_bytes() for e in endings}


@pytest.mark.filterwarnings("ignore")  # GDAL warns of fields that it cannot make out
@pytest.mark.parametrize("ending", ["xlsx", "parquet", "gpkg", "geojson"])
@given(chance=st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_whatever_bytes_are_broken_the_file_is_read_or_refused(
    whole, tmp_path_factory, ending, chance
):
    content = bytearray(whole[ending])
    for _ in range(chance.choice([1, 3, 20])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path_factory.getbasetemp() / f"broken.{ending}"
    path.write_bytes(content)
    try:
        read_file(path, "utf-8")
    except SourceError as error:
        assert f"broken.{ending} cannot be read as " in str(error)  # noqa: PT017 - it may be read
    except CRSError as error:  # its code may have become another
        assert "names a CRS that is no code" in str(error)  # noqa: PT017
    except SchemaError as error:  # two names of columns may have become one
        assert "two columns" in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize("content", [b"<broken", b""])
def test_a_broken_part_of_a_workbook_is_told(whole, tmp_path, part, content):
    with (
        zipfile.ZipFile(io.BytesIO(whole["xlsx"])) as old,
        zipfile.ZipFile(tmp_path / "table.xlsx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    with pytest.raises(SourceError, match=r"table\.xlsx cannot be read as an Excel workbook"):
        read_file(tmp_path / "table.xlsx", "utf-8")


def test_a_parquet_file_with_broken_geometries_is_refused(tmp_path):
    path = tmp_path / "broken.parquet"
    points = gpd.GeoDataFrame({"date": ["2025-03-11"]}, geometry=[Point(67, 30)], crs=4326)
    points.to_parquet(path)
    table = pq.read_table(path)
    broken = pa.array([b"\x01\x00\x00\x00\x00"], table.schema.field("geometry").type)
    pq.write_table(table.set_column(1, table.schema.field("geometry"), broken), path)
    with pytest.raises(SourceError, match="cannot be read as a Parquet file"):
        read_file(path, "utf-8")


def test_an_encoding_that_is_not_used_is_told(tmp_path):
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "t.xlsx", index=False)
    with pytest.warns(GeosecWarning, match=r"t.xlsx says its own, and 'cp1252' was not used"):
        read_file(tmp_path / "t.xlsx", "cp1252")


@pytest.mark.parametrize(("name", "told"), [("incidnts.csv", "did you mean"), ("x.csv", "x.csv.")])
def test_files_of_like_names_are_named_and_no_others(tmp_path, name, told):
    (tmp_path / "incidents.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_file(tmp_path / name, "utf-8")
    assert told in str(error.value)
    assert ("incidents.csv" in str(error.value)) == (name != "x.csv")
