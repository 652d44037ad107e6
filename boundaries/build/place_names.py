"""Names as gazetteers give them, made into names a report would use."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters a romanised Urdu, Pashto, Balochi or Sindhi name is written with.
_ROMAN = re.compile(r"[A-Za-zĀāĪīŪūŌōĒēḌḍṬṭṚṛ0-9 .,'’‘()/&-]+")
_ARABIC = re.compile(r"[\u0600-\u06FF\u0750-\u077F\u200c ]+")
# Spellings of other languages that share the alphabet: Džhang, Peszawar, Rahimjarchanas.
_FOREIGN = re.compile(r"dz|tz|cz|sz|tsch|tx|ouz|kch|kkh|bkh|bch|gd[zh]|nk[on]", re.IGNORECASE)
_AIRPORT = re.compile(r"[A-Z]{3}")
# Urdu writes these; Arabic, Persian, Pashto and Sindhi write others in their place.
_URDU_ONLY = "ٹڈڑںہھےی" + "کگ"
_NOT_URDU = "كيىهةټډړښځڅۍېڪڄڃڇڦڀٻٺٽڏڌڊڙګڼۇۆەۋېڭٲٗ"
_OTHER_ARABIC = set("ۆەێڕڵۋٲٳۄٗ")  # letters of Kurdish, Uyghur and Kashmiri
_SPACES = re.compile(r"\s+")


def plain(name: str) -> str:
    """Return the name in lower-case letters without accents, for comparing.

    Parameters
    ----------
    name : str
        A name in Latin script.

    Returns
    -------
    str
        Letters and digits only; spaces, hyphens and apostrophes are gone.

    Examples
    --------
    >>> plain("Dera Allāh-yār")
    'deraallahyar'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed.lower() if c.isalnum() and not unicodedata.combining(c))


def slug(name: str) -> str:
    """Return a readable identifier: lower case, words joined by hyphens.

    Parameters
    ----------
    name : str
        A name in Latin script.

    Returns
    -------
    str
        The identifier.

    Examples
    --------
    >>> slug("Kambar Shahdadkot (Qambar)")
    'kambar-shahdadkot-qambar'
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def join_names(names: Iterable[str], *, but: Iterable[str] = ()) -> str:
    """Join names by ``;``, each once, in the order given.

    Parameters
    ----------
    names : iterable of str
        Names; empty ones are passed over, a name that differs only in accents, case or hyphens
        is a repetition.
    but : iterable of str
        Names that stand elsewhere and are left out.

    Returns
    -------
    str
        The joined names.

    Examples
    --------
    >>> join_names(["Kelat", "Kalāt", "kelat"], but=["Kalat"])
    'Kelat'
    """
    seen = {_words(each) for each in but}
    kept = []
    for name in (_SPACES.sub(" ", each).strip() for each in names):
        key = _words(name)
        if name and key not in seen:
            seen.add(key)
            kept.append(name)
    return ";".join(kept)


def latin_alternates(name: str, alternates: Iterable[str]) -> list[str]:
    """Pick the romanisations a report in English may use.

    Airport codes, vowelless transliterations (``hydrabad``, ``shbtpwr``) and the spellings of
    other languages (``Peszawar``, ``Lahoras``) are dropped: they match nothing but mistakes.

    Parameters
    ----------
    name : str
        The main name.
    alternates : iterable of str
        The alternate names of the same place, any script.

    Returns
    -------
    list of str
        Those kept, sorted, without accents.

    Examples
    --------
    >>> latin_alternates("Lahore", ["LHE", "Lahor", "Lahoras", "lwhwr", "Лахор"])
    ['Lahor']
    """
    kept = {_unaccented(each) for each in alternates if _is_romanised(each)}
    return sorted(each for each in kept if not _is_foreign(each, name))


def urdu_name(alternates: Iterable[str]) -> str:
    """Pick the name written as Urdu writes it, or the empty string.

    Parameters
    ----------
    alternates : iterable of str
        The alternate names of a place, any script, no language tags.

    Returns
    -------
    str
        The name in Arabic script with no letter foreign to Urdu; the one with most letters
        that only Urdu has, then the shortest.

    Examples
    --------
    >>> urdu_name(["كويته", "کوټه", "کوئٹہ", "کویته"])
    'کوئٹہ'
    """
    found = [each for each in arabic_alternates(alternates) if not set(each) & set(_NOT_URDU)]
    return min(found, key=lambda each: (-_urdu_letters(each), len(each), each), default="")


def arabic_alternates(alternates: Iterable[str]) -> list[str]:
    """Pick the names in Arabic script as Urdu, Pashto, Sindhi, Persian and Arabic write them.

    Names that end in ", Pakistan" are repetitions, and those in letters of languages far from
    the country are left out.

    Parameters
    ----------
    alternates : iterable of str
        The alternate names of a place, any script.

    Returns
    -------
    list of str
        Those kept, sorted.

    Examples
    --------
    >>> arabic_alternates(["سکھر", "سکر، پاکستان", "Sukkur"])
    ['سکھر']
    """
    arabic = {each for each in alternates if _ARABIC.fullmatch(each) and "،" not in each}
    return sorted(each for each in arabic if each[0] != "ئ" and not set(each) & _OTHER_ARABIC)


def clean_tehsil(name: str) -> tuple[str, list[str]]:
    """Split a census name of a tehsil into its name and its other names.

    Parameters
    ----------
    name : str
        As the list has it: ``"Johan Sub-"``, ``"Haveli/Mumtazabad"``, ``"Golarchi (S.F.Rahu)"``.

    Returns
    -------
    tuple of (str, list of str)
        The name, and the alternatives it came with.

    Examples
    --------
    >>> clean_tehsil("Sonmiani/Winder")
    ('Sonmiani', ['Winder'])
    >>> clean_tehsil("Johan Sub-")
    ('Johan', [])
    """
    bare = re.sub(r"\s+Sub-?\s*(Division|Tehsil)?$", "", name.strip())
    first, *others = [each.strip() for each in re.split(r"[/()]", bare) if each.strip()]
    return first, others


def _words(name: str) -> str:
    return " ".join(plain(each) for each in re.split(r"[\s-]+", name))


def _is_romanised(name: str) -> bool:
    return bool(
        len(name) > 2
        and _ROMAN.fullmatch(name)
        and name[0].isupper()
        and not _AIRPORT.fullmatch(name)
    )


def _unaccented(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _is_foreign(alternate: str, name: str) -> bool:
    """Tell a spelling of another language, seen against the main name."""
    new, old = plain(alternate), plain(name)
    stem = old.rstrip("aeiou")
    inflected = new.startswith(stem) and new[len(stem) :] in {
        "s",
        "as",
        "is",
        "us",
        "os",
        "o",
        "es",
    }
    slavic = old in {new.replace("kh", "h"), new.replace("ch", "h"), new.replace("kh", "gh")}
    german = new.count("v") > old.count("v")
    return bool(_FOREIGN.search(alternate)) or (new != old and (inflected or slavic or german))


def _urdu_letters(name: str) -> int:
    return sum(c in _URDU_ONLY for c in name)
