"""Places told by one that was named before: "15 km north of the town", "in the same area"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.language import tags
from geosec.language.notation import Door, compile_pattern
from geosec.news.scenes import is_scene_of_sentence

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from geosec.geocoding.grammar.phrases import Phrase
    from geosec.geocoding.placing.interpreter import Interpreter
    from geosec.news.cutting import CutSentence
    from geosec.news.mention import Mention
    from geosec.news.vocabulary import ReportWords

_SENTENCES_BACK = 3
_MENTIONS_BACK = 12
_DOOR = Door(
    slots={
        "told": "length ( away? to|in* direction of|from|off or away? from|off or in )",
        "bare": "length to|in* direction",
        "noun": "town|village|other",
    },
    fillers=4,
    most=4,
)
_FROM_NOUN = compile_pattern("{told} {noun} ( of ( name ) )? !name|unknown", _DOOR)
_BARE = compile_pattern("{bare} !of|from|off|name|unknown|owner|town|village", _DOOR)
_BEFORE_LENGTH = f"{tags.ABOUT}{tags.IGNORED}"
_AFTER_NAME = "".join(sorted(tags.TOLD_NOUNS | {tags.CLOSE}))
_THERE = frozenset({"there", "here"})


class Offset(NamedTuple):
    """A place told by its way from one that was named before."""

    first: int  #: its lexemes in its sentence
    last: int
    kind: Literal["offset", "distance"]
    phrase: Phrase  #: with the name of the place: "15 km north of Kalat"


def find_offsets(
    text: str, cut: CutSentence, mentions: list[Mention], reader: Interpreter, words: ReportWords
) -> list[Offset]:
    """Find the places of a sentence that are told by their way from one named before."""
    offsets = []
    for found in _list_found(cut):
        first, last = found.span()
        at = cut.start + cut.lexemes[first].start
        number = _find_own(cut, found, mentions)
        if number is None:
            number = find_antecedent(text, mentions, (at, cut.number), words)
        name = _write_name(mentions, number)
        if name and not _is_remark(cut, first):
            told = f"{_write_way(cut, found)} {name}"
            phrase = parse_phrase(told, reader.ground.names, reader.language)
            has_direction = tags.DIRECTION in found.group()
            kind: Literal["offset", "distance"] = "offset" if has_direction else "distance"
            offsets.append(Offset(first, _find_end(cut, first, last), kind, phrase))
    return offsets


def _list_found(cut: CutSentence) -> Iterator[re.Match[str]]:
    """List what tells a place so; a noun only behind "the", and "there" itself."""
    for found in _FROM_NOUN.finditer(cut.letters):
        noun = cut.lexemes[found.start("noun")].key
        before = [lexeme.key for lexeme in cut.lexemes[found.start() : found.start("noun")]]
        if noun in _THERE or (cut.letters[found.start("noun")] != tags.OTHER and "the" in before):
            yield found
    yield from _BARE.finditer(cut.letters)


def _find_own(cut: CutSentence, found: re.Match[str], mentions: Sequence[Mention]) -> int | None:
    """Find the town that is named behind its noun: "15 km south of the town of Mach"."""
    last = found.end() - 1
    if cut.letters[last] != tags.NAME:
        return None
    at = cut.start + cut.lexemes[last].start
    number = bisect_left(mentions, at, key=lambda mention: mention.start)
    return number if number < len(mentions) and mentions[number].start == at else None


def _is_remark(cut: CutSentence, first: int) -> bool:
    """Whether it only says where the place before it is: "in Hangu, 40 km to the south,"."""
    before = cut.letters[:first].rstrip(_BEFORE_LENGTH)
    named = before[:-1].rstrip(_AFTER_NAME)
    return before.endswith((tags.COMMA, tags.OPEN)) and named.endswith((tags.NAME, tags.UNKNOWN))


def _write_way(cut: CutSentence, found: re.Match[str]) -> str:
    """Write the way from the place, up to where its name belongs."""
    is_bare = found.re is _BARE
    first, last = found.span("bare" if is_bare else "told")
    letters = cut.letters[first:last].rstrip(tags.IGNORED)
    lexemes = cut.lexemes[first : first + len(letters)]
    if letters.endswith(tags.IN):
        return f"{lexemes[0].text} from"
    way = cut.text[lexemes[0].start : lexemes[-1].end]
    return f"{way} of" if is_bare else way


def _find_end(cut: CutSentence, first: int, last: int) -> int:
    """Leave out words that mean nothing behind it."""
    return first + len(cut.letters[first:last].rstrip(tags.IGNORED))


def _write_name(mentions: Sequence[Mention], number: int | None) -> str:
    if number is None:
        return ""
    last = number
    while mentions[last].lies_in_next:
        last += 1
    return ", ".join(each.text for each in mentions[number : last + 1])


def find_round(
    text: str, mentions: Sequence[Mention], place: tuple[int, int], words: ReportWords
) -> str:
    """Find the town or unit where something happened in the sentences before a place."""
    at, sentence = place
    behind = bisect_left(mentions, at, key=lambda mention: mention.start)
    for number in range(behind - 1, max(behind - _MENTIONS_BACK, 0) - 1, -1):
        each = mentions[number]
        if not sentence - _SENTENCES_BACK <= each.sentence < sentence:
            continue
        if each.kind != "name" or each.is_part or each.is_way:
            continue
        if is_scene_of_sentence(text, mentions, number, words):
            return _write_name(mentions, number)
    return ""


def find_antecedent(
    text: str, mentions: Sequence[Mention], place: tuple[int, int], words: ReportWords
) -> int | None:
    """Find the town that "the town" at a place means, an offset and the number of its sentence.

    Of the last few sentences it is the last town where something happened; else the last named.
    """
    at, sentence = place
    behind = bisect_left(mentions, at, key=lambda mention: mention.start)
    near = [
        number
        for number in range(behind - 1, max(behind - _MENTIONS_BACK, 0) - 1, -1)
        if mentions[number].sentence >= sentence - _SENTENCES_BACK and _is_town(mentions[number])
    ]
    scenes = (n for n in near if is_scene_of_sentence(text, mentions, n, words))
    return next(scenes, near[0] if near else None)


def _is_town(mention: Mention) -> bool:
    if mention.kind != "name":
        return False
    return not (mention.wide or mention.in_town or mention.is_way)
