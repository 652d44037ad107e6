"""Phrases cut into lexemes: names the gazetteer knows, words the language knows, and the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.toponyms import normalise, skeleton, word_skeleton

if TYPE_CHECKING:
    from geosec.geocoding.language import Language
    from geosec.geocoding.names import Name, NameIndex

_MOST_WORDS = 12  # of one name, so that a text of any length takes linear time
_COMBINING = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f"
_APOSTROPHES = "'’`ʻʿʾ"
_TOKEN = re.compile(
    r"(?P<road>[^\W\d_]{1,3}-\d+(?:/\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<owner>['’][sS]\b)"
    rf"|(?P<word>[^\W\d_]+(?:(?!['’][sS]\b)[{_COMBINING}{_APOSTROPHES}]+[^\W\d_]+)*[{_COMBINING}]*)"
    r"|(?P<mark>[,;()&–—-])"
)
_MARK_TAGS = {";": ",", "–": "-", "—": "-"}


class Lexeme(NamedTuple):
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
    tokens = [
        _Token(str(found.lastgroup), _word(found.group()), *found.span())
        for found in _TOKEN.finditer(phrase)
    ]
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(tokens):
        stop, tag, key, name = _longest(phrase, tokens, at, names, language)
        start, end = tokens[at].start, tokens[stop - 1].end
        if keep_ignored or tag != "w":
            lexemes.append(Lexeme(tag, phrase[start:end], key, name, start, end))
        at = stop
    return lexemes


_word = lru_cache(maxsize=65_536)(normalise)


class _Token(NamedTuple):
    kind: str
    key: str
    start: int
    end: int


def _longest(
    phrase: str, tokens: list[_Token], at: int, names: NameIndex, language: Language
) -> tuple[int, str, str, Name | None]:
    """Walk on while what has been read begins an entry; give the end of the longest that is one."""
    kind, own, start, end = tokens[at]
    text = phrase[start:end]
    if kind == "mark":
        mark = _MARK_TAGS.get(text, text)
        return at + 1, mark, text, None
    if kind == "owner":
        return at + 1, "z", "s", None
    best: tuple[int, str, str, Name | None] | None = None
    key, sound, words = "", "", 0
    for stop in range(at + 1, len(tokens) + 1):
        token = tokens[stop - 1]
        if token.kind == "mark":
            if key and phrase[token.start] in "-–":
                continue
            break
        if token.kind == "owner" or words == _MOST_WORDS:
            break
        key = f"{key} {token.key}" if key else token.key
        sound += word_skeleton(token.key) if token.kind != "road" else skeleton(token.key)
        words += 1
        begins_word, begins_name = key in language.starts, names.begins(sound)
        if not (begins_word or begins_name):
            break
        tag = language.tags.get(key) if begins_word else None
        if tag is not None and not (words == 1 and kind == "number"):
            best = stop, tag, key, None
        elif begins_name and (name := names.find_key(key)) is not None:
            best = stop, "X", key, name
    unknown = "n" if kind == "number" else "W"
    return best or (at + 1, unknown, own or text, None)
