"""Misspelt names against known ones, in batches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from geosec.reference import misspellings
from geosec.reference.misspellings import Guess, Likeness, compare_names, find_nearest, rate_guess

KNOWN = {"dalbandin": ("d",), "dadu": ("u",), "daska": ("s",), "dera bugti": ("b", "b2")}
LETTERS = {"d": KNOWN}


def nearest(*names):
    """Find names: the edits that they are off, and the places."""
    found = find_nearest({name: name for name in names}, LETTERS)
    return {name: (guess.likeness.edits, guess.places) for name, guess in found.items()}


@pytest.mark.parametrize(
    ("name", "edits"),
    [("dalbandin", 0), ("dalbundin", 1), ("dablandin", 1), ("dalbandinx", 1), ("dalbxndxn", 2)],
)
def test_the_nearest_name_is_found_with_the_edits_between(name, edits):
    assert nearest(name) == {name: (edits, ("d",))}


@pytest.mark.parametrize("name", ["", "dad", "dadx", "talbandin", "dxlbxndxn", "zzyzx"])
def test_what_is_short_or_too_far_off_or_begins_otherwise_is_not_guessed(name):
    assert nearest(name) == {}


@pytest.mark.parametrize(("name", "found"), [("daskx", {"daskx": (1, ("s",))}), ("dxskx", {})])
def test_a_short_name_may_have_one_edit_and_a_long_one_two(name, found):
    assert nearest(name) == found


def test_all_places_of_a_name_are_told_once():
    assert nearest("dera bugty")["dera bugty"] == (1, ("b", "b2"))


@pytest.mark.parametrize(("count", "guessed"), [(1, True), (3, True), (4, False)])
def test_too_many_names_equally_near_are_no_guess(count, guessed):
    known = {f"mar{letter}apur": (letter,) for letter in "ndlt"[:count]}
    assert bool(find_nearest({"marzapur": "marzapur"}, {"m": known})) == guessed


def test_a_name_is_compared_by_its_form_and_answered_under_itself():
    guess = Guess(Likeness(unlike=False, edits=1, ends_otherwise=False), ("d",))
    assert find_nearest({"Dal-Bundin": "dalbundin"}, LETTERS) == {"Dal-Bundin": guess}


def test_batches_change_no_answer(monkeypatch):
    names = ["dalbundin", "dera bugty", "daskx", "dalbxndxn", "dadu city"]
    once = nearest(*names)
    monkeypatch.setattr(misspellings, "_BATCH", 2)
    assert nearest(*names) == once


@given(st.lists(st.text("abdnix", min_size=5, max_size=10), min_size=1, max_size=8))
@settings(deadline=None, max_examples=60)
def test_no_known_name_is_nearer_than_the_one_found(names):
    known = {f"a{end}": (end,) for end in ("bandin", "banddin", "nadib", "dabinx", "xxbandi")}
    asked = {f"a{name}": f"a{name}" for name in names}
    for name, guess in find_nearest(asked, {"a": known}).items():
        apart = {form: OSA.distance(name, form) for form in known}
        near = {
            form: compare_names(name, form, edits)
            for form, edits in apart.items()
            if edits <= (2 if len(name) >= 8 else 1)
        }
        assert guess.likeness == min(near.values())
        assert set(guess.places) == {
            known[form][0] for form, likeness in near.items() if likeness == guess.likeness
        }


@pytest.mark.parametrize(
    ("spelt", "known", "unlike", "ends_otherwise"),
    [
        ("turbet", "turbat", False, False),
        ("lorelai", "loralai", False, False),
        ("gawadar", "gwadar", False, False),
        ("manshera", "mansehra", False, False),  # letters that changed places
        ("saidpura", "saidpur", False, True),
        ("larkano", "larkana", False, True),
        ("matni", "matli", True, False),
        ("kotal", "kotah", True, True),
        ("maidan", "mardan", True, False),
        ("kala khel", "kaka khel", True, False),
    ],
)
def test_the_difference_of_two_names_is_of_consonants_or_of_vowels(
    spelt, known, unlike, ends_otherwise
):
    likeness = compare_names(spelt, known, 1)
    assert likeness == Likeness(unlike, 1, ends_otherwise)


def test_the_same_consonants_come_before_fewer_edits():
    known = {"m": {"mardan": ("town",), "mandaana": ("hill",)}}
    found = find_nearest({"mandan": "mandanaa"}, {"m": {**known["m"], "mandanab": ("x",)}})
    assert found["mandan"].places == ("hill",)


LIKE = Likeness(unlike=False, edits=1, ends_otherwise=False)


def test_a_guess_is_the_more_probable_the_longer_the_name_and_the_less_differs():
    lengths = [rate_guess("m" * letters, LIKE) for letters in (5, 7, 9, 12)]
    assert lengths == sorted(lengths)
    nearest_first = [
        LIKE,
        LIKE._replace(edits=2),
        LIKE._replace(edits=2, ends_otherwise=True),
        LIKE._replace(unlike=True),
    ]
    shares = [rate_guess("dalbandin", likeness) for likeness in nearest_first]
    assert shares == sorted(shares, reverse=True)
    assert sorted(nearest_first) == nearest_first


@pytest.mark.parametrize(
    ("key", "likeness", "low", "high"),
    [
        ("loralai", LIKE, 0.5, 0.6),
        ("turbat", LIKE, 0.4, 0.5),
        ("matli", LIKE._replace(unlike=True), 0.02, 0.1),
        ("pir bala", LIKE._replace(unlike=True), 0.1, 0.2),
        ("", LIKE, 0.0, 0.1),
    ],
)
def test_a_guess_promises_what_real_misspellings_kept(key, likeness, low, high):
    assert low < rate_guess(key, likeness) < high
