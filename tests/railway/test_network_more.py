"""The railway asked by name, number and script; lines that are gone."""

from __future__ import annotations

import numpy as np
import pytest

import geosec
from geosec import UnknownNameError
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.railway.stops import load_routes


@pytest.fixture(scope="module")
def network():
    return geosec.load_rail_network()


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


def test_lines_run_through_their_posts(network):
    for line_id, line in network.lines.geometry.items():
        posts = network.posts_of(line_id)
        assert list(line.coords) == [point.coords[0] for point in posts.geometry]
        assert network.lines.loc[line_id, "km_from"] == posts["km"].iloc[0]
        assert network.lines.loc[line_id, "km_to"] == posts["km"].iloc[-1]


@pytest.mark.parametrize(
    ("station", "lon", "lat"),
    [
        ("quetta", 67.00, 30.19),
        ("mach", 67.33, 29.86),
        ("sibi-junction", 67.88, 29.55),
        ("rohri-junction", 68.90, 27.67),
    ],
)
def test_known_stations_stand_within_three_kilometres_of_their_towns(station, lon, lat):
    point = geosec.load_rail_stations().loc[station].geometry
    assert geodesic_distance_m(lon, lat, point.x, point.y) < 3_000


def test_what_is_interpolated_is_less_exact_than_what_is_published():
    stations = geosec.load_rail_stations()
    by_quality = stations.groupby("coord_quality")["positional_accuracy_m"].min()
    assert by_quality["interpolated"] > by_quality["published"] > 0


def test_a_station_says_what_its_coordinate_is():
    assert set(geosec.load_rail_stations()["coord_quality"]) == {
        "published",
        "interpolated",
        "town",
    }
