"""Phrases as `geosec.geocode` answers them, rule by rule."""

from __future__ import annotations

import pytest

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m


def geocode(phrase, admin1=None):
    return geosec.geocode([phrase], admin1=admin1).iloc[0]


@pytest.mark.parametrize(
    ("phrase", "admin1", "rule", "name"),
    [
        ("Kalat town", "Balochistan", "town", "Kalat"),
        ("Sibbi", "Balochistan", "town", "Sibi"),
        ("Quetta railway station", "Balochistan", "rail_station", "Quetta"),
        ("Civil Hospital in Hub", "Balochistan", "facility", "Hub"),
        ("Kech district", "Balochistan", "district", "Kech"),
        ("Balochistan province", None, "province", "Balochistan"),
        ("Bolan Pass", "Balochistan", "landmark", "Bolan Pass"),
        ("12 km south of Sibi", None, "offset", "12 km S of Sibi"),
        ("km 268 of the Rohri-Chaman line", None, "rail_km", "km 268 (ML-3)"),
        ("KM 1175 of ML-1", None, "rail_km", "km 1175 (ML-1)"),
        ("29.5430N, 67.8773E", None, "coordinates", "29.54300, 67.87730"),
        ("Makran Coastal Highway", None, "route", "Makran Coastal Highway"),
        ("کوئٹہ", None, "town", "Quetta"),
        ("Mach station", None, "rail_station", "Mach"),
        ("Pasni Cty", "Balochistan", "town", "Pasni"),
        ("Mirpur Kahas", "Sindh", "town", "Mirpur Khas"),
        ("Mach", "Balochistan", "town", "Mach"),
        ("Balochistan, Kalat", None, "town", "Kalat"),
        ("the Quetta-bound Jaffar Express near Sibi", None, "town", "Sibi"),
        ("the Jaffar Express route toward Peshawar", None, "route", "Jaffar Express route"),
        ("km post 57, Rohri-Jacobabad line", None, "rail_km", "km 57 (ML-3)"),
        ("Kanrak mountains near Dera Bugti", None, "town", "Dera Bugti"),
        ("29 deg 32 min N, 67 deg 52 min E", None, "coordinates", "29.53333, 67.86667"),
        ("67.0014E, 30.1841N", None, "coordinates", "30.18410, 67.00140"),
    ],
)
def test_each_rule(phrase, admin1, rule, name):
    row = geocode(phrase, admin1)
    assert (row["match_status"], row["match_rule"], row["match_name"]) == ("matched", rule, name)


@pytest.mark.parametrize(
    ("phrase", "admin1", "status", "why"),
    [
        ("Jaffar Express", None, "unmatched", "a train"),
        ("Peshawar Zalmi", None, "unmatched", "a name of its own"),
        ("Xanadu", None, "unmatched", "no place of the gazetteer"),
        ("Quetta", "Sindh", "unmatched", "not known in Sindh"),
        ("Spin Boldak, Kandahar province", None, "outside", "Afghanistan"),
        ("Zahedan, Iran", None, "outside", "Iran"),
        ("12 km W of Spin Boldak", None, "outside", "Afghanistan"),
        ("", None, "unmatched", "no location phrase"),
        ("km 9000 of ML-3", None, "unmatched", "has a km 9000"),
        ("Nur", None, "unmatched", "also a word"),
        ("Mach", None, "unmatched", "also a word"),
        ("Khan of Kalat", None, "unmatched", "a person"),
        ("Punjab police", None, "unmatched", "those who serve there"),
        ("Balochistan High Court", None, "unmatched", "where it stands is not known"),
        ("67.0014, 30.1841", None, "unmatched", "swap them"),
        ("34.5553 N, 69.2075 E", None, "outside", "outside Pakistan"),
        ("95.1234, 67.1234", None, "unmatched", "on no globe"),
        ("Khost", None, "outside", "a village at home is named alike"),
        ("Pishin in Iran", None, "outside", "Iran"),
    ],
)
def test_what_is_not_placed_says_why(phrase, admin1, status, why):
    row = geocode(phrase, admin1)
    assert row["match_status"] == status
    assert row["geometry"] is None
    assert why in row["match_reason"]


def test_a_stretch_of_line_is_the_footprint():
    row = geocode("the Jaffar Express between Pehro Kunri and Panir, Bolan")
    assert row["footprint"].geom_type == "LineString"
    assert row["match_id"] == "rail:ML-3:268-283"


def test_a_track_in_a_district_is_the_railway_in_it():
    row = geocode("railway track in Jaffarabad district", "Balochistan")
    district = geosec.load_boundaries("adm2").geometry["PK-BA-jaffarabad"]
    assert row["footprint"].geom_type == "LineString"
    assert row["footprint"].within(district.buffer(0.001))


def test_vague_words_widen_the_radius():
    radii = [geocode(phrase)["uncertainty_m"] for phrase in ("Sibi", "near Sibi")]
    assert radii[1] > radii[0] + 9_000


def test_a_direction_without_a_distance_lies_on_that_side():
    row = geocode("to the west of Quetta")
    assert row["geometry"].x < geocode("Quetta")["geometry"].x
    half = geocode("north of Kech district")["footprint"]
    assert 0.3 < half.area / geocode("Kech district")["footprint"].area < 0.7


def test_what_is_left_over_is_told_and_costs_score():
    told, plain = geocode("Quetta, Zzyzx"), geocode("Quetta")
    assert told["match_reason"] == "'Zzyzx' not understood"
    assert told["match_score"] < plain["match_score"]


def test_a_larger_town_has_a_larger_radius():
    assert geocode("Karachi")["uncertainty_m"] > 2 * geocode("Sibi")["uncertainty_m"]


def test_an_unknown_quarter_is_placed_in_its_town_and_says_so():
    row = geocode("Zzyzx Chowk, Quetta", "Balochistan")
    assert row["match_name"] == "Quetta"
    assert "'Zzyzx Chowk' not in the gazetteer" in row["match_reason"]


def test_a_district_newer_than_the_polygons_says_whose_polygon_is_used():
    row = geocode("Sohbatpur district", "Balochistan")
    assert "Jaffarabad" in row["match_reason"]


def test_an_offset_lies_where_it_says():
    row = geocode("12 km south of Sibi")
    away_m = geodesic_distance_m(67.87726, 29.54299, row["geometry"].x, row["geometry"].y)
    assert float(away_m) == pytest.approx(12_000, abs=1)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("Spezand–Koh-e-Taftan (Zahedan) Line (Main Line 4)", "ML-4"),
        ("near the Spezand–Taftan (Zahedan) railway line", "ML-4"),
        ("Bostan Jn", None),
        ("Jacobabad Junction", None),
    ],
)
def test_a_bracket_in_the_name_of_a_line_and_the_name_of_a_junction_are_read(phrase, line):
    found = geosec.geocode([phrase]).iloc[0]
    assert found["match_status"] == "matched"
    assert found["match_score"] > 0.7
    assert line is None or line in found["match_name"]
