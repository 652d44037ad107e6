"""A location phrase parsed: cut, put in order, its construction found, its items made."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from geosec.geocoding.grammar.bare_numbers import add_bare_numbers
from geosec.geocoding.grammar.constructions import Found, find_construction
from geosec.geocoding.grammar.items import make_items, make_named_item
from geosec.geocoding.grammar.phrases import Clause, Phrase
from geosec.geocoding.grammar.rewriting import rewrite_lexemes
from geosec.language import tags
from geosec.language.lexemes import Lexeme, write_tags, write_words
from geosec.language.lexer import lex
from geosec.language.notation import Door, compile_pattern
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
_UNREAD = tags.MEASURES | {tags.POINT, tags.POST, tags.FROM}
_SHOWN = 60  # letters of a phrase that a reason repeats
_NO_START = frozenset({tags.HYPHEN, tags.NUMBER + tags.COMMA})
_STARTED = frozenset({tags.OF, tags.FROM, tags.OFF})  # what a distance is counted from
_COUNTING = frozenset({tags.DIRECTION, tags.LENGTH, tags.AWAY, tags.UNIT})
_DOOR = Door(slots={"count": "number unknown|station{1,2}"})
_STATION_DOOR = Door(slots={"count": "number station"})
_NO_POST = compile_pattern(
    "unit|post ( number|about|length|unit or to|of|comma|direction|unknown number )"
    " or unit unknown or number unknown|direction unit",
    _DOOR,
)
_NO_UNIT = compile_pattern("{count} to|in|away* direction", _DOOR)
_STATIONS = compile_pattern("{count} from", _STATION_DOOR)
_TIME = compile_pattern(
    "unknown owner? unknown? ( to|in|away* ( direction of|from or from ) or away of )", _DOOR
)


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
        start = end = len(letters)
    else:
        start, end = found.span
        before = make_items(lexemes[:start], letters[:start])
        items = (*before, *make_items(lexemes[end:], letters[end:]))
        clause = _make_clause(found, lexemes, letters, language)
        impossible = _find_impossible(clause, lexemes, letters, start, end)
        known = (text, items, clause, len(before), rail, track, trains, serves)
        phrase = Phrase(*known, impossible=impossible)
    if _UNREAD.isdisjoint(letters):
        return phrase
    phrase = _add_unread(phrase, lexemes, letters, (start, end), language)
    return add_bare_numbers(phrase, lexemes, end) if tags.NUMBER in letters else phrase


def _add_unread(
    phrase: Phrase,
    lexemes: list[Lexeme],
    letters: str,
    span: tuple[int, int],
    language: Language,
) -> Phrase:
    """Add the measures and the coordinates that no construction has taken up.

    A length whose direction is another's, or nobody's, says where, and makes a phrase impossible,
    as a post does whose number is none: `span` is where its construction stands.
    """
    impossible = phrase.impossible or _find_no_unit(lexemes, letters, language)
    lexemes, before = lexemes[: span[0]] + lexemes[span[1] :], letters[: span[0]]
    unread = [repr(lexeme.text) for lexeme in lexemes if lexeme.tag in _MEASURED]
    if phrase.clause is not None and phrase.clause.post_km is not None:
        unread += _list_numbers(lexemes)
    points = [lexeme.point for lexeme in lexemes if lexeme.point is not None]
    starts = _list_starts(phrase.clause)
    misread = _find_misread(points, starts)
    finest = min(points, key=lambda each: each.resolution_m, default=None)
    impossible = impossible or _find_post(lexemes, language)
    if not impossible and _says_where(phrase.clause, write_tags(lexemes), before):
        impossible = _explain_stray(phrase, lexemes)
    return phrase._replace(
        unread=", ".join(dict.fromkeys(unread)),
        point=None if misread else finest,
        starts=starts,
        misread=misread,
        impossible=impossible,
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


def _list_numbers(lexemes: list[Lexeme]) -> list[str]:
    """List the numbers that may be a second post; the 12 of "Chak 12" is none."""
    return [
        repr(lexeme.text)
        for at, lexeme in enumerate(lexemes)
        if lexeme.tag == tags.NUMBER and not (at and _is_numbered(lexemes[at - 1]))
    ]


def _is_numbered(lexeme: Lexeme) -> bool:
    """Whether a number behind a lexeme may be part of its name: Chak 12, Block 7, not thru 12."""
    return lexeme.tag in tags.RUN and (lexeme.tag != tags.UNKNOWN or lexeme.text[:1].isupper())


def _deny(parts: list[Lexeme]) -> str:
    """Say that words are no distance and no post; what is repeated is written twice at most."""
    runs = [(text, len(list(run))) for text, run in groupby(part.text for part in parts)]
    told = " ".join(
        text if count == 1 else f"{text} {text}{' …' * (count > 2)}" for text, count in runs
    )
    short = told if len(told) <= _SHOWN else f"{told[:_SHOWN].rstrip()} …"
    return f"{short!r} is no distance or post that can be"


def _find_post(lexemes: list[Lexeme], language: Language) -> str:
    """Refuse a post whose number is none, "km x268" and "268th km"; empty if there is none."""
    letters = write_tags(lexemes)
    for found in _NO_POST.finditer(letters):
        parts = lexemes[slice(*found.span())]
        posts, unmeasured = language.measures.posts, language.measures.unmeasured
        if any(part.key in posts or part.key in unmeasured for part in parts):
            return _deny(parts)
    return ""


def _is_in_name(lexemes: list[Lexeme], at: int) -> bool:
    """Whether a number stands right behind what it may be the number of: Chak 12, Block 7."""
    before = lexemes[at - 1] if at else lexemes[at]
    return before.tag in tags.RUN and lexemes[at].start - before.end <= 1


def _explain_stray(phrase: Phrase, lexemes: list[Lexeme]) -> str:
    """Say of a length that nothing takes up what is wanting: a place, or a direction of its own."""
    told = " and ".join(dict.fromkeys(repr(each.text) for each in lexemes if each.tag in _LENGTHS))
    if phrase.clause is not None or any(item.name for item in phrase.items):
        return f"what {told} is counted from, or which way, is not understood"
    numbers = [each for each in lexemes if each.tag in {tags.NUMBER, tags.POINT}]
    if numbers:
        behind = phrase.text[numbers[0].start : numbers[-1].end]
        return f"{behind!r} is no place and no coordinates that can be, to count {told} from"
    return f"it names no place to count {told} from"


def _find_no_unit(lexemes: list[Lexeme], letters: str, language: Language) -> str:
    """Refuse what is counted where a distance should stand: 3 days south of Sibi; else empty."""
    found = _NO_UNIT.search(letters) or _STATIONS.search(letters)
    if found is not None and not _is_in_name(lexemes, found.start()):
        count = slice(*found.span("count"))
        counted = write_words(lexemes[count])
        return f"{counted!r} is no distance, for it has no unit of length"
    for found in _TIME.finditer(letters):
        first = lexemes[found.start()]
        if language.measures.roles.get(first.key) == "time":
            return f"{first.text!r} is no distance: how far one gets in it is not known"
    return ""


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
    """Refuse a distance or a post that is no number, or none that can be; with what adjoins it.

    No distance leaves the country far behind, none is counted from another, and no second number
    stands before the first.
    """
    amounts = [clause.length_m, clause.post_km]
    can_be = all(each is None or 0 <= each.high <= _FARTHEST_M for each in amounts)
    if tags.MEASURES.isdisjoint(letters[start]) and not letters.startswith(tags.ABOUT, start):
        first = start
    elif clause.length_m is not None and _is_chained(clause, letters, start, end):
        return "a distance is counted from another: give one, and the place that it starts from"
    elif letters[:start] in _NO_START:  # - 5 km; 12, 5 km
        can_be, first = False, 0
    else:
        first = _find_adjoining(letters, start)
        can_be = can_be and first == start and clause.azimuth_deg == clause.azimuth_deg
    return "" if can_be else _deny(lexemes[first:end])


def _is_chained(clause: Clause, letters: str, start: int, end: int) -> bool:
    """Whether a distance is counted from a place that is told by a distance itself."""
    before = letters[:start].rstrip("".join(_STARTED))
    if len(before) < start and before[-1:] in _COUNTING:
        return True
    unnamed = any(item.name is None for item in clause.items)
    return unnamed and letters[end : end + 1] == tags.LENGTH


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
        length_m = _read_length(found, lexemes, language)
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


def _read_length(found: Found, lexemes: list[Lexeme], language: Language) -> Amount:
    """Read the one length of a construction: "within 12 km south of Sibi" is at most that far."""
    start, length_m = found.span[0], lexemes[found.lengths[0]].amount or UNREAD
    within = start and lexemes[start - 1].key in language.measures.bounds
    return Amount(0.0, length_m.high) if within and found.directions else length_m


def _read_azimuth(lexeme: Lexeme, language: Language) -> float:
    if lexeme.amount is not None:
        return lexeme.amount.middle
    return language.directions_deg[lexeme.key]
