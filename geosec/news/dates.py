"""When a report says something happened, against the day it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from geosec.incidents.dates import RoughDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geosec.news.vocabulary import DateWords, Pattern, ReportWords
    from geosec.schema import DatePrecision

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_OF_MONTH = re.compile(r"\bon the (?P<day>\d{1,2})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"\b(?:in|since|of) (?P<year>(?:19|20)\d\d)\b")
_LAST_WEEK = re.compile(r"\blast week\b")
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, eq=False)
class _DatePatterns:
    """The words for days of a language, made patterns."""

    words: DateWords
    #: How many "three" is.
    counts: dict[str, int]
    #: What every date has in it, one or the other: a sentence without any has none.
    any_date: Pattern
    night: Pattern
    month_day: Pattern
    day_month: Pattern
    month: Pattern
    #: Days from that of what was told before, and how they are said.
    told: tuple[tuple[int, Pattern], ...]
    weekday: Pattern
    day_after: Pattern
    ago: Pattern
    unit: Pattern
    #: Days from the publication, and how they are said.
    near: tuple[tuple[int, Pattern], ...]


@cache
def _compile_patterns(words: ReportWords) -> _DatePatterns:
    """Compile the patterns of a language, once."""
    dates = words.dates
    counts = {word: ends[0] for word, ends in words.quantities.items()}
    days, months = _join(dates.weekdays), _join(dates.months)
    short = "|".join(rf"{name[:3]}\.?" for name in dates.months)
    month, day = rf"(?P<month>{months}|{short})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    year = r"(?:,?\s+(?P<year>\d{4}))?"
    count = rf"(?P<n>\d+|{_join(counts)})"
    how = _join((*dates.last, *dates.this))
    told = (dates.same_day, dates.day_before, dates.day_after)
    near = (dates.yesterday, dates.today)
    named = (*dates.weekdays, *(name[:3] for name in dates.months), *_DAYS, "month", "year")
    every = _join({*named, *(entry for each in (*told, *near) for entry in each)})
    return _DatePatterns(
        words=dates,
        counts=counts,
        any_date=re.compile(rf"\d|\b(?:{every})"),
        night=re.compile(rf"\bnight (?:between|of) (?:{days}) (?:and|&) (?P<day>{days})\b"),
        month_day=re.compile(rf"\b{month}\s+{day}\b{year}"),
        day_month=re.compile(rf"\b{day}\s+(?:of\s+)?{month}\b{year}"),
        month=re.compile(
            rf"\b(?:{_join(dates.in_month)})[ -](?P<month>{months})\b(?:\s+(?P<year>\d{{4}}))?"
        ),
        told=tuple(zip((0, -1, 1), map(_compile_any, told), strict=True)),
        weekday=re.compile(rf"\b(?P<day>{days})\b"),
        day_after=re.compile(rf"\b(?:{_join(dates.after_day)}) (?:the |an? )"),
        ago=re.compile(rf"\b{count}\s+(?P<unit>day|week)s?\s+(?P<how>{_join(dates.ago)})\b"),
        unit=re.compile(rf"\b(?P<how>{how})\s+(?P<unit>week|month|year)\b"),
        near=tuple(zip((-1, 0), map(_compile_any, near), strict=True)),
    )


def _join(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _compile_any(words: Iterable[str]) -> Pattern:
    return re.compile(rf"\b(?:{_join(words)})\b")


def find_date(
    sentence: str, published: date, told: RoughDate | None, words: ReportWords
) -> RoughDate | None:
    """Find when a sentence says something happened; None where it does not say.

    ``told`` is when the event told before happened, for "the same day" and "a day earlier".
    """
    low = sentence.lower()
    patterns = _compile_patterns(words)
    if patterns.any_date.search(low) is None:
        return None
    for read in _READERS:
        try:
            found = read(low, published, told, patterns)
        except OverflowError:  # a day before the calendar begins, or after it ends
            continue
        if found is not None:
            return found
    return None


def _read_iso(low: str, _: date, __: RoughDate | None, ___: _DatePatterns) -> RoughDate | None:
    found = _ISO.search(low)
    return _make_day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _read_night(
    low: str, published: date, _: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "the night between Monday and Tuesday" as its second day, which most of it is."""
    found = patterns.night.search(low)
    if found is None:
        return None
    back = (published.weekday() - patterns.words.weekdays.index(found["day"])) % 7
    return RoughDate(published - timedelta(days=back))


