"""Text files as spreadsheets, downloads and enemies write them."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec import ParameterError, SourceError
from geosec.storage.delimited import read_records
from geosec.storage.text_encodings import LONGEST_LINE

HEADER = b"date,location\n"


@pytest.fixture
def read_bytes(tmp_path):
    def read(content: bytes, **options):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return list(read_records(path, **options)[1])

    return read


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "واقعات.csv"

    def write(content: bytes):
        path.write_bytes(content)
        return path

    return write


def records(path, **options):
    return list(read_records(path, **options)[1])


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=15)


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
def test_a_bad_line_costs_one_line(read_bytes, bad, told):
    found = read_bytes(HEADER + b"2024,Sibi\n" + bad + b"2026,Quetta\n")
    assert [each.line for each in found] == [2, 3, 4]
    assert told in found[1].problem
    assert found[2].cells == ("2026", "Quetta")


def test_a_quoted_field_may_span_lines(read_bytes):
    found = read_bytes(HEADER + b'2025,"Mach\nand ""Kolpur"""\n2026,Sibi\n')
    assert [each.line for each in found] == [2, 4]
    assert found[0].cells == ("2025", 'Mach\nand "Kolpur"')


def test_blank_lines_and_a_byte_order_mark_are_no_records(read_bytes):
    assert [each.line for each in read_bytes(b"\xef\xbb\xbf" + HEADER + b"\n2025,Mach\r\n\n")] == [
        3
    ]


def test_another_encoding_is_read_when_named(read_bytes):
    assert read_bytes(HEADER + "2025,Mäch\n".encode("latin-1"), encoding="latin-1")[0].problem == ""


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
        (b"  <!DOCTYPE html><html>", "a web page or XML"),
        (b"\xff" * 50 + b"\n", "holds no column names"),
        (b"x" * (LONGEST_LINE + 10), "longer than 1,000,000 bytes: no column names"),
    ],
)
def test_what_is_no_table_of_text_is_told(read_bytes, content, told):
    with pytest.raises(SourceError, match=told):
        read_bytes(content)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_the_last_line_needs_no_end_and_windows_ends_are_no_text(file, end):
    found = records(file(end.join([b"date,location", b"2025,Mach", b"2026,Sibi"])))
    assert [each.cells for each in found] == [("2025", "Mach"), ("2026", "Sibi")]


def test_ends_of_several_kinds_may_stand_in_one_file(file):
    found = records(file(HEADER + b"2025,Mach\r2026,Sibi\n2027,Kalat\r\n"))
    assert [(each.line, each.cells[1]) for each in found] == [
        (2, "Mach"),
        (3, "Sibi"),
        (4, "Kalat"),
    ]


def test_a_quote_inside_a_field_is_a_letter_of_it(file):
    rows = [b'2025,5" pipe at Mach', b"2025,Sibi", b'2025,6" pipe at Quetta', b"2025,Kalat"]
    found = records(file(HEADER + b"\n".join(rows)))
    assert [each.cells[1] for each in found] == [
        '5" pipe at Mach',
        "Sibi",
        '6" pipe at Quetta',
        "Kalat",
    ]


@pytest.mark.parametrize("field", [b"x" * 200_000, b'"' + b"x" * 200_000 + b'"'])
def test_a_field_that_is_too_long_costs_its_own_line_or_is_no_header(file, field):
    found = records(file(HEADER + b"2025," + field + b"\n2026,Sibi\n"))
    assert found[0].problem.startswith("it cannot be split into fields: field larger than")
    assert found[1].cells == ("2026", "Sibi")
    with pytest.raises(SourceError, match=r"holds no column names .it cannot be split into fields"):
        records(file(b"date," + field + b"\n"))


@pytest.mark.parametrize("name", ["klingon", "hex", "undefined", "a\0b", ""])
def test_what_is_no_encoding_of_text_is_refused(file, name):
    with pytest.raises(ParameterError, match=r"is no encoding of text; name one such as 'utf-8'"):
        records(file(HEADER), encoding=name)


def test_names_of_columns_are_trimmed_and_cells_are_not(file):
    header, rows = read_records(file(b" date ;\tlocation\n 2025 ; Mach \n"))
    assert header == ("date", "location")
    assert next(rows).cells == (" 2025 ", " Mach ")


def test_a_delimiter_in_quotes_divides_nothing(file):
    content = b'"date","location; as told"\n"2025","Mach, Kachhi; Balochistan"\n'
    header, rows = read_records(file(content))
    assert header == ("date", "location; as told")
    assert next(rows).cells == ("2025", "Mach, Kachhi; Balochistan")


def test_a_table_may_have_one_column(file):
    header, rows = read_records(file(b"location\nMach\n"))
    assert (header, next(rows).cells) == (("location",), ("Mach",))


def test_empty_cells_are_cells(file):
    assert records(file(HEADER + b",\n"))[0].cells == ("", "")


def test_a_quote_that_is_never_closed_costs_its_own_line(file):
    lines = b"".join(b"2025,Place %d\n" % number for number in range(300))
    found = records(file(HEADER + b'2025,"Mach\n' + lines))
    assert found[0].problem == 'line 2 opens a quote (") that is never closed'
    assert [each.line for each in found[1:]] == list(range(3, 303))
    assert not any(each.problem for each in found[1:])


def test_what_is_shown_of_a_bad_line_is_cut(file):
    found = records(file(HEADER + b"2025,Mach," + b"x" * 5_000 + b"\n"))
    assert len(found[0].raw) == 500
    assert found[0].raw.startswith("2025,Mach,xxx")


