"""Tellings of the same happening made one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.incidents.dates import RoughDate
from geosec.news.acled import BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT
from geosec.news.setting import Setting
from geosec.news.story import NOTHING_READ, State, read_tellings, take_telling
from geosec.news.tellings import Telling
from geosec.news.tolls import Count, Toll
from geosec.news.vocabulary import load_report_words

PUBLISHED = date(2025, 3, 12)  # a Wednesday
NAMES = ["Sibi", "Kalat", "Turbat", "Kech district", "Zzyzx"]
SIBI, KALAT, TURBAT, KECH, NOWHERE = range(len(NAMES))
BOMB = Telling("incident", "a bomb went off", "A bomb went off.", event_type=EXPLOSION)
OUTCOME = Telling("outcome", "the toll", "The toll.")
SCENE = Telling("scene", "it lies near", "It lies near.")
CRASH = Telling("incident", "a bus fell", "A bus fell.", event_type="Accident")
MISHAP = Telling("mishap", "it left the rails", "It left the rails.", event_type="Accident")


@pytest.fixture(scope="module")
def sites():
    reader = load_interpreter(None)
    return [reader.answer(name, is_place=True) for name in NAMES]


@pytest.fixture(scope="module")
def setting(sites):
    return Setting(sites, PUBLISHED, load_report_words())


@pytest.fixture
def read(setting):
    def make(*tellings, dated_from=None):
        here = replace(setting, dated_from=dated_from)
        return list(read_tellings(tellings, here).happenings)

    return make


def at(place, told=BOMB, **changes):
    return told._replace(places=(place,), **changes)


def killed(low, high=None):
    return Toll(Count(low, low if high is None else high))


def saying(text):
    return {"text": text, "sentence": text}


def test_nothing_told_is_no_happening(read):
    assert read() == []
    assert read(OUTCOME) == []


def test_one_telling_is_one_happening(read):
    [found] = read(at(SIBI, toll=killed(2), **saying("a bomb on Tuesday")))
    assert (found.place, found.event_type, found.toll) == (SIBI, EXPLOSION, killed(2))
    assert (found.when, found.dated) == (RoughDate(date(2025, 3, 11)), True)
    assert found.sentence == "a bomb on Tuesday"


def test_without_a_day_it_happened_when_the_report_was_published_and_is_not_dated(read):
    [found] = read(at(SIBI))
    assert (found.when, found.dated) == (RoughDate(PUBLISHED), False)


def test_the_day_somebody_spoke_dates_nothing(read):
    [found] = read(at(SIBI, **saying("a bomb went off, officials said on monday")))
    assert not found.dated


def test_the_same_place_told_again_is_the_same_happening(read):
    [found] = read(at(SIBI, toll=killed(2)), at(SIBI, toll=killed(3)))
    assert found.toll == killed(3)


@pytest.mark.parametrize("order", [(SIBI, KALAT), (KALAT, SIBI)])
def test_two_places_are_two_happenings_in_the_order_of_the_text(read, order):
    assert [each.place for each in read(*map(at, order))] == list(order)


def test_another_one_at_the_same_place_is_kept_apart(read):
    assert len(read(at(SIBI), at(SIBI, another=True))) == 2


def test_the_same_place_on_another_day_is_kept_apart(read):
    found = read(
        at(SIBI, **saying("a bomb on Monday")), at(SIBI, **saying("a bomb on Tuesday evening"))
    )
    assert [each.when.day.day for each in found] == [10, 11]


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        (EXPLOSION, BATTLE, 1),
        (CIVILIANS, EXPLOSION, 1),
        (EXPLOSION, PROTEST, 2),
        (RIOT, CALM, 2),
        (PROTEST, PROTEST, 1),
    ],
)
def test_only_kinds_that_may_be_two_tellings_of_the_same_are_joined(read, one, two, count):
    assert len(read(at(SIBI, event_type=one), at(SIBI, event_type=two))) == count


@pytest.mark.parametrize("order", [(TURBAT, KECH), (KECH, TURBAT)])
def test_a_town_and_its_district_are_one_happening_at_the_town(read, order):
    assert [each.place for each in read(*map(at, order))] == [TURBAT]


def test_a_town_in_another_district_is_no_telling_of_it(read):
    assert [each.place for each in read(at(KECH), at(SIBI))] == [KECH, SIBI]


def test_a_summary_gives_way_to_what_it_sums_up(read):
    found = read(at(KECH, several=True, toll=killed(5)), at(TURBAT, toll=killed(3)))
    assert [(each.place, each.toll) for each in found] == [(TURBAT, killed(3))]


def test_an_outcome_belongs_to_what_was_told_last(read):
    hurt = Toll(None, Count(4, 4))
    sibi, kalat = read(at(SIBI), at(KALAT, toll=killed(1)), OUTCOME._replace(toll=hurt))
    assert sibi.toll == Toll()
    assert kalat.toll == Toll(Count(1, 1), Count(4, 4))


def test_an_outcome_of_more_dead_is_added_and_any_other_is_the_same_told_again(read):
    three = OUTCOME._replace(toll=killed(3))
    first = at(SIBI, toll=killed(2))
    assert read(first, three)[0].toll == killed(3)
    assert read(first, three._replace(more_dead=True))[0].toll == killed(5)


def test_the_dead_of_both_sides_are_added(read):
    """Three guards were killed; four of those who attacked died."""
    ours = at(SIBI, event_type=BATTLE, toll=killed(3))
    [found] = read(ours, OUTCOME._replace(toll=killed(4), side="attackers"))
    assert found.toll == killed(7)
    assert found.sides == {"attackers", "attacked"}


def test_an_outcome_of_a_day_far_from_the_last_is_none_of_it(read):
    first = at(SIBI, toll=killed(2), **saying("a bomb on Tuesday"))
    late = OUTCOME._replace(toll=killed(9), **saying("nine died on March 1"))
    assert read(first, late)[0].toll == killed(2)


def test_several_places_share_their_dead(read):
    found = read(BOMB._replace(places=(SIBI, KALAT), toll=killed(9)))
    assert [each.place for each in found] == [SIBI, KALAT]
    assert {each.toll for each in found} == {killed(0, 9)}


def test_nobody_killed_at_several_places_is_nobody_at_each(read):
    found = read(BOMB._replace(places=(SIBI, KALAT), toll=killed(0)))
    assert {each.toll for each in found} == {killed(0)}


def test_a_beginning_waits_for_its_place(read):
    [found] = read(BOMB._replace(toll=killed(2)), at(SIBI, OUTCOME))
    assert (found.place, found.event_type, found.toll) == (SIBI, EXPLOSION, killed(2))


def test_a_place_told_alone_is_where_the_beginning_was(read):
    where = at(SIBI, SCENE)
    assert [each.place for each in read(BOMB, where)] == [SIBI]


def test_a_place_told_alone_dates_the_beginning(read):
    [found] = read(BOMB, at(SIBI, SCENE, **saying("it lies near, late sunday")))
    assert (found.place, found.when) == (SIBI, RoughDate(date(2025, 3, 9)))


def test_the_same_place_told_again_dates_what_had_no_day(read):
    [found] = read(at(SIBI), at(SIBI, **saying("a bomb on Tuesday")))
    assert (found.when, found.dated) == (RoughDate(date(2025, 3, 11)), True)


def test_what_has_no_place_happened_where_the_report_is_dated_from(read):
    assert [each.place for each in read(BOMB, dated_from=KALAT)] == [KALAT]
    assert [each.place for each in read(BOMB)] == [None]
    assert [each.place for each in read(BOMB._replace(here=True), dated_from=KALAT)] == [KALAT]


def test_the_dead_behind_an_accident_are_its_own(read):
    twelve = OUTCOME._replace(toll=killed(12))
    attack, crash = read(at(SIBI, toll=killed(1)), at(KALAT, CRASH), twelve)
    assert (attack.toll, crash.toll) == (killed(1), killed(12))
    assert (attack.event_type, crash.event_type) == (BOMB.event_type, "Accident")


def test_a_mishap_is_one_of_its_own_unless_an_attack_was_told(read):
    assert [each.event_type for each in read(at(SIBI), MISHAP)] == [BOMB.event_type]
    assert [each.event_type for each in read(at(SIBI, MISHAP))] == ["Accident"]


def test_a_killing_at_a_place_is_violence_whoever_did_it(read):
    said = saying("two men were killed")
    [found] = read(at(SIBI, OUTCOME, toll=killed(2), **said))
    assert found.event_type == CIVILIANS


def test_the_second_one_is_of_the_kind_of_the_first(read):
    second = at(KALAT, OUTCOME, toll=killed(1), **saying("the second happened, killing one"))
    assert [each.event_type for each in read(at(SIBI), second)] == [EXPLOSION, EXPLOSION]


def test_another_one_without_a_place_adds_nothing_to_the_last(read):
    [found] = read(at(SIBI, toll=killed(2)), BOMB._replace(another=True, toll=killed(9)))
    assert found.toll == killed(2)


def test_the_dead_told_after_a_place_alone_died_there(read):
    where = at(KALAT, SCENE)
    [found] = read(where, BOMB._replace(toll=killed(2)))
    assert (found.place, found.toll) == (KALAT, killed(2))


def test_a_fight_that_goes_on_elsewhere_is_no_other_one_unless_it_kills(read):
    fight = BOMB._replace(event_type="Battles")
    on = at(TURBAT, fight, **saying("the fighting continued in Turbat until late"))
    assert [each.place for each in read(at(SIBI, fight), on)] == [SIBI]
    assert [each.place for each in read(on)] == [TURBAT]
    deadly = on._replace(toll=killed(3))
    assert [each.place for each in read(at(SIBI, fight), deadly)] == [SIBI, TURBAT]


def test_what_is_calm_tells_where_in_a_district_it_was(read):
    calm = at(TURBAT, event_type="Strategic developments")
    [found] = read(at(KECH), calm)
    assert (found.place, found.event_type) == (TURBAT, EXPLOSION)


def test_where_it_was_told_better_the_day_is_told_too(read):
    again = at(SIBI, **saying("the attack took place on Tuesday in Sibi"))
    [found] = read(at(SIBI, toll=killed(2)), again)
    assert (found.when, found.dated) == (RoughDate(date(2025, 3, 11)), True)


@pytest.mark.parametrize("past", ["a bomb in 2019", "a bomb in June"])
def test_what_is_told_of_long_ago_is_left_out_beside_news(read, past):
    old, new = at(KALAT, **saying(past)), at(SIBI, **saying("a bomb on Tuesday"))
    assert [each.place for each in read(new, old)] == [SIBI]
    assert [each.place for each in read(old)] == [KALAT]


def test_what_is_calm_becomes_as_grave_as_those_it_killed(read):
    calm = at(SIBI, event_type=CALM)
    [found] = read(calm, BOMB._replace(event_type=BATTLE, toll=killed(2)))
    assert (found.event_type, found.toll) == (BATTLE, killed(2))


def test_a_place_that_is_not_known_is_none_of_the_others(read):
    assert [each.place for each in read(at(NOWHERE), at(SIBI))] == [NOWHERE, SIBI]


def test_a_mishap_may_have_come_of_what_was_told_before(read):
    twelve = OUTCOME._replace(toll=killed(12))
    [alone] = read(MISHAP, twelve)
    assert (alone.event_type, alone.toll) == ("Accident", killed(12))
    [found] = read(at(SIBI), MISHAP, twelve)
    assert (found.event_type, found.toll) == (BOMB.event_type, killed(12))


def test_the_past_is_told_where_there_is_no_news(read):
    background = Telling("background", "in 2013", "In 2013 a bomb went off.")
    old = at(KALAT, **saying("a bomb in 2013"))
    assert [each.place for each in read(background, old)] == [KALAT]
    assert [each.place for each in read(background, old, at(SIBI))] == [SIBI]


def test_what_follows_the_past_without_a_day_or_a_place_is_past(read):
    old, toll = at(KALAT, **saying("a bomb in 2013")), OUTCOME._replace(toll=killed(9))
    [found] = read(at(SIBI, toll=killed(1)), old, toll)
    assert (found.place, found.toll) == (SIBI, killed(1))


@pytest.mark.parametrize(
    "telling",
    [BOMB, at(SIBI), at(SIBI, OUTCOME), at(KALAT, SCENE), OUTCOME, MISHAP, CRASH],
    ids=lambda telling: f"{telling.kind} {telling.places}",
)
def test_taking_a_telling_in_changes_no_state(setting, telling):
    before = take_telling(NOTHING_READ, at(SIBI, toll=killed(2)), setting)
    kept = before._replace()
    one, two = (take_telling(before, telling, setting) for _ in range(2))
    assert before == kept
    assert one == two
    assert State() == NOTHING_READ


def test_an_accident_without_a_place_forgets_what_was_told_and_keeps_what_happened(setting):
    state = take_telling(NOTHING_READ, at(SIBI), setting)
    after = take_telling(state, CRASH, setting)
    assert (after.last, after.place) == (None, None)
    assert after.pending is not None
    assert after.happenings == state.happenings


def test_a_headline_is_read_with_what_the_text_has_told(setting):
    """The text gives the day; the headline alone says what happened."""
    state = read_tellings([OUTCOME._replace(**saying("it was on Tuesday"))], setting)
    assert state.happenings == ()
    [found] = read_tellings([at(SIBI)], setting, state).happenings
    assert found.when == RoughDate(date(2025, 3, 11))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed two in Turbat. The blast in Turbat hurt five.", [("Turbat", 2, 5)]),
        ("A bomb killed two in Turbat. Police in Quetta said five were hurt.", [("Turbat", 2, 5)]),
        ("Gunmen killed a guard in Sibi. One more guard died on the way.", [("Sibi", 2, None)]),
    ],
)
def test_reports_tell_each_happening_once(text, expected):
    told = geosec.parse_report(text, published=PUBLISHED).events
    rows = told[["match_name", "fatalities", "injuries"]].astype("object")
    rows = rows.where(rows.notna(), None)
    assert list(rows.itertuples(index=False, name=None)) == expected
