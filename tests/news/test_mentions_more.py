"""Places in running text: constructions, what is no place, sentences and offsets."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import interpreter_for
from geosec.news.layout import Layout, read_layout
from geosec.news.mentions import find_mentions, split_sentences
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def mentions(text, layout=None):
    reader = interpreter_for(None)
    return find_mentions(text, reader.ground, reader.language, WORDS, layout)


def found(text):
    return "|".join(each.text for each in mentions(text))


def sentences(text, layout=None):
    return [text[a:b] for a, b in split_sentences(text, WORDS, layout)]


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("A mine went off 12 km south of Sibi.", "12 km south of Sibi", "offset"),
        ("A mine went off 12 kilometres south of Sibi.", "12 kilometres south of Sibi", "offset"),
        ("A mine went off 7 miles west of Turbat.", "7 miles west of Turbat", "offset"),
        ("It lies 30 km from Parachinar.", "30 km from Parachinar", "distance"),
        ("a truck between Kalat and Khuzdar", "between Kalat and Khuzdar", "between"),
        ("at km 268 of ML-3", "km 268 of ML-3", "km"),
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
    assert [text[a:b] for a, b in each.parts] == ["Parachinar"]


def test_the_ends_of_a_road_are_its_parts_and_those_of_a_track_are_not():
    road = "A van burned between Kalat and Khuzdar."
    [between] = mentions(road)
    assert [road[a:b] for a, b in between.parts] == ["Kalat", "Khuzdar"]
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
        assert all(each.start <= a < b <= each.end for a, b in each.parts)


def test_a_mention_knows_its_sentence():
    text = "Sibi was calm. Nothing fell. Kalat and Mach were not."
    assert [each.sentence for each in mentions(text)] == [0, 2, 2]


def test_a_construction_ends_with_its_sentence():
    assert found("They went 12 km south. Of Sibi nothing is known.") == "Sibi"
    assert found("He left Sibi. Balochistan is large.") == "Sibi|Balochistan"


# ------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He came. He left.", 2),
        ("Who came? He! He left…", 3),
        ('He said: "I came." He left.', 2),
        ("He said “I came.” He left.", 2),
        ("دھماکا ہوا۔ دو ہلاک ہوئے۔", 2),
        ("First line\n\nSecond line", 2),
        ("Told so far:\n• one in Sibi\n• two in Mach", 3),
        ("Told so far:\n1) one in Sibi\n2) two in Mach", 3),
        ("It cost Rs. 5.50 at 3.30 in all", 1),
        ("Maj. Gen. A. B. Khan, Dr. Ali and Mr. Shah came.", 1),
        ("On Nov. 9 he came.", 1),
        ("One line\nbroken in two", 1),
        ("", 0),
        (" \n\n \t ", 0),
    ],
)
def test_sentences_are_counted(text, count):
    assert len(sentences(text)) == count


def test_sentences_have_no_outer_space_and_leave_nothing_out():
    text = "He came.  He left.\n\nShe (Dr. Ali) stayed!   "
    cut = sentences(text)
    assert cut == ["He came.", "He left.", "She (Dr. Ali) stayed!"]


def test_headline_and_dateline_end_a_sentence():
    text = "Two killed in Mach\nQUETTA: A bomb went off."
    layout = read_layout(text, WORDS)
    cut = [each.strip(" :\n") for each in sentences(layout.text, layout)]
    assert cut == ["Two killed in Mach", "QUETTA", "A bomb went off."]
    assert sentences(text, Layout(text)) == sentences(text)


def test_a_text_without_stops_is_cut_at_spaces():
    text = "word " * 2_000
    pieces = split_sentences(text, WORDS)
    assert max(b - a for a, b in pieces) <= 2_000
    assert " ".join(text[a:b] for a, b in pieces) == text.strip()


def test_a_word_without_end_is_cut_too():
    text = "x" * 5_000
    assert "".join(sentences(text)) == text
    assert max(map(len, sentences(text))) <= 2_000
