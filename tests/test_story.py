"""The reported incidents, the whole way: what a reader is promised."""

from __future__ import annotations

import pytest

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m


@pytest.mark.parametrize(
    ("phrase", "lat", "lon", "district"),
    [
        ("Quetta", 30.18, 67.00, "Quetta"),
        ("Kalat", 29.03, 66.59, "Kalat"),
        ("Gwadar", 25.12, 62.33, "Gwadar"),
    ],
)
def test_a_town_is_within_3_km_and_in_its_district(phrase, lat, lon, district):
    located = geosec.assign_boundaries(geosec.geocode([phrase], admin1="Balochistan"))
    point = located.geometry.iloc[0]
    assert geodesic_distance_m(lon, lat, point.x, point.y) < 3_000
    assert located["adm2_name"].item() == district


def test_the_train_is_on_ml_3_between_km_268_and_283():
    phrase = "the Jaffar Express between Pehro Kunri and Panir, Bolan"
    row = geosec.locate_on_rail(geosec.geocode([phrase])).iloc[0]
    assert row["rail_line"] == "ML-3"
    assert 268 <= row["rail_km_low"] <= row["rail_km"] <= row["rail_km_high"] <= 283
    assert (row["rail_prev_station"], row["rail_next_station"]) == ("Pehro Kunri", "Panir")


def test_at_least_65_of_72_are_matched_and_every_other_one_says_why(located):
    assert len(located) == 72
    matched = located["match_status"] == "matched"
    assert matched.sum() >= 65
    assert located.loc[~matched, "match_reason"].str.len().gt(0).all()


def test_none_is_placed_outside_its_stated_province(located):
    placed = located[located.geometry.notna()]
    wrong = placed[placed["adm1_name"] != placed["admin1"]]
    assert wrong["location"].tolist() == []


def test_every_placed_incident_has_a_radius_and_probabilities(located):
    placed = located[located.geometry.notna()]
    assert (placed["uncertainty_m"] > 0).all()
    for column in ("match_score", "adm1_prob", "adm2_prob", "rail_prob"):
        assert placed[column].between(0, 1).all(), column
