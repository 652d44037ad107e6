"""The tables of a report, column by column."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.readings import Answer
from geosec.incidents.dates import RoughDate
from geosec.news.happenings import Happening
from geosec.news.plain_text import PlainText
from geosec.news.tables import make_event_table, make_place_table
from geosec.news.tolls import Count, Toll
from geosec.schema import COLUMNS, INDEX

TEXT = PlainText("On Tuesday two  died, and in Mach one more.")
NOWHERE = Answer("unmatched", reason="the report does not say where")
DTYPES = {column.name: column.dtype for column in COLUMNS}
BATTLE = Happening(
    0, "Battles", RoughDate(date(2025, 3, 11)), Toll(Count(2, 2), Count(4)), "Two  died."
)


@pytest.fixture(scope="module")
def mach():
    return load_interpreter(None).answer("Mach", is_place=True)


def record(location="Mach"):
    return {"location": location, "start": 3, "end": 7, "role": "event"}


def test_an_event_is_written_with_its_ends(mach):
    [row] = make_event_table(TEXT, [BATTLE], ["near Mach"], [mach]).itertuples()
    assert (row.fatalities, row.fatalities_low, row.fatalities_high) == (2, 2, 2)
    assert (row.injuries, row.injuries_low) == (4, 4)
    assert row.injuries_high is pd.NA
    assert (row.date, row.date_precision) == (pd.Timestamp("2025-03-11"), "day")
    assert (row.location, row.match_name, row.summary) == ("near Mach", "Mach", "Two died.")


def test_nothing_said_of_the_dead_is_nought_and_of_the_hurt_is_missing(mach):
    quiet = Happening(
        0, "Protests", RoughDate(date(2025, 3, 1), "month"), Toll(), "A rally was held."
    )
    [row] = make_event_table(TEXT, [quiet], ["Mach"], [mach]).itertuples()
    assert (row.fatalities, row.fatalities_low, row.injuries_low) == (0, 0, 0)
    assert row.injuries is row.fatalities_high is row.injuries_high is pd.NA


def test_a_row_without_a_place_has_a_reason_and_no_point(mach):
    table = make_event_table(TEXT, [BATTLE, BATTLE], [None, "Mach"], [NOWHERE, mach])
    assert table.geometry.isna().tolist() == [True, False]
    assert table["match_reason"].tolist()[0] == NOWHERE.reason
    assert table["location"].isna().tolist() == [True, False]
    assert table["match_score"].isna().tolist() == [True, False]


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_columns_have_the_types_of_the_contract_however_many_rows(mach, rows):
    events = make_event_table(TEXT, [BATTLE] * rows, ["Mach"] * rows, [mach] * rows)
    places = make_place_table([record()] * rows, [mach] * rows)
    for table in (events, places):
        shared = [name for name in table if name in DTYPES]
        assert {name: str(table[name].dtype) for name in shared} == {
            name: DTYPES[name] for name in shared
        }
        assert isinstance(table, gpd.GeoDataFrame)
        assert (table.crs, table["footprint"].crs) == ("EPSG:4326", "EPSG:4326")
        assert (table.index.name, str(table.index.dtype)) == (INDEX, "str")
        assert table.index.tolist() == [str(number) for number in range(rows)]


def test_offsets_are_whole_numbers(mach):
    places = make_place_table([record()], [mach])
    assert [str(places[name].dtype) for name in ("start", "end")] == ["int64", "int64"]
    assert places.columns[:5].tolist() == ["location", "start", "end", "role", "geometry"]


def test_the_ends_of_the_calendar_have_a_place_in_the_table(mach):
    first = Happening(0, "Battles", RoughDate(date(1, 1, 1)), Toll(), "A raid.")
    last = Happening(0, "Battles", RoughDate(date(9999, 12, 31)), Toll(), "A raid.")
    dates = make_event_table(TEXT, [first, last], ["Mach"] * 2, [mach] * 2)["date"]
    assert dates.dt.year.tolist() == [1, 9999]


@pytest.mark.parametrize(
    ("told", "words", "start", "end"),
    [
        (((11, 20),), "two died", 11, 20),
        (((11, 20), (34, 42)), "two died … one more", 11, 42),
        ((), -1, -1, -1),
    ],
)
def test_the_words_of_a_toll_and_a_day_stand_beside_them(mach, told, words, start, end):
    killed = BATTLE._replace(toll=Toll(Count(3, 3, told)), day_told=(3, 10))
    table = make_event_table(TEXT, [killed], ["Mach"], [mach])
    row = table.iloc[0]
    assert (row.date_text, row.date_start, row.date_end) == ("Tuesday", 3, 10)
    found = table[["fatalities_text", "fatalities_start", "fatalities_end"]].astype("object")
    assert found.iloc[0].fillna(-1).tolist() == [words, start, end]
