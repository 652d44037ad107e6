from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest

from geosec import ParameterError, interpolate, locate, stretch
from geosec.geodesy.geodesics import geodesic_distance_m


def test_a_post_is_where_its_station_is():
    point = interpolate("ML-3", 283).iloc[0]
    assert (point.x, point.y) == (67.54623, 29.67564)  # Panir


def test_between_two_posts_the_share_of_the_geodesic_counts():
    low, middle, high = interpolate("ML-3", [268, 275.5, 283])
    first = geodesic_distance_m(low.x, low.y, middle.x, middle.y)
    second = geodesic_distance_m(middle.x, middle.y, high.x, high.y)
    assert first == pytest.approx(second, abs=0.01)


def test_a_missing_km_is_a_missing_point():
    assert interpolate("ML-3", [268, np.nan]).isna().tolist() == [False, True]


@pytest.mark.parametrize("km", [-1, 526.5, 9_000])
def test_a_km_beyond_the_line_is_refused(km):
    with pytest.raises(ParameterError, match=r"not on ML-3, whose posts run from km 0 \(Rohri"):
        interpolate("ML-3", km)


@pytest.mark.parametrize("line_id", ["ML-1", "ML-3", "ML-4", "SIBI-KHOST"])
def test_locate_undoes_interpolate(line_id):
    km = np.linspace(30, 139, 57)
    found = locate(interpolate(line_id, km), line_id=line_id)
    assert np.abs(found["rail_km"].to_numpy() - km).max() < 0.001
    assert found["rail_offset_m"].max() < 0.01


def test_locate_takes_the_nearest_line_and_keeps_missing_points():
    points = gpd.GeoSeries.from_xy([67.0, np.nan], [30.2, np.nan], crs="EPSG:4326")
    found = locate(points)
    assert found["rail_line"].tolist()[0] == "ML-3"
    assert found["rail_km"].isna().tolist() == [False, True]


def test_a_stretch_holds_the_posts_between_its_ends():
    line = stretch("ML-3", 292.4, 268)
    assert line.coords[0] == (67.66695, 29.61745)
    assert len(line.coords) == 4  # Pehro Kunri, Panir, Kohsar, Peshi


def test_a_stretch_without_length_is_refused():
    with pytest.raises(ParameterError, match="two different posts, and got km 268 twice"):
        stretch("ML-3", 268, 268)
