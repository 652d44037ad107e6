"""When the level of a series of counts changed: change points, for many series.

The series, as twice the square root of the counts plus 3/8, whose variance is 1 for Poisson counts
of any level (F. J. Anscombe 1948, doi:10.1093/biomet/35.3-4.246), is cut where the squares about
the mean of each piece fall by more than a penalty: ``3 v log(n)``, three numbers for each cut as
in the modified BIC of Zhang and Siegmund (2007, doi:10.1111/j.1541-0420.2006.00662.x). ``v`` is the
variance that a mean over many periods has, times their number: it grows where counts vary more than
Poisson's, and where a period is like the one before. Both are told by the differences of periods
one and two apart (as by Chakar, Lebarbier, Levy-Leduc and Robin 2017, doi:10.3150/15-BEJ782), the
largest, which may be changes, left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.extras import import_extra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHORTEST = 3  #: periods between two change points
_PER_CUT = 3.0
_MOST_CORRELATION = 0.8  # more, and no change could be told in a few tens of periods
_SHY = 10  # periods: in a short series the correlation is hardly known, and is taken for less
_JUMPS_PER = 40  # periods: one in so many steps may be a change, at least one


def find_changes(counts: NDArray[np.generic]) -> list[NDArray[np.intp]]:
    """Find for each series of counts (series, periods) the periods with which a new level begins.

    >>> [each.tolist() for each in find_changes(np.array([[2, 3, 1, 2, 3, 19, 22, 18, 20, 17]]))]
    [[5]]
    """
    rows, which = np.unique(counts, axis=0, return_inverse=True)
    levels = 2 * np.sqrt(rows + 0.375)
    cut = import_extra("ruptures").KernelCPD(kernel="linear", min_size=SHORTEST)
    found = []
    for level, penalty in zip(levels, find_penalties(levels), strict=True):
        ends = cut.fit(level[:, None]).predict(pen=penalty) if np.ptp(level) else [len(level)]
        found.append(np.array(ends[:-1], dtype="intp"))
    return [found[row] for row in which.ravel()]


def find_penalties(levels: Floats) -> Floats:
    """Find what a cut of each series (series, periods) must save."""
    once, twice = (_measure_steps(levels, by) for by in (1, 2))
    ratio = np.divide(twice, once, out=np.ones_like(once), where=once > 0)
    periods = levels.shape[1]
    correlation = np.clip(ratio - 1, 0.0, _MOST_CORRELATION) * periods / (periods + _SHY)
    variance = once / 2 / (1 - correlation)
    of_means = np.maximum(variance * (1 + correlation) / (1 - correlation), 1.0)
    return np.asarray(_PER_CUT * np.log(periods) * of_means)


def _measure_steps(levels: Floats, by: int) -> Floats:
    """Measure the mean square of steps over so many periods, as if the largest were normal."""
    steps = np.sort(np.abs(levels[:, by:] - levels[:, :-by]), axis=1)
    jumps = by * max(1, levels.shape[1] // _JUMPS_PER)
    kept = 1 - jumps / steps.shape[1]
    normal = import_extra("scipy.stats").norm
    edge = normal.ppf((1 + kept) / 2)
    of_normal = (kept - 2 * edge * normal.pdf(edge)) / kept  # mean square of the inner ones
    return np.asarray(np.square(steps[:, :-jumps]).mean(axis=1) / of_normal)


def share_of_changes(
    at: NDArray[np.intp], drawn: list[NDArray[np.intp]], *, within: int = 1
) -> Floats:
    """Give the share of draws that have a change within so many periods of each given one."""
    near = [(np.abs(at[:, None] - each) <= within).any(axis=1) for each in drawn]
    return np.asarray(np.mean(near, axis=0)) if len(at) else np.empty(0)
