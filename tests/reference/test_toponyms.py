from __future__ import annotations

import pytest

from geosec.reference.toponyms import normalise, skeleton, word_skeleton


@pytest.mark.parametrize(
    ("spelt", "same"),
    [
        ("  QUETTA ", "quetta"),
        ("Hājiān-ki Dhok", "Hajian ki Dhok"),
        ("تُربت", "تربت"),
        ("كوئته", "کوئتہ"),
        ("Dera\u200fMurad", "DeraMurad"),
        ("Ab-i-Gum", "ab i gum"),
        ("Khairpur Mir’s", "Khairpur Mirs"),
    ],
)
def test_case_marks_and_letter_variants_do_not_count(spelt, same):
    assert normalise(spelt) == normalise(same)


@pytest.mark.parametrize(
    ("spelt", "same"),
    [
        ("Killa Abdullah", "Qilla Abdulla"),
        ("Islamabaad", "Islamabad"),
        ("Soorab", "Surab"),
        ("Nawab Shah", "Nawabshah"),
        ("Machh", "Mach"),
        ("Sibbi", "Sibi"),
        ("Noshki", "Noshkee"),
    ],
)
def test_usual_romanisations_sound_the_same(spelt, same):
    assert skeleton(spelt) == skeleton(same)


@pytest.mark.parametrize("pair", [("Mach", "Mand"), ("Kalat", "Kohat"), ("Sibi", "Sui")])
def test_different_names_stay_different(pair):
    assert skeleton(pair[0]) != skeleton(pair[1])


@pytest.mark.parametrize(
    ("spelt", "expected"),
    [
        ("  Hājiān-ki Dhok ", "hajian ki dhok"),
        ("", ""),
        ("…", ""),
        ("N-25", "n 25"),
        ("Straße", "strasse"),
        ("ISTANBUL İzmir ışık", "istanbul izmir isik"),
        ("Dera_Bugti\t(town)", "dera bugti town"),
    ],
)
def test_what_is_left_is_letters_digits_and_single_spaces(spelt, expected):
    assert normalise(spelt) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("quetta", "kueta"), ("khuzdar", "khuzdar"), ("ghazi", "gazi"), ("shehr", "shahr"), ("", "")],
)
def test_a_word_is_reduced_to_how_it_sounds(word, expected):
    assert word_skeleton(word) == expected


@pytest.mark.parametrize("name", ["Qilla Saifullah", "Dera Ghazi Khan", "Wah Cantt", "سبی", ""])
def test_the_skeleton_of_a_name_is_that_of_its_words_in_a_row(name):
    assert skeleton(name) == "".join(map(word_skeleton, normalise(name).split(" ")))
