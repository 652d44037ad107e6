"""The words of a report: the same names and slots in every language, and none without use."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from geosec import ParameterError
from geosec.report.words import list_languages, load_words
from geosec.storage.provenance import SOURCE

ROOM = files("geosec.report")


def read(language):
    return tomllib.loads((ROOM / "words" / f"{language}.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", list_languages())
def test_every_language_says_the_same_things(language):
    english, spoken = read("en"), read(language)
    assert set(spoken) == set(english)
    for name, words in english.items():
        assert words.strip()
        slots = [set(re.findall(r"\{\w+\}", said)) for said in (words, spoken[name])]
        assert slots[0] == slots[1], name


def test_a_report_speaks_with_the_map():
    assert load_words("en")["month_3"] == "March"
    assert load_words("en")["over"] == read("en")["over"]


def test_every_sentence_is_said_somewhere():
    texts = [each.read_text("utf-8") for each in ROOM.iterdir() if each.name.endswith(".py")]
    for folder in ("sections", "drawing", "web"):
        texts += [each.read_text("utf-8") for each in (ROOM / folder).iterdir() if each.is_file()]
    said = "\n".join(texts)
    unsaid = []
    for name in {name.removesuffix("_one").removesuffix("_none") for name in read("en")} - set(
        SOURCE
    ):
        parts = name.split("_")
        ways = [name, *("_".join(parts[:at]) + "_{" for at in range(1, len(parts)))]
        unsaid += [] if any(way in said for way in ways) else [name]
    assert unsaid == []


def test_an_unknown_language_is_answered_with_those_there_are():
    with pytest.raises(ParameterError, match=r"no `language` 'xx'; known are .*'en'"):
        load_words("xx")
