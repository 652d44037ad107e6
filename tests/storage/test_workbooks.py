"""Workbooks written for spreadsheets that run what looks like a formula."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

import geosec
from geosec.storage.workbooks import _ILLEGAL


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


@pytest.mark.parametrize("number", [*range(0x20), 0x7F, 0x85, 0x2028])
def test_the_letters_that_a_sheet_cannot_hold_are_those_of_openpyxl(number):
    assert bool(_ILLEGAL.search(chr(number))) == bool(ILLEGAL_CHARACTERS_RE.search(chr(number)))
