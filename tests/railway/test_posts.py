"""Posts placed, lines drawn through them, stations gathered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import (
    load_rail_lines,
    load_rail_network,
    load_rail_stations,
)
from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.railway.posts import draw_lines, gather_stations, place_posts

# Posts that the geometry contradicts and that stand as published (see boundaries/README.md).
SHORT_POSTS = {("Shahidanwala", "Rukanpur"), ("Nok Kundi", "Alam Reg")}
ROUNDING_M = 1_500  # two posts rounded to the kilometre, and 0.5 km for the stations' points


@pytest.fixture(scope="module")
def network():
    return geosec.load_rail_network()


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


def test_a_station_without_coordinate_stands_between_its_neighbours_and_says_so():
    station = load_rail_stations().loc["chanigot"]
    assert station["coord_quality"] == "interpolated"
    assert station["positional_accuracy_m"] > 1_000


def test_a_junction_is_one_station_of_several_lines():
    assert load_rail_stations().loc["sibi-junction", "lines"] == "ML-3;SIBI-KHOST"


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


def rows(*posts):
    """Make rows of the layer of one line: km and longitude, empty where it has none."""
    return pd.DataFrame(
        [
            {
                "line_id": "L",
                "seq": seq,
                "station_id": f"s{seq}",
                "km": str(km),
                "lon": str(lon),
                "lat": "30.0" if lon else "",
                "name": f"S{seq}",
                "name_ur": "",
                "alt_names": "",
                "coord_source": source,
                "coord_quality": "published" if lon else "interpolated",
            }
            for seq, (km, lon, source) in enumerate(posts)
        ]
    )


def test_a_post_without_a_coordinate_stands_at_its_share_of_the_geodesic():
    posts = place_posts(rows((0, 67.0, "map"), (30, "", ""), (120, 68.0, "map")))
    middle = posts.geometry.iloc[1]
    whole_m = float(geodesic_distance_m(67, 30, 68, 30))
    assert float(geodesic_distance_m(67, 30, middle.x, middle.y)) == pytest.approx(whole_m / 4)
    # half the minor axis of the ellipse round 120 km of track, and a post told in whole km
    sag_m = np.sqrt(120_000**2 - whole_m**2) / 2
    assert posts["positional_accuracy_m"].iloc[1] == pytest.approx(sag_m + 1_000)


@pytest.mark.parametrize(
    ("source", "radius_m"), [("a map", 500), ("GeoNames 123", 3_000), ("town point", 3_000)]
)
def test_a_town_stands_less_exactly_for_its_station(source, radius_m):
    posts = place_posts(rows((0, 67.0, source), (1, 67.01, "a map")))
    assert posts["positional_accuracy_m"].tolist() == [radius_m, 500]


def test_rows_come_in_the_order_of_the_line():
    shuffled = rows((0, 67.0, "m"), (50, 67.5, "m"), (97, 68.0, "m")).iloc[[2, 0, 1]]
    assert place_posts(shuffled)["km"].tolist() == [0, 50, 97]


@pytest.mark.parametrize("km", [96, 97, 120])
def test_a_line_strays_as_far_as_its_track_lets_it(km):
    chord_m = float(geodesic_distance_m(67, 30, 68, 30))
    stray_m = np.sqrt(max((km * 1000) ** 2 - chord_m**2, 0)) / 2
    posts = place_posts(rows((0, 67.0, "m"), (km, 68.0, "m")))
    lines = pd.DataFrame({"gauge_mm": ["1676"]}, index=pd.Index(["L"], name="line_id"))
    drawn = draw_lines(lines, posts).loc["L"]
    assert drawn["positional_accuracy_m"] == round(stray_m + 500)
    assert (drawn["gauge_mm"], drawn["km_from"], drawn["km_to"]) == (1_676, 0, km)
    assert len(drawn["geometry"].coords) == 2


def test_of_two_posts_of_a_station_the_better_known_one_is_its_point():
    posts = place_posts(rows((0, 67.0, "town point"), (10, 67.1, "map")))
    posts["station_id"] = "s"
    stations = gather_stations(posts.assign(line_id=["A", "B"]))
    assert stations.index.tolist() == ["s"]
    assert stations.loc["s", "lines"] == "A;B"
    assert stations.geometry.x.tolist() == [67.1]
