"""What of the Earth a map shows at first: where the incidents are, but for a stray one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRAY = 0.01  # share of incidents that may be left out
_LEAST = 10  # incidents, of fewer none is stray
_TIMES = 2.0  # the extent that stray incidents would at least make of that of the others
_LEAST_DEG = 0.5  # smaller extents are not stretched by what is near them


class Extent(NamedTuple):
    """What a map shows at first, and where the world is cut."""

    bounds: list[list[float]] | None  #: south west and north east: degrees of latitude, longitude
    cut: float  #: longitude in degrees; those west of it are drawn 360 degrees farther east


def find_extent(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Extent:
    """Find the extent of points (degrees, EPSG:4326) without stray ones, across the antimeridian.

    A hundredth of the points, and at least one, is left out where that halves the extent.
    """
    if not len(lon):
        return Extent(None, -180.0)
    cut = _find_cut(lon)
    turned = np.where(lon < cut, lon + 360.0, lon)
    kept = _leave_out_stray(turned, lat)
    west, east = float(turned[kept].min()), float(turned[kept].max())
    south, north = float(lat[kept].min()), float(lat[kept].max())
    return Extent([[south, west], [north, east]], cut)


def _find_cut(lon: NDArray[np.float64]) -> float:
    """Find where to cut the world: at 180 degrees, or in the largest gap if that is much shorter.

    An extent that leaves a third of the Earth free as it is stays as it is.
    """
    distinct = np.unique(lon)
    if distinct[-1] - distinct[0] <= 240.0:
        return -180.0
    gaps = np.diff(distinct)
    widest = int(gaps.argmax())
    around = 360.0 - (distinct[-1] - distinct[0])
    if gaps[widest] <= around:
        return -180.0
    return float(distinct[widest] + gaps[widest] / 2)


def _leave_out_stray(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the points that are not stray: the farthest from the middle ones, if they are few."""
    everything = np.ones(len(lon), dtype=bool)
    if len(lon) < _LEAST:
        return everything
    away = np.maximum(np.abs(lon - np.median(lon)), np.abs(lat - np.median(lat)))
    few = max(1, int(len(lon) * _STRAY))
    kept = np.zeros(len(lon), dtype=bool)
    kept[np.argpartition(away, len(lon) - few - 1)[: len(lon) - few]] = True
    stretched = _measure(lon, lat, everything) > _TIMES * max(_LEAST_DEG, _measure(lon, lat, kept))
    return kept if stretched else everything


def _measure(lon: NDArray[np.float64], lat: NDArray[np.float64], kept: NDArray[np.bool_]) -> float:
    return float(max(np.ptp(lon[kept]), np.ptp(lat[kept])))
