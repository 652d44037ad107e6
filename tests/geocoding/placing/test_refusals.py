from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
import shapely.ops

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.grammar.phrases import Item, Phrase
from geosec.geocoding.placing.heads import Head
from geosec.geocoding.placing.hints import Hints
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.refusals import (
    explain_abroad,
    explain_all_abroad,
    explain_body,
    explain_far_coordinates,
    explain_impossible_coordinates,
    explain_refusal,
    explain_unreadable,
    explain_word,
)
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.geodesy.wgs84 import DEGREE_M
from geosec.uncertainty.footprints import make_disc

READER = load_interpreter(None)
GROUND, LANGUAGE = READER.ground, READER.language
BALOCHISTAN = Scope(frozenset({"PK-BA"}))


def phrase_of(text):
    return parse_phrase(text, GROUND.names, LANGUAGE)


def candidate_of(name, weight=1.0):
    return Candidate(GROUND.find_place(GROUND.names.find(name).places[0]), weight, 1.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Jaffar Express", "the Jaffar Express runs between Quetta and Peshawar Cantonment"),
        ("Bolan Mail", "names a train ('Bolan Mail') and no place"),
        ("Peshawar Zalmi", "'Peshawar Zalmi' is a name of its own, and not known as a place"),
        ("km 9000 of ML-3", "no line it names, or that is near, has a km 9000"),
        ("Zzyzx, Xyzzy", "no place of the gazetteer is named; it names 'Zzyzx', 'Xyzzy'"),
        ("the", "it names nothing"),
    ],
)
def test_a_refusal_says_what_is_wrong(text, reason):
    assert reason in explain_refusal(phrase_of(text), ANYWHERE, GROUND)
    assert explain_all_abroad(phrase_of(text), GROUND) == ""


def test_a_train_whose_stops_are_not_known_is_told_without_them():
    reason = explain_refusal(phrase_of("Bolan Mail"), ANYWHERE, GROUND)
    assert reason == "names a train ('Bolan Mail') and no place"


@pytest.mark.parametrize(("admin1", "told"), [("Sindh", "Sindh"), ("", "PK-BA")])
def test_a_province_without_the_place_is_named(admin1, told):
    scope = replace(BALOCHISTAN, hints=Hints(admin1))
    assert explain_refusal(phrase_of("Lahore"), scope, GROUND) == f"'Lahore' is not known in {told}"


@pytest.mark.parametrize(
    ("text", "reason"), [("Kabul", "Kabul is in Afghanistan"), ("Zahedan", "is in Iran")]
)
def test_what_lies_abroad_only_is_told_with_its_country(text, reason):
    assert reason in explain_all_abroad(phrase_of(text), GROUND)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Khan of Kalat", "'Khan' of Kalat is a person"),
        ("Governor of Punjab", "'Governor' of Punjab is a person"),
        ("Bank of Punjab", "'Bank' of Punjab is a body, and no place"),
        ("Balochistan High Court", "is named after Balochistan; where it stands is not known"),
    ],
)
def test_persons_and_bodies_are_no_places(text, reason):
    assert reason in explain_body(phrase_of(text), GROUND, LANGUAGE)


def test_a_text_that_is_too_long_cannot_be_read():
    reason = explain_unreadable(phrase_of("Sibi " * 101))
    assert "a text of 505 characters is no location phrase" in reason


@pytest.mark.parametrize(
    "text",
    [
        "Kalat",
        "Punjab",
        "Quetta High Court",  # named after a town: it stands there
        "Balochistan High Court, Quetta",
        "12 km south of Sibi",
        "bank in Sibi",
        "Zzyzx",
        "",
    ],
)
def test_what_may_be_a_place_is_not_refused(text):
    assert explain_body(phrase_of(text), GROUND, LANGUAGE) == ""


def test_a_name_abroad_tells_of_the_one_at_home():
    kandahar, sibi = candidate_of("Kandahar", 0.6), candidate_of("Sibi", 0.4)
    alone, beside = (explain_abroad(each, GROUND) for each in ([kandahar], [sibi, kandahar]))
    assert alone.endswith("is in Afghanistan")
    assert "; a district at home is named alike, so give the province" in beside


@pytest.mark.parametrize(
    ("lon", "lat", "status", "reason"),
    [
        (30.2, 67.0, "unmatched", "67 N 30.2 E lies outside, and 30.2 N 67 E inside"),
        (67.0, 95.0, "unmatched", "lies on no globe"),
        (190.0, 30.0, "unmatched", "lies on no globe"),
        (69.2, 34.55, "outside", "lies outside Pakistan"),  # Kabul
        (0.0, 0.0, "outside", "lies outside Pakistan"),
    ],
)
def test_coordinates_that_cannot_be_used_say_why(lon, lat, status, reason):
    impossible = explain_impossible_coordinates(lon, lat, GROUND)
    assert bool(impossible) is (status == "unmatched")
    assert reason in (impossible or explain_far_coordinates(make_disc(lon, lat, 100.0), GROUND))


@pytest.mark.parametrize(("beyond_m", "used"), [(1_000, True), (5_000, False)])
def test_coordinates_a_little_beyond_the_border_are_used(beyond_m, used):
    foot, kandahar = shapely.ops.nearest_points(GROUND.land, shapely.Point(65.71, 31.61))
    there = shapely.LineString([foot, kandahar]).interpolate(beyond_m / DEGREE_M)
    footprint = make_disc(there.x, there.y, 100.0)
    assert (explain_far_coordinates(footprint, GROUND) == "") is used
    assert explain_impossible_coordinates(there.x, there.y, GROUND) == ""


def test_coordinates_at_home_are_used():
    assert explain_impossible_coordinates(67.0, 30.2, GROUND) == ""
    assert explain_far_coordinates(make_disc(67.0, 30.2, 100.0), GROUND) == ""


def test_a_phrase_that_names_nothing_is_refused_in_words():
    assert explain_refusal(Phrase(""), ANYWHERE, GROUND).endswith("it names nothing")


@pytest.mark.parametrize(
    ("text", "scope", "reason"),
    [
        ("12 km south of Zzyzx", ANYWHERE, "'Zzyzx' is not known here"),
        ("12 km south of Sibi", Scope(frozenset({"PK-SD"})), "'Sibi' is not known in PK-SD"),
        ("between Zzyzx and Xyzzy", BALOCHISTAN, "'Zzyzx' and 'Xyzzy' is not known in PK-BA"),
        ("between Sibi and Sibi", ANYWHERE, "it goes from 'Sibi' to the same place"),
        ("Sibi", Scope(districts=frozenset({"PK-BA-kech"})), "in the district that the phrase"),
        ("Sibi", ANYWHERE, "no coordinate is known for 'Sibi'"),
    ],
)
def test_what_kept_a_known_phrase_from_its_place_is_told(text, scope, reason):
    assert reason in explain_refusal(phrase_of(text), scope, GROUND)


def test_a_name_that_is_also_a_word_is_told_what_it_lacks():
    reason = explain_word(Head(Item("Mach"), [candidate_of("Mach")]))
    assert reason == "'Mach' is also a word: it needs a province, or one like station or town"


def test_a_country_by_its_own_name_is_named_once():
    assert explain_all_abroad(phrase_of("Iran"), GROUND) == "the phrase names Iran"
