"""The words of the page, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geosec.errors import ParameterError, near_misses


@cache
def list_languages() -> list[str]:
    """List the codes of the languages that the page speaks (ISO 639-1)."""
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
    return spoken[0] | spoken[1]
