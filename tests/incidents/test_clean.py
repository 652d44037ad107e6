from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from geosec.incidents.cells import Rejected
from geosec.incidents.clean import clean_row
from geosec.incidents.dates import parse_date

GOOD = {"date": "2025-03-11", "location": "Mach"}


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
        ("3.4.25", "may be day/month or month/day"),
        ("yesterday", "is none; write it as 2025-03-11"),
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


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"latitude": "95", "longitude": "67"}, "latitude 95 is not between -90 and 90"),
        ({"latitude": "30", "longitude": "200"}, "longitude 200 is not between"),
        ({"latitude": "30", "longitude": ""}, "latitude is given and longitude is not"),
        ({"latitude": "0", "longitude": "0.0"}, "stands for a missing place"),
        ({"latitude": "inf", "longitude": "67"}, "latitude 'inf' is no number"),
        ({"latitude": "thirty", "longitude": "67"}, "is no number"),
        ({"fatalities": "many"}, "fatalities 'many' is no count"),
        ({"fatalities": "-1"}, "is no count"),
        ({"injuries": "3.5"}, "injuries '3.5' is no count"),
        ({"fatalities": "9" * 40}, "larger than any count"),
        ({"location": " "}, "neither a location phrase nor coordinates"),
        ({"date_precision": "hour"}, "is none of day, week, month, year"),
        ({"precision_scheme": "nato"}, "is none of acled, gtd, ucdp"),
        ({"vicinity": "2"}, r"vicinity '2' is none of 1 \(near the place\), 0 \(in it\), -9"),
        (
            {"precision_scheme": "acled", "precision_code": "7"},
            "precision_code 7 is none of acled's",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_rejects_the_row(cells, told):
    with pytest.raises(Rejected, match=told):
        clean_row({**GOOD, **cells})


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("fatalities", "1,200", 1200),
        ("fatalities", "3.0", 3),
        ("injuries", "n/a", None),
        ("latitude", None, None),
        ("precision_scheme", "UCDP", "ucdp"),
        ("vicinity", "1.0", 1),
        ("vicinity", True, 1),
        ("vicinity", 0, 0),
        ("vicinity", "-9", None),
        ("vicinity", None, None),
        ("summary", "  text ", "text"),
        ("location", "Na", "Na"),
    ],
)
def test_cells_get_their_type(name, written, read):
    assert clean_row({**GOOD, name: written})[name] == read


def test_coordinates_stand_for_a_phrase():
    row = clean_row({"date": "2025", "location": "", "latitude": "30.2", "longitude": "67"})
    assert (row["latitude"], row["longitude"], row["location"]) == (30.2, 67.0, None)


def test_a_stated_precision_wins():
    assert clean_row({**GOOD, "date_precision": "Month"})["date_precision"] == "month"
