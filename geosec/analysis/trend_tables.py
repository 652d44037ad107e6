"""The tables of `geosec.count_trends`: counts, trends and change points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geosec.analysis.change_points import find_changes, share_of_changes
from geosec.analysis.extras import import_extra
from geosec.analysis.series_trends import (
    LEAST_PERIODS,
    choose_pooling,
    combine_slopes,
    find_trends,
    pool_periods,
)
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.period_counts import PeriodCounts

    Floats = NDArray[np.float64]

_MEASURES = (
    "slope_per_year",
    "slope_per_year_low",
    "slope_per_year_high",
    "p_value",
    "q_value",
    "trend_share",
    "autocorrelation",
    "pooled_periods",
)
_WORDS = np.array(["decreasing", "no trend", "increasing"], dtype="object")
_NO_SLOPE = 1e-9  # what halving an interval leaves of 0
_LEAST_COUNT = 10  # incidents; fewer tell nothing of a trend


def make_counts(counted: PeriodCounts, *, is_drawn: bool) -> pd.DataFrame:
    """Make the long table of units and periods."""
    units, count = len(counted.ids), len(counted.periods)
    mean, low, high = (np.empty((units, count)) for _ in range(3))
    for chunk in counted.split_units():
        drawn = counted.counts[chunk]
        mean[chunk] = drawn.mean(axis=2)
        ends = find_interval(drawn.reshape(-1, drawn.shape[2]).astype("float64"))
        low[chunk], high[chunk] = (end.reshape(-1, count) for end in ends)
    if not is_drawn:
        low, high = np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    periods = counted.periods
    return pd.DataFrame(
        {
            "unit_id": counted.ids.repeat(count),
            "unit_name": pd.array(np.repeat(counted.names, count), dtype="str"),
            "period_start": np.tile(periods.start.astype("datetime64[s]"), units),
            "period_end": np.tile(periods.end.astype("datetime64[s]"), units),
            "is_partial": np.tile(periods.is_partial, units),
            "watched_days": np.tile(periods.watched_days, units),
            "count": mean.ravel(),
            "count_low": low.ravel(),
            "count_high": high.ravel(),
        }
    )


def make_trends(counted: PeriodCounts, alpha: float, *, is_drawn: bool) -> pd.DataFrame:
    """Make the table of units."""
    if counted.units is None:
        table = pd.DataFrame({"unit_name": pd.array(counted.names, dtype="str")}, counted.ids)
    else:
        table = counted.units.make_table()
    totals = counted.full.sum(axis=(1, 2), dtype="int64") / counted.counts.shape[2]
    reasons = _find_reasons(counted, totals)
    found = _test_units(counted, totals, np.flatnonzero(reasons.isna()), alpha)
    is_named = found["q_value"] <= alpha
    trend = np.where(is_named, np.sign(found.pop("rises")), 0).astype("int64")
    columns: dict[str, Any] = {
        "count": totals,
        "trend": pd.array(_WORDS[trend + 1], dtype="str"),
        **found,
        "pooled_periods": pd.array(found["pooled_periods"], dtype="Int64"),
        "reason": reasons.to_numpy(),
    }
    if not is_drawn:
        columns["trend_share"] = np.full(len(table), np.nan)
    table = _put_before_geometry(table, columns)
    table["trend"] = table["trend"].where(table["reason"].isna())
    return table


def _test_units(
    counted: PeriodCounts, totals: Floats, tested: NDArray[np.intp], alpha: float
) -> dict[str, Floats]:
    """Test some of the units for a trend, the others having NaN; all together for q."""
    found = {name: np.full(len(totals), np.nan) for name in (*_MEASURES, "rises")}
    periods = counted.full.shape[2]
    pooled = choose_pooling(totals / max(periods, 1), periods)
    for chunk in counted.split_units():
        in_chunk = tested[(tested >= chunk.start) & (tested < chunk.stop)]
        for together in np.unique(pooled[in_chunk]):
            rows = in_chunk[pooled[in_chunk] == together]
            for name, values in _measure_units(counted, rows, int(together), alpha).items():
                found[name][rows] = values
    if tested.size:
        control = import_extra("scipy.stats").false_discovery_control
        found["q_value"][tested] = control(found["p_value"][tested])
    return found


def _put_before_geometry(table: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """Put columns into a table, its geometry staying the last."""
    wide = table.assign(**columns)
    if isinstance(wide, gpd.GeoDataFrame):
        return wide[[name for name in wide.columns if name != "geometry"] + ["geometry"]]
    return wide


def _find_reasons(counted: PeriodCounts, totals: Floats) -> pd.Series:
    """Say of each unit why its trend is not told; missing where it is."""
    full = counted.full.shape[2]
    reasons = np.full(len(totals), None, dtype="object")
    reasons[totals < _LEAST_COUNT] = f"fewer than {_LEAST_COUNT} incidents"
    reasons[totals == 0] = "no incidents"
    if full < LEAST_PERIODS:
        what = f"{full} full {counted.periods.kind}{'s' * (full != 1)}"
        reasons[:] = f"{what}, and a trend needs {LEAST_PERIODS}"
    return pd.Series(reasons, dtype="str")


def _measure_units(
    counted: PeriodCounts, rows: NDArray[np.intp], pooled: int, alpha: float
) -> dict[str, Floats]:
    """Measure the trends of some units over all draws, so many periods added up."""
    series = find_trends(pool_periods(counted.full[rows], pooled))
    low, high = combine_slopes(series)
    mean = series.slope.mean(axis=1)
    p_value, rises = np.median(series.p_value, axis=1), np.sign(np.median(series.z, axis=1))
    is_one = (series.p_value <= alpha) & (np.sign(series.z) == rises[:, None])
    per_year = counted.periods.per_year / pooled**2
    slopes = np.stack([mean, np.minimum(low, mean), np.maximum(high, mean)]) * per_year
    slopes[np.abs(slopes) < _NO_SLOPE] = 0.0
    return {
        **dict(zip(_MEASURES, slopes, strict=False)),
        "p_value": p_value,
        "trend_share": is_one.mean(axis=1),
        "autocorrelation": series.correlation.mean(axis=1),
        "pooled_periods": np.full(len(rows), float(pooled)),
        "rises": rises,
    }


def make_changes(counted: PeriodCounts, *, is_drawn: bool) -> pd.DataFrame:
    """Make the table of change points: those of the expected counts, and how many draws have."""
    full, start = counted.full, counted.periods.start[counted.periods.full]
    found: list[tuple[Any, ...]] = []
    if full.shape[2] >= LEAST_PERIODS:
        expected = np.concatenate([full[chunk].mean(axis=1) for chunk in counted.split_units()])
        for unit, at in enumerate(find_changes(expected)):
            if not at.size:
                continue
            share = np.full(len(at), np.nan)
            if is_drawn:
                share = share_of_changes(at, find_changes(full[unit]))
            levels = [piece.mean() for piece in np.split(expected[unit], at)]
            named = counted.ids[unit], counted.names[unit]
            found += [
                (*named, start[at[i]], levels[i], levels[i + 1], share[i]) for i in range(len(at))
            ]
    names = ("unit_id", "unit_name", "period_start", "count_before", "count_after", "change_share")
    dtypes = ("str", "str", "datetime64[s]", "float64", "float64", "float64")
    return pd.DataFrame(found, columns=list(names)).astype(dict(zip(names, dtypes, strict=True)))
