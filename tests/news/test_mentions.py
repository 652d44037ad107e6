"""Places in running text: constructions, what is no place, and offsets."""

from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar import parsing
from geosec.language.lexer import lex
from geosec.news import cutting
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text):
    reader = load_interpreter(None)
    return find_mentions(text, split_sentences(text, WORDS), reader, WORDS)


def found(text):
    return "|".join(each.text for each in mentions(text))


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_places_are_found_and_persons_groups_and_trains_are_not(text, expected):
    assert "|".join(each.text for each in mentions(text)) == expected


def test_offsets_are_those_of_the_text():
    text = "Near Mach — ۱۲ km off — a van burned.  In Sibi 😀, nothing."
    assert [text[each.start : each.end] for each in mentions(text)] == ["Mach", "Sibi"]


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("A mine went off 12 km south of Sibi.", "12 km south of Sibi", "offset"),
        ("A mine went off 12 kilometres south of Sibi.", "12 kilometres south of Sibi", "offset"),
        ("A mine went off 7 miles west of Turbat.", "7 miles west of Turbat", "offset"),
        ("It lies 30 km from Parachinar.", "30 km from Parachinar", "distance"),
        ("a truck between Kalat and Khuzdar", "between Kalat and Khuzdar", "between"),
        ("at km 268 of ML-3", "km 268 of ML-3", "km_post"),
        ("on the Sibi-Harnai road", "Sibi-Harnai road", "pair"),
        ("in the Zzyzx area of Turbat", "Zzyzx area of Turbat", "area"),
        ("at the Civil Hospital in Quetta", "Civil Hospital in Quetta", "facility"),
        ("The road to Loralai was shut.", "Loralai", "name"),
    ],
)
def test_each_construction_is_one_mention_of_its_kind(text, expected, kind):
    [each] = mentions(text)
    assert (each.text, each.kind) == (expected, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Panjgur district is large.", True),
        ("Balochistan is large.", True),
        ("Panjgur town is small.", False),
        ("Mastung and Kolpur were calm.", False),
    ],
)
def test_only_districts_and_provinces_are_wide(text, expected):
    assert {each.wide for each in mentions(text)} == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Akhtar Mengal spoke.",
        "Sardar Kalat Khan spoke.",
        "Mr Quetta spoke.",
        "The Balochistan Liberation Front denied it.",
        "Punjab police denied it.",
        "The Peshawar Zalmi won.",
        "The Jaffar Express was late.",
        "The Bolan Mail was late.",
        "The Pakistan Army denied it.",
        "The president of Pakistan spoke.",
        "The talks were nur and wah.",
        "Nur spoke to the crowd.",
        "They went home in June.",
        "",
        "...",
    ],
)
def test_persons_groups_trains_and_words_are_no_places(text):
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Sibi, Mach and Kalat shops were shut.", "Sibi|Mach|Kalat"),
        ("Gunmen left Quetta for Chaman.", "Quetta|Chaman"),
        ("Quetta's mayor spoke.", "Quetta"),
        ("the Quetta-bound coach", "Quetta"),
        ('A man in "Quetta" spoke.', "Quetta"),
        ("(Quetta)", "Quetta"),
        ("QUETTA", "QUETTA"),
        ("They went to Kandahar in Afghanistan.", "Kandahar|Afghanistan"),
        ("a blast in Miranshah bazaar", "Miranshah"),
        ("A bomb went off at Mardan Court.", "Mardan Court"),
        ("Mardan Court ruled.", ""),
        ("Sibi. Sibi. Sibi.", "Sibi|Sibi|Sibi"),
    ],
)
def test_every_place_is_found_as_written(text, expected):
    assert found(text) == expected


def test_a_street_and_its_town_are_one():
    [each] = mentions("A bomb went off on Sariab Road in Quetta.")
    assert (each.text, each.kind) == ("Sariab Road in Quetta", "facility")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a blast in Dalbundin", "Dalbundin"),  # one letter off, behind "in"
        ("They met Dalbundin.", ""),  # nothing says that it is a place
        ("a blast in Zzyzxville", ""),
    ],
)
def test_a_name_one_letter_off_is_a_place_only_where_a_place_must_stand(text, expected):
    assert found(text) == expected


def test_a_distance_keeps_the_place_it_is_told_from():
    text = "It lies about 60 km from Parachinar."
    [each] = mentions(text)
    assert [text[part.start : part.end] for part in each.parts] == ["Parachinar"]


def test_the_ends_of_a_road_are_its_parts_and_those_of_a_track_are_not():
    road = "A van burned between Kalat and Khuzdar."
    [between] = mentions(road)
    assert [road[part.start : part.end] for part in between.parts] == ["Kalat", "Khuzdar"]
    [track] = mentions("A train burned on the track between Sibi and Mach.")
    assert track.parts == ()


