"""DBSCAN without lists of neighbours, against scikit-learn; clusters matched as Hennig does."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from sklearn.cluster import DBSCAN

from geosec.analysis.cluster_hulls import draw_hulls
from geosec.analysis.cluster_points import Clustering
from geosec.analysis.cluster_stability import match_clusters, measure_stability
from geosec.analysis.point_cells import sort_into_cells, to_chord_m, to_distance_m
from geosec.geodesy.geodesics import geodesic_distance_m, to_cartesian

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


def test_cubes_are_numbered_though_they_are_small_and_far_apart():
    ends = to_cartesian([-70.0, 67.0, 67.0, 110.0], [-50.0, 30.0, 30.0, 70.0])
    cells = sort_into_cells(ends, 0.01, around=2)
    assert len(cells.keys) == 3
    assert (cells.keys > 0).all()
    assert (np.diff(cells.keys) > 0).all()


@pytest.mark.parametrize(("away_deg", "error_m"), [(0.1, 1e-4), (0.9, 0.02), (8.9, 12.0)])
@pytest.mark.parametrize("lat", [0.0, 45.0, 80.0])
def test_a_chord_stands_for_a_geodesic(away_deg, error_m, lat):
    for lon, north in ((away_deg, lat), (0.0, lat + away_deg)):
        chord_m = np.linalg.norm(to_cartesian(0, lat) - to_cartesian(lon, north))
        true_m = geodesic_distance_m(0, lat, lon, north)
        assert to_distance_m(chord_m) == pytest.approx(float(true_m), abs=error_m)
        assert to_chord_m(to_distance_m(chord_m)) == pytest.approx(chord_m)


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
    points = scatter(0)[600:605]
    far = to_cartesian(70.0, 30.0)
    draws = np.stack([points, points, points, points])
    draws[0, 4] = draws[1, 4] = far  # one is away in two draws of four
    draws[3, :3] = far + np.arange(3)[:, None] * 1e5  # three are away, each elsewhere, in one
    stability = measure_stability(draws, np.zeros(5, dtype="int64"), Clustering("dbscan", 9e3, 2))
    assert stability.jaccard[:, 0].tolist() == [0.8, 0.8, 1, 0.4]
    assert stability.own_share.tolist() == [0.75, 0.75, 0.75, 0.75, 0.25]
    assert stability.any_share.tolist() == [0.75, 0.75, 0.75, 1, 0.5]


def test_a_hull_across_the_180th_meridian_has_two_parts():
    lon, lat = np.array([179.9, -179.9, 179.9, -179.8]), np.array([0.0, 0.0, 0.2, 0.2])
    hull = draw_hulls(lon, lat, np.zeros(4, dtype="int64"))[0]
    assert hull.geom_type == "MultiPolygon"
    assert hull.area == pytest.approx(0.05)
    assert shapely.bounds(hull).tolist() == [-180, 0, 180, 0.2]
    plain = draw_hulls(lon + np.where(lon < 0, 360, 0) - 100, lat, np.zeros(4, dtype="int64"))[0]
    assert plain.area == pytest.approx(0.05)
