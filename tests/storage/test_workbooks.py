"""Workbooks written for spreadsheets that run what looks like a formula."""

from __future__ import annotations

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import LineString, Point

import geosec


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


def test_a_workbook_holds_no_formula(places, tmp_path):
    sheet = openpyxl.load_workbook(geosec.write_table(places, tmp_path / "table.xlsx")).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet["A2"].value == "'@a"
    assert sheet["C2"].value == "کوئٹہ"
    assert sheet["B3"].value is None


def test_a_workbook_takes_controls_and_times_with_a_zone(tmp_path):
    times = pd.to_datetime(["2025-03-11T05:00+05:00", None])
    table = pd.DataFrame({"when": times, "text\x01": ["a\x0bb\x1b[2J", None]})
    back = pd.read_excel(geosec.write_table(table, tmp_path / "table.xlsx"))
    assert back["when"].tolist()[0] == "2025-03-11T05:00:00+05:00"
    assert back["text\ufffd"].tolist()[0] == "a\ufffdb\ufffd[2J"
