"""When a report says something happened, against the day it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.news.vocabulary import ReportWords
    from geosec.schema import DatePrecision

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class When:
    """A day, or the first day of a longer time.

    Attributes
    ----------
    day : datetime.date
        The day, or the first of the week, month or year.
    precision : str
        ``day``, ``week``, ``month`` or ``year``.

    Examples
    --------
    >>> When(date(2025, 3, 11)).precision
    'day'
    """

    day: date
    precision: DatePrecision = "day"


def find_date(sentence: str, published: date, told: When | None, words: ReportWords) -> When | None:
    """Find when a sentence says something happened.

    Parameters
    ----------
    sentence : str
        In any case.
    published : datetime.date
        The day the report was published; no day it speaks of as past lies after it.
    told : When, optional
        When the event told before happened, for "the same day" and "a day earlier".
    words : ReportWords
        Names of days and months.

    Returns
    -------
    When or None
        None where the sentence does not say.

    Examples
    --------
    >>> from geosec.news.vocabulary import load_report_words
    >>> words = load_report_words()
    >>> find_date("killed on Tuesday", date(2025, 3, 12), None, words).day.isoformat()
    '2025-03-11'
    >>> find_date("a blast last month", date(2025, 3, 12), None, words)
    When(day=datetime.date(2025, 2, 1), precision='month')
    """
    low = sentence.lower()
    readers = (
        *(_iso, _night, _calendar, _of_month, _relative_to_told, _weekday),
        *(_ago, _unit, _near_day, _year),
    )
    for reader in readers:
        try:
            found = reader(low, published, told, words)
        except OverflowError:  # a day before the calendar begins, or after it ends
            found = None
        if found is not None:
            return found
    return None


def _iso(low: str, _: date, __: When | None, ___: ReportWords) -> When | None:
    found = _ISO.search(low)
    return _made(int(found[1]), int(found[2]), int(found[3])) if found else None


def _night(low: str, published: date, _: When | None, words: ReportWords) -> When | None:
    """Read "the night between Monday and Tuesday" as its second day, which most of it is."""
    days = _any(words.dates["weekdays"])
    found = re.search(rf"\bnight (?:between|of) (?:{days}) (?:and|&) (?P<day>{days})\b", low)
    if found is None:
        return None
    back = (published.weekday() - words.dates["weekdays"].index(found["day"])) % 7
    return When(published - timedelta(days=back))


def _of_month(low: str, published: date, _: When | None, __: ReportWords) -> When | None:
    """Read "on the 21st" as the latest day of that number."""
    found = re.search(r"\bon the (?P<day>\d{1,2})(?:st|nd|rd|th)\b", low)
    if found is None:
        return None
    month = published.replace(day=1)
    for _month in range(3):  # one of any three months has a 31st
        made = _made(month.year, month.month, int(found["day"]))
        if made is not None and made.day <= published:
            return made
        month = (month - timedelta(days=1)).replace(day=1)
    return None


def _calendar(low: str, published: date, _: When | None, words: ReportWords) -> When | None:
    """Read "March 3", "3rd of March 2025", "in March", "in 2019"."""
    months = words.dates["months"]
    month = _any(months) + "|" + "|".join(rf"{name[:3]}\.?" for name in months)
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    for pattern in (
        rf"\b(?P<month>{month})\s+{day}\b(?:,?\s+(?P<year>\d{{4}}))?",
        rf"\b{day}\s+(?:of\s+)?(?P<month>{month})\b(?:,?\s+(?P<year>\d{{4}}))?",
    ):
        found = re.search(pattern, low)
        if found:
            number = _month_number(found["month"], months)
            return _day_of(found["year"], number, int(found["day"]), published)
    return _in_month(low, published, words)


def _day_of(year: str | None, month: int, day: int, published: date) -> When | None:
    """Make a day of a calendar; without a year, the latest up to the publication."""
    if year:
        return _made(int(year), month, day)
    days = (_made(published.year - back, month, day) for back in range(9))
    return next((each for each in days if each and each.day <= published), None)


def _in_month(low: str, published: date, words: ReportWords) -> When | None:
    months = words.dates["months"]
    lead = rf"(?:{_any(words.dates['in_month'])})"
    found = re.search(rf"\b{lead}[ -](?P<month>{_any(months)})\b(?:\s+(?P<year>\d{{4}}))?", low)
    if found is None:
        return None
    number = _month_number(found["month"], months)
    year = int(found["year"] or published.year - (number > published.month))
    made = _made(year, number, 1)
    return None if made is None else When(made.day, "month")


def _year(low: str, published: date, _: When | None, __: ReportWords) -> When | None:
    """Read "in 2014"; the year of publication says nothing."""
    found = re.search(r"\b(?:in|since|of) (?P<year>(?:19|20)\d\d)\b", low)
    if found is None or int(found["year"]) >= published.year:
        return None
    return When(date(int(found["year"]), 1, 1), "year")


def _relative_to_told(
    low: str, published: date, told: When | None, words: ReportWords
) -> When | None:
    base = told or When(published)
    for shift, name in ((0, "same_day"), (-1, "day_before"), (1, "day_after")):
        if told is not None and re.search(rf"\b(?:{_any(words.dates[name])})\b", low):
            return When(base.day + timedelta(days=shift), base.precision)
    return None


def _weekday(low: str, published: date, _: When | None, words: ReportWords) -> When | None:
    """Take the latest such day up to the publication; "last week's Friday" a week before."""
    days = words.dates["weekdays"]
    found = re.search(rf"\b(?P<day>{_any(days)})\b", low)
    if not found:
        return None
    back = (published.weekday() - days.index(found["day"])) % 7
    before = low[: found.start()].rstrip()
    if back == 0 and before.endswith("last"):
        back = 7
    if re.search(r"\blast week\b", low):
        back += 7 if back <= published.weekday() else 0
    after = re.search(rf"\b(?:{_any(words.dates['after_day'])}) (?:the |an? )", low)
    if after is not None:
        own = "," in low[after.end() : found.start()]  # "a day after a blast, on Tuesday" or not
        back = back + 1 if own or found.start() < after.start() else max(back - 1, 0)
    return When(published - timedelta(days=back))


def _ago(low: str, published: date, told: When | None, words: ReportWords) -> When | None:
    """Read "three days ago", and "two days earlier" against what was told before."""
    units = {"day": 1, "week": 7}
    counts = {word: ends[0] for word, ends in words.quantities.items()}
    found = re.search(
        rf"\b(?P<n>\d+|{_any(counts)})\s+(?P<unit>day|week)s?\s+(?P<how>{_any(words.dates['ago'])})\b",
        low,
    )
    if not found:
        return None
    count = int(found["n"][:6]) if found["n"].isdigit() else counts[found["n"]]
    base = published if found["how"] == "ago" or told is None else told.day
    precision: DatePrecision = "day" if found["unit"] == "day" else "week"
    return When(base - timedelta(days=count * units[found["unit"]]), precision)


def _unit(low: str, published: date, _: When | None, words: ReportWords) -> When | None:
    """Read "last week", "earlier this month", "last year"."""
    how = _any((*words.dates["last"], *words.dates["this"]))
    found = re.search(rf"\b(?P<how>{how})\s+(?P<unit>week|month|year)\b", low)
    if not found:
        return None
    back = found["how"] in words.dates["last"]
    if found["unit"] == "week":
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return When(monday, "week")
    if found["unit"] == "month":
        first = published.replace(day=1)
        return When((first - timedelta(days=1)).replace(day=1) if back else first, "month")
    made = _made(published.year - back, 1, 1)
    return None if made is None else When(made.day, "year")


def _near_day(low: str, published: date, _: When | None, words: ReportWords) -> When | None:
    for shift, name in ((-1, "yesterday"), (0, "today")):
        if re.search(rf"\b(?:{_any(words.dates[name])})\b", low):
            return When(published + timedelta(days=shift))
    return None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _month_number(text: str, months: tuple[str, ...]) -> int:
    return next(n for n, name in enumerate(months, start=1) if name.startswith(text[:3]))


def _made(year: int, month: int, day: int) -> When | None:
    """Make a date, or None where the calendar has no such day."""
    try:
        return When(date(year, month, day))
    except ValueError:
        return None
