"""Points in numbered cubes, and chords for geodesics."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.analysis.point_cells import sort_into_cells, to_chord_m, to_distance_m
from geosec.geodesy.geodesics import geodesic_distance_m, to_cartesian


def test_cubes_are_numbered_though_they_are_small_and_far_apart():
    ends = to_cartesian([-70.0, 67.0, 67.0, 110.0], [-50.0, 30.0, 30.0, 70.0])
    cells = sort_into_cells(ends, 0.01, around=2)
    assert len(cells.keys) == 3
    assert (cells.keys > 0).all()
    assert (np.diff(cells.keys) > 0).all()


@pytest.mark.parametrize(("away_deg", "error_m"), [(0.1, 1e-4), (0.9, 0.02), (8.9, 12.0)])
@pytest.mark.parametrize("lat", [0.0, 45.0, 80.0])
def test_a_chord_stands_for_a_geodesic(away_deg, error_m, lat):
    for lon, north in ((away_deg, lat), (0.0, lat + away_deg)):
        chord_m = np.linalg.norm(to_cartesian(0, lat) - to_cartesian(lon, north))
        true_m = geodesic_distance_m(0, lat, lon, north)
        assert to_distance_m(chord_m) == pytest.approx(float(true_m), abs=error_m)
        assert to_chord_m(to_distance_m(chord_m)) == pytest.approx(chord_m)
