"""The story of a report: what happened, as it becomes known telling by telling.

A story is a fold. `take_telling` gives the state behind each telling from the state before it, and
changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geosec.incidents.dates import RoughDate
from geosec.news.acled import ACCIDENT, BATTLE, CALM, CIVILIANS, VIOLENT
from geosec.news.common_place import (
    find_common_place,
    find_near_place,
    is_within,
    keep_finest,
    list_near,
)
from geosec.news.happenings import (
    Happening,
    add_outcome,
    are_alike,
    are_days_apart,
    begin_happening,
    continue_happening,
    date_happening,
    has_outcome,
    tell_again,
)
from geosec.news.telling_days import leave_out_past, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.news.dates import ToldDate
    from geosec.news.setting import Setting
    from geosec.news.tellings import Telling
    from geosec.news.vocabulary import ReportWords

_THE_SAME = re.compile(r"\W*the (?:blast|explosion|fire|incident|collapse|crash)\b")


class State(NamedTuple):
    """What is known when a report is read so far."""

    happenings: tuple[Happening, ...] = ()
    #: Number of the happening that was told of last.
    last: int | None = None
    #: The day that was told last.
    heard: RoughDate | None = None
    #: A beginning whose place is not told yet.
    pending: Happening | None = None
    #: A place that was told alone, for what is told next.
    place: int | None = None
    #: Whether what was told last is long ago.
    past: bool = False


NOTHING_READ = State()


def read_tellings(
    tellings: Iterable[Telling], setting: Setting, state: State = NOTHING_READ
) -> State:
    """Read what a report tells: its news, and its past only where it begins with that."""
    told = list(tellings)
    news, past = leave_out_past(told, setting, past=state.past)
    begins_with_news = bool(told) and told[0] in news[:1]
    state = _take_tellings(state._replace(past=past), news, setting)
    if state.happenings or begins_with_news or not told or told[0].start > setting.lead_end:
        return state
    return _take_tellings(state, told, setting)


def _take_tellings(state: State, tellings: list[Telling], setting: Setting) -> State:
    for telling in tellings:
        state = take_telling(state, telling, setting)
    pending = state.pending
    if pending is not None and pending.event_type and not state.happenings:
        return state._replace(happenings=(_guess_place(pending, setting),))
    return state


def _guess_place(pending: Happening, setting: Setting) -> Happening:
    """Put what has no place where the report is dated from."""
    return pending._replace(place=setting.dated_from, is_guess=True)


def take_telling(state: State, telling: Telling, setting: Setting) -> State:
    """Take in one telling: by its kind, then by its place, then by what was told last."""
    told, is_its_day = read_day(telling, _get_day(state), setting)
    if told is not None:
        state = state._replace(heard=told.when)
    if telling.kind == "claim":
        return _take_claim(state, telling, setting.words)
    if telling.kind == "scene":
        return _take_scene(state, telling.places[0], told if is_its_day else None, setting)
    if _is_told_already(state, telling, setting.words):
        return state
    if _is_of_accident(state, telling):
        telling = telling._replace(event_type=ACCIDENT)
    if telling.event_type == ACCIDENT:
        state = _begin_accident(state)
    return _take_event(state, telling, told, setting, is_its_day=is_its_day)


def _take_event(
    state: State, telling: Telling, told: ToldDate | None, setting: Setting, *, is_its_day: bool
) -> State:
    """Take in what happened, or what came of it: at its place, or at that told last."""
    when = None if told is None else told.when
    day = when or _get_day(state) or RoughDate(setting.published)
    new = begin_happening(telling, day, told if is_its_day else None)
    places = telling.places or _find_places(state, telling, setting)
    if places:
        return _take_placed(state, telling, new, places, setting)
    last = _get_last(state)
    if last is not None and has_outcome(last, telling, when):
        return _change_last(state, add_outcome(last, telling, told if is_its_day else None))
    return _take_beginning(state, telling, new)


def _take_claim(state: State, telling: Telling, words: ReportWords) -> State:
    """Make the dead of what was told last a range, where another side tells of others."""
    last, claim = _get_last(state), telling.toll.dead
    if last is None or claim is None or last.toll.dead is None:
        return state
    fewer = words.signs.fewer.search(telling.text.lower()) is not None
    dead = last.toll.dead.widen(claim, fewer=fewer)
    return _change_last(state, last._replace(toll=replace(last.toll, dead=dead)))


def _is_of_accident(state: State, telling: Telling) -> bool:
    """Whether "the blast" is that of a boiler, which was told before."""
    last = state.pending or _get_last(state)
    is_accident = last is not None and last.event_type == ACCIDENT
    return is_accident and _THE_SAME.match(telling.text.lower()) is not None


def _is_told_already(state: State, telling: Telling, words: ReportWords) -> bool:
    """Whether a mishap or a fight that goes on is of what was told last, and counts nobody."""
    if telling.kind == "mishap":
        return _came_of_attack(state)
    last = _get_last(state)
    if last is None or last.event_type != BATTLE or telling.toll.is_deadly:
        return False
    return words.signs.goes_on.search(telling.text.lower()) is not None


def _came_of_attack(state: State) -> bool:
    """Whether what was told last is no accident, of which a mishap may have come."""
    last = _get_last(state) or state.pending
    return last is not None and last.event_type in {*VIOLENT, CALM}


def _begin_accident(state: State) -> State:
    """Forget what was told, if it was no accident: what follows belongs to this one."""
    last = _get_last(state) or state.pending
    if last is None or last.event_type in {ACCIDENT, ""}:
        return state
    return state._replace(last=None, pending=None, place=None)


def _get_day(state: State) -> RoughDate | None:
    """Give the day of what was told last."""
    last = _get_last(state)
    return last.when if last is not None else state.heard


def _take_scene(state: State, place: int, told: ToldDate | None, setting: Setting) -> State:
    """Keep a place for what is told next; what was told before without a place is there."""
    pending = state.pending
    if pending is None or not pending.event_type:
        return state._replace(place=place)
    state = state._replace(pending=None, place=None)
    pending = date_happening(pending, told)._replace(place=place)
    return _add(state, pending, setting, apart=False)


def _find_places(state: State, telling: Telling, setting: Setting) -> tuple[int, ...]:
    """Find where an incident is that names no place: where the report is from, or just told."""
    if telling.kind not in {"incident", "mishap"}:
        return ()
    if telling.here and setting.dated_from is not None:
        return (setting.dated_from,)
    counted = telling.toll.dead is not None or telling.toll.hurt is not None
    if counted and state.place is not None and state.pending is None:
        return (state.place,)
    if telling.there is not None and (telling.another or _get_last(state) is None):
        return (telling.there,)
    return ()


def _take_placed(
    state: State, telling: Telling, new: Happening, places: tuple[int, ...], setting: Setting
) -> State:
    """Add what happened at one or several places, which share their dead."""
    pending = state.pending
    if pending is not None and not telling.another and are_alike(pending, new):
        new = continue_happening(pending, new, first=new)
    places = keep_finest(places, setting.sites) if len(places) > 1 else places
    event_type = new.event_type or _find_outcome_type(new, telling, state, setting.words)
    state = state._replace(pending=None, place=None)
    if not event_type:
        return state
    toll = new.toll.share() if len(places) > 1 else new.toll
    for place in places:
        at_place = new._replace(place=place, event_type=event_type, toll=toll)
        again = _tell_again(state, at_place, telling, setting)
        state = again or _add(state, at_place, setting, apart=telling.another)
    return state


def _tell_again(state: State, new: Happening, telling: Telling, setting: Setting) -> State | None:
    """Tell better where the last happening was: "They were shot dead in Topi"; None if it does not.

    It does where it speaks of the same attack or the same people, counts no others, and is near.
    """
    last = _get_last(state)
    if last is None or telling.another or not setting.words.signs.again.match(telling.text.lower()):
        return None
    dead, known = telling.toll.dead, last.toll.dead
    if dead is not None and (known is None or dead.low > known.low):
        return None
    place = find_near_place(last.place, new.place, setting.sites)
    if place is None or not are_alike(last, new) or are_days_apart(last, new):
        return None
    return _change_last(state, tell_again(last, new, place))


def _find_outcome_type(new: Happening, telling: Telling, state: State, words: ReportWords) -> str:
    """Give an outcome the type of the last happening, unless it tells of a slaying itself."""
    low, last = telling.text.lower(), _get_last(state)
    if len(new.sides) > 1 or words.people.militants_killed.search(low):
        return BATTLE
    if new.toll.is_deadly and words.signs.slain.search(low):
        follows = telling.another or words.signs.follow.search(low)
        if last is None or not follows:
            return CIVILIANS
    return last.event_type if last is not None else ""


def _get_last(state: State) -> Happening | None:
    return None if state.last is None else state.happenings[state.last]


def _change_last(state: State, changed: Happening) -> State:
    happenings = list(state.happenings)
    happenings[state.last or 0] = changed
    return state._replace(happenings=tuple(happenings))


def _take_beginning(state: State, telling: Telling, new: Happening) -> State:
    """Keep what has no place until its place is told."""
    pending = state.pending
    if pending is not None and not telling.another:
        new = continue_happening(pending, new, first=pending)
    return state._replace(pending=new)


def _join_calm(state: State, new: Happening, setting: Setting, *, apart: bool) -> State | None:
    """Join something calm, of no day of its own, to what happened at that place; None if apart."""
    last = _get_last(state)
    if new.event_type != CALM or apart or new.dated:
        return None
    if last is None or last.event_type not in VIOLENT:
        return None
    place = find_common_place(last.place, new.place, setting.sites)
    return None if place is None else _change_last(state, last._replace(place=place))


def _add(state: State, new: Happening, setting: Setting, *, apart: bool) -> State:
    """Join a happening to the one it tells of again, or append it; ``apart`` it is another one."""
    joined = _join_calm(state, new, setting, apart=apart)
    if joined is not None:
        return joined
    happenings = list(state.happenings)
    for number in list_near([old.place for old in happenings], new.place, setting.sites):
        old = happenings[number]
        if not are_alike(old, new) or are_days_apart(old, new):
            continue
        if old.several and is_within(new.place, old.place, setting.sites):
            del happenings[number]  # the several are told one by one
            break
        place = None if apart else find_common_place(old.place, new.place, setting.sites)
        if place is not None:
            happenings[number] = tell_again(old, new, place)
            return state._replace(happenings=tuple(happenings), last=number)
    happenings.append(new)
    return state._replace(happenings=tuple(happenings), last=len(happenings) - 1)
