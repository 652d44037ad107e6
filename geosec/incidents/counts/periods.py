"""Periods of counts: weeks, months, quarters and years as tables write them, with both ends."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from geosec.incidents.cells import MISSING, Rejected, read_text
from geosec.incidents.dates import RoughDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Length = Literal["day", "week", "month", "quarter", "year"]
LENGTHS: tuple[Length, ...] = get_args(Length)
_DAYS = {"day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}  # the shortest of each
_WEEK = timedelta(days=6)
_ISO_WEEK = re.compile(r"(?:(\d{4})[\s_-]*)?w(?:eek|k)?[\s_-]*(\d{1,2})", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})[\s_-]*)?q(?:uarter|tr)?[\s_-]*(?P<number>[1-4])"
    r"(?:[\s_-]*(?P<later>\d{4}))?",
    re.IGNORECASE,
)
_COMPACT_MONTH = re.compile(r"(\d{4})(?:[mM]|(?=[01]\d$))(\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/-](\d{4})")
_SPAN = re.compile(r"(.+?)\s*(?:/|\bto\b|\u2013|\.\.|\s-\s)\s*(.+)")
_NUMBER = re.compile(r"(\d{1,4})(?:\.0+)?")
_TOTALS = frozenset({"total", "totals", "grand total", "all", "sum", "subtotal", "sub total"})
_LEAST_TOLD = 3  # days that agree, before they are taken for the first days of something


class Period(NamedTuple):
    """A first day and a last, both within."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def length(self) -> str:
        """What it is: a day, week, month, quarter or year; ``other`` where it is none."""
        if self.days == 1:
            return "day"
        if self.days == 7:
            return "week"
        for name in ("month", "quarter", "year"):
            if self == make_period(self.start, name):
                return name
        return "other"


def make_period(day: date, length: str) -> Period:
    """Make the period of a length that a day lies in; a week begins with the day itself."""
    if length == "day":
        return Period(day, day)
    if length == "week":
        return Period(day, day + _WEEK)
    months = {"month": 1, "quarter": 3, "year": 12}[length]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    end = date(day.year, last, calendar.monthrange(day.year, last)[1])
    return Period(date(day.year, first, 1), end)


class PeriodReader:
    """Read periods out of the cells that tell them, by their roles."""

    def __init__(self, *, day_first: bool | None, every: str | None) -> None:
        self._day_first = day_first
        self._every = every

    def read(self, cells: Mapping[str, Any]) -> Period:
        """Read the period of a row; raises `Rejected` where it is none, or may be two."""
        told = {role: text for role, value in cells.items() if (text := _tidy(value))}
        for role, text in told.items():
            if text.casefold() in _TOTALS:
                msg = f"{role} {text!r} is a total over periods, and would count them twice"
                raise Rejected(msg)
        try:
            return self._choose(told)
        except OverflowError:
            msg = f"{' '.join(told.values())!r} lies at the end of the calendar"
            raise Rejected(msg) from None

    def _choose(self, told: Mapping[str, str]) -> Period:
        """Take the columns that tell most: both ends, then a week, a month, a quarter, a year."""
        if "start" in told or "end" in told:
            return self._read_ends(told)
        readers = {
            "week": self._read_week,
            "week_end": self._read_week_end,
            "month": self._read_month,
            "quarter": self._read_quarter,
            "period": self._read_text,
            "date": self._read_date,
            "year": self._read_year,
        }
        for role, read in readers.items():
            if role in told:
                period = read(told[role], told.get("year"))
                self._check_year(period, told)
                return period
        msg = "no period"
        raise Rejected(msg)

    def _check_year(self, period: Period, told: Mapping[str, str]) -> None:
        """Refuse a period whose own year is another than the column of years says."""
        said = _read_number("year", told["year"]) if "year" in told else None
        if said is not None and said not in {period.start.year, period.end.year}:
            texts = ", ".join(f"{role} {text!r}" for role, text in told.items())
            msg = f"{texts} do not agree on the year"
            raise Rejected(msg)

    def _read_ends(self, told: Mapping[str, str]) -> Period:
        if "start" not in told:
            msg = f"the period ends on {told['end']!r} and has no start"
            raise Rejected(msg)
        start = self._parse(told["start"])
        if "end" not in told:
            return self._extend(start)
        end = self._parse(told["end"])
        period = Period(start.day, _take_last(end))
        if period.end < period.start:
            msg = f"the period ends on {told['end']!r}, before it starts on {told['start']!r}"
            raise Rejected(msg)
        return period

    def _extend(self, start: RoughDate) -> Period:
        return make_period(start.day, self._every or start.precision)

    def _parse(self, text: str) -> RoughDate:
        return parse_date(text, day_first=self._day_first)

    def _read_week(self, text: str, year: str | None) -> Period:
        """Read the first day of a week, or an ISO week: 2024-W05, or 5 beside a year."""
        found = _ISO_WEEK.fullmatch(text)
        number = _NUMBER.fullmatch(text)
        if found is None and number is not None and int(number[1]) <= 53 and year:
            return _make_iso_week(text, year, number[1])
        if found is not None:
            return _make_iso_week(text, found[1] or year, found[2])
        return make_period(self._parse_day(text), "week")

    def _read_week_end(self, text: str, _: str | None) -> Period:
        day = self._parse_day(text)
        return Period(day - _WEEK, day)

    def _parse_day(self, text: str) -> date:
        told = self._parse(text)
        if told.precision != "day":
            msg = f"week {text!r} names no day that it begins with; write it as 2025-03-08"
            raise Rejected(msg)
        return told.day

    def _read_month(self, text: str, year: str | None) -> Period:
        """Read a month by name or number beside a year, or with the year in it."""
        alone = text.isalpha() or _NUMBER.fullmatch(text) or text.rstrip(".").isalpha()
        if alone and len(text) < len("2024"):
            return self._join_month(text, year)
        if alone and text.rstrip(".").isalpha():
            return self._join_month(text, year)
        return self._read_as(text, "month")

    def _join_month(self, text: str, year: str | None) -> Period:
        if year is None:
            msg = f"month {text!r} has no year"
            raise Rejected(msg)
        number = _NUMBER.fullmatch(text)
        whole = _read_number("year", year)
        joined = f"{whole:04d}-{int(number[1]):02d}" if number else f"{text.rstrip('.')} {whole}"
        try:
            return make_period(parse_date(joined).day, "month")
        except Rejected:
            msg = f"month {text!r} is none; write a name, or a number from 1 to 12"
            raise Rejected(msg) from None

    def _read_as(self, text: str, length: str) -> Period:
        """Read a text that tells a day or more as the period of a length that it lies in."""
        period = self._read_text(text, None)
        around = make_period(period.start, length)
        if period.days > around.days or period.end > around.end:
            msg = f"{length} {text!r} is longer than a {length}"
            raise Rejected(msg)
        return around

    def _read_quarter(self, text: str, year: str | None) -> Period:
        number = _NUMBER.fullmatch(text)
        found = _QUARTER.fullmatch(f"Q{int(number[1])}" if number else text)
        if found is None:
            return self._read_as(text, "quarter")
        own = found["year"] or found["later"] or year
        if own is None:
            msg = f"quarter {text!r} has no year"
            raise Rejected(msg)
        return make_period(_make_day(text, own, 3 * int(found["number"])), "quarter")

    def _read_year(self, text: str, _: str | None) -> Period:
        return make_period(_make_day(text, text, 1), "year")

    def _read_date(self, text: str, _: str | None) -> Period:
        return self._extend(self._parse(text))

    def _read_text(self, text: str, year: str | None) -> Period:
        """Read any way to write a period, such as 2024-W05, 2024-Q1, 2024M01, 01/2024, Jan 2024."""
        if _ISO_WEEK.fullmatch(text):
            return self._read_week(text, year)
        if _QUARTER.fullmatch(text):
            return self._read_quarter(text, year)
        if found := _COMPACT_MONTH.fullmatch(text):
            return make_period(_make_day(text, found[1], int(found[2])), "month")
        if found := _MONTH_FIRST.fullmatch(text):
            return make_period(_make_day(text, found[2], int(found[1])), "month")
        try:
            return self._extend(self._parse(text))
        except Rejected:
            found = _SPAN.fullmatch(text)
            if found is None:
                raise
        return self._read_ends({"start": found[1], "end": found[2]})


