"""What sentences tell, part by part."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.news.acled import BATTLE, CIVILIANS, EXPLOSION
from geosec.news.mention import Mention
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.tellings import NOTHING_SAID, find_tellings
from geosec.news.tolls import Count
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def tellings(text):
    reader = load_interpreter(None)
    sentences = split_sentences(text, WORDS)
    found = find_mentions(text, sentences, reader, WORDS)
    return find_tellings(text, sentences, found, WORDS), found


def told(text):
    """Places, type, killed and hurt of each telling, at their lowest."""
    each_told, found = tellings(text)
    return [
        (
            "+".join(found[number].text for number in each.places),
            each.event_type,
            each.toll.dead and each.toll.dead.low,
            each.toll.hurt and each.toll.hurt.low,
        )
        for each in each_told
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb in Sibi killed two and hurt five.", [("Sibi", EXPLOSION, 2, 5)]),
        ("Gunmen shot dead three labourers near Turbat.", [("Turbat", CIVILIANS, 3, None)]),
        (
            "A bomb in Sibi killed two, while gunmen shot dead three traders in Kalat.",
            [("Sibi", EXPLOSION, 2, None), ("Kalat", CIVILIANS, 3, None)],
        ),
        (
            "Five soldiers were killed in clashes in Kalat; a bomb near Mach hurt one.",
            [("Kalat", BATTLE, 5, None), ("Mach", EXPLOSION, None, 1)],
        ),
        ("Bombs in Sibi and Kalat killed nine.", [("Sibi+Kalat", EXPLOSION, 9, None)]),
        (
            "Two were killed in Sibi and three were killed in Kalat.",
            [("Sibi", "", 2, None), ("Kalat", "", 3, None)],
        ),
        (
            "A bomb went off in Sibi and gunmen attacked a shop in Kalat.",
            [("Sibi", EXPLOSION, None, None), ("Kalat", CIVILIANS, None, None)],
        ),
        ("Nobody was hurt.", [("", "", 0, 0)]),
        ("The weather was fine.", []),
        ("The minister opened a school.", []),
        ("", []),
    ],
)
def test_parts_tell_of_a_place_a_kind_and_a_toll(text, expected):
    assert told(text) == expected


def test_a_name_that_sounds_like_an_incident_is_none():
    text = "A school was opened in Blast Colony."
    place = Mention("Blast Colony", 23, 35, "name", 0)
    kinds = [
        {each.event_type for each in find_tellings(text, [(0, len(text))], names, WORDS)}
        for names in ([], [place])
    ]
    assert EXPLOSION in kinds[0]
    assert EXPLOSION not in kinds[1]


def test_a_part_knows_its_sentence_and_where_it_starts():
    text = "Sibi was calm. A bomb in Mach killed two; gunmen in Kalat shot dead one."
    each_told, _ = tellings(text)
    for each in each_told:
        assert text[each.start :].startswith(each.text)
        assert each.text in each.sentence
    assert [each.start for each in each_told] == sorted(each.start for each in each_told)
    assert text.index("gunmen") in {each.start for each in each_told}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A bomb went off in Sibi.", "incident"),
        ("Two were killed in Sibi.", "outcome"),
        ("Nobody was hurt.", "outcome"),
        ("It lies near Sibi.", "scene"),
        ("A bus plunged into a ravine near Khuzdar, killing 12.", "incident"),
        ("The boiler explosion killed two.", "outcome"),
        ("A gas explosion killed two.", "incident"),
        ("Two coaches left the rails.", "mishap"),
        ("Militants have often attacked trains in Bolan in recent years.", "background"),
        ("The province has seen a surge in attacks.", "background"),
    ],
)
def test_a_part_is_of_one_kind(text, kind):
    each_told, _ = tellings(text)
    assert [each.kind for each in each_told] == [kind]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Another bomb went off in Sibi.", "another", True),
        ("In a separate attack a bomb hit Sibi.", "another", True),
        ("Five were killed in three attacks in Kech.", "several", True),
        ("Troops killed four militants in Kalat.", "side", "attackers"),
        ("Three more people died.", "more_dead", True),
        ("A bomb went off here, killing two.", "here", True),
    ],
)
def test_what_else_a_part_says_of_itself(text, name, value):
    each_told, _ = tellings(text)
    assert [getattr(each, name) for each in each_told] == [value]


@pytest.mark.parametrize("name", ["another", "several", "more_dead", "here"])
def test_a_plain_sentence_says_nothing_else(name):
    [each], _ = tellings("A bomb in Sibi killed two policemen.")
    assert getattr(each, name) is False
    assert (each.kind, each.side) == ("incident", "attacked")


@pytest.mark.parametrize(
    "text", ["A bomb went off in Sibi.", "Two were killed.", "It lies near Sibi."]
)
def test_only_an_incident_has_a_type(text):
    assert all((each.kind == "incident") == bool(each.event_type) for each in tellings(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "The claim that a bomb killed two in Sibi could not be independently verified.",
        "A bomb killed two in Sibi, but the report has not been confirmed.",
    ],
)
def test_what_nobody_vouches_for_is_a_claim(text):
    assert [each.kind for each in tellings(text)[0]] == ["claim"]


def test_an_accident_is_told_with_its_toll():
    [each], _ = tellings("Two trains collided near Ghotki, killing 40.")
    assert (each.kind, each.event_type) == ("incident", "Accident")
    assert each.toll.dead == Count(40, 40)


def test_a_mishap_without_a_place_may_have_come_of_an_attack():
    [each], _ = tellings("Two coaches left the rails.")
    assert (each.kind, each.event_type) == ("mishap", "Accident")


def test_a_count_the_report_corrects_is_dropped():
    [each], _ = tellings("Officials had earlier put the number of killed at nine.")
    assert each.toll == NOTHING_SAID


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Two men were shot dead there.", 0),
        ("A bomb went off in the town.", 0),
        ("Gunmen killed two in the same area.", 0),
        ("A blast hit the town's bazaar, killing two.", 0),
        ("A bomb went off in a town.", None),
        ("Police said there was a blast.", None),
        ("There were two blasts.", None),
    ],
)
def test_words_may_stand_for_a_place_named_before(said, there):
    text = f"Troops had left Kalat. {said}"
    assert [each.there for each in tellings(text)[0]] == [there]
