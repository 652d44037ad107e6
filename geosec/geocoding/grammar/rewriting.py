"""Lexemes put in the order and the spelling that the grammar of phrases reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geosec.geocoding.grammar.lexer import Lexeme
from geosec.reference.transliteration import in_arabic_script

if TYPE_CHECKING:
    from geosec.geocoding.grammar.language import Language
    from geosec.reference.names import NameIndex

_UNKNOWN = re.compile(r"(?<!X)W+(?![XFHW])")
_MIXED = re.compile(r"(?:[XW]{0,3}W[XW]{1,3}|[XW]{1,3}W|W{1,3}[FTS])(?![XW])")
_BEHIND = re.compile(r"X[TVDPKSANRHF]?W(?!W)")
_NOUN_LETTERS = 3
_LONG = 4  # letters of a word that may be part of a longer name, misspelt
_ABOUT_TRAINS = frozenset("Eg")
_REWRITTEN = frozenset("EgW-(")
_TO_IGNORED = re.compile("[Ww]-w")
_TRAIN = re.compile(r"X-?g|gt?X|(?P<train>[XW]+E)")


def without_ignored(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Drop the words that carry no meaning for a place, and what is hyphenated to one.

    Parameters
    ----------
    lexemes : list of Lexeme
        Of a phrase. No unit or CRS is involved.

    Returns
    -------
    list of Lexeme

    Examples
    --------
    >>> hit = [Lexeme("W", "insurgency", ""), Lexeme("-", "-", "-"), Lexeme("w", "hit", "hit")]
    >>> tags_of(without_ignored([*hit, Lexeme("X", "Kech", "kech")]))
    'X'
    """
    tags = tags_of(lexemes)
    if "w" not in tags:
        return lexemes
    kept = [each.tag != "w" for each in lexemes]
    if "-w" in tags:
        for found in _TO_IGNORED.finditer(tags):
            kept[found.start() : found.end()] = [False] * len(found.group())
    return [each for each, keep in zip(lexemes, kept, strict=True) if keep]


def needs_rewriting(tags: str) -> bool:
    """Say whether a phrase holds anything that `rewritten` changes.

    Parameters
    ----------
    tags : str
        Of its lexemes. No unit or CRS is involved.

    Returns
    -------
    bool

    Examples
    --------
    >>> needs_rewriting("mX"), needs_rewriting("XE")
    (False, True)
    """
    return not tags.isascii() or not _REWRITTEN.isdisjoint(tags)


def rewritten(
    lexemes: list[Lexeme], names: NameIndex, language: Language
) -> tuple[list[Lexeme], tuple[str, ...]]:
    """Take trains out, join and respell unknown words, and turn postpositions round.

    Parameters
    ----------
    lexemes : list of Lexeme
        Of a phrase. No unit or CRS is involved.
    names : NameIndex
        Names of places.
    language : Language
        Whose rules of order apply.

    Returns
    -------
    list of Lexeme
        What the grammar reads.
    tuple of str
        Trains that were named.

    Examples
    --------
    >>> from geosec.geocoding.geocoder import interpreter_for
    >>> from geosec.geocoding.grammar.lexer import lex
    >>> reader = interpreter_for(None)
    >>> names, language = reader.ground.names, reader.language
    >>> words, trains = rewritten(lex("Jaffar Express near Mach", names, language), names, language)
    >>> tags_of(words), trains
    ('mX', ('Jaffar Express',))
    """
    tags = set(tags_of(lexemes))
    trains: tuple[str, ...] = ()
    if tags & _ABOUT_TRAINS:
        lexemes, trains = _without_trains(lexemes)
    if "-" in tags:
        lexemes = _hyphenated(lexemes)
    if "W" in tags:
        lexemes = _respelt(_with_nouns(lexemes, language), names)
    if "(" in tags:
        lexemes = _without_aliases(lexemes)
    return _reordered(lexemes, language), trains


def tags_of(lexemes: list[Lexeme]) -> str:
    """Write the tags of lexemes one after another.

    Parameters
    ----------
    lexemes : list of Lexeme
        Of a phrase. No unit or CRS is involved.

    Returns
    -------
    str

    Examples
    --------
    >>> tags_of([Lexeme("X", "Sibi", "sibi")])
    'X'
    """
    return "".join([each.tag for each in lexemes])


def joined(lexemes: list[Lexeme]) -> str:
    """Write lexemes out with spaces between.

    Parameters
    ----------
    lexemes : list of Lexeme
        Of a phrase. No unit or CRS is involved.

    Returns
    -------
    str

    Examples
    --------
    >>> joined([Lexeme("X", "Sibi", "sibi"), Lexeme("S", "station", "station")])
    'Sibi station'
    """
    return " ".join(each.text for each in lexemes)


