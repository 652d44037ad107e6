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
    start, end : int
        Offsets of the words in the text.

    Examples
    --------
    >>> Lexeme("n", "12", "12").key
    '12'
    """

    tag: str
    text: str
    key: str
    name: Name | None = None
    start: int = 0
    end: int = 0


def lex(
    phrase: str, names: NameIndex, language: Language, *, keep_ignored: bool = False
) -> list[Lexeme]:
    """Cut a phrase into lexemes; at every word the longest entry wins.

    Parameters
    ----------
    phrase : str
        Any text. Distances in it may be in any unit the language knows.
    names : NameIndex
        Names of places.
    language : Language
        Words between the names; they win over a name of the same length.
    keep_ignored : bool, default False
        Whether to keep the words that carry no meaning for a place, with the tag ``w``.

    Returns
    -------
    list of Lexeme

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
        taken, lexeme = _longest(phrase, tokens, at, names, language)
        if keep_ignored or lexeme.tag != "w":
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
    phrase: str, tokens: list[_Token], at: int, names: NameIndex, language: Language
) -> tuple[int, Lexeme]:
    first = tokens[at]
    start, end = first.start, first.end
    if first.kind == "mark":
        mark = _MARK_TAGS.get(first.text, first.text)
        return 1, Lexeme(mark, first.text, first.text, None, start, end)
    if first.kind == "owner":
        return 1, Lexeme("z", first.text, "s", None, start, end)
    for size, key in _spans(tokens, at, max(names.longest, language.longest)):
        stop = tokens[at + size - 1].end
        tag = language.tags.get(key)
        if tag is not None and not (size == 1 and first.kind == "number"):
            return size, Lexeme(tag, phrase[start:stop], key, None, start, stop)
        name = names.find_key(key)
        if name is not None:
            return size, Lexeme("X", phrase[start:stop], key, name, start, stop)
    unknown = "n" if first.kind == "number" else "W"
    return 1, Lexeme(unknown, first.text, first.key or first.text, None, start, end)


def _spans(tokens: list[_Token], at: int, longest: int) -> list[tuple[int, str]]:
    """List the runs of words that begin here, joined by at most a hyphen, longest first."""
    keys: list[str] = []
    spans: list[tuple[int, str]] = []
    for size, token in enumerate(tokens[at : at + 2 * longest], start=1):
        if token.kind == "mark" and token.text in "-–" and keys:
            continue
        if token.kind not in {"word", "road", "number"} or len(keys) == longest:
            break
        keys.append(token.key)
        spans.append((size, " ".join(keys)))
    return spans[::-1]
