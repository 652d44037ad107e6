"""Event types of ACLED's codebook, by the words of a sentence."""

from __future__ import annotations

import pytest

from geosec.news.acled import BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT, VIOLENT
from geosec.news.casualties import count_casualties
from geosec.news.event_types import find_event_type, is_accident
from geosec.news.tolls import Count, Toll
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def kind(text):
    low = text.lower()
    return find_event_type(low, count_casualties(low, WORDS), WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # remote: nobody fires back at a bomb
        ("a roadside bomb killed two soldiers", EXPLOSION),
        ("a landmine blast hurt three shepherds", EXPLOSION),
        ("a hand grenade was hurled at a shop, wounding one", EXPLOSION),
        ("a suicide bomber blew himself up in a mosque, killing 20", EXPLOSION),
        ("a mortar shell hit a house, killing a child", EXPLOSION),
        ("militants blew up a gas pipeline", EXPLOSION),
        # both sides armed
        ("gunmen opened fire on a police van, killing a constable", BATTLE),
        ("soldiers killed five militants in a raid", BATTLE),
        ("two militants were killed in an exchange of fire with troops", BATTLE),
        ("rebels ambushed an army convoy and killed three soldiers", BATTLE),
        # the unarmed as the target
        ("gunmen shot dead three labourers", CIVILIANS),
        ("a trader was gunned down by unknown men", CIVILIANS),
        ("two engineers were abducted at gunpoint", CIVILIANS),
        ("the bodies of two men were found on a hill", CIVILIANS),
        ("police officers took away two men to an undisclosed location", CIVILIANS),
        # crowds
        ("students staged a sit-in against the closure", PROTEST),
        ("traders observed a shutter-down strike", PROTEST),
        ("thousands took to the streets", PROTEST),
        ("an angry mob ransacked a shop", RIOT),
        ("protesters clashed with police and pelted stones", RIOT),
        # nothing violent, but of consequence
        ("police arrested four suspects", CALM),
        ("the bomb disposal squad defused a bomb found by the track", CALM),
        ("ten militants surrendered to the authorities", CALM),
    ],
)
def test_types_follow_the_codebook(text, expected):
    assert kind(text) == expected


def test_an_attack_that_is_answered_is_a_battle_whatever_the_weapon():
    silent = "militants threw grenades at a check post, killing a guard"
    assert kind(silent) == EXPLOSION
    assert kind(f"{silent}; troops returned fire") == BATTLE


def test_shots_at_protesters_are_part_of_the_protest():
    assert kind("police opened fire on protesters, killing one") == PROTEST
    assert kind("police fired tear gas to disperse the protesters") in {PROTEST, RIOT}


def test_destroyed_property_alone_is_a_strategic_development():
    assert kind("armed men set fire to a road builder's trucks") == CALM
    assert kind("armed men set fire to a truck and killed two drivers") == CIVILIANS


@pytest.mark.parametrize("text", ["two people died", "nobody was hurt", "six were wounded"])
def test_an_outcome_alone_has_an_empty_type(text):
    assert kind(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "the minister opened a school",
        "the weather was fine",
        "no arrests were made",
        "the bomb disposal squad left",
        "in march the river was low",
        "the blast furnace was lit",
        "",
    ],
)
def test_what_tells_of_nothing_has_no_type(text):
    assert kind(text) in {None, ""}
    assert find_event_type(text, Toll(), WORDS) not in VIOLENT


def test_who_speaks_is_not_who_was_hit():
    assert kind("gunmen shot dead a trader, the police in sibi said") == CIVILIANS
    assert kind("gunmen shot dead a constable, the trader said") == BATTLE


def test_an_arrest_of_those_who_killed_is_told_by_the_killing():
    toll = Toll(Count(2, 2))
    assert (
        find_event_type("gunmen who shot dead two traders were arrested", toll, WORDS) == CIVILIANS
    )


@pytest.mark.parametrize(
    "text",
    [
        "a train derailed",
        "a bus plunged into a ravine",
        "two cars collided",
        "a gas cylinder exploded",
        "the boiler blast killed three workers",
        "a coal mine collapsed",
        "two boys drowned",
        "an earthquake shook the town",
    ],
)
def test_mishaps_are_accidents(text):
    assert is_accident(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "a bomb derailed a train",
        "gunmen opened fire and the bus overturned",
        "the wall collapsed in the blast",
        "two were shot dead",
        "a rally was held",
        "",
    ],
)
def test_a_mishap_beside_an_attack_is_none(text):
    assert not is_accident(text, WORDS)


def test_the_types_of_violence_are_three():
    assert set(VIOLENT) == {EXPLOSION, BATTLE, CIVILIANS}
    assert set(WORDS.types) == {*VIOLENT, CALM, PROTEST, RIOT}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gunmen attacked a rally and killed two", CIVILIANS),  # who attacked stands first
        ("a rally was attacked by gunmen", PROTEST),
        ("a bomb at a rally killed two", EXPLOSION),
        ("an angry mob killed a guard", RIOT),
        ("protesters blocked the highway and were arrested", CALM),
        ("a bomb killed two and three suspects were arrested", EXPLOSION),
        ("militants attacked a check post with rockets and grenades", BATTLE),
        ("levies defused a bomb", CALM),
    ],
)
def test_of_several_types_one_decides(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the police found a bullet-riddled body", CIVILIANS),  # those who found it
        ("two men were shot, the police said", CIVILIANS),  # those who spoke
        ("gunmen killed two, according to police", CIVILIANS),
        ("a trader was shot dead by the police", CIVILIANS),  # those who shot
        ("ten people were shot dead, among them two soldiers", CIVILIANS),
        ("a soldier was abducted by militants", CIVILIANS),
        ("a soldier was shot dead", BATTLE),
    ],
)
def test_only_the_armed_who_were_hit_make_a_battle(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize(
    "text",
    ["the attack took place near a school", "the explosion happened at noon, killing two"],
)
def test_a_sentence_about_what_was_told_before_has_no_type_of_its_own(text):
    assert kind(text) == ""


def test_the_type_of_an_outcome_is_a_battle_where_both_sides_are_armed():
    assert kind("two soldiers and four militants were killed") == BATTLE
    assert kind("two soldiers were killed") == ""
