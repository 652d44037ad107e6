"""A location phrase parsed: cut, put in order, its construction found, its items made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geosec.geocoding.grammar.constructions import Found, find_construction
from geosec.geocoding.grammar.items import make_items, make_named_item
from geosec.geocoding.grammar.phrases import Clause, Phrase
from geosec.geocoding.grammar.rewriting import rewrite_lexemes
from geosec.language import tags
from geosec.language.lexemes import Lexeme, write_tags, write_words
from geosec.language.lexer import lex
from geosec.numerals.numbers import UNREAD, Amount

if TYPE_CHECKING:
    from geosec.language.languages import Language
    from geosec.numerals.coordinates import WrittenCoordinates
    from geosec.reference.names import NameIndex

LONGEST_PHRASE = 500  # letters: a longer text is no location phrase, and is not read
_FARTHEST_M = 1_500_000.0  # nobody gives a greater distance from a place
_LENGTHS = frozenset({tags.LENGTH, tags.UNIT})
_MEASURED = frozenset({tags.LENGTH, tags.KILOMETRE})
_NUMBERED = frozenset({tags.NAME, tags.UNKNOWN})  # Chak 12
_ADJOINING = tags.MEASURES | tags.JOINS
_UNREAD = _MEASURED | {tags.POINT, tags.UNIT}


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
    serves = len(everything) > len(lexemes) and _is_organisation(everything, language)
    track = tags.RAILWAY in letters
    rail = track or bool(trains) or tags.STATION in letters
    found = find_construction(letters)
    if found is None:
        items = make_items(lexemes, letters)
        phrase = Phrase(text, items, None, len(items), rail, track, trains, serves)
        return phrase if _UNREAD.isdisjoint(letters) else _add_unread(phrase, lexemes, letters)
    start, end = found.span
    before = make_items(lexemes[:start], letters[:start])
    items = (*before, *make_items(lexemes[end:], letters[end:]))
    clause = _make_clause(found, lexemes, letters, language)
    impossible = _find_impossible(clause, lexemes, letters, start, end)
    known = (text, items, clause, len(before), rail, track, trains, serves)
    phrase = Phrase(*known, impossible=impossible)
    if _UNREAD.isdisjoint(letters):
        return phrase
    return _add_unread(phrase, lexemes[:start] + lexemes[end:], letters[:start])


def _add_unread(phrase: Phrase, lexemes: list[Lexeme], before: str) -> Phrase:
    """Add the measures and the coordinates that no construction has taken up.

    A length whose direction is another's, or nobody's, says where, and makes a phrase impossible:
    `before` are the tags before its construction.
    """
    unread = [repr(lexeme.text) for lexeme in lexemes if lexeme.tag in _MEASURED]
    points = [lexeme.point for lexeme in lexemes if lexeme.point is not None]
    starts = _list_starts(phrase.clause)
    misread = _find_misread(points, starts)
    finest = min(points, key=lambda each: each.resolution_m, default=None)
    stray = _says_where(phrase.clause, write_tags(lexemes), before)
    impossible = write_words([each for each in lexemes if each.tag in _LENGTHS]) if stray else ""
    return phrase._replace(
        unread=", ".join(unread),
        point=None if misread else finest,
        starts=starts,
        misread=misread,
        impossible=phrase.impossible or impossible,
    )


def _list_starts(clause: Clause | None) -> tuple[WrittenCoordinates, ...]:
    """List the coordinates that a construction starts from."""
    if clause is None:
        return ()
    points = (clause.point, *(item.point for item in clause.items))
    return tuple(point for point in points if point is not None)


def _find_misread(points: list[WrittenCoordinates], starts: tuple[WrittenCoordinates, ...]) -> str:
    """Say which coordinates cannot be read, or that there are more than have a meaning."""
    for each in (*points, *starts):
        if each.fault:
            return f"{each.said!r} cannot be read: {each.fault}"
    alone = [*points, *starts[:1]]
    if all(alone[0].is_same_as(other) for other in alone[1:]):
        return ""
    told = " and ".join(repr(each.said) for each in alone[:2])
    return f"{told} are different points: keep one, or say between ... and ..."


def _says_where(clause: Clause | None, letters: str, before: str) -> bool:
    """Whether a length left over says where: before a side of a place, or beside a direction."""
    if clause is not None and clause.kind == "side" and not _LENGTHS.isdisjoint(before):
        return True
    if clause is not None and clause.length_m is not None:
        return False
    return tags.LENGTH in letters and tags.DIRECTION in letters


def _find_impossible(
    clause: Clause, lexemes: list[Lexeme], letters: str, start: int, end: int
) -> str:
    """Find a distance or a post that is no number, or none that can be; with what adjoins it.

    No distance leaves the country far behind, and no second number stands before the first.
    """
    amounts = [clause.length_m, clause.post_km]
    can_be = all(each is None or 0 <= each.high <= _FARTHEST_M for each in amounts)
    if tags.MEASURES.isdisjoint(letters[start]) and not letters.startswith(tags.ABOUT, start):
        return "" if can_be else write_words(lexemes[start:end])
    if letters[:start] == tags.HYPHEN:  # -5 km
        return write_words(lexemes[:end])
    first = _find_adjoining(letters, start)
    if can_be and first == start and clause.azimuth_deg == clause.azimuth_deg:
        return ""
    return write_words(lexemes[first:end])


def _find_adjoining(letters: str, start: int) -> int:
    """Find where the measures right before a construction begin; the 12 of "Chak 12" is none."""
    first = start
    while first and letters[first - 1] in _ADJOINING:
        first -= 1
    adjoining = letters[first:start]
    numbered = adjoining == tags.NUMBER and letters[:first][-1:] in _NUMBERED
    return start if numbered or tags.MEASURES.isdisjoint(adjoining) else first


def add_legs(lengths: list[Amount], azimuths: list[float]) -> tuple[Amount, float]:
    """Add "12 km south and 5 km east" to one distance, in metres, and one azimuth, in degrees."""
    turns = [math.radians(azimuth) for azimuth in azimuths]

    def add(metres: list[float]) -> tuple[float, float]:
        legs = list(zip(metres, turns, strict=True))
        north, east = (
            math.fsum(length * part(turn) for length, turn in legs) for part in (math.cos, math.sin)
        )
        return math.hypot(north, east), math.degrees(math.atan2(east, north)) % 360

    ends = [add([getattr(length, end) for length in lengths])[0] for end in ("low", "high")]
    _, azimuth_deg = add([length.middle for length in lengths])
    return Amount(min(ends), max(ends)), azimuth_deg


def _is_organisation(everything: list[Lexeme], language: Language) -> bool:
    """Whether a phrase is one name with ignored words round it, the last of which serve there."""
    bare = write_tags(everything).strip(tags.IGNORED)
    return bare == tags.NAME and everything[-1].key in language.organisations


def _make_clause(found: Found, lexemes: list[Lexeme], letters: str, language: Language) -> Clause:
    lengths = [lexemes[at].amount or UNREAD for at in found.lengths]
    azimuths = [_read_azimuth(lexemes[at], language) for at in found.directions]
    length_m, azimuth_deg = None, azimuths[0] if azimuths else 0.0
    if len(lengths) > 1:
        length_m, azimuth_deg = add_legs(lengths, azimuths)
    elif lengths:
        length_m = lengths[0]
    items = tuple(
        make_named_item(lexemes[start:end], letters[start:end]) for start, end in found.places
    )
    return Clause(
        found.kind,
        items,
        length_m,
        azimuth_deg,
        found.nouns,
        post_km=None if found.post is None else lexemes[found.post].amount,
        point=None if found.point is None else lexemes[found.point].point,
    )


def _read_azimuth(lexeme: Lexeme, language: Language) -> float:
    if lexeme.amount is not None:
        return lexeme.amount.middle
    return language.directions_deg[lexeme.key]
