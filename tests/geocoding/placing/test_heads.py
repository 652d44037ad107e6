from __future__ import annotations

from dataclasses import replace

import pytest

import geosec
from geosec.geocoding.placing.heads import is_around, is_finer, share_abroad
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.places import Place
from geosec.geocoding.placing.scope import ANYWHERE


def place(kind, *, country="PK", province="", district="", point=(67.0, 30.0)):
    return Place("x", "X", kind, country, province, district, *point, 0.0, 0.0, 0.0)


def candidates(*kinds):
    return [Candidate(place(kind), 1 / len(kinds), 1.0) for kind in kinds]


@pytest.mark.parametrize(
    ("phrase", "head", "skipped"),
    [
        ("Sibi", "Sibi", []),
        ("a mosque in Sibi", "Sibi", ["mosque"]),
        ("Zzyzx Masjid, Mastung", "Mastung", ["Zzyzx Masjid"]),
        ("Balochistan, Kalat", "Kalat", []),
        ("Kalat, Balochistan, Pakistan", "Kalat", []),
        ("Turbat, Kech district", "Turbat", []),
        ("from Quetta, in Sibi", "Sibi", []),
        ("ML-3 in Sindh", "ML-3", []),
        ("Mangochar area of Kalat district", "Mangochar", []),
        ("Sindh", "Sindh", []),
    ],
)
def test_the_first_item_that_is_known_and_fine_is_the_place(
    finder, phrase_of, phrase, head, skipped
):
    found = finder.find(phrase_of(phrase).items, ANYWHERE)
    assert found.item.text == head
    assert [item.text for item in found.skipped] == skipped


def test_where_nothing_is_known_there_is_no_head(finder, phrase_of):
    assert finder.find(phrase_of("Zzyzx, Xyzzy").items, ANYWHERE) is None
    assert finder.find((), ANYWHERE) is None


def test_what_is_named_after_a_place_far_away_is_skipped(finder, phrase_of):
    found = finder.find(phrase_of("Lahore Hotel, Quetta").items, ANYWHERE)
    assert found.item.text == "Quetta"
    assert [item.text for item in found.skipped] == ["Lahore"]


def test_an_unknown_village_before_a_name_is_in_the_district_and_not_in_the_town(finder, phrase_of):
    found = finder.find(phrase_of("Zzyzx village, Lakki Marwat").items, ANYWHERE)
    assert {each.place.feature_class for each in found.candidates} == {"district"}
    facility = finder.find(phrase_of("Zzyzx hotel, Lakki Marwat").items, ANYWHERE)
    assert "district" not in {each.place.feature_class for each in facility.candidates}


@pytest.mark.parametrize(
    ("phrase", "twins"),
    [
        ("Hub and Uthal and Bela", ["Uthal", "Bela"]),
        ("Hub, Uthal", []),
        ("Hub and Zzyzx", []),
        ("Mach and Balochistan", []),
        ("Hub", []),
    ],
)
def test_twins_are_named_on_a_par_with_the_place(finder, phrase_of, phrase, twins):
    items = phrase_of(phrase).items
    found = finder.find_twins(finder.find(items, ANYWHERE), items, ANYWHERE)
    assert [head.item.text for head in found] == twins


@pytest.mark.parametrize(
    ("found", "than", "finer"),
    [
        (["town"], ["district"], True),
        (["district"], ["province"], True),
        (["district"], ["town"], False),
        (["province"], ["province"], False),
        (["pass"], ["division"], True),
        (["district", "town"], ["district"], True),
    ],
)
def test_the_smaller_kind_is_the_finer(found, than, finer):
    assert is_finer(candidates(*found), candidates(*than)) is finer


@pytest.mark.parametrize(
    ("kind", "unit", "inside"),
    [
        ("country", {"country": "PK"}, True),
        ("country", {"country": "AF"}, False),
        ("province", {"province": "PK-BA"}, True),
        ("province", {"province": "PK-SD"}, False),
        ("province", {"province": ""}, False),
        ("district", {"district": "PK-BA-sibi"}, True),
        ("district", {"district": "PK-BA-kech"}, False),
        ("district", {"district": ""}, False),
    ],
)
def test_a_unit_is_around_what_bears_its_code(kind, unit, inside):
    sibi = place("town", province="PK-BA", district="PK-BA-sibi")
    assert is_around(place(kind, **unit), sibi) is inside


