"""Hot spots over time: which are new, which stay, which grow, which fade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import pandas as pd

from geosec.analysis.emerging_patterns import PATTERNS, is_nearly_always, name_patterns
from geosec.analysis.local_statistics import adjust_p
from geosec.analysis.neighbours import Neighbours
from geosec.analysis.period_counts import PeriodCounts, SeriesOptions, read_alpha
from geosec.analysis.series_trends import find_trends
from geosec.analysis.space_time_gi_star import Windows, measure_bins
from geosec.arguments import describe_given, require_options, require_whole
from geosec.errors import ParameterError
from geosec.uncertainty.open_rows import find_interval

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int8]

_VERB = "classify_emerging_hot_spots"
_LEAST_PERIODS = 10
_HALF = 0.5 - 1e-9  # of the draws


class EmergingOptions(SeriesOptions, total=False):
    """What `classify_emerging_hot_spots` is seldom given; its docstring explains each."""

    weights: Any
    lags: int


@dataclass(frozen=True, eq=False)
class _Found:
    """What the draws say of each unit."""

    patterns: Codes  #: (units, draws)
    hot: NDArray[np.int64]  #: in how many periods it was hot, or cold: (units, draws)
    cold: NDArray[np.int64]
    z: Floats  #: the mean of the draws: (units, periods)
    hot_share: Floats  #: the share of draws in which a unit was hot: (units, periods)

    @classmethod
    def none(cls, units: int, periods: int, draws: int) -> _Found:
        """Begin with nothing found."""
        hot, cold = (np.zeros((units, draws), dtype="int64") for _ in range(2))
        z, hot_share = (np.zeros((units, periods)) for _ in range(2))
        return cls(np.zeros((units, draws), "int8"), hot, cold, z, hot_share)


def classify_emerging_hot_spots(
    located: gpd.GeoDataFrame,
    units: str | gpd.GeoDataFrame | gpd.GeoSeries = "adm2",
    period: str = "month",
    *,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[EmergingOptions],
) -> gpd.GeoDataFrame:
    """Say what became of hot and cold spots: new, growing, lasting, fading, gone.

    Each draw puts every incident at one place and one day. Gi* then tells of each unit in each
    period whether it is hot or cold, together with its neighbours and with the period before,
    among all units and periods; the pattern of a unit is what its periods make up. A unit has the
    pattern that most draws have.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS with a column ``date``: geocoded incidents, or a GeoDataFrame of your
        own, whose points are exact where it has no ``uncertainty_m``.
    units : str, geopandas.GeoDataFrame or geopandas.GeoSeries, default "adm2"
        ``"adm2"`` or ``"adm1"``, the districts or provinces that ship; cells, as ``"h3:4"`` (H3
        resolution) or ``"grid:50000"`` (squares, side in metres); polygons of your own in any CRS.
    period : {"week", "month", "quarter", "year"}, default "month"
        What is counted by; weeks begin on Monday. Partial periods are left out, and 10 full ones
        are needed.
    draws : int, default 199
        Draws of place and day for each incident. With 0 the best points and the middle days are
        counted, and intervals and shares over draws are missing.
    seed : int, default 0
        Seed of the draws.
    **options
        ``since`` and ``until``, days: the first and the last on which incidents would have been
        recorded, by default those of the first and the last incident. ``weights``: who is a
        neighbour, by default ``"queen"``, units that touch; ``"rook"``, ``"knn:8"``,
        ``"distance:50000"`` (metres between middles), or a graph of libpysal by ``unit_id``.
        ``lags``, 1 by default: how many periods before count with each. ``within``, polygons: the
        area that cells cover. ``alpha``, 0.05 by default: the false discovery rate among all units
        and periods at which one is hot or cold, and the level of the trend.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each unit in EPSG:4326, by ``unit_id``: ``unit_name``; ``area_km2``; ``count``,
        the expected number of incidents in the full periods; ``pattern``, with "hot spot" or "cold
        spot" behind it, else ``"no pattern"``; ``pattern_share``, the share of draws that have it;
        ``hot_periods`` with ``hot_periods_low`` and ``hot_periods_high``, the mean and 95 % of the
        draws, and ``cold_periods`` with the same; ``last_hot_period``, the first day of the last
        period in which half of the draws have it hot; ``trend_z`` and ``trend_p_value``, the test
        of Mann and Kendall of the mean z of the unit; ``reason``, why a unit has no answer; and its
        polygon. ``attrs["left_out"]`` counts what is in no count.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points, or no ``date``.
    ParameterError
        If `units`, `period` or ``weights`` names none, ``since`` or ``until`` is no day, `draws` or
        ``lags`` is negative, ``alpha`` is not between 0 and 1, or there is too much to count.
    CRSError
        If the table or the units have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If incidents without a date or a place are left out, or more than a tenth lie in no unit.

    See Also
    --------
    find_hot_spots : Hot spots of all days together.
    count_trends : The counts of each unit by period, and their trends.

    Notes
    -----
    The last period decides much. Hot or cold in the last period and in less than nine of ten:
    *new*, never before; *consecutive*, in the two or more last and never before; *oscillating*, the
    other side before; *sporadic*, else. In nine of ten or more: *historical*, not in the last;
    *intensifying* or *diminishing*, by the trend of its z; *persistent*, without one. Definitions
    are those of Esri's Emerging Hot Spot Analysis; unlike there, p is not that of a normal
    distribution, which calls too many units hot where incidents are few, and the test for a trend
    is not deceived by z that shares a period with the one before.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> spots = geosec.classify_emerging_hot_spots(
    ...     geosec.geocode(incidents), period="year", since="2014-01-01", until="2025-12-31"
    ... )
    >>> spots.loc[spots["pattern"] == "consecutive hot spot", "unit_name"].tolist()
    ['Kachhi', 'Kalat', 'Mastung', 'Quetta', 'Sibi']
    """
    require_options(options, EmergingOptions.__annotations__ | SeriesOptions.__annotations__, _VERB)
    alpha = read_alpha(options.get("alpha", 0.05))
    lags = require_whole(options.get("lags", 1), "lags", 0)
    if units is None:
        msg = f"`units` is {describe_given(units)}, and a hot spot is one among units."
        raise ParameterError(msg)
    counted = PeriodCounts.of(_VERB, located, (units, period), draws, seed, options)
    assert counted.units is not None  # noqa: S101 - for the reader of types: they were asked for
    neighbours = Neighbours.read(options.get("weights", "queen"), counted.units)
    found = _find_patterns(counted, Windows.of(neighbours, counted.full.shape[2], lags), alpha)
    table = _make_table(counted, found)
    if not draws:
        spreads = [name for name in table.columns if name.endswith(("_low", "_high", "_share"))]
        table[spreads] = np.nan
    return counted.note(table, located, _VERB, alpha=alpha, lags=lags)


def _find_patterns(counted: PeriodCounts, windows: Windows, alpha: float) -> _Found:
    """Find the pattern of each unit in each draw."""
    units, draws, periods = counted.full.shape
    found = _Found.none(units, periods, draws)
    if periods < _LEAST_PERIODS:
        return found
    for draw in range(draws):
        bins = measure_bins(counted.full[:, draw], windows)
        q = adjust_p(bins.p.reshape(1, -1)).reshape(bins.p.shape)
        sides = np.where(q <= alpha, np.sign(bins.z), 0).astype("int8")
        found.hot[:, draw], found.cold[:, draw] = (sides > 0).sum(axis=1), (sides < 0).sum(axis=1)
        found.patterns[:, draw] = name_patterns(sides, _find_sides(bins.z, sides, alpha))
        found.z[:] += bins.z / draws
        found.hot_share[:] += (sides > 0) / draws
    return found


def _find_sides(z: Floats, sides: Codes, alpha: float) -> Codes:
    """Find which way the z of units goes, of those whose pattern it decides."""
    trends = np.zeros(len(z), dtype="int8")
    rows = np.flatnonzero(is_nearly_always(sides))
    if rows.size:
        series = find_trends(z[rows])
        trends[rows] = np.where(series.p_value <= alpha, np.sign(series.z), 0)
    return trends


def _make_table(counted: PeriodCounts, found: _Found) -> gpd.GeoDataFrame:
    """Make the table of units."""
    assert counted.units is not None  # noqa: S101
    table = counted.units.make_table()
    shapes = table.pop("geometry")
    units, draws, periods = counted.full.shape
    table["count"] = counted.full.sum(axis=(1, 2), dtype="int64") / draws
    times = np.stack([(found.patterns == code).sum(axis=1) for code in range(len(PATTERNS))])
    most = len(PATTERNS) - 1 - np.argmax(times[::-1], axis=0)  # of two, not that without a pattern
    table["pattern"] = pd.array(PATTERNS[most], dtype="str")
    table["pattern_share"] = times[most, np.arange(units)] / draws
    for name, many in (("hot_periods", found.hot), ("cold_periods", found.cold)):
        table[name] = many.mean(axis=1)
        table[f"{name}_low"], table[f"{name}_high"] = find_interval(many.astype("float64"))
    table["last_hot_period"] = _find_last_hot(counted, found)
    trends = find_trends(found.z) if periods >= _LEAST_PERIODS else None
    for name in ("trend_z", "trend_p_value"):
        table[name] = np.full(units, np.nan)
    if trends is not None:
        table["trend_z"], table["trend_p_value"] = trends.z, trends.p_value
    reason = _find_reason(counted, found)
    table["reason"] = pd.array(np.full(units, reason, dtype="object"), dtype="str")
    if reason is not None:
        for name in table.columns.drop(["unit_name", "area_km2", "count", "reason"]):
            table[name] = table[name].where(np.zeros(units, dtype="bool"))
    return table.assign(geometry=shapes).set_geometry("geometry")


def _find_last_hot(counted: PeriodCounts, found: _Found) -> pd.Series:
    """Find the last period in which at least half of the draws have a unit hot; NaT for none."""
    is_hot = found.hot_share >= _HALF
    start = counted.periods.start[counted.periods.full].astype("datetime64[s]")
    if not len(start):
        return pd.Series(pd.NaT, index=counted.ids, dtype="datetime64[s]")
    last = start[len(start) - 1 - np.argmax(is_hot[:, ::-1], axis=1)]
    return pd.Series(last, counted.ids).where(is_hot.any(axis=1))


def _find_reason(counted: PeriodCounts, found: _Found) -> str | None:
    """Say why there is no answer; None where there is one."""
    full = counted.full.shape[2]
    if full < _LEAST_PERIODS:
        kind = counted.periods.kind
        return f"{full} full {kind}{'s' * (full != 1)}, and a pattern needs {_LEAST_PERIODS}"
    if np.isnan(found.z).all():
        return "all units have the same count in all periods"
    return None
