"""Lengths and bearings of a text, each made one lexeme, whatever way they are written."""

from __future__ import annotations

import math

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.language.lexemes import write_tags
from geosec.language.lexer import lex
from geosec.language.tags import DIRECTION, LENGTH, UNIT, spell_tags


def cut(text):
    reader = load_interpreter(None)
    return lex(text, reader.ground.names, reader.language)


def lengths(text):
    return [(each.amount.low, each.amount.high) for each in cut(text) if each.tag == LENGTH]


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("12 km", 12_000),
        ("12-km", 12_000),
        ("12km", 12_000),
        ("about 30 kilometres", 30_000),
        ("seven kilometers (four miles)", 7_000),
        ("7 km (about four miles)", 7_000),
        ("10 miles / 16 km", 16_093.44),
        ("25 miles", 40_233.6),
        ("1,500 m", 1_500),
        ("1,5 km", 1_500),
        ("12 000 metres", 12_000),
        ("1 200 000 m", 1_200_000),
        ("twenty five kms", 25_000),
        ("twenty-five km", 25_000),
        ("one hundred and twenty km", 120_000),
        ("half a km", 500),
        ("half-mile", 804.672),
        ("one half km", 500),
        ("one and one half km", 1_500),
        ("of12 km", 12_000),
        ("سے12 کلومیٹر", 12_000),
        ("~12 km", 12_000),
        ("Sibi:12 km", 12_000),
        ("at a point 12 km", 12_000),
        ("a mile", 1_609.344),
        ("1/2 km", 500),
        ("2 1/2 km", 2_500),
        ("2½ km", 2_500),
        ("½ km", 500),
        ("two and a half km", 2_500),
        ("a mile and a half", 2_414.016),
        ("a mile and a quarter", 2_011.68),
        ("three quarters of a mile", 1_207.008),
        (".5 km", 500),
        ("two point five km", 2_500),
        ("12 k.m.", 12_000),
        ("12 nautical miles", 22_224),
        ("12 nm", 22_224),
        ("3 furlongs", 603.504),
        ("500 ft", 152.4),
        ("1 km 500 m", 1_500),
        ("1 km and 500 m", 1_500),
        ("5 miles 3 furlongs", 8_650.224),
        ("12 km by road", 12_000),
        ("12 kilomters", 12_000),
        ("12K", 12_000),
        ("a radius of 12 km", 12_000),
        ("a 12 km radius", 12_000),
        ("M 4.5 - 12 km", 12_000),  # of a bulletin of earthquakes
        ("Mw 5.1, 12 km", 12_000),
        ("12 kilometeres", 12_000),
        ("ساڑھے بارہ کلومیٹر", 12_500),
        ("ڈیڑھ کلومیٹر", 1_500),
        ("سوا سو کلومیٹر", 125_000),
        ("پونے سو کلومیٹر", 75_000),
        ("پونے دو سو کلومیٹر", 175_000),
        ("ساڑھے تین سو میٹر", 350),
        ("ڈیڑھ سو میٹر", 150),
        ("سوا ہزار میٹر", 1_250),
        ("۱,۵۰۰ میٹر", 1_500),
        ("۱۲٬۵۰۰ میٹر", 12_500),
        ("سوا دو کلومیٹر", 2_250),
        ("پونے تین میل", 4_425.696),
        ("۱۲٫۵ کلومیٹر", 12_500),
    ],
)
def test_a_length_is_read_in_metres(text, metres):
    [(low, high)] = lengths(text)
    assert (low, high) == (pytest.approx(metres), pytest.approx(metres))


@pytest.mark.parametrize(
    ("text", "low_m", "high_m"),
    [
        ("10 to 15 km", 10_000, 15_000),
        ("10-15 km", 10_000, 15_000),
        ("10–15 km", 10_000, 15_000),
        ("from 10 to 15 km", 10_000, 15_000),
        ("between 10 and 15 km", 10_000, 15_000),
        ("between about 10 and 15 km", 10_000, 15_000),
        ("between 10 km and 15 km", 10_000, 15_000),
        ("10 km to 15 km", 10_000, 15_000),
        ("15-10 km", 10_000, 15_000),
        ("ten or twelve miles", 16_093.44, 19_312.128),
        ("two-three km", 2_000, 3_000),
        ("several km", 3_000, 9_000),
        ("a few km", 2_000, 5_000),
        ("tens of km", 20_000, 90_000),
        ("5 km (8 miles)", 5_000, 12_874.752),  # they do not agree
        ("دس سے پندرہ کلومیٹر", 10_000, 15_000),
        ("چند کلومیٹر", 2_000, 5_000),
        ("a few hundred metres", 200, 500),
        ("several dozen km", 36_000, 108_000),
        ("a couple of hundred metres", 200, 200),
        ("less than 12 km", 0, 12_000),
        ("less than 1 km 500 m", 0, 1_500),
        ("under 12 km", 0, 12_000),
        ("up to 12 km", 0, 12_000),
        ("at most 12 km", 0, 12_000),
        ("no more than 12 km", 0, 12_000),
        ("<12 km", 0, 12_000),
        ("≤ 12 km", 0, 12_000),
        ("more than 12 km", 12_000, 15_000),
        ("over 12 km", 12_000, 15_000),
        ("at least 12 km", 12_000, 15_000),
        ("no less than 12 km", 12_000, 15_000),
        (">12 km", 12_000, 15_000),
        (">= 12 km", 12_000, 15_000),
        ("more than 10 to 12 km", 10_000, 15_000),
        ("کم از کم 12 کلومیٹر", 12_000, 15_000),
        ("زیادہ سے زیادہ 12 کلومیٹر", 0, 12_000),
    ],
)
def test_a_range_is_read_as_its_two_ends(text, low_m, high_m):
    assert lengths(text) == [(pytest.approx(low_m), pytest.approx(high_m))]


