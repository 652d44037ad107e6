"""Two tables compared, unit by unit: how many times as high is the rate of one as of the other."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack

import numpy as np
import pandas as pd

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, count_left_out, warn_of_left_out
from geosec.analysis.local_statistics import adjust_p
from geosec.analysis.rate_ratios import CountPairs
from geosec.analysis.unit_exposures import read_exposures, read_period
from geosec.analysis.units import Units, count_all
from geosec.arguments import describe_given, require_options
from geosec.errors import ParameterError
from geosec.schema import require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.analysis.units import Period

_VERB = "compare_rates"
_ENDS = (0.025, 0.975)
_YEAR_DAYS = 365.2425


class ComparisonOptions(TypedDict, total=False):
    """What `compare_rates` is seldom given; its docstring explains each."""

    exposures: Any
    within: Any


class _Side(NamedTuple):
    """One of the two tables."""

    name: str
    incidents: IncidentDraws
    period: Period | None


def compare_rates(
    a: gpd.GeoDataFrame,
    b: gpd.GeoDataFrame,
    units: Any = "adm2",
    *,
    periods: Any = None,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[ComparisonOptions],
) -> gpd.GeoDataFrame:
    """Compare how often incidents are in two tables, unit by unit: b divided by a.

    The tables are two years, two actors, or one table given twice with two `periods`. The interval
    of each ratio holds what chance does to Poisson counts and what is not known of places and days.

    Parameters
    ----------
    a, b : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or GeoDataFrames of your own, whose points are exact
        where they have no ``uncertainty_m``. Two tables are drawn apart; one that is given twice is
        drawn once for both.
    units : str or geopandas.GeoDataFrame, default "adm2"
        ``"adm2"`` or ``"adm1"``, ``"h3:5"``, ``"grid:20000"`` (metres), or polygons of your own, as
        `find_hot_spots` takes them; the cells are those of both tables.
    periods : pair of pairs of days, optional
        The first and the last day of `a`, and of `b`, as ``(("2023-01-01", "2023-12-31"),
        ("2024-01-01", "2024-06-30"))``. Incidents are drawn within their days, those outside do not
        count, and rates are per day. By default all rows count, over times of one length.
    draws : int, default 199
        Draws for each incident. With 0 best points alone are counted, and the interval is that of
        chance.
    seed : int, default 0
        Seed of the draws.
    **options
        ``exposures``: a pair of what the counts of `a` and of `b` are divided by besides, each a
        number, as days on which a source was read, or a Series by ``unit_id``, as inhabitants.
        ``within``: polygons that cells cover, as `find_hot_spots` takes them.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each unit in EPSG:4326, by ``unit_id``, in the order of the layer: ``unit_name``;
        ``area_km2``; ``count_a`` with ``count_a_low`` and ``count_a_high``, the mean over the draws
        and where 95 % of them lie; the same for b; ``exposure_b_to_a``, how many times as long b
        was watched, or as many inhabitants it had; ``ratio_b_to_a`` with ``ratio_b_to_a_low`` and
        ``ratio_b_to_a_high``, of the rates, with 95 %: infinite where `a` has, or may have, no
        incident; ``p_value``, two-sided, of equal rates; ``q_value``, the false discovery rate at
        which the unit has changed; ``reason``, why a unit has no answer; and its polygon.
        ``attrs["left_out"]`` counts for each table what is in no unit.

    Raises
    ------
    SchemaError
        If a table has no points, or with `periods` no ``date``; if polygons are none.
    ParameterError
        If an argument is none of those above, or cells would be more than 100,000.
    CRSError
        If a table or the polygons have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If rows without a place or a day are left out, or more than a tenth lie in no unit.

    See Also
    --------
    find_hot_spots : Which units are high now.

    Notes
    -----
    Given the sum of two Poisson counts the second is binomial (Przyborowski and Wilenski 1940,
    doi:10.1093/biomet/31.3-4.313), with the exact interval of Clopper and Pearson (1934,
    doi:10.1093/biomet/26.4.404). Its ends are those beyond which lies 2.5 % as the mean of the
    draws' tails; p is twice the smaller mean tail of equal rates, so that it is 0.05 where the
    interval ends at 1; q is that of Benjamini and Hochberg (1995,
    doi:10.1111/j.2517-6161.1995.tb02031.x) over the units with incidents.

    Examples
    --------
    Four attacks in Quetta in one year and twelve in the next:

    >>> import geosec
    >>> quetta = geosec.geocode(["Quetta"] * 16)
    >>> change = geosec.compare_rates(quetta.iloc[:4], quetta.iloc[4:], "adm2")
    >>> ratio = ["ratio_b_to_a", "ratio_b_to_a_low", "ratio_b_to_a_high", "p_value"]
    >>> change.set_index("unit_name").loc["Quetta", ratio].astype(float).round(2).tolist()
    [3.0, 0.91, 12.76, 0.08]
    """
    require_draws(draws, seed, 0)
    require_options(options, ComparisonOptions.__annotations__, _VERB)
    sides = _read_sides((a, b), _read_periods(periods), draws, seed)
    layer = Units.read(units, _join(sides), within=options.get("within"), exact=not draws)
    amounts = read_exposures(options.get("exposures"), layer)
    exposure = amounts[1] / amounts[0] * _compare_lengths(sides)
    table = layer.make_table()
    shapes = table.pop("geometry")
    counts: list[NDArray[np.int64]] = []
    left_out: dict[str, Any] = {}
    for side in sides:
        whole = count_all(side.incidents, layer, period=side.period)
        counts.append(whole[:-1])
        left_out[side.name] = _tell_left_out(side, whole)
        _add_counts(table, f"count_{side.name}", whole[:-1], draws)
    table["exposure_b_to_a"] = exposure
    reason = _add_ratios(table, counts, exposure)
    table = table.assign(reason=pd.array(reason, dtype="str"), geometry=shapes)
    table = table.set_geometry("geometry")
    table.attrs = {**deepcopy(a.attrs), LEFT_OUT: left_out}
    said = [None if side.period is None else [str(day) for day in side.period] for side in sides]
    noted = {"units": layer.kind, "periods": said, "draws": draws, "seed": seed}
    return note_step(table, _VERB, [layer.kind] if layer.is_shipped else (), **noted)


def _read_periods(periods: Any) -> tuple[Period | None, Period | None]:
    """Read the periods of the two tables."""
    if periods is None:
        return None, None
    if not isinstance(periods, tuple | list) or len(periods) != 2 or None in periods:
        msg = (
            "`periods` is two pairs of a first and a last day, that of `a` and that of `b`, and "
            f"was given {describe_given(periods)}."
        )
        raise ParameterError(msg)
    first, second = (read_period(period, "periods") for period in periods)
    return first, second


def _read_sides(
    tables: tuple[Any, Any], periods: tuple[Period | None, Period | None], draws: int, seed: int
) -> list[_Side]:
    """Read the two tables; one that is given twice is drawn once."""
    same = tables[0] is tables[1]
    if same and periods[0] is None:
        msg = "`a` and `b` are one table; give `periods` to compare, or two tables."
        raise ParameterError(msg)
    sides: list[_Side] = []
    for name, table, period in zip("ab", tables, periods, strict=True):
        if sides and same:
            sides.append(_Side(name, sides[0].incidents, period))
            continue
        salt = "" if same else name
        incidents = IncidentDraws.of(table, _VERB, draws=max(draws, 1), seed=seed, salt=salt)
        if period is not None:
            require_columns(table, ["date"], f"{_VERB}(periods=...)")
        if not draws:
            incidents = replace(incidents, footprints=incidents.footprints.keep_points())
        sides.append(_Side(name, incidents, period))
    return sides


def _join(sides: list[_Side]) -> IncidentDraws:
    """Join the best points of both, round which cells are laid."""
    first, second = (side.incidents.footprints.keep_points() for side in sides)
    columns = [
        np.concatenate([getattr(first, field.name), getattr(second, field.name)])
        for field in fields(TableFootprints)
    ]
    return replace(sides[0].incidents, footprints=TableFootprints(*columns))


def _compare_lengths(sides: list[_Side]) -> float:
    """Say how many times as long the second period is."""
    days = [
        1.0 if side.period is None else float((side.period[1] - side.period[0]).astype("int64") + 1)
        for side in sides
    ]
    return days[1] / days[0]


def _tell_left_out(side: _Side, counts: NDArray[np.int64]) -> dict[str, float]:
    """Count what is left out of a table, and warn of it."""
    outside = float(counts[-1].mean())
    left_out = count_left_out(side.incidents, outside, needs_days=side.period is not None)
    warn_of_left_out(left_out, counts[:-1].sum(), f"`{side.name}` of {_VERB}", levels=4)
    return left_out


def _add_counts(table: pd.DataFrame, name: str, counts: NDArray[np.int64], draws: int) -> None:
    table[name] = told = counts.mean(axis=1)
    low, high = np.quantile(counts, _ENDS, axis=1)
    known = 1.0 if draws else np.nan
    table[f"{name}_low"], table[f"{name}_high"] = (
        known * np.fmin(low, told),
        known * np.fmax(high, told),
    )


def _add_ratios(
    table: pd.DataFrame, counts: list[NDArray[np.int64]], exposure: NDArray[np.float64]
) -> NDArray[np.object_]:
    """Add the ratio of each unit with its interval, p and q; say why some have none."""
    first, second = counts
    has_some = (first + second).any(axis=1)
    kept = np.flatnonzero(has_some & ~np.isnan(exposure))
    pairs = CountPairs.of(first[kept], second[kept])
    ratio = np.full((4, len(table)), np.nan)
    with np.errstate(divide="ignore"):
        told = second[kept].mean(axis=1) / first[kept].mean(axis=1) / exposure[kept]
    low, high = pairs.find_interval(exposure[kept])
    ratio[:, kept] = told, np.fmin(low, told), np.fmax(high, told), pairs.find_p(exposure[kept])
    names = ("ratio_b_to_a", "ratio_b_to_a_low", "ratio_b_to_a_high", "p_value")
    for name, values in zip(names, ratio, strict=True):
        table[name] = values
    table["q_value"] = adjust_p(ratio[3][None])[0]
    reason = np.full(len(table), None, dtype="object")
    reason[~has_some] = "no incidents in either"
    reason[np.isnan(exposure)] = "`exposures` has no number above 0"
    return reason
