"""The ground of a map."""

from __future__ import annotations

import json

import pytest
import shapely
from shapely import Point

import geosec
from geosec.maps.basemap import collect_basemap
from geosec.reference.boundaries import load_rivers


@pytest.fixture(scope="module")
def ground():
    levels = {level: geosec.load_boundaries(level) for level in ("adm0", "adm1", "adm2")}
    network = geosec.load_rail_network()
    places = geosec.load_gazetteer().places
    rail = network.lines, network.stations
    return collect_basemap(levels, rail, load_rivers(), places[places.index != ""])


def test_the_ground_has_every_unit_line_and_station(ground):
    counts = {name: len(ground[name]) for name in ("country", "provinces", "districts", "rail")}
    assert counts == {"country": 1, "provinces": 7, "districts": 138, "rail": 16}
    assert len(ground["stations"]) == 513
    assert len(ground["rivers"]) == len(load_rivers())
    assert ground["tiles"] is False


def test_outlines_drawn_coarsely_still_hold_their_cities(ground):
    country = shapely.from_geojson(json.dumps(ground["country"][0]))
    assert country.contains(shapely.points([(67.0, 30.18), (67.0, 24.9), (74.3, 31.5)])).all()
    assert not country.contains(Point(69.2, 34.5))  # Kabul


def test_larger_towns_are_named_from_farther_away(ground):
    towns = {town["name"]: town for town in ground["towns"]}
    assert towns["Karachi"]["kind"] == "city"
    assert towns["Karachi"]["zoom"] < towns["Sibi"]["zoom"]
    assert towns["Balochistan"]["kind"] == "province"
    assert towns["Balochistan"]["until"] == 7


def test_a_station_named_as_its_town_is_not_named_twice(ground):
    names = {town["name"] for town in ground["towns"]}
    assert not names & {station["name"] for station in ground["stations"] if station["name"]}
    assert "Kolpur" in {station["name"] for station in ground["stations"]} | names
