from __future__ import annotations

import pytest

import geosec
from geosec import UnknownNameError, load_rail_network
from geosec.railway.stops import find_train, load_routes


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
