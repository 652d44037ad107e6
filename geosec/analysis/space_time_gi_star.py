"""Gi* of a unit in a period, with its neighbours and the periods before: hot and cold bins.

A unit in a period is a bin. Gi* (Ord and Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x)
compares the sum over a bin, its neighbours, and the same bins of the periods before with what as
many bins taken anywhere, at any time, hold.

Sums of few incidents, or of bins of which one holds a hundred, are far from normal: a normal p
calls too many bins hot. Here p is that of the sum of as many bins taken at random, each put back,
from all of them: the counts' own distribution convolved with itself, which has a closed form in
its Fourier transform. That is what endless shuffles of all bins would give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.errors import ParameterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.neighbours import Neighbours

    Floats = NDArray[np.float64]
    Counts = NDArray[np.integer]


class BinStatistics(NamedTuple):
    """Of each bin, (units, periods): NaN where all bins are equal."""

    z: Floats  #: standard deviates of Gi*
    p: Floats  #: two-sided


class Windows(NamedTuple):
    """Which bins are added up for each bin."""

    neighbours: Neighbours  #: each unit being its own
    lags: int
    size: NDArray[np.int64]  #: how many they are: (units, periods)

    @classmethod
    def of(cls, neighbours: Neighbours, periods: int, lags: int) -> Windows:
        """Take the neighbours of each unit, and so many periods before where there are any."""
        if not (neighbours.weights == 1).all():
            msg = (
                "`weights` says who is a neighbour, with a weight of 1 for each; others cannot be "
                "used over periods. With libpysal, take a graph before it is transformed."
            )
            raise ParameterError(msg)
        own = neighbours.with_self()
        depth = np.minimum(np.arange(periods), lags) + 1
        return cls(own, lags, np.outer(np.diff(own.starts), depth))

    def add_up(self, counts: Counts) -> Counts:
        """Add up counts (units, periods) over the neighbours and the periods before."""
        total = np.cumsum(self.neighbours.matrix.astype("int64") @ counts, axis=1)
        total[:, self.lags + 1 :] -= total[:, : -self.lags - 1].copy()
        return np.asarray(total)


def measure_bins(counts: Counts, windows: Windows) -> BinStatistics:
    """Measure Gi* of counts (units, periods), whole numbers."""
    variance = counts.var()
    if not variance > 0:
        nothing = np.full(counts.shape, np.nan)
        return BinStatistics(nothing, nothing)
    sums, size = windows.add_up(counts), windows.size
    spread = variance * size * (counts.size - size) / (counts.size - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (sums - counts.mean() * size) / np.sqrt(spread)
    p = np.empty(counts.shape)
    shares = np.bincount(counts.ravel()) / counts.size
    for many in np.unique(size):
        at = size == many
        below, above = _find_tails(shares, int(many))
        p[at] = np.minimum(1.0, 2 * np.minimum(below[sums[at]], above[sums[at]]))
    is_told = spread > 0
    return BinStatistics(np.where(is_told, z, np.nan), np.where(is_told, p, np.nan))


def _find_tails(shares: Floats, many: int) -> tuple[Floats, Floats]:
    """Find the probability of each sum or less, and of each or more, of so many numbers drawn.

    `shares` is how often each number, from 0 on, is drawn.
    """
    fft = import_extra("scipy.fft")
    length = many * (len(shares) - 1) + 1
    padded = fft.next_fast_len(length, real=True)
    chances = fft.irfft(fft.rfft(shares, padded) ** many, padded)[:length]
    chances = np.maximum(chances, 0.0)
    return np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
