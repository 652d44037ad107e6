"""Names of places made comparable: one spelling for the many that reports use."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Urdu, Persian, Arabic and Pashto keyboards write in several ways
# (Unicode Standard, ch. 9.2, "Arabic"): each maps to the one Urdu uses.
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ګ": "گ",
        "ة": "ہ",
        "ه": "ہ",
        "ۂ": "ہ",
        "ھ": "ہ",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ں": "ن",
        "ـ": "",
        "ʻ": "",
        "ʿ": "",
        "ʾ": "",
        "’": "",
        "‘": "",
        "'": "",
        "`": "",
        "ı": "i",
        "ß": "ss",
        "ø": "o",
        "đ": "d",
        "ł": "l",
    }
)
_ASCII_MARKS = re.compile(r"['`\x00-\x08\x0e-\x1b\x7f]")
_BREAKS = re.compile(r"[\W_]+")
# How one sound is romanised in several ways; replaced in this order in a normalised name.
_SOUNDS = (
    *(("gh", "g"), ("ph", "f"), ("ck", "k"), ("q", "k")),
    *(("ee", "i"), ("ey", "i"), ("ei", "i"), ("y", "i")),
    *(("oo", "u"), ("ou", "u"), ("w", "v")),
)
_TOWN_ENDS = re.compile(r"sheh?r\b")
_DOUBLED = re.compile(r"(.)\1+")


def normalise(name: str) -> str:
    """Reduce a name to lower-case letters and digits without marks, separated by single spaces.

    The outcome is the same for every case, diacritic, apostrophe, hyphen and variant of an Arabic
    letter; normalising it again changes nothing.
    """
    if name.isascii():
        if name.isalpha():
            return name.lower()
        return _BREAKS.sub(" ", _ASCII_MARKS.sub("", name).lower()).strip()
    return _normalised(name)


@lru_cache(maxsize=65_536)
def _normalised(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold()
    text = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))
    bare = "".join(letter for letter in bare if letter.isspace() or not _is_hidden(letter))
    return _BREAKS.sub(" ", bare.translate(_LETTERS)).strip()


def _is_hidden(letter: str) -> bool:
    """Say whether a letter is a control or format character, which nobody sees."""
    return unicodedata.category(letter) in {"Cf", "Cc"}


def skeleton(name: str) -> str:
    """Reduce a name in any script to how it sounds, so that usual romanisations of it agree.

    Doubled letters, ``q``/``k``, ``gh``/``g``, ``ee``/``i``, ``oo``/``u``, ``w``/``v``, a final
    ``h``, and spaces are levelled: "Qilla Saifullah" is "Killa Saif Ullah".
    """
    return key_skeleton(normalise(name))


def key_skeleton(key: str) -> str:
    """Reduce a name that is normalised already to how it sounds, as `skeleton` does."""
    return "".join(map(word_skeleton, key.split(" ")))


@lru_cache(maxsize=65_536)
def word_skeleton(word: str) -> str:
    """Reduce one normalised word to how it sounds; a name's skeleton is its words' in a row."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = _TOWN_ENDS.sub("shahr", word)
    if _DOUBLED.search(word):
        word = _DOUBLED.sub(r"\1", word)
    return word.removesuffix("h")
