"""The words of reports, as patterns."""

from __future__ import annotations

import re

import pytest

from geosec.errors import GeosecError, UnknownNameError
from geosec.news.tolls import Count
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()
ACLED = [
    "Battles",
    "Explosions/Remote violence",
    "Protests",
    "Riots",
    "Strategic developments",
    "Violence against civilians",
]


def test_words_are_read_once():
    assert load_report_words("en") is load_report_words("en")


def test_the_types_are_those_of_acled():
    assert sorted(WORDS.types) == ACLED


@pytest.mark.parametrize("code", ["xx", "EN", "", "en.toml", "../en"])
def test_a_language_without_a_file_is_told(code):
    with pytest.raises(UnknownNameError, match=r"no report words for the language .*'en'"):
        load_report_words(code)


def test_an_unknown_language_is_an_error_of_geosec():
    assert issubclass(UnknownNameError, GeosecError)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Explosions/Remote violence", "a landmine"),
        ("Explosions/Remote violence", "an ied"),
        ("Battles", "they exchanged fire"),
        ("Protests", "a sit-in"),
        ("Riots", "a mob"),
        ("Strategic developments", "three were arrested"),
        ("Violence against civilians", "was abducted"),
    ],
)
def test_a_type_is_found_by_its_words(kind, text):
    assert WORDS.types[kind].search(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Explosions/Remote violence", "he died of it"),  # no "ied" in "died"
        ("Riots", "a mobile phone"),  # no "mob"
        ("Battles", "he was encountered"),  # "encounter" is a word of its own
    ],
)
def test_words_are_found_whole(kind, text):
    assert not WORDS.types[kind].search(text)


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("one", (1, 1)),
        ("a couple", (2, 2)),
        ("half a dozen", (6, 6)),
        ("a dozen", (12, 12)),
        ("two dozen", (24, 24)),
        ("dozens", (24, None)),
        ("a hundred", (100, 100)),
    ],
)
def test_quantities_are_a_lowest_and_a_highest(word, ends):
    assert WORDS.quantities[word] == ends


def test_no_quantity_ends_below_its_start():
    counts = [Count(*ends) for ends in WORDS.quantities.values()]
    assert all(each.low > 0 and (each.high is None or each.low <= each.high) for each in counts)


def test_the_calendar_is_complete_and_in_order():
    months, weekdays = WORDS.dates["months"], WORDS.dates["weekdays"]
    assert (len(months), months[0], months[11]) == (12, "january", "december")
    assert (len(weekdays), weekdays[0], weekdays[6]) == (7, "monday", "sunday")


@pytest.mark.parametrize(
    "text", ["on monday", "march 3", "3 march", "yesterday", "the same day", "a day earlier"]
)
def test_days_are_found(text):
    assert WORDS.days.search(text)


@pytest.mark.parametrize("text", ["they march on", "mondays", "may be", "3 marches", ""])
def test_what_is_no_day_is_not(text):
    assert not WORDS.days.search(text)


@pytest.mark.parametrize(
    "text",
    ["officials said on saturday", "police told reporters on monday", "he said late on friday"],
)
def test_the_day_somebody_spoke_is_found(text):
    assert WORDS.spoken_on.search(text)


@pytest.mark.parametrize("text", ["two were killed on saturday", "officials said", "on monday"])
def test_the_day_of_the_event_is_no_day_of_speaking(text):
    assert not WORDS.spoken_on.search(text)


@pytest.mark.parametrize(
    "text",
    [", 60 km away", " about 60 km from", ", which is 12 miles off", " 5 kilometres north of"],
)
def test_a_distance_behind_a_place_is_found(text):
    assert WORDS.distance_away.match(text)


def test_every_pattern_is_over_lower_case():
    groups = [WORDS.text, WORDS.roles, WORDS.types, WORDS.triggers, WORDS.people, WORDS.casualties]
    patterns = [each.pattern for group in groups for each in group.values()]
    names = [re.sub(r"\\.", "", each) for each in [*patterns, WORDS.away.pattern]]
    assert all(each == each.lower() for each in names)


def test_no_pattern_matches_nothing():
    """An empty entry would find an event in every text."""
    groups = [WORDS.text, WORDS.roles, WORDS.types, WORDS.triggers, WORDS.people, WORDS.casualties]
    empty = [name for group in groups for name, each in group.items() if each.search(" . ")]
    assert empty == []
