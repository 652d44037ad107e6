"""A title above the names of columns is told with the line on which they stand."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import SchemaError

NAMES = "date,location\n2024-01-02,Quetta\n"


@pytest.mark.parametrize(
    ("above", "line"),
    [("Report of March\n", 2), ("Report of March\n\n", 3), ("Report,of March\n,\n", 3)],
)
def test_lines_above_the_names_are_told(file, above, line):
    path = file(above + NAMES)
    told = f"stand on line {line} \\(date, location\\). Delete the lines above it"
    with pytest.raises(SchemaError, match=told):
        geosec.read_incidents(path)
    assert f"on line {line} " in geosec.describe_columns(path).attrs["source_notices"][0]


def test_a_workbook_tells_it_too(tmp_path):
    rows = [["Report", None], ["date", "location"], ["2024-01-02", "Quetta"]]
    pd.DataFrame(rows).to_excel(tmp_path / "t.xlsx", header=False, index=False)
    with pytest.raises(SchemaError, match="stand on line 2"):
        geosec.read_incidents(tmp_path / "t.xlsx")


@pytest.mark.parametrize("text", ["date,lat\ndate,location\n", "a,b\n1,2\n"])
def test_other_tables_are_told_as_before(file, text):
    with pytest.raises(SchemaError, match="incidents need a date"):
        geosec.read_incidents(file(text))
