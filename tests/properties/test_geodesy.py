from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec.geodesy.geodesics import foot_on_segment, geodesic_direct, geodesic_distance_m
from geosec.geodesy.segments import SegmentIndex

LON, LAT = st.floats(-180, 180), st.floats(-89, 89)
PLACE = st.tuples(LON, LAT)
NEAR = st.tuples(st.floats(61, 77), st.floats(24, 37))


@given(PLACE, PLACE)
@settings(deadline=None)
def test_distance_is_the_same_both_ways(one, two):
    there, back = geodesic_distance_m(*one, *two), geodesic_distance_m(*two, *one)
    assert float(there) == pytest.approx(float(back), abs=1e-6)


@given(NEAR, NEAR, NEAR)
@settings(deadline=None)
def test_no_point_of_a_segment_is_nearer_than_its_foot(point, a, b):
    foot = foot_on_segment(*point, *a, *b)
    azimuth_deg, length_m = geosec.geodesy.geodesics.geodesic_inverse(*a, *b)
    lon, lat = geodesic_direct(*a, azimuth_deg, np.linspace(0, float(length_m), 101))
    assert float(foot.distance_m) <= geodesic_distance_m(*point, lon, lat).min() + 1e-3


@given(
    st.lists(PLACE, min_size=1, max_size=15),
    st.lists(PLACE, min_size=1, max_size=15),
    st.integers(1, 4),
)
@settings(deadline=None, max_examples=40)
def test_the_index_agrees_with_brute_force(targets, points, k):
    xy, at = np.array(targets), np.array(points)
    index = SegmentIndex(gpd.GeoSeries.from_xy(*xy.T, crs=4326))
    found = index.nearest(*at.T, k)
    away_m = np.sort(geodesic_distance_m(*at.T[:, :, None], *xy.T[:, None, :]), axis=1)
    expected_m = away_m[:, : min(k, len(xy))].ravel()
    assert found.distance_m == pytest.approx(expected_m, abs=1e-3)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), PLACE), max_size=40), PLACE)
@settings(deadline=None, max_examples=40)
def test_a_live_index_answers_like_one_built_anew(moves, where):
    live, rows = geosec.LiveIndex(), {}
    for number, leaves, place in moves:
        name = str(number)
        if leaves and name in rows:
            live.delete(name)
            del rows[name]
        elif not leaves:
            (live.update if name in rows else live.insert)(name, *place)
            rows[name] = place
    expected = sorted(float(geodesic_distance_m(*where, *place)) for place in rows.values())
    assert [near.distance_m for near in live.nearest(*where, k=3)] == pytest.approx(expected[:3])


@given(st.sampled_from(["ML-1", "ML-3", "ML-4", "SIBI-KHOST"]), st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_locate_undoes_interpolate(line_id, share):
    ends = geosec.load_rail_lines().loc[line_id, ["km_from", "km_to"]]
    km = ends["km_from"] + share * (ends["km_to"] - ends["km_from"])
    found = geosec.locate(geosec.interpolate(line_id, km), line_id=line_id)
    assert found["rail_km"].iloc[0] == pytest.approx(km, abs=0.001)
    assert found["rail_offset_m"].iloc[0] < 0.01


@given(NEAR)
@settings(deadline=None, max_examples=40)
def test_the_located_km_lies_on_the_line_at_the_offset_told(place):
    point = gpd.GeoSeries.from_xy([place[0]], [place[1]], crs=4326)
    found = geosec.locate(point, line_id="ML-3").iloc[0]
    foot = geosec.interpolate("ML-3", found["rail_km"]).iloc[0]
    away_m = float(geodesic_distance_m(*place, foot.x, foot.y))
    assert away_m == pytest.approx(found["rail_offset_m"], abs=0.05)
