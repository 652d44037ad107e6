"""Workbooks that are made to fill memory or to lose rows."""

from __future__ import annotations

import tracemalloc
import zipfile

import pandas as pd
import pytest

import geosec
from geosec import SourceError
from geosec.storage.workbook_parts import _count_letters, refuse_bombs

SHEET = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAMES = '<row r="1"><c r="A1" t="str"><v>date</v></c><c r="B1" t="str"><v>location</v></c></row>'
MACH = '<row r="2"><c r="A2" t="str"><v>2025</v></c><c r="B2" t="str"><v>Mach</v></c></row>'


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "table.xlsx"
    pd.DataFrame({"date": ["2025"], "location": ["Mach"]}).to_excel(path, index=False)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def workbook(parts, tmp_path):
    def write(**changed):
        path = tmp_path / "table.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**parts, **changed}.items():
                archive.writestr(name, content)
        return path

    return write


def sheet(rows, before="", head=""):
    return (
        f"{head}<worksheet {SPACE}>{before}<sheetData>{NAMES}{MACH}{rows}</sheetData></worksheet>"
    )


def cell(address, content="<v>1</v>", kind="n"):
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{number}"><c r="{address}" t="{kind}">{content}</c></row>'


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (cell("XFD1048576"), "its 5 cells are strewn over 1,064,96"),
        (cell("A1048576"), "are strewn over"),
        ('<row r="1048576"><c><v>1</v></c></row>', "are strewn over"),
        ("".join(cell(f"XFD{row}") for row in range(3, 99)), "are strewn over"),
        ("<row/>" * 1_050_000, "strewn over"),
        (f"<row>{'<c/>' * 16_385}</row>", "cell 16385 of row 3 is out of order"),
        (cell("A1048577"), "row 1,048,577 is beyond the last"),
        (cell("A99999999999"), "is beyond the last"),
        (cell("ZZZZ3"), "cell 'ZZZZ3' is none of row 3"),
        ('<row r="3"><c r="A4"><v>1</v></c></row>', "cell 'A4' is none of row 3"),
        ('<row r="-3"/>', "row '-3' is no number"),
        (NAMES, "row 1 stands behind row 2"),
        (cell("A3") + cell("A3"), "row 3 stands behind row 3"),
        ('<row r="3"><c r="B3"/><c r="A3"/></row>', "cell A3 of row 3 is out of order"),
        (cell("A3", "<f>TODAY()</f>"), "the formula of cell A3 has no value"),
        (cell("A3", "<f>1+1</f><v/>"), "the formula of cell A3 has no value"),  # by openpyxl
        (
            cell("A3", "<f>1+1</f><v>2</v>") + cell("A4") + cell("A5", "<f>1+1</f>"),
            "the formula of cell A5 has no value",
        ),
    ],
)
def test_a_sheet_that_no_program_writes_is_refused_at_once(workbook, rows, told):
    path = workbook(**{SHEET: sheet(rows)})
    tracemalloc.start()
    with pytest.raises(SourceError, match=f"cannot be read as an Excel workbook .*{told}"):
        geosec.read_incidents(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "else.bin"])
def test_entities_of_a_part_are_refused(workbook, encoding, name):
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY a "b">]>'
    with pytest.raises(SourceError, match="it defines entities of its own"):
        geosec.read_incidents(workbook(**{name: sheet("", head=head).encode(encoding)}))


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "else.bin"])
def test_an_archive_that_unpacks_to_far_more_is_refused(workbook, name):
    with pytest.raises(SourceError, match="bytes unpack to 30,0"):
        geosec.read_incidents(workbook(**{name: b"x" * 30_000_000}))


def test_two_parts_of_one_name_are_refused(workbook):
    path = workbook()
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(path, "a") as archive,
    ):
        archive.writestr(SHEET, sheet(""))
    with pytest.raises(SourceError, match="two have one name"):
        geosec.read_incidents(path)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"\xd0\xcf\x11\xe0" * 99, "it is locked with a password, or an old .xls"),
        (b"<table><tr><td>date</td></tr></table>", "it does not begin as an archive does"),
        (b"MZPK\x03\x04", "it does not begin as an archive does"),
        (b"PK\x03\x04", "not a zip file"),
    ],
)
def test_what_is_no_archive_is_told(tmp_path, start, told):
    (tmp_path / "table.xlsx").write_bytes(start)
    with pytest.raises(SourceError, match=told):
        geosec.read_incidents(tmp_path / "table.xlsx")


def test_a_size_that_a_sheet_states_is_not_believed(workbook):
    path = workbook(**{SHEET: sheet("", '<dimension ref="A1:XFD1048576"/>')})
    assert geosec.read_incidents(path)[0]["location"].tolist() == ["Mach"]


@pytest.mark.parametrize("rows", [cell("C3"), cell("XFD3"), cell("B40"), "<row/><row/>"])
def test_a_plain_sheet_passes(workbook, rows):
    refuse_bombs(workbook(**{SHEET: sheet(rows)}))


@pytest.mark.parametrize(
    ("letters", "column"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384), ("xfd", 16_384)]
)
def test_columns_are_counted_by_their_letters(letters, column):
    assert _count_letters(letters) == column
