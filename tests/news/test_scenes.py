"""Which places of a sentence something happened at."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.news.mentions import find_mentions
from geosec.news.scenes import find_scenes
from geosec.news.sentences import split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text):
    reader = load_interpreter(None)
    return find_mentions(text, split_sentences(text, WORDS), reader, WORDS)


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
        ("A bomb went off at a bus stop in Quetta's Hazarganji area.", ["Hazarganji area"]),
        ("A man was shot in the city's Orangi Town area.", ["Orangi Town area"]),
        ("A drone dropped a bomb over Wana.", ["Wana"]),
        ("Armed men blocked the N-25 not far from Bela.", ["Bela"]),
        ("A bus overturned on the Indus Highway close to Sehwan.", ["Sehwan"]),
        ("A bus was hit on the M-8 outside Turbat.", ["Turbat"]),
        ("A bus was hit on the RCD Highway in the Hub area.", ["Hub area"]),
        ("A bus was hit on the RCD Highway a short distance from Kalat.", ["Kalat"]),
        ("A bus was hit on the RCD Highway.", ["RCD Highway"]),
        ("A bus was hit on the track between Sibi and Mach near Panir.", ["Panir"]),
        ("A man from Zhob was shot in Panjgur.", ["Panjgur"]),
        ("A guard transferred from Lasbela was shot dead in Panjgur.", ["Panjgur"]),
        ("Workers who had come from Multan died in Mastung.", ["Mastung"]),
        ("A blast left two dead in Mastung.", ["Mastung"]),
        ("Gunmen killed two police in Mastung, officials said.", ["Mastung"]),
        ("A constable posted in Gwadar was shot in Turbat.", ["Turbat"]),
        ("A constable posted in Gwadar was shot.", ["Gwadar"]),
        ("A trader who lived in Gwadar was shot in Turbat.", ["Turbat"]),
        ("A bus was hit in Panjpai, near Quetta.", ["Panjpai"]),
        ("A van came under attack in the Pandran area of Kalat.", ["Pandran area of Kalat"]),
        ("A man was shot in the limits of Mandan police station in Bannu.", ["Mandan"]),
        ("Militants tried to storm an FC camp at Jandola.", ["FC camp at Jandola"]),
        ("Men burned the FC camp at Jandola.", ["FC camp at Jandola"]),
        ("The injured were taken to Civil Hospital in Quetta.", []),
        ("A bomb went off at Pishin Stop in Quetta.", ["Quetta"]),
        ("In Hangu, 40 km to the south, a bomb went off.", ["Hangu"]),
        ("A bus overturned at Uthal, some 110 km from Karachi.", ["Uthal"]),
        ("Two died in Pakistan's northwestern Kurram district.", ["Kurram district"]),
        ("Two died in Pakistan's commercial hub of Karachi.", ["Karachi"]),
        ("A feud over land in Pakistan's restive Swat Valley left two dead.", ["Swat Valley"]),
        ("Two died in Pakistan's cultural capital Lahore.", ["Lahore"]),
        ("Gunmen raided the miners' living quarters near Duki.", ["Duki"]),
        ("Thousands marched in Khuzdar.", ["Khuzdar"]),
        ("Thousands marched from Khuzdar to Quetta.", []),
        ("An explosion was heard in Karachi's Saddar.", ["Saddar"]),
        ("The explosion was heard in Mach.", []),
        ("Two died in shelling from Afghanistan in Kurram district.", ["Kurram district"]),
        ("The death raised the toll in Sunday's Hangu ambush to four.", ["Hangu"]),
        ("Villagers of Wadh blocked the highway.", ["Wadh"]),
        ("Residents of Wana on Monday staged a sit-in.", ["Wana"]),
        ("Residents of Wana staged a sit-in near Tank.", ["Tank"]),
        ("Two of the injured died later in Quetta.", []),
        ("He succumbed to his injuries at a hospital in Quetta.", []),
        ("Six were wounded and two died in Mastung.", ["Mastung"]),
        ("A man wounded in a blast in Hub died in Karachi.", ["Hub"]),
    ],
)
def test_where_it_happened(text, expected):
    assert scenes(text) == (["Quetta railway station"] if expected is None else expected)


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
        "Two blasts were heard over Gwadar.",
        "People who fled were registered at Jamrud.",
        "Families stay with relatives in Bannu.",
        "Families have gone for safety to Bannu.",
        "The bus was on its way from Karachi to Turbat.",
        "Customs agents at Taftan said nothing.",
        "Police in Karachi, 30 km away, said nothing.",
        "The minister spoke at a ceremony in Lahore.",
        "Karachi, some 700 km away, was calm.",
    ],
)
def test_where_somebody_spoke_came_from_or_went_is_context(text):
    assert mentions(text)
    assert scenes(text) == []


def test_where_somebody_serves_is_no_place_beside_one_in_another_part_of_the_sentence():
    text = "A constable posted in Awaran was shot dead while on leave in Panjgur."
    found = mentions(text)
    assert find_scenes(text, (0, text.index("while")), [0], found, WORDS) == []


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
    ("text", "expected"),
    [
        ("A mine went off 3 km short of Mach.", ["3 km short of Mach"]),
        ("A mine went off about 60 km from Parachinar.", ["60 km from Parachinar"]),
        ("The village lies 60 km from Parachinar.", []),
        ("The blast was heard 60 km from Parachinar.", []),
    ],
)
def test_a_distance_is_a_scene_where_nothing_else_says_where(text, expected):
    assert scenes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off on the road from Kalat to Khuzdar.", ["road from Kalat to Khuzdar"]),
        ("A bomb went off near Surab on the road from Kalat to Khuzdar.", ["Surab"]),
        ("A bomb hit a train from Quetta to Peshawar near Mach.", ["Mach"]),
        ("A bomb hit a train from Quetta to Peshawar.", []),
    ],
)
def test_a_whole_road_is_a_scene_where_nothing_finer_is_named(text, expected):
    assert scenes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A boat was attacked off Gwadar.", ["Gwadar"]),
        ("A boat was attacked off the coast of Pasni.", ["Pasni"]),
        ("The storm cut off Gwadar.", []),
    ],
)
def test_off_a_coast_is_a_scene_and_cut_off_is_none(text, expected):
    assert scenes(text) == expected


def test_no_place_gives_no_scene():
    assert find_scenes("A bomb went off.", (0, 16), [], [], WORDS) == []
