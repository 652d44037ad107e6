"""The tools that geosec is measured against give the answers that are compared."""

from __future__ import annotations

import numpy as np
import peers
import pytest
import truth


@pytest.fixture(scope="module")
def layers():
    return peers.load_layers()


@pytest.fixture(scope="module")
def known(layers):
    """Two hundred incidents and what is right of them."""
    incidents = peers.make_incidents(200)
    return incidents, truth.find_truth(incidents, layers)


@pytest.mark.parametrize("peer", ["geopandas", "expert", "geopandas_degrees"])
def test_a_peer_gives_every_incident_a_row_and_leaves_the_input_alone(peer, layers):
    incidents = peers.make_incidents(500)
    answer = peers.PEERS[peer](incidents, layers)
    assert list(answer.columns) == ["geometry", *peers.COLUMNS]
    assert answer.index.equals(incidents.index)
    assert answer["rail_km"].between(0, 1_800).all()
    assert answer["adm2_code"].isna().sum() > 0
    assert list(incidents.columns) == ["geometry"]


@pytest.mark.parametrize(
    ("peer", "wrong", "error_m"),
    [
        ("expert", range(1), (0, 20)),
        ("geopandas", range(3), (500, 5_000)),
        ("geopandas_degrees", range(3, 30), (10_000, 100_000)),
    ],
)
def test_a_peer_is_as_wrong_as_its_plane(peer, wrong, error_m, layers, known):
    found = truth.compare(peers.PEERS[peer](known[0], layers), known[1], layers.edges)
    assert (found.checked, found.wrong_districts) == (200, 0)
    assert found.wrong_neighbours in wrong
    assert error_m[0] <= found.worst_distance_error_m < error_m[1]


def test_geosec_does_the_same_job_without_an_error(layers, known):
    answer = peers.geosec(known[0], layers)
    assert set(peers.COLUMNS) < set(answer.columns)
    assert answer.index.equals(known[0].index)
    found = truth.compare(answer, known[1], layers.edges)
    assert (found.wrong_neighbours, found.wrong_districts) == (0, 0)
    assert found.worst_distance_error_m < 1e-3


def test_the_first_incidents_are_the_same_of_any_number():
    few, many = peers.make_incidents(10), peers.make_incidents(1_000)
    assert few.geometry.equals(many.geometry.iloc[:10])


def test_wrong_answers_are_counted(layers, known):
    answer = peers.expert(known[0], layers)
    answer.loc["i6", "rail_line"], answer.loc["i6", "rail_km"] = "ML-3", 526.0
    answer.loc["i7", "rail_line"] = "nowhere"
    answer.loc["i8", "rail_offset_m"] += 5_000
    answer.loc["i9", "adm2_code"] = "PK-XX"
    found = truth.compare(answer, known[1], layers.edges)
    assert (found.wrong_neighbours, found.wrong_districts) == (2, 1)
    assert found.worst_distance_error_m == pytest.approx(5_000, abs=20)
    assert found.worst_place_error_m > 100_000


def test_two_ways_of_measuring_agree(layers):
    points = peers.make_incidents(10).geometry
    lon, lat = points.x.to_numpy(), points.y.to_numpy()
    one, two = truth.brute_force(lon, lat, layers.edges), truth.minimised(lon, lat, layers.edges)
    assert np.abs(one - two).max() < 1e-6


def test_every_peer_runs_or_says_why_not():
    assert [peer for peer in ("geopandas", "expert") if peers.why_not(peer)] == []
    assert all(isinstance(peers.why_not(peer), str) for peer in peers.PEERS)
