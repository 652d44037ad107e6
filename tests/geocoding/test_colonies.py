"""Colonies and gates that bear the name of a town, which mostly lie in another."""

from __future__ import annotations

import pytest

import geosec


@pytest.mark.parametrize(
    ("phrase", "admin1"),
    [
        *[("Dir Colony", "KP"), ("Bannu Colony", "KP"), ("Bannu Colony", None)],
        *[("Multan Colony", None), ("Sibi Colony", "Balochistan"), ("Lahore Gate", None)],
        *[("Peshawar Gate", "KP"), ("Hyderabad Colony", "Sindh"), ("Chitral Colony", None)],
        *[("Orakzai Colony", "KP"), ("Mohmand Colony", None), ("Turbat Gate", "Balochistan")],
    ],
)
def test_alone_it_is_only_perhaps_at_its_namesake(phrase, admin1):
    (row,) = geosec.geocode([phrase], admin1=admin1).itertuples()
    assert row.match_status == "ambiguous"
    assert row.match_score < 0.5
    assert "and perhaps in another town" in row.match_reason


@pytest.mark.parametrize(
    ("phrase", "town"),
    [
        ("Mianwali Colony, Karachi", "Karachi"),
        ("Swabi Colony, Nowshera", "Nowshera"),
        ("Delhi Gate, Lahore", "Lahore"),
        ("Khyber Colony, Peshawar", "Peshawar"),
        ("Afridi Colony, Peshawar", "Peshawar"),
        ("Railway Colony, Sibi", "Sibi"),
    ],
)
def test_in_another_town_it_is_placed_there(phrase, town):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "matched"
    assert row.match_name == town


def test_the_colony_that_events_name_is_itself():
    (row,) = geosec.geocode(["Dir Colony, Peshawar"]).itertuples()
    assert row.match_id == "ev:dir-peshawar"


@pytest.mark.parametrize(
    "phrase", ["Bannu Chowk", "Sibi Bazaar", "Friendship Gate", "Torkham gate"]
)
def test_a_bazaar_a_crossroads_and_a_crossing_are_where_their_name_says(phrase):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "matched"
    assert row.match_score > 0.85
