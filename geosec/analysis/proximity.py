"""Nearest infrastructure, and the probability of being near it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.arguments import require_number, require_whole
from geosec.geodesy.segments import SegmentIndex
from geosec.located import require_coordinates
from geosec.schema import INDEX, require_columns
from geosec.storage.provenance import note_step
from geosec.uncertainty.distinct import join_ranges
from geosec.uncertainty.folding import fold_table
from geosec.uncertainty.layer_error import (
    OF_LINE,
    SURE,
    find_share_below,
    make_normals,
    standard_error_m,
)
from geosec.uncertainty.open_rows import draw_open_rows, find_interval
from geosec.uncertainty.sampling import require_draws
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.geodesy.pairs import NearestPairs, Projection


class _Layer(NamedTuple):
    """Targets, as segments, with the standard error of each in metres."""

    segments: SegmentIndex
    error_m: NDArray[np.float64]

    @classmethod
    def of(cls, targets: Any, verb: str) -> _Layer:
        """Index targets; a `SchemaError` says which names or identifiers cannot be told apart."""
        if isinstance(targets, pd.DataFrame | pd.Series):
            table = targets if isinstance(targets, pd.DataFrame) else targets.to_frame()
            require_columns(table, (), f"{verb}(targets=)")
        return cls(SegmentIndex(targets), standard_error_m(targets))


def nearest(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    k: int = 1,
    max_distance_m: float = np.inf,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """Find the nearest targets of each incident, with the interval of each distance.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    targets : geopandas.GeoDataFrame or geopandas.GeoSeries
        Points, lines or polygons in any CRS; its index identifies them.
    k : int, default 1
        How many targets for each incident; those as near as the k-th, such as two lines at a
        junction, are kept too and share its rank.
    max_distance_m : float, default infinity
        Targets farther from the best point than so many metres are left out.
    draws : int, default 199
        Draws for each place; incidents of one footprint have the same. With 0 the best points alone
        are measured from, and intervals are missing.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        A long table: ``incident_id``, ``rank``, ``target_id``, ``target_name`` (where the
        targets have a ``name``), ``distance_m`` and ``azimuth_deg`` from the best point
        (geodesic metres; degrees clockwise from north), ``distance_low_m`` and
        ``distance_high_m``, which hold the distance from the true place to that target with
        95 %, the target's own ``positional_accuracy_m`` included where the layer has it. An
        incident without a place has no rows.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If there are no targets, `k` is less than 1, or `draws` or `max_distance_m` is negative.
    CRSError
        If the incidents or the targets have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["Mach"], admin1="Balochistan")
    >>> geosec.nearest(located, geosec.load_rail_stations())["target_id"].tolist()
    ['mach']
    """
    located, lon, lat = require_coordinates(located, "nearest")
    require_draws(draws, seed, 0)
    k, most_m = require_whole(k, "k"), require_number(max_distance_m, "max_distance_m", "m")
    footprints = TableFootprints.of(located, lon, lat)
    footprints = footprints if draws else footprints.keep_points()
    footprints, which = fold_table(footprints, exact_too=False)
    layer = _Layer.of(targets, "nearest")
    found = layer.segments.nearest(footprints.lon, footprints.lat, k, most_m, ties=True)
    low_m, high_m = _find_intervals(footprints, layer, found, max(draws, 1), seed)
    row, pair = _unfold_pairs(found.point_idx, len(footprints), which)
    target = found.target_idx[pair]
    columns = {
        INDEX: located.index.take(row),
        "rank": found.rank.astype("int64")[pair],
        "target_id": targets.index.take(target),
    }
    if "name" in getattr(targets, "columns", ()):
        columns["target_name"] = targets["name"].to_numpy()[target]
    columns["distance_m"] = found.distance_m[pair]
    known = np.where(draws > 0, 1.0, np.nan)
    columns["distance_low_m"] = known * np.fmin(low_m, found.distance_m)[pair]
    columns["distance_high_m"] = known * np.fmax(high_m, found.distance_m)[pair]
    columns["azimuth_deg"] = found.azimuth_deg[pair]
    table = pd.DataFrame(columns)
    table.attrs = deepcopy(located.attrs)
    return note_step(table, "nearest", (), k=k, draws=draws, seed=seed)


def within(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    distance_m: float,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """Give the probability that each incident lies within a distance of the nearest target.

    Draws are made only where the answer is open: an incident that certainly lies nearer, or
    farther, has a probability of 1, or 0. Where the targets state their
    ``positional_accuracy_m``, each draw counts with the probability that the target, wherever it
    truly is, lies within the distance; a footprint that is a shape was made of the layers, and is
    taken to be off as much as they are.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    targets : geopandas.GeoDataFrame or geopandas.GeoSeries
        Points, lines or polygons in any CRS; its index identifies them.
    distance_m : float
        The limit, in geodesic metres.
    draws : int, default 199
        Draws for each place; incidents of one footprint have the same. With 0 the best points alone
        are measured from, and probabilities are missing.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        On the index of `located`: ``probability``, ``probability_se`` (its standard error:
        ``sqrt(p (1 - p) / draws)``, or 0 without draws), ``target_id`` and ``distance_m`` of the
        target nearest to the best point. Missing where there is no place.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If there are no targets, `distance_m` is negative or NaN, or `draws` is negative.
    CRSError
        If the incidents or the targets have no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["Mach", "Gwadar"], admin1="Balochistan")
    >>> lines = geosec.load_rail_lines()
    >>> geosec.within(located, lines, distance_m=10_000)["probability"].round(2).tolist()
    [0.99, 0.0]
    """
    located, lon, lat = require_coordinates(located, "within")
    require_draws(draws, seed, 0)
    distance_m = require_number(distance_m, "distance_m", "m")
    footprints = TableFootprints.of(located, lon, lat)
    footprints = footprints if draws else footprints.keep_points()
    footprints, which = fold_table(footprints, exact_too=False)
    layer = _Layer.of(targets, "within")
    found = layer.segments.project(footprints.lon, footprints.lat)
    asked = distance_m, max(draws, 1), seed
    probability, spread = _find_probabilities(footprints, layer, found, *asked)
    table = pd.DataFrame(index=located.index)
    table.attrs = deepcopy(located.attrs)
    known = np.where(draws > 0, 1.0, np.nan)
    table["probability"] = known * probability[which]
    table["probability_se"] = known * spread[which]
    target = found.target_idx[which]
    ids = targets.index.take(np.where(target >= 0, target, 0))
    named = pd.Series(ids, index=located.index)
    if pd.api.types.is_integer_dtype(named.dtype) and (target < 0).any():
        named = named.astype("Int64")  # as floats, large identifiers would be others
    table["target_id"] = named.where(target >= 0)
    table["distance_m"] = found.offset_m[which]
    return note_step(table, "within", (), distance_m=distance_m, draws=draws, seed=seed)


def _find_probabilities(
    footprints: TableFootprints,
    layer: _Layer,
    found: Projection,
    distance_m: float,
    draws: int,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the probability that each footprint lies within a distance, and its standard error."""
    reach, is_shaped = footprints.reach_m, footprints.is_shaped
    own_error_m = np.where(is_shaped, 0.0, layer.error_m[found.target_idx])
    depth_m = _measure_depth_m(layer, (footprints.lon, footprints.lat), found, own_error_m)
    probability = find_share_below(distance_m, found.offset_m - depth_m, own_error_m)
    most_m = distance_m + SURE * float(layer.error_m.max())
    near = found.offset_m - reach <= most_m
    sure = found.offset_m - depth_m + reach + SURE * own_error_m <= distance_m
    probability[sure] = 1.0
    is_open = near & ~sure & (reach > 0)
    for rows, places, _ in draw_open_rows(footprints, is_open, draws, seed):
        lon, lat = places.reshape(-1, 2).T
        drawn = layer.segments.project(lon, lat, most_m)
        error_m = layer.error_m[drawn.target_idx]
        error_m[np.repeat(is_shaped[rows], draws)] = 0.0
        offset_m = drawn.offset_m - _measure_depth_m(layer, (lon, lat), drawn, error_m)
        share = np.nan_to_num(find_share_below(distance_m, offset_m, error_m))
        probability[rows] = share.reshape(len(rows), draws).mean(axis=1)
    spread = np.where(np.isnan(probability), np.nan, 0.0)
    spread[is_open] = np.sqrt(probability[is_open] * (1 - probability[is_open]) / draws)
    return probability, spread


