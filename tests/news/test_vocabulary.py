"""The words of reports, as patterns."""

from __future__ import annotations

import copy
import re
from dataclasses import fields
from pathlib import Path

import pytest

from geosec.errors import GeosecError, SourceError, UnknownNameError
from geosec.news import vocabulary
from geosec.news.casualties import count_casualties
from geosec.news.event_types import find_event_type
from geosec.news.notation import join_loose, join_whole
from geosec.news.tolls import Count
from geosec.news.vocabulary import list_entries, load_report_words, make_report_words

ENTRIES = list(list_entries("en"))
EXAMPLES = [(name, entry, said) for name, entry in ENTRIES for said in entry.examples]
READ = vocabulary._read_file("en")
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
        ("a couple", (2, 2)),
        ("half a dozen", (6, 6)),
        ("a dozen", (12, 12)),
        ("two dozen", (24, 24)),
        ("dozens", (24, None)),
    ],
)
def test_quantities_are_a_lowest_and_a_highest(word, ends):
    assert WORDS.quantities[word] == ends


def test_no_quantity_ends_below_its_start():
    counts = [Count(*ends) for ends in WORDS.quantities.values()]
    assert all(each.low > 0 and (each.high is None or each.low <= each.high) for each in counts)


def test_the_calendar_is_complete_and_in_order():
    months, weekdays = WORDS.dates.months, WORDS.dates.weekdays
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
    assert WORDS.scenes.distance_away.match(text)


def find_entry(name, entry, said):
    loose = name in {"names.parts", "names.rounds", "scenes.turns", "scenes.distance_away"}
    return (join_loose if loose else join_whole)([entry]).search(said)


@pytest.mark.parametrize(
    ("name", "entry", "said"), EXAMPLES, ids=[f"{name}: {said}" for name, _, said in EXAMPLES]
)
def test_an_entry_finds_its_example(name, entry, said):
    assert said == said.lower()
    assert find_entry(name, entry, said)


@pytest.mark.parametrize(
    ("name", "entry"),
    [(name, entry) for name, entry in ENTRIES if entry.not_example],
    ids=[f"{name}: {entry.not_example}" for name, entry in ENTRIES if entry.not_example],
)
def test_an_entry_does_not_find_what_it_must_not(name, entry):
    assert not find_entry(name, entry, entry.not_example)


@pytest.mark.parametrize(
    ("name", "said"), [(name, said) for name, _, said in EXAMPLES if name.startswith("types.")]
)
def test_an_example_of_a_type_is_read_as_that_type(name, said):
    assert find_event_type(said, count_casualties(said, WORDS), WORDS) == name[len("types.") :]


def test_every_phrase_has_an_example():
    assert [entry.text for _, entry in ENTRIES if not entry.examples] == []


def test_every_group_stands_in_a_phrase():
    phrases = " ".join(entry.text for _, entry in ENTRIES)
    assert [name for name in READ["groups"] if f"{{{name}}}" not in phrases] == []


def test_no_line_of_the_file_is_long():
    """A line is read at once: it once took up to 1,396 letters."""
    file = Path(vocabulary.__file__).parent / "words/en.toml"
    assert max(len(line) for line in file.read_text(encoding="utf-8").splitlines()) <= 220


def test_no_list_holds_an_entry_twice():
    named = [(name, entry.text) for name, entry in ENTRIES]
    assert len(set(named)) == len(named)


def list_patterns():
    sections = (WORDS.names, WORDS.scenes, WORDS.signs, WORDS.people, WORDS.tolls)
    lists = [(each.name, getattr(part, each.name)) for part in sections for each in fields(part)]
    return [*lists, *WORDS.types.items()]


def test_every_pattern_is_over_lower_case():
    names = [re.sub(r"\\.", "", pattern.pattern) for _, pattern in list_patterns()]
    assert all(each == each.lower() for each in names)


def test_no_pattern_matches_nothing():
    """An empty entry would find an event in every text."""
    assert [name for name, pattern in list_patterns() if pattern.search(" . ")] == []


@pytest.mark.parametrize(
    ("section", "name"),
    [("signs", "follow"), ("tolls", "risen"), ("dates", "ago"), ("types", "Riots")],
)
def test_a_list_that_is_missing_is_named(section, name):
    read = copy.deepcopy(READ)
    del read[section][name]
    with pytest.raises(SourceError, match=rf"'en', \[{section}\], lack the list '{name}'"):
        make_report_words(read, "en")


@pytest.mark.parametrize("section", ["groups", "names", "signs", "quantities", "dates"])
def test_a_section_that_is_missing_is_named(section):
    read = {name: lists for name, lists in READ.items() if name != section}
    with pytest.raises(SourceError, match=f"lack the section '{section}'"):
        make_report_words(read, "en")


@pytest.mark.parametrize(
    ("section", "name", "near"),
    [("signs", "folow", "follow"), ("people", "milit", ""), ("types", "Riot", "Riots")],
)
def test_a_list_that_nothing_reads_is_named(section, name, near):
    read = copy.deepcopy(READ)
    read[section][name] = ["word"]
    with pytest.raises(SourceError, match=rf"hold a list '{name}' that nothing reads; .*{near}"):
        make_report_words(read, "en")


@pytest.mark.parametrize("text", ["he lost an arm", "it was grim", "a pum"])
def test_a_stop_in_an_abbreviation_stands_for_itself(text):
    """The stop of "a.m" once stood for any letter, so that no sentence ended behind "arm"."""
    assert not WORDS.names.abbreviations.search(text)
    assert WORDS.names.abbreviations.fullmatch("a.m")
