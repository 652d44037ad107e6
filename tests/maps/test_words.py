"""The words of the page: the same names and slots in every language."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from geosec import ParameterError
from geosec.maps.words import list_languages, load_words
from geosec.match_rules import MATCH_RULES


def read(language):
    return tomllib.loads((files("geosec.maps.words") / f"{language}.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", list_languages())
def test_every_language_says_the_same_things(language):
    english, spoken = read("en"), read(language)
    rules = {f"rule_{rule}" for rule in MATCH_RULES}  # their English stands with them
    assert set(spoken) - rules == set(english)
    for name, words in english.items():
        assert words.strip()
        slots = [sorted(re.findall(r"\{\w+\}", said)) for said in (words, spoken[name])]
        assert slots[0] == slots[1], name


def test_urdu_runs_from_right_to_left():
    assert load_words("ur")["direction"] == "rtl"
    assert load_words("en")["direction"] == "ltr"


def test_an_unknown_language_is_answered_with_near_ones():
    with pytest.raises(ParameterError, match=r"no `language` 'urd'; did you mean 'ur'\?"):
        load_words("urd")
