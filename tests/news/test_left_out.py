"""What became no event, and why."""

from __future__ import annotations

from datetime import date

import pytest

from geosec.news.left_out import explain_context, list_left_out
from geosec.news.reports import read_report

BLAST = "A bomb killed two in Hub on Tuesday. "


def read(text):
    return read_report(text, date(2025, 3, 12), None)


def left_out(text):
    return [(each.why, text[each.start : each.end]) for each in list_left_out(read(text))]


@pytest.mark.parametrize(
    ("sentence", "why", "words"),
    [
        ("Police denied that two were killed in Sibi.", "denied", "denied that two were killed"),
        ("He foiled a plan to kill 20 in Gwadar.", "planned", "plan to kill 20 in Gwadar"),
        (
            "Mourners remembered the victims of the 2014 attack.",
            "remembered",
            "Mourners remembered",
        ),
        ("The anniversary of the attack was marked.", "no incident", "The anniversary of the"),
        ("The cricket team lost five wickets in Lahore.", "no incident", "The cricket team"),
        ("The group said that it had killed ten in Sibi.", "claimed", "The group said that it"),
        ("In 2009, a blast in Lahore killed 30.", "background", "In 2009, a blast in Lahore"),
    ],
)
def test_what_is_no_news_is_told_with_its_kind(sentence, why, words):
    [(told, text)] = left_out(BLAST + sentence)
    assert told.startswith(why)
    assert text.startswith(words)


def test_the_words_that_say_so_are_given():
    [each] = list_left_out(read(BLAST + "Police denied that two were killed in Sibi."))
    assert each.sign == "denied that"


def test_of_news_nothing_is_left_out():
    assert left_out(BLAST) == []
    assert left_out("") == []


def test_the_past_is_no_background_where_a_report_tells_of_nothing_else():
    assert left_out("In January 2019, gunmen killed two guards in Mach.") == []


def test_a_headline_is_read_only_where_the_text_tells_of_nothing():
    headline = "Two killed in Hub blast"
    assert left_out(f"{headline}\n{BLAST}")[0][1] == headline
    assert left_out(f"{headline}\nOfficials spoke of the weather and of the price of bread.") == []


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Elsewhere, protesters blocked a road.", "Protests, but not where"),
        ("In another attack, gunmen ambushed a convoy.", "Battles, but not where"),
    ],
)
def test_what_has_no_place_is_told_where_another_has_one(sentence, why):
    assert left_out(BLAST + sentence) == [(why, sentence)]
    assert left_out(f"{sentence} {BLAST}") == []  # its place may be that which is told next


def test_what_stands_in_a_longer_one_is_not_told_twice():
    text = BLAST + "The anniversary of the 2014 attack, which killed 147, was marked in Quetta."
    assert len(left_out(text)) == 1


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        (BLAST + "The wounded were taken to Quetta.", 1, 'goes to it ("taken to")'),
        (BLAST + "It lies 20 km from Karachi. Quetta, 600 km away, is quiet.", 2, "distance"),
        ("A bomb killed two in Mach, Kachhi district.", 1, "says where another place is"),
        ("QUETTA: A bomb killed two in Mach.", 0, "the report is dated from there"),
        (BLAST + "Police denied that two were killed in Sibi.", 1, "left out: denied"),
        (BLAST + "Lahore is a large town.", 1, "nothing is told to have happened there"),
    ],
)
def test_why_a_place_is_only_context(text, number, why):
    reading = read(text)
    assert why in explain_context(reading, number, list_left_out(reading))
