from __future__ import annotations

import math

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.lexer import lex
from geosec.geocoding.grammar.measures import read_length_m, read_number
from geosec.geocoding.grammar.tags import NUMBER


def cut(text):
    reader = load_interpreter(None)
    return lex(text, reader.ground.names, reader.language), reader.language


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("12 km", 12_000),
        ("12-km", 12_000),
        ("about 30 kilometres", 30_000),
        ("seven kilometers (four miles)", 7_000),
        ("25 miles", 40_233.6),
        ("1,500 m", 1_500),
        ("1,5 km", 1_500),
        ("twenty five kms", 25_000),
        ("one hundred and twenty km", 120_000),
        ("half a km", 500),
        ("kilometre", 1_000),
    ],
)
def test_a_length_is_read_in_metres(text, metres):
    assert read_length_m(*cut(text)) == pytest.approx(metres)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("two hundred", 200),
        ("three thousand", 3_000),
        ("268.5", 268.5),
        ("1,200", 1_200),
    ],
)
def test_a_number_is_read_in_digits_and_words(text, number):
    lexemes, language = cut(text)
    assert read_number([word for word in lexemes if word.tag == NUMBER], language) == number


def test_digits_that_make_no_number_are_not_one():
    assert math.isnan(read_number(*cut("12.5.3")))
    assert read_number([], cut("")[1]) == 1.0
