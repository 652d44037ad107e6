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
    r"|(?P<mark>[,;()&،؛–—-])"
)
_MARK_TAGS = {";": ",", "،": ",", "؛": ",", "–": "-", "—": "-"}
_JOINING = frozenset("&iombfty")  # tags of words that stand between names
_Token = tuple[str, str, int, int]  # kind, normalised word, start and end


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
        (str(found.lastgroup), _word(found.group()), *found.span())
        for found in _TOKEN.finditer(phrase)
    ]
    lexemes: list[Lexeme] = []
    at, count = 0, len(tokens)
    while at < count:
        at, lexeme = _longest(phrase, tokens, at, names, language)
        if keep_ignored or lexeme.tag != "w":
            lexemes.append(lexeme)
    return lexemes


_word = lru_cache(maxsize=65_536)(normalise)


def _joins(key: str, language: Language) -> bool:
    """Whether one of several words is of the grammar: then they make a name only if spelt alike."""
    return any(language.tags.get(word, "") in _JOINING for word in key.split(" "))


def _longest(
    phrase: str, tokens: list[_Token], at: int, names: NameIndex, language: Language
) -> tuple[int, Lexeme]:
    """Walk on while what has been read begins an entry; give the longest that is one."""
    kind, own, start, end = tokens[at]
    if kind == "mark":
        mark = phrase[start:end]
        return at + 1, Lexeme(_MARK_TAGS.get(mark, mark), mark, mark, None, start, end)
    if kind == "owner":
        return at + 1, Lexeme("z", phrase[start:end], "s", None, start, end)
    tag, key_found, name, stop = ("n" if kind == "number" else "W"), own, None, at + 1
    key, sound, words = "", "", 0
    for number in range(at, min(len(tokens), at + 2 * _MOST_WORDS)):
        kind_here, word, begin, finish = tokens[number]
        if kind_here == "mark":
            if key and phrase[begin] in "-–&":
                continue
            break
        if kind_here == "owner" or words == _MOST_WORDS:
            break
        key = f"{key} {word}" if key else word
        sound += word_skeleton(word) if kind_here != "road" else skeleton(word)
        words += 1
        begins_word = key in language.starts
        if not (names.begins(sound) or begins_word):
            break
        known = language.tags.get(key) if begins_word else None
        if known is not None and not (words == 1 and kind == "number"):
            tag, key_found, name, stop, end = known, key, None, number + 1, finish
        elif (bearer := names.find_key(key)) is not None and (
            words == 1 or bearer.similarity >= 1.0 or not _joins(key, language)
        ):
            tag, key_found, name, stop, end = "X", key, bearer, number + 1, finish
    return stop, Lexeme(tag, phrase[start:end], key_found or phrase[start:end], name, start, end)
