"""Tables written as CSV: what was given stays as it was, what geosec worked out is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.schema import COLUMNS
from geosec.storage.spreadsheets import flatten_geometries, neutralise_texts

if TYPE_CHECKING:
    from pathlib import Path

#: Decimals by the unit in which the name of a column of ours ends; others have six.
_ROUNDED = {"_m": 0, "_deg": 1, "km": 2, "km_low": 2, "km_high": 2, "prob": 3, "probability": 3}
_DECIMALS = 6
_WORKED_OUT = frozenset(
    {
        *(column.name for column in COLUMNS if column.stage != "read"),
        *("distance_m", "distance_low_m", "distance_high_m", "azimuth_deg", "probability"),
        *("accuracy_m", "exact_m", "positional_accuracy_m", "district_prob"),
        *("offset_km", "median_radius_km"),
    }
)


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV: shapes as WKT, days as days and times to their last digit.

    Texts that a spreadsheet would run get an apostrophe. Columns that geosec works out are rounded
    to what their unit supports; other numbers have all their digits.
    """
    plain = neutralise_texts(_write_times(_round_numbers(flatten_geometries(table))))
    plain.to_csv(path, index=False, lineterminator="\n", float_format=_format_number)


def _round_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Round what was worked out: no metre of this data is known to a tenth."""
    decimals = dict.fromkeys(_WORKED_OUT & {*table.columns}, _DECIMALS)
    for name in decimals:
        endings = [places for ending, places in _ROUNDED.items() if name.endswith(ending)]
        decimals[name] = endings[-1] if endings else _DECIMALS
    floats = {
        name: places
        for name, places in decimals.items()
        if pd.api.types.is_float_dtype(table[name])
    }
    return table.round(floats)


def _write_times(table: pd.DataFrame) -> pd.DataFrame:
    """Write days as days, and times where a column has any in ISO 8601 with their zone."""
    written = table.copy(deep=False)
    for name, column in table.select_dtypes(["datetime", "datetimetz"]).items():
        written[name] = _write_column(column)
    return written


def _write_column(times: pd.Series) -> pd.Series:
    if times.dt.tz is None and (times.isna() | (times == times.dt.normalize())).all():
        return times.dt.strftime("%Y-%m-%d")
    return times.map(pd.Timestamp.isoformat, na_action="ignore").astype("str")


def _format_number(value: float) -> str:
    """Write a number with all its digits, a whole one without a point."""
    return repr(float(value)).removesuffix(".0")
