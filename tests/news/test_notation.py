"""The notation of report words, and what it compiles to."""

from __future__ import annotations

import re

import pytest

from geosec.errors import SourceError
from geosec.news.notation import compile_phrase, join_loose, join_whole, read_entry

GROUPS = {"beast": ["dogs?", "cat"]}


def finds(phrase, text):
    entry = read_entry({"match": phrase}, GROUPS)
    return join_whole([entry]).search(text) is not None


@pytest.mark.parametrize(
    ("phrase", "found", "missed"),
    [
        ("killed", ["was killed."], ["unkilled", "killeds"]),
        ("soldiers?", ["a soldier", "soldiers"], ["soldiering"]),
        ("attack*", ["attack", "attackers"], ["counterattack"]),
        ("protest+", ["protesters"], ["protest"]),
        ("march #", ["march 3", "march 31"], ["march on"]),
        ("(sat|lay) down", ["sat down", "lay down"], ["stood down"]),
        ("return* [the] fire", ["returned fire", "return the fire"], ["return a fire"]),
        ("took [a|an]", ["took a", "took an", "took "], ["take a"]),
        ("bomb[s|ed]", ["bomb", "bombs", "bombed"], ["bombay"]),
        ("[gun]fire", ["fire", "gunfire"], ["ceasefire"]),
        (
            "set <2> ablaze",
            ["set ablaze", "set two vans ablaze"],
            ["set a b c ablaze", "set a-b ablaze"],
        ),
        ("set <2-> ablaze", ["set a-b ablaze"], ["set a-b-c ablaze"]),
        ("set <2,> ablaze", ["set a, b, ablaze"], ["set a-b ablaze"]),
        ("set <2,-> ablaze", ["set a, b-ablaze"], ["set § ablaze"]),
        ("set <2§> ablaze", ["set § ablaze"], ["set §, ablaze"]),
        ("set <2,§> ablaze", ["set §, ablaze"], []),
        ("saw {beast} run", ["saw dogs run", "saw cat run"], ["saw beast run"]),
        ("p.m", ["at 5 p.m"], ["pxm"]),
        ("no-one", ["no-one"], ["no one"]),
        ("o'clock", ["five o'clock"], ["oclock"]),
    ],
)
def test_a_phrase_finds_what_its_signs_say(phrase, found, missed):
    assert [text for text in found if not finds(phrase, text)] == []
    assert [text for text in missed if finds(phrase, text)] == []


@pytest.mark.parametrize(
    ("word", "examples"),
    [
        ("killed", ("killed",)),
        ("attack*", ("attack",)),
        ("soldiers?", ("soldiers", "soldier")),
        ("shot dead", ("shot dead",)),
        ("no <2> arrests", ()),
        ("neutrali(s|z)ed", ()),
    ],
)
def test_a_plain_word_is_its_own_example_and_a_phrase_is_not(word, examples):
    assert read_entry(word, {}).examples == examples


def test_an_entry_keeps_its_examples():
    entry = read_entry({"match": "shot", "example": "was shot", "not": "shotgun"}, {})
    assert (entry.examples, entry.not_example) == (("was shot",), "shotgun")


def test_a_regex_is_taken_as_it_stands_but_for_its_groups():
    assert read_entry({"regex": "a.{2}b"}, {}).regex == "a.{2}b"
    assert read_entry({"regex": r"{beast}\b{1,2}"}, GROUPS).regex == r"(?:dogs?|cat)\b{1,2}"


@pytest.mark.parametrize("raw", [{"example": "a"}, {"match": "a", "exmaple": "a"}, {}])
def test_an_entry_that_says_something_else_is_refused(raw):
    with pytest.raises(SourceError, match="an entry of report words has `match` or `regex`"):
        read_entry(raw, {})


def test_a_group_that_is_not_there_is_an_error():
    with pytest.raises(SourceError, match=r"no group 'birds'; .*'beast'"):
        compile_phrase("{birds}", GROUPS)
    with pytest.raises(SourceError, match="no group 'birds'"):
        read_entry({"regex": "{birds}"}, GROUPS)


def test_the_longest_entry_is_found_first():
    entries = [read_entry(word, {}) for word in ("close", "close to", "clo*")]
    assert join_whole(entries).search("close to").group() == "close to"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a cat", ["cat"]),
        ("cats, cars and carts", ["cats", "cars", "carts"]),
        ("xat or oat", ["xat", "oat"]),
        ("the bus, the us", ["bus", "us"]),
        ("dog dig dug", ["dog", "dug"]),
        ("big cow, bad cow, red cow", ["big cow", "bad cow", "red cow"]),
        ("ox, oxen and foxen", ["ox", "oxen", "foxen"]),
        ("a) cow, b) cow", ["a) cow", "b) cow"]),
    ],
)
def test_entries_that_begin_alike_are_found_as_if_each_stood_alone(text, found):
    raws = ["cat", {"regex": "ca[rt]s"}, "carts", {"match": "+at"}, {"regex": "b?us"}]
    raws += [{"regex": "dog|dug"}, {"regex": "c{2}o"}, {"regex": "(?:b[ia][gd]|red) cow"}]
    raws += [{"regex": "(?:f)?ox(?:en)?"}, {"regex": r"(?:a\)|b\)) cow"}]
    entries = [read_entry(raw, GROUPS) for raw in raws]
    together = [each.group() for each in join_whole(entries).finditer(text)]
    alone = [each.group() for one in entries for each in join_whole([one]).finditer(text)]
    assert together == found
    assert set(alone) == set(found)


def test_loose_entries_say_themselves_where_they_end():
    entries = [read_entry({"regex": text}, {}) for text in (r";\s+", r"while ")]
    assert [each.group() for each in join_loose(entries).finditer("a; bwhile c")] == [
        "; ",
        "while ",
    ]


def test_no_entries_find_nothing():
    assert join_whole([]).search("") is None


@pytest.mark.parametrize("phrase", ["a+b", "a.b", "a*", "# $ ^", "\\d"])
def test_every_phrase_compiles(phrase):
    assert re.compile(compile_phrase(phrase, {}))
