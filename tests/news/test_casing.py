"""Texts in capitals, or without any."""

from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.news.casing import find_casing
from geosec.news.plain_text import PlainText


def restore(text):
    return PlainText(text).edit(find_casing(text, load_interpreter(None))).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a bomb in mach killed two in quetta", "a bomb in Mach killed two in Quetta"),
        ("a water tank burst in tank on monday", "a water tank burst in Tank on monday"),
        ("a clash in north waziristan's shawal area", "a clash in North Waziristan's Shawal area"),
        ("he said that a man died near d.i. khan", "he said that a man died near D.I. Khan"),
        ("a mine near the n-25 at bela", "a mine near the N-25 at Bela"),
        ("tump, kech district", "Tump, Kech district"),
        ("quetta: two men died", "Quetta: two men died"),
        ("men of the baloch committee met", "men of the baloch committee met"),
        ("nobody was hurt", "nobody was hurt"),
    ],
)
def test_the_names_of_places_have_capitals(text, expected):
    assert restore(text) == expected
    assert restore(f"{text.upper()} " + "SO HE SAID TO ALL") == f"{expected} so he said to all"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two men died in Mach.",
        "two men died in mach. He said so.",
        "QUETTA",
        "QUETTA, PAKISTAN, MARCH 8",
        "QUETTA: two men DIED in MACH",
        "دھماکا ہوا",
    ],
)
def test_mixed_texts_and_mere_names_stay(text):
    assert restore(text) == text


def test_letters_that_would_grow_stay():
    assert len(restore("a bomb in ŉuetta and ßibi killed two in mach")) == 44
    assert len(restore("İSTANBUL AND SİBİ WERE HIT BY A BOMB IN MACH")) == 44


def test_words_are_quoted_as_they_were_given():
    text = "A BOMB KILLED TWO GUARDS IN MACH ON TUESDAY, POLICE SAID."
    report = geosec.parse_report(text, published="2025-03-12")
    assert report.places["location"].tolist() == ["MACH"]
    [event] = report.events.itertuples()
    assert (event.match_name, event.date_text, event.fatalities_text) == (
        "Mach",
        "TUESDAY",
        "KILLED TWO",
    )


def test_a_telegram_is_read():
    text = "BLAST ON TRACK NEAR MACH AT 0400 HRS MONDAY. TWO KILLED. TRAIN HELD AT SIBI."
    [event] = geosec.parse_report(text, published="2025-03-12").events.itertuples()
    assert (event.match_name, event.date.day, event.fatalities) == ("Mach", 10, 2)


@pytest.mark.parametrize("end", ["khel", "zai", "banda", "garhi"])
def test_what_goes_on_with_a_name_gets_its_capital_too(end):
    assert restore(f"two men died near qabul {end} on monday") == (
        f"two men died near Qabul {end.title()} on monday"
    )
