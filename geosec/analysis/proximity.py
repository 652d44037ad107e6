"""Nearest infrastructure, and the probability of being near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.errors import ParameterError
from geosec.geodesy.segments import SegmentIndex
from geosec.schema import INDEX, require_coordinates
from geosec.uncertainty.layer_error import OF_LINE, SURE, below, normals, standard_error_m
from geosec.uncertainty.sampling import in_chunks, is_shaped, reach_m, require_draws, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.geodesy.pairs import NearestPairs, Projection

_INTERVAL = (0.025, 0.975)


def nearest(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame,
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
        Geocoded incidents in any CRS.
    targets : geopandas.GeoDataFrame
        Points, lines or polygons in any CRS; its index identifies them.
    k : int, default 1
        How many targets for each incident; those as near as the k-th, such as two lines at a
        junction, are kept too and share its rank.
    max_distance_m : float, default infinity
        Targets farther from the best point than so many metres are left out.
    draws : int, default 199
        Draws for each incident.
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
        If the incidents have not been geocoded, or one of them is no point.
    ParameterError
        If there are no targets, `k` or `draws` is less than 1, or `max_distance_m` is negative.
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
    require_draws(draws)
    index = SegmentIndex(targets)
    found = index.nearest(lon, lat, k, max_distance_m, ties=True)
    table = pd.DataFrame(
        {
            INDEX: located.index.to_numpy()[found.point_idx],
            "rank": found.rank.astype("int64"),
            "target_id": targets.index.to_numpy()[found.target_idx],
        }
    )
    if "name" in targets.columns:
        table["target_name"] = targets["name"].to_numpy()[found.target_idx]
    low_m, high_m = _intervals(located, index, found, standard_error_m(targets), draws, seed)
    table["distance_m"] = found.distance_m
    table["distance_low_m"] = np.fmin(low_m, found.distance_m)
    table["distance_high_m"] = np.fmax(high_m, found.distance_m)
    table["azimuth_deg"] = found.azimuth_deg
    return table


def within(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame,
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
        Geocoded incidents in any CRS.
    targets : geopandas.GeoDataFrame
        Points, lines or polygons in any CRS; its index identifies them.
    distance_m : float
        The limit, in geodesic metres.
    draws : int, default 199
        Draws for each incident.
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
        If the incidents have not been geocoded, or one of them is no point.
    ParameterError
        If there are no targets, `distance_m` is negative or NaN, or `draws` is less than 1.
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
    require_draws(draws)
    if not distance_m >= 0:
        msg = f"`distance_m` must be 0 or more, in metres, and is {distance_m}."
        raise ParameterError(msg)
    index, error_m = SegmentIndex(targets), standard_error_m(targets)
    found = index.project(lon, lat)
    reach = reach_m(located, lon)
    exact = is_shaped(located)
    own_error_m = np.where(exact, 0.0, error_m[found.target_idx])
    depth_m = _depth_m(index, (lon, lat), found, own_error_m)
    probability = below(distance_m, found.offset_m - depth_m, own_error_m)
    most_m = distance_m + SURE * float(error_m.max())
    near = found.offset_m - reach <= most_m
    sure = found.offset_m - depth_m + reach + SURE * own_error_m <= distance_m
    probability[sure] = 1.0
    rows = np.flatnonzero(near & ~sure & (reach > 0))
    for part in in_chunks(rows, draws):
        places = sample(located.iloc[part], draws, seed).reshape(-1, 2)
        drawn = index.project(places[:, 0], places[:, 1], most_m)
        draw_error_m = np.where(np.repeat(exact[part], draws), 0.0, error_m[drawn.target_idx])
        offset_m = drawn.offset_m - _depth_m(index, places.T, drawn, draw_error_m)
        share = np.nan_to_num(below(distance_m, offset_m, draw_error_m))
        probability[part] = share.reshape(len(part), draws).mean(axis=1)
    spread = np.zeros(len(located))
    spread[rows] = np.sqrt(probability[rows] * (1 - probability[rows]) / draws)
    table = pd.DataFrame(index=located.index)
    table["probability"] = probability
    table["probability_se"] = np.where(np.isnan(probability), np.nan, spread)
    there = found.target_idx >= 0
    ids = targets.index.take(np.where(there, found.target_idx, 0))
    table["target_id"] = pd.Series(ids, index=located.index).where(there)
    table["distance_m"] = found.offset_m
    return table


def _depth_m(
    index: SegmentIndex,
    at: Sequence[NDArray[np.float64]] | NDArray[np.float64],
    found: Projection,
    error_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Say how deep in a polygon points lie, where its border may be off; 0 for the others."""
    depth_m = np.zeros(len(found.offset_m))
    rows = np.flatnonzero((found.offset_m == 0) & (error_m > 0) & np.isnan(found.along_m))
    if rows.size:
        most_m = SURE * float(error_m.max())
        border_m = index.border_m(at[0][rows], at[1][rows], most_m)
        depth_m[rows] = np.where(np.isnan(border_m), np.inf, border_m)
    return depth_m


def _intervals(
    located: gpd.GeoDataFrame,
    index: SegmentIndex,
    found: NearestPairs,
    error_m: NDArray[np.float64],
    draws: int,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the 95 % interval of the distance of each pair."""
    exact = is_shaped(located)[found.point_idx]
    own_error_m = np.where(exact, 0.0, error_m[found.target_idx])
    low_m = found.distance_m - OF_LINE * own_error_m
    high_m = found.distance_m + OF_LINE * own_error_m
    open_ = reach_m(located)[found.point_idx] > 0
    for part in in_chunks(np.flatnonzero(open_), draws):
        rows, which = np.unique(found.point_idx[part], return_inverse=True)
        own = located.iloc[rows]
        places = sample(own, draws, seed)[which].reshape(-1, 2)
        target = np.repeat(found.target_idx[part], draws)
        away_m = index.distance_to_m(places[:, 0], places[:, 1], target)
        error = normals([str(each) for each in own.index], draws, seed=seed)[which, :, 0]
        away_m = away_m.reshape(len(part), draws) + error * own_error_m[part][:, None]
        low_m[part], high_m[part] = np.quantile(away_m, _INTERVAL, axis=1)
    return np.maximum(low_m, 0.0), high_m
