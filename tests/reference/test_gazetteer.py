"""Gazetteers: made of a table, put together, and the one that ships."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import Gazetteer, SchemaError
from geosec.reference.gazetteer import (
    NUMBER_COLUMNS,
    TEXT_COLUMNS,
    load_gazetteer,
    load_roads,
)


def place(place_id, name="Sibi", **other):
    return {"place_id": place_id, "name": name, "feature_class": "town", **other}


TUFAN = {"place_id": "x:1", "name": "Tufanabad", "feature_class": "town", "country_code": "PK"}


def gazetteer(*rows, home=None):
    return Gazetteer.from_table(pd.DataFrame(rows), home=home)


def test_columns_that_are_not_given_are_there_and_empty():
    row = gazetteer(place("x:1")).places.loc["x:1"]
    assert set(row.index) == {*TEXT_COLUMNS, *NUMBER_COLUMNS}
    assert row["alt_names"] == ""
    assert pd.isna(row["latitude"])


def test_numbers_may_come_as_text_and_empty_cells_are_missing():
    places = gazetteer(place("x:1", latitude="29.54"), place("x:2", latitude="")).places
    assert places["latitude"].dtype == "float64"
    assert places["latitude"].isna().tolist() == [False, True]


def test_a_missing_name_is_empty_text_and_not_the_word_nan():
    assert gazetteer(place("x:1", name_ur=None), place("x:2", name_ur="سبی")).places[
        "name_ur"
    ].tolist() == ["", "سبی"]


@pytest.mark.parametrize("column", ["place_id", "name", "feature_class"])
def test_a_table_without_a_required_column_is_refused(column):
    table = pd.DataFrame([place("x:1")]).drop(columns=column)
    with pytest.raises(SchemaError, match=f"the table lacks {column}"):
        Gazetteer.from_table(table)


def test_two_rows_with_one_identifier_are_refused():
    with pytest.raises(SchemaError, match="'x:1' stands on two rows; make identifiers unique"):
        gazetteer(place("x:1"), place("x:1", "Mach"))


def test_a_joined_gazetteer_takes_what_both_have_from_the_first():
    mine, theirs = gazetteer(place("x:1", "Mine")), gazetteer(place("x:1", "Theirs"), place("x:2"))
    joined = mine + theirs
    assert joined.places["name"].to_dict() == {"x:1": "Mine", "x:2": "Sibi"}
    assert theirs.places.loc["x:1", "name"] == "Theirs"


def test_an_own_place_goes_before_the_shipped_one():
    own = gazetteer(place("gn:1167528", "Quetta as we map it"))
    assert (own + load_gazetteer()).places.loc["gn:1167528", "name"] == "Quetta as we map it"


def test_the_shipped_gazetteer_holds_places_roads_lines_and_neighbours():
    places = load_gazetteer().places
    assert places.index.is_unique
    assert {"gn:1167528", "adm1:PK-BA", "station:mach", "road:N-25", "line:ML-3"} <= set(
        places.index
    )
    assert {"PK", "AF", "IR", "IN", "CN"} <= set(places["country_code"])


def test_every_shipped_place_has_a_name_a_class_and_a_source():
    assert (load_gazetteer().places[["name", "feature_class", "source"]] != "").all(axis=None)


def test_the_number_of_a_road_is_one_of_its_names():
    assert "N-25" in load_gazetteer().places.loc["road:N-25", "alt_names"].split(";")


def test_roads_go_by_places_of_the_gazetteer():
    via = load_roads()["via"].str.split(";").explode()
    assert set(via) <= set(load_gazetteer().places.index)


def test_a_table_without_rows_is_a_gazetteer_that_knows_nothing():
    none = Gazetteer.from_table(pd.DataFrame(columns=["place_id", "name", "feature_class"]))
    assert (len(none.places), none.home) == (0, frozenset())
    assert geosec.geocode(["Sibi"], gazetteer=none)["match_status"].tolist() == ["unmatched"]


def test_making_one_leaves_the_table_alone():
    table = pd.DataFrame([{**TUFAN, "latitude": "29.5", "mine": 1}])
    Gazetteer.from_table(table)
    assert table.columns.tolist() == [*TUFAN, "latitude", "mine"]
    assert table["latitude"].tolist() == ["29.5"]


def test_columns_of_ones_own_are_left_out():
    assert "mine" not in gazetteer({**TUFAN, "mine": 1}).places.columns


def test_a_place_of_ones_own_is_found_where_it_is_said_to_be():
    own = gazetteer({**TUFAN, "latitude": 29.5, "longitude": 67.5, "name_ur": "طوفان آباد"})
    both = geosec.load_gazetteer() + own
    rows = geosec.geocode(["Tufanabad town", "Quetta"], gazetteer=both)
    assert rows["match_id"].tolist() == ["x:1", "gn:1167528"]
    assert (rows.geometry.iloc[0].x, rows.geometry.iloc[0].y) == (67.5, 29.5)
    assert geosec.geocode(["Tufanabad town"])["match_status"].tolist() == ["unmatched"]


@pytest.mark.parametrize(
    ("home", "expected"),
    [(None, {"PK", "IR"}), (["IR"], {"IR"}), ([], set()), (["PK", ""], {"PK"})],
)
def test_home_is_every_country_unless_it_is_said(home, expected):
    rows = TUFAN, {**TUFAN, "place_id": "x:2", "country_code": "IR"}, {**TUFAN, "place_id": "x:3"}
    assert gazetteer(*rows[:2], {**rows[2], "country_code": None}, home=home).home == expected


def test_places_of_no_home_are_recognised_as_outside():
    abroad = gazetteer(
        {**TUFAN, "country_code": "IR", "latitude": 29.5, "longitude": 60.9}, home=[]
    )
    rows = geosec.geocode(["Tufanabad"], gazetteer=geosec.load_gazetteer() + abroad)
    assert rows["match_status"].tolist() == ["outside"]


def test_a_country_is_taken_from_who_answers_it():
    answers = gazetteer({**TUFAN, "place_id": "ir:1", "country_code": "IR"})
    knows = gazetteer(TUFAN, {**TUFAN, "place_id": "x:9", "country_code": "IR"}, home=["PK"])
    for joined in (answers + knows, knows + answers):
        assert set(joined.places.index) == {"ir:1", "x:1"}
        assert joined.home == {"PK", "IR"}


def test_joining_a_gazetteer_with_itself_changes_nothing():
    one = gazetteer(TUFAN, {**TUFAN, "place_id": "x:2"})
    pd.testing.assert_frame_equal((one + one).places, one.places)


def test_the_same_identifier_twice_is_told_in_any_script():
    twice = {**TUFAN, "place_id": "مقام"}
    with pytest.raises(SchemaError, match="the place_id 'مقام' stands on two rows"):
        gazetteer(TUFAN, twice, twice)


@pytest.mark.parametrize("columns", [[], ["name"], ["place_id", "Name", "feature_class"]])
def test_what_is_missing_is_named_with_what_is_needed(columns):
    with pytest.raises(SchemaError, match="needs the columns place_id, name, feature_class"):
        Gazetteer.from_table(pd.DataFrame(columns=columns))


def test_shipped_places_of_home_lie_in_the_country_or_nowhere():
    places = geosec.load_gazetteer().places
    home = places[(places["country_code"] == "PK") & places["latitude"].notna()]
    assert home["latitude"].between(23.5, 37.1).all()
    assert home["longitude"].between(60.8, 77.9).all()
    assert places["positional_accuracy_m"].dropna().gt(0).all()


@pytest.mark.parametrize("told", ["", None, float("nan"), "nan"])
def test_a_coordinate_that_is_not_known_is_missing(told):
    places = gazetteer(
        {**TUFAN, "latitude": told}, {**TUFAN, "place_id": "x:2", "latitude": " 29.5"}
    )
    assert places.places["latitude"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("latitude", "north", "is 'north', and a number from -90 to 90"),
        ("latitude", 95, "is 95.*, and a number from -90 to 90"),
        ("longitude", 400, "is 400.*, and a number from -180 to 180"),
        ("extent_m", -1.0, "is -1.0, and a number of 0 or more"),
        ("population", "12,000", "is '12,000', and a number of 0 or more"),
    ],
)
def test_what_is_no_such_number_is_told_with_its_place(column, value, expected):
    with pytest.raises(SchemaError, match=f"the {column} of place 'x:2' {expected}"):
        gazetteer(TUFAN, {**TUFAN, "place_id": "x:2", column: value})


def test_one_country_may_be_named_by_itself():
    assert gazetteer(TUFAN, home="PK").home == {"PK"}


def test_a_number_as_identifier_is_told_as_a_number():
    with pytest.raises(SchemaError, match="the place_id 7 stands on two rows"):
        gazetteer({**TUFAN, "place_id": 7}, {**TUFAN, "place_id": 7})


def test_the_coastal_and_the_rcd_highway_go_by_their_numbers():
    roads = load_roads()
    assert roads.loc["N-25", "name"] == "RCD Highway"
    assert roads.index.is_unique
    assert {"name", "alt_names", "via", "source"} <= set(roads.columns)
