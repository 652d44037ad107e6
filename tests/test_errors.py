"""Exceptions that are also builtins, and near misses of names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec import errors
from geosec.errors import GeosecError, near_misses

NAMES = st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("CRSError", ValueError),
        ("SchemaError", ValueError),
        ("ParameterError", ValueError),
        ("SourceError", ValueError),
        ("UnknownNameError", LookupError),
    ],
)
def test_each_error_is_also_the_builtin_a_caller_expects(name, builtin):
    assert issubclass(getattr(errors, name), (GeosecError, builtin))
    assert issubclass(getattr(errors, name), builtin)
    assert issubclass(getattr(errors, name), GeosecError)


@pytest.mark.parametrize(
    ("name", "known", "answer"),
    [
        ("ml-3", ["ML-1", "ML-3"], "did you mean 'ML-3' or 'ML-1'?"),
        ("Jafar Express", ["Jaffar Express", "Bolan Mail"], "did you mean 'Jaffar Express'?"),
        ("zzz", ["b", "a", "b"], "known are 'a' and 'b'."),
        ("zzz", ["only"], "known are 'only'."),
        ("zzz", [], "there is none."),
    ],
)
def test_near_misses(name, known, answer):
    assert near_misses(name, known) == answer


def test_names_that_are_not_near_may_be_left_out():
    assert near_misses("zzz", ["b", "a"], list_all=False) == ""
    assert near_misses("ml3", ["ML-3"], list_all=False) == "did you mean 'ML-3'?"


def test_no_more_near_misses_than_asked_for():
    assert near_misses("adm", ["adm0", "adm1", "adm2"], limit=1).count("'") == 2


@given(st.text(max_size=12), NAMES, st.integers(1, 3))
@settings(deadline=None, max_examples=50)
def test_every_answer_ends_a_sentence_and_names_only_what_is_there(name, known, limit):
    told = near_misses(name, known, limit=limit)
    assert told[-1] in ".?"
    assert any(repr(each) in told for each in known)


@given(NAMES)
@settings(deadline=None, max_examples=50)
def test_a_name_in_other_case_is_near_itself(known):
    name = known[0]
    folded = [each for each in {*known} if each.casefold() == name.casefold()]
    told = near_misses(name.casefold(), known)
    assert any(repr(each) in told for each in folded)


def test_urdu_names_are_near_one_another_too():
    assert near_misses("کوئٹا", ["کوئٹہ", "چمن"]) == "did you mean 'کوئٹہ'?"


def test_three_are_offered_with_commas_and_an_or():
    told = near_misses("ML-9", ["ML-1", "ML-2", "ML-3", "ML-4"])
    assert told.startswith("did you mean 'ML-")
    assert (told.count("'"), told.count(", "), told.count(" or ")) == (6, 1, 1)


@pytest.mark.parametrize(
    ("ask", "builtin"),
    [
        (lambda: geosec.load_boundaries("adm9"), ValueError),
        (lambda: geosec.layer_path("adm9"), LookupError),
        (lambda: geosec.read_incidents("nothing.csv"), ValueError),
        (lambda: geosec.stretch("ML-3", 1, 1), ValueError),
        (lambda: geosec.stretch("ML-33", 1, 2), LookupError),
    ],
)
def test_who_knows_only_builtins_can_catch_what_verbs_raise(ask, builtin):
    with pytest.raises(builtin, match=r"there is no|two different posts"):
        ask()
