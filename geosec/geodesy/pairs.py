"""What a search for neighbours gives: pairs of points and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geosec.crs import require_degrees
from geosec.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


class NearestPairs(NamedTuple):
    """Pairs of points and their nearest targets, ordered by point and rank.

    Attributes
    ----------
    point_idx, target_idx : numpy.ndarray of int
        Positions in the points asked and in the targets.
    rank : numpy.ndarray of int
        1 for the nearest.
    distance_m : numpy.ndarray
        Geodesic distance, metres; 0 inside a polygon.
    azimuth_deg : numpy.ndarray
        Direction from the point to the foot, degrees clockwise from north; NaN at distance 0.
    lon_foot, lat_foot : numpy.ndarray
        Nearest point of the target, degrees in EPSG:4326.
    along_m : numpy.ndarray
        Metres of a line before the foot; of a polygon, of its border; NaN inside a polygon.
    side : numpy.ndarray
        1 left of a line, seen along it, -1 right, 0 within 0.01 mm of it or where the target is no
        line.
    """

    point_idx: NDArray[np.intp]
    target_idx: NDArray[np.intp]
    rank: NDArray[np.intp]
    distance_m: NDArray[np.float64]
    azimuth_deg: NDArray[np.float64]
    lon_foot: NDArray[np.float64]
    lat_foot: NDArray[np.float64]
    along_m: NDArray[np.float64]
    side: NDArray[np.float64]


class Projection(NamedTuple):
    """The nearest target of each point: its position (-1 for none), and metres to and along it."""

    target_idx: NDArray[np.int64]
    offset_m: NDArray[np.float64]
    along_m: NDArray[np.float64]


def join_pairs(parts: Sequence[NearestPairs]) -> NearestPairs:
    """Put the pairs of several searches into one."""
    columns: Any = (np.concatenate(column) for column in zip(*parts, strict=True))
    return NearestPairs(*columns)


def take_pairs(pairs: NearestPairs, which: NDArray[Any]) -> NearestPairs:
    """Take the pairs at some positions, or those that a mask marks."""
    columns: Any = (column[which] for column in pairs)
    return NearestPairs(*columns)


def rank_pairs(pairs: NearestPairs, k: int) -> NearestPairs:
    """Keep the nearest foot of each target, and of those the `k` nearest of each point.

    Pairs may come in any order and without ranks; of two equally near targets the earlier comes
    first.
    """
    order = np.lexsort((pairs.distance_m, pairs.target_idx, pairs.point_idx))
    first = order[_mark_starts(pairs.point_idx[order], pairs.target_idx[order])]
    point, target = pairs.point_idx[first], pairs.target_idx[first]
    order = first[np.lexsort((target, pairs.distance_m[first], point))]
    rank = _count_ranks(pairs.point_idx[order])
    kept = order[rank <= k]
    found = take_pairs(pairs, kept)
    away = found.distance_m > 0
    return found._replace(
        rank=rank[rank <= k], azimuth_deg=np.where(away, found.azimuth_deg, np.nan)
    )


def _mark_starts(*keys: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Mark where a run of equal keys begins."""
    fresh = np.ones(len(keys[0]), dtype="bool")
    if len(fresh) > 1:
        fresh[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return fresh


def _count_ranks(point: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count 1, 2, 3 within each run of one point."""
    starts = np.flatnonzero(_mark_starts(point))
    lengths = np.diff(np.append(starts, len(point)))
    return np.arange(len(point)) - np.repeat(starts, lengths) + 1


def check_query(
    lon: ArrayLike, lat: ArrayLike, k: int, max_distance_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Check what is asked of an index, and give its points as contiguous arrays of degrees.

    `k` below 1 and a limit in metres that is negative or NaN raise a `ParameterError`, points on no
    globe a `CRSError`.
    """
    if k < 1 or not max_distance_m >= 0:
        msg = (
            f"`k` must be 1 or more and `max_distance_m` 0 or more, "
            f"and they are {k} and {max_distance_m}."
        )
        raise ParameterError(msg)
    lon = np.ascontiguousarray(lon, dtype="float64")
    lat = np.ascontiguousarray(lat, dtype="float64")
    require_degrees(lon, lat, "points")
    return lon, lat
