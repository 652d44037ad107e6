from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.rewriting import list_unknown_runs, rewrite_lexemes
from geosec.language.lexemes import Lexeme, write_words
from geosec.language.lexer import lex
from geosec.language.tags import read_tags, spell_tags


def lexemes(*pairs):
    """Lexemes of tags, by name, and words."""
    return [Lexeme(read_tags(name), text, text.lower()) for name, text in pairs]


@pytest.fixture(scope="module")
def cut():
    reader = load_interpreter(None)
    return lambda text: lex(text, reader.ground.names, reader.language, keep_ignored=True)


@pytest.fixture(scope="module")
def rewrite():
    """Rewrite lexemes: rewrite(lexemes) gives them, their tags by name, and the trains."""
    reader = load_interpreter(None)

    def rewrite_and_spell(words):
        found, letters, trains = rewrite_lexemes(words, reader.ground.names, reader.language)
        return found, spell_tags(letters), trains

    return rewrite_and_spell


@pytest.mark.parametrize(
    ("text", "tags", "trains"),
    [
        ("the Jaffar Express near Mach", "near name", ("Jaffar Express",)),
        ("the Quetta-bound Jaffar Express near Sibi", "near name", ("Jaffar Express",)),
        ("the Bolan Mail", "", ("Bolan Mail",)),
        ("Bolan Mail and Jaffar Express", "and", ("Bolan Mail", "Jaffar Express")),
        ("12 km south of Sibi", "length direction of name", ()),
    ],
)
def test_trains_are_taken_out_and_kept_by_name(cut, rewrite, text, tags, trains):
    assert rewrite(cut(text))[1:] == (tags, trains)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Zzyzx-Xyzzy", "unknown"),
        ("Sibi-Zzyzx", "unknown"),  # a name of its own that holds a place's
        ("Mach-Kolpur", "name hyphen name"),
        ("Sibi-Zzyzx road", "name hyphen unknown road"),  # the ends of a road stay two
        ("Lashkar-e-Zzyzx", "unknown"),  # whose e is no east
    ],
)
def test_hyphens_join_what_is_unknown(cut, rewrite, text, tags):
    assert rewrite(cut(text))[1] == tags


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Siby (Sibi)", "Siby"), ("Sibi (Zzyzx)", "Sibi"), ("Sibi (Siwi)", "Sibi")],
)
def test_of_a_name_and_its_alias_one_that_is_known_is_kept(cut, rewrite, text, kept):
    assert write_words(rewrite(cut(text))[0]) == kept


@pytest.mark.parametrize(
    ("bracketed", "plain"),
    [
        ("Mach (Sibi)", "Mach, Sibi"),
        ("Zzyzx (Sibi)", "Zzyzx, Sibi"),
        ("Mach town (Kachhi, Balochistan)", "Mach town, Kachhi, Balochistan"),
        ("Mach (in Kachhi district)", "Mach, in Kachhi district"),
        ("Mach (Kachhi district) station", "Mach, Kachhi district, station"),
        ("Mach (near Sibi)", "Mach, near Sibi"),
        ("Mach (Sibi) (Balochistan)", "Mach, Sibi, Balochistan"),
    ],
)
def test_brackets_say_what_commas_say(cut, rewrite, bracketed, plain):
    lexemes, tags, _ = rewrite(cut(bracketed))
    wanted, plain_tags, _ = rewrite(cut(plain))
    assert tags == plain_tags
    assert [each.name for each in lexemes] == [each.name for each in wanted]


@pytest.mark.parametrize(
    ("urdu", "english"),
    [
        ("مچھ کے قریب", "near Mach"),
        ("سبی سے 12 کلومیٹر جنوب میں", "12 km south of Sibi"),
        ("سبی کے جنوب میں 12 کلومیٹر دور", "12 km south of Sibi"),
        ("لورالائی سے بیس کلومیٹر دور", "20 km away from Loralai"),
        ("سبی اور مچھ کے درمیان", "between Sibi and Mach"),
        ("بلوچستان کے ضلع مستونگ میں دشت", "Dasht in Balochistan in district Mastung"),
    ],
)
def test_what_stands_behind_its_name_is_put_in_front(cut, rewrite, urdu, english):
    assert rewrite(cut(urdu))[1:] == rewrite(cut(english))[1:]
    assert "behind" not in rewrite(cut(urdu))[1]


@pytest.mark.parametrize(
    "text", ["near Sibi", "12 km south of Sibi", "Sibi, Balochistan", "between Sibi and Mach"]
)
def test_what_needs_no_rewriting_is_not_changed(cut, rewrite, text):
    plain = cut(text)
    assert rewrite(plain)[0] is plain


def test_ignored_words_go_and_what_is_hyphenated_to_one_goes_with_them(rewrite):
    hit = lexemes(("unknown", "Zzyzx"), ("hyphen", "-"), ("ignored", "hit"), ("name", "Kech"))
    assert write_words(rewrite(hit)[0]) == "Kech"
    plain = lexemes(("near", "near"), ("name", "Kech"))
    assert rewrite(plain)[0] == plain
    served = lexemes(("ignored", "the"), ("name", "Kech"), ("ignored", "police"))
    assert rewrite(served)[1] == "name"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Dalbundin", ["Dalbundin"]),
        ("near Dalbundin, Balochistan", ["Dalbundin"]),
        ("Dalbundin town", ["Dalbundin town", "Dalbundin"]),
        ("Mirpur Kahas", ["Mirpur Kahas"]),
        ("Sibi", []),
        ("12 km south of Sibi", []),
        ("", []),
    ],
)
def test_unknown_words_may_be_misspelt_names(cut, text, runs):
    assert list_unknown_runs(cut(text)) == runs
