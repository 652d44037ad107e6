"""Phrases cut into lexemes: names the gazetteer knows, words the language knows, and the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.toponyms import normalise, skeleton, word_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geosec.geocoding.language import Language
    from geosec.geocoding.names import Name, NameIndex

_MOST_WORDS = 12  # of one name, so that a text of any length takes linear time
_MOST_TOKENS = 2 * _MOST_WORDS  # with the marks between
_COMBINING = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f"
_APOSTROPHES = "'’`ʻʿʾ"
_TOKEN = re.compile(
    r"(?P<road>[^\W\d_]{1,3}-\d+(?:/\d+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<owner>['’][sS]\b)"
    rf"|(?P<word>[^\W\d_]+(?:(?!['’][sS]\b)[{_COMBINING}{_APOSTROPHES}]+[^\W\d_]+)*[{_COMBINING}]*)"
    r"|(?P<mark>[,;()&،؛–—-])"
)
_MARK_TAGS = {";": ",", "،": ",", "؛": ",", "–": "-", "—": "-"}
_JOINING = frozenset("&iombfty")  # tags of words that stand between names
_SINGLE = frozenset({"mark", "owner"})  # kinds that are no part of a name
_WITHIN = "-–&"  # marks that a name may hold between its words
_Token = tuple[str, str, str, int, int]  # kind, normalised word, its sound, start and end


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
    tokens: list[_Token] = [
        _heard(found.group(), found.lastgroup) + found.span() for found in _TOKEN.finditer(phrase)
    ]
    lexemes: list[Lexeme] = []
    at, count = 0, len(tokens)
    while at < count:
        at, lexeme = _longest(phrase, tokens, at, names, language)
        if keep_ignored or lexeme.tag != "w":
            lexemes.append(lexeme)
    return lexemes


@lru_cache(maxsize=65_536)
def _heard(text: str, kind: str | None) -> tuple[str, str, str]:
    word = normalise(text)
    return str(kind), word, skeleton(word) if kind == "road" else word_skeleton(word)


def _borne(key: str, words: int, names: NameIndex, language: Language) -> Name | None:
    """Look a name up; several words, one of them of the grammar, make one only if spelt alike."""
    found = names.find_key(key)
    if found is None or words == 1 or found.similarity >= 1.0:
        return found
    joining = any(language.tags.get(word, "") in _JOINING for word in key.split(" "))
    return None if joining else found


def _longest(
    phrase: str, tokens: list[_Token], at: int, names: NameIndex, language: Language
) -> tuple[int, Lexeme]:
    """Walk on while what has been read begins an entry; give the longest that is one."""
    kind, own, _, start, end = tokens[at]
    if kind in _SINGLE:
        return at + 1, _punctuation(kind, phrase[start:end], start, end)
    tag, found, name, stop = ("n" if kind == "number" else "W"), own, None, at + 1
    for number, key, words in _beginnings(phrase, tokens, at, names, language):
        known = language.tags.get(key)
        if known is not None and not (words == 1 and kind == "number"):
            tag, found, name, stop = known, key, None, number + 1
        elif (bearer := _borne(key, words, names, language)) is not None:
            tag, found, name, stop = "X", key, bearer, number + 1
    end = tokens[stop - 1][-1]
    text = phrase[start:end]
    return stop, Lexeme(tag, text, found or text, name, start, end)


def _punctuation(kind: str, text: str, start: int, end: int) -> Lexeme:
    if kind == "owner":
        return Lexeme("z", text, "s", None, start, end)
    return Lexeme(_MARK_TAGS.get(text, text), text, text, None, start, end)


def _beginnings(
    phrase: str, tokens: list[_Token], at: int, names: NameIndex, language: Language
) -> Iterator[tuple[int, str, int]]:
    """Yield the words from a token on that begin an entry: the last token, the key, how many."""
    key, sound, words = "", "", 0
    ahead = tokens[at : at + _MOST_TOKENS]
    for number, (kind, word, word_sound, begin, _) in enumerate(ahead, at):
        if kind in _SINGLE:
            if key and kind == "mark" and phrase[begin] in _WITHIN:
                continue
            return
        if words == _MOST_WORDS:
            return
        key = f"{key} {word}" if key else word
        sound += word_sound
        words += 1
        if not (key in language.starts or names.begins(sound)):
            return
        yield number, key, words
