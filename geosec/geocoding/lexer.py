"""Phrases cut into lexemes: names the gazetteer knows, words the language knows, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geosec.geocoding.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geosec.geocoding.language import Language
    from geosec.geocoding.names import Name, NameIndex

_COMBINING = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f"
_APOSTROPHES = "'’`ʻʿʾ"
_TOKEN = re.compile(
    r"(?P<road>[^\W\d_]{1,3}-\d+(?:/\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<owner>['’]s\b)"
    rf"|(?P<word>[^\W\d_]+(?:(?!['’]s\b)[{_COMBINING}{_APOSTROPHES}]+[^\W\d_]+)*[{_COMBINING}]*)"
    r"|(?P<mark>[,;()&–—-])"
)
_MARK_TAGS = {";": ",", "–": "-", "—": "-"}


@dataclass(frozen=True)
class Lexeme:
    """One name, word, number or mark of a phrase.

    Attributes
    ----------
    tag : str
        One letter: ``X`` a name of the gazetteer, ``W`` an unknown word, ``E`` a train,
        ``n`` a number, ``z`` a possessive, else the tag of the language file.
    text : str
        As written.
    key : str
        Normalised.
    name : Name, optional
        What the gazetteer knows by that name.

    Examples
    --------
    >>> Lexeme("n", "12", "12").key
    '12'
    """

    tag: str
    text: str
    key: str
    name: Name | None = None


def lex(phrase: str, names: NameIndex, language: Language) -> list[Lexeme]:
    """Cut a phrase into lexemes; at every word the longest entry wins.

    Parameters
    ----------
    phrase : str
        Any text. Distances in it may be in any unit the language knows.
    names : NameIndex
        Names of places.
    language : Language
        Words between the names; they win over a name of the same length.

    Returns
    -------
    list of Lexeme
        Words that carry no meaning for a place are left out.

    Examples
    --------
    >>> from geosec.geocoding.language import load_language
    >>> from geosec.reference.gazetteer import load_gazetteer
    >>> from geosec.geocoding.names import NameIndex
    >>> found = lex("12 km south of Sibi", NameIndex(load_gazetteer()), load_language())
    >>> "".join(each.tag for each in found)
    'nudoX'
    """
    tokens = list(_tokens(phrase))
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(tokens):
        taken, lexeme = _longest(phrase, tokens[at:], names, language)
        if lexeme.tag != "w":
            lexemes.append(lexeme)
        at += taken
    return lexemes


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    key: str
    start: int
    end: int


def _tokens(phrase: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(phrase):
        kind, text = str(found.lastgroup), found.group()
        yield _Token(kind, text, normalise(text), found.start(), found.end())


def _longest(
    phrase: str, tokens: list[_Token], names: NameIndex, language: Language
) -> tuple[int, Lexeme]:
    first = tokens[0]
    if first.kind == "mark":
        return 1, Lexeme(_MARK_TAGS.get(first.text, first.text), first.text, first.text)
    if first.kind == "owner":
        return 1, Lexeme("z", first.text, "s")
    spans = _spans(tokens, max(names.longest, language.longest))
    for size, key in spans:
        text = phrase[first.start : tokens[size - 1].end]
        if key in language.tags and not (size == 1 and first.kind == "number"):
            return size, Lexeme(language.tags[key], text, key)
        name = names.find(key)
        if name is not None:
            return size, Lexeme("X", text, key, name)
    tag = "n" if first.kind == "number" else "W"
    return 1, Lexeme(tag, first.text, first.key or first.text)


def _spans(tokens: list[_Token], longest: int) -> list[tuple[int, str]]:
    """List the runs of words that begin here, joined by at most a hyphen, longest first."""
    keys: list[str] = []
    spans: list[tuple[int, str]] = []
    for size, token in enumerate(tokens, start=1):
        if token.kind == "mark" and token.text in "-–" and keys:
            continue
        if token.kind not in {"word", "road", "number"} or len(keys) == longest:
            break
        keys.append(token.key)
        spans.append((size, " ".join(keys)))
    return spans[::-1]
