"""Rows in are rows accepted and rows rejected, each under an identifier of its own."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import GeosecWarning, ParameterError


def table(**columns):
    return pd.DataFrame({"date": ["2025"] * len(next(iter(columns.values()))), **columns})


def test_the_72_reported_incidents_are_read(incidents):
    assert len(incidents) == 72
    assert incidents["date_precision"].value_counts().to_dict() == {"day": 67, "month": 5}
    assert incidents["source_url"].str.startswith("http").all()
    assert incidents.crs == "EPSG:4326"


def test_rows_in_are_rows_accepted_and_rejected(file):
    rows = ["2025-03-11,Mach,1", "2025-02-30,Sibi,2", "2025-03-12,Quetta,many", "x", "2025,Kalat,"]
    incidents, rejected = geosec.read_incidents(
        file("date,location,fatalities\n" + "\n".join(rows) + "\n")
    )
    assert len(incidents) + len(rejected) == len(rows)
    assert rejected["line"].tolist() == [3, 4, 5]
    assert rejected["record"].str.len().gt(0).all()
    assert incidents.index.tolist() == ["row-2", "row-6"]


def test_a_second_row_of_one_id_is_rejected(file):
    _, rejected = geosec.read_incidents(
        file("incident_id,date,location\na,2025,Mach\na,2025,Sibi\n")
    )
    assert rejected["reason"].tolist() == ["incident_id 'a' stands already on line 2"]
    assert rejected["incident_id"].tolist() == ["a"]


def test_a_header_alone_is_an_empty_table(file):
    incidents, rejected = geosec.read_incidents(file("date,location\n"))
    assert (len(incidents), len(rejected)) == (0, 0)
    assert incidents["fatalities"].dtype == "Int64"


def test_hostile_text_is_kept_as_it_is(file):
    attack = "<img src=x onerror=alert(1)>`${1}`"
    incidents, rejected = geosec.read_incidents(
        file(f"date,location,summary\n2025,Mach,{attack}\nnever,Mach,{attack}\n")
    )
    assert incidents["summary"].tolist() == [attack]
    assert attack in rejected["record"].iloc[0]


def test_an_id_that_looks_like_a_made_one_loses_no_row(file):
    text = "incident_id,date,location\nrow-4,2025,Mach\nrow-4-2,2025,Hub\n,2025,Sibi\n,2025,Uch\n"
    incidents, rejected = geosec.read_incidents(file(text))
    assert incidents.index.tolist() == ["row-4", "row-4-2", "row-4-3", "row-5"]
    assert rejected.empty


@pytest.mark.parametrize(("kind", "most"), [("float32", 2**24), ("Float32", 2**24), ("f8", 2**53)])
def test_whole_numbers_that_a_float_does_not_hold_are_no_identifiers(kind, most):
    given = table(location=["Mach", "Sibi"], incident_id=[most - 1, most])
    incidents, rejected = geosec.read_incidents(given.astype({"incident_id": kind}))
    assert incidents.index.tolist() == [str(most - 1)]
    assert rejected["reason"].item().startswith(f"incident_id {most} may have lost digits")


@pytest.mark.parametrize("name", ["incident_id", "location", "admin1", "summary"])
@pytest.mark.parametrize("value", [["Sibi"], {"Sibi": 1}, ("Sibi",), np.array(["Sibi"]), b"Sibi"])
def test_a_cell_of_several_values_rejects_its_row(name, value):
    given = table(location=["Mach", "Mach"], **({name: ["a", "a"]} if name != "location" else {}))
    given[name] = pd.Series(["Mach", value])
    incidents, rejected = geosec.read_incidents(given)
    assert len(incidents) == 1
    said = rf"{name} holds .*, and one text or number is expected"
    assert re.fullmatch(said, rejected["reason"].item())


def test_an_index_called_incident_id_is_the_identifier():
    given = table(location=["Mach", "Sibi", "Quetta"])
    given.index = pd.Index(["ا", "ا", 7], name="incident_id")
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["ا", "7"]
    assert rejected["incident_id"].tolist() == ["ا"]


def test_blanks_round_an_identifier_make_no_other_one():
    given = table(location=["Mach", "Sibi", "Quetta"], incident_id=[" a ", "a", " "])
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["a", "row-3"]
    assert rejected["reason"].tolist() == ["incident_id 'a' stands already on line 1"]


def test_the_identifier_of_a_rejected_row_is_free_for_the_next():
    given = pd.DataFrame(
        {"id": ["a", "a"], "date": ["never", "2025"], "location": ["Mach", "Sibi"]}
    )
    incidents, rejected = geosec.read_incidents(given)
    assert incidents["location"].to_dict() == {"a": "Sibi"}
    assert rejected["line"].tolist() == [1]


def test_zero_is_an_identifier():
    incidents, _ = geosec.read_incidents(table(location=["Mach", "Sibi"], incident_id=[0, 1]))
    assert incidents.index.tolist() == ["0", "1"]


def test_days_years_and_periods_of_a_table_keep_their_precision():
    days = [date(2025, 3, 11), 2024, pd.Timestamp("2025-03-12T23:00Z"), "9999-12-31", "0001"]
    incidents, _ = geosec.read_incidents(pd.DataFrame({"date": days, "location": "Mach"}))
    assert incidents["date_precision"].tolist() == ["day", "year", "day", "day", "year"]
    assert incidents["date"].dt.year.tolist() == [2025, 2024, 2025, 9999, 1]


def test_half_a_character_is_told_and_stops_nothing():
    cells = {
        "incident_id": ["a\ud800", "b"],
        "date": ["2025-01-01"] * 2,
        "location": ["Sibi", "x\ud800"],
    }
    with pytest.warns(GeosecWarning, match="in 'incident_id', 'location', half a character"):
        incidents, rejected = geosec.read_incidents(pd.DataFrame(cells, dtype="object"))
    assert incidents["location"].to_dict() == {"a\ufffd": "Sibi", "b": "x\ufffd"}
    assert rejected.empty


@pytest.mark.parametrize("source", [None, 12, b"a.csv", ["a.csv"]])
def test_a_source_is_a_path_or_a_table(source):
    with pytest.raises(ParameterError, match="`source` takes the path of a file, and was given"):
        geosec.read_incidents(source)


def test_tolls_that_are_no_plain_number_keep_their_rows_and_say_so(file):
    path = file("date,location,fatalities\n2025,Mach,3+\n2025,Sibi,2\n2025,Quetta,4-6\n")
    with pytest.warns(
        GeosecWarning, match=r"of 2 rows is the low end .*'3\+', '4-6'.*words are in"
    ):
        incidents, rejected = geosec.read_incidents(path)
    assert incidents["fatalities"].tolist() == [3, 2, 4]
    assert incidents["fatalities_text"].tolist()[::2] == ["3+", "4-6"]
    assert rejected.empty


def test_identifiers_are_texts_and_missing_ones_no_duplicates():
    ids = [1001.0, None, 1003.0, None]
    incidents, rejected = geosec.read_incidents(table(id=ids, location=["Mach"] * 4))
    assert incidents.index.tolist() == ["1001", "row-2", "1003", "row-4"]
    assert rejected.empty


@pytest.mark.parametrize("name", ["incident_id", "event_id", "ID"])
def test_a_named_index_is_a_column(name):
    given = table(location=["Mach", "Sibi"]).set_axis(pd.Index([5, 6], name=name))
    assert geosec.read_incidents(given)[0].index.tolist() == ["5", "6"]


def test_a_second_id_and_a_bad_cell_are_both_told(file):
    _, rejected = geosec.read_incidents(file("id,date,location\na,2025,Mach\na,never,Sibi\n"))
    assert rejected["reason"].str.contains("stands already on line 2; date 'never' is none").all()


def test_the_order_of_day_and_month_may_be_said(file):
    path = file("date,location\n03/04/2025,Mach\n")
    assert geosec.read_incidents(path)[1]["reason"].str.contains("may be day/month").all()
    incidents, _ = geosec.read_incidents(path, day_first=True)
    assert incidents["date"].dt.date.tolist() == [date(2025, 4, 3)]
    with pytest.raises(ParameterError, match="`day_first` is True or False"):
        geosec.read_incidents(path, day_first="dmy")


def test_thousands_of_columns_are_read_with_their_cells(file):
    names = [f"c{at}" for at in range(3_000)]
    cells = [str(at) if at % 7 else "" for at in range(3_000)]
    lines = [["date", "location", *names], ["2025", "Mach", *cells], ["never", "Mach", *cells]]
    text = "".join(f"{','.join(line)}\n" for line in lines)
    incidents, rejected = geosec.read_incidents(file(text))
    (row,) = incidents[names].astype("object").where(incidents[names].notna(), "").to_numpy()
    assert row.tolist() == cells
    assert rejected["line"].tolist() == [3]
