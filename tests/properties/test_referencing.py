"""Linear referencing: verbs that undo each other, and hits against brute force."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m

NETWORK = geosec.load_rail_network()
LINES = NETWORK.lines.index.tolist()
STEP_KM = 0.1


def along(line_id, share):
    km_from, km_to = NETWORK.lines.loc[line_id, ["km_from", "km_to"]]
    return km_from + share * (km_to - km_from)


@given(st.sampled_from(LINES), st.floats(0, 1))
@settings(deadline=None)
def test_locate_undoes_interpolate_to_a_metre_on_every_line(line_id, share):
    km = along(line_id, share)
    found = geosec.locate(geosec.interpolate(line_id, km), line_id=line_id)
    assert found["rail_km"].item() == pytest.approx(km, abs=0.001)
    assert found["rail_offset_m"].item() < 1


@given(st.sampled_from(LINES), st.floats(0, 1), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
@settings(deadline=None)
def test_interpolate_undoes_locate_to_a_metre_on_every_line(line_id, share, east, north):
    near = geosec.interpolate(line_id, along(line_id, share)).translate(east, north)
    found = geosec.locate(near, line_id=line_id)
    foot = geosec.interpolate(line_id, found["rail_km"])
    away_m = geodesic_distance_m(near.x, near.y, foot.x, foot.y)
    assert away_m == pytest.approx(found["rail_offset_m"].to_numpy(), abs=1)


@given(st.sampled_from(LINES), st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_the_interval_of_a_quoted_post_holds_it_and_keeps_to_the_line(line_id, share):
    km = along(line_id, share)
    row = geosec.km_interval(line_id, km).iloc[0]
    if np.isnan(row["rail_km_low"]):
        assert row["note"]
        return
    km_from, km_to = NETWORK.lines.loc[line_id, ["km_from", "km_to"]]
    assert km_from <= row["rail_km_low"] <= km <= row["rail_km_high"] <= km_to
    if row["rail_km_low"] < row["rail_km_high"]:
        assert isinstance(row["note"], str)


@pytest.fixture(scope="module")
def samples():
    """Every line as points 0.1 km apart: km, longitude and latitude."""
    tables = {}
    for line_id, ends in NETWORK.lines[["km_from", "km_to"]].iterrows():
        km = np.append(np.arange(ends["km_from"], ends["km_to"], STEP_KM), ends["km_to"])
        points = geosec.interpolate(line_id, km)
        tables[line_id] = np.array([km, points.x, points.y])
    return tables


def brute_hits(samples, lon, lat, tolerance_m):
    """Give the line, km and offset of the nearest sample of each run of samples in reach."""
    hits = []
    for line_id, (km, x, y) in samples.items():
        away_m = geodesic_distance_m(lon, lat, x, y)
        inside = np.flatnonzero(away_m <= tolerance_m)
        runs = np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1) if inside.size else []
        best = [run[np.argmin(away_m[run])] for run in runs]
        hits += [(line_id, km[at], away_m[at]) for at in best]
    return sorted(hits, key=lambda hit: (hit[0], hit[1]))


@given(
    st.floats(66, 74), st.floats(25, 34), st.sampled_from([3_000.0, 12_000.0, 40_000.0, 90_000.0])
)
@settings(deadline=None, max_examples=60)
def test_all_hits_are_those_of_brute_force(samples, lon, lat, tolerance_m):
    expected = brute_hits(samples, lon, lat, tolerance_m)
    for margin_m in (-150, 150):  # no approach, and no gap between two, that grazes the tolerance
        assume(len(brute_hits(samples, lon, lat, tolerance_m + margin_m)) == len(expected))
    point = gpd.GeoSeries.from_xy([lon], [lat], crs=4326)
    hits = geosec.locate_all(point, max_offset_m=tolerance_m)
    assert hits["rail_offset_m"].is_monotonic_increasing
    assert hits["rank"].tolist() == list(range(1, len(hits) + 1))
    hits = hits.sort_values(["rail_line", "rail_km"])
    assert hits["rail_line"].tolist() == [line_id for line_id, _, _ in expected]
    offsets_m = [offset_m for _, _, offset_m in expected]
    assert hits["rail_offset_m"].tolist() == pytest.approx(offsets_m, abs=150)


TRAIN = geosec.Route.named("Jaffar Express")


@given(st.floats(0, TRAIN.length_km))
@settings(deadline=None)
def test_a_measure_is_found_again_to_a_metre(measure_km):
    found = TRAIN.locate(TRAIN.interpolate(measure_km))
    assert found["measure_km"].item() == pytest.approx(measure_km, abs=0.001)
    assert found["offset_m"].item() < 1


@given(st.integers(0, len(TRAIN.sections) - 1), st.floats(0, 1))
@settings(deadline=None)
def test_a_post_stands_on_the_way_where_it_stands_on_its_line(row, share):
    section = TRAIN.sections.iloc[row]
    km = min(section["km_a"], section["km_b"]) + share * abs(section["km_b"] - section["km_a"])
    one = geosec.interpolate(section["line_id"], km)
    two = TRAIN.interpolate(TRAIN.measure_km((section["line_id"], km)))
    assert geodesic_distance_m(one.x, one.y, two.x, two.y).item() < 1


@given(st.floats(0, TRAIN.length_km), st.floats(0, TRAIN.length_km))
@settings(deadline=None)
def test_measures_grow_along_a_shape(one, two):
    assume(abs(one - two) > 0.01)
    way = TRAIN.shape(one, two)
    corners = gpd.GeoSeries.from_xy(*np.array(way.coords).T, crs=4326)
    measures_km = TRAIN.locate(corners)["measure_km"].to_numpy()
    assert measures_km[[0, -1]] == pytest.approx([one, two], abs=0.001)
    assert (np.diff(measures_km) * np.sign(two - one) > 0).all()


STATIONS = NETWORK.standing().stations.geometry


@pytest.fixture(scope="module")
def shortest_km():
    """Every station from every other, by Floyd and Warshall."""
    edges, at = NETWORK.standing().edges, {name: n for n, name in enumerate(STATIONS.index)}
    km = np.full((len(at), len(at)), np.inf)
    np.fill_diagonal(km, 0)
    spans = (edges["km_b"] - edges["km_a"]).to_numpy().copy()
    for name, measured_km in (("perak", 9.4), ("rawalpindi", 4.3), ("nur", 5.7)):
        spans[edges["from_station"] == name] = measured_km
    for one, two, span in zip(edges["from_station"], edges["to_station"], spans, strict=True):
        if np.isinf(km[at[one], at[two]]):  # of lines on the same track the first counts
            km[at[one], at[two]] = km[at[two], at[one]] = span
    for via in range(len(at)):
        km = np.minimum(km, km[:, [via]] + km[[via], :])
    return km


@given(st.lists(st.integers(0, len(STATIONS) - 1), min_size=1, max_size=20), st.randoms())
@settings(deadline=None, max_examples=30)
def test_ways_between_stations_are_the_shortest(shortest_km, ones, random):
    twos = random.choices(range(len(STATIONS)), k=len(ones))
    found = geosec.rail_distance(STATIONS.iloc[ones], STATIONS.iloc[twos])
    assert found["rail_distance_km"].tolist() == pytest.approx(shortest_km[ones, twos], abs=0.001)


@given(st.lists(st.tuples(st.floats(66, 74), st.floats(25, 34)), min_size=3, max_size=3))
@settings(deadline=None, max_examples=40)
def test_a_detour_is_never_shorter_and_a_way_back_as_long(places):
    one, two, three = (gpd.GeoSeries.from_xy([lon], [lat], crs=4326) for lon, lat in places)
    straight = geosec.rail_distance(one, three)["rail_distance_km"].item()
    parts = geosec.rail_distance(one, two) + geosec.rail_distance(two, three)
    assert straight <= parts["rail_distance_km"].item() + 1e-6
    back = geosec.rail_distance(three, one)["rail_distance_km"].item()
    assert back == pytest.approx(straight, abs=1e-6)
