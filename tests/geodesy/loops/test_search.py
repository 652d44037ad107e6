"""Searches at their edges: ties, limits, sides, chunks, threads, and the railway of Pakistan."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
import truth

from geosec import CRSError, ParameterError, load_boundaries, load_rail_lines, load_rail_network
from geosec.geodesy import segments
from geosec.geodesy.geodesics import (
    foot_on_segment,
    geodesic_direct,
    geodesic_distance_m,
    geodesic_inverse,
    to_cartesian,
)
from geosec.geodesy.segments import SegmentIndex

NONE = float("nan")
TRACK = shapely.LineString([(66, 30), (67, 30.2), (67, 30.2), (68, 29.9)])


def series(*shapes):
    return gpd.GeoSeries(list(shapes), crs=4326)


def over_pakistan(count, seed=3):
    rng = np.random.default_rng(seed)
    return rng.uniform(60.8, 77.5, count), rng.uniform(23.5, 37.2, count)


def nearest_edge_m(lon, lat, ends):
    """Measure every edge that the triangle inequality leaves open; distances by point and edge.

    An edge of length L is no nearer than (a + b - L) / 2, a and b away from its ends; a geodesic
    is no shorter than its chord, and to 2,000 km longer by less than 1 %.
    """
    at, (start, stop) = (
        to_cartesian(lon, lat),
        (to_cartesian(*each) for each in (ends[:2], ends[2:])),
    )
    a, b = (np.linalg.norm(at[:, None] - each, axis=2) for each in (start, stop))
    _, length_m = geodesic_inverse(*ends)
    open_ = (a + b - length_m) / 2 <= 1.01 * np.minimum(a, b).min(axis=1, keepdims=True)
    point, edge = np.nonzero(open_)
    away_m = np.full(open_.shape, np.inf)
    away_m[point, edge] = foot_on_segment(lon[point], lat[point], *ends[:, edge]).distance_m
    return away_m


def test_of_ten_thousand_points_none_has_a_wrong_neighbour():
    edges = load_rail_network().edges
    ends = edges[["lon_a", "lat_a", "lon_b", "lat_b"]].to_numpy().T
    lines = gpd.GeoSeries(shapely.linestrings(ends.T.reshape(-1, 2, 2)), crs=4326)
    index, wrong = SegmentIndex(lines), 0
    for seed in range(5):
        lon, lat = over_pakistan(2_000, seed)
        away_m = nearest_edge_m(lon, lat, ends)
        found = index.project(lon, lat)
        own_m = away_m[np.arange(len(lon)), found.target_idx]
        wrong += int((own_m > away_m.min(axis=1) + 1e-3).sum())
        assert np.abs(found.offset_m - own_m).max() < 1e-3
    assert wrong == 0


def test_brute_force_is_what_golden_sections_find():
    lon, lat = over_pakistan(20)
    edges = load_rail_network().edges.iloc[::9]
    ends = edges[["lon_a", "lat_a", "lon_b", "lat_b"]].to_numpy().reshape(-1, 2, 2)
    table = gpd.GeoDataFrame(geometry=shapely.linestrings(ends))
    assert truth.brute_force(lon, lat, table) == pytest.approx(
        truth.minimised(lon, lat, table), abs=1e-4
    )


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_equal_targets_come_in_their_order(k):
    same = shapely.Point(67, 30), TRACK, TRACK, TRACK, shapely.Point(67, 30)
    found = SegmentIndex(series(*same)).nearest([66.5, 67.0], [30.3, 28.0], k)
    assert found.target_idx.reshape(2, k).tolist() == [
        order[:k] for order in ([1, 2, 3, 0, 4], [0, 4, 1, 2, 3])
    ]


def test_a_line_that_is_met_twice_counts_once():
    circle = shapely.Point(67, 30).buffer(1).exterior
    hairpin = shapely.LineString([(66, 30.1), (68, 30.1), (68, 29.9), (66, 29.9)])
    found = SegmentIndex(series(circle, hairpin, TRACK)).nearest([67.0], [30.0], k=3)
    assert sorted(found.target_idx.tolist()) == [0, 1, 2]
    assert (np.diff(found.distance_m) >= 0).all()


@pytest.mark.parametrize("away_m", [400_000, 600_000, 3_000_000, 9_000_000])
def test_the_nearest_of_a_ring_is_that_of_the_geodesics_and_not_of_the_chords(away_m):
    azimuth_deg = np.arange(0.0, 360.0, 5.0)
    rank = np.random.default_rng(1).permutation(len(azimuth_deg))
    ring = geodesic_direct(67.0, 20.0, azimuth_deg, away_m + 0.1 * rank)
    index = SegmentIndex(gpd.GeoSeries.from_xy(*ring, crs=4326))
    found = index.nearest([67.0], [20.0], k=5)
    assert rank[found.target_idx].tolist() == [0, 1, 2, 3, 4]
    assert index.project([67.0], [20.0]).target_idx[0] == rank.argmin()


@pytest.mark.parametrize("far_deg", [1, 8, 60])
def test_neighbours_near_and_far_are_told_alike(far_deg):
    box, other = shapely.box(60, 30, 65, 35), shapely.Point(62, 29.5 - far_deg)
    index = SegmentIndex(series(box, TRACK, other))
    for point in [(62.03, 29.9999), (62.03, 29.5), (62.03, 30.1)]:
        one, all_ = (
            index.nearest(*np.reshape(point, (2, 1))),
            index.nearest(*np.reshape(point, (2, 1)), 3),
        )
        assert all_.distance_m[0] == one.distance_m[0]
        assert sorted(all_.target_idx.tolist()) == [0, 1, 2]


@pytest.mark.parametrize("limit_m", [0.0, 500.0, 5e4, 4.999e5, 5.001e5, 3e6, np.inf])
@pytest.mark.parametrize("k", [1, 3])
def test_a_limit_takes_what_is_as_near_as_that(limit_m, k):
    towns = gpd.GeoSeries.from_xy(*over_pakistan(40, 8), crs=4326)
    lon, lat = (
        np.append(axis, town) for axis, town in zip(over_pakistan(60), (10.0, 50.0), strict=True)
    )
    away_m = geodesic_distance_m(lon[:, None], lat[:, None], towns.x, towns.y)
    index = SegmentIndex(towns)
    found = index.nearest(lon, lat, k, limit_m)
    expected = np.sort(away_m, axis=1)[:, :k]
    assert found.distance_m == pytest.approx(expected[expected <= limit_m], abs=1e-3)
    assert index.within(lon, lat, limit_m).tolist() == (expected[:, 0] <= limit_m).tolist()


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("offset_m", [0.001, 1, 1_000, 400_000, 2_000_000])
def test_a_point_left_of_a_line_is_on_its_other_side_once_it_is_turned_round(offset_m, reverse):
    line = shapely.LineString([(60, 30), (70, 30)])
    azimuth_deg, length_m = geodesic_inverse(60, 30, 70, 30)
    at = geodesic_direct(60, 30, azimuth_deg, length_m / 2)
    lon, lat = geodesic_direct(*at, [0.0, 180.0], offset_m)
    found = SegmentIndex(series(line.reverse() if reverse else line)).nearest(lon, lat)
    assert found.side.tolist() == ([-1, 1] if reverse else [1, -1])
    assert np.sin(np.radians(found.azimuth_deg)) == pytest.approx(0, abs=1e-5)
    assert np.cos(np.radians(found.azimuth_deg)) == pytest.approx([-1, 1])
    assert found.along_m == pytest.approx(length_m / 2, abs=1)


def test_a_point_on_a_line_is_on_neither_side():
    xy = np.array(TRACK.coords)
    on = geodesic_direct(66, 30, geodesic_inverse(*xy[0], *xy[1])[0], np.linspace(0, 97_000, 50))
    lon, lat = np.vstack([np.transpose(on), xy]).T
    assert not SegmentIndex(series(TRACK)).nearest(lon, lat).side.any()


@pytest.mark.parametrize(
    ("target", "point"),
    [
        (shapely.Point(67, 30), (67.1, 30)),
        (shapely.box(66, 29, 68, 31), (65, 30)),
        (shapely.box(66, 29, 68, 31), (67, 30)),
        (shapely.Point(67, 30), (-100, 30)),
    ],
)
def test_beside_what_is_no_line_there_is_no_side(target, point):
    assert SegmentIndex(series(target)).nearest([point[0]], [point[1]]).side.tolist() == [0]


@pytest.mark.parametrize(
    "target",
    [
        shapely.LineString([(67, 30), (67, 30)]),
        shapely.LineString([(67, 30)] * 4),
        shapely.MultiPoint([(67, 30), (67, 30)]),
        shapely.MultiLineString([[(67, 30), (67, 30)], [(80, 30), (81, 30)]]),
    ],
)
@pytest.mark.parametrize("point", [(67.0, 30.0), (67.1, 30.0), (70.0, 40.0), (20.0, 70.0)])
def test_a_target_of_no_length_is_a_point(target, point):
    lon, lat = np.reshape(point, (2, 1))
    expected_m = geodesic_distance_m(lon, lat, 67.0, 30.0)
    for index in (
        SegmentIndex(series(target)),
        SegmentIndex(series(target, shapely.box(0, 0, 1, 1))),
    ):
        found = index.nearest(lon, lat)
        assert found.distance_m == pytest.approx(expected_m, abs=1e-3)
        assert found.along_m.tolist() == [0]
        assert index.distance_to_m(lon, lat, [0]) == pytest.approx(expected_m, abs=1e-3)


def answers(index, lon, lat):
    target = np.arange(len(lon)) % 16
    return [
        *index.nearest(lon, lat, 3, 300_000),
        *index.project(lon, lat),
        index.border_m(lon, lat, 50_000),
        index.distance_to_m(lon, lat, target),
        index.within(lon, lat, 20_000),
    ]


@pytest.mark.parametrize(
    "layer", [load_rail_lines(), load_boundaries("adm2").iloc[:20]], ids=["rail", "adm2"]
)
def test_threads_and_chunks_change_no_byte(layer, monkeypatch):
    index, (lon, lat) = SegmentIndex(layer), over_pakistan(2_500)
    lon[::50] = NONE
    lon[7], lat[7] = 10.0, 50.0
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setenv("GEOSEC_THREADS", "1")
    once = answers(index, lon, lat)
    for threads, chunk in [("3", 250_000), ("2", 900)]:
        monkeypatch.setenv("GEOSEC_THREADS", threads)
        monkeypatch.setattr(segments, "_CHUNK", chunk)
        again = answers(index, lon, lat)
        assert [each.tobytes() for each in again] == [each.tobytes() for each in once]


@pytest.mark.parametrize("count", [0, 1, 9])
def test_missing_points_have_no_answer_and_disturb_no_other(count):
    index = SegmentIndex(series(TRACK, shapely.box(60, 30, 65, 35)))
    lon, lat = over_pakistan(count)
    sparse = np.insert(lon, range(count + 1), NONE), np.insert(lat, range(count + 1), 30.0)
    assert index.nearest(*sparse).point_idx.tolist() == list(range(1, 2 * count, 2))
    for ask in (
        index.distance_m,
        index.border_m,
        lambda *at: index.distance_to_m(*at, [0] * len(at[0])),
    ):
        assert np.isnan(ask(*sparse)[::2]).all()
        assert ask(*sparse)[1::2].tolist() == ask(lon, lat).tolist()
    assert not index.within(*sparse, 1e7)[::2].any()
    assert (index.project(*sparse).target_idx[::2] == -1).all()


@pytest.mark.parametrize("verb", ["project", "border_m", "within"])
def test_every_question_refuses_a_limit_that_is_none(verb):
    with pytest.raises(ParameterError, match="`max_distance_m` 0 or more, and they are 1 and -5"):
        getattr(SegmentIndex(series(TRACK)), verb)([67.0], [30.0], -5)


def test_a_distance_to_one_target_refuses_points_on_no_globe():
    with pytest.raises(CRSError, match=r"`points` has longitude .* on no globe"):
        SegmentIndex(series(TRACK)).distance_to_m([670.0], [30.0], [0])


def test_the_border_is_told_from_inside_and_the_nearest_polygon_is_the_one_round_the_point():
    index = SegmentIndex(series(shapely.box(60, 30, 65, 35), shapely.box(64.99, 30, 70, 35)))
    assert index.border_m([64.995], [32.0]) == pytest.approx(
        geodesic_distance_m([64.995], 32.0, 65.0, 32.0), abs=0.01
    )
    found = index.nearest([64.995, 62.0], [32.0, 32.0], k=2)
    assert found.target_idx.tolist() == [0, 1, 0, 1]
    assert found.distance_m[:3].tolist() == [0, 0, 0]
    assert np.isnan(found.along_m[:3]).all()
