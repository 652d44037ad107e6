"""A sentence cut into lexemes, and tagged as a running text has them: capitals decide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.language import tags
from geosec.language.lexemes import Lexeme
from geosec.language.lexer import lex
from geosec.language.notation import Door, compile_pattern
from geosec.reference.feature_classes import CROSSINGS
from geosec.reference.toponyms import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.news.vocabulary import ReportWords

ARTICLES = frozenset({"the", "a", "an"})
_VEHICLES = frozenset({"train"})
_NAME, _BREAK, _OTHER, _IGNORED, _CAPITAL, _ROAD, _COMMON_ROAD, _VEHICLE = (
    str(tag)
    for tag in (
        *(tags.NAME, tags.BREAK, tags.OTHER, tags.IGNORED, tags.CAPITAL),
        *(tags.ROAD, tags.COMMON_ROAD, tags.VEHICLE),
    )
)
_PROPER = frozenset(
    {tags.NAME, tags.UNKNOWN, tags.FACILITY, tags.COLONY, tags.TRAIN}
)  # only with a capital
_GUESSED = compile_pattern(
    "( ^ or in|near|from ) ignored{0,4} {run} "
    "!unknown|ignored|capital|name|facility|colony|train|owner|hyphen",
    Door(slots={"run": "( unknown name|unknown{0,2} or name unknown )"}),
)
_GUESSED_LETTERS = 6
_WORD = re.compile(r"\S+")


class CutSentence(NamedTuple):
    """A sentence cut into lexemes."""

    number: int  #: of the sentence in its text
    start: int  #: offset of the sentence in its text; lexemes have theirs in the sentence
    lexemes: list[Lexeme]  #: with the tags that a phrase has
    letters: str  #: a tag for each, as a running text has them
    wholes: dict[int, Lexeme]  #: names that were split into name and thing, by where they start
    text: str = ""  #: the sentence


def cut_sentences(
    text: str, spans: Sequence[tuple[int, int]], reader: Interpreter, words: ReportWords
) -> list[CutSentence]:
    """Cut the sentences of a text into lexemes, each once."""
    return [_cut_sentence(number, span, text, reader, words) for number, span in enumerate(spans)]


def _cut_sentence(
    number: int, span: tuple[int, int], text: str, reader: Interpreter, words: ReportWords
) -> CutSentence:
    sentence = text[slice(*span)]
    lexemes = lex(sentence, reader.ground.names, reader.language, keep_ignored=True)
    split, wholes = _split_things(lexemes, reader)
    lexemes = _add_breaks(sentence, split)
    letters = "".join([_tag_by_case(lexeme, words.day_names) for lexeme in lexemes])
    return CutSentence(
        number, span[0], *_guess_names(lexemes, letters, reader.ground), wholes, sentence
    )


def _split_things(
    lexemes: list[Lexeme], reader: Interpreter
) -> tuple[list[Lexeme], dict[int, Lexeme]]:
    """Read "Miranshah bazaar" as the town, where only the town has a capital."""
    parts: list[Lexeme] = []
    wholes: dict[int, Lexeme] = {}
    for lexeme in lexemes:
        if lexeme.tag == _NAME and (at := _find_thing(lexeme, reader)):
            parts += _split_lexeme(lexeme, at, reader)
            wholes[lexeme.start] = lexeme
        else:
            parts.append(lexeme)
    return parts, wholes


def join_wholes(lexemes: list[Lexeme], wholes: dict[int, Lexeme]) -> list[Lexeme]:
    """Put a name together again of which a phrase holds all: "in the Mughalzai area of Kalat"."""
    joined: list[Lexeme] = []
    for lexeme in lexemes:
        whole = wholes.get(lexeme.start)
        if joined and lexeme.end <= joined[-1].end:
            continue
        joined.append(whole if whole is not None and whole.end <= lexemes[-1].end else lexeme)
    return joined


def _split_lexeme(lexeme: Lexeme, at: int, reader: Interpreter) -> tuple[Lexeme, Lexeme]:
    name, thing = lexeme.text[:at].rstrip(), lexeme.text[at:]
    key, middle = normalise(thing), lexeme.start + len(name)
    known = reader.ground.names.find(name)
    return (
        Lexeme(_NAME, name, normalise(name), known, lexeme.start, middle),
        Lexeme(reader.language.tags[key], thing, key, None, lexeme.start + at, lexeme.end),
    )


def _find_thing(lexeme: Lexeme, reader: Interpreter) -> int:
    """Find where a thing in lower case begins behind a name that is known without it."""
    words = list(_WORD.finditer(lexeme.text))
    for word in words[1:] if words[-1].group().islower() else ():
        thing = lexeme.text[word.start() :]
        if thing.islower() and reader.language.tags.get(normalise(thing), "") in tags.THINGS:
            places = reader.ground.list_places(lexeme.name.places if lexeme.name else ())
            built = any(place.feature_class in CROSSINGS for place in places)
            known = reader.ground.names.find(lexeme.text[: word.start()])
            return 0 if built or known is None else word.start()
    return 0


def _add_breaks(sentence: str, lexemes: list[Lexeme]) -> list[Lexeme]:
    """Put a break where a quotation mark, a colon or the like stands between two lexemes."""
    parts: list[Lexeme] = []
    end = 0
    for lexeme in lexemes:
        if lexeme.start > end + 1 or sentence[end : lexeme.start] != " ":
            gap = sentence[end : lexeme.start].replace(".", "").strip()
            if gap:
                parts.append(Lexeme(_BREAK, gap, gap, None, end, lexeme.start))
        parts.append(lexeme)
        end = lexeme.end
    return parts


def _tag_by_case(lexeme: Lexeme, day_names: frozenset[str]) -> str:
    """Let capitals decide: "mach" is no town, and "hospital" is not part of a name."""
    first, tag = lexeme.text[:1], lexeme.tag
    if lexeme.key in day_names or (tag in _PROPER and first.islower()):
        return _OTHER
    if lexeme.key in _VEHICLES:
        return _VEHICLE
    if tag == _ROAD and first.islower():
        return _COMMON_ROAD
    if lexeme.key in ARTICLES:
        return _IGNORED
    return _CAPITAL if tag == _IGNORED and first.isupper() else tag


def _guess_names(lexemes: list[Lexeme], letters: str, ground: Ground) -> tuple[list[Lexeme], str]:
    """Give "in Dalbundin" the town it nearly spells, with the same consonants.

    Only behind "in" and its like, or at the head of a sentence.
    """
    for found in reversed(list(_GUESSED.finditer(letters))):
        start, end = found.span("run")
        spelt = " ".join(lexeme.text for lexeme in lexemes[start:end])
        name = ground.names.find_misspelt(spelt) if len(spelt) >= _GUESSED_LETTERS else None
        if name is not None and name.similarity >= PARAMETERS.clear_weight:
            first, last = lexemes[start], lexemes[end - 1]
            known = Lexeme(_NAME, spelt, normalise(spelt), name, first.start, last.end)
            lexemes = [*lexemes[:start], known, *lexemes[end:]]
            letters = letters[:start] + _NAME + letters[end:]
    return lexemes, letters
