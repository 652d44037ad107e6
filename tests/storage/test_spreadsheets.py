"""Text that a spreadsheet would run, and formats that run nothing."""

from __future__ import annotations

import csv
import re

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)


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


def test_a_csv_neutralises_identifiers_names_and_cells_and_leaves_gaps_empty(places, tmp_path):
    table = places.rename(columns={"location": "=name"})
    head, first, second = rows_of(geosec.write_table(table, tmp_path / "table.csv"))
    assert head[:3] == ["incident_id", "summary", "'=name"]
    assert first[:3] == ["'@a", "'=HYPERLINK()", "کوئٹہ"]
    assert second == ["ب", "", "چمن, Chaman", "", "", "", "", ""]


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "parquet"])
def test_formats_that_run_nothing_keep_text_identifiers_and_gaps(places, tmp_path, ending):
    path = geosec.write_table(places, tmp_path / f"واقعات.{ending}")
    back = gpd.read_parquet(path).reset_index() if ending == "parquet" else gpd.read_file(path)
    assert back["incident_id"].tolist() == ["@a", "ب"]
    assert back["summary"].tolist()[0] == "=HYPERLINK()"
    assert back["location"].tolist() == places["location"].tolist()
    assert back.geometry.isna().tolist() == [False, True]
    assert back.crs.to_epsg() == 4326 or "CRS84" in back.crs.srs


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


@given(TEXT, st.sampled_from(["", "=", "+", "-", "@", "\t"]))
@settings(deadline=None, max_examples=50)
def test_no_text_of_a_csv_begins_as_a_formula_does(tmp_path_factory, text, start):
    path = tmp_path_factory.getbasetemp() / "neutral.csv"
    geosec.write_table(pd.DataFrame({"summary": [start + text], "n": [1]}), path)
    (_, (cell, _)) = rows_of(path)
    assert not cell.startswith(RUN) or re.fullmatch(r"[+-][\d.,]+(?:[eE][+-]?\d+)?%?", cell)
    ends_lf = (start + text).replace("\r\n", "\n").replace("\r", "\n")
    assert cell.removeprefix("'") == ends_lf.removeprefix("'")


@pytest.mark.parametrize("sign", "＝＋－＠=+-@")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_in_full_width_is_none_either(tmp_path, sign, ending):
    table = pd.DataFrame({"note": [f"{sign}1+1"], f"{sign}name": ["a"]})
    path = geosec.write_table(table, tmp_path / f"table.{ending}")
    back = pd.read_csv(path) if ending == "csv" else pd.read_excel(path)
    assert back["note"].tolist() == [f"'{sign}1+1"]
    assert back.columns.tolist() == ["note", f"'{sign}name"]


SIGNS = ["=1+1", "-5 C", "@a", "\uff1dx", "plain", "'quoted", "-9"]


def write_signs(path, signs):
    table = pd.DataFrame({"date": "2025-03-11", "location": "Mach", "=note": signs})
    return geosec.write_table(table.rename_axis("incident_id"), path)


def test_apostrophes_of_ours_are_taken_off_a_csv_that_is_as_written(tmp_path):
    path = write_signs(tmp_path / "signs.csv", SIGNS)
    assert "'=1+1" in path.read_text(encoding="utf-8")
    incidents, _ = geosec.read_incidents(path)
    assert incidents["=note"].tolist() == SIGNS
    assert geosec.describe_file(path)["state"] == "as written"


@pytest.mark.parametrize("own", ["'=1", "'-a\r\nb"])
def test_apostrophes_that_may_be_of_others_stay(own, tmp_path):
    incidents, _ = geosec.read_incidents(write_signs(tmp_path / "own.csv", [own, "=2"]))
    assert incidents["'=note"].tolist() == [own.replace("\r", ""), "'=2"]
    changed = write_signs(tmp_path / "changed.csv", ["=2", "a"])
    changed.write_text(changed.read_text(encoding="utf-8").replace("Mach", "Sibi"))
    incidents, _ = geosec.read_incidents(changed)
    assert incidents["'=note"].tolist() == ["'=2", "a"]
    beside = changed.with_name("changed.csv-metadata.json")
    beside.write_text("[]")
    assert geosec.read_incidents(changed)[0]["'=note"].tolist() == ["'=2", "a"]
