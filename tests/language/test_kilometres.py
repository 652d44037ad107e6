"""Kilometre posts made one lexeme, in kilometres."""

from __future__ import annotations

import math

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.language.lexer import lex
from geosec.language.tags import KILOMETRE


def posts(text):
    reader = load_interpreter(None)
    lexemes = lex(text, reader.ground.names, reader.language)
    return [(each.amount.low, each.amount.high) for each in lexemes if each.tag == KILOMETRE]


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("km 268", 268),
        ("KM 1,175", 1_175),
        ("km 1 175", 1_175),
        ("km 268.5", 268.5),
        ("km-268", 268),
        ("km two hundred sixty-eight", 268),
        ("kilometre no. 268", 268),
        ("km post 268", 268),
        ("268 km post", 268),
        ("the 268-kilometre marker", 268),
        ("at the 268 km mark", 268),
        ("chainage 402 km", 402),
        ("chainage 268+500", 268.5),
        ("km 26+900", 26.9),
        ("km 26.0+100", 26.1),
        ("km 26+1050", 27.05),  # a kilometre longer than its post says
        ("KP 268", 268),
        ("at KP 268.5", 268.5),
        ("K.P. 268", 268),
        ("KP-268", 268),
        ("5 km east of KP 268", 268),
        ("pole number 289", 289),
        ("pole no. 289/3", 289),
        ("Km No 268/5-6", 268),
        ("mile 166", 267.151),
        ("milepost 166", 267.151),
        ("کلومیٹر 268", 268),
    ],
)
def test_a_post_is_read_in_kilometres(text, km):
    assert posts(text) == [(pytest.approx(km, abs=1e-3), pytest.approx(km, abs=1e-3))]


@pytest.mark.parametrize(
    "text",
    [
        "km 200 to 270",
        "km 200-270",
        "km 200 – km 270",
        "from km 200 to km 270",
        "between km 200 and 270",
        "between km 200 and km 270",
        "between KP 200 and KP 270",
    ],
)
def test_two_posts_are_the_track_between_them(text):
    assert posts(text) == [(200, 270)]


@pytest.mark.parametrize(
    "text",
    [
        "KP",
        "Swat, KP",
        "in KP 12 people were killed",
        "KP 12 people",
        "12 km",
        "500 m",
        "metre 12",
        "1 km 500 m",
        "12 km post of the police"[6:],  # post of the police
        "km south of Sibi",
    ],
)
def test_what_is_no_post_is_none(text):
    assert posts(text) == []


def test_a_post_whose_number_cannot_be_read_is_not_known():
    [(low, _)] = posts("km 26.8.3")
    assert math.isnan(low)
