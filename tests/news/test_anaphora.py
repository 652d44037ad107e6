"""Places told by one that was named before."""

from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.news.anaphora import find_antecedent, find_offsets
from geosec.news.cutting import cut_sentences
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text):
    reader = load_interpreter(None)
    return find_mentions(text, split_sentences(text, WORDS), reader, WORDS)


def tell_events(text):
    events = geosec.parse_report(text, published="2025-03-12").events
    return [(each.location, each.match_name) for each in events.itertuples()]


@pytest.mark.parametrize(
    ("told", "phrase"),
    [
        ("15 km north of the town", "15 km north of Kalat"),
        ("eleven kilometres south of the town", "eleven kilometres south of Kalat"),
        ("18 km to the west", "18 km to the west of Kalat"),
        ("7 miles north-east of the city", "7 miles north-east of Kalat"),
        ("5 km from the town", "5 km from Kalat"),
        ("8 km away from there", "8 km away from Kalat"),
        ("12 km outside the city", "12 km from Kalat"),
        ("30 km west of there", "30 km west of Kalat"),
        ("ten kilometres short of the town", "ten kilometres short of Kalat"),
        ("3 km from the restive town", "3 km from Kalat"),
    ],
)
def test_an_offset_is_counted_from_the_town_named_before(told, phrase):
    text = f"Troops had left Kalat. A bomb went off {told}, killing two."
    found = mentions(text)
    assert [each.text for each in found] == ["Kalat", told]
    assert found[1].phrase.text == phrase


@pytest.mark.parametrize(
    "text",
    [
        "In Hangu, 40 km to the south, a bomber killed five.",
        "A post at Hangu, some 40 km to the south, was hit.",
        "A bomb went off in Hangu, 40 km away.",
    ],
)
def test_a_distance_behind_a_comma_only_says_where_the_place_is(text):
    found = mentions(f"Troops left Kohat. {text}")
    assert [each.text for each in found] == ["Kohat", "Hangu"]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off 15 km north of the town.",  # of no town
        "He lives in Kech district. A bomb went off 15 km north of the town.",  # nor of a district
        "Troops left Kalat. A bomb went off 15 km north of a town.",  # of any
        "Troops left Kalat. The line is 15 km long.",
    ],
)
def test_what_is_counted_from_nothing_is_no_place(text):
    assert all("km" not in each.text for each in mentions(text))


def test_an_offset_from_a_town_named_behind_its_noun_is_one_place():
    found = mentions("Troops left Kalat. A bomb went off 15 km south of the town of Mach.")
    assert [each.text for each in found] == ["Kalat", "15 km south of the town of Mach"]
    assert found[1].phrase.text == "15 km south of Mach"


def test_the_unit_round_the_town_goes_with_it():
    found = mentions("Troops left Mand, Kech district. A bomb went off 15 km north of the town.")
    assert found[-1].phrase.text == "15 km north of Mand, Kech district"


def test_the_town_is_where_something_happened_rather_than_where_the_hurt_went():
    text = (
        "A bomb went off in Mach. The wounded were taken to Quetta. "
        "The device lay 2 km north of the town."
    )
    assert mentions(text)[-1].phrase.text == "2 km north of Mach"


def test_a_town_named_long_before_is_not_meant():
    text = "Troops left Kalat. " + "It rained. " * 4 + "A bomb went off 15 km north of the town."
    assert [each.text for each in mentions(text)] == ["Kalat"]


def test_no_length_no_offset():
    text = "Troops left the town."
    reader = load_interpreter(None)
    (cut,) = cut_sentences(text, [(0, len(text))], reader, WORDS)
    assert find_offsets(text, cut, [], reader, WORDS) == []


def test_nothing_is_meant_where_nothing_is_named():
    assert find_antecedent("A bomb went off there.", [], (16, 0), WORDS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chaman is a border town. Gunmen killed a policeman in the town.", "Chaman"),
        ("Police went to Khuzdar. A bomb had killed two people there.", "Khuzdar"),
        ("Wana has been tense. Gunmen shot dead two elders in the town's bazaar.", "Wana"),
        ("Residents of Pasni said gunmen shot dead two fishermen in the town.", "Pasni"),
        ("Troops left Turbat. Some 18 km to the west a bomb killed two.", None),
        ("Kohlu heard a blast. Gunmen killed two 20 km north of the town.", None),
    ],
)
def test_an_event_there_is_at_the_place_named_before(text, expected):
    ((location, name),) = tell_events(text)
    assert location == expected or (expected is None and "km" in location)
    assert name


def test_an_offset_from_the_town_of_an_event_says_better_where_it_was():
    text = "A bomb hit a van near Kohlu, killing two. It lay 20 km east of the town, police said."
    assert len(tell_events(text)) == 1


def test_another_event_in_the_same_town_is_one_more():
    text = "Gunmen killed two policemen in Mastung. Another policeman was shot dead in the town."
    assert [name for _, name in tell_events(text)] == ["Mastung", "Mastung"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bomb killed two in Peshawar. The blast took place in the Saddar area.", "Peshawar"),
        ("A bomb killed two in Kohat. The bomb exploded in the Saddar area.", "Kohat"),
        ("A bomb killed two in Kohat. It exploded on Jinnah Road.", "Kohat"),
        ("A bomb killed two in Awaran. The attack took place in the Mashkai area.", "Awaran"),
    ],
)
def test_a_quarter_told_again_is_one_of_the_town_told_before(text, place):
    ((location, _),) = tell_events(text)
    assert location.endswith(place)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed two in Saddar.",
        "The blast took place in the Saddar bazaar.",
        "A bomb killed two in Peshawar. Gunmen fired at a van in the Saddar area.",
        "A bomb killed two in Peshawar. The blast took place in Karachi's Saddar area.",
    ],
)
def test_a_quarter_is_bound_to_no_town_without_need(text):
    assert not mentions(text)[-1].phrase.text.endswith("Peshawar")
