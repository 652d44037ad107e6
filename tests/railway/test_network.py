"""The railway asked by name; lines left out, and lines that are gone."""

from __future__ import annotations

import pytest

import geosec
from geosec import (
    UnknownNameError,
    load_rail_lines,
    load_rail_network,
    load_route,
)


@pytest.fixture(scope="module")
def network():
    return geosec.load_rail_network()


def test_every_line_and_station_is_there():
    network = load_rail_network()
    assert (len(network.lines), len(network.stations), len(network.posts)) == (16, 513, 542)
    assert network.stations.geometry.notna().all()


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: load_rail_network().posts_of("ML3"), "no railway line 'ML3'; did you mean 'ML-3'"),
        (lambda: load_route("Jafar Express"), "no train 'Jafar Express'; did you mean 'Jaffar"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(ask, named):
    with pytest.raises(UnknownNameError, match=named):
        ask()


def test_loaders_hand_out_copies():
    lines = load_rail_lines()
    lines["name"] = "changed"
    assert load_rail_lines().loc["ML-3", "name"] != "changed"


def test_some_lines_keep_their_own_posts_and_stations():
    part = load_rail_network().on(["SIBI-KHOST", "ML-3"])
    assert part.lines.index.tolist() == ["ML-3", "SIBI-KHOST"]
    assert set(part.posts["station_id"]) == set(part.stations.index)


def test_neighbouring_posts_make_the_edges_of_a_line():
    network = load_rail_network()
    edges = network.edges
    assert len(edges) == len(network.posts) - len(network.lines)
    perak = edges[edges["from_station"] == "perak"].iloc[0]
    assert (perak["to_station"], perak["km_a"], perak["km_b"]) == ("sibi-junction", 231, 243)
    assert perak["chord_km"] < 9.4  # of track, says the card of the layer


@pytest.mark.parametrize("name", ["sibi-junction", "SIBI JUNCTION", " Sibi ", "Sibbi"])
def test_a_station_goes_by_any_of_its_names(name):
    assert load_rail_network().station_id(name) == "sibi-junction"


def test_every_station_is_found_by_its_own_name():
    network = load_rail_network()
    assert [network.station_id(name) for name in network.stations["name"]] == list(
        network.stations.index
    )


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda net: net.station_id("Quuetta"), "no railway station 'Quuetta'; did you mean 'Q"),
        (lambda net: net.station_id(""), "no railway station ''"),
        (lambda net: net.on(["ML-3", "ML-33"]), "no railway line 'ML-33'; did you mean 'ML-3'"),
    ],
)
def test_a_network_answers_an_unknown_name_with_near_ones(ask, named):
    with pytest.raises(UnknownNameError, match=named):
        ask(load_rail_network())


def test_what_still_stands_belongs_together(network):
    standing = network.standing()
    assert "BOSTAN-ZHOB" not in standing.lines.index
    assert set(standing.posts["line_id"]) == set(standing.lines.index)
    assert set(standing.stations.index) == set(standing.posts["station_id"])
    assert 0 < len(network.stations) - len(standing.stations) < 100


def test_a_junction_of_a_line_that_is_gone_still_stands(network):
    # Bostan stands on ML-3 too
    gone = set(network.posts_of("BOSTAN-ZHOB")["station_id"])
    assert gone & set(network.standing().stations.index)
    assert gone - set(network.standing().stations.index)


def test_leaving_out_twice_leaves_out_no_more(network):
    once = network.standing()
    assert len(once.standing().posts) == len(once.posts)


@pytest.mark.parametrize("line_id", ["ml-3", "", "ML-3 "])
def test_a_line_is_asked_for_exactly_and_near_ones_are_offered(network, line_id):
    with pytest.raises(UnknownNameError, match=f"no railway line '{line_id}'; .*'ML-"):
        network.posts_of(line_id)


def test_posts_handed_out_are_copies(network):
    mine = network.posts_of("ML-3")
    mine["km"] = -1.0
    assert network.posts_of("ML-3")["km"].iloc[0] == 0.0
