"""Km posts to points and back: ends, orders, gaps, properties."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point

from geosec import (
    CRSError,
    ParameterError,
    SchemaError,
    UnknownNameError,
    interpolate,
    load_rail_lines,
    locate,
    stretch,
)
from geosec.geodesy.geodesics import geodesic_distance_m

LINES = ["ML-1", "ML-3", "ML-4"]
KM = st.floats(0, 526)
WGS84 = Geod(ellps="WGS84")


def test_a_post_is_where_its_station_is():
    point = interpolate("ML-3", 283).iloc[0]
    assert (point.x, point.y) == (67.54623, 29.67564)  # Panir


def test_between_two_posts_the_share_of_the_geodesic_counts():
    low, middle, high = interpolate("ML-3", [268, 275.5, 283])
    first = geodesic_distance_m(low.x, low.y, middle.x, middle.y)
    second = geodesic_distance_m(middle.x, middle.y, high.x, high.y)
    assert first == pytest.approx(second, abs=0.01)


def test_a_missing_km_is_a_missing_point():
    assert interpolate("ML-3", [268, np.nan]).isna().tolist() == [False, True]


@pytest.mark.parametrize("km", [-1, 526.5, 9_000])
def test_a_km_beyond_the_line_is_refused(km):
    with pytest.raises(ParameterError, match=r"not on ML-3, whose posts run from km 0 \(Rohri"):
        interpolate("ML-3", km)


@pytest.mark.parametrize("line_id", ["ML-1", "ML-3", "ML-4", "SIBI-KHOST"])
def test_locate_undoes_interpolate(line_id):
    km = np.linspace(30, 139, 57)
    found = locate(interpolate(line_id, km), line_id=line_id)
    assert np.abs(found["rail_km"].to_numpy() - km).max() < 0.001
    assert found["rail_offset_m"].max() < 0.01


def test_locate_takes_the_nearest_line_and_keeps_missing_points():
    points = gpd.GeoSeries.from_xy([67.0, np.nan], [30.2, np.nan], crs="EPSG:4326")
    found = locate(points)
    assert found["rail_line"].tolist()[0] == "ML-3"
    assert found["rail_km"].isna().tolist() == [False, True]


def test_a_stretch_holds_the_posts_between_its_ends():
    line = stretch("ML-3", 292.4, 268)
    assert line.coords[0] == (67.66695, 29.61745)
    assert len(line.coords) == 4  # Pehro Kunri, Panir, Kohsar, Peshi


def test_a_stretch_without_length_is_refused():
    with pytest.raises(ParameterError, match="two different posts, and got km 268 twice"):
        stretch("ML-3", 268, 268)


def test_the_ends_of_a_line_are_on_it():
    rohri, chaman = interpolate("ML-3", [0, 526])
    assert geodesic_distance_m(rohri.x, rohri.y, 68.90, 27.67) < 3_000
    assert geodesic_distance_m(chaman.x, chaman.y, 66.45, 30.92) < 5_000


@pytest.mark.parametrize("km", [[], np.array([], dtype="float64")])
def test_no_km_is_no_point(km):
    found = interpolate("ML-3", km)
    assert len(found) == 0
    assert found.crs == "EPSG:4326"


def test_points_come_in_the_order_asked_and_as_often():
    found = interpolate("ML-3", [283, 268, 283, np.nan])
    assert found.iloc[0] == found.iloc[2] != found.iloc[1]
    assert found.iloc[3] is None


@pytest.mark.parametrize("km", [[268, 526.01], [np.nan, -0.01], [np.inf], -np.inf])
def test_one_km_beyond_the_end_refuses_all(km):
    with pytest.raises(ParameterError, match=r"is not on ML-3, whose posts run from km 0"):
        interpolate("ML-3", km)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: interpolate("ML-33", 1),
        lambda: stretch("ML-33", 1, 2),
        lambda: locate(gpd.GeoSeries([Point(67, 30)], crs=4326), line_id="ML-33"),
    ],
)
def test_a_line_that_is_not_there_is_answered_with_a_near_one(ask):
    with pytest.raises(UnknownNameError, match="no railway line 'ML-33'; did you mean 'ML-3'"):
        ask()


@given(KM)
@settings(deadline=None, max_examples=50)
def test_locating_a_km_gives_the_km_back(km):
    found = locate(interpolate("ML-3", km), line_id="ML-3").iloc[0]
    assert found["rail_km"] == pytest.approx(km, abs=0.001)
    assert found["rail_offset_m"] < 0.01


@given(st.lists(KM, min_size=2, max_size=6))
@settings(deadline=None, max_examples=50)
def test_a_geodesic_between_two_posts_is_no_longer_than_the_stretch(kms):
    kms = [round(km, 3) for km in kms]
    low, high = min(kms), max(kms)
    if low == high:
        return
    line = stretch("ML-3", high, low)
    (x1, y1), (x2, y2) = line.coords[0], line.coords[-1]
    assert geodesic_distance_m(x1, y1, x2, y2) <= WGS84.geometry_length(line) + 0.01


def test_two_stretches_end_to_end_are_as_long_as_the_whole():
    parts = [stretch("ML-3", 100, 233.3), stretch("ML-3", 233.3, 400), stretch("ML-3", 100, 400)]
    first, second, whole = map(WGS84.geometry_length, parts)
    assert parts[0].coords[-1] == parts[1].coords[0]
    assert first + second == pytest.approx(whole, abs=0.1)


def test_the_whole_stretch_is_the_line():
    whole = stretch("ML-3", 526, 0)
    assert whole.equals_exact(load_rail_lines().loc["ML-3", "geometry"], 1e-9)
    found = locate(gpd.GeoSeries([Point(xy) for xy in whole.coords], crs=4326), line_id="ML-3")
    assert found["rail_km"].is_monotonic_increasing
    assert found["rail_offset_m"].max() < 0.01


@pytest.mark.parametrize(
    ("km_from", "km_to"), [(-1, 100), (500, 527), (float("inf"), 3), (3, float("-inf"))]
)
def test_a_stretch_that_leaves_the_line_is_refused(km_from, km_to):
    with pytest.raises(ParameterError, match="is not on ML-3"):
        stretch("ML-3", km_from, km_to)


def test_gaps_and_empty_points_stay_on_their_index():
    points = gpd.GeoSeries([None, Point(), Point(67.0, 30.2)], index=["ا", "b", "b"], crs=4326)
    found = locate(points)
    assert found.index.tolist() == ["ا", "b", "b"]
    assert found["rail_line"].isna().tolist() == [True, True, False]
    assert found["rail_offset_m"].isna().tolist() == [True, True, False]


def test_no_points_are_no_rows_of_the_same_kinds():
    found = locate(gpd.GeoSeries([], crs=4326))
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == {
        "rail_line": "str",
        "rail_km": "float64",
        "rail_offset_m": "float64",
    }


def test_staying_on_a_line_is_never_nearer_than_the_nearest():
    points = gpd.GeoSeries.from_xy([67.0, 68.4, 71.5, 64.0], [30.2, 27.0, 34.0, 26.0], crs=4326)
    free = locate(points)["rail_offset_m"]
    for line_id in LINES:
        bound = locate(points, line_id=line_id)
        assert (bound["rail_line"] == line_id).all()
        assert (bound["rail_offset_m"] >= free - 0.01).all()


def test_points_in_another_crs_are_the_same_points():
    points = gpd.GeoSeries([Point(67.0, 30.2), None], index=["a", "b"], crs=4326)
    found = locate(points.to_crs(32642))
    assert found["rail_line"].tolist()[0] == "ML-3"
    assert found["rail_km"].tolist() == pytest.approx(
        locate(points)["rail_km"].tolist(), abs=1e-4, nan_ok=True
    )


def test_points_without_a_crs_are_refused():
    with pytest.raises(CRSError, match="`points` has no CRS"):
        locate(gpd.GeoSeries([Point(67.0, 30.2)]))


@pytest.mark.parametrize("shape", [Point(67, 30).buffer(1), LineString([(67, 30), (68, 30)])])
def test_only_points_are_located(shape):
    both = gpd.GeoSeries([Point(67.0, 30.2), shape], index=["a", "b"], crs=4326)
    with pytest.raises(SchemaError, match=f"row 'b' is a {shape.geom_type}.*representative_point"):
        locate(both)


@pytest.mark.parametrize("ends", [(np.nan, 268), (268, np.nan), (np.nan, np.nan)])
def test_a_stretch_to_a_missing_post_is_refused(ends):
    with pytest.raises(ParameterError, match=r"needs two km posts, and got km .*nan"):
        stretch("ML-3", *ends)