@pytest.mark.parametrize(
    "text",
    [
        "12.5.3 km",
        "3/2 km",
        "5/6 km",
        "twice 12 km",
        "۱۲٬۵ کلومیٹر",
        "۱e۲ کلومیٹر",
        "12 km--15 km",
        "7 km (-4 miles)",
        "7 km (4e1 miles)",
        "12 to -15 km",
        "12 to 1e2 km",
        "double 12 km",
        "10/12 km",  # a range, or five sixths
        "12 leagues",
        "half an hour",
        "twelve chains",
        "پانچ کوس",
        "12 km²",
        "12 km³",
        "12 sq km",
        "12 km/h",
        "12 مربع کلومیٹر",
        "1e2 km",
        "0x10 km",
        "x12 km",
        "12x2 km",
        "$12 km",
        "±12 km",
        "12% km",
        "12+ km",
        "−12 km",
        "-12 km",
        "about -12 km",
        "minus twelve km",
        "negative 12 km",
        "منفی 12 کلومیٹر",
        "3½½ km",
        "½½ km",
        "1/½ km",
        "half half km",
        "half a half km",
        "half of a half km",
        "half and half km",
        "quarter half km",
        "two and a half and a half km",
        "two point five point five km",
        "آدھا آدھا کلومیٹر",
        "ساڑھے ساڑھے تین کلومیٹر",
    ],
)
def test_what_is_no_number_or_no_unit_is_a_length_that_is_not_known(text):
    [length] = [each for each in cut(text) if each.tag == LENGTH]
    assert not length.amount.is_known


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("umpteen km", "unknown unit"),
        ("2 5 km", "number length"),
        ("killed two 12 km", "unknown number length"),
        ("Chak 12 500 m", "name number length"),  # Chak 12
        ("5 km 7 km", "length length"),
        ("12 km, 5 miles", "length comma length"),
        ("between 10 and Sibi", "between number and name"),
        ("a dozen people", "number unknown"),
    ],
)
def test_what_does_not_belong_together_stays_apart(text, tags):
    assert spell_tags(write_tags(cut(text))) == tags


@pytest.mark.parametrize(
    ("text", "degrees"), [("12 km at 190 degrees", 190), ("12 km 190°", 190), ("5 km 7.5 deg", 7.5)]
)
def test_a_bearing_behind_a_length_is_a_direction(text, degrees):
    [direction] = [each for each in cut(text) if each.tag == DIRECTION]
    assert direction.amount.middle == degrees


@pytest.mark.parametrize("text", ["x1 km 500 m", "-1 km and 500 m", "1e2 km 5 m"])
def test_a_length_that_is_not_known_is_no_part_of_one(text):
    assert not any(
        each.amount.is_known and each.amount.high > 500 for each in cut(text) if each.amount
    )


@pytest.mark.parametrize(
    "text",
    ["12 km at 400 degrees", "12 km at $90 degrees", "12 km at x90°", "12 km at -90 degrees"],
)
def test_a_bearing_beyond_a_full_turn_or_that_is_no_number_is_not_known(text):
    [direction] = [each for each in cut(text) if each.tag == DIRECTION]
    assert math.isnan(direction.amount.middle)


def test_degrees_without_a_length_are_no_direction():
    assert all(each.tag != DIRECTION for each in cut("a temperature of 45 degrees in Sibi"))


def test_a_unit_without_a_number_stays_a_unit():
    assert cut("km south")[0].tag == UNIT


def test_a_measure_keeps_its_words_and_where_they_stand():
    text = "a post, between 10 and 15 km south of Sibi"
    [length] = [each for each in cut(text) if each.tag == LENGTH]
    assert length.text == text[length.start : length.end] == "between 10 and 15 km"
