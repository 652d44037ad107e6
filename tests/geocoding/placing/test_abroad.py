"""What is abroad, and what only bears a name of there."""

from __future__ import annotations

from dataclasses import replace

import pytest

import geosec
from geosec.geocoding.placing.abroad import drop_namesakes, find_across, is_known_abroad, is_local
from geosec.geocoding.placing.containers import Container
from geosec.geocoding.placing.places import Place
from geosec.language import tags

KANDAHAR = Place("k", "Kandahar", "town", "AF", "", "", 65.71, 31.61, 600_000.0, 0.0, 0.0)
KANDAHAR = replace(KANDAHAR, is_home=False)
AT_BORDER, FAR = {"lon": 61.45, "lat": 29.0}, {"lon": 46.4, "lat": 33.6}


@pytest.mark.parametrize(
    ("people", "where", "nouns", "known"),
    [
        (600_000.0, {}, "", True),
        (600_000.0, {}, tags.AREA, True),  # large and near
        (9_000.0, AT_BORDER, "", True),
        (0.0, AT_BORDER, "", True),  # nobody knows how many live there
        (9_000.0, AT_BORDER, tags.FACILITY, True),
        (9_000.0, AT_BORDER, tags.VILLAGE, False),
        (9_000.0, {"lon": 64.5, "lat": 33.5}, "", False),  # small, and not at the border
        (140_000.0, FAR, "", False),
        (8_000_000.0, FAR, "", True),
        (8_000_000.0, FAR, tags.FACILITY, False),  # a crossing named after a metropolis
        (8_000_000.0, FAR, tags.ROAD, False),
    ],
)
def test_a_town_abroad_is_known_if_large_or_near(ground, people, where, nouns, known):
    town = replace(KANDAHAR, population=people, **where)
    assert is_known_abroad(town, ground, str(nouns)) is known


def test_a_country_is_known_and_no_place_at_home_is_abroad(ground):
    assert is_known_abroad(replace(KANDAHAR, feature_class="country", **FAR), ground)
    assert not is_known_abroad(replace(KANDAHAR, is_home=True), ground)


@pytest.mark.parametrize(
    ("nouns", "local"),
    [
        ("", False),
        (tags.AREA, True),
        (tags.ROAD, True),
        (tags.DISTRICT, False),
        (tags.BORDER, False),
    ],
)
def test_a_noun_of_something_small_is_local(nouns, local):
    assert is_local(str(nouns)) is local


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Amritsar, Punjab", "IN"),
        ("Zahedan, Balochistan", "IR"),
        ("Kandahar, Balochistan", "AF"),
        ("Zahedan, Sindh", ""),  # not near that province
        ("Zahedan", ""),
        ("Quetta, Balochistan", ""),
        ("Zzyzx, Balochistan", ""),
    ],
)
def test_a_town_across_the_border_of_a_province_of_that_name_is_abroad(
    ground, phrase_of, phrase, country
):
    assert find_across(phrase_of(phrase).items, ground) == country


def test_a_country_in_a_district_at_home_is_a_namesake(phrase_of):
    items = phrase_of("Bahrain, Swat").items
    bahrain, swat = Container("country", "BH"), Container("district", "PK-KP-swat")
    assert drop_namesakes([bahrain, swat], [0, 1], items) == [swat]
    assert drop_namesakes([bahrain], [0], items) == [bahrain]
    assert drop_namesakes([bahrain, swat], [1, 0], items) == [bahrain, swat]
    assert drop_namesakes([], [], items) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "Bahrain, Swat",
        "Bahrain valley",
        "Gaza area of Kalat district",
        "Tirah",
        "dubai chowk in Lahore",
        "Ferozepur Road, Lahore",
        "Faizabad, Rawalpindi",
        "Baghdad, Bahawalpur",
        "Japan Power Plant, Lahore",
    ],
)
def test_what_is_at_home_is_answered_though_its_name_is_one_of_abroad(phrase):
    (status,) = geosec.geocode([phrase])["match_status"]
    assert status == "matched"


