"""What a running text tells: which of its places something happened at, what, and to how many."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geosec.news.casualties import count_casualties
from geosec.news.event_types import find_event_type, is_accident
from geosec.news.scenes import find_scenes
from geosec.news.tolls import Toll

if TYPE_CHECKING:
    from geosec.news.mentions import Mention
    from geosec.news.vocabulary import ReportWords

_PLACE = "§"  # stands for a place's name while the words round it are read
_AND = re.compile(r",?\s+and\s+|,\s+")
_ELLIPSIS = re.compile(rf"\s*(?P<n>\w+)(?: (?:others?|more|people))? (?:in|at|near) {_PLACE}")
_HERE = re.compile(r"\bhere\b")
NOTHING_SAID = Toll()


@dataclass(frozen=True)
class Telling:
    """What one part of a sentence tells.

    Attributes
    ----------
    text, sentence : str
        The part, and the sentence it stands in.
    places : tuple of int
        Numbers of the mentions where it happened; several where they are named on a par.
    event_type : str
        ACLED event type; empty where only the outcome of something told before is told.
    toll : Toll
        Killed and hurt, in people.
    another : bool
        Whether it says that it is another one.
    summary : bool
        Whether it tells several at once.
    accident : bool
        Whether it tells of something that is no incident: what follows belongs to that.
    start : int
        Offset of the part in the report.
    foes : bool
        Whether the dead are those who attacked.
    follows : bool
        Of a mishap, whether it may have come of what was told before: "two coaches left the rails".
    more : bool
        Whether its dead come to those told before: "three more died".
    here : bool
        Whether it happened where the report is dated from.
    site_only : bool
        Whether it only says where something is going on.
    background : bool
        Whether it counts incidents or tells of the past.

    Examples
    --------
    >>> Telling("nobody was hurt", "Nobody was hurt.").places
    ()
    """

    text: str
    sentence: str
    places: tuple[int, ...] = ()
    event_type: str = ""
    toll: Toll = NOTHING_SAID
    another: bool = False
    summary: bool = False
    accident: bool = False
    start: int = 0
    foes: bool = False
    follows: bool = False
    more: bool = False
    here: bool = False
    site_only: bool = False
    background: bool = False


def find_tellings(
    text: str, sentences: list[tuple[int, int]], mentions: list[Mention], words: ReportWords
) -> list[Telling]:
    """Find what a text tells, part by part.

    Parameters
    ----------
    text : str
        A report.
    sentences : list of (int, int)
        Offsets of its sentences.
    mentions : list of Mention
        Places in it, in order, in EPSG:4326.
    words : ReportWords
        What reports say, and how.

    Returns
    -------
    list of Telling
        In the order of the text; parts that tell of no incident and no outcome are left out.

    Examples
    --------
    >>> from geosec.news.mentions import Mention
    >>> from geosec.news.vocabulary import load_report_words
    >>> text = "A bomb in Sibi killed two."
    >>> [told] = find_tellings(text, [(0, 26)], [Mention("Sibi", 10, 14, "name", 0)],
    ...                        load_report_words())
    >>> told.event_type, told.places, told.toll.dead.low
    ('Explosions/Remote violence', (0,), 2)
    """
    tellings = []
    by_sentence: dict[int, list[int]] = {}
    for number, each in enumerate(mentions):
        by_sentence.setdefault(each.sentence, []).append(number)
    for sentence, (start, end) in enumerate(sentences):
        if words.signs.unconfirmed.search(text[start:end].lower()):
            continue
        own = by_sentence.get(sentence, [])
        for part in _parts(text, start, end, words):
            inside = [at for at in own if part[0] <= mentions[at].start < part[1]]
            tellings += _read_part(text, text[start:end], part, inside, mentions, words)
    return tellings


def _parts(text: str, start: int, end: int, words: ReportWords) -> list[tuple[int, int]]:
    """Cut a sentence where it turns to something else."""
    cuts = [start]
    low = text[start:end].lower()
    cuts += [start + found.end() for found in words.scenes.turns.finditer(low)]
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _read_part(
    text: str,
    whole: str,
    part: tuple[int, int],
    inside: list[int],
    mentions: list[Mention],
    words: ReportWords,
) -> list[Telling]:
    """Read one part; it makes two tellings where each of its places has its own dead."""
    telling = Telling(text[slice(*part)], whole, start=part[0])
    places = [mentions[at] for at in inside]
    low = _blanked(telling.text, part, places)
    groups = find_scenes(text, part, inside, mentions, words)
    if _looks_back(low, groups, mentions, words):
        return [replace(telling, background=True)]
    if is_accident(low, words):
        mishap = not groups and not words.signs.accident.search(low)
        return [replace(telling, accident=True, follows=mishap)]
    another = words.signs.another.search(low) is not None
    tellings = []
    pieces = _pieces(text, part, groups, mentions)
    if len(pieces) > 1 and not _are_several(text, pieces, places, words):
        finest = min(groups, key=lambda group: mentions[group[0]].wide)
        pieces = [(part[0], part[1], finest)]
    for number, (a, b, group) in enumerate(pieces):
        low = _blanked(text[a:b], (a, b), places)
        toll = _toll_of(low, words, follows=number > 0)
        found = find_event_type(low, toll, words)
        piece = replace(telling, places=tuple(group))
        if found is not None:
            told = _told(piece, low, toll, words)
            tellings.append(replace(told, event_type=found, another=another))
        elif group:
            tellings.append(replace(piece, site_only=True))
    return tellings


def _told(piece: Telling, low: str, toll: Toll, words: ReportWords) -> Telling:
    """Add to a piece what its words say of its dead, and of how it hangs on other tellings."""
    old_count = not piece.places and words.signs.superseded.search(low)
    return replace(
        piece,
        toll=NOTHING_SAID if old_count else toll,
        summary=words.signs.several.search(low) is not None,
        foes=words.people.militants_killed.search(low) is not None,
        more=words.signs.more_dead.search(low) is not None,
        here=_HERE.search(low) is not None,
    )


def _pieces(
    text: str, part: tuple[int, int], groups: list[list[int]], mentions: list[Mention]
) -> list[tuple[int, int, list[int]]]:
    """Cut a part between its scenes, at the last "and" or comma before each."""
    cuts = [part[0]]
    for before, group in pairwise(groups):
        start, end = mentions[before[-1]].end, mentions[group[0]].start
        breaks = list(_AND.finditer(text, start, end))
        cuts.append(breaks[-1].end() if breaks else end)
    return list(zip(cuts, [*cuts[1:], part[1]], groups or [[]], strict=True))


def _are_several(
    text: str,
    pieces: list[tuple[int, int, list[int]]],
    places: list[Mention],
    words: ReportWords,
) -> bool:
    """Whether each piece has its own dead, or is of a kind of its own."""
    lows = [_blanked(text[a:b], (a, b), places) for a, b, _ in pieces]
    tolls = [_toll_of(low, words, follows=number > 0) for number, low in enumerate(lows)]
    if all(toll.dead is not None for toll in tolls):
        return True
    kinds = [find_event_type(low, toll, words) for low, toll in zip(lows, tolls, strict=True)]
    return all(kinds) and len(set(kinds)) == len(kinds)


def _toll_of(low: str, words: ReportWords, *, follows: bool) -> Toll:
    """Count a piece; "three in Kalat" behind one with dead are dead too."""
    toll = count_casualties(low, words)
    found = _ELLIPSIS.match(low) if follows and toll.dead is None else None
    return count_casualties(f"{found['n']} killed", words) if found else toll


def _blanked(said: str, part: tuple[int, int], mentions: list[Mention]) -> str:
    """Lower-case a part, with every place's name as one sign: "Strike Colony" is no strike."""
    low, at = "", part[0]
    for each in mentions:
        if part[0] <= each.start and each.end <= part[1] and each.start >= at:
            low += said[at - part[0] : each.start - part[0]].lower() + _PLACE
            at = each.end
    return low + said[at - part[0] :].lower()


def _looks_back(
    low: str, groups: list[list[int]], mentions: list[Mention], words: ReportWords
) -> bool:
    """Whether a part tells of the past or the possible, or counts incidents."""
    if words.signs.statistic.search(low) and not words.days.search(low):
        return True
    background = words.signs.background.search(low) is not None
    return background and not _is_definite(low, groups, mentions, words)


def _is_definite(
    low: str, groups: list[list[int]], mentions: list[Mention], words: ReportWords
) -> bool:
    """Whether a part that looks back tells of the dead of one place, and so of one happening."""
    sites = [mentions[number] for group in groups for number in group]
    dead = count_casualties(low, words).dead
    return bool(sites) and not sites[0].wide and dead is not None and dead.low > 0
