"""Gi* over periods: that of a graph of all bins, and the p that shuffles of all bins give."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.analysis.local_statistics import adjust_p, find_pseudo_p, measure_gi_star
from geosec.analysis.neighbours import Neighbours
from geosec.analysis.series_trends import find_trends, score_series
from geosec.analysis.space_time_gi_star import Windows, measure_bins
from geosec.errors import ParameterError


def make_grid(side: int) -> Neighbours:
    """Make the neighbours of squares that touch."""
    row, column = np.divmod(np.arange(side * side), side)
    near = (abs(row[:, None] - row) <= 1) & (abs(column[:, None] - column) <= 1)
    focal, other = np.nonzero(near)
    return Neighbours.of(focal, other, np.ones(len(focal)), side * side)


def make_bins(neighbours: Neighbours, periods: int, lags: int) -> Neighbours:
    """Make the neighbours of all bins, the slow way."""
    own, count = neighbours.with_self(), len(neighbours)
    focal = np.repeat(np.arange(count), np.diff(own.starts))
    pairs = [
        (focal * periods + at, own.members * periods + at - lag)
        for at in range(periods)
        for lag in range(min(lags, at) + 1)
    ]
    first, second = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return Neighbours.of(first, second, np.ones(len(first)), count * periods)


@pytest.mark.parametrize("mean", [0.05, 0.5, 5.0])
@pytest.mark.parametrize("lags", [0, 1, 3])
def test_z_and_p_are_those_of_the_graph_of_all_bins(mean, lags):
    grid, periods = make_grid(7), 12
    rng = np.random.default_rng(1)
    counts = rng.poisson(mean * rng.gamma(0.7, 1 / 0.7, (49, 1)), (49, periods))
    found = measure_bins(counts, Windows.of(grid, periods, lags))
    bins, flat = make_bins(grid, periods, lags), counts.reshape(1, -1).astype("float64")
    z = measure_gi_star(flat, bins).z.reshape(49, periods)
    assert found.z == pytest.approx(z)
    p = find_pseudo_p(flat, bins, "gi_star", (4_000, 4_000), 0).reshape(49, periods)
    assert np.abs(np.log(found.p / p))[p > 0.02].max() < 0.4
    assert np.abs(found.p - p).mean() < 0.015


@pytest.mark.parametrize("mean", [0.02, 0.1, 0.5, 3.0])
def test_where_nothing_crowds_few_tables_have_a_hot_bin(mean):
    windows = Windows.of(make_grid(8), 24, 1)
    rng = np.random.default_rng(2)
    p = [measure_bins(rng.poisson(mean, (64, 24)), windows).p.ravel() for _ in range(200)]
    assert (adjust_p(np.array(p)) <= 0.05).any(axis=1).mean() <= 0.05


def test_the_trend_of_z_is_not_deceived_by_shared_periods():
    windows = Windows.of(make_grid(6), 30, 1)
    rng = np.random.default_rng(3)
    z = np.concatenate([measure_bins(rng.poisson(3, (36, 30)), windows).z[::7] for _ in range(100)])
    assert (find_trends(z).p_value <= 0.05).mean() <= 0.07
    assert (np.abs(score_series(z)) > 1.96).mean() >= 0.12  # the test as it stands


def test_equal_counts_tell_nothing():
    found = measure_bins(np.full((9, 12), 2), Windows.of(make_grid(3), 12, 1))
    assert np.isnan(found.z).all()
    assert np.isnan(found.p).all()


def test_weights_that_differ_are_refused():
    pairs = np.array([0, 1]), np.array([1, 0])
    halves = Neighbours.of(*pairs, np.array([0.5, 0.5]), 2)
    with pytest.raises(ParameterError, match="with a weight of 1 for each"):
        Windows.of(halves, 12, 1)
