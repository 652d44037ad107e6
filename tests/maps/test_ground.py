"""The ground: the shipped one near home, layers of one's own, or none."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

import geosec
from geosec.maps.ground import SHIPPED_CREDIT, collect_ground


def make_points(lon, lat):
    return gpd.GeoDataFrame(geometry=[Point(lon, lat)], crs=4326)


DISTRICTS = gpd.GeoDataFrame(
    {"ADM1_EN": ["West", "East"]}, geometry=[box(78, 5, 80, 9), box(80, 5, 82, 9)], crs=4326
)
LINES = gpd.GeoDataFrame(geometry=[LineString([(79, 6), (81, 8)])], crs=4326)
TOWNS = gpd.GeoDataFrame(
    {"Name": ["Kandy", None], "population": [900_000, None]},
    geometry=[Point(80.6, 7.3), Point(80, 6)],
    crs=4326,
)


def test_near_home_the_shipped_ground_is_drawn_with_its_credit():
    ground, credit = collect_ground(make_points(67, 30), None, tiles=False)
    assert len(ground["provinces"]) > 3
    assert credit == SHIPPED_CREDIT


def test_abroad_there_is_none_and_no_credit_for_it():
    assert collect_ground(make_points(80, 7), None, tiles=True) == ({"tiles": True}, "")


def test_own_layers_stand_in_its_place_with_their_credit():
    railway = LINES.copy()
    railway.attrs["source_credit"] = "© OpenStreetMap contributors"
    own = {"boundaries": DISTRICTS, "lines": railway, "places": TOWNS, "credit": "Survey"}
    ground, credit = collect_ground(make_points(67, 30), own, tiles=False)
    assert credit == "Survey · © OpenStreetMap contributors"
    assert {name: len(ground[name]) for name in ("provinces", "rail", "country")} == {
        "provinces": 2,
        "rail": 1,
        "country": 1,
    }
    assert [each["name"] for each in ground["towns"]] == ["West", "East", "Kandy", ""]
    assert "districts" not in ground


def test_levels_and_a_network_are_taken_too():
    network = geosec.load_rail_network()
    own = {"boundaries": {"adm0": DISTRICTS, "adm2": DISTRICTS}, "network": network}
    ground, _ = collect_ground(make_points(80, 7), own, tiles=False)
    assert {"country", "districts", "rail", "stations"} <= set(ground)
    assert len(ground["stations"]) == len(network.stations)


def test_own_rivers_are_lines_and_areas():
    rivers = gpd.GeoSeries([*LINES.geometry, *DISTRICTS.geometry], crs=4326)
    ground, _ = collect_ground(make_points(80, 7), {"rivers": rivers}, tiles=False)
    assert [each["type"] for each in ground["rivers"]] == ["LineString", "Polygon", "Polygon"]


def test_an_empty_dict_draws_no_ground():
    assert collect_ground(make_points(67, 30), {}, tiles=False) == (
        {"towns": [], "tiles": False},
        "",
    )


def test_a_layer_in_metres_is_drawn_in_degrees():
    ground, _ = collect_ground(make_points(80, 7), DISTRICTS.to_crs(32644), tiles=False)
    assert ground["provinces"][0]["coordinates"][0][0][0] == pytest.approx(80, abs=3)


@pytest.mark.parametrize(
    ("own", "error", "said"),
    [
        ({"boundary": DISTRICTS}, geosec.ParameterError, "did you mean 'boundaries'"),
        ({"boundaries": {"adm3": DISTRICTS}}, geosec.ParameterError, "no part 'adm3'"),
        ({"lines": 3}, geosec.SchemaError, r"`ground\['lines'\]` takes a GeoDataFrame"),
        ({"network": LINES}, geosec.ParameterError, "takes a RailNetwork"),
        ({"places": TOWNS.set_crs(None, allow_override=True)}, geosec.CRSError, "has no CRS"),
        ("roads", geosec.ParameterError, "`ground` takes a dict of layers"),
        (
            {"rivers": TOWNS},
            geosec.ParameterError,
            "lines or areas, and 2 of its 2 .* points",
        ),
        ({"lines": DISTRICTS}, geosec.ParameterError, r"\['lines'\]` takes lines, .* are areas"),
        (
            {"boundaries": LINES},
            geosec.ParameterError,
            r"\['boundaries'\]` takes areas, .* are lines",
        ),
        ({"credit": 3}, geosec.ParameterError, r"ground\['credit'\]"),
    ],
)
def test_what_is_no_ground_is_answered(own, error, said):
    with pytest.raises(error, match=said):
        collect_ground(make_points(67, 30), own, tiles=False)


def test_a_layer_with_nothing_in_it_draws_nothing():
    own = {"boundaries": DISTRICTS.head(0), "lines": LINES.head(0), "places": TOWNS.head(0)}
    ground, _ = collect_ground(make_points(80, 7), own, tiles=False)
    assert not any(ground.values())
