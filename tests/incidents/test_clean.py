"""Rows checked: places, codes, and what rejects a row."""

from __future__ import annotations

import pytest

from geosec.incidents.cells import Rejected
from geosec.incidents.clean import clean_row

GOOD = {"date": "2025-03-11", "location": "Mach"}


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


def test_coordinates_stand_for_a_phrase():
    row = clean_row({"date": "2025", "location": "", "latitude": "30.2", "longitude": "67"})
    assert (row["latitude"], row["longitude"], row["location"]) == (30.2, 67.0, None)


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


def test_a_code_without_its_book_rejects_its_row():
    with pytest.raises(Rejected, match="precision_code 9 has no precision_scheme beside it"):
        clean_row({"date": "2025", "location": "Mach", "precision_code": 9})


def test_a_row_is_not_changed_by_reading_it():
    row = {**GOOD, "fatalities": " 3 "}
    clean_row(row)
    assert row == {**GOOD, "fatalities": " 3 "}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"date": "never", "fatalities": "xx", "location": ""},
            "date 'never' is none; .*; fatalities 'xx' is no count.*; neither a location",
        ),
        (
            {"latitude": "95", "longitude": "x"},
            "latitude 95 is not .*; longitude 'x' is no number$",
        ),
        ({"date": "", "date_precision": "hour"}, "^no date; date_precision 'hour' is none of"),
        ({"injuries": "-3", "precision_scheme": "nato"}, "injuries '-3' .*precision_scheme 'nato'"),
    ],
)
def test_a_row_with_two_faults_tells_both(cells, told):
    with pytest.raises(Rejected, match=told):
        clean_row({**GOOD, **cells})


def test_a_toll_that_is_a_low_end_keeps_its_words():
    row = clean_row({**GOOD, "fatalities": "3+", "injuries": "4"})
    assert (row["fatalities"], row["fatalities_text"], row["injuries"]) == (3, "3+", 4)
    assert "injuries_text" not in row


def test_a_column_of_the_words_is_not_written_over():
    row = clean_row({**GOOD, "fatalities": "3+", "fatalities_text": "mine"})
    assert (row["fatalities"], row["fatalities_text"]) == (3, "mine")
