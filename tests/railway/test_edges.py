"""Edges of the railway as targets: the one found, and the share of it walked."""

from __future__ import annotations

import numpy as np
import pytest

from geosec import interpolate, load_rail_network
from geosec.railway.edges import index_edges, share_along

EDGES = load_rail_network().on(["ML-3"]).edges


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_a_place_between_two_posts_lies_its_share_along_their_edge(share):
    km = (EDGES["km_a"] + share * (EDGES["km_b"] - EDGES["km_a"])).to_numpy()
    points = interpolate("ML-3", km)
    found = index_edges(EDGES).nearest(points.x, points.y)
    assert found.target_idx.tolist() == list(range(len(EDGES)))
    assert np.allclose(share_along(EDGES, found), share, atol=1e-6)


def test_a_share_never_leaves_the_edge():
    found = index_edges(EDGES).nearest([69.5, 60.0], [27.6, 31.0])  # beyond Rohri and Chaman
    assert found.target_idx.tolist() == [0, len(EDGES) - 1]
    assert share_along(EDGES, found) == pytest.approx([0.0, 1.0], abs=1e-12)
    assert share_along(EDGES, found).max() <= 1.0
