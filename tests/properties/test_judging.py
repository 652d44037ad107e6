"""Columns judged whole say of every row what the rule for one row says, word for word."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.incidents.cells import Rejected, read_identifier
from geosec.incidents.clean import clean_row
from geosec.incidents.judging import judge_rows
from geosec.storage.rows import Rows

WORDS = {
    "incident_id": ["a", "b", " a", "row-2", "row-3", "NA", "un\u212anown", "", "1001.0", "é"],
    "date": [
        *("2025-03-11", "2025-03", "2025", "03/04/2025", "13/02/2025", "02/13/2025", "5 May 2025"),
        *("2025-02-30", "", "never", "2025-03-11T12:30:00+05:00", "2025-03-11 1", "2025-03-11T"),
        *("\u0662\u0660\u0662\u0665", "2025-02-30 12:00", "un\u212anown", "May 11 2025"),
    ],
    "date_precision": ["day", "Month", "hour", ""],
    "location": ["Mach", " Sibi ", "", "\u3000", "NA", "مچھ"],
    "fatalities": ["1", "1,200", "1.000", "3+", "at least 5", "5-2", "many", "", "NA", "1e3", "-1"],
    "latitude": [
        "29.5",
        "29,5",
        "91",
        "",
        "0",
        "-0.0",
        "1e1",
        "nan",
        "inf",
        ".5",
        "5.",
        "+3",
        "٢٩",
    ],
    "longitude": ["67.5", "181", "", "0", "null", "66.1234567890123456789", "1_0", " 67 "],
    "precision_code": ["1", "2", "9", "", "1.0", "x"],
    "precision_scheme": ["acled", "GTD", "", "none"],
    "vicinity": ["1", "0", "-9", "yes", "2", ""],
    "other": ["x", "", " y "],
}
ODD = [
    *(None, float("nan"), pd.NA, 0, 1, 1.0, True, -0.0, 0.0, 2**53 + 1, 2.0**53, float("inf")),
    *(b"x", [1], {"a": 1}, date(2025, 3, 11), datetime(2025, 3, 11, 20, tzinfo=UTC)),
    *(pd.Timestamp("2025-03-12 01:00+05:00"), pd.NaT, "2025", 29.5),
]


def judge_one_by_one(rows, *, day_first):
    """Judge rows by the rule for one: what is accepted, by identifier, and why others are not."""
    accepted, lines, reasons = {}, {}, {}
    given = {str(row.get("incident_id")).strip() for row in rows.list_rows()}
    for line, row in zip(rows.table.index.tolist(), rows.list_rows(), strict=True):
        faults, found = [], row.pop("incident_id", None)
        try:
            identifier = read_identifier("incident_id", found) or make_identifier(line, given)
            if identifier in lines:
                faults.append(
                    f"incident_id {identifier!r} stands already on line {lines[identifier]}"
                )
        except Rejected as verdict:
            faults.append(str(verdict))
        try:
            clean = clean_row(row, day_first=day_first)
        except Rejected as verdict:
            faults.append(str(verdict))
        if faults:
            reasons[line] = "; ".join(faults)
        else:
            accepted[identifier], lines[identifier] = clean, line
    return accepted, list(lines.values()), reasons


def make_identifier(line, given):
    """Make an identifier of a line; one that is given to another row gets a number."""
    made = [f"row-{line}", *(f"row-{line}-{number}" for number in range(2, 20))]
    return next(each for each in made if each not in given)


def agree(table, day_first):
    """Hold the columns judged whole against the rows judged one by one."""
    rows = Rows.from_table(table, range(2, len(table) + 2))
    names = {name: name for name in rows.columns}
    found = judge_rows(rows, names, day_first=day_first)
    accepted, lines, reasons = judge_one_by_one(rows, day_first=day_first)
    assert {each["line"]: each["reason"] for each in found.rejected} == reasons
    assert found.lines.tolist() == lines
    assert found.accepted.index.tolist() == list(accepted)
    told = found.accepted.astype("object").where(found.accepted.notna(), None)
    for identifier, clean in accepted.items():
        assert {name: cell for name, cell in told.loc[identifier].items() if cell is not None} == {
            name: cell for name, cell in clean.items() if cell is not None
        }


@st.composite
def tables(draw, cells):
    """Draw tables that have a date, and any of the other columns."""
    names = draw(st.lists(st.sampled_from([*WORDS]), unique=True))
    size = draw(st.integers(0, 12))
    columns = {
        name: draw(st.lists(cells(name), min_size=size, max_size=size))
        for name in dict.fromkeys(["date", *names])
    }
    return pd.DataFrame(columns, dtype="object")


@given(tables(lambda name: st.sampled_from(WORDS[name])), st.sampled_from([None, True, False]))
@settings(deadline=None, max_examples=150)
def test_texts_are_judged_alike_by_columns_and_by_rows(table, day_first):
    agree(table, day_first)
    agree(table.astype("str"), day_first)


@given(
    tables(lambda name: st.sampled_from(WORDS[name][:2]) | st.sampled_from(ODD)),
    st.sampled_from([None, True]),
)
@settings(deadline=None, max_examples=150)
def test_cells_of_any_type_are_judged_alike_by_columns_and_by_rows(table, day_first):
    agree(table, day_first)


def test_an_identifier_that_is_made_is_none_that_is_given():
    table = pd.DataFrame({"date": "2025", "location": "Mach", "incident_id": ["NA", "row-2"]})
    agree(table, None)


@pytest.mark.parametrize("dtype", ["float64", "float32", "Int64", "category", "int8"])
def test_numbers_of_any_dtype_are_judged_alike(dtype):
    numbers = pd.Series([0, 1, 67, 91, 100, -90]).astype(dtype)
    columns = dict.fromkeys(["latitude", "longitude", "fatalities", "incident_id"], numbers)
    agree(pd.DataFrame({"date": ["2025"] * 6, "location": "Mach", **columns}), None)


@given(st.lists(st.floats() | st.floats(-180, 180), min_size=1))
@settings(deadline=None)
def test_degrees_are_read_to_the_last_digit(degrees):
    texts = [repr(each) for each in degrees]
    table = pd.DataFrame({"date": "2025", "latitude": texts, "longitude": texts[::-1]})
    agree(table, None)
    agree(table.assign(latitude=degrees), None)
