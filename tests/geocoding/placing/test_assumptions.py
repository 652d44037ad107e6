from __future__ import annotations

import pytest

from geosec.geocoding.grammar.phrases import Item
from geosec.geocoding.placing.assumptions import assumed, left_over, vague_m
from geosec.geocoding.placing.heads import Head
from geosec.geocoding.placing.matcher import Context
from geosec.geocoding.placing.places import Place


def place(kind, *, point=(67.0, 30.0)):
    return Place("x", "X", kind, "PK", "", "", *point, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("Quetta, Zzyzx", "'Zzyzx' not understood"),
        ("Zzyzx, Quetta", ""),
        ("Quetta, Zzyzx, Xyzzy", "'Zzyzx', 'Xyzzy' not understood"),
        ("Quetta", ""),
        ("Quetta, a mosque", ""),
        ("Quetta, Balochistan", ""),
    ],
)
def test_what_stands_behind_and_is_unknown_is_left_over(finder, phrase_of, phrase, left):
    phrase = phrase_of(phrase)
    assert left_over(phrase, [finder.find(phrase.items, Context())]) == left


def test_what_was_assumed_is_told():
    sibi, unpointed = place("town"), place("village", point=(float("nan"), float("nan")))
    named, generic = Item("Zzyzx"), Item("mosque", generic=True)
    assert assumed(Head(Item("X"), [], ()), sibi) == []
    assert assumed(Head(Item("X"), [], (generic,)), sibi) == []
    assert assumed(Head(Item("X"), [], (named, generic)), sibi) == [
        "'Zzyzx' not in the gazetteer: placed in X"
    ]
    assert assumed(Head(Item("X"), [], ()), unpointed) == [
        "no coordinate is known for X: its district is used"
    ]
    assert assumed(Head(Item("X"), [], ()), place("district", point=(float("nan"),) * 2)) == []


@pytest.mark.parametrize(
    ("kind", "nouns", "relation", "skipped", "metres"),
    [
        ("town", "", "", "", 0),
        ("town", "", "m", "", 10_000),
        ("rail_station", "", "m", "", 10_000),
        ("rail_station", "S", "m", "", 5_000),
        ("bridge", "", "m", "", 5_000),
        ("town", "A", "", "", 4_000),
        ("town", "", "", "K", 4_000),
        ("rail_station", "", "", "", 4_000),
    ],
)
def test_what_is_near_or_in_a_quarter_is_vague(kind, nouns, relation, skipped, metres):
    before = (Item("Y", nouns=skipped),) if skipped else ()
    head = Head(Item("X", nouns=nouns, relation=relation), [], before)
    assert vague_m(head, place(kind)) == metres
