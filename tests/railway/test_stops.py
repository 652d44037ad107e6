"""Trains by all that they are called, and the stops of the timetable."""

from __future__ import annotations

import numpy as np
import pytest

import geosec
from geosec import (
    UnknownNameError,
    load_rail_network,
    load_route,
)
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.railway.stops import find_train, load_routes


@pytest.fixture(scope="module")
def network():
    return geosec.load_rail_network()


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


@pytest.mark.parametrize(
    "name",
    ["Jaffar Express", "JAFFAR EXPRESS", " jaffar-express ", "39up", "40DN", "جعفر ایکسپریس"],
)
def test_a_train_goes_by_name_number_identifier_and_urdu(name):
    assert geosec.load_route(name)["name"].iloc[0] == "Quetta"


@pytest.mark.parametrize("name", ["", ";", "39", "Orient Express"])
def test_a_train_that_is_not_there_is_answered_with_those_there_are(name):
    with pytest.raises(UnknownNameError, match=f"there is no train '{name}'; .*Jaffar Express"):
        geosec.load_route(name)


def test_stops_are_numbered_grow_and_are_stations(network):
    stops = geosec.load_route("Jaffar Express")
    assert stops.index.name == "seq"
    assert stops.index.is_monotonic_increasing
    assert (np.diff(stops["km_from_origin"]) > 0).all()
    assert stops["station_id"].isin(network.stations.index).all()
    assert stops["line_id"].isin(network.lines.index).all()
    assert stops.crs == "EPSG:4326"


def test_stops_are_no_farther_apart_than_the_timetable_says():
    stops = geosec.load_route("Jaffar Express")
    lon, lat = stops.geometry.x.to_numpy(), stops.geometry.y.to_numpy()
    chord_km = geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:]) / 1000
    assert (chord_km <= np.diff(stops["km_from_origin"]) + 5).all()


def test_routes_handed_out_are_copies():
    mine = load_routes()
    mine["route_name"] = "changed"
    assert set(load_routes()["route_name"]) == {"Jaffar Express"}


@pytest.mark.parametrize(
    "name",
    [
        "Jaffar Express",
        "the JAFFAR express",
        " jaffar  express ",
        "jaffar-express",
        "39UP",
        "40dn",
        "جعفر ایکسپریس",
    ],
)
def test_a_train_is_found_by_all_that_it_is_called(name):
    assert find_train(name) == "Jaffar Express"
    assert geosec.load_route(name)["name"].iloc[0] == "Quetta"


@pytest.mark.parametrize("name", ["Orient Express", "", ";", "39", "Jaffar", "express", "Quetta"])
def test_a_train_that_no_timetable_lists_is_not_found(name):
    assert find_train(name) is None
    with pytest.raises(UnknownNameError, match=f"there is no train '{name}'; .*Jaffar Express"):
        geosec.load_route(name)


def test_the_stops_are_stations_in_the_order_of_the_timetable():
    stops = geosec.load_route("Jaffar Express")["station_id"].tolist()
    assert (stops[0], stops[-1]) == ("quetta", "peshawar-cantonment")
    along = [stops.index(name) for name in ("mach", "sibi-junction", "rohri-junction", "jhelum")]
    assert along == sorted(along)
    assert len(set(stops)) == len(stops)
    assert set(stops) <= set(load_rail_network().stations.index)


def test_every_name_in_the_table_of_routes_finds_its_train():
    for _, row in load_routes().drop_duplicates("route_id").iterrows():
        for name in (row["route_id"], row["route_name"], *row["alt_names"].split(";")):
            assert find_train(name) == row["route_name"]
