"""Intervals of Poisson counts, against published values and against simulated counts."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.analysis.rates import combine_intervals, find_poisson_interval


def test_exact_intervals_are_those_of_garwood() -> None:
    # Ulm 1990, doi:10.1093/oxfordjournals.aje.a115507: of 11 cases, 5.49 to 19.68
    low, high = find_poisson_interval([0, 1, 11])
    assert low.round(2).tolist() == [0.0, 0.03, 5.49]
    assert high.round(2).tolist() == [3.69, 5.57, 19.68]


def test_equal_draws_add_nothing() -> None:
    counts = np.tile([[0.0], [3.0], [11.0]], 20)
    both = np.array(combine_intervals(counts))
    alone = np.array(find_poisson_interval(counts[:, 0]))
    assert both == pytest.approx(alone, abs=1e-9)


def test_spread_over_draws_widens() -> None:
    counts = np.random.default_rng(0).poisson(20, (1, 199)).astype("float64")
    low, high = combine_intervals(counts)
    alone_low, alone_high = find_poisson_interval(counts.mean(axis=1))
    assert low < alone_low
    assert high > alone_high
