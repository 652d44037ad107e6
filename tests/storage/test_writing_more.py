"""Tables written for spreadsheets and maps: hostile text, other scripts, gaps, no rows."""

from __future__ import annotations

import csv

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

import geosec
from geosec import SchemaError, SourceError

RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def places():
    """Two rows, one without a place, with a second geometry, Urdu and text to be run."""
    table = gpd.GeoDataFrame(
        {
            "summary": ["=HYPERLINK()", None],
            "location": ["کوئٹہ", "چمن, Chaman"],
            "fatalities": pd.array([3, None], dtype="Int64"),
            "date": pd.to_datetime(["2025-03-11", None]),
            "uncertainty_m": [3_871.26, None],
        },
        geometry=[Point(67.001234567, 30.184), None],
        crs=4326,
        index=pd.Index(["@a", "ب"], name="incident_id"),
    )
    table["footprint"] = gpd.GeoSeries(
        [LineString([(67, 30), (68, 31)]), None], index=table.index, crs=4326
    )
    return table


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_csv_neutralises_identifiers_names_and_cells_and_leaves_gaps_empty(places, tmp_path):
    table = places.rename(columns={"location": "=name"})
    head, first, second = rows_of(geosec.write_table(table, tmp_path / "table.csv"))
    assert head[:3] == ["incident_id", "summary", "'=name"]
    assert first[:3] == ["'@a", "'=HYPERLINK()", "کوئٹہ"]
    assert second == ["ب", "", "چمن, Chaman", "", "", "", "", ""]


def test_a_csv_has_wkt_of_five_decimals_whole_metres_and_days(places, tmp_path):
    head, first, _ = rows_of(geosec.write_table(places, tmp_path / "table.csv"))
    told = dict(zip(head, first, strict=True))
    assert told["geometry"] == "POINT (67.00123 30.184)"
    assert told["footprint"] == "LINESTRING (67 30, 68 31)"
    assert (told["uncertainty_m"], told["date"], told["fatalities"]) == ("3871", "2025-03-11", "3")


def test_a_workbook_holds_no_formula(places, tmp_path):
    sheet = openpyxl.load_workbook(geosec.write_table(places, tmp_path / "table.xlsx")).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet["A2"].value == "'@a"
    assert sheet["C2"].value == "کوئٹہ"
    assert sheet["B3"].value is None


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "parquet"])
def test_formats_that_run_nothing_keep_text_identifiers_and_gaps(places, tmp_path, ending):
    path = geosec.write_table(places, tmp_path / f"واقعات.{ending}")
    back = gpd.read_parquet(path).reset_index() if ending == "parquet" else gpd.read_file(path)
    assert back["incident_id"].tolist() == ["@a", "ب"]
    assert back["summary"].tolist()[0] == "=HYPERLINK()"
    assert back["location"].tolist() == places["location"].tolist()
    assert back.geometry.isna().tolist() == [False, True]
    assert back.crs.to_epsg() == 4326 or "CRS84" in back.crs.srs


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_a_second_geometry_of_features_is_text(places, tmp_path, ending):
    back = gpd.read_file(geosec.write_table(places, tmp_path / f"table.{ending}"))
    assert back["footprint"].tolist()[0] == "LINESTRING (67 30, 68 31)"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "gpkg", "geojson", "parquet"])
def test_writing_changes_nothing_in_the_table(places, tmp_path, ending):
    before = places.copy()
    geosec.write_table(places, tmp_path / f"table.{ending}")
    pd.testing.assert_frame_equal(places, before)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "gpkg", "geojson", "parquet"])
def test_a_table_without_rows_is_written(places, tmp_path, ending):
    assert geosec.write_table(places.iloc[:0], tmp_path / f"table.{ending}").stat().st_size > 0


def test_an_index_without_a_name_is_no_column(tmp_path):
    path = geosec.write_table(pd.DataFrame({"a": [1]}, index=["x"]), tmp_path / "table.csv")
    assert path.read_text(encoding="utf-8") == "a\n1\n"


def test_capital_endings_and_str_paths_are_taken(tmp_path):
    path = geosec.write_table(pd.DataFrame({"a": [1]}), str(tmp_path / "TABLE.CSV"))
    assert path.read_text(encoding="utf-8") == "a\n1\n"


