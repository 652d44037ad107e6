from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geosec import CRSError, ParameterError, load_boundaries, load_rail_lines
from geosec.geodesy.geodesics import foot_on_segment, geodesic_distance_m
from geosec.geodesy.segments import SegmentIndex

RANDOM = np.random.default_rng(7)


def series(*shapes):
    return gpd.GeoSeries(list(shapes), crs=4326)


def anywhere(n):
    """Points spread evenly over the globe."""
    return RANDOM.uniform(-180, 180, n), np.degrees(np.arcsin(RANDOM.uniform(-1, 1, n)))


@pytest.mark.parametrize("k", [1, 3, 7])
def test_points_all_over_the_globe_have_the_neighbours_of_brute_force(k):
    targets = gpd.GeoSeries.from_xy(*anywhere(200), crs=4326)
    lon, lat = anywhere(300)
    found = SegmentIndex(targets).nearest(lon, lat, k)
    away_m = geodesic_distance_m(
        lon[:, None], lat[:, None], targets.x.to_numpy(), targets.y.to_numpy()
    )
    assert found.distance_m.reshape(300, k) == pytest.approx(
        np.sort(away_m, axis=1)[:, :k], abs=1e-3
    )
    assert found.rank.reshape(300, k).tolist() == [list(range(1, k + 1))] * 300


def test_railway_lines_are_as_near_as_the_nearest_of_all_their_edges():
    lines = load_rail_lines()
    lon, lat = RANDOM.uniform(61, 77, 150), RANDOM.uniform(24, 37, 150)
    xy = [np.array(line.coords) for line in lines.geometry]
    start, stop = (
        np.concatenate([each[:-1] for each in xy]),
        np.concatenate([each[1:] for each in xy]),
    )
    every = foot_on_segment(lon[:, None], lat[:, None], *start.T, *stop.T)
    assert SegmentIndex(lines).distance_m(lon, lat) == pytest.approx(
        every.distance_m.min(axis=1), abs=1e-3
    )


def test_a_point_in_a_polygon_is_at_no_distance_and_has_no_direction():
    districts = load_boundaries("adm2")
    found = SegmentIndex(districts).nearest([67.0], [30.18])
    assert districts.index[found.target_idx[0]] == "PK-BA-quetta"
    assert found.distance_m[0] == 0
    assert np.isnan(found.azimuth_deg[0])


def test_the_border_of_a_polygon_is_straight_in_longitude_and_latitude():
    box = SegmentIndex(series(shapely.box(60, 30, 70, 40)))
    expected_m = float(geodesic_distance_m(65, 29.9, 65, 30))
    assert box.distance_m([65], [29.9])[0] == pytest.approx(expected_m, abs=0.2)


def test_the_edge_of_a_line_is_a_geodesic():
    line = SegmentIndex(series(shapely.LineString([(60, 30), (70, 30)])))
    foot = foot_on_segment(65, 30, 60, 30, 70, 30)
    assert line.distance_m([65], [30])[0] == pytest.approx(float(foot.distance_m), abs=1e-3)
    assert foot.distance_m > 10_000


@pytest.mark.parametrize(
    ("shape", "point"),
    [
        (shapely.LineString([(179.5, 10), (-179.5, 10.5)]), (-179.9, 9)),
        (shapely.Point(-179.99, 51), (179.99, 51)),
        (shapely.LineString([(0, 89), (180, 89)]), (90, 89.9)),
        (shapely.Point(10, 89.99), (-170, 89.99)),
    ],
)
def test_the_antimeridian_and_the_poles_are_ordinary(shape, point):
    ends = np.array(shape.coords)
    foot = foot_on_segment(*point, *ends[0], *ends[-1])
    found = SegmentIndex(series(shapely.Point(0, 0), shape)).nearest([point[0]], [point[1]])
    assert found.target_idx[0] == 1
    assert found.distance_m[0] == pytest.approx(float(foot.distance_m), abs=1e-3)


def test_of_two_equally_near_the_earlier_comes_first():
    twins = SegmentIndex(series(shapely.Point(67, 30), shapely.Point(67, 30)))
    assert twins.nearest([67.1], [30.0], k=2).target_idx.tolist() == [0, 1]


def test_fewer_targets_than_asked_are_all_there_are():
    assert (
        len(SegmentIndex(series(shapely.Point(67, 30))).nearest([60, 61], [30, 31], k=5).rank) == 2
    )


def test_what_is_farther_than_the_limit_is_left_out():
    index = SegmentIndex(series(shapely.Point(67, 30), shapely.Point(68, 30)))
    found = index.nearest([67.0, 60.0], [30.0, 30.0], k=2, max_distance_m=50_000)
    assert (found.point_idx.tolist(), found.target_idx.tolist()) == ([0], [0])
    assert index.within([67.0, 60.0, np.nan], [30.0, 30.0, 30.0], 50_000).tolist() == [
        True,
        False,
        False,
    ]


