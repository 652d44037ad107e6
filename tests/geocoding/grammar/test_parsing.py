from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.explaining import write_phrase
from geosec.geocoding.grammar.parsing import LONGEST_PHRASE, parse_phrase
from geosec.language.languages import load_language
from geosec.language.lexer import lex
from geosec.language.tags import spell_tags


def parse(text):
    return parse_phrase(text, load_interpreter(None).ground.names, load_language())


@pytest.mark.parametrize(
    ("text", "distance_m", "azimuth_deg"),
    [
        ("12 km south of Sibi", 12_000, 180),
        ("approximately seven kilometers (four miles) west of Turbat city", 7_000, 270),
        ("25 miles south of Zhob", 40_233.6, 180),
        ("about 30km north-east of Uthal", 30_000, 45),
        ("10 km NNW of Dera Bugti", 10_000, 337.5),
        ("a village 15 km to the south-east of Mastung", 15_000, 135),
        ("twenty five kms west of Kalat", 25_000, 270),
    ],
)
def test_an_offset_has_a_distance_and_a_direction(text, distance_m, azimuth_deg):
    clause = parse(text).clause
    assert clause.kind == "offset"
    assert clause.number == pytest.approx(distance_m)
    assert clause.azimuth_deg == azimuth_deg


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("between Panir and Peshi stations", "between", ["Panir", "Peshi"]),
        ("Quetta-Sibi rail section", "pair", ["Quetta", "Sibi"]),
        ("near Sultankot and Abad stations, Jacobabad", "near_both", ["Sultankot", "Abad"]),
        ("some 70 kilometres from Quetta", "distance", ["Quetta"]),
    ],
)
def test_a_clause_knows_its_places(text, kind, named):
    clause = parse(text).clause
    assert clause.kind == kind
    assert [item.text for item in clause.items] == named


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("town of Mach, 55 kilometres east of Quetta", [("Mach", "town")]),
        ("Mangochar area of Kalat district", [("Mangochar", "area"), ("Kalat", "district")]),
        ("Baluchistan's Awaran district", [("Awaran", "district"), ("Baluchistan", "")]),
        ("Rarasham (Rara Sham) area of Musakhel", [("Rarasham", "area"), ("Musakhel", "")]),
        ("Zzyzx Hospital, Quetta", [("Zzyzx Hospital", "facility"), ("Quetta", "")]),
    ],
)
def test_items_keep_their_nouns(text, items):
    assert [(item.text, spell_tags(item.nouns)) for item in parse(text).items] == items


@pytest.mark.parametrize("text", ["Peshawar Zalmi", "Balochistan Liberation Army"])
def test_a_name_within_a_longer_name_is_not_that_place(text):
    assert all(item.compound for item in parse(text).items)


def test_a_train_is_not_a_place():
    phrase = parse("the Jaffar Express near Mushkaf")
    assert phrase.trains == ("Jaffar Express",)
    assert [item.text for item in phrase.items] == ["Mushkaf"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("off Gwadar, to the south", "side", "side(180°, place('Gwadar'))"),
        ("to the west of Quetta", "side", "side(270°, place('Quetta'))"),
        ("30 km off Ormara", "distance", "within(30 km, place('Ormara'))"),
        ("12 km off Pasni, to the south", "offset", "offset(12 km, 180°, place('Pasni'))"),
        ("a kilometre east of Sibi", "offset", "offset(1 km, 90°, place('Sibi'))"),
        ("highway from Quetta to Karachi", "between", "between(place('Quetta'), place('Karachi'))"),
        ("km post 268 near Mach", "km_post", "km_post(268) near place('Mach')"),
    ],
)
def test_a_phrase_is_printed_back_as_it_was_understood(text, kind, expected):
    assert parse(text).clause.kind == kind
    assert write_phrase(parse(text)) == expected


def test_a_phrase_that_is_cut_already_is_not_cut_again():
    names, language = load_interpreter(None).ground.names, load_language()
    text = "12 km south of Sibi"
    words = lex(text, names, language, keep_ignored=True)
    assert parse_phrase(text, names, language, lexemes=words) == parse(text)
    assert parse_phrase(text, names, language, lexemes=[]).items == ()


def test_a_text_longer_than_any_phrase_is_not_read():
    assert parse("x" * LONGEST_PHRASE).too_long is False
    assert parse("x" * (LONGEST_PHRASE + 1)).too_long is True


@pytest.mark.parametrize(
    ("text", "serves"),
    [
        ("Punjab police", True),
        ("the Punjab government", True),
        ("Sibi", False),
        ("Sibi and police", False),
    ],
)
def test_those_who_serve_at_a_place_are_told_from_the_place(text, serves):
    assert parse(text).organisation is serves


