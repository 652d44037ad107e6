"""What of a report became no event, and why: asked only where somebody wants to know."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from geosec.news.asides import find_asides
from geosec.news.story import NOTHING_READ, take_telling
from geosec.news.telling_days import leave_out_past
from geosec.news.tellings import tells_of_game

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geosec.news.mention import Mention
    from geosec.news.reports import Reading
    from geosec.news.story import State
    from geosec.news.tellings import Telling
    from geosec.news.vocabulary import ReportWords

_ROLE_LETTERS = 90  # before a place, in which it is said that somebody goes there

_CLAIMED = "claimed and not confirmed, the other end of a range at most"
_UNREAL = "no incident"  # a game, an exercise, a court, a ceremony
_SIGNS = {
    "coming": "still to come",
    "statistic": "numbers of incidents",
    "background": "background",
}


class LeftOut(NamedTuple):
    """Words of a report that became no event; the offsets are those of the words."""

    start: int
    end: int
    why: str
    #: The words that say so; empty where it is no word that decides.
    sign: str = ""


def list_left_out(reading: Reading) -> list[LeftOut]:
    """List what a report tells of that became no event, in the order of the text.

    What stands in a longer one is part of it.
    """
    found = {*_list_headline(reading), *_list_untold(reading), *_list_asides(reading)}
    found |= {*_list_claims(reading)}
    kept: list[LeftOut] = []
    for each in sorted({*found, *_list_lost(reading)}, key=lambda each: (each.start, -each.end)):
        if not kept or each.end > kept[-1].end:
            kept.append(each)
    return kept


def _list_headline(reading: Reading) -> Iterator[LeftOut]:
    end = reading.layout.headline_end
    if end and reading.happenings and any(each.start >= end for each in reading.tellings):
        yield LeftOut(0, end, "a headline, read only where the text tells of nothing")


def _list_asides(reading: Reading) -> Iterator[LeftOut]:
    """List what sentences deny, plan, remember or suppose, and those of games and exercises."""
    words, is_unreal = reading.setting.words, False
    for start, end in reading.sentences:
        low = reading.text[start:end].lower()
        is_unreal = tells_of_game(low, words, before=is_unreal)
        if is_unreal:
            game = words.signs.unreal.search(low)
            yield LeftOut(start, end, _UNREAL, "" if game is None else game.group())
            continue
        for each in find_asides(low, words):
            why, sign = _name_aside(low, each.start, words)
            yield LeftOut(start + each.start, start + each.end, why, sign)


def _name_aside(low: str, at: int, words: ReportWords) -> tuple[str, str]:
    """Say which kind of aside begins there, and with which words."""
    for kind in words.asides.entries:
        found = getattr(words.asides, kind).match(low, at)
        if found is not None:
            return kind, found.group()
    return "no news", ""


def _list_claims(reading: Reading) -> Iterator[LeftOut]:
    """List what only one side says, or nobody confirms."""
    for telling in (each for each in reading.tellings if each.kind == "claim"):
        sign = reading.setting.words.signs.unconfirmed.search(telling.text.lower())
        end = telling.start + len(telling.text.rstrip())
        yield LeftOut(telling.start, end, _CLAIMED, "" if sign is None else sign.group())


def _list_untold(reading: Reading) -> Iterator[LeftOut]:
    """List the parts of sentences that are background, or told of a day long ago."""
    for telling in _list_past(reading):
        low = telling.text.lower()
        found = (
            (why, getattr(reading.setting.words.signs, name).search(low))
            for name, why in _SIGNS.items()
        )
        why, sign = next(
            ((why, each.group()) for why, each in found if each is not None),
            ("of another time than the news, by its day or by what it follows", ""),
        )
        yield LeftOut(telling.start, telling.start + len(telling.text.rstrip()), why, sign)


def _list_past(reading: Reading) -> list[Telling]:
    """List what was told of long ago; nothing where a report tells of nothing else."""
    told = _list_read(reading)
    news, _ = leave_out_past(told, reading.setting, past=False)
    if not any(each.kind != "scene" for each in news) and reading.happenings:
        return [each for each in told if each.kind == "background"]
    kept = {id(each) for each in news}
    return [each for each in told if id(each) not in kept]


def _list_read(reading: Reading) -> list[Telling]:
    return [each for each in reading.tellings if each.start >= reading.layout.headline_end]


def _list_lost(reading: Reading) -> Iterator[LeftOut]:
    """List what happened somewhere that the report does not name."""
    news, _ = leave_out_past(_list_read(reading), reading.setting, past=False)
    state, waiting = NOTHING_READ, None
    for telling in news:
        new = take_telling(state, telling, reading.setting)
        if waiting is not None and _is_dropped(state, new):
            yield _lose(waiting)
        waiting = _follow_waiting(state, new, telling, waiting)
        state = new
    if waiting is not None and state.happenings:
        yield _lose(waiting)


def _is_dropped(state: State, new: State) -> bool:
    """Whether what waited for its place is gone, and became nothing."""
    return not _is_pending_same(state, new) and new.happenings is state.happenings


def _is_pending_same(state: State, new: State) -> bool:
    """Whether what waits for its place is what waited before, perhaps with more told of it."""
    if state.pending is None or new.pending is None:
        return False
    return new.pending.sentence == state.pending.sentence


def _follow_waiting(
    state: State, new: State, telling: Telling, waiting: Telling | None
) -> Telling | None:
    """Give the incident that waits for its place behind a telling."""
    if new.pending is None or not new.pending.event_type:
        return None
    return waiting if waiting is not None and _is_pending_same(state, new) else telling


def _lose(telling: Telling) -> LeftOut:
    end = telling.start + len(telling.text.rstrip())
    return LeftOut(telling.start, end, f"{telling.event_type or 'an outcome'}, but not where")


def explain_context(reading: Reading, number: int, left_out: Sequence[LeftOut]) -> str:
    """Say why nothing happened at a place of a report, by the number of its mention."""
    mention = reading.mentions[number]
    at = bisect_right(left_out, mention.start, key=lambda each: each.start) - 1
    if at >= 0 and mention.start < left_out[at].end:
        return f"named in what is left out: {left_out[at].why}"
    if mention.owns_next or (number and reading.mentions[number - 1].lies_in_next):
        return "says where another place is"
    if number == reading.setting.dated_from:
        return "the report is dated from there"
    return _explain_words_round(reading, mention)


def _explain_words_round(reading: Reading, mention: Mention) -> str:
    """Say which words round a place make it one where nothing happened."""
    first, last = reading.sentences[mention.sentence]
    scenes = reading.setting.words.scenes
    start = max(first, mention.start - _ROLE_LETTERS)
    before = reading.text[start : mention.start].lower().rstrip(" \"“'‘(")
    leads = [each.group() for each in scenes.away.finditer(before) if each.end() == len(before)]
    if leads:
        return f'somebody or something comes from it or goes to it ("{leads[0]}")'
    if scenes.distance_away.match(reading.text[mention.end : last].lower()):
        return "only its distance is told"
    return "nothing is told to have happened there"
