"""Trends of series: the test of Mann and Kendall, whitened, and Sen's slope with its interval."""

from __future__ import annotations

import numpy as np
import pymannkendall
import pytest
from scipy.stats import theilslopes

from geosec.analysis.series_trends import (
    choose_pooling,
    combine_slopes,
    find_trends,
    pool_periods,
    score_series,
)
from geosec.analysis.trend_loops import find_ends, find_score, find_slopes, find_z

GUIDANCE = [10.0, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15]


def simulate(runs, periods, correlation, seed=0, mean=30.0, slope=0.0) -> np.ndarray:
    """Simulate counts about a line, each period like the one before as far as it says."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((runs, periods + 50))
    for at in range(1, periods + 50):
        noise[:, at] += correlation * noise[:, at - 1]
    line = mean + slope * np.arange(periods)
    noise = noise[:, 50:] * np.sqrt((1 - correlation**2) * line)
    return np.maximum(np.round(line + noise), 0)


def test_the_score_is_that_of_the_worked_example():
    # EPA QA/G-9S (2006), Data Quality Assessment: Statistical Methods for Practitioners, p. 109
    score, variance = find_score(np.array(GUIDANCE))
    assert score == 22
    assert variance == pytest.approx(155.33, abs=0.01)
    assert find_z(score, variance) == pytest.approx(1.685, abs=0.001)


def test_scores_are_those_of_pymannkendall():
    series = np.random.default_rng(1).poisson(3, (20, 30)).astype(float)
    told = [pymannkendall.original_test(values).z for values in series]
    assert score_series(series) == pytest.approx(told)


def test_slopes_and_their_interval_are_those_of_scipy():
    values = np.random.default_rng(2).normal(0, 5, 40) + 0.3 * np.arange(40)
    slopes = find_slopes(values)
    reach = 1.959964 * np.sqrt(find_score(values)[1])
    theirs = theilslopes(values)
    assert np.median(slopes) == pytest.approx(theirs.slope)
    ordered = np.sort(slopes)
    others = theirs.low_slope, theirs.high_slope
    for end, other in zip(find_ends(slopes, reach), others, strict=True):
        apart = np.searchsorted(ordered, end) - np.searchsorted(ordered, other)
        assert abs(apart) <= 1  # they round to the nearest pair, and here it is outwards


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("periods", [8, 12, 36, 120])
def test_false_alarms_stay_near_5_percent(periods, correlation):
    alarms = find_trends(simulate(1000, periods, correlation)).p_value <= 0.05
    assert alarms.mean() <= 0.08


@pytest.mark.parametrize(("periods", "correlation"), [(12, 0.0), (36, 0.0), (36, 0.5), (120, 0.5)])
def test_the_interval_holds_the_slope(periods, correlation):
    found = find_trends(simulate(400, periods, correlation, slope=0.4))
    held = (found.low <= 0.4) & (found.high >= 0.4)
    assert held.sum() >= 368
    assert found.slope.mean() == pytest.approx(0.4, abs=0.05)


def test_more_trends_are_found_than_by_plain_pre_whitening():
    series = simulate(300, 36, 0.3, mean=10, slope=0.3)
    plain = [pymannkendall.pre_whitening_modification_test(values).h for values in series]
    assert (find_trends(series).p_value <= 0.05).mean() > np.mean(plain) + 0.1


def test_interval_and_test_agree():
    found = find_trends(simulate(300, 40, 0.4, mean=20, slope=0.2))
    beyond = (found.low > 0) | (found.high < 0)
    assert (beyond == (found.p_value <= 0.05)).mean() > 0.97


@pytest.mark.parametrize("mean", [0.1, 0.3, 1.0, 3.0])
def test_the_slope_of_few_incidents_is_held_once_periods_are_added_up(mean):
    line = mean * (1 + 0.8 * np.linspace(-1, 1, 240))
    counts = np.random.default_rng(4).poisson(line, (400, 240))
    pooled = int(choose_pooling(np.array([mean]), 240)[0])
    found, slope = find_trends(pool_periods(counts, pooled)), line[1] - line[0]
    held = (found.low / pooled**2 <= slope) & (found.high / pooled**2 >= slope)
    assert held.sum() >= 368


def test_equal_counts_have_no_trend():
    found = find_trends(np.full((1, 20), 7.0))
    assert [found.slope[0], found.z[0], found.p_value[0], found.correlation[0]] == [0, 0, 1, 0]


def test_draws_widen_an_interval():
    series = simulate(40, 30, 0.0, slope=0.5)[None]
    found = find_trends(series)
    one = combine_slopes(find_trends(np.repeat(series[:, :1], 3, axis=1)))
    assert [one[0][0], one[1][0]] == pytest.approx([found.low[0, 0], found.high[0, 0]], abs=1e-6)
    low, high = combine_slopes(found)
    assert high[0] - low[0] > (found.high - found.low).mean()
    assert found.low.min() <= low[0] <= high[0] <= found.high.max()
