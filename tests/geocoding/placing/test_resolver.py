from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.placing.resolver import Miss, Resolution, Resolver
from geosec.geocoding.placing.scope import ANYWHERE, Scope

BALOCHISTAN = Scope(frozenset({"PK-BA"}))


@pytest.fixture(scope="module")
def resolver(ground, matcher, language):
    return Resolver(ground, matcher, language)


@pytest.fixture(scope="module")
def heads_of(resolver, phrase_of):
    """Name the heads of a phrase: heads_of("Mach and Kolpur") is ["Mach", "Kolpur"]."""

    def named(text, scope=ANYWHERE):
        return [head.item.text for head in resolver.resolve(phrase_of(text), scope).heads]

    return named


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("Quetta, Zzyzx", "'Zzyzx' not understood"),
        ("Zzyzx, Quetta", ""),
        ("Quetta, Zzyzx, Xyzzy", "'Zzyzx', 'Xyzzy' not understood"),
        ("Quetta", ""),
        ("Quetta, a mosque", ""),
        ("Quetta, Balochistan", ""),
        ("Quetta, Sibi Zzyzx area", "'Sibi Zzyzx area' not understood"),  # no name but in part
        ("Kurram, Zzyzx village, Xyzzy", "'Zzyzx village', 'Xyzzy' not understood"),
    ],
)
def test_what_stands_behind_and_is_unknown_is_left_over(resolver, phrase_of, phrase, left):
    assert resolver.resolve(phrase_of(phrase), ANYWHERE).leftover == left


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("Sibi, Mach", "'Mach' is 64 km from there, and not used"),
        ("Taunsa border, Rakhni side", "'Rakhni' is 101 km from there, and not used"),
        (
            "Hub, Chaman, Zzyzx",
            "'Chaman' is 654 km from there, and not used; 'Zzyzx' not understood",
        ),
        ("Mach, Kolpur", ""),  # 23 km, near enough to tell where it is
        ("Hub, Lasbela", ""),  # the district it is in
        ("Sui, 400 km east of Quetta", ""),  # said to be far
        ("Khuzdar, RCD Highway", ""),
        ("Gwadar, Balochistan", ""),
    ],
)
def test_a_known_place_behind_that_lies_elsewhere_is_told(resolver, phrase_of, phrase, left):
    assert resolver.resolve(phrase_of(phrase), ANYWHERE).leftover == left


@pytest.mark.parametrize(
    ("phrase", "heads"),
    [
        ("Sibi", ["Sibi"]),
        ("Zzyzx Masjid, Mastung", ["Mastung"]),
        ("Hub and Uthal and Bela", ["Hub", "Uthal", "Bela"]),
        ("town of Mach, 55 kilometres east of Quetta", ["Mach"]),  # stands before a construction
        ("Kech district, 30 km west of Turbat", []),  # an area before a construction
        ("12 km south of Sibi", []),
        ("km 268 of ML-3", []),
        ("Kandahar", []),  # abroad
        ("Mach", []),  # also a word
        ("Zzyzx", []),
        ("", []),
    ],
)
def test_a_phrase_is_resolved_to_the_items_that_are_the_place(heads_of, phrase, heads):
    assert heads_of(phrase) == heads


def test_what_is_not_understood_goes_with_the_resolution(resolver, phrase_of):
    assert (
        resolver.resolve(phrase_of("Kalat, Zzyzx"), ANYWHERE).leftover == "'Zzyzx' not understood"
    )
    assert resolver.resolve(phrase_of("Kalat"), ANYWHERE).leftover == ""


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("12 km south of Sibi, Zzyzx", "'Zzyzx' not understood"),
        ("12 km south of Sibi, Zzyzx village, Balochistan", "'Zzyzx village' not understood"),
        ("between Sibi and Mach, at Zzyzx", "'Zzyzx' not understood"),
        ("Quetta-Sibi road at Zzyzx Nullah", "'Zzyzx Nullah' not understood"),
        ("road from Kalat to Khuzdar at Zzyzx", "'Zzyzx' not understood"),
        ("Zzyzx, 12 km south of Sibi", ""),  # which is where that is
        ("12 km south of Sibi, Balochistan", ""),
        ("12 km south of Sibi, a mosque", ""),
        ("km 110 of the Sibi-Zzyzx branch", ""),  # a line
    ],
)
def test_what_stands_behind_a_construction_is_told_too(resolver, phrase_of, phrase, left):
    assert resolver.resolve(phrase_of(phrase), ANYWHERE).leftover == left


def test_an_unknown_thing_lowers_the_score_of_a_way():
    phrases = ["Quetta-Sibi road", "Quetta-Sibi road at Zzyzx Nullah"]
    told = geosec.geocode(phrases)
    assert told["match_score"].is_monotonic_decreasing
    assert told["match_score"].nunique() == len(phrases)
    assert "'Zzyzx Nullah' not understood" in told["match_reason"].iloc[1]


@pytest.mark.parametrize("near", ["near", "nr", "nr."])
def test_near_is_written_short(near):
    told = geosec.geocode([f"Kurram, Zzyzx village {near} Bagan", f"{near} Mach"])
    assert told["match_name"].tolist() == ["Baggan", "Mach"]


def test_beside_a_construction_any_item_may_stand_for_it(resolver, phrase_of):
    phrase = phrase_of("12 km south of Zzyzx, Kech")
    assert resolver.resolve(phrase, ANYWHERE) == Resolution()
    (head,) = resolver.resolve_beside(phrase, ANYWHERE).heads
    assert head.item.text == "Kech"


@pytest.mark.parametrize("scope", [BALOCHISTAN, Scope(is_place=True)])
def test_a_name_that_is_also_a_word_is_a_place_where_something_says_so(heads_of, scope):
    assert heads_of("Mach") == []
    assert heads_of("Mach", scope) == ["Mach"]


def test_a_short_name_of_no_town_is_a_word(resolver, phrase_of):
    assert resolver.find_miss(phrase_of("Nur"), ANYWHERE).word.item.text == "Nur"
    assert resolver.find_miss(phrase_of("Sibi"), ANYWHERE) == Miss()


def test_a_miss_says_what_kept_a_name_from_being_the_place(resolver, phrase_of):
    abroad = resolver.find_miss(phrase_of("Kandahar"), ANYWHERE).abroad
    assert {each.place.country_code for each in abroad if not each.place.is_home} == {"AF"}
    assert resolver.find_miss(phrase_of("Mach"), ANYWHERE).word.item.text == "Mach"
    assert resolver.find_miss(phrase_of("Zzyzx"), ANYWHERE) == Miss()
