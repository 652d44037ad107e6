"""Intervals of the ratio of two Poisson rates, against R's documented output and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from geosec.analysis.rate_ratios import CountPairs


def test_the_interval_is_that_of_r():
    """R's `poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))`, of its manual's examples.

    It prints a rate ratio of 1.971488 with 0.8584264 to 4.2772659. Its p adds up what is less
    probable, ours is twice the smaller tail, as that of R's `rateratio.test`.
    """
    low, high = CountPairs.of([[21]], [[11]]).find_interval(800 / 3011)
    assert [low.item(), high.item()] == pytest.approx([0.8584264, 4.2772659], abs=5e-8)


def test_p_is_twice_the_smaller_tail_of_a_binomial():
    for first, second, exposure in ((21, 11, 800 / 3011), (9, 2, 17_877 / 16_660), (0, 6, 1.0)):
        share = exposure / (1 + exposure)
        tails = [
            binomtest(second, first + second, share, alternative=side).pvalue
            for side in ("greater", "less")
        ]
        p = CountPairs.of([[first]], [[second]]).find_p(exposure)
        assert p.item() == pytest.approx(2 * min(tails))


def test_counts_of_zero_have_ends_at_zero_and_infinity():
    low, high = CountPairs.of([[5], [0], [0]], [[0], [5], [0]]).find_interval(np.ones(3))
    upper = 0.025 ** (-1 / 5) - 1  # the rule of the tail of no success in five
    assert low.tolist() == pytest.approx([0.0, 1 / upper, 0.0])
    assert high.tolist() == pytest.approx([upper, np.inf, np.inf])
    p = CountPairs.of([[0]], [[0]]).find_p(1.0)
    assert p.tolist() == [1.0]


def test_p_is_5_percent_where_the_interval_ends_at_1():
    pairs = CountPairs.of([[7, 8, 9]], [[15, 14, 16]])
    low, high = pairs.find_interval(1.0)
    for end in (low, high):
        assert pairs.find_p(end).item() == pytest.approx(0.05, abs=1e-9)


def test_equal_draws_add_nothing_and_spread_widens():
    sure = CountPairs.of(np.full((1, 50), 12), np.full((1, 50), 20)).find_interval(2.0)
    assert np.array(sure) == pytest.approx(np.array(CountPairs.of([[12]], [[20]]).find_interval(2)))
    rng = np.random.default_rng(0)
    low, high = CountPairs.of(rng.poisson(12, (1, 500)), rng.poisson(20, (1, 500))).find_interval(2)
    assert low < sure[0]
    assert high > sure[1]


def test_a_draw_of_zero_in_forty_opens_the_interval():
    first = np.full((1, 200), 3)
    first[0, :6] = 0  # 3 % of the draws
    low, high = CountPairs.of(first, np.full((1, 200), 9)).find_interval(1.0)
    assert 0 < low.item() < high.item() == np.inf


def test_intervals_hold_the_true_ratio():
    """In 95 % at least of 4,000 pairs of Poisson counts, and equal rates have p <= 0.05 in 5 %."""
    rng = np.random.default_rng(0)
    pairs = CountPairs.of(rng.poisson(8, (4_000, 1)), rng.poisson(20, (4_000, 1)))
    low, high = pairs.find_interval(1.0)
    assert ((low <= 2.5) & (high >= 2.5)).mean() >= 0.95
    assert 0.01 < (pairs.find_p(2.5) <= 0.05).mean() <= 0.05
