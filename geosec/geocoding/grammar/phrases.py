"""A small grammar of the phrases by which reports say where.

A phrase is cut into lexemes, each with a one-letter tag, and the grammar is a handful of regular
expressions over the string of tags. What it finds is an expression that can be printed back:
items (names with the nouns round them and what they relate to) and at most one clause (between A
and B, 12 km south of C, km 268 of line D).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.language import RUN
from geosec.geocoding.grammar.lexer import Lexeme, lex
from geosec.geocoding.grammar.rewriting import (
    joined,
    needs_rewriting,
    rewritten,
    tags_of,
    without_ignored,
)
from geosec.geocoding.placing.parameters import PARAMETERS

if TYPE_CHECKING:
    from geosec.geocoding.grammar.language import Language
    from geosec.reference.names import Name, NameIndex

_LENGTH = r"q*(?:n+&)?n*-?u(?:\(q*n+u\))?"
_GRAMMAR = {
    "km_post": re.compile(r"(?:uk?[FL]?|k)(?P<n>n)"),
    "between": re.compile(rf"(?P<noun>B?)(?:b(?:[SR]+o)?|(?<=B)o)(?P<a>{RUN})[&t](?P<b>{RUN})"),
    "between_two": re.compile(r"b(?P<a>X[SR]*)(?P<b>X[SR]*)"),
    "near_both": re.compile(r"m(?P<a>X)&(?P<b>XS)"),
    "pair": re.compile(r"(?P<a>X)-(?P<b>X)(?P<noun>[RHBSL]+)"),
    "journey": re.compile(rf"(?P<noun>[RHL]+)f(?P<a>{RUN})t(?P<b>{RUN})"),
    "offset": re.compile(rf"(?P<length>{_LENGTH})t?(?P<d>d)[ofy]*(?P<a>{RUN})"),
    "offset_behind": re.compile(rf"(?P<length>{_LENGTH})a?[fyo](?P<a>{RUN}),?[ti]*(?P<d>d)(?!o)"),
    "offset_owner": re.compile(rf"(?P<length>{_LENGTH})t?(?P<a>{RUN})z(?P<d>d)"),
    "offset_after": re.compile(rf"(?P<a>{RUN}),?(?P<length>{_LENGTH})[ti]*(?P<d>d)(?!o)"),
    "toward": re.compile(rf"(?P<length>{_LENGTH})a?[fy](?P<a>{RUN})i?t(?P<b>{RUN})"),
    "distance": re.compile(rf"(?P<length>{_LENGTH})a?[fy](?P<a>{RUN})"),
    "side": re.compile(rf"[ti]*(?P<d>d)[of](?P<a>{RUN})"),
    "side_behind": re.compile(rf"y(?P<a>{RUN}),?[ti]*(?P<d>d)(?!o)"),
}
_SAME = {
    "offset_behind": "offset",
    "offset_owner": "offset",
    "offset_after": "offset",
    "between_two": "between",
    "side_behind": "side",
    "journey": "between",
}
ENDS = frozenset({"f", "t"})  # relations: where something comes from, or goes to
HOLDS = frozenset({"i", "o", "z", ","})  # relations: the item is round the one before
NEAR = frozenset({"m", "y"})  # relations: the item is not far
FACILITY = frozenset("FH")  # nouns: a thing at a place
_RUNS = re.compile(rf"(?P<run>{RUN})|(?P<mark>.)")
_AREAL = frozenset("DPK")  # a name with such a noun behind it is no part of a longer name
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_MULTIPLES = frozenset({100.0, 1000.0})
_CARRIED = set("TVDPKBANS")  # nouns of "town of Mach" belong to the name that follows


class Item(NamedTuple):
    """A place, or something in one, that a phrase speaks of.

    Attributes
    ----------
    text : str
        The words, as written.
    name : Name, optional
        What the gazetteer knows by them; None for an unknown or generic thing.
    nouns : str
        Tags of the nouns beside the name, such as ``D`` for district or ``F`` for a facility.
    relation : str
        How it hangs on what stands before: ``i`` in, ``o`` of, ``m`` near, ``,`` and so on.
    compound : bool
        Whether a known name is only part of a longer proper name that is not known.
    generic : bool
        Whether it is a thing without a name of its own, such as "a mosque".
    owner : bool
        Whether it is the first part of the name of the thing before: "Quetta Press Club".

    Examples
    --------
    >>> Item("Madina Mosque", nouns="F").name is None
    True
    """

    text: str
    name: Name | None = None
    nouns: str = ""
    relation: str = ""
    compound: bool = False
    generic: bool = False
    owner: bool = False


class Clause(NamedTuple):
    """A construction that says where in relation to named places.

    Attributes
    ----------
    kind : str
        ``between``, ``near_both``, ``pair``, ``offset``, ``distance``, ``toward`` (a distance from
        one place on the way to another), ``side`` (a direction without a distance) or ``km_post``.
    items : tuple of Item
        The places it starts from.
    number : float
        Distance in metres, or the km post in kilometres.
    azimuth_deg : float
        Direction, degrees clockwise from north.
    nouns : str
        Nouns behind a pair, as in "Quetta-Sibi rail section".

    Examples
    --------
    >>> Clause("offset", number=12_000, azimuth_deg=180).kind
    'offset'
    """

    kind: str
    items: tuple[Item, ...] = ()
    number: float = 0.0
    azimuth_deg: float = 0.0
    nouns: str = ""


class Phrase(NamedTuple):
    """A location phrase, understood as far as grammar goes.

    Attributes
    ----------
    text : str
        As written.
    items : tuple of Item
        What it names, in the order of the text.
    clause : Clause, optional
        The relative construction, if there is one.
    position : int
        How many of the items stand before the clause.
    rail : bool
        Whether it speaks of a railway.
    track : bool
        Whether it speaks of the track itself.
    trains : tuple of str
        Trains it names.
    organisation : bool
        Whether it names a force or an authority by its place: "Punjab police".
    too_long : bool
        Whether it is longer than any location phrase, and was not read.
    impossible : str
        A distance or post in it that cannot be, as written; empty where there is none.

    Examples
    --------
    >>> Phrase("Sibi", (Item("Sibi"),)).rail
    False
    """

    text: str
    items: tuple[Item, ...] = ()
    clause: Clause | None = None
    position: int = 0
    rail: bool = False
    track: bool = False
    trains: tuple[str, ...] = ()
    organisation: bool = False
    too_long: bool = False
    impossible: str = ""


def parse_phrase(
    text: str, names: NameIndex, language: Language, *, lexemes: list[Lexeme] | None = None
) -> Phrase:
    """Read a location phrase.

    Parameters
    ----------
    text : str
        Such as ``"12 km south of Sibi"``; distances may be in any unit the language knows.
    names : NameIndex
        Names of places and trains.
    language : Language
        Words between them.
    lexemes : list of Lexeme, optional
        The text cut into lexemes, with the ignored ones, where that is done already.

    Returns
    -------
    Phrase

    Examples
    --------
    >>> from geosec.geocoding.grammar.language import load_language
    >>> from geosec.reference.gazetteer import load_gazetteer
    >>> from geosec.reference.names import NameIndex
    >>> names = NameIndex(load_gazetteer())
    >>> parse_phrase("12 km south of Sibi", names, load_language()).clause.kind
    'offset'
    """
    if len(text) > PARAMETERS.phrase_letters:
        return Phrase(text, too_long=True)
    everything = lexemes or lex(text, names, language, keep_ignored=True)
    lexemes, tags = everything, tags_of(everything)
    trains: tuple[str, ...] = ()
    if "w" in tags:
        lexemes = without_ignored(everything)
        tags = tags_of(lexemes)
    if needs_rewriting(tags):
        lexemes, trains = rewritten(lexemes, names, language)
        tags = tags_of(lexemes)
    rail = bool(trains) or "R" in tags or "S" in tags
    kind, found = _construction(tags)
    if found is None:
        clause, items = None, _items(lexemes, tags)
        position = len(items)
    else:
        clause = _clause(kind, found, lexemes, language)
        start, end = found.span()
        before = _items(lexemes[:start], tags[:start])
        items, position = (*before, *_items(lexemes[end:], tags[end:])), len(before)
    organisation = len(everything) > len(lexemes) and _is_organisation(everything, language)
    said = ""
    if clause is not None and found is not None and not _is_possible(clause):
        said = joined(lexemes[slice(*found.span())])
    known = (text, items, clause, position, rail, "R" in tags, trains, organisation)
    return Phrase(*known, impossible=said)


def _is_possible(clause: Clause) -> bool:
    """Whether a distance or a post is a number, and no distance leaves the country far behind."""
    return clause.number <= PARAMETERS.farthest_m


@lru_cache(maxsize=4096)
def _construction(tags: str) -> tuple[str, re.Match[str] | None]:
    """Find the first construction in a string of tags; many phrases share one string."""
    for kind, pattern in _GRAMMAR.items():
        found = pattern.search(tags)
        if found:
            return _SAME.get(kind, kind), found
    return "", None


def _is_organisation(lexemes: list[Lexeme], language: Language) -> bool:
    named = re.fullmatch(r"w*Xw+", tags_of(lexemes)) is not None
    return named and lexemes[-1].key in language.organisations


def _clause(kind: str, found: re.Match[str], lexemes: list[Lexeme], language: Language) -> Clause:
    parts = found.groupdict()
    spans = [found.span(group) for group in ("a", "b") if group in parts]
    items = tuple(_named(lexemes[slice(*span)]) for span in spans)
    clause = Clause(kind, items, nouns=parts.get("noun") or "")
    if "length" in parts:
        clause = clause._replace(number=_length_m(lexemes[slice(*found.span("length"))], language))
    if "d" in parts:
        direction = lexemes[found.start("d")].key
        clause = clause._replace(azimuth_deg=language.directions_deg[direction])
    if kind == "km_post":
        clause = clause._replace(number=_number([lexemes[found.start("n")]], language))
    return clause


def _named(lexemes: list[Lexeme]) -> Item:
    """Pick the item of a run that has a name; the nouns of the others are its own."""
    items = _items(lexemes, tags_of(lexemes)) or (Item(joined(lexemes), generic=True),)
    known = [item for item in items if item.name is not None and not item.compound]
    return known[0] if known else items[0]


def _length_m(lexemes: list[Lexeme], language: Language) -> float:
    tags = tags_of(lexemes)
    unit = tags.index("u")
    count = _number([each for each in lexemes[:unit] if each.tag == "n"], language)
    return count * language.units_m[lexemes[unit].key]


def _number(lexemes: list[Lexeme], language: Language) -> float:
    """Read digits, or number words one after another: "two hundred"; no number is one.

    Not a number (NaN) where the digits make none, as in "12.5.3".
    """
    total = 0.0 if lexemes else 1.0
    for each in lexemes:
        word = language.numbers.get(each.key)
        value = _digits(each.text) if word is None else word
        total = total * value if total and value in _MULTIPLES else total + value
    return total


def _digits(text: str) -> float:
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else math.nan


class _Slot(NamedTuple):
    """Where an item stands among the lexemes, which of them names it, and the rest of it."""

    start: int
    end: int
    named: int | None = None
    nouns: str = ""
    relation: str = ""
    compound: bool = False
    generic: bool = False
    owner: bool = False


def _items(lexemes: list[Lexeme], tags: str) -> tuple[Item, ...]:
    """Make the items of lexemes that have these tags."""
    items = []
    for start, end, named, nouns, relation, compound, generic, owner in _slots(tags):
        text = lexemes[start].text if end - start == 1 else joined(lexemes[start:end])
        name = None if named is None else lexemes[named].name
        items.append(Item(text, name, nouns, relation, compound, generic, owner))
    return tuple(items)


@lru_cache(maxsize=4096)
def _slots(tags: str) -> tuple[_Slot, ...]:
    """Group tags into items; what owns ("Quetta's bypass") goes behind what is owned.

    Many phrases share one string of tags.
    """
    slots: list[_Slot] = []
    relation, carried, owner = "", "", None
    for found in _RUNS.finditer(tags):
        run, mark = found["run"], found["mark"]
        if mark:
            relation = mark
            if relation == "z" and slots:
                owner = slots.pop()._replace(relation="z")
            continue
        if _CARRIED.issuperset(run):
            carried = run
            continue
        slots += _run_slots(run, found.start(), relation, carried)
        if owner is not None:
            slots.append(owner)
        relation, carried, owner = "", "", None
    if owner is None:
        return tuple(slots)
    return (*slots, owner._replace(nouns=owner.nouns + carried))  # "Sibi's outskirts"


def _run_slots(run: str, start: int, relation: str, carried: str) -> list[_Slot]:
    """Make items of one run of names, unknown words and nouns without anything between."""
    end = start + len(run)
    known = [at for at, tag in enumerate(run, start) if tag == "X"]
    nouns = carried + "".join(tag for tag in run if tag not in "XW")
    if not known:
        return [_Slot(start, end, None, nouns, relation, generic="W" not in run)]
    if "W" not in run:
        first, *others = known
        inside = (_Slot(at, at + 1, at, "", "i") for at in others)
        return [_Slot(first, first + 1, first, nouns, relation), *inside]
    if not nouns:
        return [_Slot(start, end, known[-1], nouns, relation, compound=True)]
    free = (at for at in known if _is_free(run, at - start))
    owners = (_Slot(at, at + 1, at, "", "i", owner=True) for at in free)
    return [_Slot(start, end, None, nouns, relation), *owners]


def _is_free(tags: str, at: int) -> bool:
    """Whether a name stands by itself: "Quetta Press Club", but not "Shah Mardan post"."""
    return at == 0 or tags[at - 1] != "W" or tags[at + 1 : at + 2] in _AREAL
