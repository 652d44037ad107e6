"""Dates as far as they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.incidents.cells import MISSING, Rejected, read_text

if TYPE_CHECKING:
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
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?)?)?")
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]+)\.?(?:\s+(?P<later>\d{1,2}))?,?\s+(?P<year>\d{4})"
)
_NUMERIC = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


@dataclass(frozen=True)
class RoughDate:
    """A day, or the first day of the week, month or year that is known."""

    day: date
    precision: DatePrecision = "day"


def parse_date(value: Any) -> RoughDate:
    """Read a date that can be read in one way only, such as ``2025-03`` or ``11 March 2025``.

    Raises `Rejected` if it is missing, impossible, or could be two dates, such as 03/04/2025.
    """
    if isinstance(value, (datetime, date)) and not pd.isna(value):
        return RoughDate(pd.Timestamp(value).date(), "day")
    text = read_text(value) or ""
    if text.casefold() in MISSING:
        msg = "no date"
        raise Rejected(msg)
    if _NUMERIC.fullmatch(text):
        msg = f"date {text!r} may be day/month or month/day; write it as 2025-03-11"
        raise Rejected(msg)
    if found := _ISO.fullmatch(text):
        return _make_date(text, found[1], found[2], found[3])
    return _read_date_in_words(text)


def _read_date_in_words(text: str) -> RoughDate:
    """Read "16 May 2025", "May 16, 2025" or "May 2025"."""
    found = _WORDS.fullmatch(text)
    if found is None or found["month"].casefold() not in _MONTHS:
        remedy = "write it as 2025-03-11, or 2025-03 where the day is not known"
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
