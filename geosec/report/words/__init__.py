"""The words of a report, by language; months and columns are called as on the map."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geosec.errors import ParameterError, near_misses
from geosec.maps.words import load_words as load_map_words


@cache
def list_languages() -> list[str]:
    """List the codes of the languages that a report speaks (ISO 639-1)."""
    names = (each.name for each in files(__name__).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def load_words(language: str) -> dict[str, str]:
    """Load the words of a language; what it has no words for is said in English."""
    if language not in list_languages():
        msg = f"there is no `language` {language!r}; {near_misses(language, list_languages())}"
        raise ParameterError(msg)
    spoken = [
        tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
        for name in ("en", language)
    ]
    return load_map_words(language) | spoken[0] | spoken[1]
