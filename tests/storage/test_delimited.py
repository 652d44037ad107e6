from __future__ import annotations

import tracemalloc

import pytest

from geosec import SourceError
from geosec.storage.delimited import LONGEST_LINE, read_records

HEADER = b"date,location\n"


@pytest.fixture
def records(tmp_path):
    def read(content: bytes, **options):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return list(read_records(path, **options)[1])

    return read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_first_line(tmp_path, delimiter):
    path = tmp_path / "table.csv"
    path.write_text(f"date{delimiter}location\n2025{delimiter}Mach\n", encoding="utf-8")
    header, rows = read_records(path)
    assert header == ("date", "location")
    assert next(rows).cells == ("2025", "Mach")


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"2025,Mach,more\n", "3 fields, where the first line names 2"),
        (b"2025\n", "1 fields, where the first line names 2"),
        (b"2025,Ma\x00ch\n", "byte 8 of the line is NUL"),
        (b"2025,M\xe4ch\n", "byte 7 of the line is not utf-8"),
        (b'2025,"Mach\n', "opens a quote"),
        (b"2025," + b"x" * LONGEST_LINE + b"\n", "longer than 1,000,000 bytes"),
    ],
)
def test_a_bad_line_costs_one_line(records, bad, told):
    found = records(HEADER + b"2024,Sibi\n" + bad + b"2026,Quetta\n")
    assert [each.line for each in found] == [2, 3, 4]
    assert told in found[1].problem
    assert found[2].cells == ("2026", "Quetta")


def test_a_quoted_field_may_span_lines(records):
    found = records(HEADER + b'2025,"Mach\nand ""Kolpur"""\n2026,Sibi\n')
    assert [each.line for each in found] == [2, 4]
    assert found[0].cells == ("2025", 'Mach\nand "Kolpur"')


def test_blank_lines_and_a_byte_order_mark_are_no_records(records):
    assert [each.line for each in records(b"\xef\xbb\xbf" + HEADER + b"\n2025,Mach\r\n\n")] == [3]


def test_another_encoding_is_read_when_named(records):
    assert records(HEADER + "2025,Mäch\n".encode("latin-1"), encoding="latin-1")[0].problem == ""


def test_a_line_of_30_megabytes_is_never_held(tmp_path):
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.write(HEADER + b"2025,")
        for _ in range(30):
            file.write(b"x" * 1_000_000)
        file.write(b"\n2026,Sibi\n")
    tracemalloc.start()
    found = list(read_records(path)[1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [bool(each.problem) for each in found] == [True, False]
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n2025\n", "holds no column names"),
        (b"PK\x03\x04rest", "a ZIP archive, perhaps an Excel workbook"),
        (b"PAR1rest", "a Parquet file"),
        (b"\x1f\x8brest", "compressed"),
        (b"date\x00,location\n", "binary data"),
        (b"\xff\xfed\x00", "text in UTF-16"),
        (b"  <!DOCTYPE html><html>", "a web page or XML"),
        (b"\xff" * 50 + b"\n", "holds no column names"),
        (b"x" * (LONGEST_LINE + 10), "longer than 1,000,000 bytes: no column names"),
    ],
)
def test_what_is_no_table_of_text_is_told(records, content, told):
    with pytest.raises(SourceError, match=told):
        records(content)
