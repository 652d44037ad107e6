"""Tags of HXL under the names of a table."""

from __future__ import annotations

import csv

import openpyxl
import pandas as pd
import pytest

import geosec
from geosec.incidents.exports.hxl import read_tags
from geosec.storage.hxl_tags import TAGS, fill_coordinates


def read_cells(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [["" if cell is None else cell for cell in row] for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_row_of_tags_stands_under_the_names(located, tmp_path, ending):
    path = geosec.write_table(located, tmp_path / f"table.{ending}", profile="hxl")
    names, tags, *rows = read_cells(path)
    assert [tag for tag in tags if tag] == [TAGS[name] for name in names if name in TAGS]
    assert len(rows) == len(located)
    assert read_tags(names, dict(zip(names, tags, strict=True)))["fatalities"] == "#affected+killed"
    assert [path.name] == [each.name for each in tmp_path.iterdir() if "json" not in each.name]


def test_latitude_and_longitude_are_those_of_the_best_point(located):
    table = fill_coordinates(located)
    assert table["latitude"].tolist()[:5] == located.geometry.y.tolist()[:5]
    plain = pd.DataFrame({"a": [1]})
    assert fill_coordinates(plain) is plain


def test_names_of_several_lines_and_texts_that_would_be_run_stay_whole(tmp_path):
    table = pd.DataFrame({"=a\nb": ["=1", 'x"\ny'], "date": ["2025-01-01", None]})
    path = geosec.write_table(table, tmp_path / "table.csv", profile="hxl")
    assert read_cells(path) == [
        ["'=a\nb", "date"],
        ["", "#date+occurred"],
        ["'=1", "2025-01-01"],
        ['x"\ny', ""],
    ]


def test_values_of_a_workbook_keep_their_kind(located, tmp_path):
    path = geosec.write_table(located, tmp_path / "table.xlsx", profile="hxl")
    names, _, first, *_ = read_cells(path)
    row = dict(zip(names, first, strict=True))
    assert row["fatalities"] == located["fatalities"].iloc[0]
    assert row["date"] == located["date"].iloc[0]
