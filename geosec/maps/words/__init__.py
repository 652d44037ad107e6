"""The words of the page, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geosec.errors import ParameterError, near_misses


@cache
def list_languages(catalogue: str = __name__) -> list[str]:
    """List the codes of the languages that a catalogue, a package, speaks (ISO 639-1)."""
    names = (each.name for each in files(catalogue).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def load_words(language: str, catalogue: str = __name__) -> dict[str, str]:
    """Load the words of a language; what it has no words for is said in English."""
    known = list_languages(catalogue)
    if language not in known:
        msg = f"there is no `language` {language!r}; {near_misses(language, known)}"
        raise ParameterError(msg)
    spoken = [
        tomllib.loads((files(catalogue) / f"{name}.toml").read_text("utf-8"))
        for name in ("en", language)
    ]
    return spoken[0] | spoken[1]
