"""Rows checked and brought to the columns of the contract; a bad row leaves with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from geosec.incidents.cells import (
    Rejected,
    read_count,
    read_latitude,
    read_longitude,
    read_scheme,
    read_text,
    read_vicinity,
)
from geosec.incidents.dates import RoughDate, parse_date
from geosec.reference.codebooks import PRECISION_RULES
from geosec.schema import DatePrecision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READERS: dict[str, Callable[[str, Any], Any]] = {
    "latitude": read_latitude,
    "longitude": read_longitude,
    "fatalities": read_count,
    "injuries": read_count,
    "precision_code": read_count,
    "precision_scheme": read_scheme,
    "vicinity": read_vicinity,
}


def clean_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Check one row, and give its cells the types of the contract; what is missing is None.

    Coordinates are degrees in EPSG:4326. Raises `Rejected` if a cell cannot be used; the text says
    which, what came and what was expected.
    """
    clean = {name: read_text(value) for name, value in row.items()}
    for name, read_cell in _READERS.items():
        if name in row:
            clean[name] = read_cell(name, row[name])
    known = parse_date(row.get("date"))
    clean["date"] = pd.Timestamp(known.day)
    clean["date_precision"] = _read_date_precision(row.get("date_precision"), known)
    _check_place(clean)
    _check_precision(clean)
    return clean


def _read_date_precision(value: Any, known: RoughDate) -> str:
    text = read_text(value)
    precisions = get_args(DatePrecision)
    if text is None:
        return known.precision
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
    if code is None or scheme is None:
        return
    if (scheme, code) not in PRECISION_RULES:
        codes = sorted(known for book, known in PRECISION_RULES if book == scheme)
        msg = f"precision_code {code} is none of {scheme}'s {codes}"
        raise Rejected(msg)
