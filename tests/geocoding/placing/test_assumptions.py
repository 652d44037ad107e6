from __future__ import annotations

from dataclasses import replace

import pytest

from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.assumptions import (
    list_assumptions,
    list_notes,
)
from geosec.geocoding.placing.evidence import is_road_to, stands_in
from geosec.geocoding.placing.heads import Head
from geosec.geocoding.placing.matcher import Candidate
from geosec.geocoding.placing.places import Place
from geosec.language import tags
from geosec.reference.names import Name


def place(kind, *, point=(67.0, 30.0)):
    return Place("x", "X", kind, "PK", "", "", *point, 0.0, 0.0, 0.0)


def test_what_was_assumed_is_told():
    sibi, unpointed = place("town"), place("village", point=(float("nan"), float("nan")))
    named, generic = Item("Zzyzx"), Item("mosque", generic=True)
    assert list_assumptions(Head(Item("X"), [], ()), sibi, ()) == []
    assert list_assumptions(Head(Item("X"), [], (generic,)), sibi, ()) == []
    assert list_assumptions(Head(Item("X"), [], (named, generic)), sibi, ()) == [
        "'Zzyzx' not in the gazetteer: placed in X"
    ]
    assert list_assumptions(Head(Item("X"), [], ()), unpointed, ()) == [
        "no coordinate is known for X: its district is used"
    ]
    assert (
        list_assumptions(Head(Item("X"), [], ()), place("district", point=(float("nan"),) * 2), ())
        == []
    )


@pytest.mark.parametrize(
    ("kind", "point", "skipped", "stands"),
    [
        ("district", (67.0, 30.0), Item("Zzyzx Dam"), True),
        ("district", (67.0, 30.0), Item("mosque", generic=True), False),
        ("district", (67.0, 30.0), None, False),
        ("village", (float("nan"),) * 2, None, True),
        ("road", (float("nan"),) * 2, None, False),
        ("town", (67.0, 30.0), Item("Zzyzx Dam"), False),
    ],
)
def test_an_area_stands_in_for_what_is_not_known_in_it(kind, point, skipped, stands):
    head = Head(Item("X"), [], (skipped,) if skipped else ())
    assert stands_in(head, place(kind, point=point)) is stands


@pytest.mark.parametrize(
    ("kind", "similarity", "note", "told"),
    [
        ("town", 1.0, "", []),
        ("town", 0.97, "", []),
        ("town", 0.88, "", ["read as X, which is spelt otherwise (88% probable)"]),
        ("district", 1.0, "its parent's polygon", ["its parent's polygon"]),
        ("town", 1.0, "a note on a town", []),
        ("district", 0.88, "old", ["read as X, which is spelt otherwise (88% probable)", "old"]),
    ],
)
def test_a_spelling_and_a_note_on_a_district_are_told(kind, similarity, note, told):
    assert list_notes(Candidate(replace(place(kind), note=note), 1.0, similarity)) == told


@pytest.mark.parametrize(
    ("kind", "nouns", "skipped", "is_road"),
    [
        ("town", tags.ROAD, (), True),
        ("village", tags.ROAD, (), True),
        ("town", tags.TOWN, (), False),
        ("town", tags.ROAD, (Item("Zzyzx"),), False),  # the town holds what is unknown
        ("road", tags.ROAD, (), False),
        ("street", tags.ROAD, (), False),
    ],
)
def test_a_road_is_told_from_the_town_that_it_is_named_after(kind, nouns, skipped, is_road):
    head = Head(Item("X", nouns=str(nouns)), [], skipped)
    assert is_road_to(head, place(kind)) is is_road
    found = ("road_to",) if is_road else ()
    told = "a road named after X: placed there" in list_assumptions(head, place(kind), found)
    assert told is is_road


@pytest.mark.parametrize("found", [("namesake",), ("namesake", "large"), ()])
def test_a_namesake_is_told(found):
    told = list_assumptions(Head(Item("X"), []), place("town"), found)
    assert told == (["a place of that name lies in another district, too"] if found else [])


def test_a_whole_name_and_a_guess_are_not_said_to_be_known_elsewhere():
    khar = Item("Khar", Name(("a",), 1.0), beside=(Name(("b",), 1.0),), whole="Khar Tangi")
    tangi = khar._replace(text="Tangi")
    guess = Item("Matni", Name(("c",), 0.3))
    (told,) = list_assumptions(Head(Item("X"), [], (khar, tangi, guess)), place("district"), ())
    assert told == "'Khar Tangi', 'Matni' not in the gazetteer: placed in X"
