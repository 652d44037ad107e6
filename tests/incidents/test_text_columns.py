"""Columns as texts: trimmed as Python trims, and each distinct cell told apart."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geosec
from geosec.incidents.cells import read_text
from geosec.incidents.text_columns import find_distinct, read_texts, take_texts

BLANKS = "".join(letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.isspace())


@given(st.lists(st.none() | st.text("ab é\u200b" + BLANKS, max_size=4)))
def test_texts_are_trimmed_as_python_trims(cells):
    wanted = [read_text(cell) for cell in cells]
    for dtype in ("object", "str"):
        assert read_texts(pd.Series(cells, dtype=dtype)).to_pylist() == wanted


def test_every_blank_is_taken_away():
    column = pd.Series([f"{blank}x{blank}" for blank in BLANKS])
    assert set(read_texts(column).to_pylist()) == {"x"}


def test_part_of_a_column_is_read_alone():
    column = pd.Series([" a", "b", "", "d "], dtype="str")
    assert read_texts(column.iloc[1:3]).to_pylist() == ["b", None]
    assert read_texts(column.iloc[3:]).to_pylist() == ["d"]
    assert read_texts(column.iloc[:0]).to_pylist() == []


@pytest.mark.parametrize("cell", [1, 1.5, True, b"x", ["a"], pd.Timestamp("2025")])
def test_cells_of_other_types_are_no_texts_and_read_one_by_one(cell):
    column = pd.Series(["x", cell, None], dtype="object")
    assert take_texts(column) is None
    assert read_texts(column).to_pylist() == ["x", str(cell), None]


def test_equal_cells_of_several_types_are_told_apart():
    east = timezone(timedelta(hours=5))
    evening = datetime(2025, 3, 11, 20, tzinfo=UTC)
    cells = [1, 1.0, True, 0.0, -0.0, "1", evening, evening.astimezone(east), 1, float("nan")]
    found = find_distinct(pd.Series(cells, dtype="object"))
    assert found.codes.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 0, 8]
    assert found.cells[8] is None


TYPED = {
    "whole": pd.Series([5, 6], dtype="int64"),
    "gaps": pd.Series([5, None], dtype="Int64"),
    "truth": pd.Series([True, False]),
    "share": pd.Series([0.5, float("nan")]),
    "empty": pd.Series([float("nan")] * 2),
    "time": pd.to_datetime(pd.Series(["2025-01-02 03:04"] * 2)),
    "kind": pd.Series(["a", "b"], dtype="category"),
}
OWN = {
    "Int64": [5, None],
    "boolean": [True, None],
    "float64": [0.5, 2],
    "str": [2**70, 1],
    "object": [None, None],
}


@pytest.mark.parametrize("ending", ["", "parquet", "gpkg"])
def test_foreign_columns_of_typed_sources_keep_their_type(ending, tmp_path):
    given = pd.DataFrame({"date": ["2025"] * 2, "location": ["Mach"] * 2, **TYPED})
    source = given
    if ending:
        points = gpd.GeoDataFrame(given, geometry=gpd.points_from_xy([67] * 2, [29] * 2), crs=4326)
        source = geosec.write_table(points, tmp_path / f"table.{ending}")
    incidents, _ = geosec.read_incidents(source)
    assert incidents["whole"].sum() == 11
    names = [name for name in TYPED if ending != "gpkg" or name not in {"kind", "time"}]
    assert (incidents[names].dtypes == given[names].dtypes).all()


@pytest.mark.parametrize("dtype", OWN)
def test_values_of_python_get_the_type_of_them_all(dtype):
    given = {"date": ["2025"] * 2, "location": ["Mach"] * 2}
    given["own"] = pd.Series(OWN[dtype], dtype="object")
    incidents, _ = geosec.read_incidents(pd.DataFrame(given))
    assert incidents["own"].dtype == dtype


def test_a_second_geometry_stays_one():
    given = gpd.GeoDataFrame(
        {"date": ["2025"], "centre": gpd.GeoSeries.from_xy([67], [30], crs=4326)},
        geometry=gpd.points_from_xy([67], [29], crs=4326),
    )
    incidents, _ = geosec.read_incidents(given)
    assert incidents["centre"].dtype == "geometry"
