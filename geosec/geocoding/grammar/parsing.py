"""A location phrase parsed: cut, put in order, its construction found, its items made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.grammar import tags
from geosec.geocoding.grammar.constructions import Found, find_construction
from geosec.geocoding.grammar.items import make_items, make_named_item
from geosec.geocoding.grammar.lexer import Lexeme, lex, write_tags, write_words
from geosec.geocoding.grammar.measures import read_length_m, read_number
from geosec.geocoding.grammar.phrases import Clause, Phrase
from geosec.geocoding.grammar.rewriting import rewrite_lexemes

if TYPE_CHECKING:
    from geosec.geocoding.grammar.language import Language
    from geosec.reference.names import NameIndex

LONGEST_PHRASE = 500  # letters: a longer text is no location phrase, and is not read
_FARTHEST_M = 1_500_000.0  # nobody gives a greater distance from a place


def parse_phrase(
    text: str, names: NameIndex, language: Language, *, lexemes: list[Lexeme] | None = None
) -> Phrase:
    """Parse a location phrase; distances may be in any unit that the language knows.

    Whoever has cut the text into lexemes already gives them, the ignored ones among them.
    """
    if len(text) > LONGEST_PHRASE:
        return Phrase(text, too_long=True)
    everything = lex(text, names, language, keep_ignored=True) if lexemes is None else lexemes
    lexemes, letters, trains = rewrite_lexemes(everything, names, language)
    found = find_construction(letters)
    clause, impossible = None, ""
    if found is None:
        items = make_items(lexemes, letters)
        position = len(items)
    else:
        clause = _make_clause(found, lexemes, letters, language)
        start, end = found.span
        before = make_items(lexemes[:start], letters[:start])
        items, position = (*before, *make_items(lexemes[end:], letters[end:])), len(before)
        impossible = "" if _is_possible(clause) else write_words(lexemes[start:end])
    serves = len(everything) > len(lexemes) and _is_organisation(everything, language)
    track = tags.RAILWAY in letters
    rail = track or bool(trains) or tags.STATION in letters
    known = (text, items, clause, position, rail, track, trains, serves)
    return Phrase(*known, impossible=impossible)


def _is_possible(clause: Clause) -> bool:
    """Whether a distance or a post is a number, and no distance leaves the country far behind."""
    return clause.number <= _FARTHEST_M


def _is_organisation(lexemes: list[Lexeme], language: Language) -> bool:
    """Whether a phrase is one name with ignored words round it, the last of which serve there."""
    bare = write_tags(lexemes).strip(tags.IGNORED)
    return bare == tags.NAME and lexemes[-1].key in language.organisations


def _make_clause(found: Found, lexemes: list[Lexeme], letters: str, language: Language) -> Clause:
    number, azimuth_deg = 0.0, 0.0
    if found.length is not None:
        number = read_length_m(lexemes[slice(*found.length)], language)
    elif found.number is not None:
        number = read_number([lexemes[found.number]], language)
    if found.direction is not None:
        azimuth_deg = language.directions_deg[lexemes[found.direction].key]
    items = tuple(
        make_named_item(lexemes[start:end], letters[start:end]) for start, end in found.places
    )
    return Clause(found.kind, items, number, azimuth_deg, found.nouns)
