"""Places in running text."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import interpreter_for
from geosec.news.mentions import find_mentions, split_sentences
from geosec.news.vocabulary import load_report_words


def mentions(text):
    reader = interpreter_for(None)
    return find_mentions(text, reader.ground, reader.language, load_report_words())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "A bomb went off 14 km east of Turbat in Kech district.",
            "14 km east of Turbat|Kech district",
        ),
        ("on the track between Dera Allahyar and Sibi", "track between Dera Allahyar and Sibi"),
        ("at Quetta railway station, police said", "Quetta railway station"),
        ("in the Mall Road area of Chaman", "Mall Road area of Chaman"),
        ("Akbar Bugti and Sardar Akhtar Mengal met in Quetta.", "Quetta"),
        ("the Balochistan Liberation Army and the Quetta Gladiators", ""),
        ("The Jaffar Express left for Peshawar.", "Peshawar"),
        ("The Balochistan National Party rallied in Kalat.", "Kalat"),
        ("the gun was a mach and wah", ""),
        ("ڈیرہ بگٹی — officials", "ڈیرہ بگٹی"),
    ],
)
def test_places_are_found_and_persons_groups_and_trains_are_not(text, found):
    assert "|".join(each.text for each in mentions(text)) == found


def test_offsets_are_those_of_the_text():
    text = "Near Mach — ۱۲ km off — a van burned.  In Sibi 😀, nothing."
    assert [text[each.start : each.end] for each in mentions(text)] == ["Mach", "Sibi"]


def test_abbreviations_end_no_sentence():
    text = "Lt. Gen. A. Khan came with Dr. Ali."
    assert len(split_sentences(text, load_report_words())) == 1
    assert len(split_sentences("He came. He left.", load_report_words())) == 2
