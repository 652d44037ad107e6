"""Whatever stands in a file, no record is lost and nothing but geosec's own errors comes out."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import geosec
from geosec import SchemaError, SourceError

CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters='\r\n",;\t|\x00'), max_size=20
)
PLAIN = geosec.example_path().read_bytes()


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12))
@example([("", "", "#")])  # which are no tags of HXL
@example([("#1", "#", "# 3"), ("2025", "Mach", "1")])
@settings(deadline=None, max_examples=60)
def test_rows_in_are_rows_out(rows):
    filled = [row for row in rows if ",".join(row).strip()]
    text = "date,location,fatalities\n" + "".join(",".join(row) + "\n" for row in filled)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(text.encode())
        incidents, rejected = geosec.read_incidents(path)
    assert len(incidents) + len(rejected) == len(filled)


@given(
    st.integers(0, len(PLAIN) - 1), st.binary(max_size=12), st.integers(0, 40), st.integers(0, 2000)
)
@settings(deadline=None, max_examples=60)
def test_a_damaged_file_is_read_or_refused(at, junk, cut, end):
    damaged = (PLAIN[:at] + junk + PLAIN[at + cut :])[: len(PLAIN) - end]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(damaged)
        try:
            incidents, rejected = geosec.read_incidents(path)
        except (SourceError, SchemaError):
            return
    assert len(incidents) + len(rejected) >= 1
