"""A way is cut at stations or at equal lengths, and never between posts that track contradicts."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import LineString

import geosec
from geosec.analysis.sections import cut_sections
from geosec.analysis.ways import find_way


def test_a_route_is_cut_into_equal_lengths_of_track() -> None:
    table = cut_sections(find_way("Jaffar Express", None), 50_000).table
    assert table["length_km"].sum() == pytest.approx(1632)
    assert table["length_km"].iloc[:2].tolist() == [50, 50]
    across = table.iloc[7]
    assert across["rail_line"] == "ML-3;ML-1"
    assert (across["km_from"], across["km_to"]) == (pytest.approx(31.3, abs=0.1), 498)


def test_no_section_ends_between_posts_that_track_contradicts() -> None:
    """From Perak (231) to Sibi (243) there are 9.4 km of track: no post between is read off."""
    table = cut_sections(find_way("Jaffar Express", None), 50_000).table
    assert table.loc[2, ["km_to", "station_to"]].tolist() == [231, "Perak"]
    assert table.loc[2, "is_across_break"]
    assert "gap" in table.loc[2, "break_kinds"]
    assert not table.loc[3, "is_across_break"]


def test_a_line_is_cut_at_its_stations() -> None:
    table = cut_sections(find_way("ml-3", None), "station").table
    posts = geosec.load_rail_network().posts_of("ML-3")
    assert table["km_from"].tolist() == posts["km"].tolist()[:-1]
    assert table["station_to"].tolist() == posts["name"].tolist()[1:]
    gap = table[table["km_from"] == 231].iloc[0]
    assert gap["length_km"] == pytest.approx(9.4)
    assert table[table["is_across_break"]]["km_from"].tolist() == [231]


def test_a_short_rest_joins_the_section_before() -> None:
    way = find_way("SHERSHAH-KOTADU", None)  # 72 km
    lengths = {by: cut_sections(way, by).table["length_km"].round(3).tolist() for by in (35e3, 3e4)}
    assert lengths == {35e3: [35, 37], 3e4: [30, 30, 12]}


def test_track_and_geometry_join_from_section_to_section() -> None:
    table = cut_sections(find_way("Jaffar Express", None), 10_000).table
    ends = [shape.coords[-1] for shape in table.geometry[:-1]]
    assert ends == [shape.coords[0] for shape in table.geometry[1:]]


@pytest.mark.parametrize("name", ["Jaffar Express", "39up", "the jaffar express"])
def test_a_way_is_found_by_each_of_its_names(name: str) -> None:
    assert find_way(name, None).edges["end_km"].iloc[-1] == 1632


def test_a_route_and_its_stops_are_the_same_way() -> None:
    route = geosec.Route.named("Jaffar Express")
    stops = geosec.load_route("Jaffar Express")
    edges = find_way(route, None).edges
    assert edges.equals(find_way(stops, None).edges)


def test_bends_of_an_own_line_are_followed() -> None:
    lines = gpd.GeoDataFrame(
        {"line": ["L"]}, geometry=[LineString([(0, 0), (0.5, 0.5), (1, 0)])], crs=4326
    )
    stations = gpd.GeoDataFrame(
        {"name": ["A", "B"], "line": "L", "km": [0.0, 160.0]},
        geometry=gpd.points_from_xy([0, 1], [0, 0]),
        crs=4326,
    )
    network = geosec.RailNetwork.from_table(stations, lines)
    table = cut_sections(find_way("L", network), 80_000).table
    assert table.geometry[0].coords[-1] == pytest.approx((0.5, 0.5))
    assert table["station_from"].tolist() == ["A", "A"]
    assert table["station_to"].tolist() == ["B", "B"]
