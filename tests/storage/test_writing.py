from __future__ import annotations

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

import geosec
from geosec import SourceError
from geosec.storage.files import write_whole

ENDINGS = ["parquet", "gpkg", "geojson", "csv", "xlsx"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_written_and_nothing_else_is_left(located, tmp_path, ending):
    path = geosec.write_table(located, tmp_path / f"table.{ending}")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["parquet", "geojson", "csv"])
def test_the_same_table_gives_the_same_bytes(located, tmp_path, ending):
    one, two = (geosec.write_table(located, tmp_path / f"{name}.{ending}") for name in "ab")
    if ending == "geojson":  # the layer bears the name of its file
        assert one.read_text().replace('"a"', '"b"') == two.read_text()
    else:
        assert one.read_bytes() == two.read_bytes()


def test_both_geometries_stay_in_parquet(located, tmp_path):
    back = gpd.read_parquet(geosec.write_table(located, tmp_path / "table.parquet"))
    assert back["footprint"].notna().sum() == located["footprint"].notna().sum()
    assert back.crs == "EPSG:4326"


def test_numbers_in_csv_have_no_more_figures_than_they_support(located, tmp_path):
    table = pd.read_csv(geosec.write_table(located, tmp_path / "table.csv"), dtype="str")
    assert table["rail_offset_m"].dropna().str.fullmatch(r"\d+").all()
    assert table["rail_km"].dropna().str.fullmatch(r"\d+(\.\d{1,2})?").all()
    assert table["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_text_that_a_spreadsheet_would_run_is_neutral(tmp_path, start, ending):
    attack = f"{start}cmd|' /C calc'!A0"
    path = geosec.write_table(
        pd.DataFrame({"summary": [attack], "n": [-1]}), tmp_path / f"t.{ending}"
    )
    if ending == "csv":
        assert pd.read_csv(path)["summary"].tolist()[0].startswith("'")
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet["A2"].data_type == "s"
        assert sheet["A2"].value.startswith("'")


def test_other_formats_keep_text_as_it_is(tmp_path):
    table = pd.DataFrame({"summary": ["=1+1"]})
    back = pd.read_parquet(geosec.write_table(table, tmp_path / "table.parquet"))
    assert back["summary"].tolist() == ["=1+1"]


def write_half(path):
    with write_whole(path) as partial:
        partial.write_text("half", encoding="utf-8")
        msg = "killed"
        raise RuntimeError(msg)


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


def test_features_need_a_geometry(tmp_path):
    with pytest.raises(SourceError, match="the table has no geometry"):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / "table.geojson")
