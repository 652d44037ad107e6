"""Dates that can be read in one way only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec.incidents.cells import Rejected
from geosec.incidents.clean import clean_row
from geosec.incidents.dates import parse_date

GOOD = {"date": "2025-03-11", "location": "Mach"}


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2025-03-11", date(2025, 3, 11), "day"),
        ("2025-03-11T10:30:00", date(2025, 3, 11), "day"),
        ("2025-03", date(2025, 3, 1), "month"),
        ("2025", date(2025, 1, 1), "year"),
        ("16 May 2025", date(2025, 5, 16), "day"),
        ("March 11, 2025", date(2025, 3, 11), "day"),
        ("Sept 2024", date(2024, 9, 1), "month"),
        (datetime(2025, 3, 11, 8, tzinfo=UTC), date(2025, 3, 11), "day"),
        (pd.Timestamp("2025-03-11"), date(2025, 3, 11), "day"),
    ],
)
def test_a_date_that_can_be_read_one_way_is_read(written, day, precision):
    found = parse_date(written)
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2025-02-30", "does not exist"),
        ("2025-13", "does not exist"),
        ("03/04/2025", "may be day/month or month/day"),
        ("3.4.25", "has a year of two digits"),
        ("yesterday", "is none; write it as 2025-03-11"),
        ("05-Mar-25", "has a year of two digits; write 2025-03-11"),
        ("45721.5", "if it is how a spreadsheet counts days"),
        ("31 Brumaire 2025", "is none"),
        ("", "no date"),
        (None, "no date"),
        (float("nan"), "no date"),
        ("N/A", "no date"),
    ],
)
def test_any_other_date_is_rejected(written, told):
    with pytest.raises(Rejected, match=told):
        parse_date(written)


def test_a_stated_precision_wins():
    assert clean_row({**GOOD, "date_precision": "Month"})["date_precision"] == "month"


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2025-3-1", date(2025, 3, 1), "day"),
        ("2025-03-11T23:59:59Z", date(2025, 3, 11), "day"),
        ("2025-03-11 04:30:00+05:00", date(2025, 3, 11), "day"),
        ("Mar 2025", date(2025, 3, 1), "month"),
        ("sept. 2024", date(2024, 9, 1), "month"),
        ("MARCH 11, 2025", date(2025, 3, 11), "day"),
        ("29 February 2024", date(2024, 2, 29), "day"),
        ("  2025  ", date(2025, 1, 1), "year"),
        (2025, date(2025, 1, 1), "year"),
        ("۲۰۲۵-۰۳-۱۱", date(2025, 3, 11), "day"),  # digits as Urdu writes them
        (datetime(2025, 3, 11, 23, 30, tzinfo=UTC), date(2025, 3, 11), "day"),
        (pd.Period("2025-03"), date(2025, 3, 1), "month"),
    ],
)
def test_dates_in_the_spellings_of_files(written, day, precision):
    found = parse_date(written)
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("29 February 2025", "does not exist"),
        ("0000-01-01", "does not exist"),
        ("2025-00-10", "does not exist"),
        ("11.03.2025", "may be day/month or month/day"),
        ("1/2/03", "has a year of two digits"),
        ("13/2/25", "has a year of two digits"),
        ("32/13/2025", "does not exist"),
        ("31/02/2025", "does not exist"),
        ("2025/13/02", "does not exist"),
        ("03/04.2025", "is none"),
        ("03/04/2025 10:30", "say which with `day_first=True` or `day_first=False`"),
        ("11 March", "is none"),
        ("11 March 5 2025", "names two days, 11 and 5; write one"),
        ("March", "is none"),
        ("20250311", "is none"),
        ("2025-03-1²", "is none"),
        ("2025-03-11; DROP TABLE", "is none"),
        ("=TODAY()", "is none"),
        (pd.NaT, "no date"),
        (pd.NA, "no date"),
        (np.datetime64("NaT"), "no date"),
        ("unknown", "no date"),
        ("NaT", "no date"),
        ("   ", "no date"),
    ],
)
def test_dates_that_are_none_or_may_be_two(written, told):
    with pytest.raises(Rejected, match=told):
        parse_date(written)


@given(st.dates())
@settings(deadline=None, max_examples=50)
def test_a_day_is_the_same_in_figures_and_in_words(day):
    month = MONTHS[day.month - 1]
    for written in (
        day.isoformat(),
        f"{day.day} {month} {day.year:04}",
        f"{month[:3]} {day.day}, {day.year:04}",
        day,
    ):
        assert parse_date(written).day == day


@given(st.text(max_size=30))
@settings(deadline=None, max_examples=50)
def test_any_text_is_a_date_or_is_rejected_with_a_reason(text):
    try:
        found = parse_date(text)
    except Rejected as verdict:
        assert str(verdict)  # noqa: PT017 - either answer is right
    else:
        assert found.precision in {"day", "month", "year"}


@pytest.mark.parametrize(
    "written",
    [
        *("13/02/2025", "02/13/2025", "13.2.2025", "2-13-2025", "13/02/2025 10:30"),
        *("02/13/2025 9:05 PM", "2025/02/13", "2025.2.13", "13-Feb-2025", "13/Feb/2025"),
        *("13th February 2025", "February 13th, 2025", "Feb-13-2025", "2025-02-13 10:30 am"),
    ],
)
def test_a_date_that_can_only_be_one_day_is_read(written):
    assert parse_date(written).day == date(2025, 2, 13)
    assert parse_date(written).precision == "day"


@pytest.mark.parametrize(
    ("written", "day_first", "day"),
    [
        ("03/04/2025", True, date(2025, 4, 3)),
        ("03/04/2025", False, date(2025, 3, 4)),
        ("3-4-2025", True, date(2025, 4, 3)),
        ("3.4.2025 08:00", False, date(2025, 3, 4)),
        ("5/5/2025", None, date(2025, 5, 5)),
        ("13/02/2025", True, date(2025, 2, 13)),
        ("02/13/2025", False, date(2025, 2, 13)),
        ("2025-03-04", False, date(2025, 3, 4)),
    ],
)
def test_whether_the_day_comes_first_may_be_said(written, day_first, day):
    assert parse_date(written, day_first=day_first).day == day


@pytest.mark.parametrize(
    ("written", "day_first", "told"),
    [
        ("13/02/2025", False, "does not begin with the month, as `day_first=False` says"),
        ("02/13/2025", True, "does not begin with the day, as `day_first=True` says"),
    ],
)
def test_a_date_in_another_order_than_is_said_is_rejected(written, day_first, told):
    with pytest.raises(Rejected, match=told):
        parse_date(written, day_first=day_first)


def test_a_time_beyond_the_calendar_is_rejected():
    with pytest.raises(Rejected, match="is in no year that a calendar has"):
        parse_date(pd.Timestamp(np.datetime64(10**18, "us")))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["03.04.2024", "29.02.2024"], ["2024-04-03", "2024-02-29"]),
        (["03.04.2024", "02.29.2024"], ["2024-03-04", "2024-02-29"]),
        (["03.04.2024", "29.02.2024", "02.29.2024"], ["2024-02-29", "2024-02-29"]),
        (["03.04.2024", "29/02/2024"], ["2024-02-29"]),
        (["03/04/2024", "29/02/2024"], ["2024-02-29"]),
        (["03.04.2024", "05.05.2024"], ["2024-05-05"]),
    ],
)
@pytest.mark.filterwarnings("ignore:dates with dots")
def test_dates_with_dots_are_read_as_others_of_their_column_say(dates, days):
    table = pd.DataFrame({"date": dates, "location": "Sibi"})
    incidents, rejected = geosec.read_incidents(table)
    assert incidents["date"].dt.strftime("%Y-%m-%d").tolist() == days
    assert len(incidents) + len(rejected) == len(dates)


def test_the_order_that_a_column_says_is_told():
    table = pd.DataFrame({"date": ["03.04.2024", "29.02.2024"], "location": "Sibi"})
    with pytest.warns(geosec.GeosecWarning, match=r"day first, as 29.02.2024 .*`day_first=False`"):
        incidents, _ = geosec.read_incidents(table)
    assert "29.02.2024" in incidents.attrs["source_notices"][0]
