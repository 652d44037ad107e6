"""Tellings of the same happening made one, each with its place, day, type and toll."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.news.dates import When, find_date
from geosec.news.event_types import CALM, CIVILIANS, VIOLENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geosec.geocoding.placing.readings import Answer, Reading
    from geosec.news.tellings import Telling
    from geosec.news.tolls import Toll
    from geosec.news.vocabulary import ReportWords

_SAME_SITE_M = 3_000.0
_SAME_DAYS = 3  # an outcome told of another day than that is none of the last event
_COARSE = frozenset({"month", "year"})
_AREA_RULES = frozenset({"district", "province"})


@dataclass(frozen=True)
class Happening:
    """One event of a report.

    Attributes
    ----------
    place : int or None
        Number of the mention where it happened; None where the report names none.
    event_type : str
        ACLED event type.
    when : When
        Day, week, month or year.
    toll : Toll
        Killed and hurt, in people.
    sentence : str
        The sentence that first tells of it.
    dated : bool
        Whether the report gives the day, and not only its own date.
    summary : bool
        Whether it stands for several, told one by one later.
    sides : frozenset of bool
        Whose dead are counted: those who attacked, the others, or both.

    Examples
    --------
    >>> from datetime import date
    >>> Happening(0, "Battles", When(date(2025, 3, 11)), Toll(), "").summary
    False
    """

    place: int | None
    event_type: str
    when: When
    toll: Toll
    sentence: str
    dated: bool = False
    summary: bool = False
    sides: frozenset[bool] = frozenset()


class Story:
    """Happenings as they become known, telling by telling.

    Parameters
    ----------
    sites : sequence of Answer
        What each mention of the report means; footprints in EPSG:4326.
    published : datetime.date
        When the report was published.
    words : ReportWords
        Words for days.

    Examples
    --------
    >>> from datetime import date
    >>> from geosec.news.vocabulary import load_report_words
    >>> Story([], date(2025, 3, 12), load_report_words()).read([]).happenings
    []
    """

    def __init__(self, sites: Sequence[Answer], published: date, words: ReportWords) -> None:
        self.happenings: list[Happening] = []
        self._ats = sites
        self._published = published
        self._words = words
        self._last: int | None = None
        self._heard: When | None = None
        self._pending: Happening | None = None
        self._past = False
        self._certain = False  # whether the day is that of the event, and not of who spoke
        self._at: int | None = None

    def read(self, tellings: Iterable[Telling], fallback: int | None = None) -> Story:
        """Take in what a report tells.

        Parameters
        ----------
        tellings : iterable of Telling
            In the order of the text.
        fallback : int, optional
            Mention of the place the report is dated from; what has no place else happened there.

        Returns
        -------
        Story
            The same; sites stay in EPSG:4326.

        Examples
        --------
        >>> from datetime import date
        >>> from geosec.news.tellings import Telling
        >>> from geosec.news.vocabulary import load_report_words
        >>> told = Telling("mob", "A mob.", (), "Riots")
        >>> [found] = Story([], date(2025, 3, 12), load_report_words()).read([told]).happenings
        >>> found.place is None, found.when.day.isoformat()
        (True, '2025-03-12')
        """
        everything = list(tellings)
        self._read([each for each in everything if not self._is_past(each)], fallback)
        if not self.happenings:
            self._read(everything, fallback)
        return self

    def _read(self, tellings: list[Telling], fallback: int | None) -> None:
        for telling in tellings:
            when = self._date(telling)
            self._heard = when or self._heard
            if telling.accident and telling.follows and self._last is not None:
                continue
            if telling.accident:
                self._last = self._pending = self._at = None
            elif telling.site_only:
                self._seen(telling)
            elif telling.places:
                self._placed(telling, when)
            else:
                self._placeless(self._located(telling, fallback), when)
        if self._pending is not None and self._pending.event_type and not self.happenings:
            self.happenings.append(replace(self._pending, place=fallback))

    def _seen(self, telling: Telling) -> None:
        """Keep a place for what is told next; what was told before without a place is there."""
        self._at = telling.places[0]
        pending, self._pending = self._pending, None
        if pending is not None and pending.event_type:
            self._add(replace(pending, place=self._at), telling)
            self._at = None
        else:
            self._pending = pending

    def _located(self, telling: Telling, fallback: int | None) -> Telling:
        """Give what has no place that of the sentence before, or of the report."""
        if telling.event_type and telling.here and fallback is not None:
            return replace(telling, places=(fallback,))
        deadly = telling.toll.dead is not None or telling.toll.hurt is not None
        if telling.event_type and deadly and self._at is not None and self._pending is None:
            return replace(telling, places=(self._at,))
        return telling

    def _is_past(self, telling: Telling) -> bool:
        """Whether it is told of no day, long ago; what follows without a day belongs to it."""
        when = find_date(telling.text, self._published, None, self._words)
        if when is None:
            when = find_date(telling.sentence, self._published, None, self._words)
        if telling.background:
            self._past = True
            return True
        if when is None:
            self._past = self._past and not telling.places
            return self._past
        months_ago = (self._published.year - when.day.year) * 12
        months_ago += self._published.month - when.day.month
        self._past = when.precision in _COARSE and months_ago > 1
        return self._past

    def _date(self, telling: Telling) -> When | None:
        told = self.happenings[self._last].when if self._last is not None else self._heard
        for text in (telling.text, telling.sentence):
            said = self._words.spoken_on.sub(" ", text.lower())
            found = find_date(said, self._published, told, self._words)
            if found is not None:
                self._certain = True
                return found
        self._certain = False
        return find_date(telling.text, self._published, told, self._words)

    def _placeless(self, telling: Telling, when: When | None) -> None:
        """Add an outcome to what was told last; keep a beginning until its place is told."""
        if telling.places:
            self._placed(telling, when)
            return
        if self._last is not None and self._belongs(telling, when, self.happenings[self._last]):
            last = self.happenings[self._last]
            self.happenings[self._last] = self._with_outcome(last, telling, when)
            return
        new = self._new(telling, when, None)
        if self._pending is not None and not telling.another:
            new = _continued(self._pending, new, first=self._pending)
        self._pending = new

    def _with_outcome(self, last: Happening, telling: Telling, when: When | None) -> Happening:
        """Add to a happening the dead, the day and the graver type that are told of it later."""
        other_side = telling.foes not in last.sides and bool(last.sides)
        more = telling.another or telling.more or other_side
        told_now = when is not None and self._certain and not last.dated
        return replace(
            last,
            when=when if when is not None and told_now else last.when,
            dated=last.dated or told_now,
            event_type=_graver(last.event_type, telling),
            toll=last.toll + telling.toll if more else last.toll.take_larger(telling.toll),
            sides=last.sides | _sides(telling),
        )

    def _belongs(self, telling: Telling, when: When | None, last: Happening) -> bool:
        """Whether what has no place is told of the last happening."""
        if telling.event_type and telling.another:
            return False
        if when is None or not last.dated or when.precision != "day":
            return True
        return abs((when.day - last.when.day).days) <= _SAME_DAYS

    def _new(self, telling: Telling, when: When | None, place: int | None) -> Happening:
        told = self.happenings[self._last].when if self._last is not None else self._heard
        day = when or told or When(self._published)
        return Happening(
            place,
            telling.event_type,
            day,
            telling.toll,
            telling.sentence,
            when is not None and self._certain,
            telling.summary,
            _sides(telling),
        )

    def _placed(self, telling: Telling, when: When | None) -> None:
        self._at = None
        new = self._completed(self._new(telling, when, telling.places[0]), telling)
        if not new.event_type:
            return
        if len(telling.places) > 1:
            new = replace(new, toll=new.toll.share())
        for place in telling.places:
            self._add(replace(new, place=place), telling)

    def _completed(self, new: Happening, telling: Telling) -> Happening:
        """Give an outcome the type, and a place the beginning, that was told before."""
        pending, self._pending = self._pending, None
        if pending is not None and not telling.another and _alike(pending, new):
            new = _continued(pending, new, first=new)
        return replace(new, event_type=new.event_type or self._type_of_outcome(new.toll, telling))

    def _type_of_outcome(self, toll: Toll, telling: Telling) -> str:
        """Give an outcome the type of the last happening, unless it tells of a slaying itself."""
        low = telling.text.lower()
        follows = self._words.signs.follow.search(low) or telling.another
        slain = toll.dead and toll.dead.low and self._words.signs.slain.search(low)
        if slain and not (follows and self._last is not None):
            return CIVILIANS
        return self.happenings[self._last].event_type if self._last is not None else ""

    def _add(self, new: Happening, telling: Telling) -> None:
        """Join a happening to the one it tells of again, or append it."""
        for number in range(len(self.happenings) - 1, -1, -1):
            old = self.happenings[number]
            if not _alike(old, new) or _other_day(old, new):
                continue
            if old.summary and self._within(new.place, old.place):
                del self.happenings[number]
                break
            place = None if telling.another else self._common_place(old.place, new.place)
            if place is None:
                continue
            toll = old.toll.take_larger(new.toll)
            self.happenings[number] = replace(old, place=place, toll=toll)
            self._last = number
            return
        self.happenings.append(new)
        self._last = len(self.happenings) - 1

    def _common_place(self, old: int | None, new: int | None) -> int | None:
        """Give the finer of two places that may be the same; None where they are apart."""
        if self._same(old, new) or self._within(old, new):
            return old
        return new if self._within(new, old) else None

    def _same(self, one: int | None, two: int | None) -> bool:
        a, b = self._site(one), self._site(two)
        if a is None or b is None:
            return False
        if a.place_id == b.place_id:
            return True
        away_m = geodesic_distance_m(
            a.footprint.lon, a.footprint.lat, b.footprint.lon, b.footprint.lat
        )
        areal = {a.rule, b.rule} & _AREA_RULES
        return not areal and bool(away_m <= _SAME_SITE_M)

    def _within(self, fine: int | None, coarse: int | None) -> bool:
        """Whether one place lies in the district or province that the other is."""
        a, b = self._site(fine), self._site(coarse)
        if a is None or b is None or b.rule not in _AREA_RULES or b.footprint.shape is None:
            return False
        smaller = a.footprint.uncertainty_m < b.footprint.uncertainty_m
        return smaller and bool(shapely.covers(b.footprint.shape, a.footprint.point))

    def _site(self, place: int | None) -> Reading | None:
        readings = self._ats[place].readings if place is not None else ()
        return readings[0] if readings else None


def _sides(telling: Telling) -> frozenset[bool]:
    """Say whose dead a telling counts, if it counts any."""
    counted = telling.toll.dead is not None and telling.toll.dead.low > 0
    return frozenset({telling.foes}) if counted else frozenset()


def _graver(told: str, telling: Telling) -> str:
    """Give what was told as calm the type of those it killed."""
    deadly = telling.toll.dead is not None and telling.toll.dead.low > 0
    worse = told == CALM and deadly and telling.event_type in VIOLENT
    return telling.event_type if worse else told


def _alike(one: Happening, two: Happening) -> bool:
    """Whether two types may be two tellings of the same."""
    kinds = {one.event_type, two.event_type} - {""}
    return len(kinds) <= 1 or kinds <= set(VIOLENT)


def _continued(pending: Happening, new: Happening, *, first: Happening) -> Happening:
    """Give a happening what was told of it before; where both say, ``first`` decides."""
    second = pending if first is new else new
    dated = next((each for each in (first, second) if each.dated), new)
    return replace(
        new,
        event_type=first.event_type or second.event_type,
        toll=pending.toll.take_larger(new.toll),
        when=dated.when,
        dated=dated.dated,
        sentence=pending.sentence,
    )


def _other_day(one: Happening, two: Happening) -> bool:
    precise = one.when.precision == two.when.precision == "day"
    return one.dated and two.dated and precise and one.when.day != two.when.day
