from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geosec
from geosec import SchemaError
from geosec.geocoding.geocoder import load_interpreter


def test_two_places_are_both_kept_with_weights():
    located = geosec.geocode(["Mach and Kolpur"], admin1="Balochistan")
    table = geosec.candidates(located)
    assert located["match_status"].item() == "ambiguous"
    assert table["match_name"].tolist() == ["Mach", "Kolpur", "none of these"]
    mach, kolpur, none = table["weight"]
    assert mach == kolpur > none > 0
    assert table["weight"].sum() == pytest.approx(1)
    assert located["uncertainty_m"].item() > 15_000


def test_coordinates_of_the_source_are_kept_and_their_code_becomes_the_footprint():
    table = pd.DataFrame(
        {
            "location": ["Quetta", "Quetta"],
            "latitude": [30.5, 30.5],
            "longitude": [67.5, 67.5],
            "precision_scheme": ["ucdp", "ucdp"],
            "precision_code": [2, 7],
        },
        index=["a", "b"],
    )
    located = geosec.geocode(table)
    assert located.geometry.iloc[0] == shapely.Point(67.5, 30.5)
    assert located["uncertainty_m"].iloc[0] == 24_367
    assert located["match_status"].tolist() == ["matched", "unmatched"]


def test_the_input_is_not_changed_and_the_index_is_kept(incidents):
    before = incidents.copy()
    located = geosec.geocode(incidents)
    pd.testing.assert_frame_equal(pd.DataFrame(incidents), pd.DataFrame(before))
    assert located.index.equals(incidents.index)
    assert isinstance(located, gpd.GeoDataFrame)
    assert located.crs == "EPSG:4326"


def test_geocoding_again_gives_the_same(incidents):
    once = geosec.geocode(incidents)
    pd.testing.assert_frame_equal(pd.DataFrame(geosec.geocode(once)), pd.DataFrame(once))


def test_a_gazetteer_of_ones_own():
    row = {"place_id": "my:1", "name": "Xanadu", "feature_class": "town", "adm1_code": "PK-BA"}
    place = pd.DataFrame([{**row, "latitude": 30.0, "longitude": 67.0}])
    gazetteer = geosec.Gazetteer.from_table(place) + geosec.load_gazetteer()
    located = geosec.geocode(["Xanadu"], admin1="Balochistan", gazetteer=gazetteer)
    assert located["match_id"].item() == "my:1"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Quetta", "takes a table or a list of phrases"),
        (pd.DataFrame({"place": ["Quetta"]}), "needs the column 'location'"),
    ],
)
def test_what_is_no_table_of_phrases_is_refused(given, told):
    with pytest.raises(SchemaError, match=told):
        geosec.geocode(given)


def test_candidates_of_a_table_in_metres_are_in_degrees():
    located = geosec.geocode(["Mirpur"])
    there = geosec.candidates(located.to_crs(32642)).geometry.x
    assert there.to_list() == pytest.approx(
        geosec.candidates(located).geometry.x.to_list(), nan_ok=True
    )


def test_a_list_of_phrases_is_numbered_and_a_table_keeps_its_own_columns():
    located = geosec.geocode(["Sibi", "Zzyzx"])
    assert located.index.tolist() == ["0", "1"]
    assert located.index.name == "incident_id"
    table = pd.DataFrame({"note": ["mine"], "location": ["Sibi"]}, index=["a"])
    kept = geosec.geocode(table)
    assert kept["note"].tolist() == ["mine"]
    assert kept.index.tolist() == ["a"]


def test_no_phrases_are_a_table_without_rows():
    located = geosec.geocode([])
    assert len(located) == 0
    assert located.crs == "EPSG:4326"


def test_a_province_of_the_row_wins_over_the_one_for_all():
    table = pd.DataFrame({"location": ["Mirpur"] * 2, "admin1": ["Sindh", None]})
    mine = geosec.geocode(table, admin1="Balochistan")["match_id"]
    alone = [geosec.geocode(["Mirpur"], admin1=name) for name in ("Sindh", "Balochistan")]
    assert mine.tolist() == [each["match_id"].item() for each in alone]


def test_equal_phrases_have_equal_answers_whatever_stands_between():
    located = geosec.geocode(["Sibi", "Dalbundin", "Mach station", "Sibi", "Dalbundin"])
    answers = located.drop(columns=["location"])
    for one, two in ((0, 3), (1, 4)):
        pd.testing.assert_series_equal(answers.iloc[one], answers.iloc[two], check_names=False)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", "  "])
def test_a_row_without_a_phrase_is_unmatched_and_says_so(missing):
    table = pd.DataFrame({"location": pd.Series([missing], dtype="object")})
    row = geosec.geocode(table).iloc[0]
    assert (row["match_status"], row["match_reason"]) == (
        "unmatched",
        "the report gives no location phrase",
    )


@pytest.mark.parametrize(
    ("phrase", "readings"),
    [("Sibi", 1), ("Mirpur", None), ("Hub and Uthal", 2), ("Zzyzx", 0), ("Kabul", 0)],
)
def test_candidates_list_every_reading_and_what_they_leave_open(phrase, readings):
    table = geosec.candidates(geosec.geocode([phrase]))
    if readings == 0:
        assert len(table) == 0
        return
    assert table["weight"].sum() == pytest.approx(1)
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["match_name"].iloc[-1] == "none of these"
    if readings is not None:
        assert len(table) == readings + 1


def test_candidates_of_what_is_not_geocoded_are_refused():
    with pytest.raises(SchemaError, match="`candidates` needs the columns"):
        geosec.candidates(gpd.GeoDataFrame({"location": ["Sibi"]}))


def test_an_interpreter_of_the_shipped_gazetteer_is_made_once():
    assert load_interpreter(None) is load_interpreter(None)
    gazetteer = geosec.load_gazetteer()
    assert load_interpreter(gazetteer).ground.gazetteer is gazetteer
