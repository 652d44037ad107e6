"""What a phrase is cut into: names, words, numbers and marks, each with a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geosec.numerals.coordinates import WrittenCoordinates
    from geosec.numerals.numbers import Amount
    from geosec.reference.names import Name


class Lexeme(NamedTuple):
    """One name, word, number, measure or mark of a phrase."""

    tag: str  #: one of `tags`
    text: str  #: as written
    key: str  #: normalised
    name: Name | None = None  #: what the gazetteer knows by that name
    start: int = 0  #: offsets of the words in the text
    end: int = 0
    amount: Amount | None = None  #: of a measure: metres, degrees from north, or the km of a post
    point: WrittenCoordinates | None = None  #: of coordinates


def write_tags(lexemes: list[Lexeme]) -> str:
    """Write the tags of lexemes one after another."""
    return "".join([lexeme.tag for lexeme in lexemes])


def write_words(lexemes: list[Lexeme]) -> str:
    """Write lexemes out with spaces between."""
    return " ".join([lexeme.text for lexeme in lexemes])