def _reordered(lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Put words that stand behind their name where the grammar has them: in front."""
    tags = tags_of(lexemes)
    if tags.isascii():
        return lexemes
    for pattern, order in language.reorder:
        for _ in range(len(tags)):
            found = pattern.search(tags)
            if found is None:
                break
            lexemes = [
                *lexemes[: found.start()],
                *(each for part in order for each in _part(part, found, lexemes)),
                *lexemes[found.end() :],
            ]
            tags = tags_of(lexemes)
    return [each for each in lexemes if each.tag.isascii()]


def _part(part: str, found: re.Match[str], lexemes: list[Lexeme]) -> list[Lexeme]:
    if part.startswith("'"):
        return [Lexeme(part[1:], "", "")]
    return lexemes[slice(*found.span(part))]


def _without_trains(lexemes: list[Lexeme]) -> tuple[list[Lexeme], tuple[str, ...]]:
    """Take out "the Quetta-bound Jaffar Express": where a train goes is not where it is."""
    trains: list[str] = []
    tags = tags_of(lexemes)
    for found in reversed(list(_TRAIN.finditer(tags))):
        if found["train"]:
            trains.insert(0, joined(lexemes[slice(*found.span("train"))]))
        lexemes = lexemes[: found.start()] + lexemes[found.end() :]
    return [each for each in lexemes if each.tag != "E"], tuple(trains)


def _hyphenated(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one unknown word of "Sur-Dakai"; but the ends of a road or border stay two."""
    lexemes = _with_izafat(lexemes)
    while found := re.search(r"(W-[WX]|X-W)(?![WX]*[RHB])", tags_of(lexemes)):
        first, *_, last = lexemes[found.start() : found.end()]
        whole = Lexeme("W", f"{first.text}-{last.text}", f"{first.key} {last.key}")
        lexemes = [*lexemes[: found.start()], whole, *lexemes[found.end() :]]
    return lexemes


def _with_izafat(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one unknown name of "Lashkar-e-Balochistan", whose e is no east."""
    for found in reversed(list(re.finditer(r"[WX]-d-[WX]", tags_of(lexemes)))):
        parts = lexemes[slice(*found.span())]
        if parts[2].key == "e":
            text = "".join(each.text for each in parts)
            whole = Lexeme("W", text, " ".join(each.key for each in parts[::2]))
            lexemes = [*lexemes[: found.start()], whole, *lexemes[found.end() :]]
    return lexemes


def _respelt(lexemes: list[Lexeme], names: NameIndex) -> list[Lexeme]:
    """Give a run of unknown words the name it nearly spells, unless it names a facility."""
    lexemes = _respelt_whole(lexemes, names)
    for start, end in reversed(_unknown_runs(lexemes)):
        spelt = joined(lexemes[start:end])
        foreign = in_arabic_script(spelt)
        name = names.find_transliterated(spelt) if foreign else names.find_misspelt(spelt)
        if name is not None:
            known = Lexeme("X", spelt, lexemes[start].key, name)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
    return lexemes


def _with_nouns(lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Read "Pasni Cty" as a town: a word behind a name that is one edit from a noun."""
    for found in _BEHIND.finditer(tags_of(lexemes)):
        word = lexemes[found.end() - 1]
        nouns = language.nouns_by_letter.get(word.key[:1], ())
        near = process.extractOne(word.key, nouns, scorer=OSA.distance, score_cutoff=1)
        plural = near is not None and word.key == f"{near[0]}s"  # Pakistan Railways: a name
        if near is not None and not plural and len(word.key) >= _NOUN_LETTERS:
            noun = word._replace(tag=language.tags[near[0]], key=near[0])
            lexemes = [*lexemes[: found.end() - 1], noun, *lexemes[found.end() :]]
    return lexemes


def _respelt_whole(lexemes: list[Lexeme], names: NameIndex) -> list[Lexeme]:
    """Give "Mirpur Kahas" or "Sukheke Mnadi" the name it nearly spells as a whole."""
    for start, end in reversed(_mixed_runs(lexemes)):
        spelt = joined(lexemes[start:end])
        name = None if in_arabic_script(spelt) else names.find_misspelt(spelt)
        if name is not None:
            known = Lexeme("X", spelt, lexemes[start].key, name)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
    return lexemes


def _mixed_runs(lexemes: list[Lexeme]) -> list[tuple[int, int]]:
    """List runs of known and unknown words, or of unknown words and nouns, as in a long name."""
    spans = [found.span() for found in _MIXED.finditer(tags_of(lexemes))]
    return [
        (start, end)
        for start, end in spans
        if all(len(each.key) >= _LONG for each in lexemes[start:end] if each.tag == "W")
    ]


def _unknown_runs(lexemes: list[Lexeme]) -> list[tuple[int, int]]:
    return [found.span() for found in _UNKNOWN.finditer(tags_of(lexemes))]


def misspelt(lexemes: list[Lexeme]) -> list[str]:
    """List the runs of unknown words that may be misspelt names.

    Parameters
    ----------
    lexemes : list of Lexeme
        Of a phrase. No unit or CRS is involved.

    Returns
    -------
    list of str

    Examples
    --------
    >>> misspelt([Lexeme("W", "Dalbundin", "dalbundin"), Lexeme("T", "town", "town")])
    ['Dalbundin town', 'Dalbundin']
    """
    if "W" not in tags_of(lexemes):
        return []
    kept = without_ignored(lexemes)
    whole = _hyphenated(_without_trains(kept)[0])
    runs = _mixed_runs(whole) + _unknown_runs(whole)
    return [joined(whole[start:end]) for start, end in runs]


def _without_aliases(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Keep one of "Rarasham (Rara Sham)": the first that is known. Other brackets are commas."""
    while found := re.search(r"([XW]+)\(([XW]+)\)", tags_of(lexemes)):
        outer, inner = lexemes[slice(*found.span(1))], lexemes[slice(*found.span(2))]
        kept = inner if "X" in found.group(2) and "X" not in found.group(1) else outer
        lexemes = lexemes[: found.start()] + kept + lexemes[found.end() :]
    return lexemes