@pytest.mark.parametrize(
    ("text", "rail", "track"),
    [
        ("the railway track near Mach", True, True),
        ("Mach railway station", True, False),
        ("the Jaffar Express near Mach", True, False),
        ("Mach", False, False),
    ],
)
def test_a_phrase_knows_whether_it_speaks_of_the_railway(text, rail, track):
    assert (parse(text).rail, parse(text).track) == (rail, track)


@pytest.mark.parametrize(
    "text",
    [
        "3 days south of Sibi",
        "two nights to the south of Sibi",
        "3 stations south of Sibi",
        "3 stations from Sibi",
        "12 parsecs south of Sibi",
        "12 inches south of Sibi",
        "12 light years south of Sibi",
        "12 cm south of Sibi",
        "5 bighas south of Sibi",
        "12 degrees south of Sibi",
        "12th south of Sibi",
        "Sibi, 3 days to the south",
        "Sibi (12 xyz S)",
    ],
)
def test_what_is_counted_without_a_unit_of_length_is_no_distance(text):
    assert "is no distance, for it has no unit of length" in parse(text).impossible


@pytest.mark.parametrize("text", ["a day south of Sibi", "3 days from Sibi", "a week from Sibi"])
def test_a_time_is_no_distance(text):
    assert "is no distance: how far one gets in it is not known" in parse(text).impossible


@pytest.mark.parametrize(
    "text",
    [
        "south of Sibi",
        "Chak 12 south of Sibi",
        "Chak 12 Zzyzx south of Sibi",
        "Block 7 north of Sibi",
        "the village south of Sibi",
        "Platform 3 of Sibi station",
        "km post of ML-3",
        "the km stone near Sibi",
        "Milestone Hotel, Quetta",
        "up to 12 km of Sibi",
        "12 km south of Sibi, 5 km from Mach",
        "at a point 5 km north of Sibi",
    ],
)
def test_what_counts_nothing_or_has_its_unit_is_not_impossible(text):
    assert parse(text).impossible == ""


@pytest.mark.parametrize(
    "text",
    [
        "12 km south of 12 km south of Sibi",
        "12 km south of 5 km east of Sibi",
        "12 km south of 12 km south of 12 km south of Sibi",
        "12 km from 12 km from Sibi",
        "12 km south of 12 km from Sibi",
        "12 km from 5 miles east of Sibi",
        "north of 12 km south of Sibi",
        "12 km south and 5 km east of 3 km north of Sibi",
        "12 km south of a point 5 km north of Sibi",
        "12 km south of 2 km from km 268 of ML-3",
    ],
)
def test_a_distance_from_a_distance_is_impossible(text):
    assert "a distance is counted from another" in parse(text).impossible


@pytest.mark.parametrize(
    "text",
    [
        "km x268 of ML-3",
        "km x 268 of ML-3",
        "km e9 of ML-3",
        "km umpteen of ML-3",
        "km XII of ML-3",
        "km zero of ML-3",
        "km ²⁶⁸ of ML-3",
        "km² 68 of ML-3",
        "km 268m of ML-3",
        "km, 268 of ML-3",
        "km less than 268 of ML-3",
        "km up to 268 of ML-3",
        "km post of 268 of ML-3",
        "mile post x166 of ML-3",
        "the 268th km of ML-3",
        "Sibi (12e km)",
    ],
)
def test_a_post_without_a_number_that_is_one_is_impossible(text):
    assert "is no distance or post that can be" in parse(text).impossible


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12 km south of 91, 67", "'91, 67' is no place and no coordinates that can be"),
        ("12 km south of 29.5, 200", "'29.5, 200' is no place and no coordinates"),
        ("12 km south of", "it names no place to count '12 km' from"),
        ("12 km south", "it names no place to count '12 km' from"),
        ("12 km, 12 km, 5 km, 12 km, south", "it names no place to count '12 km' and '5 km' from"),
        ("south 12 km of Sibi", "what '12 km' is counted from, or which way, is not understood"),
        ("12 km " * 50 + "south of Sibi", "'12 km 12 km … south of Sibi' is no distance"),
        ("9" * 400 + " km south of Sibi", "999 …' is no distance or post that can be"),
        ("12, 5 km south of Sibi", "'12 , 5 km south of Sibi' is no distance"),
    ],
)
def test_a_reason_says_what_is_at_fault_and_each_thing_once(text, reason):
    assert reason in parse(text).impossible


def test_what_is_not_taken_up_is_named_once():
    assert parse("Sibi, 12 km, 12 km, 5 km").unread == "'12 km', '5 km'"


@pytest.mark.parametrize("text", ["km 268 and 270 of ML-3", "km 268, 270 of ML-3", "km 268 x 270"])
def test_a_second_number_behind_a_post_is_unread(text):
    assert parse(text).unread == "'270'"


def test_within_a_distance_in_a_direction_is_at_most_that_far():
    assert parse("within 12 km south of Sibi").clause.length_m == (0, 12_000)
    assert parse("within 12 km of Sibi").clause.length_m == (12_000, 12_000)
