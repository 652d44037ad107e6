"""When a report says something happened, against the day it was published."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from geosec.incidents.dates import RoughDate
from geosec.news.date_patterns import compile_date_patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from geosec.news.date_patterns import DatePatterns
    from geosec.news.vocabulary import ReportWords
    from geosec.schema import DatePrecision

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/-])"
)
_OF_MONTH = re.compile(r"\bon the (?P<day>\d{1,2})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"\b(?:in|since|of) (?P<year>(?:19|20)\d\d)\b")
_LAST_WEEK = re.compile(r"\blast week\b")
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_MOST_AGO = 10_000  # of any unit; nobody counts further
_MOST_DAYS = 31
_LATEST = 12  # months of a year, above which a number is a day
_CENTURY = 100


class ToldDate(NamedTuple):
    """A date that a text tells, and the offsets of its words."""

    when: RoughDate
    start: int
    end: int
    #: Why the words are no day; then ``when`` is that of the publication.
    note: str = ""


def find_date(
    sentence: str, published: date, told: RoughDate | None, words: ReportWords
) -> ToldDate | None:
    """Find when a sentence says something happened; None where it does not say.

    ``told`` is when the event told before happened, for "the same day" and "a day earlier".
    """
    low = sentence.lower()
    patterns = compile_date_patterns(words)
    for read in _READERS:
        try:
            found = read(low, published, told, patterns)
        except OverflowError:  # a day before the calendar begins, or after it ends
            continue
        if found is not None:
            return found
    return None


def find_day_of_event(
    text: str, published: date, told: RoughDate | None, words: ReportWords
) -> ToldDate | None:
    """Find when something happened, and not when somebody spoke, from whose day is counted."""
    low = text.lower()
    spoken = words.spoken_on.search(low)
    if spoken is None:
        return find_date(low, published, told, words)
    base = find_date(spoken[0], published, None, words)
    unspoken = words.spoken_on.sub(_blank, low)
    return find_date(unspoken, base.when.day if base else published, told, words)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _tell(when: RoughDate | None, found: re.Match[str]) -> ToldDate | None:
    """Keep where a date is told; None where there is none."""
    return None if when is None else ToldDate(when, *found.span())


def _read_iso(low: str, _: date, __: RoughDate | None, ___: DatePatterns) -> ToldDate | None:
    found = _ISO.search(low)
    return _tell(_make_day(*map(int, found.groups())), found) if found else None


def _read_numeric(
    low: str, published: date, _: RoughDate | None, __: DatePatterns
) -> ToldDate | None:
    """Read "11/03/2025" as people in Pakistan write it, the day first, where it may be both."""
    found = _NUMERIC.search(low)
    if found is None:
        return None
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    if year < _CENTURY:
        year += published.year // _CENTURY * _CENTURY
    day, month = (second, first) if second > _LATEST >= first else (first, second)
    return _tell_or_refuse(_make_day(year, month, day), found, published)


def _tell_or_refuse(when: RoughDate | None, found: re.Match[str], published: date) -> ToldDate:
    """Keep where a date is told, and where the calendar has no such day that it has none."""
    if when is not None:
        return ToldDate(when, *found.span())
    note = f"{found.group().strip()!r} is no day of the calendar"
    return ToldDate(RoughDate(published), *found.span(), note)


def _read_night(
    low: str, published: date, _: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "the night between Monday and Tuesday" as its second day, which most of it is."""
    found = patterns.night.search(low)
    if found is None:
        return None
    back = (published.weekday() - patterns.words.weekdays.index(found["day"])) % 7
    return _tell(RoughDate(published - timedelta(days=back)), found)