def test_a_missing_point_has_no_neighbour():
    found = SegmentIndex(series(shapely.Point(67, 30))).nearest([np.nan, 67.0], [30.0, 30.0])
    assert found.point_idx.tolist() == [1]


def test_no_points_no_pairs():
    assert len(SegmentIndex(series(shapely.Point(67, 30))).nearest([], []).rank) == 0


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (series(), "there are none"),
        (series(shapely.Point(67, 30), None), "the one at position 1 has none"),
        (series(shapely.Polygon()), "the one at position 0 has none"),
    ],
)
def test_targets_need_geometries(targets, told):
    with pytest.raises(ParameterError, match=told):
        SegmentIndex(targets)


def test_targets_need_a_crs():
    with pytest.raises(CRSError, match="`targets` has no CRS"):
        SegmentIndex(gpd.GeoSeries([shapely.Point(67, 30)]))


@pytest.mark.parametrize(("k", "limit_m"), [(0, 1.0), (1, -1.0), (1, float("nan"))])
def test_limits_that_make_no_sense_are_refused(k, limit_m):
    with pytest.raises(
        ParameterError, match="`k` must be 1 or more and `max_distance_m` 0 or more"
    ):
        SegmentIndex(series(shapely.Point(67, 30))).nearest([67], [30], k, limit_m)


@pytest.mark.parametrize(("lon", "lat"), [(300_000, 3_304_853), (float("inf"), 30), (67, -91)])
def test_points_on_no_globe_are_refused_and_not_searched_for_ever(lon, lat):
    with pytest.raises(CRSError, match=r"`points` has longitude .* on no globe"):
        SegmentIndex(series(shapely.Point(67, 30))).nearest([lon], [lat])


TOWNS = gpd.GeoSeries.from_xy([67.0, 68.0], [30.0, 30.0], crs=4326)


@pytest.mark.parametrize(("k", "expected_m"), [(1, [19_297]), (2, [19_297, 77_189])])
def test_of_two_towns_the_nearer_comes_first(k, expected_m):
    found = SegmentIndex(TOWNS).nearest([67.2], [30.0], k=k)
    assert found.distance_m.round().tolist() == expected_m
    assert found.target_idx.tolist() == [0, 1][:k]


@pytest.mark.parametrize(("target", "expected_m"), [(0, 19_297), (1, 77_189)])
def test_each_point_is_measured_to_its_own_target(target, expected_m):
    away_m = SegmentIndex(TOWNS).distance_to_m([67.2, np.nan], [30.0, 30.0], [target, target])
    assert away_m[0].round() == expected_m
    assert np.isnan(away_m[1])


def test_a_target_of_its_own_may_be_beyond_the_loops():
    away_m = SegmentIndex(TOWNS).distance_to_m([0.0], [0.0], [1])
    assert away_m[0] == pytest.approx(float(geodesic_distance_m(0, 0, 68, 30)))


def test_half_way_along_a_parallel_half_the_metres_are_behind():
    line = SegmentIndex(series(shapely.LineString([(67, 30), (68, 30)])))
    assert line.project([67.5], [30.1]).along_m.round().tolist() == [48_243.0]


@pytest.mark.parametrize(("limit_m", "expected"), [(np.inf, 96_500.0), (10_000.0, np.nan)])
def test_from_inside_the_border_is_as_far_as_it_is(limit_m, expected):
    box = SegmentIndex(series(shapely.box(66, 29, 68, 31)))
    border_m = box.border_m([67.0], [30.0], limit_m).round(-2)
    assert border_m == pytest.approx([expected], nan_ok=True)
    assert box.distance_m([67.0], [30.0]).tolist() == [0]


@pytest.mark.parametrize(
    ("distance_m", "expected"),
    [(10_000, [True, False, False]), (20_000, [True, True, False]), (0, [False] * 3)],
)
def test_within_says_which_points_are_near(distance_m, expected):
    near = SegmentIndex(TOWNS[:1]).within([67.1, 67.2, np.nan], [30.0] * 3, distance_m)
    assert near.tolist() == expected


@pytest.mark.parametrize("ties", [False, True])
def test_ties_share_a_rank_if_they_are_asked_for(ties):
    thrice = SegmentIndex(gpd.GeoSeries(list(TOWNS) + [TOWNS[0]] * 6, crs=4326))
    found = thrice.nearest([67.2], [30.0], ties=ties)
    assert found.target_idx.tolist() == ([0, 2, 3, 4, 5, 6, 7] if ties else [0])
    assert set(found.rank.tolist()) == {1}
