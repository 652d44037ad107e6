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
        ("km 268–Panir", 268),
        ("میل ۱۶۶", 267.151),
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
        ("MP 166", 267.151),
        ("km approx. 268", 268),
        ("km about 268", 268),
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
        "km 200 thru 270",
        "km 200 until 270",
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
        "MP 12 people",
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


@pytest.mark.parametrize(
    "text",
    [
        "km 26.8.3",
        "km 1e309",
        "km 2e2",
        "km 268e1",
        "km 0x10C",
        "km 268A",
        "km2 68",
        "km 2 6 8",
        "km 2x134",
        "km 2*134",
        "km 2:68",
        "km 2_68",
        "km 2'68",
        "km 268²",
        "km 268%",
        "km 3½½",
        "km .268.5",
        "km $268",
        "km <268",
        "km >= 268",
        "km -268",
        "km post -268",
        "km no. -268",
        "KP -268",
        "chainage -268",
        "mile -166",
        "km −268",
        "km−268",
        "km minus 268",
        "km nan",
        "km half",
        "km several",
        "کلومیٹر -268",
        "کلومیٹر منفی 268",
        "کلومیٹر ۲e۲",
        "mile 1e2",
        "KP 2e2",
        "pole 2e2",
        "km 200 to -270",
        "km 200 to 2e2",
        "km 200--270",
        "km -200 to 270",
        "between km 200 and minus 270",
        "between km 1e2 and 270",
        "x268 km post",
        "minus 268 km post",
        "the 1e2 km mark",
        "more than km 268",
        "km 268-A",
        "کلومیٹر نمبر منفی ۲۶۸",
        "کلومیٹر ۲۶ ۸",
        "km 26?",
        "km 2??",
        "km 2__",
        "km 2xx",
        "km 12..15",
        "km 200 ± 10",
        "km 200 minus 10",
        "km 268+",
        "km 268/270",
        "km two hundred two hundred",
        "MP 1e2",
    ],
)
def test_a_post_whose_number_cannot_be_read_is_not_known(text):
    [(low, _)] = posts(text)
    assert math.isnan(low)


@pytest.mark.parametrize("text", ["km-268", "KM-268", "km–268", "KP-268", "km - 268", "pole-268"])
def test_a_hyphen_that_touches_the_post_or_the_space_behind_is_no_minus(text):
    assert posts(text) == [(268, 268)]


def test_a_count_behind_a_post_is_not_of_its_number():
    assert posts("at km 268 12 people were killed") == [(268, 268)]
    assert posts("at km 268 two people were killed") == [(268, 268)]


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("M-8, 12.5 km", 12.5),
        ("M8 12.5 km", 12.5),
        ("ML-3 268 km", 268),
        ("on ML-3, at about 268 kilometres", 268),
        ("ML-3, 268 km, Sibi", 268),
        ("40 km ML-3", 40),
        ("at 40 km on N-25", 40),
        ("Rohri-Chaman line, 268 km", 268),
        ("N-25, 10 miles", 16.09344),
    ],
)
def test_a_length_beside_a_road_or_line_alone_is_its_post(text, km):
    assert posts(text) == [(pytest.approx(km), pytest.approx(km))]


@pytest.mark.parametrize(
    "text",
    [
        "ML-3 12 km south of Sibi",
        "N-25 12 km from Khuzdar",
        "12 km from N-25",
        "within 40 km of ML-3",
        "ML-3, 500 m",
        "Sibi, 12 km",
        "railway line, 12 km",
        "N-25 12 km near Khuzdar",
    ],
)
def test_other_lengths_are_no_posts(text):
    assert posts(text) == []
