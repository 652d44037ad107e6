"""How two tellings of a happening are joined."""

from __future__ import annotations

from datetime import date

import pytest

from geosec.incidents.dates import RoughDate
from geosec.news.acled import BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT
from geosec.news.dates import ToldDate
from geosec.news.happenings import (
    Happening,
    add_outcome,
    are_alike,
    are_days_apart,
    begin_happening,
    continue_happening,
    has_outcome,
    tell_again,
)
from geosec.news.tellings import Telling
from geosec.news.tolls import Count, Toll

TUESDAY, MONDAY = RoughDate(date(2025, 3, 11)), RoughDate(date(2025, 3, 10))
TWO, THREE = Toll(Count(2, 2)), Toll(Count(3, 3))
TOLD = ToldDate(TUESDAY, 3, 10)
BLAST = Happening(7, EXPLOSION, TUESDAY, TWO, "A bomb went off.", sides=frozenset({"attacked"}))
OUTCOME = Telling("outcome", "three died", "Three died.", toll=THREE)
INCIDENT = Telling("incident", "a raid", "A raid.", event_type=BATTLE, toll=THREE)


def say(happening, *, dated, **changes):
    """Change a happening, whose day is told or not."""
    return happening._replace(day_told=(3, 10) if dated else None, **changes)


def test_a_happening_begins_with_what_its_first_telling_says():
    new = begin_happening(INCIDENT._replace(several=True, side="attackers"), TOLD.when, TOLD)
    assert (new.place, new.event_type, new.toll, new.sentence) == (None, BATTLE, THREE, "A raid.")
    assert (new.when, new.day_told, new.several) == (TUESDAY, (3, 10), True)
    assert new.sides == {"attackers"}


def test_where_nobody_died_no_side_is_counted():
    quiet = INCIDENT._replace(toll=Toll(Count(0, 0)))
    assert begin_happening(quiet, TUESDAY, None).sides == frozenset()


@pytest.mark.parametrize(
    ("changes", "dead"),
    [
        ({}, 3),
        ({"another": True}, 5),
        ({"more_dead": True}, 5),
        ({"side": "attackers"}, 5),
        ({"toll": Toll(Count(1, 1))}, 2),
        ({"toll": Toll()}, 2),
    ],
)
def test_dead_are_added_where_they_are_others_and_else_told_again(changes, dead):
    assert add_outcome(BLAST, OUTCOME._replace(**changes), None).toll == Toll(Count(dead, dead))


@pytest.mark.parametrize(
    ("dated", "day", "expected"),
    [
        (False, MONDAY, (MONDAY, True)),
        (False, None, (TUESDAY, False)),
        (True, MONDAY, (TUESDAY, True)),
        (True, None, (TUESDAY, True)),
    ],
)
def test_an_outcome_dates_only_what_has_no_day(dated, day, expected):
    found = add_outcome(say(BLAST, dated=dated), OUTCOME, day and ToldDate(day, 3, 10))
    assert (found.when, found.dated) == expected


@pytest.mark.parametrize(("old", "new", "day"), [(0, 0, 7), (0, 1, 8), (1, 0, 7), (1, 1, 7)])
def test_what_is_told_again_keeps_its_day_and_takes_one_only_if_it_had_none(old, new, day):
    other = say(BLAST, dated=new, when=MONDAY, toll=THREE)
    found = tell_again(say(BLAST, dated=old), other, 9)
    assert (found.place, found.toll) == (9, THREE)
    assert found.when == (TUESDAY if day == 7 else MONDAY)


@pytest.mark.parametrize(
    ("told", "event_type", "toll", "expected"),
    [
        (CALM, BATTLE, TWO, BATTLE),
        (CALM, BATTLE, Toll(), CALM),
        (CALM, PROTEST, TWO, CALM),
        (EXPLOSION, BATTLE, TWO, EXPLOSION),
    ],
)
def test_only_what_was_calm_becomes_graver(told, event_type, toll, expected):
    later = INCIDENT._replace(event_type=event_type, toll=toll)
    assert add_outcome(BLAST._replace(event_type=told), later, None).event_type == expected


@pytest.mark.parametrize(
    ("telling", "when", "dated", "expected"),
    [
        (OUTCOME, None, True, True),
        (OUTCOME, RoughDate(date(2025, 3, 14)), True, True),
        (OUTCOME, RoughDate(date(2025, 3, 15)), True, False),
        (OUTCOME, RoughDate(date(2025, 3, 7)), True, False),
        (OUTCOME, RoughDate(date(2025, 3, 1), "month"), True, True),
        (OUTCOME, RoughDate(date(2024, 3, 1)), False, True),
        (OUTCOME._replace(another=True), None, True, True),
        (INCIDENT._replace(another=True), None, True, False),
        (INCIDENT, None, True, True),
    ],
)
def test_an_outcome_belongs_to_the_last_unless_its_day_is_far_or_it_is_another(
    telling, when, dated, expected
):
    assert has_outcome(say(BLAST, dated=dated), telling, when) is expected


def test_where_both_tell_the_type_and_the_day_the_first_decides():
    pending = say(BLAST, place=None, when=MONDAY, dated=True)
    new = say(BLAST, event_type=BATTLE, toll=THREE, dated=True, sentence="It was there.")
    one = continue_happening(pending, new, first=pending)
    two = continue_happening(pending, new, first=new)
    assert (one.event_type, one.when) == (EXPLOSION, MONDAY)
    assert (two.event_type, two.when) == (BATTLE, TUESDAY)
    for found in (one, two):
        assert (found.place, found.toll, found.sentence) == (7, THREE, "A bomb went off.")


def test_what_one_does_not_tell_the_other_does():
    pending = say(BLAST, event_type="", when=MONDAY, dated=True)
    found = continue_happening(pending, say(BLAST, dated=False), first=pending)
    assert (found.event_type, found.when, found.dated) == (EXPLOSION, MONDAY, True)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (EXPLOSION, EXPLOSION, True),
        (EXPLOSION, BATTLE, True),
        (CIVILIANS, BATTLE, True),
        (EXPLOSION, "", True),
        ("", "", True),
        (EXPLOSION, PROTEST, False),
        (PROTEST, RIOT, False),
        (CALM, BATTLE, False),
    ],
)
def test_kinds_of_violence_may_be_tellings_of_the_same(one, two, expected):
    pair = [BLAST._replace(event_type=each) for each in (one, two)]
    assert are_alike(*pair) is are_alike(*reversed(pair)) is expected


@pytest.mark.parametrize(
    ("one", "two", "dated", "expected"),
    [
        (MONDAY, TUESDAY, True, True),
        (MONDAY, MONDAY, True, False),
        (MONDAY, TUESDAY, False, False),
        (MONDAY, RoughDate(date(2025, 3, 3), "week"), True, False),
    ],
)
def test_two_days_are_apart_where_both_are_told_to_the_day(one, two, dated, expected):
    pair = [say(BLAST, when=one, dated=True), say(BLAST, when=two, dated=dated)]
    assert are_days_apart(*pair) is are_days_apart(*reversed(pair)) is expected
