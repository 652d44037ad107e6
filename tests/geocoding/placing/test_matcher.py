from __future__ import annotations

import pandas as pd
import pytest

from geosec import Gazetteer
from geosec.geocoding.geocoder import interpreter_for
from geosec.geocoding.grammar.language import load_language
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.ground import Ground
from geosec.geocoding.placing.matcher import NOTHING_KNOWN, Context, Matcher
from geosec.reference.names import Name

BALOCHISTAN, PUNJAB, SINDH = (frozenset({code}) for code in ("PK-BA", "PK-PB", "PK-SD"))
COLUMNS = ["place_id", "name", "feature_class", "adm1_code", "adm2_code"]
COLUMNS += ["latitude", "longitude", "population"]
PLACES = [
    ("big", "Twinton", "town", "PK-BA", "PK-BA-kech", 26.0, 63.0, 90_000),
    ("small", "Twinton", "town", "PK-PB", "PK-PB-lahore", 31.5, 74.3, 10_000),
    ("tiny", "Twinton", "village", "PK-PB", "PK-PB-multan", 30.2, 71.5, 0),
    ("stop", "Halt", "rail_station", "PK-BA", "PK-BA-sibi", 29.55, 67.88, 0),
    ("halt", "Halt", "town", "PK-BA", "PK-BA-sibi", 29.54, 67.87, 5_000),
    ("far-stop", "Halt", "rail_station", "PK-SD", "PK-SD-sukkur", 27.7, 68.85, 0),
    ("abroad", "Overton", "town", "", "", 31.6, 65.7, 50_000),
    ("beyond", "Farton", "town", "", "", 31.7, 65.8, 50_000),
    ("home", "Overton", "town", "PK-BA", "PK-BA-chagai", 28.9, 64.4, 50_000),
]


@pytest.fixture(scope="module")
def ground():
    table = pd.DataFrame(PLACES, columns=COLUMNS).assign(country_code="PK")
    table.loc[table["place_id"].isin(["abroad", "beyond"]), "country_code"] = "AF"
    return Ground(Gazetteer.from_table(table, home=["PK"]))


@pytest.fixture(scope="module")
def matcher(ground):
    return Matcher(ground, load_language().wants)


@pytest.fixture(scope="module")
def find(ground, matcher):
    """Weigh a name: find("Twinton") gives the weight of each place_id, the heaviest first."""

    def found(name, nouns="", context=NOTHING_KNOWN):
        candidates = matcher.candidates(Item(name, ground.names.find(name), nouns), context)
        return {each.place.place_id: each.weight for each in candidates}

    return found


@pytest.fixture(scope="module")
def around():
    """Read the containers off a phrase about Pakistan."""
    reader = interpreter_for(None)
    matcher = Matcher(reader.ground, reader.language.wants)
    names, language = reader.ground.names, reader.language
    return lambda text: matcher.containers(parse_phrase(text, names, language).items)


def test_towns_of_one_name_are_weighed_by_their_people(find):
    weights = find("Twinton")
    assert list(weights) == ["big", "small"]  # the village has less than 5 % and is dropped
    assert weights["big"] / weights["small"] == pytest.approx(9)
    assert sum(weights.values()) == pytest.approx(1)


def test_a_province_leaves_out_what_lies_elsewhere(find):
    assert find("Twinton", context=Context(BALOCHISTAN)) == {"big": 1.0}
    assert "big" not in find("Twinton", context=Context(PUNJAB))
    assert find("Twinton", context=Context(SINDH)) == {}


def test_a_district_that_is_named_decides(find):
    assert find("Twinton", context=Context(districts=frozenset({"PK-PB-multan"}))) == {"tiny": 1.0}


def test_a_district_without_such_a_place_changes_no_share(find):
    elsewhere = find("Twinton", context=Context(districts=frozenset({"PK-SD-dadu"})))
    assert elsewhere == pytest.approx(find("Twinton"))


def test_a_noun_asks_for_its_class(find):
    assert set(find("Halt", "S")) == {"stop", "far-stop"}
    assert list(find("Halt", "T")) == ["halt"]


def test_a_noun_that_no_place_fits_leaves_all(find):
    assert set(find("Halt", "D")) == set(find("Halt"))


def test_a_station_in_its_town_is_the_town(find):
    assert "stop" not in find("Halt")
    assert "far-stop" in find("Halt")


def test_of_equal_towns_the_one_at_home_is_meant(find):
    weights = find("Overton")
    assert weights.get("abroad", 0) < 0.05 < weights["home"]


def test_a_country_that_is_named_leaves_its_places_only(find):
    assert find("Overton", context=Context(country="AF")) == {"abroad": 1.0}
    assert find("Twinton", context=Context(country="AF")) == {}


def test_a_province_rules_places_abroad_out(find):
    assert find("Overton", context=Context(BALOCHISTAN)) == {"home": 1.0}
    assert find("Farton", context=Context(BALOCHISTAN)) == {}
    assert find("Farton") == {"beyond": 1.0}


def test_a_guessed_spelling_must_agree_with_the_district(matcher):
    guess = Item("Twintun", Name(("big",), 0.88))
    kech, sibi = (Context(districts=frozenset({code})) for code in ("PK-BA-kech", "PK-BA-sibi"))
    assert [each.place.place_id for each in matcher.candidates(guess, kech)] == ["big"]
    assert matcher.candidates(guess, sibi) == ()


def test_a_guessed_spelling_is_never_a_place_abroad(matcher):
    assert matcher.candidates(Item("Ovirton", Name(("abroad",), 0.88)), NOTHING_KNOWN) == ()


def test_what_only_sounds_alike_counts_little(matcher):
    item = Item("Twinton", Name(("small",), 1.0, alike=("big",)))
    found = {each.place.place_id: each.weight for each in matcher.candidates(item, NOTHING_KNOWN)}
    assert found["small"] > 0.6  # 1 to 9 by people, and a twentieth of that for the sound


@pytest.mark.parametrize(
    "item", [Item("Zzyzx"), Item("Twinton FC", Name(("big",), 1.0), compound=True)]
)
def test_an_unknown_name_and_a_part_of_a_longer_one_are_no_places(matcher, item):
    assert matcher.candidates(item, NOTHING_KNOWN) == ()


@pytest.mark.parametrize(
    ("phrase", "provinces", "districts", "country"),
    [
        ("Mach, Balochistan", {"PK-BA"}, set(), ""),
        ("Turbat, Kech district", set(), {"PK-BA-kech"}, ""),
        ("Zzyzx, Kech", set(), {"PK-BA-kech"}, ""),
        ("Kalat district, Balochistan", {"PK-BA"}, {"PK-BA-kalat"}, ""),
        ("Kech", set(), set(), ""),  # alone, it is the place itself
        ("Zahedan, Iran", set(), set(), "IR"),
        ("Mach near Kalat district", set(), set(), ""),  # near a district is not in it
        ("Taftan border gate, Iran", set(), set(), ""),  # a border gate with Iran is on this side
        ("Quetta", set(), set(), ""),
    ],
)
def test_the_containers_of_a_phrase_are_what_its_place_is_in(
    around, phrase, provinces, districts, country
):
    assert around(phrase) == Context(frozenset(provinces), frozenset(districts), country)
