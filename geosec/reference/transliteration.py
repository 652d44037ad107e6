"""Names in Arabic script held against names in Latin script, by their consonants."""

from __future__ import annotations

import re

from geosec.reference.toponyms import normalise

# Urdu writes consonants and leaves most vowels out. Letters that sound alike share a sign, as they
# do in the usual romanisations (BGN/PCGN 2007 system for Urdu, table of consonants); w, y and h are
# vowels or breath as often as consonants, and count only where a name begins.
_ARABIC = {
    **dict.fromkeys("بڀ", "b"),
    **dict.fromkeys("پ", "p"),
    **dict.fromkeys("تٹطټ", "t"),
    **dict.fromkeys("ثسصښ", "s"),
    **dict.fromkeys("ج", "j"),
    **dict.fromkeys("چ", "c"),
    **dict.fromkeys("دڈډ", "d"),
    **dict.fromkeys("ذزظضژ", "z"),
    **dict.fromkeys("رڑړ", "r"),
    **dict.fromkeys("ش", "x"),
    **dict.fromkeys("گغ", "g"),
    **dict.fromkeys("ف", "f"),
    **dict.fromkeys("قکخ", "k"),
    **dict.fromkeys("ل", "l"),
    **dict.fromkeys("م", "m"),
    **dict.fromkeys("نڼ", "n"),
    **dict.fromkeys("اع", "a"),
    **dict.fromkeys("ہح", "h"),
    "و": "w",
    "ی": "y",
}
_LATIN = (
    ("sh", "x"),
    ("ch", "c"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("zh", "z"),
    ("ck", "k"),
    ("q", "k"),
)
_SAME = str.maketrans({"v": "w", "e": "a", "i": "a", "o": "a", "u": "a"})
_SOFT = re.compile(r"(?<=.)[awyh]")
_DOUBLED = re.compile(r"(.)\1+")
_SCRIPT = re.compile(r"[\u0600-\u06ff]")


def in_arabic_script(text: str) -> bool:
    """Say whether a text has letters of the Arabic script."""
    return _SCRIPT.search(text) is not None


def consonant_frame(name: str) -> str:
    """Reduce a name to its consonants, the same for both scripts; a first vowel is ``a``."""
    text = normalise(name).replace(" ", "")
    if in_arabic_script(text):
        text = "".join(_ARABIC.get(letter, "") for letter in text)
    else:
        for letters, sign in _LATIN:
            text = text.replace(letters, sign)
        text = text.translate(_SAME)
    return _DOUBLED.sub(r"\1", _SOFT.sub("", text))
