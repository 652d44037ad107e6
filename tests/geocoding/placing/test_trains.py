from __future__ import annotations

import pytest
import shapely

from geosec.geocoding.placing.trains import TrainRoute, find_train


@pytest.mark.parametrize(
    "spelt", ["Jaffar Express", "the JAFFAR express", " jaffar  express ", "39UP", "جعفر ایکسپریس"]
)
def test_a_train_is_found_by_every_name_in_any_case(spelt):
    assert find_train(spelt).name == "Jaffar Express"


@pytest.mark.parametrize("name", ["Orient Express", "", "Jaffar", "express", "Quetta"])
def test_a_train_whose_stops_are_not_known_is_none(name):
    assert find_train(name) is None


def test_its_stops_are_in_the_order_of_the_timetable(ground):
    stops = find_train("Jaffar Express").stops
    assert (stops[0], stops[-1]) == ("quetta", "peshawar-cantonment")
    along = [stops.index(name) for name in ("mach", "sibi-junction", "rohri-junction", "jhelum")]
    assert along == sorted(along)
    assert len(set(stops)) == len(stops)
    assert set(stops) <= set(ground.network.stations.index)


def test_it_says_where_it_runs(ground):
    train = TrainRoute("Shuttle", ("sibi-junction", "mach"))
    assert train.told(ground) == "the Shuttle runs between Sibi Junction and Mach"


def test_its_shape_runs_through_its_stops(ground):
    train = find_train("Jaffar Express")
    shape, stations = train.shape(ground), ground.network.stations.geometry
    for stop in train.stops:
        assert shapely.distance(shape, stations[stop]) < 0.001, stop


def test_its_shape_keeps_to_its_line(ground):
    shape = find_train("Jaffar Express").shape(ground)
    assert shapely.distance(shape, ground.network.stations.geometry["karachi-city"]) > 1


def test_a_shuttle_runs_on_the_stretch_between_its_two_stations(ground):
    there = TrainRoute("Shuttle", ("sibi-junction", "mach")).shape(ground)
    back = TrainRoute("Shuttle", ("mach", "sibi-junction")).shape(ground)
    assert there.geom_type == "LineString"
    assert there.equals(back)
    ends = {ground.network.stations.geometry[name] for name in ("sibi-junction", "mach")}
    assert set(there.boundary.geoms) == ends


def test_stations_without_a_common_line_leave_a_gap(ground):
    assert TrainRoute("Odd", ("mach", "karachi-city")).shape(ground).is_empty


def test_of_two_lines_between_its_stops_it_takes_the_shorter(ground):
    stops = ("lodhran-junction", "khanewal-junction")
    shared = set(dict(ground.stations[stops[0]])) & set(dict(ground.stations[stops[1]]))
    assert shared == {"ML-1", "LODHRAN-MULTAN-KHANEWAL"}
    multan = ground.network.stations.geometry["multan-cantt"]
    shape = TrainRoute("Direct", stops).shape(ground)
    assert shapely.distance(shape, multan) > 0.1  # the loop goes by Multan, the main line does not
