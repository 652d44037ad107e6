"""Rows checked and brought to the columns of the contract; a bad row leaves with its reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from geosec.incidents.cells import (
    Rejected,
    read_count,
    read_label,
    read_latitude,
    read_longitude,
    read_scheme,
    read_text,
    read_vicinity,
)
from geosec.incidents.dates import RoughDate, parse_date
from geosec.incidents.spans import check_span, read_end
from geosec.incidents.tolls import read_toll
from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import COLUMNS, DatePrecision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOLLS = ("fatalities", "injuries")
READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(("date_from", "date_to"), read_end),
    "latitude": read_latitude,
    "longitude": read_longitude,
    **dict.fromkeys(TOLLS, read_toll),
    "precision_code": read_count,
    "precision_scheme": read_scheme,
    "vicinity": read_vicinity,
}
#: Columns of the contract that hold texts as they came.
LABELS = frozenset(
    column.name
    for column in COLUMNS
    if column.stage == "read" and column.dtype == "str" and column.name not in READERS
) - {"date_precision"}


def clean_row(row: Mapping[str, Any], *, day_first: bool | None = None) -> dict[str, Any]:
    """Check one row, and give its cells the types of the contract; what is missing is None.

    Coordinates are degrees in EPSG:4326; `day_first` is as `read_incidents` takes it. Raises
    `Rejected` if cells cannot be used; the text says of each which, what came and what was
    expected.
    """
    faults: list[str] = []

    def judge(read: Callable[..., Any], *given: Any, **options: Any) -> Any:
        try:
            return read(*given, **options)
        except Rejected as fault:
            faults.append(str(fault))
            return None

    clean = {name: judge(_read_cell, name, value) for name, value in row.items()}
    known = judge(parse_date, row.get("date"), day_first=day_first) or RoughDate(date.min)
    clean["date"] = pd.Timestamp(known.day) if not faults else None
    stated = judge(read_date_precision, row.get("date_precision"))
    clean["date_precision"] = stated or known.precision
    for name in filter(row.__contains__, READERS):
        clean[name] = judge(READERS[name], name, row[name])
    _keep_words(clean)
    if not any(fault.startswith(("latitude", "longitude", "location")) for fault in faults):
        judge(_check_place, clean)
    judge(check_span, clean)
    judge(_check_precision, clean)
    if faults:
        raise Rejected("; ".join(faults))
    return clean


def _read_cell(name: str, value: Any) -> str | None:
    """Read a cell as text; one of the contract that holds texts takes no list."""
    return read_label(name, value) if name in LABELS else read_text(value)


def _keep_words(row: dict[str, Any]) -> None:
    """Keep the words of a toll that is a low end beside it, where no column has their name."""
    for name in TOLLS:
        toll = row.get(name)
        if toll is not None:
            row[name] = toll.low
            if toll.text is not None:
                row.setdefault(f"{name}_text", toll.text)


def read_date_precision(value: Any) -> str | None:
    """Read how far a date is known: day, week, month or year."""
    text = read_text(value)
    precisions = get_args(DatePrecision)
    if text is None:
        return None
    if text.casefold() not in precisions:
        msg = f"date_precision {text!r} is none of {', '.join(precisions)}"
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
    if code is None:
        return
    if scheme is None:
        books = ", ".join(sorted({book for book, _ in PRECISION_RULES}))
        msg = f"precision_code {code} has no precision_scheme beside it, which is one of {books}"
        raise Rejected(msg)
    if (scheme, code) not in PRECISION_RULES:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"precision_code {code} is none of {scheme}'s {codes}"
        raise Rejected(msg)
