from __future__ import annotations

import pytest

from geosec.reference.transliteration import consonant_frame, in_arabic_script


@pytest.mark.parametrize(
    ("urdu", "latin"),
    [
        ("حافظ آباد", "Hafizabad"),
        ("بورے والا", "Burewala"),
        ("پنیر", "Panir"),
        ("لاہور", "Lahore"),
        ("گوجرانوالہ", "Gujranwala"),
        ("خضدار", "Khuzdar"),
        ("چمن", "Chaman"),
        ("شکارپور", "Shikarpur"),
        ("غازی", "Ghazi"),
        ("قلات", "Qalat"),
        ("كراچي", "Karachi"),  # with the Arabic letters of another keyboard
    ],
)
def test_one_name_in_two_scripts_has_one_frame(urdu, latin):
    assert consonant_frame(urdu) == consonant_frame(latin)


@pytest.mark.parametrize(
    ("one", "other"), [("Kohat", "Kalat"), ("Sibi", "Sui"), ("Quetta", "Chaman"), ("سبی", "مچھ")]
)
def test_other_names_have_other_frames(one, other):
    assert consonant_frame(one) != consonant_frame(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kalat", "Qalat"), ("Shikarpur", "SHIKAR PUR"), ("Vehari", "Wehari"), ("Lahore", "Lahaur")],
)
def test_vowels_case_spaces_and_letters_of_one_sound_do_not_count(one, other):
    assert consonant_frame(one) == consonant_frame(other)


def test_a_first_vowel_is_kept_and_a_doubled_letter_counts_once():
    assert consonant_frame("Muzaffarabad") == consonant_frame("Muzafarabad")
    assert consonant_frame("Abad") != consonant_frame("Bad")


@pytest.mark.parametrize("text", ["", "  ", "123", "…"])
def test_what_has_no_letters_has_no_consonants(text):
    assert not set(consonant_frame(text)) - set("123")


@pytest.mark.parametrize(
    ("text", "arabic"),
    [("سبی", True), ("near سبی", True), ("Sibi", False), ("", False), ("Σίβι", False), ("٣", True)],
)
def test_letters_of_the_arabic_script_are_seen(text, arabic):
    assert in_arabic_script(text) is arabic


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        ("حافظ آباد", "hfzbd"),
        ("Hafizabad", "hfzbd"),
        ("Attock", "atk"),
        ("Chhor", "cr"),
        ("Yu", "y"),
    ],
)
def test_a_frame_is_made_of_signs_that_both_scripts_share(name, frame):
    assert consonant_frame(name) == frame
