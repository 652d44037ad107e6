from __future__ import annotations

from dataclasses import replace
from math import nan, pi, sqrt

import pytest

from geosec.geocoding.placing.places import Place, make_places, measure_extent_m

TOWN = Place("x", "X", "town", "PK", "PK-BA", "", 67.0, 30.0, 0.0, 0.0, 1_000.0)


@pytest.mark.parametrize(
    ("kind", "population", "own_m", "expected_m"),
    [
        ("town", 0, 0, 2_000),
        ("town", 2_000, 0, 2_000),
        ("town", 1_000_000, 0, sqrt(1_000_000 / 5_000 / pi) * 1_000),
        ("village", 0, 0, 1_500),
        ("airport", 0, 0, 3_000),
        ("hospital", 1_000_000, 0, 1_000),
        ("town", 1_000_000, 12_000, 12_000),
        ("town", 0, 500, 2_000),
    ],
)
def test_a_place_is_as_large_as_it_is_told_or_as_its_people_need(
    kind, population, own_m, expected_m
):
    place = replace(TOWN, feature_class=kind, population=population, extent_m=own_m)
    assert measure_extent_m(place) == pytest.approx(expected_m)


def test_a_place_without_a_coordinate_has_no_point():
    assert TOWN.has_point
    assert not replace(TOWN, lon=nan, lat=nan).has_point


def test_a_place_is_a_row_of_the_gazetteer_and_cautious_where_the_row_is_silent():
    row = {
        "name": "Sibi",
        "feature_class": "town",
        "country_code": "PK",
        "adm1_code": "PK-BA",
        "adm2_code": "PK-BA-sibi",
        "latitude": 29.5,
        "longitude": 67.9,
        "population": nan,
        "mentions": nan,
        "extent_m": nan,
        "positional_accuracy_m": nan,
        "note": "",
        "source": "a list",
    }
    place = make_places({"x": row}, {"PK"})["x"]
    assert (place.place_id, place.name, place.lon, place.lat) == ("x", "Sibi", 67.9, 29.5)
    assert (place.population, place.extent_m, place.accuracy_m) == (0, 0, 2_000)
    told = make_places(
        {"x": row | {"positional_accuracy_m": 500.0, "population": 64_000.0}}, {"PK"}
    )["x"]
    assert (told.population, told.accuracy_m) == (64_000, 500)
    assert told.is_home
    assert not told.is_reported
    event = make_places({"x": row | {"source": "UCDP GED event 1 (CC BY 4.0)"}}, {"PK"})["x"]
    assert event.is_reported


@pytest.mark.parametrize(("country", "is_home"), [("PK", True), ("", True), ("AF", False)])
def test_home_is_a_country_that_is_answered_or_one_that_is_not_known(country, is_home):
    texts = dict.fromkeys(
        ["name", "feature_class", "adm1_code", "adm2_code", "note", "source"], "x"
    )
    numbers = dict.fromkeys(
        ["latitude", "longitude", "population", "mentions", "extent_m", "positional_accuracy_m"],
        1.0,
    )
    row = {**texts, **numbers, "country_code": country}
    assert make_places({"x": row}, {"PK"})["x"].is_home is is_home


def test_a_place_knows_the_row_of_its_class():
    assert TOWN.row.rule == "town"
    assert replace(TOWN, feature_class="volcano").row.name == "other"
