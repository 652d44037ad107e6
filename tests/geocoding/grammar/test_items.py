from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.items import make_items, make_named_item
from geosec.geocoding.grammar.phrases import Item
from geosec.language.lexemes import write_tags
from geosec.language.lexer import lex
from geosec.language.tags import BY_LETTER, spell_tags
from geosec.reference.names import Name


def cut(text):
    reader = load_interpreter(None)
    return lex(text, reader.ground.names, reader.language)


def items(text):
    """Items as (text, nouns, relation), by the names of tags."""
    words = cut(text)
    return [
        (item.text, spell_tags(item.nouns), spell_tags(item.relation))
        for item in make_items(words, write_tags(words))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sibi", [("Sibi", "", "")]),
        ("Sibi, Balochistan", [("Sibi", "", ""), ("Balochistan", "", "comma")]),
        ("near Kalat town", [("Kalat", "town", "near")]),
        ("town of Mach", [("Mach", "town", "of")]),
        ("Quetta's bypass", [("bypass", "road", "owner"), ("Quetta", "", "owner")]),
        ("Sibi's outskirts", [("Sibi", "area", "owner")]),
        ("Zzyzx Mosque in Sibi", [("Zzyzx Mosque", "facility", ""), ("Sibi", "", "in")]),
        ("", []),
    ],
)
def test_lexemes_are_grouped_into_items(text, expected):
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "compound", "generic"),
    [("Peshawar Zalmi", True, False), ("a mosque", False, True), ("Sibi", False, False)],
)
def test_a_longer_name_and_a_thing_without_a_name_are_told(text, compound, generic):
    words = cut(text)
    [item] = make_items(words, write_tags(words))
    assert (item.compound, item.generic) == (compound, generic)


def test_the_first_part_of_a_things_name_may_be_where_it_is():
    words = cut("Quetta Press Club")
    found = make_items(words, write_tags(words))
    assert [item.owner for item in found] == [False] * (len(found) - 1) + [found[-1].owner]


@pytest.mark.parametrize(
    ("text", "named"),
    [("Panir station", "Panir"), ("Zzyzx", "Zzyzx"), ("Zzyzx Kalat", "Zzyzx Kalat")],
)
def test_a_run_is_called_by_the_item_that_has_a_name(text, named):
    words = cut(text)
    assert make_named_item(words, write_tags(words)).text == named


def test_relations_of_items_are_tags():
    words = cut("Sibi and Mach, Balochistan")
    relations = [item.relation for item in make_items(words, write_tags(words))[1:]]
    assert [BY_LETTER[relation].name for relation in relations] == ["and", "comma"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Wana Tangi", ["Wana Tangi", "Wana Tangi"]),
        ("Wana Tangi area", ["Wana Tangi", "Wana Tangi"]),
        ("Mohmand Gat", ["Mohmand Gat", "Mohmand Gat"]),
        ("Khar, Tangi", ["", ""]),  # a comma stands between
        ("Khar in Tangi", ["", ""]),
        ("Swat district Matta", ["", ""]),  # a noun does
        ("Chaman border with Afghanistan", ["", ""]),  # a word that means nothing does
        ("Khar", [""]),
    ],
)
def test_names_with_nothing_between_may_be_one_name(text, whole):
    words = cut(text)
    found = make_items(words, write_tags(words))
    assert [item.whole for item in found] == whole
    assert [bool(item.beside) for item in found] == [bool(each) for each in whole]


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("Khar Zzyzx area", True),
        ("Bara Zzyzx village", True),
        ("Zzyzx Khar town", True),
        ("Khar Zzyzx hospital", False),  # a thing in Khar
        ("Zzyzx area", False),
        ("Khar area", False),
    ],
)
def test_beside_an_area_a_name_is_whole_or_none(text, compound):
    words = cut(text)
    first, *_ = make_items(words, write_tags(words))
    assert first.compound is compound


@pytest.mark.parametrize(("share", "is_guess"), [(1.0, False), (0.98, False), (0.9, True)])
def test_an_item_knows_whether_its_name_is_a_guess(share, is_guess):
    assert Item("X", Name(("x",), share)).is_guess is is_guess
    assert not Item("X").is_guess
