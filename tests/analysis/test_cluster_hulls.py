"""Hulls of clusters."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec.analysis.cluster_hulls import draw_hulls


def test_a_hull_across_the_180th_meridian_has_two_parts():
    lon, lat = np.array([179.9, -179.9, 179.9, -179.8]), np.array([0.0, 0.0, 0.2, 0.2])
    hull = draw_hulls(lon, lat, np.zeros(4, dtype="int64"))[0]
    assert hull.geom_type == "MultiPolygon"
    assert hull.area == pytest.approx(0.05)
    assert shapely.bounds(hull).tolist() == [-180, 0, 180, 0.2]
    plain = draw_hulls(lon + np.where(lon < 0, 360, 0) - 100, lat, np.zeros(4, dtype="int64"))[0]
    assert plain.area == pytest.approx(0.05)


def test_a_hull_is_a_point_or_a_line_where_its_points_are():
    lon, lat = np.array([67.0, 67.0, 68.0, 68.5]), np.array([30.0, 30.0, 29.0, 29.5])
    hulls = draw_hulls(lon, lat, np.array([0, 0, 1, 1]))
    assert [hull.geom_type for hull in hulls] == ["Point", "LineString"]
