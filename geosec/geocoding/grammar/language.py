"""The words of a language that stand between the names of places."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from geosec.errors import UnknownNameError, near_misses
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_Meaning = TypeVar("_Meaning")
_FOLDER = "words"
_NOUN_TAGS, _NOUN_LETTERS = frozenset("TVDPKSF"), 4
_PEOPLE = ("organisations", "titles", "institutions", "also_words")
RUN = r"[XWTVDPKSANRHBFL]+"  # tags of names, unknown words and the nouns beside them


@dataclass(frozen=True, eq=False)
class Language:
    """How a language says near, between, 12 km south of, district.

    Attributes
    ----------
    tags : mapping of str to str
        Word or words, normalised, to the one-letter tag the grammar reads.
    units_m : mapping of str to float
        Unit words to metres.
    numbers : mapping of str to float
        Number words to numbers.
    directions_deg : mapping of str to float
        Compass words to degrees clockwise from north.
    wants : mapping of str to tuple of str
        Noun tag to the feature classes the noun asks for.
    organisations, titles, institutions, also_words : frozenset of str
        Words for forces and authorities; words for persons ("Khan of") and for bodies ("Bank of")
        that a place's name follows; names of places that are also words.
    reorder : tuple of (pattern, tuple of str)
        Over tags: constructions whose name stands before the word that governs it, and the order
        of their groups and tags in the grammar.

    Examples
    --------
    >>> english = load_language("en")
    >>> english.tags["railway station"], english.directions_deg["south west"]
    ('S', 225.0)
    """

    tags: Mapping[str, str]
    units_m: Mapping[str, float]
    numbers: Mapping[str, float]
    directions_deg: Mapping[str, float]
    wants: Mapping[str, tuple[str, ...]]
    organisations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    also_words: frozenset[str] = frozenset()
    reorder: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()

    @cached_property
    def starts(self) -> frozenset[str]:
        """What the entries begin with, word by word."""
        words = [entry.split(" ") for entry in self.tags]
        return frozenset(" ".join(each[:end]) for each in words for end in range(1, len(each) + 1))

    @cached_property
    def nouns_by_letter(self) -> dict[str, list[str]]:
        """Nouns of four letters or more, by their first letter."""
        nouns: dict[str, list[str]] = {}
        for entry, tag in self.tags.items():
            if tag in _NOUN_TAGS and len(entry) >= _NOUN_LETTERS:
                nouns.setdefault(entry[0], []).append(entry)
        return nouns

    @cached_property
    def longest_also_word(self) -> int:
        """Letters in the longest name that is also a word."""
        return max((len(word) for word in self.also_words), default=0)


@cache
def load_language(code: str = "en") -> Language:
    """Load the words of a language.

    Parameters
    ----------
    code : str, default "en"
        ISO 639-1 code of a language file. Units in it are metres and degrees.

    Returns
    -------
    Language

    Raises
    ------
    UnknownNameError
        If there is no file for the language.

    Examples
    --------
    >>> load_language("en").units_m["miles"]
    1609.344
    """
    folder = files("geosec.geocoding.grammar") / _FOLDER
    known = sorted(
        each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")
    )
    if code not in known:
        msg = f"there are no words for the language {code!r}; {near_misses(code, known)}"
        raise UnknownNameError(msg)
    words = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
    tags = dict.fromkeys(map(normalise, words["ignored"]["words"]), "w")
    for section in ("nouns", "tags"):
        for tag, entries in words[section].items():
            tags |= dict.fromkeys(map(_entry, entries), tag)
    units, numbers, directions = (
        {normalise(word): value for word, value in words[section].items()}
        for section in ("units", "numbers", "directions")
    )
    tags |= dict.fromkeys(units, "u") | dict.fromkeys(numbers, "n") | dict.fromkeys(directions, "d")
    return Language(
        tags=tags,
        units_m=units,
        numbers=numbers,
        directions_deg=directions,
        wants={tag: tuple(classes) for tag, classes in words.get("wants", {}).items()},
        **{name: frozenset(words.get("people", {}).get(name, ())) for name in _PEOPLE},
        reorder=tuple(_reordering(rule) for rule in words.get("reorder", ())),
    )


@cache
def load_languages(*codes: str) -> Language:
    """Load several languages as one, for reports that mix them.

    Parameters
    ----------
    *codes : str
        ISO 639-1 codes; where two languages share a word, the first has it.

    Returns
    -------
    Language
        Units in metres, directions in degrees.

    Raises
    ------
    UnknownNameError
        If there is no file for one of them.

    Examples
    --------
    >>> both = load_languages("en", "ur")
    >>> both.units_m["km"] == both.units_m["کلومیٹر"]
    True
    """
    parts = [load_language(code) for code in reversed(codes)]
    return Language(
        tags=_united(part.tags for part in parts),
        units_m=_united(part.units_m for part in parts),
        numbers=_united(part.numbers for part in parts),
        directions_deg=_united(part.directions_deg for part in parts),
        wants=_united(part.wants for part in parts),
        **{name: frozenset().union(*(getattr(part, name) for part in parts)) for name in _PEOPLE},
        reorder=tuple(chain.from_iterable(part.reorder for part in parts)),
    )


def _united(mappings: Iterable[Mapping[str, _Meaning]]) -> dict[str, _Meaning]:
    """Join the words of several languages; where two share one, the last has it."""
    return {word: meaning for each in mappings for word, meaning in each.items()}


def _reordering(rule: Mapping[str, Any]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile(rule["pattern"].replace("RUN", RUN)), tuple(rule["order"])


def _entry(words: str) -> str:
    return normalise(words) or words
