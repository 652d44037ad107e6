"""Pairs of points and targets, put together and ranked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec import CRSError, ParameterError
from geosec.geodesy.pairs import NearestPairs, check_query, join_pairs, rank_pairs, take_pairs

PAIR = st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from([0.0, 1.0, 2.5, 2.5, 7.0]))


def pairs_of(rows):
    """Make pairs of (point, target, metres); along_m numbers them."""
    point, target, away_m = np.array(rows, dtype="float64").reshape(-1, 3).T
    number, none = np.arange(len(rows), dtype="float64"), np.zeros(len(rows))
    whole = point.astype("int64"), target.astype("int64"), none.astype("int64")
    return NearestPairs(*whole, away_m, none + 45.0, number, none, number, none)


@given(st.lists(PAIR, max_size=30), st.integers(1, 5))
def test_the_k_nearest_targets_are_kept_each_with_its_nearest_foot(rows, k):
    found = rank_pairs(pairs_of(rows), k)
    least: dict[int, dict[int, float]] = {}
    for point, target, away_m in rows:
        own = least.setdefault(point, {})
        own[target] = min(away_m, own.get(target, away_m))
    expected = [
        (point, target, rank, away_m)
        for point, own in sorted(least.items())
        for rank, (away_m, target) in enumerate(sorted((m, t) for t, m in own.items())[:k], 1)
    ]
    told = zip(found.point_idx, found.target_idx, found.rank, found.distance_m, strict=True)
    assert list(told) == expected
    assert np.array_equal(np.isnan(found.azimuth_deg), found.distance_m == 0)


def test_what_is_told_of_a_pair_stays_with_it():
    rows = [(1, 0, 9.0), (0, 2, 5.0), (1, 0, 3.0), (0, 1, 5.0)]
    found = rank_pairs(pairs_of(rows), 2)
    assert found.along_m.tolist() == [3, 1, 2]
    assert found.lon_foot.tolist() == [3, 1, 2]


@pytest.mark.parametrize("which", [[2, 0], [True, False, True], []])
def test_pairs_are_taken_from_every_column(which):
    pairs = pairs_of([(0, 1, 2.0), (0, 2, 3.0), (1, 2, 4.0)])
    which = np.array(which, dtype=None if which else "int64")
    assert all(
        np.array_equal(own, column[which])
        for own, column in zip(take_pairs(pairs, which), pairs, strict=True)
    )


def test_parts_are_put_together_in_their_order():
    one, two = pairs_of([(0, 1, 2.0)]), pairs_of([(3, 2, 3.0), (1, 2, 4.0)])
    assert join_pairs([one, two]).point_idx.tolist() == [0, 3, 1]
    assert join_pairs([one]).distance_m.tolist() == [2.0]


def test_no_pairs_are_ranked_to_none():
    assert rank_pairs(pairs_of([]), 3).rank.tolist() == []


def test_a_query_gives_contiguous_degrees():
    lon, lat = check_query([67, 68], np.array([[30.0, 0], [31.0, 0]])[:, 0], 1, np.inf)
    assert lon.flags.c_contiguous
    assert lat.flags.c_contiguous
    assert (lon.dtype, lat.tolist()) == ("float64", [30.0, 31.0])


@pytest.mark.parametrize(
    ("query", "error", "told"),
    [
        (([67.0], [30.0], 0, 1.0), ParameterError, "they are 0 and 1.0"),
        (([67.0], [30.0], 1, -1.0), ParameterError, "they are 1 and -1.0"),
        (([67.0], [30.0], 1, np.nan), ParameterError, "they are 1 and nan"),
        (([67.0], [91.0], 1, 1.0), CRSError, "`points` has longitude 67 and latitude 91"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(query, error, told):
    with pytest.raises(error, match=told):
        check_query(*query)
