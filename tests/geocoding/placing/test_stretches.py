from __future__ import annotations

import pytest
from pyproj import Geod

from geosec.geocoding.placing.scope import ANYWHERE, Scope
from geosec.geocoding.placing.stretches import StretchPlacer

GEOD = Geod(ellps="WGS84")
SINDH = Scope(frozenset({"PK-SD"}))


def length_m(line):
    return GEOD.geometry_length(line)


@pytest.mark.parametrize(
    "phrase",
    [
        "between Mach and Kolpur stations",
        "between Kolpur and Mach",
        "the Mach-Kolpur rail section",
        "railway line between Mach and Kolpur",
    ],
)
def test_between_two_stations_is_the_railway_from_one_to_the_other(ground, read, phrase):
    (reading,) = read(phrase)
    line = reading.footprint.shape
    assert (reading.rule, reading.place_id) == ("rail_between", "rail:ML-3:318-343")
    stations = ground.network.stations.geometry
    mach, kolpur = stations["mach"], stations["kolpur"]
    assert line.geom_type == "LineString"
    assert {line.boundary.geoms[0], line.boundary.geoms[1]} == {mach, kolpur}
    straight_m = GEOD.inv(mach.x, mach.y, kolpur.x, kolpur.y)[2]
    assert straight_m <= length_m(line) <= 25_000 * 1.1  # posts 318 and 343 are 25 km apart


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("km 268 of the Rohri-Chaman line", "rail:ML-3:266-270"),
        ("km 268 near Sibi", "rail:ML-3:266-270"),
        ("km 268.5 of ML-3", "rail:ML-3:266.5-270.5"),
        ("KM 1175 of ML-1", "rail:ML-1:1173-1177"),
        ("km 1 of ML-1", "rail:ML-1:0-3"),  # the line begins at 0
        ("km 1686 of ML-1", "rail:ML-1:1684-1687"),  # and ends at 1687
        ("km 5 of ML-1, Sibi", "rail:ML-1:3-7"),  # the line named wins over the one nearby
    ],
)
def test_a_km_post_is_two_kilometres_to_each_side_on_its_line(read, phrase, place_id):
    (reading,) = read(phrase, ANYWHERE)
    assert (reading.rule, reading.place_id) == ("rail_km", place_id)
    assert reading.footprint.shape.geom_type == "LineString"


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("km 200 to 270 of ML-3", "rail:ML-3:198-272"),
        ("between km 268 and 270 of ML-3", "rail:ML-3:266-272"),
        ("at KP 268.5 on the Rohri-Chaman line", "rail:ML-3:266.5-270.5"),
        ("km 26+900 of ML-3", "rail:ML-3:24.9-28.9"),
        ("km 26.0+100 of ML-3", "rail:ML-3:24.1-28.1"),
        ("268.5 km from Rohri on the line to Chaman", "rail:ML-3:266.5-270.5"),
        ("20 to 25 km from Rohri on the railway line to Chaman", "rail:ML-3:18-27"),
        ("30 km from Quetta along the railway track to Sibi", "rail:ML-3:352-356"),
    ],
)
def test_posts_may_be_two_or_counted_from_a_station(read, phrase, place_id):
    (reading,) = read(phrase, ANYWHERE)
    assert (reading.rule, reading.place_id) == ("rail_km", place_id)


@pytest.mark.parametrize(
    "phrase",
    [
        "km 1,268 of the Rohri-Chaman line",  # it ends before, and ML-1 is not meant
        "km 268",
        "KP 268, Peshawar",  # the line there has a km 268, a thousand kilometres away
        "mile 300 near Mach",
        "12 km south of km 268",
    ],
)
def test_a_post_of_no_line_that_is_named_or_near_is_none(read, phrase):
    assert read(phrase, ANYWHERE) == []


def test_a_distance_from_a_post_starts_there(read):
    (post,), (south,) = read("km 268 of ML-3"), read("12 km south of km 268 of ML-3")
    start, there = post.footprint, south.footprint
    azimuth_deg, _, away_m = GEOD.inv(start.lon, start.lat, there.lon, there.lat)
    assert (azimuth_deg % 360, away_m) == (
        pytest.approx(180, abs=0.1),
        pytest.approx(12_000, abs=1),
    )
    (round_it,) = read("2 km from km 268 of ML-3")
    assert round_it.footprint.point == start.point


