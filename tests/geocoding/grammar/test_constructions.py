"""The one table of constructions, held to account in both doors: a phrase and a running text."""

from __future__ import annotations

from typing import get_args

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.constructions import (
    CONSTRUCTIONS,
    MENTION_KINDS,
    PHRASE,
    TEXT,
    ClauseKind,
    find_construction,
    mention_pattern,
)
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.language.lexemes import write_tags
from geosec.language.lexer import lex
from geosec.language.notation import compile_pattern
from geosec.language.tags import read_tags

# ways to say where that each stand for a construction of the table, beside its own example
OTHERS = (
    ("the border of Kohlu and Dera Bugti districts", "between"),
    ("the boundary between Kech and Panjgur districts", "between"),
    ("midway between Quetta and Kolpur", "between"),
    ("45 kilometres from Khuzdar towards Kalat", "toward"),
    ("20 km from Sibi on the way to Quetta", "toward"),
    ("10 kms off Sibi in the northwesterly direction", "offset"),
    ("15 km from Turbat to the north-east", "offset"),
    ("some 30 miles south of Zhob", "offset"),
    ("12 km to the south of the restive Kech", "offset"),
    ("500 metres east of Kalat", "offset"),
    ("to the west of Quetta", "side"),
    ("south-east of Mastung", "side"),
    ("off Pasni to the south", "side"),
    ("3 km short of Mach", "distance"),
    ("5 km from Hub", "distance"),
    ("40 km away from Dera Bugti", "distance"),
    ("30 km off Ormara", "distance"),
    ("km 268 of the ML-3 line", "km_post"),
    ("kilometre 45 near Sibi", "km_post"),
    ("Sibi-Harnai railway section", "pair"),
    ("Sibi-Harnai road", "pair"),
    ("the highway from Quetta to Karachi", "between"),
    ("near Panir and Peshi stations", "near_both"),
    ("twenty-five km south of Sibi", "offset"),
    ("two and a half km south of Sibi", "offset"),
    ("between 10 and 15 km south of Sibi", "offset"),
    ("10 km to 15 km south of Sibi", "offset"),
    ("1 km 500 m south of Sibi", "offset"),
    ("5 miles 3 furlongs south of Sibi", "offset"),
    ("12 nautical miles south of Gwadar", "offset"),
    ("12 km by road south of Sibi", "offset"),
    ("12 km at 190 degrees from Sibi", "offset"),
    ("several km south of Sibi", "offset"),
    ("5 km east of km 268 of ML-3", "offset"),
    ("12 km south of 29.565N, 67.731E", "offset"),
    ("Sibi (12 km to the south)", "offset"),
    ("12 km away from 29.565, 67.731", "distance"),
    ("within a radius of 12 km of Sibi", "distance"),
    ("within a 12 km radius of Sibi", "distance"),
    ("in a radius of 12 km around Sibi", "distance"),
    ("12 km inland from Gwadar", "distance"),
    ("mile 166 of the ML-3 line", "km_post"),
    ("KP 268 near Sibi", "km_post"),
    ("KP 268.5 on the Rohri-Chaman line", "km_post"),
    ("km 268 on ML-3", "km_post"),
    ("km 200 to 270 of ML-3", "km_post"),
    ("km 26+900 of the ML-3 line", "km_post"),
    ("268.5 km from Rohri on the line to Chaman", "toward"),
    ("30 km from Khuzdar on the highway to Kalat", "toward"),
)
SAID = [(each.example, each.kind) for each in CONSTRUCTIONS] + list(OTHERS)
LEADS = {"km_post": "at ", "pair": "on the "}


def parse(text):
    reader = load_interpreter(None)
    return parse_phrase(text, reader.ground.names, reader.language)


def placed(row):
    """What of a located row says where it is."""
    shape = row["footprint"]
    return (
        row["match_id"],
        row["geometry"].wkt,
        row["uncertainty_m"],
        None if shape is None else shape.wkt,
    )


@pytest.mark.parametrize(("phrase", "kind"), SAID)
def test_a_phrase_is_read_by_the_construction_it_stands_for(phrase, kind):
    assert parse(phrase).clause.kind == kind


@pytest.mark.parametrize(("phrase", "kind"), SAID)
def test_an_event_is_placed_as_its_phrase_is(phrase, kind):
    located = geosec.geocode([phrase]).iloc[0]
    assert located["match_status"] == "matched"
    text = f"A bomb killed two people {LEADS.get(kind, '')}{phrase} on Monday."
    [event] = geosec.parse_report(text, published="2025-03-12").events.to_dict("records")
    assert placed(event) == placed(located)
    assert event["fatalities"] == 2


@pytest.mark.parametrize("phrase", ["off Gwadar", "near Mach", "off the coast of Pasni"])
def test_what_is_near_or_off_a_place_is_placed_alike(phrase):
    text = f"A bomb killed two people {phrase} on Monday."
    [event] = geosec.parse_report(text, published="2025-03-12").events.to_dict("records")
    assert placed(event) == placed(geosec.geocode([phrase]).iloc[0])


def test_every_kind_of_clause_has_a_construction_and_an_example_of_its_own():
    assert {each.kind for each in CONSTRUCTIONS} == set(get_args(ClauseKind))
    assert len({each.example for each in CONSTRUCTIONS}) == len(CONSTRUCTIONS)


@pytest.mark.parametrize("number", range(len(CONSTRUCTIONS)))
def test_an_example_is_an_example_of_its_own_line(number):
    construction = CONSTRUCTIONS[number]
    reader = load_interpreter(None)
    lines = [
        each
        for each in CONSTRUCTIONS
        if compile_pattern(each.pattern, PHRASE).search(tags_of(construction.example, reader))
    ]
    assert construction in lines


def tags_of(text, reader):
    return write_tags(lex(text, reader.ground.names, reader.language))


@pytest.mark.parametrize(
    ("names", "kind", "places"),
    [
        ("length direction of name", "offset", 1),
        ("between name and name", "between", 2),
        ("name hyphen name railway", "pair", 2),
        ("kilometre", "km_post", 0),
        ("length from name to name", "toward", 2),
        ("near name and name station", "near_both", 2),
        ("direction of name district", "side", 1),
    ],
)
def test_a_construction_found_says_where_its_parts_stand(names, kind, places):
    found = find_construction(read_tags(names))
    assert found.kind == kind
    assert len(found.places) == places
    assert found.span == (0, len(read_tags(names)))


@pytest.mark.parametrize("names", ["", "name", "near name", "name comma name", "unknown facility"])
def test_a_plain_name_is_no_construction(names):
    assert find_construction(read_tags(names)) is None


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        ("other other length direction of ignored name other", ["offset"]),
        ("other name and name other", ["name", "name"]),
        ("name comma length to ignored direction comma other", ["name"]),
        ("name comma length to ignored direction other", ["offset"]),
        ("other vehicle from name to name other", ["journey"]),
        ("other common-road from name to name other", ["between"]),
        ("unknown facility in name", ["facility"]),
        ("unknown area of name", ["area"]),
        ("name facility", ["inside"]),
    ],
)
def test_a_running_text_is_searched_for_what_says_where(names, kinds):
    found = mention_pattern().finditer(read_tags(names))
    assert [MENTION_KINDS[each.lastgroup] for each in found] == kinds


def test_the_doors_differ_in_what_a_place_is_and_in_fillers_only():
    assert PHRASE.fillers == 0 < TEXT.fillers
    assert set(TEXT.slots) >= set(PHRASE.slots)
