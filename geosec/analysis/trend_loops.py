"""The compiled loops behind `geosec.analysis.series_trends`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geosec.geodesy.loops.caching import compile_loop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST_CORRELATION = 0.9
_TAKEN = 4.0  # what the slope and the mean that were taken out cost the correlation, times n


@compile_loop
def fill_trends(series: Floats, quantile: float, first: int, last: int, out: Floats) -> None:
    """Fill in of a range of series: slope, its low and high end, z, and the correlation.

    The slope is of the series as it stands; all else is of the series without its correlation.
    """
    for row in range(first, last):
        slopes = find_slopes(series[row])
        slope = np.median(slopes)
        correlation = estimate_correlation(series[row], slope)
        whitened = whiten(series[row], correlation)
        score, variance = find_score(whitened)
        if correlation > 0.0:
            slopes = find_slopes(whitened)
        low, high = find_ends(slopes, quantile * math.sqrt(variance))
        out[row, 0] = slope
        out[row, 1] = min(low, slope)
        out[row, 2] = max(high, slope)
        out[row, 3] = find_z(score, variance)
        out[row, 4] = correlation


@compile_loop
def fill_scores(series: Floats, first: int, last: int, out: Floats) -> None:
    """Fill in the score of Mann and Kendall of a range of series, its variance, and z."""
    for row in range(first, last):
        score, variance = find_score(series[row])
        out[row, 0] = score
        out[row, 1] = variance
        out[row, 2] = find_z(score, variance)


@compile_loop
def find_slopes(values: Floats) -> Floats:
    """Find the slopes between all pairs of values, a period apart being 1."""
    count = len(values)
    slopes = np.empty(count * (count - 1) // 2)
    at = 0
    for i in range(count - 1):
        for j in range(i + 1, count):
            slopes[at] = (values[j] - values[i]) / (j - i)
            at += 1
    return slopes


@compile_loop
def estimate_correlation(values: Floats, slope: float) -> float:
    """Estimate how like each value is to the one before, the slope taken out; at least 0.

    Taking out a slope and a mean makes neighbours look less alike than they are; that is put right.
    """
    count = len(values)
    rest = values - slope * np.arange(count)
    rest -= rest.mean()
    total = float(np.sum(rest * rest))
    if total < 1e-12:
        return 0.0
    seen = float(np.sum(rest[1:] * rest[:-1])) / total
    most = min(1.0 - 3.0 / count, _MOST_CORRELATION)  # more, and little would be left
    return min(max((count * seen + _TAKEN) / (count - 4.0), 0.0), most)


@compile_loop
def whiten(values: Floats, correlation: float) -> Floats:
    """Take out of each value what it has from the one before; a slope stays as steep as it was."""
    if correlation <= 0.0:
        return values
    return (values[1:] - correlation * values[:-1]) / (1.0 - correlation)


@compile_loop
def find_score(values: Floats) -> tuple[float, float]:
    """Count the pairs that rise less those that fall; and the variance without a trend."""
    count = len(values)
    score = 0.0
    for i in range(count - 1):
        for j in range(i + 1, count):
            if values[j] > values[i]:
                score += 1.0
            elif values[j] < values[i]:
                score -= 1.0
    ordered = np.sort(values)
    variance = count * (count - 1.0) * (2.0 * count + 5.0)
    start = 0
    for at in range(1, count + 1):
        if at == count or ordered[at] != ordered[start]:
            tied = at - start
            variance -= tied * (tied - 1.0) * (2.0 * tied + 5.0)
            start = at
    return score, max(variance, 0.0) / 18.0


@compile_loop
def find_z(score: float, variance: float) -> float:
    """Put a score into standard errors, one pair nearer to 0 as scores are whole numbers."""
    if score == 0.0 or variance <= 0.0:
        return 0.0
    return (score - math.copysign(1.0, score)) / math.sqrt(variance)


@compile_loop
def find_ends(slopes: Floats, reach: float) -> tuple[float, float]:
    """Find the slopes that lie half a reach of pairs below and above the middle, rounded out."""
    count = len(slopes)
    low = max(math.floor((count - reach) / 2.0) - 1, 0)
    high = min(math.ceil((count + reach) / 2.0), count - 1)
    ordered = np.partition(slopes, high)
    top = ordered[high]
    return np.partition(ordered[: high + 1], low)[low], top
