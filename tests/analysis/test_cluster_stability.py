"""Clusters matched with those of a draw, as Hennig does."""

from __future__ import annotations

import numpy as np

from geosec.analysis.cluster_points import Clustering
from geosec.analysis.cluster_stability import match_clusters, measure_stability
from geosec.geodesy.geodesics import to_cartesian


def test_a_cluster_is_matched_by_those_in_both_of_those_in_either():
    given = np.array([0, 0, 0, 0, 1, 1, 1, -1, -1])
    drawn = np.array([1, 1, 1, -1, 0, 0, 2, 2, 2])
    match = match_clusters(given, drawn)
    assert match.jaccard.tolist() == [3 / 4, 2 / 3]
    assert match.label.tolist() == [1, 0]
    assert match.size.tolist() == [3, 2]


def test_a_cluster_that_shares_half_or_less_is_dissolved():
    match = match_clusters(np.array([0, 0, 0, 0]), np.array([0, 0, 1, 1]))
    assert match.jaccard.tolist() == [0.5]
    assert match.label.tolist() == [-1]
    assert np.isnan(match.size).all()
    nothing = match_clusters(np.array([0, 0, -1]), np.array([-1, -1, -1]))
    assert nothing.jaccard.tolist() == [0]


def test_incidents_are_in_their_cluster_in_so_many_draws():
    points = to_cartesian(67 + np.arange(5) * 0.01, np.full(5, 30.0))
    far = to_cartesian(70.0, 30.0)
    draws = np.stack([points, points, points, points])
    draws[0, 4] = draws[1, 4] = far  # one is away in two draws of four
    draws[3, :3] = far + np.arange(3)[:, None] * 1e5  # three are away, each elsewhere, in one
    stability = measure_stability(draws, np.zeros(5, dtype="int64"), Clustering("dbscan", 9e3, 2))
    assert stability.jaccard[:, 0].tolist() == [0.8, 0.8, 1, 0.4]
    assert stability.own_share.tolist() == [0.75, 0.75, 0.75, 0.75, 0.25]
    assert stability.any_share.tolist() == [0.75, 0.75, 0.75, 1, 0.5]
