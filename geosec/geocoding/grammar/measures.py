"""Numbers and lengths as a phrase writes them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags
from geosec.geocoding.grammar.lexer import write_tags

if TYPE_CHECKING:
    from geosec.geocoding.grammar.language import Language
    from geosec.geocoding.grammar.lexer import Lexeme

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_MULTIPLES = frozenset({100.0, 1000.0})


def read_length_m(lexemes: list[Lexeme], language: Language) -> float:
    """Read "about 12 km" in metres; a unit without a number is one of it."""
    unit = write_tags(lexemes).index(tags.UNIT)
    numbers = [lexeme for lexeme in lexemes[:unit] if lexeme.tag == tags.NUMBER]
    return read_number(numbers, language) * language.units_m[lexemes[unit].key]


def read_number(lexemes: list[Lexeme], language: Language) -> float:
    """Read digits, or number words one after another: "two hundred"; no number is one.

    Not a number (NaN) where the digits make none, as in "12.5.3".
    """
    total = 0.0 if lexemes else 1.0
    for lexeme in lexemes:
        word = language.numbers.get(lexeme.key)
        value = _read_digits(lexeme.text) if word is None else word
        total = total * value if total and value in _MULTIPLES else total + value
    return total


def _read_digits(text: str) -> float:
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else math.nan
