from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.language.lexemes import write_tags
from geosec.language.lexer import lex
from geosec.language.spelling import list_spellable_runs, respell_lexemes
from geosec.language.tags import spell_tags


@pytest.fixture(scope="module")
def respell():
    """Respell a phrase: respell("Pasni Cty") gives its lexemes."""
    reader = load_interpreter(None)
    names, language = reader.ground.names, reader.language
    return lambda text: respell_lexemes(lex(text, names, language), names, language)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Dalbundin", "name"),
        ("Mirpur Kahas", "name"),
        ("Sukheke Mnadi", "name facility"),
        ("Pasni Cty", "name town"),
        ("Sibi Statoin", "name station"),
        ("Zzyzx", "unknown"),
        ("Zzyzx Masjid", "unknown facility"),
        ("Sibi Hospitel", "name facility"),
        ("Sibi Hospitals", "name unknown"),  # a plural is a name and no misspelt noun
    ],
)
def test_a_misspelt_name_or_noun_is_read_as_what_it_nearly_is(respell, text, tags):
    assert spell_tags(write_tags(respell(text))) == tags


def test_a_guessed_name_keeps_the_words_of_the_phrase_and_says_how_alike_it_is(respell):
    [guess] = respell("Dalbundin")
    assert guess.text == "Dalbundin"
    assert guess.name.similarity < 1.0


def test_a_run_is_listed_once_for_each_way_it_is_looked_up():
    reader = load_interpreter(None)
    words = lex("Dalbundin town", reader.ground.names, reader.language)
    assert list_spellable_runs(words) == ["Dalbundin town", "Dalbundin"]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Madyen town", ["Madyen"]),  # "Madina Town" has its noun, and six letters of its own
        ("Zzyzx Masjid", []),
        ("Zzyzxab Masjid", ["Zzyzxab Masjid"]),
        ("Mirpur Kahas", ["Mirpur Kahas"]),
    ],
)
def test_a_noun_makes_no_short_name_long(text, runs):
    reader = load_interpreter(None)
    words = lex(text, reader.ground.names, reader.language)
    assert list_spellable_runs(words) == runs
