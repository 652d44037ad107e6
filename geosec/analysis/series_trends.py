"""Is a series of counts rising or falling, and how fast: for many series at once.

The test is that of Mann (1945, doi:10.2307/1907187) and Kendall (1975, *Rank Correlation Methods*),
with ties, after pre-whitening: counts of one period are like those of the period before, and a
test that takes them for independent finds trends where there are none (H. von Storch 1995, in
*Analysis of Climate Variability*; Kulkarni and von Storch 1995, Meteorologische Zeitschrift 4,
doi:10.1127/metz/4/1992/82). The correlation with the period before is estimated once the slope is
taken out, with its bias put right, as by Hamed (2009, doi:10.1016/j.jhydrol.2009.01.040), and the
series is divided so that its slope stays (Wang and Swail 2001,
doi:10.1175/1520-0442(2001)014<2204:COEWHI>2.0.CO;2).

The slope is the median of the slopes of all pairs of periods, its interval that of Sen (1968,
doi:10.1080/01621459.1968.10480934) on the whitened series, so that it agrees with the test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geosec.analysis.extras import import_extra
from geosec.geodesy.compiled import load_loops
from geosec.geodesy.threads import run_in_parts

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LEAST_PERIODS = 8  #: fewer tell nothing of a trend
_LEAST_SUMS = 12  # that neighbouring periods are added up to
_LONG = 60  # periods: so many can be added up until a sum is 5, in fewer 2 must do
_ENOUGH = {False: 2.0, True: 5.0}
_TAIL = 0.025  # of the interval of a slope, on either side
_HALVINGS = 60


@dataclass(frozen=True, eq=False)
class SeriesTrends:
    """The trends of series, arrays of one shape; slopes in units of the series per period."""

    slope: Floats
    low: Floats  #: with `high`, holds the slope with 95 %
    high: Floats
    z: Floats  #: of the test, in standard errors; positive where the series rises
    correlation: Floats  #: with the period before, the slope taken out; 0 where it is negative

    @property
    def p_value(self) -> Floats:
        """The probability of such a trend, or a stronger one, either way, if there is none."""
        return np.asarray(import_extra("scipy.special").erfc(np.abs(self.z) / np.sqrt(2.0)))


def choose_pooling(means: Floats, periods: int) -> NDArray[np.int64]:
    """Choose how many neighbouring periods are added up, for series of such mean counts.

    Where most counts are 0 or 1, the slopes of most pairs of periods are 0, and so are their median
    and its interval, whatever the trend.
    """
    wanted = np.ceil(_ENOUGH[periods >= _LONG] / np.maximum(means, 1e-9))
    return np.clip(wanted, 1, max(1, periods // _LEAST_SUMS)).astype("int64")


def pool_periods(series: NDArray[np.generic], pooled: int) -> NDArray[np.generic]:
    """Add up so many neighbouring periods of series (..., periods); the first may be left over."""
    kept = series[..., series.shape[-1] % pooled :]
    return np.asarray(kept.reshape(*kept.shape[:-1], -1, pooled).sum(axis=-1))


def find_trends(series: ArrayLike) -> SeriesTrends:
    """Find the trends of series: (..., periods), at least 8 of them, one period apart.

    >>> rising = find_trends([2, 4, 3, 6, 5, 8, 9, 8, 11, 12, 11, 14])
    >>> round(float(rising.slope), 2), bool(rising.p_value < 0.05)
    (1.0, True)
    """
    values = np.asarray(series, dtype="float64")
    rows, which = np.unique(values.reshape(-1, values.shape[-1]), axis=0, return_inverse=True)
    quantile = float(import_extra("scipy.special").ndtri(1 - _TAIL))
    out = np.empty((len(rows), 5))
    fill = load_loops("analysis.trend_loops").fill_trends
    work = max(1, values.shape[-1] ** 2 // 200)
    run_in_parts(
        lambda start, end: fill(rows, quantile, start, end, out), len(rows), rows=len(rows) * work
    )
    found = out[which.ravel()].reshape(*values.shape[:-1], 5)
    return SeriesTrends(*np.moveaxis(found, -1, 0))


def score_series(series: ArrayLike) -> Floats:
    """Give z of Mann and Kendall of series (..., periods) as they stand, not whitened."""
    values = np.ascontiguousarray(series, dtype="float64")
    rows = values.reshape(-1, values.shape[-1])
    out = np.empty((len(rows), 3))
    fill = load_loops("analysis.trend_loops").fill_scores
    run_in_parts(lambda start, end: fill(rows, start, end, out), len(rows))
    return np.asarray(out[:, 2].reshape(values.shape[:-1]))


def combine_slopes(trends: SeriesTrends) -> tuple[Floats, Floats]:
    """Combine the intervals of slopes over draws, (units, draws), into one of each unit.

    Each draw's slope is taken to be normal on either side, as wide as its interval; beyond each end
    lies half of 5 %, the mean of the draws' tails.
    """
    special = import_extra("scipy.special")
    reach = float(special.ndtri(1 - _TAIL))
    below, above = trends.slope - trends.low, trends.high - trends.slope

    def share_below(at: Floats) -> Floats:
        away = at[:, None] - trends.slope
        width = np.maximum(np.where(away < 0, below, above), 1e-12)
        return np.asarray(special.ndtr(reach * away / width).mean(axis=1))

    ends = []
    for tail in (_TAIL, 1 - _TAIL):
        low, high = trends.low.min(axis=1), trends.high.max(axis=1)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            is_below = share_below(middle) < tail
            low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
        ends.append((low + high) / 2)
    return ends[0], ends[1]
