"""Lixels cover the railway once, and have the km of their own two posts."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m, geodesic_inverse
from geosec.railway.lixels import cut_lixels

STEP_M = 1_000.0


@pytest.fixture(scope="module")
def lixels():
    return cut_lixels(geosec.load_rail_network(), STEP_M)


@pytest.fixture(scope="module")
def table(lixels):
    return lixels.describe({})


@pytest.fixture
def bent():
    """A line of another country whose track turns between its two stations."""
    line = shapely.LineString([(30.0, 50.0), (30.1, 50.0), (30.1, 50.1), (30.0, 50.1)])
    lines = gpd.GeoDataFrame({"line": ["Loop"]}, geometry=[line], crs=4326)
    stations = pd.DataFrame(
        {"name": ["A", "B"], "line": "Loop", "km": [100.0, 125.0]}
        | {"longitude": [30.0, 30.0], "latitude": [50.0, 50.1]}
    )
    return geosec.RailNetwork.from_table(stations, lines)


def ends(shapes):
    first, last = shapely.get_point(shapes, 0), shapely.get_point(shapes, -1)
    return np.hstack([shapely.get_coordinates(first), shapely.get_coordinates(last)])


def test_lixels_have_the_length_of_their_geometry_and_cover_every_track_once(table):
    at = ends(table.geometry.to_numpy())
    assert geodesic_distance_m(*at.T) / 1000 == pytest.approx(table["length_km"], rel=1e-9)
    assert table["length_km"].max() <= STEP_M / 1000 + 1e-6
    edges = geosec.load_rail_network().edges
    shared = edges["from_station"].isin(["habib-kot-junction", "shikarpur", "sultankot", "abad"])
    shared &= edges["line_id"] == "ML-2"  # as ML-3 has them
    assert table["length_km"].sum() == pytest.approx(edges["chord_km"][~shared].sum())


def test_the_middle_of_each_lixel_is_found_in_it(lixels, table):
    lon_a, lat_a, lon_b, lat_b = ends(table.geometry.to_numpy()).T
    found = lixels.find((lon_a + lon_b) / 2, (lat_a + lat_b) / 2)
    assert found.tolist() == list(range(len(table)))
    assert lixels.find([67.0, np.nan], [40.0, 30.0], 5_000.0).tolist() == [-1, -1]


def test_km_are_those_of_linear_referencing(table):
    known = table.dropna(subset=["km_from", "km_to"])
    for line_id, own in known.groupby("rail_line"):
        points = geosec.interpolate(line_id, own["km_from"].to_numpy())
        at = ends(own.geometry.to_numpy())
        away_m = geodesic_distance_m(points.x, points.y, at[:, 0], at[:, 1])
        assert np.max(away_m) < 0.01


def test_no_post_is_read_off_between_two_that_the_track_contradicts(table):
    own = table[(table["rail_line"] == "ML-3") & (table["station_to"] == "Sibi Junction")]
    assert len(own) == 10
    assert own["km_from"].dropna().tolist() == [231.0]
    assert own["km_to"].dropna().tolist() == [243.0]


def test_bends_are_followed(bent):
    table = cut_lixels(bent, 500.0).describe({})
    shape = bent.lines.geometry.item()
    corners = shapely.get_coordinates(shape)
    whole_m = geodesic_inverse(*corners[:-1].T, *corners[1:].T)[1].sum()
    assert table["length_km"].sum() == pytest.approx(whole_m / 1000)
    drawn = shapely.get_coordinates(table.geometry.to_numpy())
    assert {tuple(corner) for corner in corners} <= {tuple(at) for at in drawn}
    assert table["km_from"].iloc[0] == 100.0
    assert table["km_to"].iloc[-1] == 125.0
    assert table["km_to"].iloc[:-1].tolist() == table["km_from"].iloc[1:].tolist()


def test_two_tracks_between_two_stations_are_both_kept_if_they_differ_in_length(bent):
    straight = pd.DataFrame(
        {"name": ["A", "B"], "line": "Direct", "km": [0.0, 11.1]}
        | {"longitude": [30.0, 30.0], "latitude": [50.0, 50.1]}
    )
    loop = bent.lines.reset_index(names="line")[["line", "geometry"]]
    both = pd.concat([straight, straight.assign(line="Loop", km=[100.0, 125.0])])
    direct = gpd.GeoDataFrame(
        {"line": ["Direct"]}, geometry=[shapely.LineString([(30, 50), (30, 50.1)])], crs=4326
    )
    network = geosec.RailNetwork.from_table(both, pd.concat([direct, loop]))
    assert set(cut_lixels(network, STEP_M).describe({})["rail_line"]) == {"Direct", "Loop"}
    twice = straight.assign(line="Again")
    network = geosec.RailNetwork.from_table(pd.concat([straight, twice]))
    assert set(cut_lixels(network, STEP_M).describe({})["rail_line"]) == {"Direct"}
