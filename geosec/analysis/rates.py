"""Intervals of counts: of chance alone, and of chance together with where incidents may have been.

The interval of chance is the exact one of a Poisson mean: F. Garwood 1936, *Fiducial limits for the
Poisson distribution*, Biometrika 28, doi:10.1093/biomet/28.3-4.437.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geosec.analysis.extras import import_extra

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEVEL = 0.95
_HALVINGS = 60  # of a bracket, to the last bit of a count
_ROWS = 2_000  # whose intervals are halved at a time


def find_poisson_interval(count: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Find the exact interval of the mean of a Poisson count; it need not be a whole number.

    >>> low, high = find_poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()  # Garwood (1936)
    ([0.0, 4.795], [3.689, 18.39])
    """
    special = import_extra("scipy.special")
    counted = np.asarray(count, dtype="float64")
    tail = (1 - level) / 2
    low = np.where(counted > 0, special.gammaincinv(np.where(counted > 0, counted, 1), tail), 0.0)
    return low, np.asarray(special.gammaincinv(counted + 1, 1 - tail))


def combine_intervals(counts: Floats, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Combine chance with the spread over draws: counts (units, draws) into an interval of each.

    Each draw has its own exact interval; the ends are those beyond which, over all draws together,
    lies half of ``1 - level``: the mean of the draws' tails.
    """
    low, high = find_poisson_interval(counts[:, 0], level=level)
    spread = np.flatnonzero((counts != counts[:, :1]).any(axis=1))
    for start in range(0, len(spread), _ROWS):
        rows = spread[start : start + _ROWS]
        low[rows], high[rows] = _combine_spread(*_tally_counts(counts[rows]), level)
    return low, high


def _tally_counts(counts: Floats) -> tuple[Floats, Floats]:
    """Tally the distinct counts of each row, and the shares of draws that have them."""
    ordered = np.sort(counts, axis=1)
    is_new = np.diff(ordered, axis=1, prepend=-1.0) != 0
    row, _ = np.nonzero(is_new)
    at = (np.cumsum(is_new, axis=1) - 1)[is_new]
    values = np.repeat(ordered[:, -1:], int(at.max()) + 1, axis=1)  # those without a share too
    values[row, at] = ordered[is_new]
    first = np.flatnonzero(is_new.ravel())
    times = np.zeros(values.shape)
    times[row, at] = np.diff(np.append(first, is_new.size))
    return values, times / counts.shape[1]


def _combine_spread(values: Floats, shares: Floats, level: float) -> tuple[Floats, Floats]:
    """Combine chance with counts of several shares of the draws each."""
    special = import_extra("scipy.special")
    tail = (1 - level) / 2
    lows, highs = find_poisson_interval(values, level=level)

    def share_below(mean: Floats) -> Floats:  # P(count or more | mean), small for a small mean
        at = np.where(values > 0, special.gammainc(np.maximum(values, 1e-300), mean[:, None]), 1.0)
        return np.asarray((at * shares).sum(axis=1))

    def share_above(mean: Floats) -> Floats:  # P(count or fewer | mean), small for a large mean
        return np.asarray((special.gammaincc(values + 1, mean[:, None]) * shares).sum(axis=1))

    low = _halve(lows.min(axis=1), lows.max(axis=1), lambda at: share_below(at) < tail)
    high = _halve(highs.min(axis=1), highs.max(axis=1), lambda at: share_above(at) > tail)
    return low, high


def _halve(low: Floats, high: Floats, is_below: Callable[[Floats], Any]) -> Floats:
    """Find, between two ends, where `is_below` stops being true."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = is_below(middle)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
