"""The graph of the track: nodes, paths, and points attached to it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from geosec import interpolate, load_rail_network
from geosec.railway.track_graph import TrackGraph

NETWORK = load_rail_network()
GRAPH = TrackGraph(NETWORK)


def path(one, two, graph=GRAPH):
    return graph.find_path(graph.node[one], graph.node[two])


def test_every_station_is_a_node_of_its_own():
    assert GRAPH.names == NETWORK.stations.index.tolist()
    assert [GRAPH.node[name] for name in GRAPH.names] == list(range(len(GRAPH.names)))


def test_a_path_follows_the_line_from_station_to_station():
    steps = path("mach", "sibi-junction")
    assert {step.line_id for step in steps} == {"ML-3"}
    assert GRAPH.names[steps[0].start] == "mach"
    assert GRAPH.names[steps[-1].stop] == "sibi-junction"
    assert [step.stop for step in steps[:-1]] == [step.start for step in steps[1:]]


@pytest.mark.parametrize(
    ("one", "two"), [("mach", "harnai"), ("quetta", "nushki"), ("mach", "mach")]
)
def test_the_path_back_is_the_path_turned_round(one, two):
    there = [(step.start, step.stop, step.line_id) for step in path(one, two)]
    back = [(step.stop, step.start, step.line_id) for step in path(two, one)]
    assert there == back[::-1]


def test_between_lines_that_nothing_joins_there_is_no_path():
    graph = TrackGraph(NETWORK.on(["ML-3", "SHORKOT-LALAMUSA"]))
    assert path("quetta", "lala-musa-junction", graph) == []


def test_two_lines_on_one_track_are_there_once():
    """ML-2 shares the track from Shikarpur to Jacobabad with ML-3, which is listed first."""
    assert {step.line_id for step in path("shikarpur", "jacobabad-junction")} == {"ML-3"}


def test_a_point_on_an_edge_has_both_ends_within_the_track_between_them():
    km = 275.5  # half way from Pehro Kunri to Panir
    point = GRAPH.attach(interpolate("ML-3", km))[0]
    assert sum(point.reach_km) == pytest.approx(15)
    assert point.reach_km[0] == pytest.approx(7.5)
    assert point.offset_m < 0.01


def test_a_missing_point_is_attached_to_nothing():
    missing, there = GRAPH.attach(gpd.GeoSeries([None, Point(67.0, 30.2)], crs=4326))
    assert (missing.edge, there.edge >= 0) == (-1, True)
    assert np.isnan(missing.offset_m)
    assert np.isnan(GRAPH.find_way(missing, there).length_km)
    assert GRAPH.find_way(there, missing).line_ids == ()


@pytest.mark.parametrize(
    ("km_a", "km_b"), [(270.0, 280.0), (280.0, 270.0), (275.0, 275.0), (250.0, 300.0)]
)
def test_along_one_line_the_way_is_as_long_as_its_posts(km_a, km_b):
    one, two = GRAPH.attach(interpolate("ML-3", [km_a, km_b]))
    found = GRAPH.find_way(one, two)
    assert found.length_km == pytest.approx(abs(km_a - km_b), abs=1e-3)
    assert found.line_ids == ("ML-3",)


def test_a_way_names_the_lines_in_order():
    one, two = GRAPH.attach(NETWORK.stations.geometry.loc[["mach", "harnai"]])
    assert GRAPH.find_way(one, two).line_ids == ("ML-3", "SIBI-KHOST")
    assert GRAPH.find_way(two, one).line_ids == ("SIBI-KHOST", "ML-3")
