"""Gazetteers: made of a table, joined, and the one that ships."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.errors import SchemaError
from geosec.reference.gazetteer import (
    NUMBER_COLUMNS,
    TEXT_COLUMNS,
    Gazetteer,
    load_gazetteer,
    load_roads,
)


def gazetteer(*rows):
    return Gazetteer.from_table(pd.DataFrame(rows))


def place(place_id, name="Sibi", **other):
    return {"place_id": place_id, "name": name, "feature_class": "town", **other}


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
