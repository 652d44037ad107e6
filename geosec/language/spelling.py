"""Unknown words of a phrase given the names and nouns that they nearly spell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geosec.language import tags
from geosec.language.lexemes import Lexeme, write_tags, write_words
from geosec.language.notation import Door, compile_pattern
from geosec.reference.transliteration import in_arabic_script

if TYPE_CHECKING:
    from geosec.language.languages import Language
    from geosec.reference.names import NameIndex

_DOOR = Door(slots={})
_UNKNOWN = compile_pattern("<!name unknown+ !name|facility|colony|road|unknown", _DOOR)
_MIXED = compile_pattern(
    "( name|unknown{0,3} unknown name|unknown{1,3} or name|unknown{1,3} unknown "
    "or unknown{1,3} facility|town|station ) !name|unknown",
    _DOOR,
)
_BEHIND_NAME = compile_pattern("name noun? unknown !unknown", _DOOR)
_NOUN_LETTERS = 3
_LONG_WITHOUT_NOUN = 7  # letters of a misspelt name that has a noun in it
_LONG = 4  # letters of a word that may be part of a longer name, misspelt


def respell_lexemes(lexemes: list[Lexeme], names: NameIndex, language: Language) -> list[Lexeme]:
    """Give a run of unknown words the name it nearly spells, unless it names a facility."""
    if len(lexemes) > 1:
        lexemes = _respell_long_names(_respell_nouns(lexemes, language), names)
    for start, end in reversed(_find_unknown_runs(lexemes)):
        spelt = write_words(lexemes[start:end])
        foreign = in_arabic_script(spelt)
        name = names.find_transliterated(spelt) if foreign else names.find_misspelt(spelt)
        if name is not None:
            known = Lexeme(str(tags.NAME), spelt, lexemes[start].key, name)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
    return lexemes


def list_spellable_runs(lexemes: list[Lexeme]) -> list[str]:
    """List the runs of words that `respell_lexemes` looks up."""
    mixed = _find_mixed_runs(lexemes) if len(lexemes) > 1 else []
    runs = mixed + _find_unknown_runs(lexemes)
    return [write_words(lexemes[start:end]) for start, end in runs]


def _respell_nouns(lexemes: list[Lexeme], language: Language) -> list[Lexeme]:
    """Read "Pasni Cty" as a town: a word behind a name that is one edit from a noun."""
    for found in _BEHIND_NAME.finditer(write_tags(lexemes)):
        word = lexemes[found.end() - 1]
        nouns = language.nouns_by_letter.get(word.key[:1], ())
        near = process.extractOne(word.key, nouns, scorer=OSA.distance, score_cutoff=1)
        plural = near is not None and word.key == f"{near[0]}s"  # Pakistan Railways: a name
        if near is not None and not plural and len(word.key) >= _NOUN_LETTERS:
            noun = word._replace(tag=language.tags[near[0]], key=near[0])
            lexemes = [*lexemes[: found.end() - 1], noun, *lexemes[found.end() :]]
    return lexemes


def _respell_long_names(lexemes: list[Lexeme], names: NameIndex) -> list[Lexeme]:
    """Give "Mirpur Kahas" or "Sukheke Mnadi" the name it nearly spells as a whole."""
    for start, end in reversed(_find_mixed_runs(lexemes)):
        spelt = write_words(lexemes[start:end])
        name = None if in_arabic_script(spelt) else names.find_misspelt(spelt)
        if name is not None:
            known = Lexeme(str(tags.NAME), spelt, lexemes[start].key, name)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
    return lexemes


def _find_mixed_runs(lexemes: list[Lexeme]) -> list[tuple[int, int]]:
    """Find runs of known and unknown words, or of unknown words and nouns, as in a long name."""
    spans = [found.span() for found in _MIXED.finditer(write_tags(lexemes))]
    return [
        (start, end)
        for start, end in spans
        if all(len(word.key) >= _LONG for word in lexemes[start:end] if word.tag == tags.UNKNOWN)
        and _is_long(lexemes[start:end])
    ]


def _is_long(run: list[Lexeme]) -> bool:
    """Whether a run is long enough without its noun, which is the same in names unlike each other.

    "Madyan town" is not Madina Town.
    """
    own = [word.key for word in run if word.tag in {tags.NAME, tags.UNKNOWN}]
    return len(own) == len(run) or len("".join(own)) >= _LONG_WITHOUT_NOUN


def _find_unknown_runs(lexemes: list[Lexeme]) -> list[tuple[int, int]]:
    if len(lexemes) == 1:
        return [(0, 1)] if lexemes[0].tag == tags.UNKNOWN else []
    return [found.span() for found in _UNKNOWN.finditer(write_tags(lexemes))]
