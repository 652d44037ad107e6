"""A table as columns of a payload."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from geosec import SchemaError
from geosec.maps.incident_columns import find_days, find_places, pack_incidents, round_to_radii
from tests.maps.test_payload import read_block


def make_table(**columns):
    rows = len(next(iter(columns.values())))
    usual = {"uncertainty_m": [1000.0] * rows, "footprint": [None] * rows}
    index = pd.Index([f"i{at}" for at in range(rows)], name="incident_id")
    lon = np.arange(rows) * 0.5 + 67
    table = pd.DataFrame({**usual, **columns}, index=index)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, [30.0] * rows), crs=4326)


def find_told(payload, name):
    return next(each for each in payload.head["columns"] if each["name"] == name)


def test_columns_are_told_by_what_they_hold():
    payload = pack_incidents(
        make_table(
            event_type=["Battles ", None, "Riots"], fatalities=[1, None, 3], summary=["a", "b", ""]
        )
    )
    assert find_told(payload, "event_type")["values"] == ["Battles", "Riots"]
    assert find_told(payload, "fatalities")["kind"] == "number"
    assert find_told(payload, "summary")["kind"] == "text"
    assert payload.head["groups"] == {"first": ["summary"], "numbered": ["incident_id"]}


def test_usual_columns_without_a_value_are_not_told():
    payload = pack_incidents(make_table(fatalities=[1, 2], injuries=[None, None], summary=None))
    assert [each["name"] for each in payload.head["columns"]] == ["fatalities"]


def test_columns_that_are_asked_for_are_told_too():
    payload = pack_incidents(make_table(ward=[1, 2], colour=["x", "y"]), ["ward", "colour"])
    assert find_told(payload, "ward")["kind"] == "number"
    assert find_told(payload, "colour") == {
        "name": "colour",
        "kind": "category",
        "values": ["x", "y"],
    }


def test_own_numbers_keep_their_decimals_and_flags_are_told_by_name():
    table = make_table(rate=[0.25, np.inf], seen=[True, False], level=["b ", " b"])
    payload = pack_incidents(table, ["rate", "seen", "level"])
    told = {each["name"]: each["bytes"] for each in payload.head["planes"]}
    assert told["rate"] == 8
    assert find_told(payload, "seen")["values"] == ["False", "True"]
    assert find_told(payload, "level")["values"] == ["b"]


def test_rows_without_a_place_are_told_apart_with_what_they_have():
    table = make_table(location=["Sibi", "nowhere", "?"], match_reason=[None, "not found", None])
    table.loc[["i1", "i2"], "geometry"] = None
    payload = pack_incidents(table)
    assert (payload.head["rows"], payload.head["unplaced"]["rows"]) == (1, 2)
    assert payload.head["unplaced"]["columns"] == ["incident_id", "location", "match_reason"]
    block = next(text for group, _, text in payload.text if group == "unplaced")
    assert read_block(block, 3, 2) == [["i1", "i2"], ["nowhere", "?"], ["not found", ""]]


def test_equal_places_are_one_and_equal_outlines_are_drawn_once():
    table = make_table(event_type=["a"] * 4)
    table["geometry"] = table.geometry.iloc[[0] * 4].to_numpy()
    area, line = box(0, 0, 1, 1), LineString([(0, 0), (1, 1)])
    table["footprint"] = gpd.GeoSeries([area, area, line, None], index=table.index, crs=4326)
    places = find_places(table)
    assert [shape["type"] for shape in places.shapes] == ["Polygon", "LineString"]
    assert len(places.lon) == 3
    assert places.which[0] == places.which[1]
    assert sorted(places.shape) == [-1, 0, 1]


def test_days_of_a_row_are_those_it_may_have_been_on():
    table = make_table(
        date=pd.to_datetime(["2024-02-10", "2024-02-10", None]),
        date_precision=["day", "month", "day"],
        date_to=pd.to_datetime(["2024-02-12", None, None]),
    )
    first, last = find_days(table)
    days = [
        np.datetime64("1970-01-01") + np.timedelta64(int(day), "D")
        for day in (*first, *last)
        if not np.isnan(day)
    ]
    assert [str(day) for day in days] == ["2024-02-10", "2024-02-01", "2024-02-12", "2024-02-29"]
    assert np.isnan([first[2], last[2]]).all()


def test_a_week_begins_on_its_day_as_everywhere():
    table = make_table(date=pd.to_datetime(["2024-02-14"]), date_precision=["week"])
    assert np.diff(find_days(table), axis=0).tolist() == [[6]]
    assert find_days(table)[0][0] == (pd.Timestamp("2024-02-14") - pd.Timestamp(0)).days


LINE = "LINESTRING (0 0, 1 1)"


def test_readings_of_a_phrase_are_packed_once_each_with_its_outline():
    names = ("weight", "longitude", "latitude", "uncertainty_m", "footprint")
    readings = [
        (3.0, 67.00001, 30.0, 5_000.4, ""),
        (1.0, 66.0, 29.0, 900.0, "LINESTRING (0 0, 1 1)"),
    ]
    text = json.dumps([dict(zip(names, each, strict=True)) for each in readings])
    table = make_table(footprint=[box(66, 29, 67, 30), None, None, None])
    table["geometry"] = gpd.points_from_xy([67.0] * 4, [30.0] * 4)
    payload = pack_incidents(table.assign(match_candidates=[None, text, None, text]))
    assert payload.head["places"] == 3
    assert payload.head["readings"] == [
        [[0.75, 67.0, 30.0, 5_000.0, -1], [0.25, 66.0, 29.0, 900.0, 1]]
    ]
    assert [each["type"] for each in payload.head["shapes"]] == ["Polygon", "LineString"]


@pytest.mark.parametrize("cell", ["Mach, or Sibi", 12, ["Mach"], {"weight": 1}])
def test_readings_that_are_none_are_refused(cell):
    with pytest.raises(SchemaError, match="`match_candidates` holds the readings"):
        pack_incidents(make_table(footprint=[None]).assign(match_candidates=[cell]))


@settings(deadline=None)
@given(st.floats(-180, 180), st.one_of(st.just(np.nan), st.floats(0, 500_000)))
def test_coordinates_are_rounded_to_a_tenth_of_the_radius(degrees, radius_m):
    rounded = round_to_radii(np.array([degrees]), np.array([radius_m]))[0]
    step = np.fmax(radius_m, 10.0) / 10 / 111_320
    assert abs(rounded - degrees) <= max(step, 1e-5) / 2 + 1e-12
    assert rounded == pytest.approx(round(rounded, 5), abs=1e-12)


def test_an_empty_table_has_an_empty_payload():
    table = make_table(event_type=["a"]).iloc[:0]
    assert pack_incidents(table).head["rows"] == 0


def test_neighbours_on_the_ground_are_neighbours_on_the_curve():
    side = np.arange(16)
    lon, lat = (grid.ravel() * 0.1 for grid in np.meshgrid(side, side))
    table = make_table(event_type=["a"] * len(lon))
    table["geometry"] = gpd.points_from_xy(lon, lat, crs=4326)
    places = find_places(table.assign(uncertainty_m=100.0))
    assert len(places.lon) == len(lon)
    steps = np.hypot(np.diff(places.lon), np.diff(places.lat))
    assert np.median(steps) < 0.11
