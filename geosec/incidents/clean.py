"""Rows checked and brought to the columns of the contract; a bad row leaves with its reason."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MISSING = {"", "na", "n/a", "nan", "none", "null", "-", "--", "unknown", "<na>", "nat"}
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
_FLAGS = {"0": 0, "no": 0, "false": 0, "1": 1, "yes": 1, "true": 1}
_LONGEST_COUNT = 19  # digits: those of 2**63, the end of a 64-bit count
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.0+)?")


class Rejected(ValueError):  # noqa: N818 - it is a verdict on a row, caught here, never raised out
    """A row cannot be used; the text says why."""


@dataclass(frozen=True)
class DateRead:
    """A date as far as it is known.

    Attributes
    ----------
    day : datetime.date
        The day, or the first of the month or year.
    precision : str
        ``day``, ``month`` or ``year``. No unit or CRS is involved.

    Examples
    --------
    >>> DateRead(date(2025, 3, 1), "month").precision
    'month'
    """

    day: date
    precision: DatePrecision


def clean_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Check one row and give it the types of the contract.

    Parameters
    ----------
    row : mapping of str to object
        Cells by column name; coordinates are degrees in EPSG:4326.

    Returns
    -------
    dict
        The same columns with dates, numbers and trimmed text; missing is None.

    Raises
    ------
    Rejected
        If a cell cannot be used; the text says which, what came and what was expected.

    Examples
    --------
    >>> row = clean_row({"date": "2025-03", "location": " Mach ", "fatalities": "1,200"})
    >>> row["date_precision"], row["location"], row["fatalities"]
    ('month', 'Mach', 1200)
    """
    done = {name: _text(value) for name, value in row.items()}
    for name, read in _READERS.items():
        if name in row:
            done[name] = read(name, row[name])
    read_date = parse_date(row.get("date"))
    done["date"] = pd.Timestamp(read_date.day)
    done["date_precision"] = _date_precision(row.get("date_precision"), read_date)
    _check_place(done)
    _check_precision(done)
    return done


def parse_date(value: Any) -> DateRead:
    """Read a date that can be read in one way only.

    Parameters
    ----------
    value : object
        ``2025-03-11``, ``2025-03``, ``2025``, ``11 March 2025``, ``March 2025``, or a date.

    Returns
    -------
    DateRead

    Raises
    ------
    Rejected
        If it is missing, impossible, or could be two dates, such as 03/04/2025.

    Examples
    --------
    >>> parse_date("16 May 2025").day
    datetime.date(2025, 5, 16)
    """
    if isinstance(value, (datetime, date)) and not pd.isna(value):
        return DateRead(pd.Timestamp(value).date(), "day")
    text = _text(value) or ""
    if text.casefold() in _MISSING:
        msg = "no date"
        raise Rejected(msg)
    if _NUMERIC.fullmatch(text):
        msg = f"date {text!r} may be day/month or month/day; write it as 2025-03-11"
        raise Rejected(msg)
    if found := _ISO.fullmatch(text):
        return _date(text, found[1], found[2], found[3])
    return _date_in_words(text)


def _date_in_words(text: str) -> DateRead:
    """Read "16 May 2025", "May 16, 2025" or "May 2025"."""
    found = _WORDS.fullmatch(text)
    if found is None or found["month"].casefold() not in _MONTHS:
        told = "write it as 2025-03-11, or 2025-03 where the day is not known"
        msg = f"date {text!r} is none; {told}"
        raise Rejected(msg)
    if found["day"] and found["later"]:
        msg = f"date {text!r} names two days, {found['day']} and {found['later']}; write one"
        raise Rejected(msg)
    month = str(_MONTHS[found["month"].casefold()])
    return _date(text, found["year"], month, found["day"] or found["later"])


def _date(text: str, year: str, month: str | None, day: str | None) -> DateRead:
    precision: DatePrecision = "day" if day else "month" if month else "year"
    try:
        return DateRead(date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError as error:
        msg = f"date {text!r} does not exist ({error})"
        raise Rejected(msg) from None


def _text(value: Any) -> str | None:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    return str(value).strip() or None


def _number(name: str, value: Any) -> float | None:
    text = _text(value)
    if text is None or text.casefold() in _MISSING:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        msg = f"{name} {text!r} is no number"
        raise Rejected(msg)
    return number


def _degrees(limit: float) -> Callable[[str, Any], float | None]:
    def read(name: str, value: Any) -> float | None:
        number = _number(name, value)
        if number is not None and abs(number) > limit:
            msg = f"{name} {number:g} is not between -{limit:g} and {limit:g} degrees"
            raise Rejected(msg)
        return number

    return read


def _count(name: str, value: Any) -> int | None:
    text = _text(value)
    if text is None or text.casefold() in _MISSING:
        return None
    if not _WHOLE.fullmatch(text):
        msg = f"{name} {text!r} is no count; a whole number of 0 or more is expected"
        raise Rejected(msg)
    digits = text.replace(",", "").partition(".")[0]
    if len(digits) > _LONGEST_COUNT or int(digits) >= 2**63:
        msg = f"{name} {text[:40]!r} is larger than any count"
        raise Rejected(msg)
    return int(digits)


def _scheme(name: str, value: Any) -> str | None:
    text = _text(value)
    if text is None:
        return None
    known = sorted({book for book, _ in PRECISION_RULES})
    if text.casefold() not in known:
        msg = f"{name} {text!r} is none of {', '.join(known)}"
        raise Rejected(msg)
    return text.casefold()


def _vicinity(name: str, value: Any) -> int | None:
    """Read GTD's flag; its -9, not known, is missing."""
    text = (_text(value) or "-9").casefold().removesuffix(".0")
    if text == "-9" or text in _MISSING:
        return None
    if text not in _FLAGS:
        msg = f"{name} {text!r} is none of 1 (near the place), 0 (in it), -9 (not known)"
        raise Rejected(msg)
    return _FLAGS[text]


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "fatalities": _count,
    "injuries": _count,
    "precision_code": _count,
    "precision_scheme": _scheme,
    "vicinity": _vicinity,
}


def _date_precision(value: Any, read_date: DateRead) -> str:
    text = _text(value)
    known = get_args(DatePrecision)
    if text is None:
        return read_date.precision
    if text.casefold() not in known:
        msg = f"date_precision {text!r} is none of {', '.join(known)}"
        raise Rejected(msg)
    return text.casefold()


def _check_place(row: dict[str, Any]) -> None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if (latitude is None) != (longitude is None):
        there, gone = ("latitude", "longitude") if longitude is None else ("longitude", "latitude")
        msg = f"{there} is given and {gone} is not"
        raise Rejected(msg)
    if latitude == 0 and longitude == 0:
        msg = "latitude 0, longitude 0 stands for a missing place; leave both empty"
        raise Rejected(msg)
    if latitude is None and row.get("location") is None:
        msg = "neither a location phrase nor coordinates"
        raise Rejected(msg)


def _check_precision(row: dict[str, Any]) -> None:
    scheme, code = row.get("precision_scheme"), row.get("precision_code")
    if code is None or scheme is None:
        return
    if (scheme, code) not in PRECISION_RULES:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"precision_code {code} is none of {scheme}'s {codes}"
        raise Rejected(msg)
