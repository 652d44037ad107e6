"""From which day to which an incident may have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.incidents.cells import Rejected, read_text
from geosec.incidents.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]

_WEEK = 7
_UNITS = {"month": "datetime64[M]", "year": "datetime64[Y]"}


def spread_days(day: Days, precision: pd.Series) -> tuple[Days, Days]:
    """Find the first and the last day of the week, month or year of each day; NaT for no day."""
    first, last = day.copy(), day.copy()
    last[(precision == "week").to_numpy(dtype="bool")] += np.timedelta64(_WEEK - 1, "D")
    for name, unit in _UNITS.items():
        rows = (precision == name).to_numpy(dtype="bool")
        begin = day[rows].astype(unit)
        first[rows] = begin.astype("datetime64[D]")
        last[rows] = (begin + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return first, last


def fill_spans(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Fill ``date_from`` and ``date_to`` from the date and its precision where they are missing."""
    day = incidents["date"].to_numpy().astype("datetime64[D]")
    for name, days in zip(
        ("date_from", "date_to"), spread_days(day, incidents["date_precision"]), strict=True
    ):
        given = incidents[name]
        if given.isna().any():
            filled = pd.Series(days.astype("datetime64[s]"), index=given.index)
            incidents[name] = given.where(given.notna(), filled)
    return incidents


def read_end(name: str, value: Any) -> pd.Timestamp | None:
    """Read a day that begins or ends a span, None where it is missing."""
    if read_text(value) is None or pd.isna(value):
        return None
    known = parse_date(value)
    if known.precision != "day":
        msg = f"{name} {read_text(value)!r} is no day"
        raise Rejected(msg)
    return pd.Timestamp(known.day)


def check_span(row: Mapping[str, Any]) -> None:
    """Reject a row whose span ends before it begins."""
    first, last = row.get("date_from") or row.get("date"), row.get("date_to")
    if first is not None and last is not None and last < first:
        msg = f"date_to {last:%Y-%m-%d} is before the first day, {first:%Y-%m-%d}"
        raise Rejected(msg)
