"""Dates, counts and degrees in the spellings that tables bring, one property each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("1/2/03", "may be day/month or month/day"),
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
    ("name", "written", "read"),
    [
        ("fatalities", 3, 3),
        ("fatalities", 3.0, 3),
        ("fatalities", np.int64(3), 3),
        ("fatalities", " 0 ", 0),
        ("fatalities", "1,234,567", 1_234_567),
        ("fatalities", str(2**62), 2**62),
        ("injuries", "unknown", None),
        ("injuries", "--", None),
        ("injuries", float("nan"), None),
        ("injuries", pd.NA, None),
        ("actor", "Unknown", "Unknown"),  # a word may be a name; only numbers know no words
        ("precision_scheme", None, None),
        ("precision_scheme", " GTD ", "gtd"),
        ("note", "\u202eevil", "\u202eevil"),
        ("note", 7, "7"),
    ],
)
def test_cells_as_files_bring_them(name, written, read):
    assert clean_row({**GOOD, name: written})[name] == read


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("fatalities", "1,20"),
        ("fatalities", "12,0000"),
        ("fatalities", "1e3"),
        ("fatalities", "+3"),
        ("fatalities", "3 to 5"),
        ("fatalities", "³"),
        ("fatalities", "=1+2"),
        ("fatalities", True),
        ("injuries", "at least 3"),
        ("injuries", "2.50"),
        ("injuries", str(2**63)),
        ("fatalities", "9" * 400),
        ("fatalities", "9" * 5_000 + ".0"),
        ("precision_code", "one"),
    ],
)
def test_what_is_no_count_rejects_the_row_and_is_quoted(name, written):
    with pytest.raises(Rejected, match=f"{name} '"):
        clean_row({**GOOD, name: written})


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), ("-0.5", "0")])
def test_the_ends_of_the_globe_are_on_it(latitude, longitude):
    row = clean_row({**GOOD, "latitude": latitude, "longitude": longitude})
    assert (row["latitude"], row["longitude"]) == (float(latitude), float(longitude))


@pytest.mark.parametrize(
    ("latitude", "longitude", "told"),
    [
        ("90.0001", "67", "latitude 90.0001 is not between -90 and 90 degrees"),
        ("30", "-180.5", "longitude -180.5 is not between -180 and 180"),
        ("30°12'N", "67", "is no number"),
        ("30,2", "67,0", "is no number"),
        ("nan", "67", "longitude is given and latitude is not"),
        ("-inf", "67", "is no number"),
        (0.0, -0.0, "stands for a missing place"),
    ],
)
def test_coordinates_that_are_on_no_globe(latitude, longitude, told):
    with pytest.raises(Rejected, match=told):
        clean_row({**GOOD, "latitude": latitude, "longitude": longitude})


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 67), (30, 0)])
def test_one_zero_is_a_place_on_the_equator_or_at_greenwich(latitude, longitude):
    row = clean_row({**GOOD, "latitude": latitude, "longitude": longitude})
    assert (row["latitude"], row["longitude"]) == (latitude, longitude)


@pytest.mark.parametrize(("scheme", "codes"), [("acled", 3), ("ucdp", 7), ("gtd", 5)])
def test_every_code_of_a_book_is_taken_and_no_other(scheme, codes):
    for code in range(1, codes + 1):
        row = clean_row({**GOOD, "precision_scheme": scheme, "precision_code": str(code)})
        assert row["precision_code"] == code
    for code in (0, codes + 1):
        with pytest.raises(Rejected, match=f"precision_code {code} is none of {scheme}'s"):
            clean_row({**GOOD, "precision_scheme": scheme, "precision_code": code})


def test_a_code_without_its_book_is_kept_unjudged():
    assert clean_row({**GOOD, "precision_code": 9})["precision_code"] == 9


def test_a_row_is_not_changed_by_reading_it():
    row = {**GOOD, "fatalities": " 3 "}
    clean_row(row)
    assert row == {**GOOD, "fatalities": " 3 "}
