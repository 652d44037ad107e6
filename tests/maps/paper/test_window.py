"""The window of a static map follows its incidents, wherever on Earth they are."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.maps.paper.window import choose_window

NOTHING = np.zeros((0, 4))


def test_one_point_astray_does_not_widen_the_map_but_two_groups_do():
    lon, lat = np.linspace(66, 68, 40), np.linspace(28, 30, 40)
    usual = choose_window(lon, lat, NOTHING, 600, 500)
    with_stray = choose_window(np.append(lon, 0.0), np.append(lat, 0.0), NOTHING, 600, 500)
    assert with_stray.metres == pytest.approx(usual.metres)
    around = np.array([[-1.0, -1.0, 1.0, 1.0]])  # of the one astray
    with_disc = choose_window(np.append(lon, 0.0), np.append(lat, 0.0), around, 600, 500)
    assert with_disc.metres == pytest.approx(usual.metres)
    group = choose_window(np.append(lon, [60.0] * 5), np.append(lat, [25.0] * 5), NOTHING, 600, 500)
    assert group.metres > usual.metres * 2


def test_points_round_the_antimeridian_lie_together():
    lon = np.array([179.0, -179.0, 178.5])
    window = choose_window(lon, np.array([-17.0, -18.0, -16.5]), NOTHING, 600, 500)
    x, _ = window.place(lon, np.array([-17.0, -18.0, -16.5]))
    assert x[2] < x[0] < x[1]
    assert window.metres < 2_000


def test_all_points_are_inside_with_a_margin_also_round_the_globe():
    chance = np.random.default_rng(0)
    for span in (1.0, 20.0, 170.0):
        lon, lat = chance.uniform(-span, span, 200), chance.uniform(-60, 60, 200) * span / 170
        window = choose_window(lon, lat, NOTHING, 640, 480)
        x, y = window.place(lon, lat)
        assert window.is_local == (span < 100)
        assert x.min() > 20
        assert x.max() < 620
        assert y.min() > 20
        assert y.max() < 460


def test_the_scale_bar_is_as_long_as_it_says():
    window = choose_window(np.array([61.0, 77.0]), np.array([24.0, 37.0]), NOTHING, 600, 500)
    bar = window.choose_bar(170)
    assert bar.pixels <= 170
    x, y = window.place(np.array([69.0, 69.5]), np.array([30.5, 30.5]))
    shown_m = np.hypot(*np.diff([x, y])) / bar.pixels * bar.length_m
    true_m = 0.5 * 111_320 * np.cos(np.radians(30.5))
    assert shown_m.item() == pytest.approx(true_m, rel=0.01)


def test_a_wide_outline_widens_the_map_a_little_and_no_more():
    lon, lat = np.array([66.0, 67.0]), np.array([29.0, 30.0])
    usual = choose_window(lon, lat, NOTHING, 500, 500)
    wide = choose_window(lon, lat, np.array([[50.0, 20.0, 80.0, 40.0]]), 500, 500)
    assert usual.metres < wide.metres < usual.metres * 1.7
