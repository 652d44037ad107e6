from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geosec.geodesy.geodesics import geodesic_distance_m
from geosec.uncertainty.draws import draw_along_line, draw_in_discs, draw_in_polygon, make_uniforms

HALF_RING = shapely.Point(67, 30).buffer(1).difference(shapely.box(66.5, 28, 69, 30.2))


def test_the_draws_of_one_incident_do_not_depend_on_the_others():
    alone = make_uniforms(["b"], 50, seed=3)
    assert (make_uniforms(["a", "b", "c"], 50, seed=3)[1] == alone[0]).all()
    assert (make_uniforms(["b"], 50, seed=4) != alone).any()


def test_numbers_are_even():
    numbers = make_uniforms(["x"], 999, seed=0)[0]
    counts = np.histogram(numbers[:, 1], bins=10, range=(0, 1))[0]
    assert counts.min() >= 95
    assert counts.max() <= 105


def test_a_disc_is_filled_evenly_over_its_area():
    uniform = make_uniforms(["x"], 999, seed=0)[..., 1:]
    lon, lat = draw_in_discs(
        np.array([[67.0]]), np.array([[30.0]]), np.array([[10_000.0]]), uniform
    )
    away_m = geodesic_distance_m(67.0, 30.0, lon, lat)
    assert away_m.max() <= 10_000.001
    assert np.mean(away_m <= 5_000) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    "shape", [HALF_RING, shapely.MultiPolygon([HALF_RING, shapely.box(60, 20, 61, 21)])]
)
def test_a_polygon_is_filled_evenly_and_only_inside(shape):
    uniform = make_uniforms(["x"], 999, seed=1)[0, :, 1:]
    lon, lat = draw_in_polygon(shape, uniform)
    assert shapely.contains_xy(shape.buffer(1e-4), lon, lat).all()
    part = shapely.box(60, 20, 67, 31).intersection(shape)
    share = in_equal_area(part) / in_equal_area(shape)
    assert shapely.contains_xy(part, lon, lat).mean() == pytest.approx(share, abs=0.02)


def in_equal_area(shape):
    return gpd.GeoSeries([shape.segmentize(0.05)], crs=4326).to_crs(6933).area.iloc[0]


def test_a_line_is_filled_evenly_over_its_length():
    line = shapely.MultiLineString([[(66, 30), (67, 30)], [(70, 30), (73, 30)]])
    lon, _ = draw_along_line(line, np.linspace(0, 1, 401))
    assert np.mean(lon < 68) == pytest.approx(0.25, abs=0.01)
    assert not ((lon > 67.001) & (lon < 69.999)).any()