@pytest.mark.parametrize("name", ["table", "table.", ".csv", "table.csv.exe"])
def test_an_ending_that_is_none_is_told(tmp_path, name):
    with pytest.raises(SourceError, match=r"a table is written as \.parquet, \.gpkg"):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / name)


@pytest.mark.parametrize(
    ("name", "number", "written"),
    [
        ("distance_m", 1234.56, "1235"),
        ("azimuth_deg", 91.26, "91.3"),
        ("rail_km", 318.126, "318.13"),
        ("adm1_prob", 0.83333, "0.833"),
        ("latitude", 30.1234567, "30.123457"),
        ("n", -1.0, "-1"),
        ("n", 0.0, "0"),
        ("n", 1e9, "1000000000"),
    ],
)
def test_numbers_are_written_plainly_and_as_their_unit_allows(tmp_path, name, number, written):
    path = geosec.write_table(pd.DataFrame({name: [number]}), tmp_path / "table.csv")
    assert path.read_text(encoding="utf-8") == f"{name}\n{written}\n"


def test_a_bare_cr_begins_no_row(tmp_path):
    table = pd.DataFrame({"summary": ["harmless\r=cmd|' /C calc'!A0", "\n=1+1"]})
    path = geosec.write_table(table, tmp_path / "table.csv")
    assert path.read_bytes() == b"""summary\n"harmless\n=cmd|' /C calc'!A0"\n"'\n=1+1"\n"""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_category_is_text_too(tmp_path, ending):
    table = pd.DataFrame({"kind": pd.Categorical(["=1+1", None]), "n": [1, 2]})
    path = geosec.write_table(table, tmp_path / f"table.{ending}")
    back = pd.read_csv(path) if ending == "csv" else pd.read_excel(path)
    assert back["kind"].tolist()[0] == "'=1+1"


def test_a_workbook_takes_controls_and_times_with_a_zone(tmp_path):
    times = pd.to_datetime(["2025-03-11T05:00+05:00", None])
    table = pd.DataFrame({"when": times, "text\x01": ["a\x0bb\x1b[2J", None]})
    back = pd.read_excel(geosec.write_table(table, tmp_path / "table.xlsx"))
    assert back["when"].tolist()[0] == "2025-03-11T05:00:00+05:00"
    assert back["text\ufffd"].tolist()[0] == "a\ufffdb\ufffd[2J"


@pytest.mark.parametrize("columns", [{"Note": [1], "note": [2]}, {"fid": ["a"]}])
def test_names_that_a_geopackage_cannot_hold_are_told(tmp_path, columns):
    table = gpd.GeoDataFrame(columns, geometry=[Point(67, 30)], crs=4326)
    with pytest.raises(SchemaError, match=r"table\.gpkg cannot hold the table .* rename or drop"):
        geosec.write_table(table, tmp_path / "table.gpkg")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_two_columns_of_one_name_are_not_written(tmp_path, ending):
    table = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(SchemaError, match="two columns of the table are called 'a'"):
        geosec.write_table(table, tmp_path / f"table.{ending}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_index_of_several_levels_is_as_many_columns(tmp_path, ending):
    levels = pd.MultiIndex.from_tuples([("=B", "Kachhi")], names=["province", "district"])
    path = geosec.write_table(pd.DataFrame({"n": [1]}, index=levels), tmp_path / f"t.{ending}")
    back = pd.read_csv(path) if ending == "csv" else pd.read_excel(path)
    assert back.to_dict("list") == {"province": ["'=B"], "district": ["Kachhi"], "n": [1]}


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)


@given(TEXT, st.sampled_from(["", "=", "+", "-", "@", "\t"]))
@settings(deadline=None, max_examples=50)
def test_no_text_of_a_csv_begins_as_a_formula_does(tmp_path_factory, text, start):
    path = tmp_path_factory.getbasetemp() / "neutral.csv"
    geosec.write_table(pd.DataFrame({"summary": [start + text], "n": [1]}), path)
    (_, (cell, _)) = rows_of(path)
    assert not cell.startswith(RUN)
    ends_lf = (start + text).replace("\r\n", "\n").replace("\r", "\n")
    assert cell.removeprefix("'") == ends_lf.removeprefix("'")
