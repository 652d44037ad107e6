"""Misspelt names against known ones, in batches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from geosec.reference import misspellings
from geosec.reference.misspellings import find_nearest

KNOWN = {"dalbandin": ("d",), "dadu": ("u",), "daska": ("s",), "dera bugti": ("b", "b2")}
LETTERS = {"d": KNOWN}


def nearest(*names):
    return find_nearest({name: name for name in names}, LETTERS)


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
    assert find_nearest({"Dal-Bundin": "dalbundin"}, LETTERS) == {"Dal-Bundin": (1, ("d",))}


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
    for name, (edits, places) in find_nearest(asked, {"a": known}).items():
        apart = {ids[0]: OSA.distance(name, form) for form, ids in known.items()}
        assert edits == min(apart.values())
        assert set(places) == {place for place, distance in apart.items() if distance == edits}
