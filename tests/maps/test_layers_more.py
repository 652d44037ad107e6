"""What reaches the map, as plain values: markers, shapes, legends, gaps, hostile text."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

import geosec
from geosec.maps.basemap import collect_basemap
from geosec.maps.encoding import encode_json
from geosec.maps.incident_data import COLOURS, collect_incidents

BOX = shapely.box(66, 29, 67, 30)
TRACK = LineString([(67, 29), (68, 30)])


def rows(n=1, **columns):
    """Make n geocoded rows near Mach; columns may be given one value or n."""
    plain = {
        "match_status": "matched",
        "match_name": "Mach",
        "match_reason": None,
        "uncertainty_m": 3_871.0,
        "event_type": "Battles",
    }
    table = pd.DataFrame({**plain, **columns}, index=[f"i{number}" for number in range(n)])
    if "footprint" not in table:
        table["footprint"] = None
    return gpd.GeoDataFrame(table, geometry=[Point(67.325171, 29.863212)] * n, crs=4326)


@pytest.fixture(scope="module")
def ground():
    levels = {level: geosec.load_boundaries(level) for level in ("adm0", "adm1", "adm2")}
    network = geosec.load_rail_network()
    places = geosec.load_gazetteer().places
    return collect_basemap(levels, (network.lines, network.stations), places[places.index != ""])


def test_a_marker_stands_where_the_incident_does_and_no_more_exactly_than_is_known():
    (marker,) = collect_incidents(rows(), "")["incidents"]
    assert (marker["lon"], marker["lat"], marker["radius"]) == (67.325, 29.863, 3871)


@pytest.mark.parametrize(
    ("dead", "size"), [(None, 6), (pd.NA, 6), (0, 6), (4, 8), (36, 12), (10_000, 12)]
)
def test_a_marker_grows_with_the_dead_up_to_an_end(dead, size):
    table = rows(fatalities=pd.array([dead], dtype="Int64"))
    assert collect_incidents(table, "")["incidents"][0]["size"] == size


def test_a_marker_without_a_name_is_headed_by_its_identifier():
    (marker,) = collect_incidents(rows(match_name=None), "")["incidents"]
    assert marker["heading"] == "i0, date not reported"


def test_types_are_listed_once_in_the_order_of_the_colours_with_strangers_last():
    kinds = ["Piracy", "Riots", None, "Battles", "Riots", "Arson"]
    listed = collect_incidents(rows(6, event_type=kinds), "")["types"]
    assert [name for name, *_ in listed] == ["Battles", "Riots", "", "Arson", "Piracy"]
    assert {name: count for name, _, count in listed}["Riots"] == 2
    assert listed[2][1] == "type not reported"
    assert sum(count for *_, count in listed) == 6


def test_an_outline_that_several_share_is_kept_once():
    table = rows(4, footprint=[BOX, TRACK, BOX, None])
    data = collect_incidents(table, "")
    assert [each["shape"] for each in data["incidents"]] == ["s0", "s1", "s0", None]
    assert {key: shape["line"] for key, shape in data["shapes"].items()} == {
        "s0": False,
        "s1": True,
    }
    assert data["shapes"]["s1"]["geometry"]["coordinates"] == [[67, 29], [68, 30]]


def test_what_has_no_place_is_listed_and_does_not_widen_the_view():
    table = pd.concat([rows(1), rows(1, match_reason="why", location="=x").rename({"i0": "ب"})])
    table.loc["ب", "geometry"] = None
    data = collect_incidents(table, "")
    assert data["bounds"] == [[29.863212, 67.325171], [29.863212, 67.325171]]
    assert data["missing"] == [{"id": "ب", "phrase": "=x", "reason": "why"}]
    assert data["subtitle"] == "1 of 2 incidents placed"


def test_a_table_without_rows_has_no_view_and_no_types():
    data = collect_incidents(rows(1).iloc[:0], "Nothing")
    assert (data["bounds"], data["types"], data["incidents"]) == (None, [], [])
    assert (data["title"], data["subtitle"]) == ("Nothing", "0 of 0 incidents placed")


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2024-12-31", "2025-03-11"], "2 of 2 incidents placed · December 2024 to March 2025"),
        ([None, "2025-03-11"], "2 of 2 incidents placed · March 2025 to March 2025"),
        ([None, None], "2 of 2 incidents placed"),
    ],
)
def test_the_span_of_the_dates_is_told(dates, told):
    assert collect_incidents(rows(2, date=pd.to_datetime(dates)), "")["subtitle"] == told


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", None, "dawn.com"])
def test_what_is_no_web_address_does_not_reach_the_map(url):
    (marker,) = collect_incidents(rows(source_url=url), "")["incidents"]
    assert (marker["url"], marker["host"]) == ("", "")


def test_all_that_reaches_the_map_is_json_without_nan(located):
    data = collect_incidents(located, "All")
    assert json.loads(encode_json(data)) == json.loads(json.dumps(data))


@given(st.dictionaries(st.text(max_size=9), st.text(alphabet="<>&{}%#/!-scriptا\u2028'\"\\")))
@settings(deadline=None, max_examples=50)
def test_any_text_comes_back_and_none_can_close_a_script_or_open_a_template(data):
    written = encode_json(data)
    assert json.loads(written) == data
    assert written.isascii()
    assert not any(mark in written for mark in ("<", ">", "&", "{{", "{%", "{#"))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_json_is_not_written(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_json({"radius": number})


def test_every_colour_is_its_own():
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_the_ground_has_every_unit_line_and_station(ground):
    counts = {name: len(ground[name]) for name in ("country", "provinces", "districts", "rail")}
    assert counts == {"country": 1, "provinces": 7, "districts": 138, "rail": 16}
    assert len(ground["stations"]) == 513
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
