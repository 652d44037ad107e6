"""Nearest infrastructure, and the probability of being near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geosec.geodesy.segments import SegmentIndex
from geosec.location.sampling import sample
from geosec.schema import INDEX, require_located

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

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
        How many targets for each incident.
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
        95 %. An incident without a place has no rows.

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
    located = require_located(located, "nearest")
    index = SegmentIndex(targets)
    found = index.nearest(located.geometry.x, located.geometry.y, k, max_distance_m)
    table = pd.DataFrame(
        {
            INDEX: located.index.to_numpy()[found.point_idx],
            "rank": found.rank.astype("int64"),
            "target_id": targets.index.to_numpy()[found.target_idx],
        }
    )
    if "name" in targets.columns:
        table["target_name"] = targets["name"].to_numpy()[found.target_idx]
    low_m, high_m = _intervals(located, targets, found.point_idx, found.target_idx, draws, seed)
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
        On the index of `located`: ``probability`` (share of the draws within the limit),
        ``probability_se`` (its standard error, ``sqrt(p (1 - p) / draws)``), ``target_id`` and
        ``distance_m`` of the target nearest to the best point. Missing where there is no place.

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
    >>> geosec.within(located, lines, distance_m=10_000)["probability"].tolist()
    [1.0, 0.0]
    """
    located = require_located(located, "within")
    index = SegmentIndex(targets)
    found = index.nearest(located.geometry.x, located.geometry.y)
    places = sample(located, draws, seed)
    near = index.within(places[..., 0].ravel(), places[..., 1].ravel(), distance_m)
    share = near.reshape(places.shape[:2]).mean(axis=1)
    placed = ~np.isnan(places[:, 0, 0])
    table = pd.DataFrame(index=located.index)
    table["probability"] = np.where(placed, share, np.nan)
    table["probability_se"] = np.sqrt(table["probability"] * (1 - table["probability"]) / draws)
    rows = located.index[found.point_idx]
    ids = pd.Series(targets.index.to_numpy()[found.target_idx], index=rows)
    table["target_id"] = ids.reindex(located.index)
    table["distance_m"] = pd.Series(found.distance_m, index=rows).reindex(located.index)
    return table


def _intervals(
    located: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame,
    point_idx: NDArray[np.intp],
    target_idx: NDArray[np.intp],
    draws: int,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure from every draw to the targets found, each target once."""
    low_m, high_m = np.full(len(point_idx), np.nan), np.full(len(point_idx), np.nan)
    places = sample(located, draws, seed)
    for target in np.unique(target_idx):
        rows = np.flatnonzero(target_idx == target)
        own = places[point_idx[rows]]
        away_m = SegmentIndex(targets.iloc[[target]]).distance_m(
            own[..., 0].ravel(), own[..., 1].ravel()
        )
        low_m[rows], high_m[rows] = np.quantile(away_m.reshape(own.shape[:2]), _INTERVAL, axis=1)
    return low_m, high_m
