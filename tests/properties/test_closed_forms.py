"""Closed forms for any disc: shares are probabilities, grow, add up and are what draws give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.uncertainty.closed_forms import (
    error_of_straying,
    share_in_half_plane,
    share_near_line,
    share_near_point,
)
from geosec.uncertainty.draws import make_uniforms

LENGTH = st.floats(0, 100_000)
RADIUS = st.floats(1, 100_000)
DRAWS = 999
AWAY, TURN = (
    np.sqrt(make_uniforms(["any"], DRAWS, seed=5)[0, :, 1]),
    make_uniforms(["any"], DRAWS, seed=5)[0, :, 2],
)
X, Y = AWAY * np.cos(2 * np.pi * TURN), AWAY * np.sin(2 * np.pi * TURN)


def agree(drawn, share):
    share = float(share)
    return abs(drawn.mean() - share) <= 3 * np.sqrt(max(share * (1 - share), 1 / DRAWS) / DRAWS)


@given(LENGTH, RADIUS, LENGTH)
@settings(deadline=None)
def test_a_share_of_a_disc_near_a_line_is_that_of_the_draws(offset_m, radius_m, distance_m):
    drawn = np.abs(radius_m * X - offset_m) <= distance_m
    assert agree(drawn, share_near_line(offset_m, radius_m, distance_m))


@given(LENGTH, RADIUS, LENGTH)
@settings(deadline=None)
def test_a_share_of_a_disc_near_a_point_is_that_of_the_draws(away_m, radius_m, distance_m):
    drawn = np.hypot(radius_m * X - away_m, radius_m * Y) <= distance_m
    assert agree(drawn, share_near_point(away_m, radius_m, distance_m))


@given(st.floats(-100_000, 100_000), RADIUS)
@settings(deadline=None)
def test_the_two_sides_of_an_edge_hold_the_whole_disc(depth_m, radius_m):
    inside, outside = share_in_half_plane([depth_m, -depth_m], radius_m)
    assert inside + outside == pytest.approx(1)


@given(LENGTH, RADIUS, LENGTH, LENGTH)
@settings(deadline=None)
def test_a_farther_limit_takes_in_no_less(offset_m, radius_m, one_m, other_m):
    limits = np.sort([one_m, other_m])
    for share in (share_near_line, share_near_point):
        near, far = share(offset_m, radius_m, limits)
        assert 0 <= near <= far + 1e-9
        assert far <= 1


@given(st.floats(-50_000, 50_000), RADIUS, LENGTH, st.floats(0, 5_000))
@settings(deadline=None)
def test_a_line_moved_aside_changes_the_share_within_the_bound(
    offset_m, radius_m, distance_m, stray_m
):
    here, there = share_near_line([offset_m, offset_m + stray_m], radius_m, distance_m)
    assert abs(here - there) <= error_of_straying(stray_m, radius_m) + 1e-9


@given(LENGTH, RADIUS, LENGTH)
@settings(deadline=None)
def test_near_a_point_is_also_near_a_line_through_it(offset_m, radius_m, distance_m):
    near_point = share_near_point(offset_m, radius_m, distance_m)
    assert near_point <= share_near_line(offset_m, radius_m, distance_m) + 1e-9
