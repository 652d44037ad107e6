from __future__ import annotations

import re

import pytest

from geosec import UnknownNameError
from geosec.language import tags
from geosec.language.languages import load_language, load_languages
from geosec.reference.toponyms import normalise

CODES = ("en", "ur")


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("near", "near"),
        ("railway station", "station"),
        ("district", "district"),
        ("km", "unit"),
        ("twenty", "number"),
        ("north north east", "direction"),
        ("between", "between"),
        ("and", "and"),
        ("&", "and"),
        ("police", "ignored"),
    ],
)
def test_english_words_have_their_tag(word, tag):
    assert tags.BY_LETTER[load_language("en").tags[word]].name == tag


@pytest.mark.parametrize(
    ("unit", "metres"),
    [("km", 1_000), ("miles", 1_609.344), ("yards", 0.9144), ("metres", 1), ("کلومیٹر", 1_000)],
)
def test_units_are_metres(unit, metres):
    assert load_languages(*CODES).measures.units[normalise(unit)] == metres


@pytest.mark.parametrize(
    ("word", "degrees"),
    [("north", 0), ("east", 90), ("south", 180), ("west", 270), ("nnw", 337.5), ("جنوب", 180)],
)
def test_directions_turn_clockwise_from_north(word, degrees):
    assert load_languages(*CODES).directions_deg[normalise(word)] == degrees


def test_a_short_and_a_long_compass_word_are_one_direction():
    directions = load_language("en").directions_deg
    letters = {"n": "north", "e": "east", "s": "south", "w": "west"}
    for short in ("n", "ne", "ene", "sse", "sw", "wnw"):
        assert directions[short] == directions[" ".join(letters[each] for each in short)]


@pytest.mark.parametrize("code", CODES)
def test_every_word_is_normalised_and_has_one_tag_that_the_grammar_reads(code):
    language = load_language(code)
    for words in (
        language.tags,
        language.measures.units,
        language.measures.numbers,
        language.directions_deg,
    ):
        assert all(word == (normalise(word) or word) for word in words)
    assert set(language.tags.values()) <= set(tags.BY_LETTER)
    assert set(language.wants) <= tags.NOUNS


@pytest.mark.parametrize("code", CODES)
def test_units_numbers_and_directions_are_tagged_as_such(code):
    language = load_language(code)
    for words, tag in (
        (language.measures.units, tags.UNIT),
        (language.measures.unmeasured, tags.UNIT),
        (language.measures.numbers, tags.NUMBER),
        (language.directions_deg, tags.DIRECTION),
    ):
        assert {language.tags[word] for word in words} == {tag}
    assert all(0 <= degrees < 360 for degrees in language.directions_deg.values())
    assert all(metres > 0 for metres in language.measures.units.values())


def test_entries_begin_word_by_word():
    starts = load_language("en").starts
    assert {"on", "on the", "on the outskirts", "on the outskirts of"} <= starts
    assert "outskirts" in starts
    assert "the outskirts" not in starts


def test_short_nouns_are_not_guessed_at():
    nouns = load_language("en").nouns_by_letter
    assert "town" in nouns["t"]
    assert all(len(noun) >= 4 for each in nouns.values() for noun in each)
    assert all(noun.startswith(letter) for letter, each in nouns.items() for noun in each)


def test_the_longest_name_that_is_also_a_word_is_known():
    language = load_language("en")
    assert "nur" in language.also_words
    assert all(len(word) <= language.longest_also_word for word in language.also_words)
    assert load_languages(*CODES).also_words >= language.also_words


def test_a_language_is_loaded_once():
    assert load_language("en") is load_language("en")
    assert load_languages(*CODES) is load_languages(*CODES)


@pytest.mark.parametrize("code", ["xx", "", "EN", "../en"])
def test_a_language_without_words_is_refused(code):
    with pytest.raises(UnknownNameError, match="there are no words for the language"):
        load_language(code)
    with pytest.raises(UnknownNameError, match=re.escape(repr(code))):
        load_languages("en", code)


@pytest.mark.parametrize("name", ["Sibi Junction", "Rohri Jn.", "Kolpur Halt", "سبی جنکشن"])
def test_names_that_only_stations_bear_end_with_words_of_either_language(name):
    assert name.casefold().endswith(load_languages(*CODES).station_ends)
    assert not "Djn".casefold().endswith(load_languages(*CODES).station_ends)
