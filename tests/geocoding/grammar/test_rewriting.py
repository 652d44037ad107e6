from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import interpreter_for
from geosec.geocoding.grammar.lexer import Lexeme, lex
from geosec.geocoding.grammar.rewriting import (
    joined,
    misspelt,
    needs_rewriting,
    rewritten,
    tags_of,
    without_ignored,
)


def lexemes(*pairs):
    return [Lexeme(tag, text, text.lower()) for tag, text in pairs]


@pytest.fixture(scope="module")
def cut():
    reader = interpreter_for(None)
    return lambda text: lex(text, reader.ground.names, reader.language, keep_ignored=True)


@pytest.fixture(scope="module")
def rewrite(cut):
    """Cut and rewrite a phrase: its tags, and the trains that were taken out."""
    reader = interpreter_for(None)

    def rewritten_tags(text):
        kept = without_ignored(cut(text))
        found, trains = rewritten(kept, reader.ground.names, reader.language)
        return tags_of(found), trains

    return rewritten_tags


@pytest.mark.parametrize(
    ("text", "tags", "trains"),
    [
        ("the Jaffar Express near Mach", "mX", ("Jaffar Express",)),
        ("the Quetta-bound Jaffar Express near Sibi", "mX", ("Jaffar Express",)),
        ("the Bolan Mail", "", ("Bolan Mail",)),
        ("Bolan Mail and Jaffar Express", "&", ("Bolan Mail", "Jaffar Express")),
        ("12 km south of Sibi", "nudoX", ()),
    ],
)
def test_trains_are_taken_out_and_kept_by_name(rewrite, text, tags, trains):
    assert rewrite(text) == (tags, trains)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Zzyzx-Xyzzy", "W"),
        ("Sibi-Zzyzx", "W"),  # a name of its own that holds a place's
        ("Mach-Kolpur", "X-X"),
        ("Sibi-Zzyzx road", "X-WH"),  # the ends of a road stay two
    ],
)
def test_hyphens_join_what_is_unknown(rewrite, text, tags):
    assert rewrite(text)[0] == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Dalbundin", "X"),
        ("Mirpur Kahas", "X"),
        ("Pasni Cty", "XT"),
        ("Sibi Statoin", "XS"),
        ("Zzyzx", "W"),
        ("Zzyzx Masjid", "WF"),
        ("Sibi Hospitel", "XF"),
        ("Sibi Hospitals", "XW"),  # a plural is a name and no misspelt noun
    ],
)
def test_a_misspelt_name_or_noun_is_read_as_what_it_nearly_is(rewrite, text, tags):
    assert rewrite(text)[0] == tags


@pytest.mark.parametrize(
    ("text", "kept"), [("Zzyzx (Sibi)", "Sibi"), ("Sibi (Zzyzx)", "Sibi"), ("Sibi (Siwi)", "Sibi")]
)
def test_of_a_name_and_its_alias_one_that_is_known_is_kept(cut, text, kept):
    reader = interpreter_for(None)
    found, _ = rewritten(cut(text), reader.ground.names, reader.language)
    assert joined(found) == kept


@pytest.mark.parametrize(
    ("urdu", "english"),
    [
        ("مچھ کے قریب", "near Mach"),
        ("سبی سے 12 کلومیٹر جنوب میں", "12 km south of Sibi"),
        ("لورالائی سے بیس کلومیٹر دور", "20 km away from Loralai"),
    ],
)
def test_what_stands_behind_its_name_is_put_in_front(rewrite, urdu, english):
    assert rewrite(urdu) == rewrite(english)
    assert rewrite(urdu)[0].isascii()


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("mX", False),
        ("nudoX", False),
        ("XE", True),
        ("X-X", True),
        ("W", True),
        ("Xμ", True),
        ("X(X)", True),
    ],
)
def test_only_what_may_change_needs_rewriting(tags, expected):
    assert needs_rewriting(tags) is expected


def test_what_needs_no_rewriting_is_not_changed(cut):
    reader = interpreter_for(None)
    plain = cut("12 km south of Sibi")
    assert rewritten(plain, reader.ground.names, reader.language) == (plain, ())


def test_ignored_words_go_and_what_is_hyphenated_to_one_goes_with_them():
    hit = lexemes(("W", "Zzyzx"), ("-", "-"), ("w", "hit"), ("X", "Kech"))
    assert joined(without_ignored(hit)) == "Kech"
    plain = lexemes(("m", "near"), ("X", "Kech"))
    assert without_ignored(plain) == plain
    assert tags_of(without_ignored(lexemes(("w", "the"), ("X", "Kech"), ("w", "police")))) == "X"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Dalbundin", ["Dalbundin"]),
        ("near Dalbundin, Balochistan", ["Dalbundin"]),
        ("Mirpur Kahas", ["Mirpur Kahas"]),
        ("Sibi", []),
        ("12 km south of Sibi", []),
        ("", []),
    ],
)
def test_unknown_words_may_be_misspelt_names(cut, text, runs):
    assert misspelt(cut(text)) == runs


def test_lexemes_are_written_out_with_spaces():
    assert joined(lexemes(("X", "Sibi"), ("S", "station"))) == "Sibi station"
    assert tags_of(lexemes(("X", "Sibi"), ("S", "station"))) == "XS"
    assert (joined([]), tags_of([])) == ("", "")
