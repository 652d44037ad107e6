"""Bounds leave out only what cannot be nearest."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geosec.geodesy.geodesics import to_cartesian
from geosec.geodesy.loops.bounds import bound_own_gap, find_kth_gap, reach

GEOD = Geod(ellps="WGS84")
GAPS = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 100)), min_size=1, max_size=30)


def kth_gap(rows, k):
    owner, gaps = (np.array(column) for column in zip(*rows, strict=True))
    least, seen = np.empty(k), np.empty(k, dtype="int64")
    pieces = np.arange(len(rows))
    return find_kth_gap(gaps.astype("float64"), pieces, owner.astype("int64"), k, least, seen), seen


@given(GAPS, st.integers(1, 5))
@settings(deadline=None)
def test_the_kth_gap_is_that_of_the_kth_target(rows, k):
    least = {}
    for owner, gap in rows:
        least[owner] = min(gap, least.get(owner, math.inf))
    expected = sorted(least.values())[k - 1] if len(least) >= k else math.inf
    assert kth_gap(rows, k)[0] == expected


@pytest.mark.parametrize("distance_m", [1.0, 1e3, 1e5, 5e5])
def test_no_chord_within_reach_is_left_out(distance_m):
    """Of two geodesics one may be shorter though its chord is longer; never beyond the reach."""
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(-180, 180, 500), np.degrees(np.arcsin(rng.uniform(-1, 1, 500)))
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, rng.uniform(0, 360, 500), np.full(500, distance_m))
    chords_m = np.linalg.norm(to_cartesian(lon, lat) - to_cartesian(to_lon, to_lat), axis=1)
    assert chords_m.max() <= reach(chords_m.min())
    assert reach(chords_m.min()) < distance_m * 1.0005 + 2e-6


@pytest.mark.parametrize("chord_m", [12_670_800.0, 2e7, math.inf])
def test_beyond_the_sphere_of_least_curvature_nothing_is_left_out(chord_m):
    assert reach(chord_m) == math.inf


@pytest.mark.parametrize(("owner", "bounded"), [(0, True), (1, True), (2, False)])
def test_a_target_among_the_least_bounds_its_own_pieces(owner, bounded):
    least, seen = np.array([10.0, 20.0]), np.array([0, 1])
    found = bound_own_gap(owner, 2, least, seen, 4.0)
    assert math.isfinite(found) == bounded
    assert not bounded or found >= least[owner] + 4.0


def test_a_single_neighbour_bounds_no_piece_of_its_own():
    assert bound_own_gap(0, 1, np.array([10.0]), np.array([0]), 4.0) == math.inf
