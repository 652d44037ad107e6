"""Which places of a sentence something happened at."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import interpreter_for
from geosec.news.mentions import Mention, find_mentions
from geosec.news.scenes import find_scenes, location_end, owns_next
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text):
    reader = interpreter_for(None)
    return find_mentions(text, reader.ground, reader.language, WORDS)


def scenes(text):
    """The scenes of one sentence, by their words; a plus joins those named on a par."""
    found = mentions(text)
    groups = find_scenes(text, (0, len(text)), list(range(len(found))), found, WORDS)
    return ["+".join(found[number].text for number in group) for group in groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off in Sibi.", ["Sibi"]),
        ("Gunmen attacked a van near Mastung.", ["Mastung"]),
        ("A blast rocked Quetta.", ["Quetta"]),
        ("A blast hit the southern port city of Gwadar.", ["Gwadar"]),
        ("Two were killed at a check post on the outskirts of Kalat.", ["Kalat"]),
        ("A bomb went off in the waiting hall of Quetta railway station.", None),
        ("A mine went off 14 km east of Turbat.", ["14 km east of Turbat"]),
        ("Armed men abducted two engineers from Zhob.", ["Zhob"]),
        ("Investigators returned after the Gwadar attack.", ["Gwadar"]),
    ],
)
def test_where_it_happened(text, expected):
    assert scenes(text) == (expected or ["Quetta railway station"])


@pytest.mark.parametrize(
    "text",
    [
        "The dead were residents of Multan.",
        "The injured were taken to Quetta.",
        "The injured were shifted to a hospital in Karachi.",
        "The bus had left Khuzdar at dawn.",
        "The bus was on its way to Karachi.",
        "The bus was heading for Gwadar.",
        "The train was held at Sibi.",
        "The Quetta-bound coach burned.",
        "A spokesman in Quetta said nothing.",
        "Officials in Turbat said two had died.",
        "The road links Chaman with the sea.",
        "The family came from Swat.",
        "The minister spoke at a ceremony in Lahore.",
        "Karachi, some 700 km away, was calm.",
    ],
)
def test_where_somebody_spoke_came_from_or_went_is_context(text):
    assert mentions(text)
    assert scenes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bombs went off in Mach, Sibi and Kalat.", ["Mach+Sibi+Kalat"]),
        ("Bombs went off in Sibi and in Kalat.", ["Sibi+Kalat"]),
        ("A bomb went off in Sibi, after another in Kalat.", ["Sibi", "Kalat"]),
        ("They came from Swat and Multan.", []),
    ],
)
def test_places_named_on_a_par_stand_together(text, expected):
    assert scenes(text) == expected


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
    assert scenes(text) == ["Turbat"]
    assert location_end(text, found, 0) == found[1].end == len(text) - 1


def test_the_place_behind_an_owner_is_the_scene():
    text = "Eleven died in North Waziristan's Shawal area."
    found = mentions(text)
    assert [owns_next(text, found, number) for number in range(len(found))] == [True, False]
    assert len(scenes(text)) == 1
    assert scenes(text)[0].startswith("Shawal")


@pytest.mark.parametrize(
    ("gap", "owns"),
    [("'s ", True), ("’s ", True), ("'s restive ", True), (" ", False), (", ", False)],
)
def test_only_a_genitive_owns(gap, owns):
    text = f"Kech{gap}Tump"
    both = [Mention("Kech", 0, 4, "name", 0), Mention("Tump", len(text) - 4, len(text), "name", 0)]
    assert owns_next(text, both, 0) is owns
    assert owns_next(text, both, 1) is False


@pytest.mark.parametrize(("wide", "sentence", "end"), [(True, 0, 11), (False, 0, 4), (True, 1, 4)])
def test_only_a_wider_place_of_the_same_sentence_ends_a_location(wide, sentence, end):
    both = [Mention("Mach", 0, 4, "name", 0), Mention("Sindh", 6, 11, "name", sentence, wide)]
    assert location_end("Mach, Sindh", both, 0) == end


def test_district_and_province_both_end_a_location():
    text = "Turbat, Kech district, Balochistan"
    found = mentions(text)
    assert len(found) == 3
    assert location_end(text, found, 0) == len(text)


def test_no_place_gives_no_scene():
    assert find_scenes("A bomb went off.", (0, 16), [], [], WORDS) == []
