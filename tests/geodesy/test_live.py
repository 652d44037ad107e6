from __future__ import annotations

import pytest

from geosec import LiveIndex, ParameterError, UnknownNameError


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
    ("act", "error", "told"),
    [
        (lambda live: live.insert("mach", 1, 1), ParameterError, "'mach' is in the index already"),
        (lambda live: live.insert("x", 200, 1), ParameterError, "are on no globe"),
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