def _tidy(value: Any) -> str:
    text = read_text(value) or ""
    return "" if text.casefold() in MISSING else text


def _read_number(name: str, text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if found is None:
        msg = f"{name} {text!r} is none"
        raise Rejected(msg)
    return int(found[1])


def _make_day(text: str, year: str, month: int) -> date:
    try:
        return date(_read_number("year", year), month, 1)
    except ValueError as error:
        msg = f"period {text!r} does not exist ({error})"
        raise Rejected(msg) from None


def _make_iso_week(text: str, year: str | None, week: str) -> Period:
    if not year:
        msg = f"week {text!r} has no year"
        raise Rejected(msg)
    try:
        first = date.fromisocalendar(_read_number("year", year), int(week), 1)
    except ValueError as error:
        msg = f"week {text!r} does not exist ({error})"
        raise Rejected(msg) from None
    return make_period(first, "week")


def _take_last(end: RoughDate) -> date:
    return end.day if end.precision == "day" else make_period(end.day, end.precision).end


def shorten_exclusive(periods: Iterable[Period]) -> dict[Period, Period]:
    """Find periods that end on the first day after them, and give each as it is meant.

    They are told by a week of eight days, or from the first of one month to the first of another,
    where no other period of the table ends on a last day.
    """
    several = [period for period in periods if period.days > 1]
    meant = {period: Period(period.start, period.end - timedelta(days=1)) for period in several}
    if several and all(meant[period].length != "other" for period in several):
        return {each: short for each, short in meant.items() if each.length == "other"}
    return {}


def guess_length(days: Iterable[date]) -> Length | None:
    """Guess what days of a column stand for, all being firsts of months, or one day of the week.

    None where they may be days; at least three different ones must agree.
    """
    known = sorted(set(days))
    if len(known) < _LEAST_TOLD:
        return None
    if all(day.day == 1 for day in known):
        if all(day.month == 1 for day in known):
            return "year"
        return "quarter" if all(day.month % 3 == 1 for day in known) else "month"
    return "week" if len({day.weekday() for day in known}) == 1 else None


def find_usual(periods: Mapping[Period, int]) -> str:
    """Find the length that most rows of a table have, of how many have which period.

    It is ``other`` where there is none.
    """
    counted: Counter[str] = Counter()
    for period, rows in periods.items():
        counted[period.length] += rows
    return counted.most_common(1)[0][0] if counted else "other"


def is_partial(period: Period, usual: str, until: date | None) -> bool:
    """Tell whether a period is cut short: by the last day covered, or as others are longer."""
    if until is not None and period.end > until:
        return True
    return usual in _DAYS and period.length != usual and period.days < _DAYS[usual]
