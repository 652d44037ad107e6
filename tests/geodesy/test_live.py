from __future__ import annotations

import pickle

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geosec import LiveIndex, ParameterError, UnknownNameError
from geosec.geodesy.geodesics import geodesic_direct
from geosec.geodesy.segments import SegmentIndex


@pytest.fixture
def live():
    index = LiveIndex()
    for name, lon, lat in [
        ("quetta", 67.0, 30.18),
        ("mach", 67.33, 29.87),
        ("gwadar", 62.33, 25.12),
    ]:
        index.insert(name, lon, lat)
    return index


def test_the_nearest_come_in_order(live):
    assert [each.id for each in live.nearest(67.1, 30.1, k=5)] == ["quetta", "mach", "gwadar"]


def test_within_measures_geodesics(live):
    assert [each.id for each in live.within(67.0, 30.18, 60_000)] == ["quetta", "mach"]


def test_what_is_deleted_is_gone(live):
    live.delete("quetta")
    assert "quetta" not in live
    assert live.nearest(67.0, 30.18)[0].id == "mach"
    assert sorted(live) == ["gwadar", "mach"]


def test_what_is_moved_is_found_at_its_new_place(live):
    live.update("gwadar", 67.0, 30.0)
    assert live.nearest(67.0, 30.0)[0] == ("gwadar", 0.0)
    assert len(live) == 3


def test_the_antimeridian_is_no_border():
    live = LiveIndex()
    live.insert("west", -179.99, 10)
    live.insert("east", 170, 10)
    assert live.nearest(179.99, 10)[0].id == "west"


def test_equally_near_points_come_by_name():
    live = LiveIndex()
    for name in "cab":
        live.insert(name, 67, 30)
    assert [each.id for each in live.nearest(67, 30, k=2)] == ["a", "b"]


@pytest.mark.parametrize(
    ("place", "again"), [((50, 90), (0, 90)), ((50, -90), (180, -90)), ((180, 10), (-180, 10))]
)
def test_a_place_with_two_names_is_one(place, again):
    live = LiveIndex()
    live.insert("a", *place)
    assert live.within(*again, 0) == live.nearest(*again) == [("a", 0.0)]


def test_points_on_a_ring_come_in_the_order_of_geodesics():
    away_m = 100_000 + np.random.default_rng(0).permutation(360) * 1e-3
    ring = geodesic_direct(67, 30, np.arange(360), away_m)
    live = LiveIndex.from_points(gpd.GeoSeries.from_xy(*ring, index=map(str, range(360)), crs=4326))
    assert [int(each.id) for each in live.nearest(67, 30, k=9)] == np.argsort(away_m)[:9].tolist()


def test_a_copy_is_an_index_of_its_own(live):
    copied = pickle.loads(pickle.dumps(live))  # noqa: S301 - our own bytes
    copied.delete("quetta")
    assert [each.id for each in copied.nearest(67, 30.18, k=2)] == ["mach", "gwadar"]
    assert len(live) == 3


def test_points_are_loaded_from_any_crs():
    towns = gpd.GeoSeries.from_xy([67.0, 67.33], [30.18, 29.87], index=["q", "m"], crs=4326)
    assert LiveIndex.from_points(towns.to_crs(32642)).nearest(67.0, 30.18)[0].id == "q"
    assert len(LiveIndex.from_points(towns[:0])) == 0


@pytest.mark.parametrize(
    ("index", "second", "told"),
    [
        (["a", "b"], None, "'b' has none"),
        (["a", "b"], shapely.Point(), "'b' has none"),
        (["a", "a"], shapely.Point(68, 30), "'a' comes twice"),
        ([1, 2], shapely.Point(68, 30), "1 is no text"),
    ],
)
def test_each_identifier_has_one_point(index, second, told):
    points = gpd.GeoSeries([shapely.Point(67, 30), second], index=index, crs=4326)
    with pytest.raises(ParameterError, match=f"one point for each identifier in its .* {told}"):
        LiveIndex.from_points(points)


def test_a_hundred_thousand_points_and_ten_thousand_moves_answer_as_a_new_batch():
    random = np.random.default_rng(0)
    lon, lat = random.uniform(61, 77, 110_000), random.uniform(24, 37, 110_000)
    live = LiveIndex.from_points(
        gpd.GeoSeries.from_xy(
            lon[:100_000], lat[:100_000], index=map(str, range(100_000)), crs=4326
        )
    )
    for row in range(10_000):
        live.update(str(row * 7), lon[100_000 + row], lat[100_000 + row])
    ask_lon, ask_lat = random.uniform(61, 77, 200), random.uniform(24, 37, 200)
    lon[:70_000:7], lat[:70_000:7] = lon[100_000:], lat[100_000:]
    batch = SegmentIndex(gpd.GeoSeries.from_xy(lon[:100_000], lat[:100_000], crs=4326))
    found = batch.nearest(ask_lon, ask_lat, k=3).target_idx.astype(str).reshape(-1, 3).tolist()
    assert found == [
        [near.id for near in live.nearest(*place, k=3)]
        for place in zip(ask_lon, ask_lat, strict=True)
    ]


@pytest.mark.parametrize(
    ("act", "error", "told"),
    [
        (lambda live: live.insert("mach", 1, 1), ParameterError, "'mach' is in the index already"),
        (lambda live: live.insert("x", 400, 1), ParameterError, "are on no globe"),
        (lambda live: live.insert("x", float("nan"), 1), ParameterError, "are on no globe"),
        (lambda live: live.delete("match"), UnknownNameError, "did you mean 'mach'"),
        (lambda live: live.nearest(67, 30, k=0), ParameterError, "`k` must be 1 or more"),
        (lambda live: live.within(67, 30, -1), ParameterError, "must be 0 m or more, and is -1"),
    ],
)
def test_what_cannot_be_done_is_told(live, act, error, told):
    with pytest.raises(error, match=told):
        act(live)


def test_a_move_to_nowhere_leaves_the_point_where_it_was(live):
    with pytest.raises(ParameterError, match="on no globe"):
        live.update("mach", 67, 95)
    assert live.nearest(67.33, 29.87)[0].id == "mach"
