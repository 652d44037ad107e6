from __future__ import annotations

import numpy as np
import pytest

from geosec import UnknownNameError, load_rail_lines, load_rail_stations, load_route
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.railway.network import load_rail_network

# Posts that the geometry contradicts and that stand as published (see boundaries/README.md).
SHORT_POSTS = {("Shahidanwala", "Rukanpur"), ("Nok Kundi", "Alam Reg")}
ROUNDING_M = 1_500  # two posts rounded to the kilometre, and 0.5 km for the stations' points


def test_every_line_and_station_is_there():
    network = load_rail_network()
    assert (len(network.lines), len(network.stations), len(network.posts)) == (16, 513, 542)
    assert network.stations.geometry.notna().all()


@pytest.mark.parametrize("line_id", load_rail_lines().index)
def test_posts_grow_along_the_line(line_id):
    km = load_rail_network().posts_of(line_id)["km"].to_numpy()
    assert (np.diff(km) > 0).all()


@pytest.mark.parametrize("line_id", load_rail_lines().index)
def test_a_chord_is_never_longer_than_its_track(line_id):
    posts = load_rail_network().posts_of(line_id)
    lon, lat = posts.geometry.x.to_numpy(), posts.geometry.y.to_numpy()
    chord_m = geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    track_m = np.diff(posts["km"]) * 1000
    names = posts["name"].tolist()
    long = [
        (a, b, round(chord - track))
        for a, b, chord, track in zip(names, names[1:], chord_m, track_m, strict=False)
        if chord > track + ROUNDING_M and (a, b) not in SHORT_POSTS
    ]
    assert not long


def test_the_jaffar_express_runs_1632_km_from_quetta_to_peshawar():
    stops = load_route("Jaffar Express")
    assert stops["name"].iloc[[0, -1]].tolist() == ["Quetta", "Peshawar Cantonment"]
    assert stops["km_from_origin"].iloc[[0, -1]].tolist() == [0.0, 1632.0]
    assert stops.geometry.notna().all()


def test_the_timetable_agrees_with_the_posts_from_quetta_to_jacobabad():
    stops = load_route("jaffar-express").set_index("station_id")["km_from_origin"]
    posts = load_rail_network().posts_of("ML-3").set_index("station_id")["km"]
    legs = stops[stops.index.isin(posts.index)].iloc[:9]
    assert np.allclose(posts["quetta"] - posts[legs.index], legs, atol=4)


def test_a_station_without_coordinate_stands_between_its_neighbours_and_says_so():
    station = load_rail_stations().loc["chanigot"]
    assert station["coord_quality"] == "interpolated"
    assert station["positional_accuracy_m"] > 1_000


def test_a_junction_is_one_station_of_several_lines():
    assert load_rail_stations().loc["sibi-junction", "lines"] == "ML-3;SIBI-KHOST"


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
