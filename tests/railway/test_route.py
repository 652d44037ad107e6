"""The way of a train: measures of stations and posts, points, shapes."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Point

import geosec
from geosec import ParameterError, Route, SourceError, UnknownNameError, load_rail_network
from geosec.railway.route import build_route, describe_route
from geosec.railway.sections import Stop

TRAIN = Route.named("Jaffar Express")


def test_the_way_runs_from_the_first_stop_to_the_last():
    sections = TRAIN.sections
    assert TRAIN.length_km == 1632
    assert (sections["measure_a_km"].iloc[1:].to_numpy() == sections["measure_b_km"][:-1]).all()
    assert (sections["measure_b_km"] > sections["measure_a_km"]).all()
    assert (sections["from_station"].iloc[1:].to_numpy() == sections["to_station"][:-1]).all()


def test_every_stop_is_where_the_timetable_has_it():
    stops = geosec.load_route("Jaffar Express")
    measures = [TRAIN.measure_km(station_id) for station_id in stops["station_id"]]
    assert measures == stops["km_from_origin"].tolist()


def test_the_train_changes_lines_and_takes_the_loop_by_multan():
    lines = TRAIN.sections["line_id"]
    assert lines[lines != lines.shift()].tolist() == [
        "ML-3",
        "ML-1",
        "LODHRAN-MULTAN-KHANEWAL",
        "ML-1",
    ]
    assert TRAIN.measure_km("Khanewal Junction") - TRAIN.measure_km("Lodhran Junction") == 134


@pytest.mark.parametrize(
    ("place", "measure_km"),
    [
        ("Quetta", 0),
        ("Peshawar Cantt", 1632),
        (("ML-3", 0), 383),  # Rohri, on the line it leaves
        (("ML-1", 481), 383),  # and on the one it takes
        (("ML-3", 384), 0),
        (55.5, 55.5),
    ],
)
def test_a_place_is_told_by_station_by_post_or_by_measure(place, measure_km):
    assert TRAIN.measure_km(place) == measure_km


def test_between_two_stops_the_chainage_of_the_line_counts():
    sibi, ab_i_gum = TRAIN.measure_km("Sibi"), TRAIN.measure_km("Ab-i-Gum")
    share = (TRAIN.measure_km(("ML-3", 268.0)) - ab_i_gum) / (sibi - ab_i_gum)
    assert share == pytest.approx((306 - 268) / (306 - 243))


def test_the_posts_lost_at_sibi_take_no_way():
    per_km = (206 - 141) / (243 - 175 - 2.6)  # timetable over track, Sibi to Bakhtiarabad
    perak = TRAIN.measure_km("Perak") - TRAIN.measure_km("Sibi")
    assert perak == pytest.approx(9.4 * per_km)


def test_measures_and_points_undo_each_other():
    measure_km = np.linspace(0, 1632, 2_000)
    found = TRAIN.locate(TRAIN.interpolate(measure_km))
    assert np.abs(found["measure_km"] - measure_km).max() < 0.001
    assert found["offset_m"].max() < 0.01


def test_missing_points_stay_on_their_index():
    points = gpd.GeoSeries([Point(67.33, 29.87), None], index=["a", "b"], crs=4326)
    found = TRAIN.locate(points)
    assert found.columns.tolist() == ["measure_km", "offset_m"]
    assert found["measure_km"].isna().tolist() == [False, True]
    assert TRAIN.interpolate([5, np.nan]).isna().tolist() == [False, True]


def test_a_shape_runs_in_the_direction_asked():
    down, up = TRAIN.shape("Mach", "Sibi"), TRAIN.shape("Sibi", "Mach")
    assert down.coords[0] == up.coords[-1]
    assert list(down.coords) == list(up.coords)[::-1]
    mach = load_rail_network().stations.geometry["mach"]
    assert Point(down.coords[0]).equals_exact(mach, 1e-9)


def test_the_whole_shape_passes_every_station():
    assert len(TRAIN.shape("Quetta", "Peshawar Cantonment").coords) == len(TRAIN.sections) + 1


@pytest.mark.parametrize(
    ("ask", "error", "named"),
    [
        (lambda: TRAIN.measure_km("Chaman"), UnknownNameError, "does not pass 'Chaman'"),
        (
            lambda: TRAIN.measure_km(("ML-1", 900)),
            ParameterError,
            "not run by km 900 of ML-1; it takes ML-3 from km 384 to 0, ML-1 from km 481 to 847",
        ),
        (lambda: TRAIN.measure_km(("ML-4", 100)), ParameterError, "not run by km 100 of ML-4"),
        (lambda: TRAIN.interpolate(1_633), ParameterError, "km 1633 is not on Jaffar Express"),
        (lambda: TRAIN.shape("Sibi", 141), ParameterError, "two different posts"),
        (lambda: Route.named("Jafar Express"), UnknownNameError, "did you mean 'Jaffar Express'"),
        (
            lambda: Route.named("39UP", network=load_rail_network().on(["ML-3", "ML-1"])),
            SourceError,
            "lodhran-junction and multan-cantt follow each other as stops",
        ),
    ],
)
def test_what_is_not_on_the_way_is_refused(ask, error, named):
    with pytest.raises(error, match=named):
        ask()


def shuttle(*stations):
    """Make the route of a train that calls at stations 100 km apart by its timetable."""
    stops = [Stop(name, 100.0 * number) for number, name in enumerate(stations)]
    return build_route("Shuttle", stops, load_rail_network())


def test_a_train_says_where_it_runs():
    told = "the Jaffar Express runs between Quetta and Peshawar Cantonment"
    assert describe_route(TRAIN) == told
    assert describe_route(shuttle("sibi-junction", "mach")) == (
        "the Shuttle runs between Sibi Junction and Mach"
    )


def test_the_whole_shape_runs_through_the_stops_and_keeps_to_the_line():
    stations = load_rail_network().stations.geometry
    for stop in geosec.load_route("Jaffar Express")["station_id"]:
        assert shapely.distance(TRAIN.shape(), stations[stop]) < 0.001, stop
    assert shapely.distance(TRAIN.shape(), stations["karachi-city"]) > 1


def test_the_whole_shape_is_the_one_from_end_to_end():
    assert TRAIN.shape().equals(TRAIN.shape(*TRAIN.ends))
    assert TRAIN.shape("Sibi").equals(TRAIN.shape("Sibi", TRAIN.ends[1]))


def test_a_shuttle_runs_on_the_stretch_between_its_two_stations():
    there = shuttle("sibi-junction", "mach").shape()
    back = shuttle("mach", "sibi-junction").shape()
    assert there.reverse().equals_exact(back, 1e-9)
    stations = load_rail_network().stations.geometry
    ends = shapely.MultiPoint([stations["sibi-junction"], stations["mach"]])
    assert there.boundary.equals_exact(ends, 1e-9)


def test_of_two_lines_between_its_stops_it_takes_the_shorter():
    direct = shuttle("lodhran-junction", "khanewal-junction")
    multan = load_rail_network().stations.geometry["multan-cantt"]
    assert set(direct.sections["line_id"]) == {"ML-1"}
    assert shapely.distance(direct.shape(), multan) > 0.1  # the loop goes by Multan


def test_stops_without_a_common_line_are_refused():
    with pytest.raises(SourceError, match="mach and karachi-city follow each other as stops"):
        shuttle("mach", "karachi-city")
