"""Which column means which: usual names, own names, double and missing ones."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import ParameterError, SchemaError
from geosec.incidents.columns import ALIASES, fold_name, match_columns
from geosec.schema import INDEX, list_columns


def table(**columns):
    return pd.DataFrame({"date": ["2025"] * len(next(iter(columns.values()))), **columns})


def test_usual_names_are_understood(file):
    incidents, _ = geosec.read_incidents(
        file("Event Date,LAT,Lng,Deaths\n2025-03-11,30.2,67.0,3\n")
    )
    assert incidents["fatalities"].tolist() == [3]
    assert incidents.geometry.iloc[0].coords[0] == (67.0, 30.2)


def test_own_names_are_mapped_and_other_columns_stay(file):
    incidents, _ = geosec.read_incidents(
        file("Tag,Ort,Wetter\n2025-03-11,Mach,heiter\n"), columns={"Tag": "date", "Ort": "location"}
    )
    assert incidents["location"].tolist() == ["Mach"]
    assert incidents["Wetter"].tolist() == ["heiter"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day,location\n2025,Mach\n", "For 'date', "),
        ("date,plaice\n2025,Mach\n", "incidents need a date, and a location"),
        ("date,location,location\n2025,Mach,Mach\n", "two columns are called 'location'"),
        ("date,location,Location\n2025,Mach,Mach\n", "both mean 'location'"),
    ],
)
def test_columns_that_are_missing_or_double_are_told(file, text, told):
    with pytest.raises(SchemaError, match=told):
        geosec.read_incidents(file(text))


def test_a_mapping_of_a_column_that_is_not_there_is_told(file):
    with pytest.raises(ParameterError, match="`columns` names 'Datum', which is not there"):
        geosec.read_incidents(file("date,location\n"), columns={"Datum": "date"})


def test_columns_of_the_source_stand_behind_those_of_the_contract():
    given = pd.DataFrame({"Wetter": ["heiter"], "location": ["Mach"], "date": ["2025"]})
    incidents, _ = geosec.read_incidents(given)
    assert incidents.columns.tolist()[:2] == ["date", "date_precision"]
    assert incidents.columns.get_loc("Wetter") > incidents.columns.get_loc("precision_scheme")


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["location", "place"], "place"),  # the name of the contract goes before the usual one
        (["location", "Deaths", "killed", "fatalities"], "killed"),
    ],
)
def test_a_usual_name_stays_as_it_is_where_the_contracts_is_there(names, kept):
    incidents, _ = geosec.read_incidents(table(**{name: ["1"] for name in names}))
    assert kept in incidents.columns


def test_two_usual_names_of_one_column_are_told():
    with pytest.raises(SchemaError, match="'deaths' and 'killed' both mean 'fatalities'"):
        geosec.read_incidents(table(location=["Mach"], deaths=["1"], killed=["1"]))


def test_which_of_two_is_meant_can_be_said():
    given = table(location=["Mach"], deaths=["1"], killed=["2"])
    incidents, _ = geosec.read_incidents(given, columns={"killed": "of_them"})
    assert incidents[["fatalities", "of_them"]].iloc[0].tolist() == [1, "2"]


def test_a_mapping_is_answered_with_a_near_name():
    with pytest.raises(ParameterError, match="did you mean 'Ort'"):
        geosec.read_incidents(table(Ort=["Mach"]), columns={"ort": "location"})


@pytest.mark.parametrize("alias", ALIASES)
def test_every_usual_name_is_folded_and_means_a_column_of_the_contract(alias):
    assert fold_name(alias) == alias
    assert ALIASES[alias] in {INDEX, *list_columns("read")}
    assert alias not in {INDEX, *list_columns("read")}


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Event  Date", "event_date"), (" LAT ", "lat"), ("source__URL", "source_url"), ("دن", "دن")],
)
def test_a_name_is_folded(name, folded):
    assert fold_name(name) == folded


def test_a_name_that_is_given_comes_before_a_usual_one():
    found = ["date", "place", "where"]
    assert match_columns(found, {"where": "location", "place": "place_type"}) == {
        "date": "date",
        "place": "place_type",
        "where": "location",
    }


def test_a_wide_table_is_matched_in_linear_time():
    class Name(str):
        """A name that counts how often it is compared."""

        __slots__ = ()
        compared = 0

        def __eq__(self, other):
            Name.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    width = 2_000
    found = [Name(name) for name in ["date", "location", *map(str, range(width))]]
    assert list(match_columns(found, {}).values()) == found
    Name.compared = 0
    match_columns(found, {})
    assert Name.compared < 20 * width


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ("fatalitis", "'fatalitis', which is no name .* did you mean 'fatalities'"),
        ("deaths", "did you mean 'fatalities'"),
    ],
)
def test_a_name_given_that_is_none_of_ours_is_warned_of_and_kept(ours, told):
    given = table(location=["Quetta"], Tote=[3])
    with pytest.warns(geosec.GeosecWarning, match=told):
        incidents, _ = geosec.read_incidents(given, columns={"Tote": ours}, kind="plain")
    assert incidents[ours].tolist() == [3]
    with pytest.warns(geosec.GeosecWarning, match=told):
        geosec.describe_columns(given, columns={"Tote": ours})


def test_names_that_are_read_are_not_warned_of(recwarn):
    given = table(location=["Quetta"], Tote=[3])
    geosec.read_incidents(given, columns={"Tote": "fatalities", "location": "location"})
    geosec.read_incidents(given, columns={"Tote": "set_aside"})
    assert not recwarn.list


def test_numbered_columns_are_named_by_their_numbers():
    numbered = pd.DataFrame({0: ["2025-03-11"], 1: ["Mach"]})
    incidents, _ = geosec.read_incidents(numbered, columns={0: "date", 1: "location"})
    assert incidents["location"].tolist() == ["Mach"]


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"x": "geometry"}, ParameterError, "call polygons and lines in WKT 'footprint'"),
        ({"x": None}, ParameterError, "takes a name of ours, and was given None"),
        ({"date": "beside"}, SchemaError, "For 'date', known are 'location' and 'x'"),
    ],
)
def test_names_that_cannot_be_are_refused(given, error, told):
    found = table(location=["Mach"], x=["POINT (67 30)"])
    with pytest.raises(error, match=told):
        geosec.read_incidents(found, columns=given)


def test_a_table_without_columns_is_told_to_have_none():
    with pytest.raises(SchemaError, match="the table has no columns"):
        geosec.read_incidents(pd.DataFrame())
