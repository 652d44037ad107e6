"""Edges of the railway as targets: the one found, and the share of it walked."""

from __future__ import annotations

import numpy as np
import pytest

from geosec import interpolate, load_rail_network
from geosec.railway.edges import edges_between, index_edges, share_along

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


def test_the_first_edge_of_the_railway_leaves_kiamari():
    first = load_rail_network().edges.iloc[0]
    assert first[["from_station", "to_station"]].tolist() == ["kiamari", "karachi-city"]


def test_the_edge_nearest_to_quetta_is_found_by_its_position():
    edges = load_rail_network().edges
    found = index_edges(edges).nearest([67.0], [30.2])
    named = edges.loc[found.target_idx[0], ["from_station", "to_station"]].tolist()
    assert named == ["quetta", "sheikh-mandah"]


def test_lines_that_are_mixed_up_are_edged_each_for_itself():
    posts = load_rail_network().on(["ML-3", "ML-4"]).posts
    mixed = posts.sort_values("km", kind="stable")
    edges = edges_between(mixed)
    assert len(edges) == len(posts) - 2
    for line_id, own in edges.groupby("line_id"):
        assert (own["from_station"].iloc[1:].to_numpy() == own["to_station"].iloc[:-1]).all(), (
            line_id
        )


@pytest.mark.parametrize("count", [0, 1])
def test_a_single_post_has_no_edge(count):
    assert edges_between(load_rail_network().posts_of("ML-3").iloc[:count]).empty
