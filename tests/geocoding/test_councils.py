"""Names that are known as those of union councils only."""

from __future__ import annotations

import pytest

import geosec


@pytest.mark.parametrize(
    ("phrase", "admin1", "district"),
    [
        ("Dandar", "Balochistan", "PK-BA-kech"),
        ("Sheikh Muhammadi", "KP", "PK-KP-peshawar"),
        ("Matta Mughal Khel", "Khyber Pakhtunkhwa", "PK-KP-charsadda"),
        ("Koz Behram Dheri village", "KPK", "PK-KP-charsadda"),
        ("Torwarsak", "KP", "PK-KP-buner"),
        ("Nar Sultan Muqarab", "KP", "PK-KP-lakki-marwat"),
    ],
)
def test_a_council_is_found_in_its_province(phrase, admin1, district):
    (row,) = geosec.geocode([phrase], admin1=admin1).itertuples()
    assert row.match_status == "matched"
    assert row.match_id.startswith(f"uc:{district[6:]}")
    assert 0.6 < row.match_score < 0.9
    assert row.uncertainty_m > 25_000


@pytest.mark.parametrize("phrase", ["Sheikh Muhammadi", "Torwarsak", "Matta Mughal Khel area"])
def test_a_council_without_a_province_is_only_a_candidate(phrase):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "ambiguous"
    assert row.match_score < 0.5


@pytest.mark.parametrize(
    ("phrase", "admin1"),
    [("Sheikh Muhamadi", "KP"), ("Torwarsek", "KP"), ("Koz Bahrem Dheri", "KP")],
)
def test_no_guess_at_a_spelling_is_a_council(phrase, admin1):
    (row,) = geosec.geocode([phrase], admin1=admin1).itertuples()
    assert not str(row.match_id).startswith("uc:") or row.match_score < 0.7


@pytest.mark.parametrize(
    ("phrase", "admin1", "place_id"),
    [
        ("Khairabad town", "KP", "ev:khairabad-swat"),
        ("Balakot", "KP", "ev:balakot-mansehra"),
        ("Garang", "", "ev:garang-mohmand"),
        ("Khar", "KP", "gn:1174089"),
    ],
)
def test_a_place_of_the_name_goes_before_a_council_elsewhere(phrase, admin1, place_id):
    (row,) = geosec.geocode([phrase], admin1=admin1 or None).itertuples()
    assert row.match_id == place_id


def test_a_council_outside_the_stated_district_is_not_meant():
    (row,) = geosec.geocode(["Sheikh Muhammadi, Swat district"]).itertuples()
    assert row.match_id == "adm2:PK-KP-swat"


@pytest.mark.parametrize("phrase", ["Ahmad Khel", "Aba Khel village", "Shahab Khel", "Dallan"])
def test_no_council_is_in_the_tribal_areas_that_are_parts_of_its_district(phrase):
    table = geosec.candidates(geosec.geocode([phrase], admin1="FATA"))
    assert not table["match_id"].astype(str).str.startswith("uc:").any()


def test_beside_another_place_a_council_that_nothing_bears_out_is_unknown():
    (row,) = geosec.geocode(["Aman Kot area of Torwarsak near Mingora"]).itertuples()
    assert not str(row.match_id).startswith("uc:")
