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
_WITH_H = (
    ("sh", "x"),
    ("ch", "c"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("zh", "z"),
)
_FIRST = str.maketrans({"q": "k", "v": "w", "e": "a", "i": "a", "o": "a", "u": "a"})
_REST = str.maketrans("q", "k", "aeiouvwyh")  # what is soft is left out behind the first letter
_DOUBLED = re.compile(r"(.)\1+")
_SCRIPT = re.compile(r"[\u0600-\u06ff]")


def in_arabic_script(text: str) -> bool:
    """Say whether a text has letters of the Arabic script."""
    return not text.isascii() and _SCRIPT.search(text) is not None


def consonant_frame(name: str) -> str:
    """Reduce a name to its consonants, the same for both scripts; a first vowel is ``a``."""
    return frame_key(normalise(name))


def frame_key(key: str) -> str:
    """Reduce a name that is normalised already, as `consonant_frame` does."""
    text = key.replace(" ", "")
    if in_arabic_script(text):
        text = "".join(_ARABIC.get(letter, "") for letter in text)
    else:
        for letters, sign in _WITH_H if "h" in text else ():
            text = text.replace(letters, sign)
        text = text.replace("ck", "k")
    frame = text[:1].translate(_FIRST) + text[1:].translate(_REST)
    return _DOUBLED.sub(r"\1", frame) if _DOUBLED.search(frame) else frame