def _measure_depth_m(
    layer: _Layer,
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
    found: Projection,
    error_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Say how deep in a polygon points lie, where its border may be off; 0 for the others."""
    depth_m = np.zeros(len(found.offset_m))
    rows = np.flatnonzero((found.offset_m == 0) & (error_m > 0) & np.isnan(found.along_m))
    if rows.size:
        most_m = SURE * float(error_m.max())
        border_m = layer.segments.border_m(at[0][rows], at[1][rows], most_m)
        depth_m[rows] = np.where(np.isnan(border_m), np.inf, border_m)
    return depth_m


def _find_intervals(
    footprints: TableFootprints,
    layer: _Layer,
    found: NearestPairs,
    draws: int,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the 95 % interval of the distance of each pair, in metres."""
    is_shaped = footprints.is_shaped[found.point_idx]
    own_error_m = np.where(is_shaped, 0.0, layer.error_m[found.target_idx])
    low_m = found.distance_m - OF_LINE * own_error_m
    high_m = found.distance_m + OF_LINE * own_error_m
    counts = np.bincount(found.point_idx, minlength=len(footprints))
    starts = np.cumsum(counts) - counts
    is_open = (footprints.reach_m > 0) & (counts > 0)
    most = int(counts.max(initial=1))
    for rows, places, texts in draw_open_rows(footprints, is_open, draws, seed, answers=most):
        pair = join_ranges(starts[rows], counts[rows])
        own = np.repeat(np.arange(len(rows)), counts[rows])
        lon, lat = places[own].reshape(-1, 2).T
        away_m = layer.segments.distance_to_m(lon, lat, np.repeat(found.target_idx[pair], draws))
        error = make_normals(texts, draws, seed=seed)[own, :, 0] * own_error_m[pair][:, None]
        low_m[pair], high_m[pair] = find_interval(away_m.reshape(len(pair), draws) + error)
    return np.maximum(low_m, 0.0), high_m


def _unfold_pairs(
    point: NDArray[np.intp], count: int, which: NDArray[np.intp] | slice
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give each row the pairs of its footprint: positions of rows, and of their pairs."""
    counts = np.bincount(point, minlength=count)
    starts, own = (np.cumsum(counts) - counts)[which], counts[which]
    return np.repeat(np.arange(len(own)), own), join_ranges(starts, own)