def _read_calendar(
    low: str, published: date, _: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "March 3", "3rd of March 2025", "in March", "in March 2019"."""
    found = patterns.month_day.search(low) or patterns.day_month.search(low)
    if found is None:
        return _read_month(low, published, patterns)
    month = _find_month(found["month"], patterns)
    return _find_day(found["year"], month, int(found["day"]), published)


def _find_day(year: str | None, month: int, day: int, published: date) -> RoughDate | None:
    """Make a day of a calendar; without a year, the latest up to the publication."""
    if year:
        return _make_day(int(year), month, day)
    days = (_make_day(published.year - back, month, day) for back in range(9))
    return next((each for each in days if each and each.day <= published), None)


def _read_month(low: str, published: date, patterns: _DatePatterns) -> RoughDate | None:
    found = patterns.month.search(low)
    if found is None:
        return None
    number = _find_month(found["month"], patterns)
    year = int(found["year"] or published.year - (number > published.month))
    made = _make_day(year, number, 1)
    return None if made is None else RoughDate(made.day, "month")


def _read_of_month(
    low: str, published: date, _: RoughDate | None, __: _DatePatterns
) -> RoughDate | None:
    """Read "on the 21st" as the latest day of that number."""
    found = _OF_MONTH.search(low)
    if found is None:
        return None
    month = published.replace(day=1)
    for _month in range(3):  # one of any three months has a 31st
        made = _make_day(month.year, month.month, int(found["day"]))
        if made is not None and made.day <= published:
            return made
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _read_told(
    low: str, _: date, told: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "the same day" and "a day earlier" against what was told before."""
    if told is None:
        return None
    for shift, pattern in patterns.told:
        if pattern.search(low):
            return RoughDate(told.day + timedelta(days=shift), told.precision)
    return None


def _read_weekday(
    low: str, published: date, _: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Take the latest such day up to the publication; "last week's Friday" a week before."""
    found = patterns.weekday.search(low)
    if found is None:
        return None
    back = (published.weekday() - patterns.words.weekdays.index(found["day"])) % 7
    if back == 0 and low[: found.start()].rstrip().endswith("last"):
        back = 7
    if _LAST_WEEK.search(low):
        back += 7 if back <= published.weekday() else 0
    after = patterns.day_after.search(low)
    if after is not None:
        own = "," in low[after.end() : found.start()]  # "a day after a blast, on Tuesday" or not
        back = back + 1 if own or found.start() < after.start() else max(back - 1, 0)
    return RoughDate(published - timedelta(days=back))


def _read_ago(
    low: str, published: date, told: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "three days ago", and "two days earlier" against what was told before."""
    found = patterns.ago.search(low)
    if found is None:
        return None
    count = int(found["n"][:6]) if found["n"].isdigit() else patterns.counts[found["n"]]
    base = published if found["how"] == "ago" or told is None else told.day
    precision: DatePrecision = "day" if found["unit"] == "day" else "week"
    return RoughDate(base - timedelta(days=count * _DAYS[found["unit"]]), precision)


def _read_unit(
    low: str, published: date, _: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "last week", "earlier this month", "last year"."""
    found = patterns.unit.search(low)
    if found is None:
        return None
    back = found["how"] in patterns.words.last
    if found["unit"] == "week":
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return RoughDate(monday, "week")
    if found["unit"] == "month":
        first = published.replace(day=1)
        return RoughDate((first - timedelta(days=1)).replace(day=1) if back else first, "month")
    made = _make_day(published.year - back, 1, 1)
    return None if made is None else RoughDate(made.day, "year")


def _read_near_day(
    low: str, published: date, _: RoughDate | None, patterns: _DatePatterns
) -> RoughDate | None:
    """Read "yesterday" and "this morning"."""
    for shift, pattern in patterns.near:
        if pattern.search(low):
            return RoughDate(published + timedelta(days=shift))
    return None


def _read_year(
    low: str, published: date, _: RoughDate | None, __: _DatePatterns
) -> RoughDate | None:
    """Read "in 2014"; the year of publication says nothing."""
    found = _YEAR.search(low)
    if found is None or int(found["year"]) >= published.year:
        return None
    return RoughDate(date(int(found["year"]), 1, 1), "year")


#: The ways to say a day, the surest first.
_READERS: tuple[Callable[[str, date, RoughDate | None, _DatePatterns], RoughDate | None], ...] = (
    _read_iso,
    _read_night,
    _read_calendar,
    _read_of_month,
    _read_told,
    _read_weekday,
    _read_ago,
    _read_unit,
    _read_near_day,
    _read_year,
)


def _find_month(text: str, patterns: _DatePatterns) -> int:
    """Find the number of a month by its first letters."""
    names = patterns.words.months
    return next(n for n, name in enumerate(names, start=1) if name.startswith(text[:3]))


def _make_day(year: int, month: int, day: int) -> RoughDate | None:
    """Make a date, or None where the calendar has no such day."""
    try:
        return RoughDate(date(year, month, day))
    except ValueError:
        return None
