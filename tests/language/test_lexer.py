from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.language.lexemes import Lexeme, write_tags, write_words
from geosec.language.lexer import lex
from geosec.language.tags import COMMA, HYPHEN, NAME, STATION, spell_tags


@pytest.fixture(scope="module")
def cut():
    reader = load_interpreter(None)
    return lambda text, **how: lex(text, reader.ground.names, reader.language, **how)


@pytest.fixture(scope="module")
def tags(cut):
    return lambda text, **how: spell_tags(write_tags(cut(text, **how)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 km south of Sibi", "length direction of name"),
        ("twenty five km", "length"),
        ("half a km", "length"),
        ("12 people", "number unknown"),
        ("km 268 of Sibi", "kilometre of name"),
        ("29.543N, 67.877E", "point"),
        ("Mach railway station", "name station"),
        ("in the vicinity of Mach", "near name"),
        ("between Mach and Kolpur", "between name and name"),
        ("b/w Mach & Kolpur", "between name and name"),
        ("Quetta's bypass", "name owner road"),
        ("Quetta’s bypass", "name owner road"),
        ("Mach–Kolpur", "name hyphen name"),
        ("Mach—Kolpur", "name hyphen name"),
        ("Sibi; Mach", "name comma name"),
        ("Sibi، Mach", "name comma name"),
        ("Sibi (Mach)", "name open name close"),
        ("the Bolan Mail", "name train"),
        ("Zzyzx", "unknown"),
        ("مچھ کے قریب", "name near-behind"),
        ("🚂 Sibi!?", "name"),
        ("", ""),
        ("?!…", ""),
    ],
)
def test_a_phrase_is_cut_into_names_words_and_marks(tags, text, expected):
    assert tags(text) == expected


@pytest.mark.parametrize(
    "name", ["Dera Murad Jamali", "Dera Bugti", "Ab-i-Gum", "N-25", "ML-1", "DERA  murad\njamali"]
)
def test_the_longest_name_wins(cut, name):
    (lexeme,) = cut(name)
    assert (lexeme.tag, lexeme.text) == (NAME, name)
    assert lexeme.name is not None


def test_a_name_in_two_words_does_not_swallow_the_word_behind(cut):
    assert [each.text for each in cut("Dera Bugti and Kohlu")] == ["Dera Bugti", "and", "Kohlu"]


def test_a_number_keeps_its_comma_and_its_point(cut):
    assert [each.text for each in cut("1,200 men")] == ["1,200", "men"]
    assert [each.text for each in cut("12.5 tons")] == ["12.5", "tons"]
    assert [each.text for each in cut("1,200.5 m")] == ["1,200.5 m"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the restive Kech", ["the", "restive", "Kech"]), ("Punjab police", ["Punjab", "police"])],
)
def test_words_without_a_meaning_for_a_place_are_kept_on_demand(cut, tags, text, expected):
    assert [each.text for each in cut(text, keep_ignored=True)] == expected
    assert "ignored" in tags(text, keep_ignored=True)
    assert "ignored" not in tags(text)


@pytest.mark.parametrize(
    "text", ["12 km south of Sibi, Balochistan", "  Quetta's  bypass ", "ضلع کچھی میں مچھ کے قریب"]
)
def test_offsets_point_at_the_words(cut, text):
    lexemes = cut(text, keep_ignored=True)
    assert all(text[each.start : each.end] == each.text for each in lexemes)
    starts = [each.start for each in lexemes]
    assert starts == sorted(set(starts))


def test_a_mark_is_tagged_alike_and_kept_as_written(cut):
    assert [(each.tag, each.text) for each in cut("Mach – Kolpur")][1] == (HYPHEN, "–")


def test_a_name_reaches_over_a_hyphen_but_not_over_a_comma(tags):
    assert tags("Dera-Bugti") == "name"
    assert tags("Dera, Bugti") != "name"


def test_a_word_of_the_grammar_inside_a_name_needs_the_same_spelling(tags):
    assert tags("Mach in Sibi") == "name in name"
    assert tags("Mach off Sibi") == "name off name"


def test_lexemes_are_written_out_with_spaces():
    words = [Lexeme(NAME, "Sibi", "sibi"), Lexeme(STATION, "station", "station")]
    assert write_words(words) == "Sibi station"
    assert write_tags(words) == NAME + STATION
    assert (write_words([]), write_tags([])) == ("", "")
    assert write_tags([Lexeme(COMMA, ";", ";")]) == ","
