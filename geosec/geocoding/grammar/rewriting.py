"""Lexemes put in the order and the spelling that the constructions are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from geosec.language import tags
from geosec.language.lexemes import Lexeme, write_tags, write_words
from geosec.language.notation import Door, compile_pattern
from geosec.language.spelling import list_spellable_runs, respell_lexemes

if TYPE_CHECKING:
    import re

    from geosec.language.languages import Language, Reordering
    from geosec.reference.names import NameIndex

_REWRITTEN = tags.BEHIND | {tags.TRAIN, tags.BOUND, tags.UNKNOWN, tags.HYPHEN, tags.OPEN}
_UNKNOWN = str(tags.UNKNOWN)
_SPELT_ALIKE = 0.6  # similarity of two spellings of one name
_ABOUT_TRAINS = frozenset({tags.TRAIN, tags.BOUND})
_DOOR = Door(
    slots={
        "train": "name|unknown+ train",
        "outer": "name|unknown+",
        "inner": "name|unknown+",
        "words": "( name|unknown|noun|in|of|near|and|comma )+",
    }
)
_HYPHENATED_TO_IGNORED = compile_pattern("unknown|ignored hyphen ignored", _DOOR)
_BOUND = compile_pattern("name hyphen? bound or bound to? name or {train}", _DOOR)
_HYPHENATED = compile_pattern(
    "( unknown hyphen name|unknown or name hyphen unknown ) !( name|unknown* railway|road|border )",
    _DOOR,
)
_IZAFAT = compile_pattern("name|unknown hyphen direction hyphen name|unknown", _DOOR)
_ALIAS = compile_pattern("{outer} open {inner} close", _DOOR)
_ASIDE = compile_pattern("open {words} close", _DOOR)


def rewrite_lexemes(
    lexemes: list[Lexeme], names: NameIndex, language: Language
) -> tuple[list[Lexeme], str, tuple[str, ...]]:
    """Put the lexemes of a phrase as the constructions are written.

    Ignored words and trains are taken out, unknown words joined and respelt, and what stands
    behind its name is turned round. Gives the lexemes, their tags, and the trains.
    """
    letters = write_tags(lexemes)
    if tags.IGNORED in letters:
        lexemes = _drop_ignored(lexemes, letters)
        letters = write_tags(lexemes)
    if _REWRITTEN.isdisjoint(letters):
        return lexemes, letters, ()
    lexemes, trains = _join_words(lexemes, letters)
    if tags.UNKNOWN in letters:
        lexemes = respell_lexemes(lexemes, names, language)
    if tags.OPEN in letters:
        lexemes = _read_brackets(lexemes)
    if not tags.BEHIND.isdisjoint(letters):
        lexemes = _turn_round(lexemes, language.reorder)
    return lexemes, write_tags(lexemes), trains


def list_unknown_runs(lexemes: list[Lexeme]) -> list[str]:
    """List the runs of unknown words of a phrase that may be misspelt names."""
    for lexeme in lexemes:  # a loop, as every phrase is asked this
        if lexeme.tag == _UNKNOWN:
            break
    else:
        return []
    letters = write_tags(lexemes)
    if tags.IGNORED in letters:
        lexemes = _drop_ignored(lexemes, letters)
    return list_spellable_runs(_join_words(lexemes, letters)[0])


def _join_words(lexemes: list[Lexeme], letters: str) -> tuple[list[Lexeme], tuple[str, ...]]:
    """Take the trains out, and join what is hyphenated."""
    trains: tuple[str, ...] = ()
    if not _ABOUT_TRAINS.isdisjoint(letters):
        lexemes, trains = _take_trains_out(lexemes)
    return (_join_hyphenated(lexemes) if tags.HYPHEN in letters else lexemes), trains


def _drop_ignored(lexemes: list[Lexeme], letters: str) -> list[Lexeme]:
    """Drop the words that mean nothing for a place, and what is hyphenated to one."""
    kept = [lexeme.tag != tags.IGNORED for lexeme in lexemes]
    for found in _HYPHENATED_TO_IGNORED.finditer(letters) if tags.HYPHEN in letters else ():
        kept[found.start() : found.end()] = [False] * len(found.group())
    return [lexeme for lexeme, keep in zip(lexemes, kept, strict=True) if keep]


def _take_trains_out(lexemes: list[Lexeme]) -> tuple[list[Lexeme], tuple[str, ...]]:
    """Take out "the Quetta-bound Jaffar Express": where a train goes is not where it is."""
    trains: list[str] = []
    for found in reversed(list(_BOUND.finditer(write_tags(lexemes)))):
        if found["train"]:
            trains.insert(0, write_words(lexemes[slice(*found.span("train"))]))
        lexemes = lexemes[: found.start()] + lexemes[found.end() :]
    return [lexeme for lexeme in lexemes if lexeme.tag != tags.TRAIN], tuple(trains)


def _join_hyphenated(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one unknown word of "Sur-Dakai"; but the ends of a road or border stay two."""
    lexemes = _join_izafat(lexemes)
    while found := _HYPHENATED.search(write_tags(lexemes)):
        first, *_, last = lexemes[found.start() : found.end()]
        whole = _make_unknown(f"{first.text}-{last.text}", f"{first.key} {last.key}")
        lexemes = [*lexemes[: found.start()], whole, *lexemes[found.end() :]]
    return lexemes


