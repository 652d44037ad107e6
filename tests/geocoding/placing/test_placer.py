from __future__ import annotations

import pytest

from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.heads import Head
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.geocoding.placing.placer import Placer, measure_vagueness_m
from geosec.geocoding.placing.places import Place
from geosec.geocoding.placing.resolver import Resolver
from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.language import tags
from geosec.numerals.coordinates import WrittenCoordinates
from geosec.uncertainty.footprints import full_radius_m


def place(kind, *, point=(67.0, 30.0)):
    return Place("x", "X", kind, "PK", "", "", *point, 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def placer(ground, matcher):
    return Placer(ground, matcher)


@pytest.fixture(scope="module")
def put(ground, matcher, language, placer, phrase_of):
    """Place a phrase: put("Sibi") gives its placements."""
    resolver = Resolver(ground, matcher, language)

    def placed(text, scope=ANYWHERE):
        phrase = phrase_of(text)
        return placer.place(phrase, resolver.resolve(phrase, scope).heads, scope)

    return placed


@pytest.mark.parametrize(
    ("kind", "nouns", "relation", "skipped", "metres"),
    [
        ("town", "", "", "", 0),
        ("town", "", tags.NEAR, "", 10_000),
        ("rail_station", "", tags.NEAR, "", 10_000),
        ("rail_station", tags.STATION, tags.NEAR, "", 5_000),
        ("bridge", "", tags.NEAR, "", 5_000),
        ("town", tags.AREA, "", "", 4_000),
        ("town", "", "", tags.TEHSIL, 4_000),
        ("rail_station", "", "", "", 4_000),
    ],
)
def test_what_is_near_or_in_a_quarter_is_vague(kind, nouns, relation, skipped, metres):
    before = (Item("Y", nouns=skipped),) if skipped else ()
    head = Head(Item("X", nouns=nouns, relation=relation), [], before)
    assert measure_vagueness_m(head, place(kind)) == metres


@pytest.mark.parametrize("others", ["and Zzyzx areas", ", Zzyzx, Qqvxh", "and Zzyzx"])
def test_the_known_place_of_a_list_stands_for_the_others_too(put, others):
    (alone,), (first,) = put("Sibi"), put(f"Sibi {others}")
    listed_m = PARAMETERS.listed_m
    assert alone.footprint.uncertainty_m < listed_m
    assert first.footprint.uncertainty_m == pytest.approx(listed_m)


@pytest.mark.parametrize("phrase", ["Sibi and Mach", "a mosque and a school in Sibi", "Sibi town"])
def test_a_list_of_known_places_or_of_things_is_no_wider(put, phrase):
    assert put(phrase)[0].footprint.uncertainty_m < PARAMETERS.listed_m


def test_a_plain_place_is_its_footprint(ground, put):
    (found,) = put("Sibi")
    assert found.footprint is ground.find_footprint(found.candidate.place)
    assert (found.rule, found.name, found.place_id) == ("town", "Sibi", "gn:1164896")
    assert (found.told, found.beside, found.rail_line) == ("", "", None)


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("Sibi", "town"),
        ("a mosque in Sibi", "facility"),
        ("Zzyzx Road, Kalat", "facility"),
        ("Kech district", "district"),
        ("railway track in Jaffarabad district", "rail_between"),
        ("the N-25 highway", "route"),
        ("12 km south of Sibi", "offset"),
        ("km 268 of ML-3", "rail_km"),
    ],
)
def test_a_placement_says_how_the_phrase_was_understood(put, phrase, rule):
    assert put(phrase)[0].rule == rule


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("km 268 of ML-3", "ML-3"),
        ("between Panir and Peshi stations", "ML-3"),
        ("between Kalat and Turbat", None),
        ("Sibi", None),
    ],
)
def test_a_stretch_of_railway_says_on_which_line_it_is(put, phrase, line):
    assert put(phrase)[0].rail_line == line


def test_a_candidate_abroad_is_not_placed(placer, phrase_of):
    foreign = Place("y", "Y", "town", "AF", "", "", 65.7, 31.6, 0, 0, 0, is_home=False)
    head = Head(Item("Y"), [Candidate(foreign, 1.0, 1.0)])
    assert placer.place(phrase_of("Y"), [head], ANYWHERE) == []


def test_a_road_is_cut_to_the_scope(put, ground):
    sindh = put("ML-3", Scope(frozenset({"PK-SD"})))[0].footprint.shape
    assert sindh.within(ground.find_area("PK-SD").buffer(1e-6))
    assert put("ML-3")[0].footprint.shape.length > 2 * sindh.length


def test_what_stands_beside_a_construction_is_widened_by_its_distance(
    ground, matcher, language, placer, phrase_of
):
    phrase = phrase_of("12 km south of Zzyzx, Sibi town")
    heads = Resolver(ground, matcher, language).resolve_beside(phrase, ANYWHERE).heads
    assert placer.place(phrase, (), ANYWHERE) == []
    (found,) = placer.place_beside(phrase, heads, ANYWHERE)
    own_m = full_radius_m(ground.find_footprint(found.candidate.place).uncertainty_m)
    assert full_radius_m(found.footprint.uncertainty_m) == pytest.approx(own_m + 20_000 + 12_000)
    assert found.beside == "'Zzyzx' not in the gazetteer: placed at Sibi"


def test_nothing_stands_beside_a_km_post_or_no_construction(placer, phrase_of, finder):
    for text in ("km 9000 of ML-3", "Sibi"):
        phrase = phrase_of(text)
        heads = [finder.find(phrase_of("Sibi").items, ANYWHERE)]
        assert placer.place_beside(phrase, heads, ANYWHERE) == []


@pytest.mark.parametrize(("resolution_m", "room_m"), [(5_000.0, 5_000.0), (1.0, 100.0)])
def test_coordinates_are_placed_within_half_a_unit_and_a_hundred_metres(
    placer, resolution_m, room_m
):
    found = placer.place_coordinates(WrittenCoordinates(67.0, 30.2, resolution_m))
    assert (found.rule, found.name) == ("coordinates", "30.20000, 67.00000")
    assert found.place_id == "at:30.20000, 67.00000"
    assert full_radius_m(found.footprint.uncertainty_m) == pytest.approx(room_m)
