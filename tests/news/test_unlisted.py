"""Places that no gazetteer lists, and the unit that is told with them."""

from __future__ import annotations

import pytest

import geosec
from geosec.geocoding.geocoder import load_interpreter
from geosec.news.cutting import cut_sentences
from geosec.news.mentions import find_mentions
from geosec.news.sentences import split_sentences
from geosec.news.unlisted import find_unknown, find_unlisted
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
        ("Two died in Balgatar town, Kech district.", "Balgatar town, Kech district"),
        ("Two died at Balgatar, Kech district.", "Balgatar, Kech district"),
        ("Two died in Balgatar in Kech district.", "Balgatar in Kech district"),
        ("Two died in Balgatar village of Kech district.", None),
        ("Two died at Zaro Kas (Harnai).", "Zaro Kas (Harnai)"),
        ("Two died at Shekhan, a village in Orakzai.", "Shekhan, a village in Orakzai"),
        ("Two died near Mandew Kas village, Bannu district.", None),
        ("Two died in the hamlet of Goth Bachal Lolai, Ghotki district.", None),
        ("Two died in Kot Shah Baig village, Mohmand district.", None),
        ("Two died in the Basti Ustrana locality of Multan.", "Basti Ustrana locality of Multan"),
        ("Two died at Killi Dostain, Kachhi district.", "Killi Dostain, Kachhi district"),
        ("Two died in the Zarai area of Kulachi tehsil.", "Zarai area of Kulachi tehsil"),
        ("Two died in Gobd area, 15 km off Turbat.", "Gobd area, 15 km off Turbat"),
        ("Two died at Zaro Kas, some 15 km west of Harnai.", None),
    ],
)
def test_a_mention_grows_over_an_unlisted_name(text, expected):
    for start in (" in the hamlet of ", " near ", " in ", " at "):
        rest = text[:-1].partition(start)[2]
        if expected is None and rest:
            expected = rest
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two died at Serena Annexe in Quetta.", "Quetta"),
        ("Two died in Turbat, Kech district.", "Turbat|Kech district"),
        ("Two died in Balgatar, Kech and Panjgur districts.", "Kech|Panjgur districts"),
        ("Akhtar Mengal, Quetta, said nothing.", "Quetta"),
        ("Ghulam Rasool of Kech district died.", "Kech district"),
        ("It was on Sunday, Kech district said.", "Kech district"),
    ],
)
def test_a_thing_a_person_a_list_and_a_day_are_no_unlisted_place(text, expected):
    assert found(text) == expected


def test_an_unlisted_place_is_no_district():
    (mention,) = mentions("Two died in Balgatar town, Kech district.")
    assert not mention.wide


def test_the_district_round_an_unlisted_place_may_lie_in_a_province():
    found = mentions("Two died in Balgatar, Kech district, Balochistan.")
    assert found[0].phrase.text == "Balgatar, Kech district, Balochistan"


@pytest.mark.parametrize("wide", [True, False])
def test_a_name_alone_is_unlisted_only_in_a_district(wide):
    text = "Two died in Balgatar in Kech."
    reader = load_interpreter(None)
    (cut,) = cut_sentences(text, [(0, len(text))], reader, WORDS)
    name = next(n for n, lexeme in enumerate(cut.lexemes) if lexeme.text == "Kech")
    assert find_unlisted(cut, wide=wide, known=name) == (name - 2 if wide else name)


def test_an_event_at_an_unlisted_place_is_in_its_unit_and_says_so():
    text = "Gunmen killed a teacher in Balgatar town, Kech district, on Monday."
    (event,) = geosec.parse_report(text, published="2025-03-12").events.itertuples()
    assert event.location == "Balgatar town, Kech district"
    assert event.match_name == "Kech"
    assert "'Balgatar town' not in the gazetteer" in event.match_reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Traders blocked the road at Sosst on Monday.", "Sosst"),
        ("A mine killed two at Wahi Pandhi.", "Wahi Pandhi"),
        ("A mine killed two in the village of Kullanchi.", "Kullanchi"),
        ("A mine killed two near Goth Buxali.", "Goth Buxali"),
        ("A mine killed two at Edhi Hospital.", ""),
        ("A mine killed two on Monday in March.", ""),
        ("A mine killed two, as he wrote on Twitter.", ""),
        ("A mine killed two in Quetta.", ""),
        ("A mine killed two in the north.", ""),
    ],
)
def test_a_name_behind_a_preposition_is_of_a_place_that_is_not_known(text, expected):
    [cut] = cut_sentences(text, [(0, len(text))], load_interpreter(None), WORDS)
    assert find_unknown(cut) == expected


@pytest.mark.parametrize(
    ("text", "score", "status", "reason"),
    [
        ("A bomb killed two at Sosst.", 0.4, "ambiguous", "'Sosst' not in the gazetteer"),
        ("A bomb killed two men.", 0.7, "matched", "is dated from there, and does not say where"),
        ("A bomb killed two men here.", 1, "matched", ""),
        ("A bomb killed two men in Gilgit.", 1, "matched", ""),
    ],
)
def test_the_dateline_is_a_guess_where_no_place_is_told(text, score, status, reason):
    [event] = geosec.parse_report(f"GILGIT: {text}", published="2025-03-12").events.itertuples()
    assert (event.match_name, event.match_status) == ("Gilgit", status)
    assert score / 2 < event.match_score <= score
    assert reason in str(event.match_reason)
