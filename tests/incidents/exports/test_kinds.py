"""What each code book says of dates, tolls and places, cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec.incidents.exports.terms import SOURCE_NOTICES

DATES = ["date", "date_precision", "date_from", "date_to"]


def read(*rows, **options):
    """Read rows as a table, and give the incidents; none may be rejected."""
    incidents, rejected = geosec.read_incidents(pd.DataFrame(list(rows)), **options)
    assert rejected["reason"].tolist() == []
    return incidents


def tell(row):
    return [str(row[name])[:10] for name in DATES]


def acled(**cells):
    return {"event_id_cnty": "PAK1", "event_date": "2023-01-05", "location": "Mach", **cells}


def ucdp(**cells):
    return {"id": "1", "date_start": "2014-06-03", "where_prec": "1", "adm_1": "Sindh", **cells}


def gtd(**cells):
    return {"eventid": "1", "iyear": "1998", "imonth": "3", "iday": "0", "city": "Mach", **cells}


@pytest.mark.parametrize(
    "spelling", ["2023-01-05", "05 January 2023", "5 January 2023", "05-Jan-2023", "05-01-2023"]
)
def test_acled_spells_its_days_in_ways_that_are_all_read(spelling):
    row = read(acled(event_date=spelling, time_precision="1")).iloc[0]
    assert tell(row) == ["2023-01-05", "day", "2023-01-05", "2023-01-05"]
    assert row["event_date"] == spelling


def test_days_that_somebody_wrote_month_first_are_not_turned_round():
    rows = [acled(event_date="05-13-2023"), acled(event_date="05-04-2023", event_id_cnty="PAK2")]
    incidents, rejected = geosec.read_incidents(pd.DataFrame(rows))
    assert incidents["date"].astype(str).tolist() == ["2023-05-13"]
    assert "may be day/month or month/day" in rejected["reason"].item()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("1", ["2023-01-05", "day", "2023-01-05", "2023-01-05"]),
        ("2", ["2023-01-02", "week", "2023-01-02", "2023-01-08"]),
        ("3", ["2023-01-01", "month", "2023-01-01", "2023-01-31"]),
        ("", ["2023-01-05", "day", "2023-01-05", "2023-01-05"]),
    ],
)
def test_acled_codes_how_sure_the_day_is(code, told):
    assert tell(read(acled(time_precision=code)).iloc[0]) == told


def test_a_code_that_no_book_has_rejects_its_row_with_its_name():
    table = pd.DataFrame([acled(time_precision="7", geo_precision="9")])
    _, rejected = geosec.read_incidents(table)
    assert "'time_precision 7' is none of day" in rejected["reason"].item()
    assert "precision_code 9 is none of acled's" in rejected["reason"].item()


@pytest.mark.parametrize(
    ("toll", "notes", "word"),
    [
        ("12", "Dozens of soldiers were killed.", "dozens"),
        ("100", "The blast killed hundreds in the bazaar.", "hundreds"),
        ("3", "Several were found dead.", "several"),
        ("10", "An unknown number of militants died.", "unknown number"),
        ("12", "Dozens were wounded and 12 killed.", None),
        ("12", "Twelve died; dozens of others killed time.", None),
        ("12", "Dozens of protesters gathered. A clash left dead behind.", None),
        ("11", "Dozens were killed.", None),
        ("0", "Dozens were killed.", None),
    ],
)
def test_tolls_that_stand_in_for_words_are_flagged(toll, notes, word):
    incidents = read(acled(fatalities=toll, notes=notes))
    assert incidents["fatalities"].item() == int(toll)
    flagged = incidents.get("fatalities_text", pd.Series([None])).item()
    assert flagged == word
    assert len(incidents.attrs[SOURCE_NOTICES]) == (2 if word else 1)


def test_old_names_in_capitals_are_known_and_stay():
    row = read({name.upper(): cell for name, cell in acled(geo_precision="2").items()}).iloc[0]
    assert row["location"] == row["LOCATION"] == "Mach"
    assert (row["precision_code"], row["GEO_PRECISION"]) == (2, "2")


@pytest.mark.parametrize(
    ("code", "end", "precision"),
    [("1", "03", "day"), ("2", "06", "week"), ("3", "09", "week"), ("4", "30", "month")],
)
def test_ucdp_says_from_when_to_when(code, end, precision):
    times = {"date_start": "2014-06-03 00:00:00.000", "date_end": f"2014-06-{end} 00:00:00.000"}
    row = read(ucdp(**times, date_prec=code)).iloc[0]
    assert tell(row) == ["2014-06-03", precision, "2014-06-03", f"2014-06-{end}"]


def test_ucdp_keeps_the_range_of_its_dead_and_the_words_of_its_source():
    told = {"where_description": "Wali Chowk of Quetta", "where_coordinates": "Quetta town"}
    row = read(ucdp(best="4", low="0", high="12", **told)).iloc[0]
    assert row[["fatalities", "fatalities_low", "fatalities_high"]].tolist() == [4, 0, 12]
    assert row["location"] == "Wali Chowk of Quetta"
    assert read(ucdp(**told | {"where_description": ""}))["location"].item() == "Quetta town"


def test_a_row_that_ends_before_it_begins_is_rejected():
    _, rejected = geosec.read_incidents(pd.DataFrame([ucdp(date_end="2014-06-01")]))
    assert "date_to 2014-06-01 is before the first day" in rejected["reason"].item()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"iday": "9"}, ["1998-03-09", "day", "1998-03-09", "1998-03-09"]),
        ({}, ["1998-03-01", "month", "1998-03-01", "1998-03-31"]),
        ({"imonth": "0"}, ["1998-01-01", "year", "1998-01-01", "1998-12-31"]),
        ({"imonth": "0", "iday": "9"}, ["1998-01-01", "year", "1998-01-01", "1998-12-31"]),
        (
            {"approxdate": "March 19-20, 1998"},
            ["1998-03-19", "week", "1998-03-19", "1998-03-20"],
        ),
        (
            {"approxdate": "March 2 - 20, 1998"},
            ["1998-03-02", "month", "1998-03-02", "1998-03-20"],
        ),
        (
            {"approxdate": "April 19-20, 1998"},
            ["1998-03-01", "month", "1998-03-01", "1998-03-31"],
        ),
        (
            {"approxdate": "early March 1998"},
            ["1998-03-01", "month", "1998-03-01", "1998-03-31"],
        ),
    ],
)
def test_gtd_writes_0_for_what_is_not_known_of_a_date(cells, told):
    assert tell(read(gtd(**cells)).iloc[0]) == told


@pytest.mark.parametrize(
    ("cells", "phrase"),
    [
        ({"city": "Mach", "vicinity": "0"}, "Mach"),
        ({"city": "Mach", "vicinity": "1"}, "near Mach"),
        ({"city": "Unknown", "vicinity": "1", "location": "Bolan Pass"}, "Bolan Pass"),
        ({"city": "Unknown", "location": "", "provstate": "Sindh"}, "Sindh"),
    ],
)
def test_gtd_names_the_city_or_else_what_it_tells(cells, phrase):
    incidents = read(gtd(**cells))
    assert incidents["location"].item() == phrase
    if "location" in cells:
        assert incidents["gtd_location"].fillna("").item() == cells["location"]


def test_gtd_shares_tolls_out_in_fractions():
    incidents = read(gtd(nkill="1.5", nwound="3"), gtd(eventid="2", nkill="-99", nwound="0.67"))
    assert incidents["fatalities"].tolist() == [1, pd.NA]
    assert incidents["fatalities_text"].tolist()[0] == "1.5"
    assert incidents["injuries"].tolist() == [3, 0]
    assert len(incidents.attrs[SOURCE_NOTICES]) == 3


def test_a_row_of_tags_says_what_each_column_is():
    tags = {"Datum": "#date+occurred", "Ort": "#loc+name", "Tote": "#affected+killed", "x": ""}
    row = {"Datum": "2025-03-11", "Ort": "Mach", "Tote": "3", "x": "y"}
    incidents = read(tags, row)
    assert incidents[["location", "fatalities", "Ort", "x"]].iloc[0].tolist() == [
        *("Mach", 3, "Mach", "y"),
    ]


@pytest.mark.parametrize(
    ("cells", "dead"),
    [
        ({"Civilians": "2", "SFs": "1", "Terrorists": "0"}, 3),
        ({"Civilians": "2", "SFs": "", "Terrorists": "-"}, 2),
        ({"Civilians": "2", "SFs": "few", "Terrorists": "0", "Total": "5"}, 5),
        ({"Civilians": "2", "SFs": "1", "Terrorists": "0", "Killed": "4"}, 4),
        ({"Civilians": "", "SFs": "", "Terrorists": ""}, pd.NA),
    ],
)
def test_the_dead_are_added_up_where_a_table_counts_them_by_who_they_were(cells, dead):
    incidents = read({"Date": "March 11, 2025", "Place": "Mach", **cells})
    assert incidents["fatalities"].tolist() == [dead]
    assert incidents["Civilians"].fillna("").item() == cells["Civilians"]


def test_names_given_by_the_user_come_before_the_code_book():
    row = {"when": "2020-02-02", "wo": "Sibi", **acled(time_precision="3")}
    given = read(row, columns={"when": "date", "wo": "location"}).iloc[0]
    assert tell(given) == ["2020-02-02", "day", "2020-02-02", "2020-02-02"]
    assert (given["location"], given["acled_location"]) == ("Sibi", "Mach")


@pytest.mark.parametrize(
    ("columns", "error", "told"),
    [
        ({"wen": "date"}, geosec.ParameterError, "names 'wen', which is not there"),
        ({"year": "date", "iso": "date"}, geosec.SchemaError, "both mean 'date'"),
    ],
)
def test_given_names_that_cannot_be_are_told(columns, error, told):
    with pytest.raises(error, match=told):
        geosec.read_incidents(pd.DataFrame([acled(year="2020", iso="1")]), columns=columns)


def test_a_kind_whose_columns_are_not_there_says_what_is_missing():
    with pytest.raises(geosec.SchemaError, match="incidents need a date, and a location"):
        geosec.read_incidents(pd.DataFrame({"a": [1]}), kind="gtd")
