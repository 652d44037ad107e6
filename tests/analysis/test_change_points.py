"""Changes of level: found where there are some, and seldom where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.analysis.change_points import find_changes, share_of_changes


def simulate(runs, line, correlation=0.0, seed=0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((runs, len(line) + 50))
    for at in range(1, len(line) + 50):
        noise[:, at] += correlation * noise[:, at - 1]
    noise = noise[:, 50:] * np.sqrt((1 - correlation**2) * np.asarray(line))
    return np.maximum(np.round(line + noise), 0)


@pytest.mark.parametrize(("correlation", "most"), [(0.0, 0.05), (0.3, 0.05), (0.6, 0.11)])
@pytest.mark.parametrize("periods", [12, 36, 120])
def test_a_level_that_stays_seldom_has_changes(periods, correlation, most):
    found = find_changes(simulate(400, np.full(periods, 20.0), correlation))
    assert np.mean([len(at) > 0 for at in found]) <= most


@pytest.mark.parametrize(("levels", "periods"), [((8.0, 20.0), 24), ((25.0, 60.0), 6)])
def test_a_change_is_found_where_it_is(levels, periods):
    found = find_changes(simulate(200, np.repeat(levels, periods)))
    assert np.mean([len(at) == 1 and abs(at[0] - periods) <= 1 for at in found]) >= 0.9


def test_an_outbreak_is_two_changes():
    found = find_changes(simulate(100, np.repeat([4.0, 60.0, 6.0], [30, 10, 30])))
    assert np.mean([at.tolist() == [30, 40] for at in found]) >= 0.9


def test_zeros_have_no_changes():
    assert [at.size for at in find_changes(np.zeros((2, 12)))] == [0, 0]


def test_the_share_of_draws_counts_a_change_a_period_away():
    drawn = [np.array(at, dtype="intp") for at in ([], [9], [10], [5, 11], [12])]
    assert share_of_changes(np.array([10, 5]), drawn).tolist() == [0.6, 0.2]
