from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import pytest

from geosec import Gazetteer, load_gazetteer
from geosec.reference.names import (
    SIMILARITY_SCRIPT,
    SIMILARITY_SOUND,
    Name,
    NameIndex,
)
from geosec.reference.toponyms import skeleton

COLUMNS = ["place_id", "name", "name_ur", "alt_names", "feature_class", "country_code", "adm2_code"]
PLACES = [
    ("q", "Quetta", "کوئٹہ", "Shalkot;Kwatah", "town", "PK", "PK-BA-quetta"),
    ("q-station", "Quetta Junction", "", "", "rail_station", "PK", "PK-BA-quetta"),
    ("q-adm2", "Quetta", "", "", "district", "PK", "PK-BA-quetta"),
    ("d", "Dalbandin", "", "", "town", "PK", "PK-BA-chagai"),
    ("b", "Burewala", "", "", "town", "PK", "PK-PB-vehari"),
    ("s", "Sui", "", "", "town", "PK", "PK-BA-bugti"),
    ("sukkur", "Sukkur", "", "Sukkur City", "town", "PK", "PK-SD-sukkur"),
    ("sukkur-city", "Sukkur City", "", "", "tehsil", "PK", "PK-SD-sukkur"),
    ("m1", "Marnapur", "", "", "town", "PK", "PK-PB-a"),
    ("m2", "Mardapur", "", "", "town", "PK", "PK-PB-b"),
    ("m3", "Marlapur", "", "", "town", "PK", "PK-PB-c"),
    ("m4", "Martapur", "", "", "town", "PK", "PK-PB-d"),
    ("k", "Kandahar", "", "", "town", "AF", ""),
]


@pytest.fixture(scope="module")
def names():
    return NameIndex(Gazetteer.from_table(pd.DataFrame(PLACES, columns=COLUMNS), home=["PK"]))


@pytest.mark.parametrize("spelt", ["Quetta", "QUETTA", " quetta ", "Quettā", "Shalkot", "kwatah"])
def test_every_name_of_a_place_finds_it_in_any_case(names, spelt):
    found = names.find(spelt)
    assert "q" in found.places
    assert found.similarity == 1


def test_a_name_in_arabic_script_is_lent_to_the_district_of_that_name(names):
    found = set(names.find("کوئٹہ").places)
    assert found >= {"q", "q-adm2"}
    assert not found & {"d", "b", "sukkur"}


def test_the_same_sound_is_found_and_is_a_little_less_sure(names):
    assert names.find("Dalbandeen").places == ("d",)
    assert names.find("Dalbandeen").similarity == SIMILARITY_SOUND


@pytest.mark.parametrize("spelt", ["Zzyzx", "Soi", "", "   ", "…", "Quetta Sukkur"])
def test_what_no_place_bears_is_not_found(names, spelt):
    assert names.find(spelt) is None


@pytest.mark.parametrize(
    "spelt", ["Dalbundin", "Dalbandn", "Dalbanddinn", "Dablandin", "Dalbandinx"]
)
def test_a_misspelt_name_finds_the_nearest(names, spelt):
    found = names.find_misspelt(spelt)
    assert found.places == ("d",)
    assert 0 < found.similarity < SIMILARITY_SOUND


def test_two_edits_are_less_sure_than_one(names):
    one, two = names.find_misspelt("Dalbundin"), names.find_misspelt("Dolbundin")
    assert 0.5 < two.similarity < one.similarity < SIMILARITY_SOUND


def test_another_consonant_is_much_less_sure_than_another_vowel(names):
    vowel, consonant = names.find_misspelt("Dalbundin"), names.find_misspelt("Dalbantin")
    assert vowel.places == consonant.places == ("d",)
    assert consonant.similarity < 0.4
    assert vowel.similarity > 0.7


def test_a_name_abroad_is_known_by_its_own_name_where_one_at_home_sounds_like_another_of_it():
    rows = [
        ("t", "Tehran", "", "Tirah;Teheran", "town", "IR", ""),
        ("h", "Tirah", "", "", "area", "PK", "PK-KP-khyber"),
        ("b", "Mumbai", "", "Bombay", "town", "IN", ""),
        ("a", "Multan", "", "", "town", "IN", ""),
        ("m", "Multan", "", "", "town", "PK", "PK-PB-multan"),
    ]
    found = NameIndex(Gazetteer.from_table(pd.DataFrame(rows, columns=COLUMNS), home=["PK"]))
    assert found.find("Tirah").places == ("h",)
    assert found.find("Teerah").places == ("h",)  # by its sound
    assert found.find("Teheran").places == ("t",)
    assert found.find("Bombay").places == ("b",)  # nothing at home is called so
    assert found.find("Multan").places == ("a", "m")


