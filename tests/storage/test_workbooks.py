"""Workbooks written for spreadsheets that run what looks like a formula."""

from __future__ import annotations

import warnings

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

import geosec
from geosec import GeosecWarning, SourceError
from geosec.storage.workbooks import _ILLEGAL, _take_rows, read_workbook


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
    with pytest.warns(GeosecWarning, match=r"in 'text.*', control characters are written as"):
        path = geosec.write_table(table, tmp_path / "table.xlsx")
    back = pd.read_excel(path)
    assert back["when"].tolist()[0] == "2025-03-11T05:00:00+05:00"
    assert back["text\ufffd"].tolist()[0] == "a\ufffdb\ufffd[2J"


@pytest.mark.parametrize("number", [*range(0x20), 0x7F, 0x85, 0x2028])
def test_the_letters_that_a_sheet_cannot_hold_are_those_of_openpyxl(number):
    assert bool(_ILLEGAL.search(chr(number))) == bool(ILLEGAL_CHARACTERS_RE.search(chr(number)))


@pytest.fixture
def sheets(tmp_path):
    """A workbook of several sheets by their titles, some of them hidden."""

    def write(hidden=(), **tables):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in tables.items():
            sheet = book.create_sheet(title)
            sheet.sheet_state = "hidden" if title in hidden else "visible"
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "table.xlsx")
        return tmp_path / "table.xlsx"

    return write


ROWS = [["date", "location"], ["2025", "Mach"]]


def test_several_sheets_with_rows_are_refused_until_one_is_named(sheets):
    path = sheets(first=ROWS, second=[*ROWS, ["2024", "Sibi"]], empty=[])
    with pytest.raises(SourceError, match=r"2 sheets with rows .*name it with `sheet='first'`"):
        geosec.read_incidents(path)
    assert geosec.read_incidents(path, sheet="second")[0]["location"].tolist() == ["Mach", "Sibi"]
    with pytest.raises(SourceError, match="no sheet 'secund'; did you mean 'second'"):
        geosec.read_incidents(path, sheet="secund")


def test_a_hidden_sheet_is_a_sheet(sheets):
    path = sheets(hidden=["old"], new=ROWS, old=ROWS)
    with pytest.raises(SourceError, match="'new', 'old', hidden"):
        geosec.read_incidents(path)
    assert len(geosec.read_incidents(path, sheet="old")[0]) == 1


def test_the_only_sheet_with_rows_is_read_whichever_it_is(sheets):
    path = sheets(hidden=["rows"], empty=[], rows=[[], [], *ROWS, [], ["never", "Sibi"]])
    incidents, rejected = geosec.read_incidents(path)
    assert incidents.index.tolist() == ["row-4"]
    assert rejected["line"].tolist() == [6]


def test_cells_are_kept_as_they_are(sheets):
    path = sheets(
        a=[
            ["id", "date", "location", None, "note"],
            [1001.0, "2025", "Mach", None, "#REF!"],
            [1003, "2025", "#N/A", "beside", None],
        ]
    )
    rows = read_workbook(path)
    assert rows.columns == ["id", "date", "location", "Unnamed: 3", "note"]
    assert rows.list_rows()[0]["id"] == 1001
    assert rows.list_rows()[1] == {
        "id": 1003,
        "date": "2025",
        "location": None,
        "Unnamed: 3": "beside",
        "note": None,
    }
    assert rows.list_rows()[0]["note"] == "#REF!"


def test_a_column_without_name_and_cells_is_none(sheets):
    assert read_workbook(sheets(a=[["date", None, "location", None], ["2025"]])).columns == [
        "date",
        "location",
    ]


def test_sixteen_thousand_columns_are_read(sheets):
    names = [f"c{number}" for number in range(16_000)]
    rows = read_workbook(sheets(a=[names, list(range(16_000)), [1]]))
    assert len(rows.columns) == 16_000
    assert rows.list_rows()[0]["c15999"] == 15_999


CELLS = st.sampled_from([None, "", "#N/A", "#REF!", "x", " y ", 1, 1.0, 0.5, 2**53 + 1, True])


def take_cell_by_cell(rows):
    """Take the rows below the names as they are met: lines, names, and cells that are there."""
    found = [
        (line, {at: cell for at, cell in enumerate(row) if cell not in {None, "", "#N/A"}})
        for line, row in enumerate(rows, 1)
    ]
    (_, head), *below = [row for row in found if row[1]] or [(0, {})]
    names = {at: f"Unnamed: {at}" for _, row in below for at in row}
    names |= {at: str(name).strip() for at, name in head.items()}
    return [(line, {names[at]: cell for at, cell in row.items()}) for line, row in below], [
        names[at] for at in sorted(names)
    ]


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
@settings(deadline=None)
def test_rows_taken_at_once_are_those_taken_cell_by_cell(rows):
    class Sheet:
        def iter_rows(self, *, values_only):
            assert values_only
            return iter([range(100, 105), *rows])

    names = list(map(str, range(100, 105)))
    expected, columns = take_cell_by_cell([names, *rows])
    taken = _take_rows(Sheet())
    cells = [{k: v for k, v in row.items() if v is not None} for row in taken.list_rows()]
    assert [*zip(taken.table.index.tolist(), cells, strict=True)] == expected
    assert taken.columns == columns


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["a", None, "b"]],
        [[None, "a"], [1], [], [None, 2, None, "beside"]],
        [["a", "b", "c"], ["#N/A"], [1]],
    ],
)
def test_rows_of_any_length_are_taken(sheets, rows):
    taken = read_workbook(sheets(table=rows))
    expected, columns = take_cell_by_cell(rows)
    cells = [{k: v for k, v in row.items() if v is not None} for row in taken.list_rows()]
    assert [*zip(taken.table.index.tolist(), cells, strict=True)] == expected
    assert taken.columns == columns


def test_cells_merged_over_rows_are_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("second")
    for row in [["Province", "", "Date"], ["Sindh", "", "2025-03-11"], ["", "", "2025-03-12"]]:
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    book.save(tmp_path / "beside.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_workbook(tmp_path / "beside.xlsx")
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "down.xlsx")
    with pytest.warns(GeosecWarning, match=r"merged over several rows \(A2:A3\)"):
        read_workbook(tmp_path / "down.xlsx")
