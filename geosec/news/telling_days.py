"""The day of each telling, and which tellings are of long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.news.dates import ToldDate, find_date, find_day_of_event

if TYPE_CHECKING:
    from geosec.incidents.dates import RoughDate
    from geosec.news.setting import Setting
    from geosec.news.tellings import Telling
    from geosec.news.vocabulary import ReportWords

_COARSE = frozenset({"month", "year"})


def leave_out_past(
    tellings: list[Telling], setting: Setting, *, past: bool
) -> tuple[list[Telling], bool]:
    """Leave out what is told of long ago; say whether the last telling was."""
    news = []
    for telling in tellings:
        past = _is_past(telling, setting, before=past)
        if not past:
            news.append(telling)
    return news, past


def _is_past(telling: Telling, setting: Setting, *, before: bool) -> bool:
    """Whether it is told of no day, long ago; what follows without a day belongs to it."""
    if telling.kind == "background":
        return True
    told = _find_any_date(telling, setting)
    if told is None:
        return before and not telling.places
    when, published = told.when, setting.published
    if when.day > published:
        return True  # still to come
    months_ago = 12 * (published.year - when.day.year) + published.month - when.day.month
    return when.precision in _COARSE and months_ago > 1


def _find_any_date(telling: Telling, setting: Setting) -> ToldDate | None:
    """Find the date in the part that tells, or in its sentence, whatever it is of."""
    texts = (text for text, _ in _list_texts(telling, setting.words))
    found = (find_date(text, setting.published, None, setting.words) for text in texts)
    return next((told for told in found if told is not None), None)


def read_day(
    telling: Telling, day: RoughDate | None, setting: Setting
) -> tuple[ToldDate | None, bool]:
    """Read the day that a telling gives, and whether it is that of the event.

    ``day`` is that of what was told last. A day on which somebody only spoke is none of the event.
    """
    told = _find_first_date(telling, day, setting)
    if told is not None:
        return told, not _is_of_toll(told, telling)
    if setting.words.spoken_on.search(telling.text.lower()) is None:
        return None, False
    spoken = find_date(telling.text, setting.published, day, setting.words)
    return spoken and _shift(spoken, telling.start), False


def _is_of_toll(told: ToldDate, telling: Telling) -> bool:
    """Whether it is the day on which the toll rose, told behind it."""
    dead = telling.toll.dead
    is_behind = dead is not None and dead.told and told.start >= dead.told[-1][1]
    return telling.toll.is_whole and bool(is_behind)


def _find_first_date(telling: Telling, day: RoughDate | None, setting: Setting) -> ToldDate | None:
    """Find the date in the part that tells, or in its sentence, that is not when somebody spoke."""
    for text, start in _list_texts(telling, setting.words):
        found = find_day_of_event(text, setting.published, day, setting.words)
        if found is not None:
            return _shift(found, start)
    return None


def _shift(told: ToldDate, by: int) -> ToldDate:
    """Count the offsets of a date in the report."""
    return told._replace(start=told.start + by, end=told.end + by)


def _list_texts(telling: Telling, words: ReportWords) -> list[tuple[str, int]]:
    """Give the part, its sentence if that says more, and its label, if they may tell a day."""
    part, sentence = (telling.text, telling.start), (telling.sentence, telling.sentence_start)
    texts = (part,) if telling.text == telling.sentence else (part, sentence)
    texts = texts if telling.labelled is None else (*texts, telling.labelled)
    return [each for each in texts if words.any_date.search(each[0].lower())]
