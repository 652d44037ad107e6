"""The constants of the ellipsoid against those that PROJ carries."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geosec.geodesy import wgs84

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (wgs84.EQUATOR_M, GEOD.a),
        (wgs84.POLE_M, GEOD.b),
        (wgs84.FLATTENING, GEOD.f),
        (wgs84.E2, GEOD.es),
        (wgs84.MEAN_RADIUS_M, (2 * GEOD.a + GEOD.b) / 3),
    ],
)
def test_a_constant_is_that_of_proj(ours, theirs):
    assert ours == pytest.approx(theirs, rel=1e-12 if ours < 1 else 1e-8)


def test_no_radius_of_curvature_is_beyond_the_bounds():
    """Meridian and prime vertical: Snyder 1987, *Map Projections*, eq. 4-18 and 4-20."""
    w2 = 1 - GEOD.es * np.sin(np.radians(np.linspace(-90, 90, 1_001))) ** 2
    meridian_m, across_m = GEOD.a * (1 - GEOD.es) / w2**1.5, GEOD.a / np.sqrt(w2)
    radii_m = np.concatenate([meridian_m, across_m])
    assert wgs84.LEAST_RADIUS_M <= radii_m.min() < wgs84.LEAST_RADIUS_M + 100
    assert wgs84.MOST_RADIUS_M - 100 < radii_m.max() <= wgs84.MOST_RADIUS_M


@pytest.mark.parametrize("lat", [-89.5, -45.5, -0.5, 24.5, 36.5, 89.5])
def test_a_degree_of_latitude_is_nowhere_far_from_the_mean(lat):
    _, _, degree_m = GEOD.inv(67, lat - 0.5, 67, lat + 0.5)
    assert abs(degree_m - wgs84.DEGREE_M) < 800
