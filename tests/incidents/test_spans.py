"""From when to when: of a day, a week, a month and a year, and as the source says."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec


def read(**cells):
    table = pd.DataFrame({"location": ["Mach"], **{name: [cell] for name, cell in cells.items()}})
    return geosec.read_incidents(table)


@pytest.mark.parametrize(
    ("date", "precision", "first", "last"),
    [
        ("2024-02-11", None, "2024-02-11", "2024-02-11"),
        ("2024-02", None, "2024-02-01", "2024-02-29"),
        ("2023", None, "2023-01-01", "2023-12-31"),
        ("2024-02-26", "week", "2024-02-26", "2024-03-03"),
    ],
)
def test_a_date_spans_what_is_known_of_it(date, precision, first, last):
    row = read(date=date, date_precision=precision)[0].iloc[0]
    assert [str(row[name].date()) for name in ("date_from", "date_to")] == [first, last]


def test_a_span_that_is_given_is_kept():
    row = read(date="2024-02-11", date_from="2024-02-10", date_to="12 February 2024")[0].iloc[0]
    assert [row[name].day for name in ("date_from", "date_to")] == [10, 12]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date_to": "2024-02-10"}, "date_to 2024-02-10 is before the first day, 2024-02-11"),
        ({"date_to": "2024-02"}, "date_to '2024-02' is no day"),
        ({"date_from": "some day"}, "'some day' is none"),
    ],
)
def test_a_span_that_cannot_be_rejects_its_row(cells, reason):
    assert reason in read(date="2024-02-11", **cells)[1]["reason"].item()
