"""Counts by unit and period, and whether they rise, fall or change their level."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Unpack

from geosec.analysis.period_counts import PeriodCounts, SeriesOptions, read_alpha
from geosec.analysis.trend_tables import make_changes, make_counts, make_trends
from geosec.arguments import require_options

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_VERB = "count_trends"


class Trends(NamedTuple):
    """What `geosec.count_trends` finds: three tables."""

    counts: pd.DataFrame  #: a row for each unit and period
    trends: pd.DataFrame  #: a row for each unit
    change_points: pd.DataFrame  #: a row for each change of level


def count_trends(
    located: gpd.GeoDataFrame,
    units: str | gpd.GeoDataFrame | gpd.GeoSeries | None = "adm2",
    period: str = "month",
    *,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[SeriesOptions],
) -> Trends:
    """Count incidents by unit and period, and say where the counts rise, fall or change level.

    Each incident is drawn for itself: its place in its footprint, its day between the first and the
    last on which it may have been. A period that was watched only for some of its days is partial:
    it is counted and marked, and no trend or change point rests on it.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS with a column ``date``: geocoded incidents, or a GeoDataFrame of your
        own, whose points are exact where it has no ``uncertainty_m``.
    units : str, geopandas.GeoDataFrame, geopandas.GeoSeries or None, default "adm2"
        What is counted in: ``"adm2"`` or ``"adm1"``, the districts or provinces that ship; cells,
        as ``"h3:4"`` (H3 resolution) or ``"grid:50000"`` (squares, side in metres); polygons of
        your own in any CRS. With None all incidents are one unit, those without a place too.
    period : {"week", "month", "quarter", "year"}, default "month"
        What is counted by; weeks begin on Monday.
    draws : int, default 199
        Draws of place and day for each incident. With 0 the best points and the middle days are
        counted, and intervals and shares over draws are missing.
    seed : int, default 0
        Seed of the draws.
    **options
        ``since`` and ``until``, days: the first and the last on which incidents would have been
        recorded, by default those of the first and the last incident, so that the first and the
        last period are mostly partial. ``within``, polygons: the area that cells cover. ``alpha``,
        0.05 by default: the share of false alarms among the trends that are named.

    Returns
    -------
    Trends
        Three tables. ``counts``, for each unit and period: ``unit_id``, ``unit_name``,
        ``period_start``, ``period_end``, ``is_partial``, ``watched_days``, and ``count`` with
        ``count_low`` and ``count_high``, the mean and 95 % of the draws. ``trends``, for each unit:
        ``count``, the expected number in the full periods; ``trend``, ``"increasing"``,
        ``"decreasing"`` or ``"no trend"`` by ``q_value``; ``slope_per_year`` with its 95 %
        interval, by how many incidents a period has more after a year; ``p_value`` of the test, the
        median of the draws, ``q_value`` with false discoveries among the units controlled;
        ``trend_share``, the share of draws whose own p is at most ``alpha``; ``autocorrelation``,
        with the period before; ``pooled_periods``, how many neighbouring periods were added up for
        the test as they hold too few incidents; and ``reason``, why a unit has no trend told: less
        than 8 full periods, or 10 incidents. ``change_points``: ``unit_id``,
        ``unit_name``, ``period_start``, the period with which a new level begins,
        ``count_before`` and ``count_after``, means per period up to the next change, and
        ``change_share``, the share of draws that change within a period of it. ``trends`` has the
        polygons of the units, where there are any. ``attrs["left_out"]`` of each counts what is in
        no count.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points, or no ``date``.
    ParameterError
        If `units` or `period` names none, a day is none, ``since`` is after ``until``, `draws` is
        negative, ``alpha`` is not between 0 and 1, or there is too much to count.
    CRSError
        If the table or the units have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If incidents without a date or, where there are units, without a place are left out, or more
        than a tenth lie in no unit.

    Examples
    --------
    Fifteen incidents near Mach, more of them every year:

    >>> import geosec
    >>> located = geosec.geocode(["near Mach"] * 15, admin1="Balochistan")
    >>> per_year = {2016: 1, 2017: 1, 2018: 1, 2019: 2, 2020: 2, 2021: 3, 2022: 3, 2023: 2}
    >>> located["date"] = [f"{year}-06-01" for year in per_year for _ in range(per_year[year])]
    >>> counts, trends, changes = geosec.count_trends(
    ...     located, None, "year", since="2016-01-01", until="2023-12-31"
    ... )
    >>> counts["count"].tolist()
    [1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 2.0]
    >>> round(trends["slope_per_year"].item(), 2)
    0.33
    """
    require_options(options, SeriesOptions.__annotations__, _VERB)
    alpha = read_alpha(options.get("alpha", 0.05))
    counted = PeriodCounts.of(_VERB, located, (units, period), draws, seed, options)
    is_drawn = draws > 0
    tables = (
        make_counts(counted, is_drawn=is_drawn),
        make_trends(counted, alpha, is_drawn=is_drawn),
        make_changes(counted, is_drawn=is_drawn),
    )
    return Trends(*(counted.note(table, located, _VERB, alpha=alpha) for table in tables))
