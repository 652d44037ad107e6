"""Periods: which days they hold, and which of them were watched whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geosec.analysis.calendar_periods import Periods, read_span
from geosec.errors import ParameterError


def between(kind, since, until) -> Periods:
    return Periods.between(kind, np.datetime64(since), np.datetime64(until))


def test_partial_periods_are_the_ends_that_were_not_watched_whole():
    months = between("month", "2024-01-05", "2024-04-30")
    assert months.is_partial.tolist() == [True, False, False, False]
    assert months.watched_days.tolist() == [27, 29, 31, 30]
    assert months.full == slice(1, 4)
    assert between("year", "2024-02-01", "2024-05-01").full == slice(1, 1)


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("week", ["2023-12-25", "2024-01-01"]),
        ("month", ["2023-12-01", "2024-01-01"]),
        ("quarter", ["2023-10-01", "2024-01-01"]),
        ("year", ["2023-01-01", "2024-01-01"]),
    ],
)
def test_periods_are_those_of_the_calendar(kind, starts):
    periods = between(kind, "2023-12-31", "2024-01-01")
    assert periods.start.astype("str").tolist() == starts
    assert (periods.end[0] + 1 == periods.start[1]).all()
    days = np.array(["2023-12-30", "2023-12-31", "2024-01-01", "2024-01-02", "NaT"], "M8[D]")
    assert periods.find(days).tolist() == [-1, 0, 1, -1, -1]


def test_the_span_is_that_of_the_days_on_record():
    first = np.array(["2024-03-02", "NaT", "2024-01-01"], "M8[D]")
    last = np.array(["2024-03-02", "NaT", "2024-01-31"], "M8[D]")
    span = read_span(None, None, first, last)
    assert [str(day) for day in span] == ["2024-01-01", "2024-03-02"]
    span = read_span(pd.Timestamp("2020-05-01 10:00", tz="Asia/Karachi"), "2024-12-31", first, last)
    assert [str(day) for day in span] == ["2020-05-01", "2024-12-31"]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2024-05-01", "2024-01-01", r"`since` \(2024-05-01\) is after `until` \(2024-01-01\)"),
        ("soon", None, "`since` is a day, as '2024-01-01', and was given 'soon'"),
        (2024, None, "`since` is a day, as '2024-01-01', and was given 2024"),
        (None, float("nan"), "`until` is a day"),
        ("0001-01-01", None, "`since` is a day"),
        (None, [], "`until` is a day"),
    ],
)
def test_what_is_no_span_is_refused(since, until, said):
    day = np.array(["2024-03-02"], "M8[D]")
    with pytest.raises(ParameterError, match=said):
        read_span(since, until, day, day)


def test_undated_incidents_have_no_span():
    none = np.array(["NaT"], "M8[D]")
    with pytest.raises(ParameterError, match="no incident has a date"):
        read_span(None, None, none, none)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("months", "did you mean 'month'"), (None, "`since=` and `until=` say"), ("x", "known are")],
)
def test_a_period_that_is_none_is_refused(kind, said):
    with pytest.raises(ParameterError, match=said):
        between(kind, "2024-01-01", "2024-05-01")


def test_more_periods_than_anyone_reads_are_refused():
    with pytest.raises(ParameterError, match="5,219 weeks, and 2,000 are the most"):
        between("week", "1925-01-01", "2024-12-31")
