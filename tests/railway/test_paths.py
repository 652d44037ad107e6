"""Ways along the railway: between stations, and between points anywhere."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

import geosec
from geosec import (
    CRSError,
    ParameterError,
    SchemaError,
    UnknownNameError,
    interpolate,
    load_rail_network,
    rail_distance,
    stretch,
    stretch_between,
)

NETWORK = load_rail_network()
TRUNK = NETWORK.on(["ML-1", "ML-3", "LODHRAN-MULTAN-KHANEWAL"])


def at(*station_ids):
    return NETWORK.stations.geometry.loc[list(station_ids)]


def way(one, two, **options):
    return rail_distance(at(one), at(two), **options).iloc[0]


def test_sibi_is_141_km_from_quetta():
    found = way("sibi-junction", "quetta")
    assert found["rail_distance_km"] == pytest.approx(141)
    assert found["rail_lines"] == "ML-3"
    assert found[["from_offset_m", "to_offset_m"]].max() < 0.01


def test_the_posts_lost_south_of_sibi_are_no_way():
    assert way("perak", "sibi-junction")["rail_distance_km"] == pytest.approx(9.4)


@pytest.mark.parametrize(
    ("one", "two", "km", "lines"),
    [
        ("mach", "harnai", 318 - 243 + 93, "ML-3;SIBI-KHOST"),
        ("quetta", "nushki", 384 - 359 + 158 - 25, "ML-3;ML-4"),
        ("shikarpur", "jacobabad-junction", 84 - 43, "ML-3"),  # not ML-2 on the same track
        ("sukkur", "pano-akil", 5 + 513 - 481, "ML-3;ML-1"),
    ],
)
def test_a_way_across_a_junction_adds_up(one, two, km, lines):
    found = way(one, two)
    assert found["rail_distance_km"] == pytest.approx(km)
    assert found["rail_lines"] == lines


def test_from_quetta_to_peshawar_the_train_does_not_take_the_shortest_way():
    """The timetable has 1,632 km; by Dera Ghazi Khan there is less track, and no train."""
    assert way("quetta", "peshawar-cantonment")["rail_lines"] == "ML-3;ML-2;ML-1"
    by_ml1 = way("quetta", "peshawar-cantonment", network=TRUNK)
    assert by_ml1["rail_distance_km"] == pytest.approx(1587.4)  # 1,587 in older articles
    stops = geosec.load_route("Jaffar Express").geometry
    legs = rail_distance(stops[:-1], stops[1:], network=TRUNK)
    assert legs["rail_distance_km"].sum() == pytest.approx(1632, abs=1)


def test_two_points_on_one_edge_are_apart_by_their_posts():
    one, two = interpolate("ML-3", [270.0]), interpolate("ML-3", [281.5])
    assert rail_distance(one, two)["rail_distance_km"].item() == pytest.approx(11.5)
    assert rail_distance(two, one)["rail_distance_km"].item() == pytest.approx(11.5)


def test_points_off_the_railway_say_how_far_off():
    found = rail_distance(gpd.GeoSeries.from_xy([67.0], [30.5], crs=4326), at("mach")).iloc[0]
    assert found["from_offset_m"] > 1_000 > found["to_offset_m"]


def test_a_place_is_no_way_from_itself():
    found = rail_distance(interpolate("ML-3", [300, 243]), interpolate("ML-3", [300, 243]))
    assert found["rail_distance_km"].tolist() == [0, 0]
    assert found["rail_lines"].tolist() == ["ML-3", "ML-3"]


def test_one_point_to_go_to_serves_all_and_missing_ones_stay():
    points = gpd.GeoSeries([at("mach").iloc[0], None], index=["a", "b"], crs=4326)
    found = rail_distance(points, at("quetta"))
    assert found.index.tolist() == ["a", "b"]
    assert found["rail_distance_km"].iloc[0] == pytest.approx(384 - 318)
    assert found.iloc[1].isna()[["rail_distance_km", "from_offset_m", "rail_lines"]].all()


def test_no_points_are_no_rows_of_the_same_kinds():
    found = rail_distance(gpd.GeoSeries([], crs=4326), at("quetta"))
    assert found.empty
    assert found.dtypes.astype(str).tolist() == ["float64", "float64", "float64", "str"]


def test_lines_that_do_not_meet_are_missing():
    apart = NETWORK.on(["ML-4", "TAXILA-HAVELIAN"])
    found = way("nushki", "havelian", network=apart)
    assert found[["rail_distance_km", "rail_lines"]].isna().all()
    assert found["to_offset_m"] == pytest.approx(0, abs=0.01)


def test_a_dismantled_line_carries_nobody():
    assert way("zhob", "bostan-junction")["from_offset_m"] > 50_000
    whole = way("zhob", "bostan-junction", network=NETWORK)
    assert whole["rail_distance_km"] == pytest.approx(295)


def test_a_stretch_between_two_stations_of_a_line_is_the_one_between_their_posts():
    assert stretch_between("Sibi", "Mach").equals(stretch("ML-3", 243, 318))


def test_a_stretch_across_a_junction_passes_it():
    line = stretch_between("Mach", "Harnai")
    assert [Point(line.coords[0]), Point(line.coords[-1])] == at("mach", "harnai").tolist()
    assert at("sibi-junction").iloc[0].coords[0] in line.coords


@pytest.mark.parametrize(
    ("ask", "error", "named"),
    [
        (lambda: stretch_between("Sibi", "sibi-junction"), ParameterError, "two different station"),
        (lambda: stretch_between("Sibi", "Macch"), UnknownNameError, "'Macch'; did you mean 'Mach"),
        (lambda: stretch_between("Bostan", "Zhob"), UnknownNameError, "no railway station 'Zhob'"),
        (
            lambda: stretch_between("Nushki", "Taxila", network=NETWORK.on(["ML-4", "ML-1"])),
            ParameterError,
            "no railway of this network joins 'nushki' to 'taxila'",
        ),
        (
            lambda: rail_distance(at("mach"), at("sibi-junction", "quetta")),
            ParameterError,
            "there are 2 for 1",
        ),
        (
            lambda: rail_distance(at("mach"), gpd.GeoSeries([Point(67, 30)])),
            CRSError,
            "`to_points` has no CRS",
        ),
        (
            lambda: rail_distance(NETWORK.lines.geometry, at("mach")),
            SchemaError,
            "`from_points` must hold points",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(ask, error, named):
    with pytest.raises(error, match=named):
        ask()


def test_every_line_that_stands_is_within_reach_of_quetta():
    stations = NETWORK.standing().stations.geometry
    found = rail_distance(stations, at("quetta"))
    assert found["rail_distance_km"].notna().all()
    assert np.isfinite(found["rail_distance_km"]).all()
