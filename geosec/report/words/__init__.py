"""The words of a report, by language; months and columns are called as on the map."""

from __future__ import annotations

from functools import cache

from geosec.maps.words import list_languages as list_languages_of
from geosec.maps.words import load_words as load_words_of


def list_languages() -> list[str]:
    """List the codes of the languages that a report speaks (ISO 639-1)."""
    return list_languages_of(__name__)


@cache
def load_words(language: str) -> dict[str, str]:
    """Load the words of a language; what it has no words for is said in English."""
    own = load_words_of(language, __name__)
    return load_words_of(language) | own
