"""Dates as far as they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.incidents.cells import MISSING, Rejected, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geosec.schema import DatePrecision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_TIME = r"(?:[T ]\s*[\d:.]+\s*(?:[ap]\.?m\.?|Z|[+-][\d:]+)?)?"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}}){_TIME})?)?", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/-]+)?(?P<month>[A-Za-z]+)\.?"
    r"(?:[\s/-]+(?P<later>\d{1,2})(?:st|nd|rd|th)?)?[\s,/-]+(?P<year>\d{4})"
)
_NUMERIC = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{2}}|\d{{4}}){_TIME}", re.IGNORECASE)
_SHORT_YEAR = re.compile(rf"\d{{1,2}}[\s/-]+({'|'.join(_MONTHS)})[\s/-]+\d{{2}}", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_MONTHS_OF_YEAR = 12
TWO_DAYS = "may be day/month or month/day"  #: why a date is rejected that another may explain


@dataclass(frozen=True)
class RoughDate:
    """A day, or the first day of the week, month or year that is known."""

    day: date
    precision: DatePrecision = "day"


def parse_date(value: Any, *, day_first: bool | None = None) -> RoughDate:
    """Read a date that can be read in one way only, such as ``2025-03`` or ``11 March 2025``.

    Of 03/04/2025, `day_first` says which the day is; 13/02/2025 says it itself. Raises `Rejected`
    if it is missing, impossible, could be two dates, or is not in the order that is said.
    """
    if isinstance(value, (datetime, date)) and not pd.isna(value):
        try:
            return RoughDate(pd.Timestamp(value).date(), "day")
        except (NotImplementedError, ValueError, OverflowError):
            msg = f"date {value} is in no year that a calendar has"
            raise Rejected(msg) from None
    text = read_text(value) or ""
    if text.casefold() in MISSING:
        msg = "no date"
        raise Rejected(msg)
    if found := _ISO.fullmatch(text):
        return _make_date(text, found[1], found[2], found[3])
    if found := _YEAR_FIRST.fullmatch(text):
        return _make_date(text, found[1], found[3], found[4])
    if found := _NUMERIC.fullmatch(text):
        return _read_numeric(text, found, day_first=day_first)
    return _read_date_in_words(text)


def _read_numeric(text: str, found: re.Match[str], *, day_first: bool | None) -> RoughDate:
    """Read 13/02/2025, and 03/04/2025 where it is known which of the two the day is."""
    first, second, year = found[1], found[3], found[4]
    if len(year) == len("25"):
        msg = f"date {text!r} has a year of two digits, and may be three dates; write 2025-03-11"
        raise Rejected(msg)
    only = _tell_order(int(first), int(second))
    may_be_two = int(first) != int(second) and int(first) <= _MONTHS_OF_YEAR
    if day_first is None and only is None and may_be_two:
        msg = (
            f"date {text!r} {TWO_DAYS}; say which with `day_first=True` or `day_first=False`, or "
            "write it as 2025-03-11"
        )
        raise Rejected(msg)
    if only is not None and day_first is not None and only != day_first:
        said = "the day" if day_first else "the month"
        msg = f"date {text!r} does not begin with {said}, as `day_first={day_first}` says"
        raise Rejected(msg)
    leads = only if day_first is None else day_first
    day, month = (second, first) if leads is False else (first, second)
    return _make_date(text, year, month, day)


def tell_dotted_order(cells: Iterable[Any]) -> tuple[bool, str] | None:
    """Tell whether the day leads in dates such as 03.04.2025, and one such as 29.02.2024 that says.

    None where none of them says so, two contradict each other, or others stand with no dots: they
    were not written by one hand.
    """
    shown: dict[bool, str] = {}
    for text in (read_text(cell) or "" for cell in cells):
        found = _NUMERIC.fullmatch(text)
        if found is None:
            continue
        order = _tell_order(int(found[1]), int(found[3]))
        if found[2] != ".":
            return None
        if order is not None:
            shown.setdefault(order, text)
    return next(iter(shown.items())) if len(shown) == 1 else None


def _tell_order(first: int, second: int) -> bool | None:
    """Tell whether the day stands first, by what is no month; None where either may."""
    if (first > _MONTHS_OF_YEAR) == (second > _MONTHS_OF_YEAR):
        return None
    return first > _MONTHS_OF_YEAR


def _read_date_in_words(text: str) -> RoughDate:
    """Read "16 May 2025", "May 16, 2025" or "May 2025"."""
    found = _WORDS.fullmatch(text)
    if found is None or found["month"].casefold() not in _MONTHS:
        if _SHORT_YEAR.fullmatch(text):
            msg = f"date {text!r} has a year of two digits; write 2025-03-11"
            raise Rejected(msg)
        remedy = "write it as 2025-03-11, or 2025-03 where the day is not known"
        if _DAY_NUMBER.fullmatch(text):
            remedy = "if it is how a spreadsheet counts days, give its cells the format of a date"
        msg = f"date {text!r} is none; {remedy}"
        raise Rejected(msg)
    if found["day"] and found["later"]:
        msg = f"date {text!r} names two days, {found['day']} and {found['later']}; write one"
        raise Rejected(msg)
    month = str(_MONTHS[found["month"].casefold()])
    return _make_date(text, found["year"], month, found["day"] or found["later"])


def _make_date(text: str, year: str, month: str | None, day: str | None) -> RoughDate:
    precision: DatePrecision = "day" if day else "month" if month else "year"
    try:
        return RoughDate(date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError as error:
        msg = f"date {text!r} does not exist ({error})"
        raise Rejected(msg) from None