def test_without_codes_no_unit_is_around_anything():
    nowhere = place("town")
    assert not is_around(place("district"), nowhere)
    assert not is_around(place("province"), nowhere)


def test_the_share_abroad_is_that_of_the_foreign_candidates():
    home = Place("x", "X", "town", "PK", "", "", 67.0, 30.0, 0.0, 0.0, 0.0)
    foreign = Place("y", "Y", "town", "AF", "", "", 66.0, 31.0, 0.0, 0.0, 0.0, is_home=False)
    found = [Candidate(home, 0.7, 1.0), Candidate(foreign, 0.3, 1.0)]
    assert share_abroad(found) == pytest.approx(0.3)
    assert share_abroad(found[:1]) == 0
    assert share_abroad(found[1:]) == pytest.approx(0.3)
    assert share_abroad([]) == 0


def test_a_head_knows_how_much_of_it_lies_abroad(finder, phrase_of):
    assert finder.find(phrase_of("Sibi").items, ANYWHERE).abroad == 0
    kandahar = finder.find(phrase_of("Kandahar").items, ANYWHERE)
    assert kandahar.abroad == share_abroad(kandahar.candidates) > 0.5


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("Iran border, Taftan", "Taftan"),  # a country across a border is aside
        ("Pakistan, Sibi", "Sibi"),  # and so is the country at home
        ("the train from Quetta to Peshawar near Sibi", "Sibi"),  # ends come last
        ("Tump tehsil, Kech district", "Tump"),
        ("N-25 in Kalat district", "N-25"),  # a road, although an area is finer than nothing
        ("Sariab Road, Quetta", "Sariab Road"),
    ],
)
def test_what_stands_aside_is_not_the_place(finder, phrase_of, phrase, head):
    assert finder.find(phrase_of(phrase).items, ANYWHERE).item.text == head


def test_a_guessed_spelling_far_from_what_is_sure_is_skipped(finder, phrase_of, ground):
    ground.names.learn(["Dalbundin"])
    alone = finder.find(phrase_of("Dalbundin").items, ANYWHERE)
    assert alone.candidates[0].place.name == "Dalbandin"
    beside = finder.find(phrase_of("Dalbundin, Lahore").items, ANYWHERE)
    assert beside.item.text == "Lahore"


def test_the_same_item_is_weighed_alike_alone_and_in_a_phrase(finder, matcher, phrase_of):
    (item,) = phrase_of("Mirpur").items
    assert finder.find((item,), ANYWHERE).candidates is matcher.find_candidates(item, ANYWHERE)


@pytest.mark.parametrize(("share", "head"), [(0.2, "Quetta"), (0.6, "Kuchlok")])
def test_beside_a_place_that_is_known_a_guess_must_be_more_probable_than_not(
    finder, phrase_of, share, head
):
    kuchlak, quetta = phrase_of("Kuchlak, Quetta").items
    guess = kuchlak._replace(text="Kuchlok", name=replace(kuchlak.name, similarity=share))
    assert finder.find((guess, quetta), ANYWHERE).item.text == head
    assert finder.find((guess,), ANYWHERE).item is guess  # alone it is all there is


@pytest.mark.parametrize(
    ("phrase", "head", "skipped"),
    [
        ("Balochistan High Court, Quetta", "Quetta", ["Balochistan High Court"]),
        ("Balochistan Zzyzx Court", "Balochistan", ["Balochistan Zzyzx Court"]),
        ("Balochistan, Kalat", "Kalat", []),
    ],
)
def test_the_town_of_a_thing_is_finer_than_the_province_it_is_named_after(
    finder, phrase_of, phrase, head, skipped
):
    found = finder.find(phrase_of(phrase).items, ANYWHERE)
    assert found.item.text == head
    assert [item.text for item in found.skipped] == skipped


@pytest.mark.parametrize(
    "phrase", ["Sibi and Sibi", "Mach and Machh", "Quetta and Quetta city", "Kolpur & Kolpur"]
)
def test_the_same_place_twice_is_one_place(phrase):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_status == "matched"
    assert row.match_score > 0.85


def test_two_places_and_one_of_them_again_are_two():
    table = geosec.candidates(geosec.geocode(["Mach and Kolpur and Mach"]))
    assert table["match_name"].tolist()[:2] == ["Mach", "Kolpur"]
    assert len(table) == 3  # and none of these
