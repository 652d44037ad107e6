"""Columns of dates as exports give them, each distinct cell read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.incidents.cells import Rejected, read_text
from geosec.incidents.dates import parse_date
from geosec.incidents.text_columns import find_distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_DAY = "datetime64[s]"
_DAYS_FIRST = re.compile(r"\d{1,2}-\d{1,2}-\d{4}")  # 16-05-2025, of exports before 2023


def parse_days(cells: pd.Series, *, day_first: bool | None = None) -> pd.Series:
    """Read a column of days; NaT where a cell is missing, no day, or may be two days."""
    found = find_distinct(cells)
    days = [_parse_day(cell, day_first=day_first) for cell in found.cells]
    read = pd.array(days, dtype=_OF_DAY).take(found.codes)
    return pd.Series(read, index=cells.index)


def _parse_day(cell: Any, *, day_first: bool | None) -> pd.Timestamp | None:
    try:
        known = parse_date(cell, day_first=day_first)
        return pd.Timestamp(known.day) if known.precision == "day" else None
    except Rejected:
        return None


def tell_day_first(cells: pd.Series) -> bool | None:
    """Tell whether the day leads in dates such as 05-04-2022, by the others of the column.

    ACLED wrote them so, with hyphens; where a second number is no month, somebody wrote them anew.
    """
    texts = {read_text(cell) or "" for cell in cells.dropna().unique()}
    dashed = {text for text in texts if _DAYS_FIRST.fullmatch(text)}
    if not dashed or any(int(text.split("-")[1]) > 12 for text in dashed):
        return None
    return True


def write_days(days: pd.Series, unread: pd.Series) -> pd.Series:
    """Write days as 2025-03-11, and beside them the cells that could not be read, as they are."""
    return days.dt.strftime("%Y-%m-%d").astype("object").where(days.notna(), unread)


def write_codes(codes: pd.Series, words: Mapping[int, str], name: str) -> pd.Series:
    """Write the word for each code; one that the code book does not have is named with its column.

    Missing codes are missing words.
    """
    known = codes.map(words).astype("object")
    strange = codes.notna() & known.isna()
    if strange.any():
        known = known.where(~strange, codes.map(lambda code: f"{name} {code:g}"))
    return known.where(codes.notna(), None)


def end_months(days: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Find the first and the last day of the month of each day."""
    month = days.dt.to_period("M")
    return month.dt.start_time.astype(_OF_DAY), month.dt.end_time.dt.normalize().astype(_OF_DAY)