@pytest.mark.parametrize(
    "phrase",
    ["Amritsar, Punjab", "Zahedan, Balochistan", "Kandahar", "Khost", "Chabahar port", "Iran"],
)
def test_what_is_abroad_is_outside(phrase):
    (status,) = geosec.geocode([phrase])["match_status"]
    assert status == "outside"


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        *[(each, "India") for each in ("Kutch", "Rann of Kutch", "Kashmir Valley", "Kargil")],
        *[(each, "India") for each in ("Pulwama, Kashmir", "Shopian, Kashmir", "Uri, Kashmir")],
        *[(each, "India") for each in ("Jammu", "Ladakh", "Bhuj", "Leh, Ladakh", "Fazilka")],
        *[(each, "Afghanistan") for each in ("Wakhan", "Wakhan corridor", "Bagram", "Helmand")],
        *[(each, "Afghanistan") for each in ("Tora Bora", "Loya Paktia", "Registan desert")],
        *[
            ("Sistan", "Iran"),
            ("Seistan", "Iran"),
            ("Pamir", "Tajikistan"),
            ("Pamirs", "Tajikistan"),
        ],
        *[("Aksai Chin", "China"), ("Kashgar", "China")],
    ],
)
def test_regions_abroad_are_outside_and_no_namesakes_at_home(phrase, country):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "outside"
    assert country in row.match_reason


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        *[(each, "division:makran-division") for each in ("Makran", "Mekran", "Makran Division")],
        *[(f"{each} Kashmir", "adm1:PK-JK") for each in ("Pakistani", "Pakistan-ruled", "Azad")],
        ("Muzaffarabad, Kashmir", "gn:1169607"),
        ("Keran, Kashmir", "lm:keran"),
        ("Kech", "adm2:PK-BA-kech"),
        ("Battagram", "gn:1183105"),
    ],
)
def test_regions_at_home_are_not_taken_for_those_abroad(phrase, place_id):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_id == place_id


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        *[("Torkham, Afghanistan", "Afghanistan"), ("Torkham in Afghanistan", "Afghanistan")],
        *[("Torkham (Afghanistan)", "Afghanistan"), ("Ghulam Khan, Afghanistan", "Afghanistan")],
        *[("Kharlachi, Afghanistan", "Afghanistan"), ("Torkham, Nangarhar", "Afghanistan")],
        *[("Angoor Adda, Paktika", "Afghanistan"), ("Chaman, Afghanistan", "Afghanistan")],
        *[("Wagah, India", "India"), ("Wagah (India)", "India"), ("Taftan, Iran", "Iran")],
        *[("Friendship Gate, Afghanistan", "Afghanistan"), ("Khunjerab Pass, China", "China")],
    ],
)
def test_a_crossing_that_is_told_to_be_abroad_is_outside(phrase, country):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "outside"
    assert country in row.match_reason


@pytest.mark.parametrize(
    "phrase",
    [
        *("Torkham", "Torkham border with Afghanistan", "Torkham border crossing, Khyber"),
        *("Taftan border gate with Iran", "Wagah border with India", "Torkham, Pakistan"),
    ],
)
def test_a_crossing_at_the_border_with_a_country_is_at_home(phrase):
    (status,) = geosec.geocode([phrase])["match_status"]
    assert status == "matched"


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("Faizabad", "none at home is known by that name"),
        ("Muradabad", "none at home is known by that name"),
        ("dubai chowk", "none at home is known by that name"),
        ("Kashmir", "lies in Pakistan (Azad Kashmir, Gilgit-Baltistan) and in India"),
        ("the Kashmir region", "say in which part"),
        ("کشمیر", "say in which part"),
        ("Zzyzx village, Kashmir", "say in which part; 'Zzyzx village' is not known"),
        ("Hindu Kush", "lies in Afghanistan and in Pakistan"),
        ("Karakoram", "lies in Pakistan, in India and in China"),
        ("Siachen", "lies in ground that Pakistan and India both claim"),
        ("Karakoram Express", "names a train"),
        ("Wana Tangi", "is a name of its own"),
        ("Mohmand Gat", "is a name of its own"),
        ("Bara Ghundi", "is a name of its own"),
        ("Zarin Darra area", "is a name of its own"),
        ("12 km south of Wana Tangi", "'Wana Tangi' is a name of its own"),
        ("between Wana Tangi and Mach", "'Wana Tangi' is a name of its own"),
        ("Turbat Zzyzx village", "is a name of its own"),
    ],
)
def test_what_is_neither_here_nor_there_is_refused_with_a_reason(phrase, reason):
    found = geosec.geocode([phrase]).iloc[0]
    assert found["match_status"] == "unmatched"
    assert reason in found["match_reason"]


@pytest.mark.parametrize(
    "phrase",
    [
        *("Quetta, Texas", "Lahore, Virginia", "Karachi, New York", "Faisalabad, Ontario"),
        *("Peshawar, Kenya", "Multan, Chile", "Georgia", "Hyderabad, Scotland"),
    ],
)
def test_a_state_or_country_far_away_is_abroad(phrase):
    assert geosec.geocode([phrase])["match_status"].item() == "outside"
