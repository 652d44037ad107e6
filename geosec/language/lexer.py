"""Phrases cut into lexemes: names the gazetteer knows, words the language knows, and the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geosec.language import tags
from geosec.language.lexemes import Lexeme
from geosec.language.measures import MEASURED, join_measures
from geosec.reference.toponyms import normalise, skeleton, word_skeleton

if TYPE_CHECKING:
    from geosec.language.languages import Language
    from geosec.reference.names import Name, NameIndex

_MOST_WORDS = 12  # of one name, so that a text of any length takes linear time
_REMEMBERED = 65_536  # words whose look-up is kept
_MOST_TOKENS = 2 * _MOST_WORDS  # with the marks between
_COMBINING = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f"
_APOSTROPHES = "'’`ʻʿʾ"
_OWNER_S = rf"['’][sS]\b(?![{_COMBINING}]+[^\W\d_])"
_KINDS = {
    "road": r"(?![Kk][MmPp]-)[^\W\d_]{1,3}-\d+(?:/\d+)?",
    "number": (
        r"(?=[\d.¼½¾⅓⅔⅛⅜⅝⅞])(?:"  # most tokens are words, and are told so by one look
        r"\d*[¼½¾⅓⅔⅛⅜⅝⅞]|(?<![\d/])\d{1,2}/\d{1,2}(?![\d/-])|(?<![\w.])\.\d+"
        r"|\d+(?:[.,]\d+)*\+\d{1,4}(?:\.\d+)?|\d+(?:[.,٫٬]\d+)*(?:\s?°)?)"
    ),
    "owner": _OWNER_S,
    "word": (
        rf"[^\W\d_]+(?:(?=[{_COMBINING}{_APOSTROPHES}])"
        rf"(?:(?:(?!{_OWNER_S})[{_COMBINING}{_APOSTROPHES}])+[^\W\d_]+)*[{_COMBINING}]*)?"
    ),
    "mark": r"[,;()&،؛–—-]",
}
_TOKENS = re.compile("|".join(_KINDS.values()))
_KIND = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_NAME, _UNKNOWN, _NUMBER, _OWNER, _IGNORED = (
    str(tag) for tag in (tags.NAME, tags.UNKNOWN, tags.NUMBER, tags.OWNER, tags.IGNORED)
)
_COMMAS, _DASHES = ",;،؛", "-–—"
_MARKS = {
    **dict.fromkeys(_COMMAS, str(tags.COMMA)),
    **dict.fromkeys(_DASHES, str(tags.HYPHEN)),
    "(": str(tags.OPEN),
    ")": str(tags.CLOSE),
    "&": str(tags.AND),
}
_SINGLE = frozenset({"mark", "owner"})  # kinds of token that no name goes on behind
_WITHIN = "-–&"  # marks that a name may hold between its words
_Token = tuple["_Word", int, int]  # with start and end


def lex(
    phrase: str, names: NameIndex, language: Language, *, keep_ignored: bool = False
) -> list[Lexeme]:
    """Cut a text into lexemes; at every word the longest entry wins, and a word before a name.

    With `keep_ignored`, the words that mean nothing for a place stay, tagged as such.
    """
    lexicon = _lexicon(names, language)
    tokens = _read_tokens(phrase, lexicon)
    lexemes: list[Lexeme] = []
    at, count, measured = 0, len(tokens), False
    while at < count:
        word, start, end = tokens[at]
        if word.begins and at + 1 < count and tokens[at + 1][0].kind not in _SINGLE:
            at, lexeme = _take_longest(phrase, tokens, at, lexicon)
        else:
            at, text = at + 1, phrase[start:end]
            lexeme = Lexeme(word.tag, text, word.key or text, word.name, start, end)
        lexemes.append(lexeme)
        if lexeme.tag in MEASURED:
            measured = True
    if measured:
        lexemes = join_measures(phrase, lexemes, language)
    return lexemes if keep_ignored else [each for each in lexemes if each.tag != _IGNORED]


def _read_tokens(phrase: str, lexicon: _Lexicon) -> list[_Token]:
    words, end = lexicon.words, 0
    tokens: list[_Token] = []
    for text in _TOKENS.findall(phrase):
        start = phrase.index(text, end)
        end = start + len(text)
        tokens.append((words.get(text) or lexicon.read_word(text), start, end))
    return tokens


class _Word(NamedTuple):
    """A word, number or mark: what it is alone, and whether a longer entry may begin with it."""

    kind: str
    key: str
    sound: str
    tag: str
    name: Name | None
    begins: bool


class _Lexicon:
    """The single words of a gazetteer and a language; each is looked up once."""

    def __init__(self, names: NameIndex, language: Language) -> None:
        self.names = names
        self.language = language
        self.starts = language.starts  #: what entries of the language begin with
        self.beginnings = names.beginnings  #: the sounds that names begin with
        self.words: dict[str, _Word] = {}

    def read_word(self, text: str) -> _Word:
        """Look a word up, and keep what is found."""
        if len(self.words) >= _REMEMBERED:
            self.words.clear()
        word = self.words[text] = self._look_up(text)
        return word

    def _look_up(self, text: str) -> _Word:
        found = _KIND.fullmatch(text)
        kind = str(found.lastgroup) if found is not None else "word"
        if kind == "owner":
            return _Word(kind, "s", "", _OWNER, None, begins=False)
        if kind == "mark":
            kind = "within" if text in _WITHIN else kind
            return _Word(kind, text, "", _MARKS[text], None, begins=False)
        key = normalise(text)
        sound = skeleton(key) if kind == "road" else word_skeleton(key)
        begins = key in self.starts or sound in self.beginnings
        tag, name = self._tag_alone(kind, key, sound if begins else None)
        return _Word(kind, key, sound, tag, name, begins)

    def _tag_alone(self, kind: str, key: str, sound: str | None) -> tuple[str, Name | None]:
        """Give the tag of a word that stands alone, and the name that it is; none has no sound."""
        tag = None if kind == "number" else self.language.tags.get(key)
        if tag is not None:
            return tag, None
        name = None if sound is None else self.names.find_key(key, sound)
        if name is not None:
            return _NAME, name
        return (_NUMBER if kind == "number" else _UNKNOWN), None

    def find_entry(self, key: str, sound: str) -> tuple[str, Name | None] | None:
        """Look up an entry of several words: its tag, and the name that it is.

        With a word of the grammar in it, a name must be spelt alike.
        """
        tag = self.language.tags.get(key)
        if tag is not None:
            return tag, None
        found = self.names.find_key(key, sound)
        if found is None or (found.similarity < 1.0 and self._joins_names(key)):
            return None
        return _NAME, found

    def _joins_names(self, key: str) -> bool:
        return any(self.language.tags.get(word, "") in tags.JOINING for word in key.split(" "))


@lru_cache(maxsize=4)
def _lexicon(names: NameIndex, language: Language) -> _Lexicon:
    return _Lexicon(names, language)


def _take_longest(
    phrase: str, tokens: list[_Token], at: int, lexicon: _Lexicon
) -> tuple[int, Lexeme]:
    """Walk on while what has been read begins an entry; give the longest that is one."""
    (_, key, sound, tag, name, _), start, end = tokens[at]
    found, stop, words = key, at + 1, 1
    starts, beginnings = lexicon.starts, lexicon.beginnings
    ahead = tokens[stop : at + _MOST_TOKENS]
    for number, (word, _, last) in enumerate(ahead, at + 2):
        if word.kind == "within":
            continue
        if word.kind in _SINGLE:
            break
        key, sound, words = f"{key} {word.key}", sound + word.sound, words + 1
        if words > _MOST_WORDS or (key not in starts and sound not in beginnings):
            break
        if (entry := lexicon.find_entry(key, sound)) is not None:
            (tag, name), found, stop, end = entry, key, number, last
    text = phrase[start:end]
    return stop, Lexeme(tag, text, found or text, name, start, end)
