"""What a running text tells: which of its places something happened at, what, and to how many."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from geosec.news.acled import ACCIDENT
from geosec.news.anaphora import find_antecedent
from geosec.news.asides import leave_out_asides, write_cased
from geosec.news.casualties import count_casualties
from geosec.news.event_types import find_event_type
from geosec.news.scenes import find_scenes
from geosec.news.sentence_words import narrow_words
from geosec.news.tolls import NOTHING_SAID, Count, Toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geosec.news.asides import Aside
    from geosec.news.mention import Mention
    from geosec.news.vocabulary import Pattern, ReportWords

Kind = Literal[
    "incident",  # something happened, of an event type
    "outcome",  # what came of something that is told elsewhere: its dead, or where it was
    "claim",  # what one side says, and nobody vouches for
    "scene",  # only a place where something is going on
    "mishap",  # an accident, unless it came of an attack told before: "two coaches left the rails"
    "background",  # the past, the possible, or numbers of incidents
]
Side = Literal["attackers", "attacked"]

_AT_ONCE = 32  # sentences whose words are looked up together
_PLACE = "§"  # stands for a place's name while the words round it are read
_AND = re.compile(r",?\s+and\s+|,\s+")
_ELLIPSIS = re.compile(rf"\s*(?P<n>\w+)(?: (?:others?|more|people))? (?:in|at|near) {_PLACE}")
_THE_SAME = re.compile(r"\W*(?:he|she|both|they|all|the two|the three)\b")
_HERE = re.compile(r"\bhere\b")


class Telling(NamedTuple):
    """What one part of a sentence tells."""

    kind: Kind
    text: str
    sentence: str
    #: Offsets of the part and of its sentence in the report.
    start: int = 0
    sentence_start: int = 0
    #: Numbers of the mentions where it happened; several where they are named on a par.
    places: tuple[int, ...] = ()
    #: ACLED event type of an incident.
    event_type: str = ""
    toll: Toll = NOTHING_SAID
    #: Whose dead the toll counts.
    side: Side = "attacked"
    #: Whether its dead come to those told before: "three more died".
    more_dead: bool = False
    #: Whether it says that it is another one than that told before.
    another: bool = False
    #: Whether it tells several at once.
    several: bool = False
    #: Whether it happened where the report is dated from.
    here: bool = False
    #: Number of the mention that its "there" or "in the town" means, if it names no place.
    there: int | None = None
    #: The words of the label that dates it, and their offset.
    labelled: tuple[str, int] | None = None


class _Part(NamedTuple):
    """A part of a sentence, with the places that are named in it."""

    text: str
    sentence: str
    start: int
    end: int
    #: Numbers of the mentions in it.
    inside: list[int]
    sentence_start: int
    #: Without what is no news, in lower case and as it is written.
    news: str
    cased: str
    #: Number of the mention that its "there" or "in the town" means.
    there: int | None


class _Hidden(NamedTuple):
    """A text in lower case, with the names of places hidden, and where it stands in the report."""

    low: str
    #: The same as it is written.
    cased: str
    #: Where each run behind a name begins in it, and in the report.
    starts: list[int]
    offsets: list[int]

    def find_offset(self, at: int) -> int:
        """Find the offset in the report of a place in this text."""
        run = bisect_right(self.starts, at) - 1
        return self.offsets[run] + at - self.starts[run]

    def count_people(self, words: ReportWords) -> Toll:
        """Count the killed and hurt, with the offsets of their words in the report."""
        low = self.low.replace("’", "'")
        if not _has_any(words.counting, low):
            return NOTHING_SAID
        toll = count_casualties(self.cased, words)
        theirs = tuple((self.find_offset(a), self.find_offset(b)) for a, b in toll.theirs)
        dead, hurt, taken = map(self._place, (toll.dead, toll.hurt, toll.taken))
        return Toll(dead, hurt, taken, theirs, is_whole=toll.is_whole)

    def _place(self, count: Count | None) -> Count | None:
        if count is None:
            return None
        told = tuple((self.find_offset(a), self.find_offset(b)) for a, b in count.told)
        return Count(count.low, count.high, told, count.guess, count.rival)


class _Piece(NamedTuple):
    """A part of a sentence that has at most one scene, read."""

    #: In lower case, with the names of places hidden.
    low: str
    #: Numbers of the mentions that are its scene.
    scene: list[int]
    toll: Toll
    event_type: str | None


def find_tellings(
    text: str, sentences: list[tuple[int, int]], mentions: list[Mention], words: ReportWords
) -> list[Telling]:
    """Find what a text tells, part by part, in its order; what tells of nothing is left out."""
    by_sentence: dict[int, list[int]] = {}
    for number, each in enumerate(mentions):
        by_sentence.setdefault(each.sentence, []).append(number)
    tellings, is_unreal = [], False
    each_with_own = zip(sentences, _list_own_words(text, sentences, words), strict=True)
    for number, ((start, end), own) in enumerate(each_with_own):
        sentence = text[start:end]
        low = sentence.lower()
        is_unreal = tells_of_game(low, own, before=is_unreal)
        if is_unreal:
            continue
        has_asides = _has_any(own.beginning_asides, low)
        news, asides = leave_out_asides(low, own) if has_asides else (low, [])
        named = [
            at
            for at in by_sentence.get(number, [])
            if not _is_aside(mentions[at].start - start, asides)
        ]
        cuts = [start, *(start + found.end() for found in own.scenes.turns.finditer(low)), end]
        for a, b in pairwise(cuts):
            inside = [at for at in named if a <= mentions[at].start < b]
            low_part = news[a - start : b - start]
            there = _find_there(text, low_part, mentions, (a, number), own)
            cased = write_cased(text[a:b], low_part) if has_asides else text[a:b]
            part = _Part(text[a:b], sentence, a, b, inside, start, low_part, cased, there)
            tellings += _read_part(text, part, mentions, own)
    return tellings


def _list_own_words(
    text: str, sentences: list[tuple[int, int]], words: ReportWords
) -> Iterator[ReportWords]:
    """List for each sentence the words that it may have, some sentences at once."""
    for first in range(0, len(sentences), _AT_ONCE):
        spans = sentences[first : first + _AT_ONCE]
        yield from narrow_words(words, [text[start:end].lower() for start, end in spans])


def _has_any(patterns: Iterable[Pattern], low: str) -> bool:
    """Whether any of the patterns finds anything."""
    return any(each.search(low) for each in patterns)


def _find_there(
    text: str, low: str, mentions: list[Mention], place: tuple[int, int], words: ReportWords
) -> int | None:
    """Find the town that "there" or "in the town" means, in a part at a place in the text."""
    found = words.scenes.there.search(low)
    if found is None:
        return None
    return find_antecedent(text, mentions, (place[0] + found.start(), place[1]), words.every)


def tells_of_game(low: str, words: ReportWords, *, before: bool) -> bool:
    """Whether a sentence tells of a game or an exercise, or goes on about one."""
    if words.signs.unreal.search(low):
        return True
    return before and words.days.search(low) is None


def _is_aside(at: int, asides: list[Aside]) -> bool:
    """Whether a place is named where nothing happened."""
    return any(each.hides_places and each.start <= at < each.end for each in asides)


def _read_part(
    text: str, part: _Part, mentions: list[Mention], words: ReportWords
) -> list[Telling]:
    """Read one part; it makes several tellings where each of its places has its own dead."""
    hidden = _hide_names(part, part.start, part.end, mentions)
    low = hidden.low
    span, inside = (part.start, part.end), part.inside
    scenes = find_scenes(text, span, inside, mentions, words) if inside else []
    telling = Telling(
        "outcome", part.text, part.sentence, part.start, part.sentence_start, there=part.there
    )
    whole = part.text.lower()
    if words.signs.coming.search(whole):
        return []
    if words.signs.unconfirmed.search(whole):
        return [telling._replace(kind="claim", toll=hidden.count_people(words))]
    if _looks_back(low, scenes, mentions, words):
        return [telling._replace(kind="background")]
    another = words.signs.another.search(low) is not None
    told = []
    for piece in _cut_pieces(part, hidden, scenes, mentions, words):
        if piece.event_type is not None:
            read = _read_piece(telling, piece, words)._replace(another=another)
            told.append(read._replace(kind="mishap") if _is_mishap(piece, words) else read)
        elif piece.scene:
            told.append(telling._replace(kind="scene", places=tuple(piece.scene)))
    return told


def _is_mishap(piece: _Piece, words: ReportWords) -> bool:
    """Whether an accident may have come of an attack told before: it names no place or cause."""
    if piece.event_type != ACCIDENT or piece.scene:
        return False
    return words.signs.accident.search(piece.low) is None


def _read_piece(telling: Telling, piece: _Piece, words: ReportWords) -> Telling:
    """Read what a piece says of its dead, and of how it hangs on other tellings."""
    is_old_count = not piece.scene and words.signs.superseded.search(piece.low)
    attackers = words.people.militants_killed.search(piece.low)
    return telling._replace(
        kind="incident" if piece.event_type else "outcome",
        places=tuple(piece.scene),
        event_type=piece.event_type or "",
        toll=NOTHING_SAID if is_old_count else piece.toll,
        side="attackers" if attackers else "attacked",
        more_dead=_tells_more_dead(piece.low, words),
        several=words.signs.several.search(piece.low) is not None,
        here=_HERE.search(piece.low) is not None,
    )


def _tells_more_dead(low: str, words: ReportWords) -> bool:
    """Whether dead come to those told before; "he died later" is of one who was told of."""
    return words.signs.more_dead.search(low) is not None and _THE_SAME.match(low) is None


def _cut_pieces(
    part: _Part,
    whole: _Hidden,
    scenes: list[list[int]],
    mentions: list[Mention],
    words: ReportWords,
) -> list[_Piece]:
    """Cut a part between its scenes, if each has its own dead, or is of a kind of its own."""
    if len(scenes) < 2:
        toll = whole.count_people(words)
        event_type = find_event_type(whole.low, toll, words)
        return [_Piece(whole.low, scenes[0] if scenes else [], toll, event_type)]
    cuts = [part.start]
    for before, scene in pairwise(scenes):
        cuts.append(_find_cut(part, mentions[before[-1]].end, mentions[scene[0]].start))
    pieces: list[_Piece] = []
    for (a, b), scene in zip(pairwise([*cuts, part.end]), scenes, strict=True):
        hidden = _hide_names(part, a, b, mentions)
        toll = _count_piece(hidden, words, follows=bool(pieces))
        pieces.append(_Piece(hidden.low, scene, toll, find_event_type(hidden.low, toll, words)))
    if _are_several(pieces):
        return pieces
    finest = min(scenes, key=lambda scene: mentions[scene[0]].wide)
    toll = whole.count_people(words)
    return [_Piece(whole.low, finest, toll, find_event_type(whole.low, toll, words))]


def _find_cut(part: _Part, start: int, end: int) -> int:
    """Find the last "and" or comma between two scenes."""
    breaks = list(_AND.finditer(part.text, start - part.start, end - part.start))
    return part.start + breaks[-1].end() if breaks else end


def _are_several(pieces: list[_Piece]) -> bool:
    """Whether each piece has its own dead, or is of a kind of its own."""
    if any(piece.toll.is_whole for piece in pieces):
        return False
    if all(piece.toll.dead is not None for piece in pieces):
        return True
    kinds = {piece.event_type for piece in pieces if piece.event_type}
    return len(kinds) == len(pieces)


def _count_piece(hidden: _Hidden, words: ReportWords, *, follows: bool) -> Toll:
    """Count a piece; "three in Kalat" behind one with dead are dead too."""
    toll = hidden.count_people(words)
    found = _ELLIPSIS.match(hidden.low) if follows and toll.dead is None else None
    if found is None:
        return toll
    dead = count_casualties(f"{found['n']} killed", words.every).dead
    said = (hidden.find_offset(found.start("n")), hidden.find_offset(found.end()))
    return Toll(dead and replace(dead, told=(said,)))


def _hide_names(part: _Part, start: int, end: int, mentions: list[Mention]) -> _Hidden:
    """Lower-case a piece, with every place's name as one sign: "Strike Colony" is no strike."""
    low, cased, at = "", "", start
    starts, offsets = [0], [start]
    for number in part.inside:
        each = mentions[number]
        if at <= each.start and each.end <= end:
            low += part.news[at - part.start : each.start - part.start] + _PLACE
            cased += part.cased[at - part.start : each.start - part.start] + _PLACE
            at = each.end
            starts.append(len(low))
            offsets.append(at)
    low += part.news[at - part.start : end - part.start]
    cased += part.cased[at - part.start : end - part.start]
    return _Hidden(low, cased, starts, offsets)


def _looks_back(
    low: str, scenes: list[list[int]], mentions: list[Mention], words: ReportWords
) -> bool:
    """Whether a part tells of the past or the possible, or counts incidents.

    What looks back and tells of the dead of one place tells of one happening all the same.
    """
    if not words.days.search(low) and words.signs.statistic.search(low):
        return True
    if not words.signs.background.search(low):
        return False
    first = next((mentions[number] for scene in scenes for number in scene), None)
    return first is None or first.wide or not count_casualties(low, words).is_deadly
