"""Columns of periods."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from geosec.errors import GeosecWarning, ParameterError
from geosec.incidents.counts.cells import Faults
from geosec.incidents.counts.spans import read_periods, read_until


def read(columns, until=None, every=None):
    texts = pd.DataFrame(columns, dtype="object")
    faults = Faults(texts)
    return read_periods(texts, faults, until, day_first=None, every=every), faults


def test_each_row_has_both_ends_and_how_many_days_are_covered():
    spans, faults = read({"month": ["2024-02", "2024-03", "x"]}, until=date(2024, 3, 10))
    assert spans["period_days"].tolist() == [29, 10, 0]
    assert spans["period_partial"].tolist() == [False, True, False]
    assert spans["period_end"].iloc[1] == pd.Timestamp("2024-03-31")
    assert spans["period_start"].isna().tolist() == [False, False, True]
    assert [row for row, _ in faults.list_rows()] == [2]


def test_a_period_beyond_what_is_covered_is_rejected():
    _, faults = read({"month": ["2024-04"]}, until=date(2024, 3, 31))
    assert "it begins on 2024-04-01, and the source covers days until 2024-03-31" in str(
        faults.list_rows()
    )


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (["2024-01-01", "2024-02-01", "2024-03-01"], "first days of months"),
        (["2024-01-01", "2024-04-01", "2024-07-01"], "first days of quarters"),
        (["2022-01-01", "2023-01-01", "2024-01-01"], "first days of years"),
        (["2024-01-06", "2024-01-13", "2024-01-20"], "first days of a week"),
    ],
)
@pytest.mark.parametrize("role", ["date", "start"])
def test_what_single_dates_are_taken_for_is_told(days, what, role):
    with pytest.warns(GeosecWarning, match=what):
        spans, _ = read({role: days})
    assert (spans["period_days"] > 6).all()
    one, _ = read({role: days}, every="day")
    assert (one["period_days"] == 1).all()


def test_dates_that_say_their_length_are_no_guess():
    spans, _ = read({"date": ["2024-01", "2024-02", "2024-03"]})
    assert spans["period_days"].tolist() == [31, 29, 31]
    spans, _ = read({"date": ["2024-01-01", "2024-01-02", "nonsense", ""]})
    assert spans["period_days"].tolist() == [1, 1, 0, 0]


def test_ends_on_the_day_after_are_told():
    with pytest.warns(GeosecWarning, match="2024-01-06 to 2024-01-13; they were read as"):
        spans, _ = read({"start": ["2024-01-06"], "end": ["2024-01-13"]})
    assert spans["period_days"].tolist() == [7]


def test_no_rows_have_no_periods():
    spans, faults = read({"month": []})
    assert spans.empty
    assert faults.list_rows() == []


@pytest.mark.parametrize("until", ["2024-03-10", date(2024, 3, 10), datetime(2024, 3, 10, 12)])  # noqa: DTZ001 - the clock of the place
def test_the_last_day_covered_is_read(until):
    assert read_until(until) == date(2024, 3, 10)


@pytest.mark.parametrize("until", ["soon", 3, pd.NaT, ["2024-03-10"]])
def test_what_is_no_day_is_refused(until):
    with pytest.raises(ParameterError, match="`until` is the last day covered"):
        read_until(until)
    assert read_until(None) is None
