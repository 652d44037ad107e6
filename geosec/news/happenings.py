"""A happening of a report, and how two tellings of it are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geosec.news.acled import CALM, PROTEST, RIOT, VIOLENT

if TYPE_CHECKING:
    from geosec.incidents.dates import RoughDate
    from geosec.news.dates import ToldDate
    from geosec.news.tellings import Side, Telling
    from geosec.news.tolls import Toll

_SAME_DAYS = 3  # an outcome told of another day than that is none of the last happening


class Happening(NamedTuple):
    """One event of a report."""

    #: Number of the mention where it happened; None where the report names none.
    place: int | None
    #: ACLED event type; empty while only an outcome is told.
    event_type: str
    when: RoughDate
    toll: Toll
    #: The sentence that first tells of it.
    sentence: str
    #: Offsets of the words that give the day; None where the report gives only its own date.
    day_told: tuple[int, int] | None = None
    #: Why these words are no day; empty where they are one.
    day_note: str = ""
    #: Whether it stands for several, told one by one later.
    several: bool = False
    #: Whether its dead come to those told before.
    is_more: bool = False
    #: Whether no place is told of it, and it is put where the report is dated from.
    is_guess: bool = False
    #: Whose dead are counted.
    sides: frozenset[Side] = frozenset()

    @property
    def dated(self) -> bool:
        """Whether the report gives the day."""
        return self.day_told is not None


def begin_happening(telling: Telling, when: RoughDate, told: ToldDate | None) -> Happening:
    """Make a happening of its first telling, without a place."""
    return Happening(
        place=None,
        event_type=telling.event_type,
        when=when,
        toll=telling.toll,
        sentence=telling.sentence,
        day_told=None if told is None else (told.start, told.end),
        day_note="" if told is None else told.note,
        several=telling.several,
        is_more=telling.more_dead,
        sides=_list_sides(telling),
    )


def _list_sides(telling: Telling) -> frozenset[Side]:
    return frozenset({telling.side}) if telling.toll.is_deadly else frozenset()


def has_outcome(last: Happening, telling: Telling, when: RoughDate | None) -> bool:
    """Whether a telling without a place, of that day, is an outcome of the last happening."""
    if telling.kind == "incident" and telling.another:
        return False
    if when is None or not last.dated or when.precision != "day":
        return True
    return abs((when.day - last.when.day).days) <= _SAME_DAYS


def add_outcome(last: Happening, telling: Telling, told: ToldDate | None) -> Happening:
    """Add to a happening the dead, the day and the graver type that are told of it later.

    ``told`` is the day of the telling, if it is that of the event and not of who spoke.
    """
    toll = _add_toll(last, telling)
    last = date_happening(last, told)
    graver = telling.event_type if _is_graver(last, telling) else last.event_type
    return last._replace(event_type=graver, toll=toll, sides=last.sides | _list_sides(telling))


def date_happening(happening: Happening, told: ToldDate | None) -> Happening:
    """Give a happening the day that is told of it, if it has none."""
    if told is None or happening.dated:
        return happening
    day = (told.start, told.end)
    return happening._replace(when=told.when, day_told=day, day_note=told.note)


def tell_again(old: Happening, new: Happening, place: int) -> Happening:
    """Join a happening and one that tells of it again, at the finer of their places."""
    dated = new if new.dated and not old.dated else old
    toll, sides = join_tolls(old, new), old.sides | new.sides
    old = old._replace(when=dated.when, day_told=dated.day_told, day_note=dated.day_note)
    return old._replace(place=place, toll=toll, sides=sides)


def _add_toll(last: Happening, telling: Telling) -> Toll:
    """Add the dead of others or of the other side; take the larger of two tellings of the same."""
    other_side = bool(last.sides) and telling.side not in last.sides
    is_more = telling.another or telling.more_dead or other_side
    if is_more and not (telling.toll.is_whole or last.toll.is_whole):
        return last.toll + telling.toll
    return last.toll.take_larger(telling.toll)


def _is_graver(last: Happening, telling: Telling) -> bool:
    """Whether something calm became deadly, or a protest a riot."""
    if last.event_type == PROTEST:
        return telling.event_type == RIOT
    return last.event_type == CALM and telling.toll.is_deadly and telling.event_type in VIOLENT


def continue_happening(pending: Happening, new: Happening, *, first: Happening) -> Happening:
    """Give a happening what was told of it before; where both say, ``first`` decides."""
    second = pending if first is new else new
    dated = next((each for each in (first, second) if each.dated), new)
    return new._replace(
        event_type=first.event_type or second.event_type,
        toll=pending.toll + new.toll
        if _are_of_two_sides(pending, new)
        else pending.toll.take_larger(new.toll),
        when=dated.when,
        day_told=dated.day_told,
        day_note=dated.day_note,
        sentence=pending.sentence,
        sides=pending.sides | new.sides,
    )


def _are_of_two_sides(one: Happening, two: Happening) -> bool:
    """Whether two tellings count the dead of two sides."""
    return bool(one.sides and two.sides and not one.sides & two.sides)


def join_tolls(old: Happening, new: Happening) -> Toll:
    """Join two tellings of one happening: others and another side come to those told before."""
    if (new.is_more or _are_of_two_sides(old, new)) and not (
        old.toll.is_whole or new.toll.is_whole
    ):
        return old.toll + new.toll
    return old.toll.take_larger(new.toll)


def are_alike(one: Happening, two: Happening) -> bool:
    """Whether two types may be two tellings of the same."""
    a, b = one.event_type, two.event_type
    return a == b or not (a and b) or (a in VIOLENT and b in VIOLENT)


def are_days_apart(one: Happening, two: Happening) -> bool:
    """Whether two happenings are told of two days, each to the day."""
    precise = one.when.precision == two.when.precision == "day"
    return one.dated and two.dated and precise and one.when.day != two.when.day