def _read_calendar(
    low: str, published: date, _: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "March 3", "3rd of March 2025", "in March"; of "20-23 August" it is the first day."""
    found = patterns.month_day.search(low) or patterns.day_month.search(low)
    if found is None:
        return _read_month(low, published, patterns)
    month = _find_month(found["month"], patterns)
    day = int(found.groupdict().get("first") or found["day"])
    if day > _MOST_DAYS:
        return None
    return _tell_or_refuse(_find_day(found["year"], month, day, published), found, published)


def _find_day(year: str | None, month: int, day: int, published: date) -> RoughDate | None:
    """Make a day of a calendar; without a year, the latest up to the publication."""
    if year:
        return _make_day(int(year), month, day)
    days = (_make_day(published.year - back, month, day) for back in range(9))
    return next((each for each in days if each and each.day <= published), None)


def _read_month(low: str, published: date, patterns: DatePatterns) -> ToldDate | None:
    found = patterns.month.search(low)
    if found is None:
        return None
    number = _find_month(found["month"], patterns)
    year = int(found["year"] or published.year - (number > published.month))
    made = _make_day(year, number, 1)
    return None if made is None else _tell(RoughDate(made.day, "month"), found)


def _read_of_month(
    low: str, published: date, _: RoughDate | None, __: DatePatterns
) -> ToldDate | None:
    """Read "on the 21st" as the latest day of that number."""
    found = _OF_MONTH.search(low)
    if found is None:
        return None
    month = published.replace(day=1)
    for _month in range(3):  # one of any three months has a 31st
        made = _make_day(month.year, month.month, int(found["day"]))
        if made is not None and made.day <= published:
            return _tell(made, found)
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _read_told(
    low: str, _: date, told: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "the same day" and "a day earlier" against what was told before."""
    if told is None:
        return None
    for shift, pattern in patterns.told:
        found = pattern.search(low)
        if found is not None:
            return _tell(RoughDate(told.day + timedelta(days=shift), told.precision), found)
    return None


def _read_weekday(
    low: str, published: date, _: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Take the latest such day up to the publication; "last week's Friday" a week before."""
    found = patterns.hurt_in.search(low) or patterns.weekday.search(low)
    if found is None or patterns.coming.search(low, 0, found.start()):
        return None
    name = found[str(found.lastgroup)]
    back = (published.weekday() - _find_weekday(name, patterns)) % 7
    if back == 0 and low[: found.start()].rstrip().endswith("last"):
        back = 7
    if _LAST_WEEK.search(low):
        back += 7 if back <= published.weekday() else 0
    back += _count_days_after(low, found, back, patterns)
    span = found.span("day" if found.re is patterns.hurt_in else 0)
    return ToldDate(RoughDate(published - timedelta(days=back)), *span)


def _count_days_after(low: str, day: re.Match[str], back: int, patterns: DatePatterns) -> int:
    """Count by how many days "a day after a blast, on Tuesday" puts the blast before the day."""
    after = patterns.day_after.search(low)
    if after is None:
        return 0
    own = "," in low[after.end() : day.start()]
    if own or day.start() < after.start():
        return 1
    return -min(back, 1)


def _read_ago(
    low: str, published: date, told: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "three days ago", and "two days earlier" against what was told before."""
    found = patterns.ago.search(low)
    if found is None:
        return None
    count = min(
        int(found["n"][:6]) if found["n"].isdigit() else patterns.counts[found["n"]], _MOST_AGO
    )
    base = published if found["how"] == "ago" or told is None else told.day
    unit = found["unit"]
    if unit in _MONTHS:
        return _tell(
            _go_back(base, count * _MONTHS[unit], "month" if unit == "month" else "year"), found
        )
    precision: DatePrecision = "day" if unit == "day" else "week"
    return _tell(RoughDate(base - timedelta(days=count * _DAYS[unit]), precision), found)


def _go_back(base: date, months: int, precision: DatePrecision) -> RoughDate | None:
    """Go back some months, to the first day of a month or a year."""
    at = base.year * 12 + base.month - 1 - months
    return (
        None
        if at < 12
        else RoughDate(date(at // 12, at % 12 + 1 if precision == "month" else 1, 1), precision)
    )


def _read_unit(
    low: str, published: date, _: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "last week", "earlier this month", "last year"."""
    found = patterns.unit.search(low)
    if found is None:
        return None
    back = found["how"] in patterns.words.last
    if found["unit"] == "week":
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return _tell(RoughDate(monday, "week"), found)
    if found["unit"] == "month":
        first = published.replace(day=1)
        first = (first - timedelta(days=1)).replace(day=1) if back else first
        return _tell(RoughDate(first, "month"), found)
    made = _make_day(published.year - back, 1, 1)
    return None if made is None else _tell(RoughDate(made.day, "year"), found)


def _read_near_day(
    low: str, published: date, _: RoughDate | None, patterns: DatePatterns
) -> ToldDate | None:
    """Read "yesterday" and "this morning"."""
    for shift, pattern in patterns.near:
        found = pattern.search(low)
        if found is not None:
            return _tell(RoughDate(published + timedelta(days=shift)), found)
    return None


def _read_year(low: str, published: date, _: RoughDate | None, __: DatePatterns) -> ToldDate | None:
    """Read "in 2014"; the year of publication says nothing."""
    found = _YEAR.search(low)
    if found is None or int(found["year"]) >= published.year:
        return None
    return _tell(RoughDate(date(int(found["year"]), 1, 1), "year"), found)


#: The ways to say a day, the surest first.
_READERS: tuple[Callable[[str, date, RoughDate | None, DatePatterns], ToldDate | None], ...] = (
    _read_iso,
    _read_numeric,
    _read_night,
    _read_calendar,
    _read_of_month,
    _read_told,
    _read_weekday,
    _read_ago,
    _read_near_day,
    _read_unit,
    _read_year,
)


def _find_weekday(text: str, patterns: DatePatterns) -> int:
    """Find the number of a weekday by its first letters."""
    names = patterns.words.weekdays
    return next(n for n, name in enumerate(names) if name.startswith(text[:3]))


def _find_month(text: str, patterns: DatePatterns) -> int:
    """Find the number of a month by its first letters."""
    names = patterns.words.months
    return next(n for n, name in enumerate(names, start=1) if name.startswith(text[:3]))


def _make_day(year: int, month: int, day: int) -> RoughDate | None:
    """Make a date, or None where the calendar has no such day."""
    try:
        return RoughDate(date(year, month, day))
    except ValueError:
        return None