@pytest.mark.parametrize(
    "phrase",
    ["km 268 of ML-3", "between Mach and Kolpur", "Quetta-Sibi rail section"],
)
def test_a_stretch_of_line_outside_the_province_is_none(read, phrase):
    assert read(phrase, SINDH) == []


def test_a_stretch_is_named_by_its_stations_and_its_line(read):
    (found,) = read("between Mach and Kolpur stations")
    assert (found.name, found.rail_line) == ("Mach – Kolpur (ML-3)", "ML-3")
    assert found.told == "on ML-3 between km 318 and km 343"


def test_a_stretch_is_the_same_from_either_end(read):
    (there,), (back,) = read("between Mach and Kolpur"), read("between Kolpur and Mach")
    assert there.footprint is back.footprint
    assert there.place_id == back.place_id


def test_of_several_lines_the_shortest_stretch_is_taken(read):
    (found,) = read("between Lodhran and Khanewal stations", ANYWHERE)
    assert found.rail_line == "ML-1"  # 92 km; the loop by Multan is longer


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("km 268 of the Rohri-Chaman line", "ML-3"),  # by its name
        ("km 268 near Sibi", "ML-3"),  # by the station beside it
        ("km 5, Sibi-Khost line", "SIBI-KHOST"),  # by the two places it joins
    ],
)
def test_the_line_of_a_km_post_is_named_or_near(read, phrase, line):
    assert read(phrase, ANYWHERE)[0].rail_line == line


def test_a_town_is_brought_to_its_nearest_station_and_no_farther(placer, phrase_of):
    (item,) = phrase_of("Quetta").items
    assert "quetta" in placer._find_stations(item, ANYWHERE)
    (far,) = phrase_of("Turbat").items
    assert placer._find_stations(far, ANYWHERE) == []


@pytest.fixture(scope="module")
def placer(ground, matcher):
    return StretchPlacer(ground, matcher)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("the Jaffar Express route toward Peshawar", True),
        ("the Jaffar Express route", True),
        ("the Jaffar Express near Sibi", False),  # no route is asked for
        ("the Jaffar Express route near Sibi town", False),  # somewhere else is meant
        ("the Bolan Mail route", False),  # its stops are not known
    ],
)
def test_the_route_of_a_train_is_its_whole_way(placer, ground, phrase_of, phrase, found):
    routes = placer.place_route(phrase_of(phrase), ANYWHERE)
    assert bool(routes) is found
    for route in routes:
        assert (route.rule, route.name) == ("route", "Jaffar Express route")
        assert route.footprint.shape.equals(ground.find_train("Jaffar Express").shape())
        assert route.told == "the Jaffar Express runs between Quetta and Peshawar Cantonment"


def test_the_best_point_of_a_route_is_midway_along_it(placer, ground, phrase_of):
    (route,) = placer.place_route(phrase_of("the Jaffar Express route"), ANYWHERE)
    way = ground.find_train("Jaffar Express").shape()
    share = way.project(route.footprint.point, normalized=True)
    assert share == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    "phrase",
    [
        "km 268 of ML-1 and ML-3",
        "km 268 of ML-1 or ML-3",
        "km 268 of ML-1, ML-3",
        "km 268 on ML-1/ML-3",
        "km 268 of both ML-1 and ML-3",
        "km 268 of ML-1 & ML-3",
        "km 268 of ML-1 as well as ML-3",
        "km 268 of ML-1 (ML-3)",
        "KP 268 of ML-1 and the Rohri-Chaman line",
        "12 km south of km 268 of ML-1 and ML-3",
    ],
)
def test_a_post_of_two_lines_is_on_either(read, phrase):
    one, two = read(phrase, ANYWHERE)
    assert {one.name[-5:-1], two.name[-5:-1]} == {"ML-1", "ML-3"}
    shares = [each.candidate.weight if each.candidate else each.share for each in (one, two)]
    assert shares == [0.5, 0.5]


@pytest.mark.parametrize(
    "phrase",
    [
        "km 268 of ML-3",
        "km 268 on the Rohri-Chaman line, ML-3",  # one line by two names
        "km 600 of ML-1 and ML-3",  # which ends before
        "km 268 near Sibi on ML-3",
    ],
)
def test_a_post_that_one_line_has_is_there(read, phrase):
    [reading] = read(phrase, ANYWHERE)
    assert reading.share == 1