def _join_izafat(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Make one unknown name of "Lashkar-e-Balochistan", whose e is no east."""
    for found in reversed(list(_IZAFAT.finditer(write_tags(lexemes)))):
        parts = lexemes[slice(*found.span())]
        if parts[2].key == "e":
            text = "".join(part.text for part in parts)
            whole = _make_unknown(text, " ".join(part.key for part in parts[::2]))
            lexemes = [*lexemes[: found.start()], whole, *lexemes[found.end() :]]
    return lexemes


def _make_unknown(text: str, key: str) -> Lexeme:
    return Lexeme(str(tags.UNKNOWN), text, key)


def _read_brackets(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Read "Rarasham (Rara Sham)" as one name, and "Dasht (Kech)" like "Dasht, Kech"."""
    while found := _ASIDE.search(write_tags(lexemes)):
        start, end = found.span()
        alias = _ALIAS.search(write_tags(lexemes[:end]))
        kept = _keep_alias(lexemes, alias) if alias is not None and alias.end() == end else None
        if kept is not None and alias is not None:
            lexemes = [*lexemes[: alias.start()], *kept, *lexemes[end:]]
        elif lexemes[end:] and lexemes[end].tag in tags.TRACK:
            lexemes = [*lexemes[:start], *lexemes[end:]]  # "Spezand-Taftan (Zahedan) Line"
        else:
            comma = Lexeme(str(tags.COMMA), ",", ",")
            behind = [comma] if lexemes[end:] and lexemes[end].tag in tags.RUN else []
            lexemes = [
                *lexemes[:start],
                comma,
                *lexemes[start + 1 : end - 1],
                *behind,
                *lexemes[end:],
            ]
    return lexemes


def _keep_alias(lexemes: list[Lexeme], found: re.Match[str]) -> list[Lexeme] | None:
    """Keep one of a name and its alias, the first that is known; None if they are no such pair.

    Two known names of one place are; else one that is known, if the other is spelt like it.
    """
    outer, inner = (lexemes[slice(*found.span(part))] for part in ("outer", "inner"))
    known_outer, known_inner = _list_ids(outer), _list_ids(inner)
    if known_outer and known_inner:
        return outer if known_outer & known_inner else None
    if not known_inner:
        return outer
    spelt = (write_words(part).casefold().replace(" ", "") for part in (outer, inner))
    return inner if Indel.normalized_similarity(*spelt) >= _SPELT_ALIKE else None


def _list_ids(lexemes: list[Lexeme]) -> set[str]:
    """List the places that the names among lexemes may mean."""
    return {each for lexeme in lexemes if lexeme.name for each in lexeme.name.places}


def _turn_round(lexemes: list[Lexeme], rules: tuple[Reordering, ...]) -> list[Lexeme]:
    """Put words that stand behind their name where the constructions have them: in front."""
    for pattern, order in rules:
        for _ in range(len(lexemes)):
            found = pattern.search(write_tags(lexemes))
            if found is None:
                break
            lexemes = [
                *lexemes[: found.start()],
                *(lexeme for part in order for lexeme in _take_part(part, found, lexemes)),
                *lexemes[found.end() :],
            ]
    return [lexeme for lexeme in lexemes if lexeme.tag not in tags.BEHIND]


def _take_part(part: str, found: re.Match[str], lexemes: list[Lexeme]) -> list[Lexeme]:
    """Give the lexemes of a slot, or a lexeme without words for a tag that English needs."""
    if part in found.re.groupindex:
        return lexemes[slice(*found.span(part))]
    return [Lexeme(part, "", "")]
