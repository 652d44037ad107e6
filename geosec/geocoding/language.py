"""The words of a language that stand between the names of places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geosec.errors import UnknownNameError, near_misses
from geosec.geocoding.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = "language"


@dataclass(frozen=True)
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
    longest : int
        Words in the longest entry.

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
    longest: int


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
    folder = files("geosec.geocoding") / _FOLDER
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
    tags |= dict.fromkeys(words["units"], "u") | dict.fromkeys(words["numbers"], "n")
    tags |= dict.fromkeys(words["directions"], "d")
    return Language(
        tags=tags,
        units_m=words["units"],
        numbers=words["numbers"],
        directions_deg=words["directions"],
        wants={tag: tuple(classes) for tag, classes in words["wants"].items()},
        longest=max(len(entry.split()) for entry in tags),
    )


def _entry(words: str) -> str:
    return normalise(words) or words