def test_lines_are_counted_over_blank_ones_and_quoted_ends(file):
    content = HEADER + b'\n2025,"Mach\n\nKolpur"\n\n2026\n2027,Sibi\n'
    found = records(file(content))
    assert [(each.line, bool(each.problem)) for each in found] == [
        (3, False),
        (7, True),
        (8, False),
    ]


def test_an_encoding_that_is_named_is_named_in_the_complaint(file):
    found = records(file(HEADER + "2025,Kandahār\n".encode()), encoding="ascii")
    assert "byte 12 of the line is not ascii" in found[0].problem
    assert found[0].raw.startswith("2025,Kandah")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n", "a PDF, and not the delimited text its name says"),
        (b"\x89PNG\r\n", "a picture"),
        (b"SQLite format 3\x00", "a SQLite database, perhaps a GeoPackage"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"d\x00a\x00\n\x00", "text in UTF-16 without a mark"),
        (b"\xef\xbb\xbf\n", "holds no column names"),
        (b"   \n2025,Mach\n", "holds no column names"),
    ],
)
def test_what_the_first_bytes_give_away(file, content, told):
    with pytest.raises(SourceError, match=told):
        records(file(content))


@given(st.lists(st.tuples(CELL, CELL), max_size=8))
@settings(deadline=None, max_examples=50)
def test_what_a_csv_writer_writes_is_read_back(file, rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("date", "location"), *rows])
    found = records(file(text.getvalue().encode()))
    assert [each.cells for each in found] == rows


@pytest.mark.parametrize(
    "closing",
    [
        b'2025,"Sibi",1\n',
        b'2025,Si"bi,1\n',
        b'2025,Sibi",1\n',
        b'2025,"Sibi,1\n',
        b'2025,Sibi,"1"\n',
    ],
)
def test_a_stray_quote_costs_its_line_whatever_quote_comes_later(file, closing):
    between = b"".join(b"2025,Place %d,1\n" % number for number in range(150))
    found = records(file(b"date,location,dead\n" + b'2025,"Mach,1\n' + between + closing))
    assert [each.line for each in found] == list(range(2, 154))
    assert found[0].problem == 'line 2 opens a quote (") that is never closed'
    assert not any(each.problem for each in found[1:-1])


def test_a_text_of_several_lines_with_commas_is_one_field(file):
    content = b'date,location,note\n2025,Mach,"killed, hurt\nat, the gate"\n2026,Sibi,x\n'
    assert [each.cells[2] for each in records(file(content))] == ["killed, hurt\nat, the gate", "x"]
    content = HEADER + b'2025,"Mach\nand, Kolpur"\n'
    assert records(file(content))[0].cells == ("2025", "Mach\nand, Kolpur")


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (b'date;location;"a,b,c,d,e,f"\n2025;Mach;x\n', ("date", "location", "a,b,c,d,e,f")),
        (b"sep=;\ndate;location, as told\n2025;Mach\n", ("date", "location, as told")),
        (b'"sep=,"\r\ndate,a;b;c\r\n2025,Mach\r\n', ("date", "a;b;c")),
        (b"\xef\xbb\xbfsep=|\ndate|location\n2025|Mach\n", ("date", "location")),
        (b"date,location,,\n2025,Mach,,\n", ("date", "location")),
        (b"date,location\n2025,Mach,,,\n", ("date", "location")),
        (b"date,,location\n2025,,Mach\n", ("date", "Unnamed: 1", "location")),
    ],
)
def test_first_lines_as_programs_write_them(file, content, header):
    found, rows = read_records(file(content))
    assert found == header
    assert next(rows).cells[0] == "2025"


def test_a_cell_beyond_the_last_name_is_not_left_out(file):
    found = records(file(b"date,location,\n2025,Mach,3\n"))
    assert found[0].problem == "3 fields, where the first line names 2"


def test_a_tsv_may_have_commas_in_its_names(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_bytes(b"date\tlocation, place, town\n2025\tMach, Bolan\n")
    assert read_records(path)[0] == ("date", "location, place, town")
    path.write_bytes(HEADER)
    assert read_records(path)[0] == ("date", "location")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_text_with_a_mark_is_read_by_it(file, encoding):
    path = file("date,location\r\n2025,کوئٹہ\r\n2026,ਸਿਬੀ\n".encode(encoding))
    assert [each.cells[1] for each in records(path)] == ["کوئٹہ", "ਸਿਬੀ"]


def test_a_text_of_two_bytes_a_letter_without_a_mark_is_read_when_named(file):
    path = file("date,location\n2025,Mach\n".encode("utf-16-be"))
    assert records(path, encoding="utf_16_be")[0].cells == ("2025", "Mach")


def test_a_broken_letter_of_two_bytes_costs_its_line(file):
    lines = [b"date,location\n", b"2025,M", b"2026,Sibi\n"]
    wide = [line.decode().encode("utf-16-le") for line in lines]
    content = b"\xff\xfe" + wide[0] + wide[1] + b"\x00\xd8" + "\n".encode("utf-16-le") + wide[2]
    found = records(file(content + b"x"))
    assert found[0].problem.startswith("byte 7 of the line is not utf-8")
    assert found[1].cells == ("2026", "Sibi")


def test_a_line_of_nothing_but_a_delimiter_holds_no_names(file):
    with pytest.raises(SourceError, match="holds no column names"):
        records(file(b"sep=;\n"))


@pytest.mark.parametrize("encoding", ["utf-16", "UTF_32"])
def test_wide_text_without_a_mark_says_how_to_name_it(file, encoding):
    with pytest.raises(SourceError, match=f"no mark at its start .* `encoding='{encoding}-le'`"):
        read_records(file("date,location\n".encode("utf-16-le")), encoding)