TEXTS = [
    "A bomb in Sibi. Another in Mach; a third 12 km south of Kalat, Balochistan.",
    "İ. İstanbul İ — in Quetta",
    "ﬁre in Quetta; ß in Mach Station",
    "e\u0301e\u0301e\u0301 in Quetta",
    "\u202eSibi\u202c and \u200fسبی and Quetta\x00Kalat",
    "👩‍👩‍👧 near Quetta 👩‍👩‍👧 Kalat",
    "\ufeffQuetta\r\nKalat\tSibi\u2028Zhob",
    "کوئٹہ میں دھماکا، سبی میں فائرنگ",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_offsets_point_at_the_words_in_order(text):
    told = mentions(text)
    assert told
    ends = [0]
    for each in told:
        assert text[each.start : each.end] == each.text
        assert ends[-1] <= each.start < each.end
        ends.append(each.end)
        assert all(each.start <= part.start < part.end <= each.end for part in each.parts)


def test_a_mention_knows_its_sentence():
    text = "Sibi was calm. Nothing fell. Kalat and Mach were not."
    assert [each.sentence for each in mentions(text)] == [0, 2, 2]


def test_a_construction_ends_with_its_sentence():
    assert found("They went 12 km south. Of Sibi nothing is known.") == "Sibi"
    assert found("He left Sibi. Balochistan is large.") == "Sibi|Balochistan"


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("45 km from Khuzdar towards Kalat", "45 km from Khuzdar towards Kalat", "toward"),
        ("to the west of Quetta", "west of Quetta", "side"),
        ("in the north of Mach", "north of Mach", "side"),
        ("off Gwadar to the south", "off Gwadar to the south", "side"),
        ("the border of Kohlu and Dera Bugti", "border of Kohlu and Dera Bugti", "between"),
        ("near Sultankot and Abad stations", "near Sultankot and Abad stations", "near_both"),
        ("12 km off Sibi, to the south", "12 km off Sibi, to the south", "offset"),
        ("12 km south of the restive Kech", "12 km south of the restive Kech", "offset"),
    ],
)
def test_every_construction_of_a_phrase_is_a_mention(text, expected, kind):
    [each] = mentions(f"A bomb killed two {text} on Monday.")
    assert (each.text, each.kind) == (expected, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mine killed two 12 km south of Sibi.", "12 km south of Sibi"),
        ("A mine killed 12 45 km from Khuzdar.", "45 km from Khuzdar"),
        ("A mine killed one two hundred metres from Mach.", "two hundred metres from Mach"),
        ("A mine went off twenty five km south of Sibi.", "twenty five km south of Sibi"),
    ],
)
def test_a_count_of_people_is_no_part_of_a_distance(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the north of Pakistan",
        "west of Balochistan Liberation Army posts",
        "north of the Jaffar Express",
        "talks between Shiite and Sunni groups",
    ],
)
def test_a_construction_round_no_place_is_no_mention(text):
    assert found(text) == ""


def test_behind_a_comma_a_distance_tells_where_the_place_before_it_is():
    assert found("In Hangu, 40 km to the south, a bomber struck.") == "Hangu"
    assert found("A bomber struck in Hangu, 40 km to the south.") == "Hangu, 40 km to the south"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("A blast near Mach killed two.", "near Mach"),
        ("A blast near the Mach town killed two.", "near the Mach"),
        ("A blast in Mach, Bolan district, killed two.", "Mach, Bolan district"),
        ("A boat burned off Gwadar.", "off Gwadar"),
        ("The storm cut off Gwadar.", "Gwadar"),
        ('A blast near "Kalat" killed two.', "Kalat"),
    ],
)
def test_a_mention_carries_the_phrase_that_says_where(text, phrase):
    assert mentions(text)[0].phrase.text == phrase


@pytest.mark.parametrize(
    "text",
    [
        "A blast 12 km south of Sibi killed two.",
        "A blast near Mach, Bolan district, killed two.",
        "A blast on Sariab Road in Quetta killed two.",
        "A blast in Miranshah bazaar killed two.",
        "A blast in the Mughalzai area of Kalat district killed two.",
        "A blast in Dalbundin killed two.",
        "A blast 60 km from Parachinar killed two.",
    ],
)
def test_the_phrase_of_a_mention_is_read_as_the_same_words_alone_are(text):
    reader = load_interpreter(None)
    for mention in mentions(text):
        alone = reader.answer(mention.phrase.text, is_place=True)
        assert reader.answer_phrase(mention.phrase, is_place=True) == alone
        for part in mention.parts:
            assert part.phrase.text == text[part.start : part.end]


def test_a_text_is_cut_into_lexemes_once(monkeypatch):
    given = []

    def count(text, *args, **how):
        given.append(text)
        return lex(text, *args, **how)

    monkeypatch.setattr(cutting, "lex", count)
    monkeypatch.setattr(parsing, "lex", count)
    text = "A bomb went off near Mach. Two died 12 km south of Sibi, Balochistan."
    assert len(mentions(text)) == 3
    assert given == ["A bomb went off near Mach.", "Two died 12 km south of Sibi, Balochistan."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A bomb went off in Wana Tangi on Tuesday.", []),
        ("A bomb went off in the Wana Tangi area on Tuesday.", []),
        ("A bomb went off at Mohmand Gat.", []),
        ("A bomb went off in Quetta Sariab.", ["Sariab"]),
        ("A bomb went off in Balochistan Kalat.", ["Kalat"]),
        ("A bomb went off in Wana, Tangi and Mach.", ["Wana", "Tangi", "Mach"]),
    ],
)
def test_half_of_a_name_is_no_mention(text, told):
    assert [each.text for each in mentions(text)] == told


@pytest.mark.parametrize("length", ["100 km", "more than 100 km", "over 60 miles"])
def test_how_far_somebody_was_taken_is_no_place(length):
    report = geosec.parse_report(
        f"A blast wounded two near Mach. They were taken to Quetta, {length} to the north.",
        published="2025-03-12",
    )
    assert report.places["location"].tolist() == ["Mach", "Quetta"]
