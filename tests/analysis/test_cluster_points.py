"""DBSCAN without lists of neighbours, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import DBSCAN

from geosec.analysis.cluster_points import Clustering
from geosec.analysis.point_cells import to_chord_m
from geosec.geodesy.geodesics import to_cartesian

DBSCAN_2_KM, HDBSCAN = Clustering("dbscan", 2_000.0, 5), Clustering("hdbscan", None, 9)


def scatter(seed: int, lon: float = 67.0, lat: float = 30.0) -> np.ndarray:
    """Put points evenly over some 100 km, and as many into two towns."""
    rng = np.random.default_rng(seed)
    even = rng.uniform(-0.5, 0.5, (600, 2))
    towns = rng.normal(0, 0.01, (600, 2)) + np.repeat([[0.2, 0.2], [-0.2, 0.1]], 300, axis=0)
    east, north = np.vstack([even, towns]).T
    return to_cartesian(lon + east / np.cos(np.radians(lat)), lat + north)


@pytest.mark.parametrize("distance_m", [0.5, 300.0, 2_000.0, 50_000.0])
@pytest.mark.parametrize(("lon", "lat"), [(67.0, 30.0), (180.0, 0.0), (0.0, 89.0)])
def test_clusters_are_those_of_scikit_learn(distance_m, lon, lat):
    points = np.vstack([scatter(1, lon, lat), scatter(1, lon, lat)[:40]])
    ours = Clustering("dbscan", distance_m, 5).label(points)
    theirs = DBSCAN(eps=float(to_chord_m(distance_m)), min_samples=5).fit(points)
    assert ((ours < 0) == (theirs.labels_ < 0)).all()
    cores = theirs.core_sample_indices_
    pairs = set(zip(ours[cores].tolist(), theirs.labels_[cores].tolist(), strict=True))
    assert len(pairs) == ours.max() + 1 == theirs.labels_.max() + 1


@pytest.mark.parametrize(
    "clustering", [Clustering("dbscan", 2_000.0, 5), Clustering("hdbscan", None, 9)]
)
def test_the_order_of_rows_changes_no_cluster(clustering):
    points = scatter(2)
    order = np.random.default_rng(0).permutation(len(points))
    ours, turned = clustering.label(points), clustering.label(points[order])
    assert (ours[order] == turned).mean() > (0.999 if clustering.method == "dbscan" else 0.97)


def test_the_largest_cluster_is_the_first():
    labels = Clustering("dbscan", 1_000.0, 5).label(scatter(3))
    sizes = np.bincount(labels[labels >= 0])
    assert (np.diff(sizes) <= 0).all()


@pytest.mark.parametrize("method", ["dbscan", "hdbscan"])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_points_than_make_a_cluster_are_in_none(method, count):
    assert (Clustering(method, 5_000.0, 5).label(scatter(0)[:count]) == -1).all()


@pytest.mark.parametrize(
    "clustering", [Clustering("dbscan", 100.0, 5), Clustering("hdbscan", None, 5)]
)
def test_points_on_one_place_are_a_cluster(clustering):
    crowd = np.repeat(scatter(0)[:2], 50, axis=0)
    assert np.bincount(clustering.label(crowd)).tolist() == [50, 50]
