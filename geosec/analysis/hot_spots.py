"""Where incidents crowd: local statistics of counts in units, and whether they last."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack, get_args

import numpy as np
import pandas as pd

from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, count_left_out, warn_of_left_out
from geosec.analysis.local_statistics import (
    Statistic,
    adjust_p,
    find_normal_p,
    find_pseudo_p,
    measure_gi_star,
    measure_local_moran,
)
from geosec.analysis.neighbours import Neighbours
from geosec.analysis.unit_exposures import Exposure, read_exposure, read_period
from geosec.analysis.units import Units, count_all
from geosec.arguments import require_flag, require_number, require_options, require_whole
from geosec.errors import ParameterError, near_misses
from geosec.schema import require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_VERB = "find_hot_spots"
_BANDS = ((0.01, "99 %"), (0.05, "95 %"), (0.10, "90 %"))
_QUADRANTS = np.array(["low-low", "low-high", "high-low", "high-high"], dtype="object")
_NOTHING = "not significant"
_ENOUGH = 20  # shuffles as extreme as what is seen, in each draw
_ENDS = (0.025, 0.975)


class HotSpotOptions(TypedDict, total=False):
    """What `find_hot_spots` is seldom given; its docstring explains each."""

    weights: Any
    period: Any
    within: Any
    alpha: float
    fdr: bool
    shuffles: int


class _Settings(NamedTuple):
    statistic: Statistic
    alpha: float
    fdr: bool
    shuffles: int
    seed: int


class _Answer(NamedTuple):
    """What is said of each unit that can be judged."""

    z: Floats  #: (draws, units)
    p: Floats  #: (units), the median over the draws
    q: Floats
    spot: NDArray[np.object_]
    share: Floats


def find_hot_spots(
    located: gpd.GeoDataFrame,
    units: Any = "adm2",
    *,
    statistic: Statistic = "gi_star",
    rate_by: Any = None,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[HotSpotOptions],
) -> gpd.GeoDataFrame:
    """Find units where more incidents crowd than if counts were shuffled among the units.

    Each draw puts every incident at one place in its footprint, counts, and tests every unit. A
    unit's p is the median over the draws. It is not the p of the expected counts: an incident that
    is spread over neighbouring units makes them alike, and a test of that calls a third of units
    hot where there is nothing.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    units : str or geopandas.GeoDataFrame, default "adm2"
        ``"adm2"`` or ``"adm1"``, the districts or provinces that ship; ``"h3:5"``, H3 cells of that
        resolution; ``"grid:20000"``, squares of so many metres; or polygons of your own in any CRS,
        as `assign_boundaries` takes them.
    statistic : {"gi_star", "local_moran"}, default "gi_star"
        Gi* finds units that are high, or low, together with their neighbours; the local Moran also
        those that differ from their neighbours.
    rate_by : str or pandas.Series, optional
        What counts are divided by: ``"area"``, a column of your polygons, such as their population,
        or a Series by ``unit_id``. By default counts are tested as they are.
    draws : int, default 199
        Draws for each incident. With 0 best points alone are counted, and intervals and shares are
        missing.
    seed : int, default 0
        Seed of the draws and of the shuffles.
    **options
        ``weights``: who is a neighbour, by default ``"queen"``, units that touch; ``"rook"``,
        ``"knn:8"``, ``"distance:50000"`` (metres between middles), or a graph of libpysal by
        ``unit_id``. ``period``: a first and a last day; incidents are drawn within their days.
        ``within``: polygons that cells cover; by default the country that ships, or, where nearly
        all incidents lie outside it, the hull of their points. ``alpha``, 0.05 by default: the
        level of `significant_share`, and of the local Moran's ``spot``. ``fdr``, True by default:
        whether ``spot`` and shares go by q instead of p. ``shuffles``, 9,999 by default: how many
        at most for each p, which is then 0.0002 at least; give more where there are thousands of
        units, as q is up to so many times p. With 0 it is that of the normal distribution, which
        with few incidents per unit calls too many hot.

    Returns
    -------
    geopandas.GeoDataFrame
        A row for each unit in EPSG:4326, by ``unit_id``, in the order of the layer: ``unit_name``;
        ``area_km2``; ``count`` with ``count_low`` and ``count_high``, the mean over the draws and
        where 95 % of them lie; with `rate_by` the same for ``rate_per_1000km2``, or
        ``rate_per_100000`` of the column; ``z`` with ``z_low`` and ``z_high``, the standard
        deviate, its median and 95 % of the draws; ``p_value``, two-sided; ``q_value``, the false
        discovery rate at which the unit is significant; ``spot``: "hot spot 99 %", "95 %", "90 %",
        the same for "cold spot", or "high-high", "low-low", "high-low", "low-high" (the unit, its
        neighbours), else "not significant"; ``significant_share``, of the draws in which the unit
        by itself is significant at `alpha` as ``spot`` says, or on the side of its z; ``reason``,
        why a unit has no answer; and its polygon. ``attrs["left_out"]`` counts what is in no unit.

    Raises
    ------
    SchemaError
        If the table has no points, or with `period` no ``date``; if polygons are none.
    ParameterError
        If an argument is none of those above, or cells would be more than 100,000.
    CRSError
        If the incidents or the polygons have no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If rows without a place or a day are left out, or more than a tenth lie in no unit.

    See Also
    --------
    compare_rates : Which units changed between two periods.

    Notes
    -----
    Gi* and its z are those of Ord and Getis (1995, doi:10.1111/j.1538-4632.1995.tb00912.x), the
    local Moran is that of Anselin (1995, doi:10.1111/j.1538-4632.1995.tb00338.x); p comes of
    shuffles that end when their result is plain (Besag and Clifford 1991,
    doi:10.1093/biomet/78.2.301), and its median is taken by Eekhout et al. (2017,
    doi:10.1186/s12874-017-0404-7); q is that of Benjamini and Hochberg (1995,
    doi:10.1111/j.2517-6161.1995.tb02031.x), as Caldas de Castro and Singer (2006,
    doi:10.1111/j.0016-7363.2006.00682.x) use it for local statistics.

    Examples
    --------
    >>> import geosec
    >>> incidents, rejected = geosec.read_incidents(geosec.example_path())
    >>> spots = geosec.find_hot_spots(geosec.geocode(incidents))
    >>> spots.loc[spots["spot"].str.startswith("hot"), "unit_name"].tolist()
    ['Kachhi', 'Kalat', 'Mastung', 'Quetta', 'Sibi']
    """
    require_draws(draws, seed, 0)
    settings = _read_settings(statistic, seed, options)
    incidents = IncidentDraws.of(located, _VERB, draws=max(draws, 1), seed=seed)
    if not draws:
        incidents = replace(incidents, footprints=incidents.footprints.keep_points())
    period = read_period(options.get("period"))
    if period is not None:
        require_columns(located, ["date"], f"{_VERB}(period=...)")
    layer = Units.read(units, incidents, within=options.get("within"), exact=not draws)
    exposure = read_exposure(rate_by, layer, units)
    neighbours = Neighbours.read(options.get("weights", "queen"), layer)
    counts = count_all(incidents, layer, period=period)
    left_out = count_left_out(incidents, float(counts[-1].mean()), needs_days=period is not None)
    warn_of_left_out(left_out, counts[:-1].sum(), _VERB)
    values = np.ascontiguousarray(counts[:-1].T, dtype="float64")
    table = layer.make_table()
    shapes = table.pop("geometry")
    _add_spread(table, "count", values)
    if exposure is not None:
        values = values / exposure.amount * exposure.per
        _add_spread(table, exposure.name, values)
    answer, reason = _judge(values, neighbours, exposure, settings)
    _add_spread(table, "z", answer.z, middle=np.median)
    table = table.assign(p_value=answer.p, q_value=answer.q, spot=_as_text(answer.spot))
    table["significant_share"] = answer.share
    table = table.assign(reason=_as_text(reason), geometry=shapes)
    if not draws:
        spreads = [name for name in table.columns if name.endswith(("_low", "_high"))]
        table[[*spreads, "significant_share"]] = np.nan
    table = table.set_geometry("geometry")
    table.attrs = {**deepcopy(located.attrs), LEFT_OUT: left_out}
    noted = {"units": layer.kind, **settings._asdict(), "draws": draws}
    return note_step(table, _VERB, [layer.kind] if layer.is_shipped else (), **noted)


def _read_settings(statistic: Any, seed: int, options: HotSpotOptions) -> _Settings:
    """Read what the test is given."""
    require_options(options, HotSpotOptions.__annotations__, _VERB)
    if statistic not in get_args(Statistic):
        msg = f"`statistic` is {statistic!r}; {near_misses(str(statistic), get_args(Statistic))}"
        raise ParameterError(msg)
    alpha = require_number(options.get("alpha", 0.05), "alpha")
    if not 0 < alpha < 1:
        msg = f"`alpha` is a share, more than 0 and less than 1, and is {alpha:g}."
        raise ParameterError(msg)
    fdr = require_flag(options.get("fdr", True), "fdr")
    shuffles = require_whole(options.get("shuffles", 9_999), "shuffles", 0)
    return _Settings(statistic, alpha, fdr, shuffles, int(seed))


def _judge(
    values: Floats, neighbours: Neighbours, exposure: Exposure | None, settings: _Settings
) -> tuple[_Answer, NDArray[np.object_]]:
    """Judge the units, and say why some cannot be."""
    count = values.shape[1]
    known = np.ones(count, "bool") if exposure is None else ~np.isnan(exposure.amount)
    kept = np.flatnonzero(known)
    own = neighbours.take(kept)
    found = _test(np.ascontiguousarray(values[:, kept]), own, settings)
    whole = _Answer(
        *(np.full((*each.shape[:-1], count), np.nan, dtype=each.dtype) for each in found)
    )
    for part, each in zip(whole, found, strict=True):
        part[..., kept] = each
    reason = np.full(count, None, dtype="object")
    varies = np.ptp(values[:, kept], axis=1).any() if kept.size else False
    same = "all units are its neighbours" if varies else "all units have the same value"
    reason[np.isnan(whole.p)] = same
    reason[kept[own.is_island]] = "no neighbours"
    reason[~known] = "`rate_by` has no number above 0"
    return whole, reason


def _test(values: Floats, neighbours: Neighbours, settings: _Settings) -> _Answer:
    """Test the values (draws, units), all of which are known."""
    if settings.statistic == "gi_star":
        measured = measure_gi_star(values, neighbours)
        side = (measured.z > 0).astype("int64")
    else:
        measured = measure_local_moran(values, neighbours)
        side = 2 * measured.is_high + measured.lag_is_high
    z = measured.z
    p = find_normal_p(z)
    if settings.shuffles:
        effort = settings.shuffles, _ENOUGH if len(values) > 1 else 10 * _ENOUGH
        p = find_pseudo_p(values, neighbours, settings.statistic, effort, settings.seed)
    middle = _find_median(p)
    q = adjust_p(middle[None])[0]
    most = np.argmax([(side == number).sum(axis=0) for number in range(4)], axis=0)
    told = q if settings.fdr else middle
    each = adjust_p(p) if settings.fdr else p
    share = ((each <= settings.alpha) & (side == most)).mean(axis=0)
    share[np.isnan(middle)] = np.nan
    return _Answer(z, middle, q, _name_spots(told, most, settings), share)


def _find_median(p: Floats) -> Floats:
    """Find the median over the draws of what is known; NaN where nothing is in most of them."""
    ordered = np.sort(np.where(np.isnan(p), np.inf, p), axis=0)
    middle = ordered[len(ordered) // 2]
    return np.where(np.isinf(middle), np.nan, middle)


def _name_spots(told: Floats, side: NDArray[np.int64], settings: _Settings) -> NDArray[np.object_]:
    """Name what each unit is."""
    spot = np.full(len(told), _NOTHING, dtype="object")
    if settings.statistic == "gi_star":
        for most, level in reversed(_BANDS):
            names = np.array([f"cold spot {level}", f"hot spot {level}"], dtype="object")
            spot[told <= most] = names[side[told <= most]]
    else:
        spot[told <= settings.alpha] = _QUADRANTS[side[told <= settings.alpha]]
    spot[np.isnan(told)] = None
    return spot


def _add_spread(table: pd.DataFrame, name: str, values: Floats, middle: Any = np.mean) -> None:
    """Add what values (draws, units) come to, and where that and 95 % of them lie."""
    table[name] = told = middle(values, axis=0)
    low, high = np.quantile(values, _ENDS, axis=0)
    table[f"{name}_low"], table[f"{name}_high"] = np.fmin(low, told), np.fmax(high, told)


def _as_text(values: NDArray[np.object_]) -> Any:
    return pd.array(values, dtype="str")
