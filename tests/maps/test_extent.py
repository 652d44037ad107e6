"""What a map shows at first."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.maps.extent import find_extent


def spread(count, west, east, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(west, east, count), rng.uniform(24, 36, count)


def test_no_points_have_no_extent():
    assert find_extent(np.array([]), np.array([])).bounds is None


@pytest.mark.parametrize("count", [3, 72, 20_000])
def test_points_that_belong_together_are_all_shown(count):
    lon, lat = spread(count, 62, 75)
    (south, west), (north, east) = find_extent(lon, lat).bounds
    assert (west, south, east, north) == (lon.min(), lat.min(), lon.max(), lat.max())


@pytest.mark.parametrize(("count", "stray"), [(12, 1), (72, 1), (1000, 10)])
def test_a_few_strays_do_not_shrink_the_rest(count, stray):
    lon, lat = spread(count, 62, 75)
    lon[:stray], lat[:stray] = -40, 10
    (south, west), (_, east) = find_extent(lon, lat).bounds
    assert west >= 62
    assert east <= 75
    assert south >= 24


def test_more_than_a_hundredth_are_no_strays():
    lon, lat = spread(1000, 62, 75)
    lon[:30] = -40
    assert find_extent(lon, lat).bounds[0][1] == -40


def test_two_groups_of_places_are_both_shown():
    lon = np.repeat([67.0, 140.0], 6)
    assert find_extent(lon, np.full(12, 30.0)).bounds[1][1] == 140


def test_points_across_the_antimeridian_lie_side_by_side():
    lon = np.array([178.0, 179.5, -179.0, -178.5, 177.0])
    extent = find_extent(lon, np.full(5, -17.0))
    assert extent.bounds[0][1] == 177
    assert extent.bounds[1][1] == pytest.approx(181.5)
    assert -178.5 < extent.cut < 177


def test_points_all_over_the_earth_are_not_cut():
    lon = np.linspace(-170, 170, 50)
    assert find_extent(lon, np.zeros(50)).cut == -180