@pytest.mark.parametrize(
    "spelt",
    [
        "Sux",  # too short to be guessed at
        "Talbandin",  # a misspelling keeps its first letter
        "Dxlbxndxn",  # three edits
        "Marzapur",  # four names are equally near
        "Kandahxr",  # abroad
        "",
    ],
)
def test_what_is_too_far_off_is_not_guessed(names, spelt):
    assert names.find_misspelt(spelt) is None


def test_learning_many_at_once_gives_what_asking_one_by_one_gives():
    table = pd.DataFrame(PLACES, columns=COLUMNS)
    at_once, singly = (NameIndex(Gazetteer.from_table(table, home=["PK"])) for _ in range(2))
    asked = ["Dalbundin", "Dalbxndxn", "Marzapur", "Burewalla", "Qxetta", "Zzyzx"]
    at_once.learn(asked)
    for name in asked:
        together, alone = at_once.find_misspelt(name), singly.find_misspelt(name)
        assert (together and asdict(together)) == (alone and asdict(alone))


def test_spellings_that_mean_the_same_are_one_name(names):
    assert names.find("Quetta") is names.find("QUETTA")
    assert names.find("Quetta") is not names.find("Dalbandin")


def test_a_name_in_arabic_script_is_found_by_its_consonants(names):
    found = names.find_transliterated("بورے والا")
    assert (found.places, found.similarity) == (("b",), SIMILARITY_SCRIPT)


@pytest.mark.parametrize("spelt", ["سوئی", "زززز", ""])
def test_too_few_consonants_find_nothing(names, spelt):
    assert names.find_transliterated(spelt) is None


def test_the_word_city_means_the_town_and_not_the_tehsil_of_that_name(names):
    assert names.find("Sukkur City").places == ("sukkur",)


@pytest.mark.parametrize("spelt", ["Quetta Junction", "Quetta Jn", "quetta jn"])
def test_the_field_shortens_common_words(names, spelt):
    assert names.find(spelt).places == ("q-station",)


def test_a_junction_is_found_without_the_word(names):
    assert "q-station" in names.find("Quetta").places


@pytest.mark.parametrize(("sound", "may"), [("", True), ("dal", True), ("dalx", False)])
def test_a_beginning_is_known(names, sound, may):
    assert (sound in names.beginnings) is may


@pytest.mark.parametrize("key", ["quetta", "dalbandin", "zzyzx"])
def test_a_normalised_name_is_found_as_any_other(names, key):
    assert names.find_key(key, skeleton(key)) == names.find(key)


def test_places_that_only_sound_alike_are_told_beside_those_spelt_the_same():
    rows = [("1", "Soorab"), ("2", "Surab"), ("3", "Surab")]
    table = pd.DataFrame(rows, columns=["place_id", "name"]).assign(feature_class="town")
    found = NameIndex(Gazetteer.from_table(table)).find("Surab")
    assert (found.places, found.alike, found.similarity) == (("2", "3"), ("1",), 1.0)


@pytest.mark.parametrize(("name", "similarity"), [("QUETTA", 1.0), ("Pishin", 1.0), ("Qzx", None)])
def test_the_shipped_gazetteer_is_looked_up_in_any_case(name, similarity):
    found = NameIndex(load_gazetteer()).find(name)
    assert (found and found.similarity) == similarity


@pytest.mark.parametrize(("sound", "may"), [("dera", True), ("kzx", False)])
def test_a_shipped_name_may_begin_with(sound, may):
    assert (sound in NameIndex(load_gazetteer()).beginnings) is may


def test_an_empty_gazetteer_finds_nothing():
    nothing = NameIndex(Gazetteer.from_table(pd.DataFrame(columns=COLUMNS)))
    assert nothing.find("Quetta") is None
    assert nothing.find_misspelt("Dalbundin") is None
    assert nothing.find_transliterated("بورے والا") is None
    assert "a" not in nothing.beginnings


@pytest.mark.parametrize(
    ("places", "is_way"),
    [(("road:N-5",), True), (("line:ML-1", "road:N-5"), True), (("road:N-5", "gn:1"), False)],
)
def test_a_name_of_roads_and_lines_alone_is_a_way(places, is_way):
    assert Name(places, 1.0).is_way is is_way
