"""The words that made an event of its type: asked only where somebody wants to know."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from geosec.news.acled import ACCIDENT, BATTLE, CALM, CIVILIANS, EXPLOSION, PROTEST, RIOT
from geosec.news.asides import leave_out_asides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geosec.news.happenings import Happening
    from geosec.news.reports import Reading
    from geosec.news.tellings import Telling
    from geosec.news.vocabulary import Pattern, ReportWords

_PLACE = "§"  # stands for a place's name, as in what looks for events

#: Offsets in the report.
Span = tuple[int, int]


def list_type_words(reading: Reading) -> list[list[Span]]:
    """List for each happening the words that made it of its type; none where it has another's.

    They are one phrase, or where only those hit say what it was, the armed of both sides.
    """
    first: dict[tuple[str, str | int], Telling] = {}
    for telling in reading.tellings:
        keys: tuple[str | int, ...] = (telling.sentence, *telling.places)
        for key in keys:
            first.setdefault((telling.event_type, key), telling)
    return [_find_words(_find_telling(each, first), reading) for each in reading.happenings]


def _find_telling(
    happening: Happening, first: Mapping[tuple[str, str | int], Telling]
) -> Telling | None:
    """Find what gave a happening its type: in the sentence that first tells of it, or there."""
    keys: tuple[str | int, ...] = (happening.sentence,)
    keys += () if happening.place is None else (happening.place,)
    found = (first.get((happening.event_type, key)) for key in keys)
    return next((each for each in found if each is not None), None)


def _find_words(telling: Telling | None, reading: Reading) -> list[Span]:
    """Find the words of a telling that say of what type it is, with their offsets."""
    if telling is None:
        return []
    low, starts, offsets = _hide_names(telling, reading)
    spans = _search(low, telling.event_type, reading.setting.words)
    return [
        (_place_back(start, starts, offsets), _place_back(end, starts, offsets))
        for start, end in spans
    ]


def _search(low: str, event_type: str, words: ReportWords) -> list[Span]:
    found = (pattern.search(low) for pattern in _list_deciders(event_type, words))
    first = next((each for each in found if each is not None), None)
    if first is not None:
        return [first.span()]
    if event_type not in {BATTLE, CIVILIANS}:
        return []
    people = words.people
    sides = (people.militants_killed.search(low), people.security.search(low))
    armed = (*sides, people.militants.search(low))
    return sorted({each.span() for each in armed if each is not None})


def _list_deciders(event_type: str, words: ReportWords) -> Iterator[Pattern]:
    """List the patterns that make a text of a type, the plainest first."""
    signs = words.signs
    if event_type in words.types:
        yield words.types[event_type]
    yield from {
        ACCIDENT: (signs.accident, signs.mishap, signs.befell),
        BATTLE: (signs.firefight, words.types[CIVILIANS]),
        CALM: (signs.arson,),
        CIVILIANS: (signs.disappeared, signs.slain),
        EXPLOSION: (),
        PROTEST: (signs.excess,),
        RIOT: (),
    }.get(event_type, ())


def _hide_names(telling: Telling, reading: Reading) -> tuple[str, list[int], list[int]]:
    """Lower-case a telling with each name as one sign, without what is no news.

    Beside it stands where each run behind a name begins in it, and in the report.
    """
    first, last = telling.start, telling.start + len(telling.text)
    news = telling.sentence.lower()
    news, _ = leave_out_asides(news, reading.setting.words)
    news = reading.setting.words.signs.never.sub(lambda found: " " * len(found.group()), news)
    low, at, starts, offsets = "", first, [0], [first]
    number = bisect_left(reading.mentions, first, key=lambda each: each.start)
    for each in takewhile(lambda each: each.start < last, islice(reading.mentions, number, None)):
        if at <= each.start and each.end <= last:
            low += news[at - telling.sentence_start : each.start - telling.sentence_start] + _PLACE
            at = each.end
            starts.append(len(low))
            offsets.append(at)
    low += news[at - telling.sentence_start : last - telling.sentence_start]
    return low, starts, offsets


def _place_back(at: int, starts: list[int], offsets: list[int]) -> int:
    run = bisect_right(starts, at) - 1
    return offsets[run] + at - starts[run]
