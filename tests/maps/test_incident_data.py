"""What reaches the map, as plain values: markers, shapes, legends, gaps."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point

import geosec
from geosec.maps.encoding import encode_json
from geosec.maps.incident_data import COLOURS, collect_incidents
from geosec.news.acled import ACCIDENT, EVENT_TYPES


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


BOX = shapely.box(66, 29, 67, 30)


TRACK = LineString([(67, 29), (68, 30)])


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


def test_every_type_of_a_news_report_has_a_colour_and_a_line_in_the_legend():
    """Accidents, which ACLED does not code, among them."""
    assert set(COLOURS) == {*EVENT_TYPES, ACCIDENT, ""}
    collected = collect_incidents(rows(2, event_type=["Accident", "Battles"]), "")
    assert collected["types"] == [["Battles", "Battles", 1], ["Accident", "Accident", 1]]
    assert collected["colours"]["Accident"] == "#000000"


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


def test_every_colour_is_its_own():
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_every_placed_incident_is_drawn_once(located):
    data = collect_incidents(located, "")
    assert len(data["incidents"]) == located.geometry.notna().sum()
    assert len(data["missing"]) == located.geometry.isna().sum()


def test_no_more_decimals_than_the_radius_supports(located):
    for incident in collect_incidents(located, "")["incidents"]:
        decimals = len(str(incident["lat"]).partition(".")[2])
        assert 111_320 * 10.0 ** -(decimals - 1) >= incident["radius"] / 10


def test_whose_incidents_they_are_stands_first_on_the_map():
    located = geosec.geocode(["near Mach"])
    assert collect_incidents(located, "t")["credit"].startswith("Boundaries:")
    located.attrs["source_credit"] = "Incidents: A & B"
    assert collect_incidents(located, "t")["credit"].startswith("Incidents: A & B · Boundaries:")
