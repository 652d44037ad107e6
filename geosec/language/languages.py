"""The words of a language that stand between the names of places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.errors import UnknownNameError, near_misses
from geosec.language import tags
from geosec.language.notation import Door, compile_pattern
from geosec.numerals.measure_words import (
    MeasureWords,
    read_measure_words,
    unite_measure_words,
    unite_words,
)
from geosec.reference.toponyms import normalise
from geosec.shared import build_once, build_once_each

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

_FOLDER = "words"
_NOUN_LETTERS = 4
_PEOPLE = ("organisations", "titles", "institutions", "also_words")
_BEHIND = Door(
    slots={
        "place": "run+",
        "other": "run+",
        "length": "about* length",
        "direction": "direction",
        "outer": "~of-behind|in-behind+",
        "rest": "any*",
        "inner": "near? run any*",
    }
)
"""What the slots of a reordering stand for."""


class Reordering(NamedTuple):
    """A construction whose name stands before the word that governs it, and how English has it."""

    pattern: re.Pattern[str]
    order: tuple[str, ...]  #: slots of the pattern, by name, and tags that are put between them


@dataclass(frozen=True, eq=False)
class Language:
    """How a language says near, between, 12 km south of, district."""

    tags: Mapping[str, str]  #: word or words, normalised, to the tag that the grammar reads
    measures: MeasureWords  #: how numbers, lengths and posts are written
    directions_deg: Mapping[str, float]  #: compass words to degrees clockwise from north
    wants: Mapping[str, tuple[str, ...]]  #: tag of a noun to the feature classes it asks for
    organisations: frozenset[str] = frozenset()  #: forces and authorities: police, government
    titles: frozenset[str] = frozenset()  #: persons that a place's name follows: "Khan of"
    institutions: frozenset[str] = frozenset()  #: bodies that it follows: "Bank of"
    also_words: frozenset[str] = frozenset()  #: names of places that are also words
    station_ends: tuple[str, ...] = ()  #: ends, behind a space, of names that only stations bear
    divided: Mapping[str, str] = field(
        default_factory=dict
    )  #: regions, normalised, to where they are
    reorder: tuple[Reordering, ...] = ()  #: constructions to be turned round, in this order

    @build_once_each
    def starts(self) -> frozenset[str]:
        """What the entries begin with, word by word."""
        entries = [entry.split(" ") for entry in self.tags]
        return frozenset(
            " ".join(words[:end]) for words in entries for end in range(1, len(words) + 1)
        )

    @build_once_each
    def nouns_by_letter(self) -> dict[str, list[str]]:
        """Nouns of four letters or more, by their first letter."""
        nouns: dict[str, list[str]] = {}
        for entry, tag in self.tags.items():
            if tag in tags.GUESSED_NOUNS and len(entry) >= _NOUN_LETTERS:
                nouns.setdefault(entry[0], []).append(entry)
        return nouns

    @build_once_each
    def longest_also_word(self) -> int:
        """Letters in the longest name that is also a word."""
        return max((len(word) for word in self.also_words), default=0)


@build_once
def load_language(code: str = "en") -> Language:
    """Load the words of a language by its ISO 639-1 code.

    `UnknownNameError` if there is no file for it, `KeyError` if the file names a tag that is none.
    """
    words = _read_file(code)
    measures = read_measure_words(words)
    directions = {normalise(word): degrees for word, degrees in words["directions"].items()}
    wants, people = words.get("wants", {}), words.get("people", {})
    return Language(
        tags=_tag_entries(words) | _tag_measures(measures, directions),
        measures=measures,
        directions_deg=directions,
        wants={tags.read_tags(name): tuple(classes) for name, classes in wants.items()},
        **{name: frozenset(people.get(name, ())) for name in _PEOPLE},
        station_ends=tuple(f" {word}" for word in words["station_ends"]["words"]),
        divided={normalise(name): where for name, where in words["divided"].items()},
        reorder=tuple(_read_reordering(rule) for rule in words.get("reorder", ())),
    )


def _read_file(code: str) -> dict[str, Any]:
    folder = files("geosec.language") / _FOLDER
    names = (file.name for file in folder.iterdir())
    known = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    if code not in known:
        msg = f"there are no words for the language {code!r}; {near_misses(code, known)}"
        raise UnknownNameError(msg)
    return tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))


def _tag_entries(words: Mapping[str, Any]) -> dict[str, str]:
    """Give each word between names its tag; a noun or a relation wins over an ignored word."""
    tagged = dict.fromkeys(map(normalise, words["ignored"]["words"]), str(tags.IGNORED))
    for name, entries in chain(words["nouns"].items(), words["relations"].items()):
        tagged |= dict.fromkeys(map(_normalise_entry, entries), tags.read_tags(name))
    return tagged


def _tag_measures(measures: MeasureWords, directions: Iterable[str]) -> dict[str, str]:
    units = [*measures.units, *measures.unmeasured]
    tagged = ((tags.UNIT, units), (tags.NUMBER, measures.numbers), (tags.DIRECTION, directions))
    return {word: str(tag) for tag, words in tagged for word in words}


@build_once
def load_languages(*codes: str) -> Language:
    """Load several languages as one, for reports that mix them.

    Where two languages share a word, the first has it.
    """
    parts = [load_language(code) for code in reversed(codes)]
    return Language(
        tags=unite_words(part.tags for part in parts),
        measures=unite_measure_words([part.measures for part in parts]),
        directions_deg=unite_words(part.directions_deg for part in parts),
        wants=unite_words(part.wants for part in parts),
        **{name: frozenset().union(*(getattr(part, name) for part in parts)) for name in _PEOPLE},
        station_ends=_chain(parts, "station_ends"),
        divided=unite_words(part.divided for part in parts),
        reorder=_chain(parts, "reorder"),
    )


def _chain(parts: Iterable[Language], name: str) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(getattr(part, name) for part in parts))


def _read_reordering(rule: Mapping[str, Any]) -> Reordering:
    """Read "{place} near-behind" and "near {place}" as a pattern and the order of its parts."""
    order = rule["english"].split()
    parts = (word[1:-1] if word.startswith("{") else tags.read_tags(word) for word in order)
    return Reordering(compile_pattern(rule["pattern"], _BEHIND), tuple(parts))


def _normalise_entry(words: str) -> str:
    return normalise(words) or words
