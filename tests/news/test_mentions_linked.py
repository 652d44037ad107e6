"""Which places of a text own, or lie in, the place named behind them."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.news.mention import Mention
from geosec.news.mentions import _link_mentions, find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text):
    reader = load_interpreter(None)
    return find_mentions(text, split_sentences(text, WORDS), reader, WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two died in the Saddar bazaar of Rawalpindi.", "Saddar bazaar of Rawalpindi"),
        ("Two died in the Jinnah Town quarter of Quetta.", "Jinnah Town quarter of Quetta"),
        ("Two died in the Lyari area of the city of Karachi.", "Lyari area of the city of Karachi"),
        ("Two died on Sariab Road in Quetta.", "Sariab Road in Quetta"),
        ("Two died on Charsadda Road, Peshawar.", "Charsadda Road, Peshawar"),
        ("Two died on Hangu Road in Kohat.", "Hangu Road in Kohat"),
        ("Two died at Anarkali bazaar in Lahore.", "Anarkali bazaar in Lahore"),
        ("Two died on the N-25 in Bela.", "N-25|Bela"),
        ("Two died in Lyari and in Karachi.", "Lyari|Karachi"),
    ],
)
def test_a_quarter_or_a_site_and_its_town_are_one_place(text, expected):
    assert "|".join(each.text for each in mentions(text)) == expected


def test_the_place_behind_in_is_round_the_one_before_it():
    text = "Three were killed in Satellite Town in Quetta."
    found = mentions(text)
    assert [each.lies_in_next for each in found] == [True, False]
    assert found[0].phrase.text == "Satellite Town in Quetta"


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off in Turbat, Kech district.",
        "A bomb went off in Turbat in Kech district.",
        "A bomb went off in Turbat, Balochistan.",
        "A bomb went off in Turbat in the restive Balochistan province.",
    ],
)
def test_the_district_or_province_behind_a_place_is_part_of_it(text):
    found = mentions(text)
    assert [each.lies_in_next for each in found] == [True, False]
    assert found[0].phrase.text == text[found[0].start : found[1].end]


def test_the_place_behind_an_owner_is_the_scene():
    text = "Eleven died in North Waziristan's Shawal area."
    found = mentions(text)
    assert [each.owns_next for each in found] == [True, False]
    assert found[1].phrase.text == "North Waziristan's Shawal area"


@pytest.mark.parametrize(
    ("gap", "owns"),
    [("'s ", True), ("’s ", True), ("'s restive ", True), (" ", False), (", ", False)],
)
def test_only_a_genitive_owns(gap, owns):
    text = f"Kech{gap}Tump"
    both = [Mention("Kech", 0, 4, "name", 0), Mention("Tump", len(text) - 4, len(text), "name", 0)]
    assert [each.owns_next for each in _link_mentions(text, both, WORDS)] == [owns, False]


@pytest.mark.parametrize(
    ("wide", "sentence", "lies"), [(True, 0, True), (False, 0, False), (True, 1, False)]
)
def test_only_a_wider_place_of_the_same_sentence_ends_a_phrase(wide, sentence, lies):
    both = [Mention("Mach", 0, 4, "name", 0), Mention("Sindh", 6, 11, "name", sentence, wide)]
    assert _link_mentions("Mach, Sindh", both, WORDS)[0].lies_in_next is lies


def test_district_and_province_both_belong_to_a_phrase():
    text = "Turbat, Kech district, Balochistan"
    found = mentions(text)
    assert len(found) == 3
    assert [each.lies_in_next for each in found] == [True, True, False]
    assert found[0].phrase.text == text


@pytest.mark.parametrize(
    ("wide", "gap", "lies"),
    [
        (True, ", ", True),
        (True, " in ", True),
        (True, " of the ", True),
        (True, " in restive ", True),
        (True, " and ", False),  # a list
        (False, " in ", True),
        (False, " in the heart of ", True),
        (False, " and ", False),
        (True, " was calm, ", False),
        (False, ", ", False),
    ],
)
def test_a_place_lies_in_the_wider_one_behind_it(wide, gap, lies):
    text = f"in Mach{gap}Sindh"
    both = [
        Mention("Mach", 3, 7, "name", 0),
        Mention("Sindh", len(text) - 5, len(text), "name", 0, wide),
    ]
    assert _link_mentions(text, both, WORDS)[0].lies_in_next is lies


def test_no_mentions_are_linked_to_none():
    assert _link_mentions("", [], WORDS) == []


@pytest.mark.parametrize("lead", ["from", "a native of", "to"])
def test_what_somebody_comes_from_does_not_lie_in_the_place_behind_it(lead):
    text = f"Gunmen killed a man {lead} Zhob in Panjgur."
    assert [each.lies_in_next for each in mentions(text)] == [False, False]


@pytest.mark.parametrize(
    "phrase",
    [
        "Mangroti village, some 20 km west of Miranshah, in North Waziristan",
        "Kolpur, 12 km from Mach",
        "Khost area near Shahrag in Harnai",
        "Panjpai, near Quetta",
        "Satellite Town, a neighbourhood of Turbat",
        "Tump, a small town in Kech district",
        "Pirabad police station in Karachi",
        "Banaras Chowk in Orangi Town",
    ],
)
def test_what_says_where_a_place_is_belongs_to_its_phrase(phrase):
    (first, *_) = mentions(f"Two were shot dead near {phrase}, police said.")
    assert first.phrase.text == f"near {phrase}"
