"""The words that made an event of its type."""

from __future__ import annotations

from datetime import date

import pytest

from geosec.news.reports import read_report
from geosec.news.type_words import list_type_words


def type_words(text):
    found = list_type_words(read_report(text, date(2025, 3, 12), None))
    return [[text[start:end] for start, end in spans] for spans in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A bomb killed two in Hub.", ["bomb"]),
        ("Students held a sit-in in Turbat.", ["held a sit-in"]),
        ("Police denied a bombing; gunmen shot dead a trader in Hub.", ["gunmen"]),
        ("Three coaches of a train derailed near Sibi, injuring two.", ["derailed"]),
    ],
)
def test_the_words_are_those_of_the_report(text, words):
    assert type_words(text) == [words]


def test_the_name_of_a_place_is_no_such_word():
    assert type_words("In Bomb Chowk, Quetta, gunmen shot dead a man.") == [["gunmen"]]


def test_who_was_hit_may_say_what_it_was():
    [words] = type_words("Four soldiers and three militants were killed in Kech.")
    assert set(words) <= {"soldiers", "militants", "militants were killed"}
    assert words


def test_each_event_has_its_own():
    text = "A bomb killed two in Hub on Monday. Gunmen shot dead a man in Sibi on Tuesday."
    assert type_words(text) == [["bomb"], ["Gunmen"]]


def test_where_nothing_happened_there_are_none():
    assert type_words("Lahore is a large town.") == []
