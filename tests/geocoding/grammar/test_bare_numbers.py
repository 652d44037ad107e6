"""A number without a unit behind a road or line is told, and never dropped."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.parsing import parse_phrase


def parse(text):
    interpreter = load_interpreter(None)
    return parse_phrase(text, interpreter.ground.names, interpreter.language)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("M8 12.5", "12.5"),
        ("N5 120", "120"),
        ("N-5 at 120", "120"),
        ("M-2, 230", "230"),
        ("N-5 (230)", "230"),
        ("N 25 40", "40"),
        ("N-25 40/2", "40/2"),
        ("N-25 40-45", "40 45"),
        ("M1 motorway 33", "33"),
        ("GT Road 45", "45"),
        ("RCD Highway 120", "120"),
        ("ML-3 268", "268"),
        ("Rohri-Chaman line 268", "268"),
        ("Quetta-Sibi highway 40", "40"),
    ],
)
def test_a_phrase_of_a_road_and_a_number_is_refused_for_the_number(text, number):
    phrase = parse(text)
    assert phrase.impossible.startswith(f"'{number}' behind a road or line may be")
    assert phrase.unread == f"'{number}'"


@pytest.mark.parametrize(
    ("text", "number"),
    [("N-25 40 near Khuzdar", "40"), ("ML-3 268, Sibi", "268"), ("M-8 12.5 in Khuzdar", "12.5")],
)
def test_where_a_place_is_named_too_the_number_is_told(text, number):
    phrase = parse(text)
    assert not phrase.impossible
    assert phrase.unread == f"'{number}'"


@pytest.mark.parametrize(
    "text",
    [
        "N-25",
        "M-1 and M-2",
        "N-5 45 people",
        "Chak 12, Faisalabad",
        "Sariab Road 12, Quetta",
        "Sector G-9 4, Islamabad",
        "12 km south of Sibi",
        "on N-25, 12 km south of Khuzdar",
        "km 268 of ML-3",
    ],
)
def test_other_numbers_are_left_alone(text):
    phrase = parse(text)
    assert not phrase.impossible
    assert not phrase.unread
