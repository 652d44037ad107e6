"""A text read by columns says of every line what the reader of records says."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geosec import GeosecError
from geosec.storage.delimited import read_records
from geosec.storage.delimited_tables import read_delimited
from geosec.storage.rows import refuse_double_names

PIECES = [
    *('"', '""', ",", ",,", "a", "bc", "\n", "\r\n", "\r", " ", "\t", ";", "é", "\u3000", "x,y\n"),
    "\ufeff",
]
ENCODINGS = ["utf-8", "cp1252", "ascii", "utf-16", "utf-8-sig", "shift_jis", "latin-1"]


def read_by_records(path, encoding):
    """Read a text record by record: its names, cells by line, and what is unreadable."""
    header, records = read_records(path, encoding)
    refuse_double_names(header)
    found = [*records]
    good = [(each.line, each.cells) for each in found if not each.problem]
    return list(header), good, [each for each in found if each.problem]


def read_by_columns(path, encoding):
    rows = read_delimited(path, encoding)
    cells = rows.table.itertuples(name=None)
    return rows.columns, [(line, tuple(row)) for line, *row in cells], rows.unreadable


def tell(read, *given):
    try:
        return read(*given)
    except GeosecError as error:
        return type(error), str(error)


def agree(content, encoding, ending=".csv"):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{ending}"
        path.write_bytes(content)
        assert tell(read_by_columns, path, encoding) == tell(read_by_records, path, encoding)


@given(
    st.sampled_from(["a,b,c", "a", "a\tb", "a;b;;", "sep=;\na;b", '"a,a",b']),
    st.lists(st.sampled_from(PIECES), max_size=40),
    st.sampled_from(["utf-8", "cp1252", "ascii"]),
)
@example("a,b", ['a,"b"\n', 'a,"b"c\n', '"a""b",c\n', 'a,"b\nc"\n', "a,b,\n"], "utf-8")
@example("a\tb", ["\t\n", " \t\n", "\u3000\t\n", "x\t\n"], "utf-8")
@settings(deadline=None, max_examples=400)
def test_columns_and_records_agree_on_any_text(header, pieces, encoding):
    agree(f"{header}\n{''.join(pieces)}".encode(), encoding)


@given(st.lists(st.sampled_from([*PIECES, "2025,Mach,1\n"]), max_size=60).map("".join))
@settings(deadline=None, max_examples=100)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_columns_and_records_agree_in_any_encoding(encoding, text):
    agree(f"a,b,c\n{text}".encode(encoding, "replace"), encoding)


@given(st.binary(max_size=80), st.sampled_from(ENCODINGS))
@settings(deadline=None, max_examples=200)
def test_columns_and_records_agree_on_any_bytes(junk, encoding):
    agree(b"a,b\n1,2\n" + junk + b"\n3,4\n", encoding, ".txt")


@pytest.mark.parametrize("size", [99_999, 100_001, 131_072, 131_073, 1_000_000, 1_000_001])
def test_columns_and_records_agree_on_long_lines(size):
    agree(b"a,b\n1,2\n1," + b"x" * (size - 3) + b"\n3,4\n", "utf-8")


def test_columns_and_records_agree_on_many_lines():
    lines = [f'{number},"say ""{number}"", or"\n' for number in range(30_000)]
    lines[7_000:7_003] = ['1,"a\n', 'b"\n', "\n"]
    lines[20_000] = "1,2,3\n"
    agree(("a,b\n" + "".join(lines)).encode(), "utf-8")
