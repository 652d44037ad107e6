"""Tables written, whole or not at all, as the ending of their name says."""

from __future__ import annotations

import csv
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import SchemaError, SourceError
from geosec.storage.files import write_whole

ENDINGS = ["parquet", "gpkg", "geojson", "csv", "xlsx"]


def write_half(path):
    with write_whole(path) as partial:
        partial.write_text("half", encoding="utf-8")
        msg = "killed"
        raise RuntimeError(msg)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_written_and_nothing_else_is_left(located, tmp_path, ending):
    path = geosec.write_table(located, tmp_path / f"table.{ending}")
    beside = [f"{path.name}-metadata.json"] if ending == "csv" else []
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name, *beside]


@pytest.mark.parametrize("ending", ["parquet", "geojson", "csv"])
def test_the_same_table_gives_the_same_bytes(located, tmp_path, ending):
    one, two = (geosec.write_table(located, tmp_path / f"{name}.{ending}") for name in "ab")
    if ending == "geojson":  # the layer bears the name of its file
        assert one.read_text().replace('"a"', '"b"') == two.read_text()
    else:
        assert one.read_bytes() == two.read_bytes()


def test_numbers_in_csv_have_no_more_figures_than_they_support(located, tmp_path):
    table = pd.read_csv(geosec.write_table(located, tmp_path / "table.csv"), dtype="str")
    assert table["rail_offset_m"].dropna().str.fullmatch(r"\d+").all()
    assert table["rail_km"].dropna().str.fullmatch(r"\d+(\.\d{1,2})?").all()
    assert table["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError, match="killed"):
        write_half(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("table.pdf", r"ends in '\.pdf'; a table is written as \.parquet"),
        ("nowhere/table.csv", r"there is no folder .*nowhere to write table\.csv"),
    ],
)
def test_where_it_cannot_be_written_is_told(tmp_path, name, told):
    with pytest.raises(SourceError, match=told):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / name)


def test_a_csv_has_wkt_of_five_decimals_whole_metres_and_days(places, tmp_path):
    head, first, _ = rows_of(geosec.write_table(places, tmp_path / "table.csv"))
    told = dict(zip(head, first, strict=True))
    assert told["geometry"] == "POINT (67.00123 30.184)"
    assert told["footprint"] == "LINESTRING (67 30, 68 31)"
    assert (told["uncertainty_m"], told["date"], told["fatalities"]) == ("3871", "2025-03-11", "3")


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
        ("latitude", 30.1234567, "30.1234567"),
        ("match_score", 0.1234567, "0.123457"),
        ("elevation_m", 12.25, "12.25"),
        ("dose", 1.5e-9, "1.5e-09"),
        ("n", -1.0, "-1"),
        ("n", 0.0, "0"),
        ("n", 1e9, "1000000000"),
    ],
)
def test_numbers_are_written_plainly_and_as_their_unit_allows(tmp_path, name, number, written):
    path = geosec.write_table(pd.DataFrame({name: [number]}), tmp_path / "table.csv")
    assert path.read_text(encoding="utf-8") == f"{name}\n{written}\n"


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


@pytest.mark.parametrize("ending", ENDINGS)
def test_half_a_character_becomes_u_fffd(tmp_path, ending):
    table = geosec.geocode(["Sibi"])
    table["summary"] = pd.Series(["a\ud800"], index=table.index, dtype="object")
    path = geosec.write_table(table, tmp_path / f"table.{ending}")
    assert path.stat().st_size
    if ending == "csv":
        assert "a\ufffd" in path.read_text(encoding="utf-8")
    assert table["summary"].tolist() == ["a\ud800"]  # what was given is not changed


@pytest.mark.parametrize("table", [None, [["a"]], "table"])
def test_what_is_written_is_a_table(tmp_path, table):
    with pytest.raises(geosec.ParameterError, match="`table` takes a DataFrame"):
        geosec.write_table(table, tmp_path / "table.csv")


@pytest.mark.parametrize("profile", ["darwin-core", "hxl"])
@pytest.mark.parametrize(
    ("shape", "index", "told"),
    [
        (shapely.LineString([(67, 30), (68, 30)]), None, "LineString"),
        (shapely.Point(67, 30), pd.MultiIndex.from_tuples([("a", 1)]), "level"),
    ],
)
def test_a_profile_takes_points_in_rows_of_one_name(tmp_path, profile, shape, index, told):
    table = gpd.GeoDataFrame({"a": [1]}, geometry=[shape], crs=4326, index=index)
    with pytest.raises(geosec.GeosecError, match=told):
        geosec.write_table(table, tmp_path / "table.csv", profile=profile)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "gpkg", "parquet"])
def test_a_long_array_in_a_cell_is_whole(tmp_path, ending):
    seen = list(range(2_000))
    cells = {"date": ["2025-03-11"], "location": ["Mach"], "seen": [np.array(seen)]}
    table = gpd.GeoDataFrame(cells, geometry=[shapely.Point(67, 30)], crs=4326)
    path = geosec.write_table(table, tmp_path / f"table.{ending}")
    incidents, rejected = geosec.read_incidents(path)
    assert not len(rejected)
    assert json.loads(incidents["seen"].item()) == seen
