"""Getis and Ord's Gi* and the local Moran, for many sets of values at once.

Standard deviates: Ord and Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x (Gi*); Anselin 1995,
doi:10.1111/j.1538-4632.1995.tb00338.x, with the conditional moments of Sokal, Oden and Thomson
1998, doi:10.1111/j.1538-4632.1998.tb00406.x (Moran). Pseudo p-values come of shuffles, as many as
are needed: Besag and Clifford 1991, doi:10.1093/biomet/78.2.301.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.neighbours import Neighbours

    Floats = NDArray[np.float64]

Statistic = Literal["gi_star", "local_moran"]


@dataclass(frozen=True)
class LocalStatistics:
    """Of each unit in each set of values, (sets, units); NaN where nothing can be said."""

    z: Floats  #: standard deviate
    is_high: NDArray[np.bool_]  #: whether the unit's own value is above the mean
    lag_is_high: NDArray[np.bool_]  #: whether its neighbours' (with Gi* its own too) are


def measure_gi_star(values: Floats, neighbours: Neighbours) -> LocalStatistics:
    """Measure Gi* of values (sets, units); each unit is its own neighbour with weight 1."""
    weights = neighbours.with_self().matrix
    count = values.shape[1]
    total, square = (np.asarray(each.sum(axis=1)).ravel() for each in (weights, weights.power(2)))
    mean = values.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.maximum((values**2).mean(axis=1, keepdims=True) - mean**2, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = spread * np.sqrt((count * square - total**2) / (count - 1))
        z = ((weights @ values.T).T - total * mean) / scale
    z = _keep_told(z, spread, neighbours)
    return LocalStatistics(z, values > mean, z > 0)


def measure_local_moran(values: Floats, neighbours: Neighbours) -> LocalStatistics:
    """Measure how far the local Moran is from what a unit has if all others are shuffled."""
    weights = neighbours.matrix
    count = values.shape[1]
    total, square = (np.asarray(each.sum(axis=1)).ravel() for each in (weights, weights.power(2)))
    apart = values - values.mean(axis=1, keepdims=True)
    sum_squares = (apart**2).sum(axis=1, keepdims=True)
    lag = (weights @ apart.T).T
    with np.errstate(divide="ignore", invalid="ignore"):
        others = -apart / (count - 1)  # mean of the other units
        variance = (sum_squares - apart**2) / (count - 1) - others**2
        scale = np.sqrt(variance * (square * (count - 1) - total**2) / (count - 2))
        z = np.sign(apart) * (lag - total * others) / scale
    z = _keep_told(z, np.sqrt(sum_squares), neighbours)
    return LocalStatistics(z, apart > 0, lag > 0)


def find_pseudo_p(
    values: Floats,
    neighbours: Neighbours,
    statistic: Statistic,
    effort: tuple[int, int],
    seed: int,
) -> Floats:
    """Find two-sided pseudo p-values of values (sets, units), NaN where nothing can be said.

    Of Gi*, the values of a unit and its neighbours are drawn from all values; of Moran, those of
    the neighbours from all others. `effort` is how many shuffles at most, and how many that are as
    extreme are enough to end: p is then known to ``1 / sqrt(enough)`` of itself.
    """
    fixed = statistic == "local_moran"
    own = neighbours if fixed else neighbours.with_self()
    arrays = own.starts, own.members, own.weights
    p = np.full(values.shape, np.nan)
    fill = load_loops("analysis.spot_loops").fill_pseudo_p
    flat = np.ascontiguousarray(values, dtype="float64")
    run_in_parts(
        lambda first, end: fill(flat, arrays, fixed, (*effort, seed % 2**31), (first, end), p),
        values.shape[1],
        rows=values.size,
    )
    return _keep_told(p, np.ptp(values, axis=1, keepdims=True), neighbours)


def find_normal_p(z: Floats) -> Floats:
    """Find the two-sided p-values of standard deviates."""
    return np.asarray(2 * import_extra("scipy.special").ndtr(-np.abs(z)))


def adjust_p(p: Floats) -> Floats:
    """Adjust p-values (sets, units) for their number in each set, NaN left out.

    q is the least false discovery rate at which a unit is significant: Benjamini and Hochberg
    1995, doi:10.1111/j.2517-6161.1995.tb02031.x; for local statistics Caldas de Castro and Singer
    2006, doi:10.1111/j.0016-7363.2006.00682.x.
    """
    order = np.argsort(p, axis=1)  # NaN last
    ranked = np.take_along_axis(p, order, axis=1)
    tested = (~np.isnan(p)).sum(axis=1, keepdims=True)
    scaled = ranked * tested / np.arange(1, p.shape[1] + 1)
    least = np.fmin.accumulate(scaled[:, ::-1], axis=1)[:, ::-1]
    q = np.full(p.shape, np.nan)
    np.put_along_axis(q, order, np.where(np.isnan(ranked), np.nan, np.minimum(least, 1)), axis=1)
    return q


def _keep_told(told: Floats, spread: Floats, neighbours: Neighbours) -> Floats:
    """Keep what is told of units with neighbours, where not all values are equal."""
    mean_free = spread > 1e-12
    return np.where(mean_free & ~neighbours.is_island & np.isfinite(told), told, np.nan)
