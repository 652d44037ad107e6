"""All chainages of a point: junctions, lines side by side, and lines that come back."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from geosec import (
    CRSError,
    ParameterError,
    SchemaError,
    load_rail_network,
    locate,
    locate_all,
)

NETWORK = load_rail_network()


def at(*station_ids):
    return NETWORK.stations.geometry.loc[list(station_ids)]


@pytest.mark.parametrize(
    ("station_id", "posts"),
    [
        ("sibi-junction", {"ML-3": 243, "SIBI-KHOST": 0}),
        ("spezand-junction", {"ML-3": 359, "ML-4": 25}),
        ("rohri-junction", {"ML-1": 481, "ML-3": 0}),
        ("shikarpur", {"ML-3": 43, "ML-2": 357}),
        ("lodhran-junction", {"ML-1": 847, "LODHRAN-MULTAN-KHANEWAL": 0, "LODHRAN-RAIWIND": 0}),
    ],
)
def test_a_junction_has_a_post_on_each_of_its_lines(station_id, posts):
    hits = locate_all(at(station_id), max_offset_m=100)
    assert dict(zip(hits["rail_line"], hits["rail_km"], strict=True)) == pytest.approx(posts)
    assert hits["rail_line"].tolist() == list(posts)  # equally near: in the order of the network
    assert hits["rank"].tolist() == list(range(1, len(posts) + 1))
    assert (hits["rail_offset_m"] < 1e-3).all()


@pytest.mark.parametrize(("tolerance_m", "posts"), [(6_000, [231.4]), (8_000, [231.4, 249.1])])
def test_a_line_that_leaves_and_comes_back_is_hit_twice(tolerance_m, posts):
    point = gpd.GeoSeries.from_xy([67.84], [29.47], crs=4326)  # south of Sibi, where ML-3 turns
    hits = locate_all(point, max_offset_m=tolerance_m, network=NETWORK.on(["ML-3"]))
    assert hits["rail_km"].round(1).tolist() == posts


def test_the_two_sides_of_one_approach_are_one_hit():
    point = gpd.GeoSeries.from_xy([67.84], [29.47], crs=4326)
    hits = locate_all(point, max_offset_m=20_000, network=NETWORK.on(["ML-3"]))
    assert hits["rail_km"].round(1).tolist() == [231.4]  # all of Perak - Sibi - Mushkaf in reach


def test_the_first_hit_is_what_locate_answers():
    points = gpd.GeoSeries.from_xy([67.0, 68.4, 71.5], [30.2, 27.9, 33.9], index=["a", "b", "c"])
    points = points.set_crs(4326)
    first = locate_all(points, max_offset_m=200_000).query("rank == 1")
    nearest = locate(points)
    assert first.index.tolist() == ["a", "b", "c"]
    assert first["rail_line"].tolist() == nearest["rail_line"].tolist()
    assert first["rail_km"].tolist() == pytest.approx(nearest["rail_km"].tolist(), abs=1e-6)


def test_what_is_missing_or_out_of_reach_has_no_rows():
    points = gpd.GeoSeries([None, Point(), Point(61.5, 24.5)], crs=4326)
    hits = locate_all(points, max_offset_m=10_000)
    assert hits.empty
    assert hits.dtypes.astype(str).tolist() == ["int64", "str", "float64", "float64"]


def test_without_limit_each_line_is_one_approach():
    hits = locate_all(at("quetta"), max_offset_m=np.inf)
    assert sorted(hits["rail_line"]) == sorted(NETWORK.lines.index)
    assert hits["rail_offset_m"].is_monotonic_increasing


def test_only_the_lines_of_the_network_given_are_hit():
    hits = locate_all(at("sibi-junction"), max_offset_m=0, network=NETWORK.on(["SIBI-KHOST"]))
    assert hits["rail_line"].tolist() == ["SIBI-KHOST"]


@pytest.mark.parametrize("tolerance_m", [-1, float("nan")])
def test_a_tolerance_is_needed(tolerance_m):
    with pytest.raises(ParameterError, match="`max_offset_m` must be 0 m or more"):
        locate_all(at("quetta"), max_offset_m=tolerance_m)


def test_points_are_checked_at_the_door():
    with pytest.raises(CRSError, match="`points` has no CRS"):
        locate_all(gpd.GeoSeries([Point(67, 30)]), max_offset_m=1)
    with pytest.raises(SchemaError, match="must hold points"):
        locate_all(gpd.GeoSeries([Point(67, 30).buffer(1)], crs=4326), max_offset_m=1)
