"""Probabilities below a limit, for any value, error and limit."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.uncertainty.layer_error import find_share_below, move_draws

METRES, ERROR_M = st.floats(-1e6, 1e6), st.floats(1e-3, 1e5)


@given(METRES, METRES, ERROR_M)
def test_it_is_the_normal_distribution(limit_m, value_m, error_m):
    found = find_share_below(limit_m, np.array([value_m]), error_m)[0]
    assert found == pytest.approx(NormalDist(value_m, error_m).cdf(limit_m), abs=2e-9)


@given(METRES, METRES, ERROR_M)
def test_both_sides_of_a_limit_are_everything(limit_m, value_m, error_m):
    one, other = (
        find_share_below(limit_m, np.array([value_m]), error_m),
        find_share_below(-limit_m, np.array([-value_m]), error_m),
    )
    assert one[0] + other[0] == pytest.approx(1, abs=2e-9)


@given(METRES, st.lists(METRES, min_size=2, max_size=9), ERROR_M)
def test_it_falls_as_the_value_grows(limit_m, values_m, error_m):
    assert (np.diff(find_share_below(limit_m, np.sort(values_m), error_m)) <= 0).all()


@given(st.lists(st.one_of(METRES, st.just(float("nan"))), max_size=9), METRES)
def test_missing_values_stay_missing_and_others_are_probabilities(values_m, limit_m):
    values_m = np.array(values_m, dtype="float64")
    found = find_share_below(limit_m, values_m, np.where(np.arange(len(values_m)) % 2, 0.0, 50.0))
    assert np.array_equal(np.isnan(found), np.isnan(values_m))
    assert ((found >= 0) & (found <= 1))[~np.isnan(values_m)].all()


@given(
    st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 2e4), st.floats(-5, 5), st.floats(-5, 5)
)
def test_a_shaken_place_stays_on_the_globe(lon, lat, error_m, east, north):
    moved = move_draws(np.array([[[lon, lat]]]), error_m, np.array([[[east, north]]]))
    assert np.isfinite(moved).all()
    assert abs(moved[..., 1]).max() <= 90
