"""Shares of a disc in closed form, against known values, the draws and the curved Earth."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import ParameterError
from geosec.geodesy.geodesics import foot_on_segment, geodesic_direct, geodesic_distance_m
from geosec.uncertainty.closed_forms import (
    error_of_straying,
    share_in_half_plane,
    share_in_polygon,
    share_near_line,
    share_near_point,
)
from geosec.uncertainty.draws import draw_in_discs

RADIUS_M, EARTH_M, DRAWS = 25_000.0, 6_371_000.0, 499
A_GEODESIC = shapely.LineString([(60.0, 29.0), (75.0, 31.5)])  # an edge is a geodesic
ON_IT = tuple(float(axis) for axis in geodesic_direct(60.0, 29.0, 75.6, 750_000.0))


def on_the_line() -> tuple[float, float]:
    foot = foot_on_segment(*ON_IT, *A_GEODESIC.coords[0], *A_GEODESIC.coords[1])
    return float(foot.lon), float(foot.lat)


def located_at(places, code=2):
    lon, lat = np.transpose(places)
    table = {"location": "", "longitude": lon, "latitude": lat}
    return geosec.geocode(pd.DataFrame(table).assign(precision_scheme="ucdp", precision_code=code))


def even_disc(lon, lat, radius_m, rings=120, spokes=360):
    """Cut a disc into cells of one area; the share of their middles is off by about a cell."""
    parts = [(np.arange(count) + 0.5) / count for count in (rings, spokes)]
    uniform = np.stack(np.meshgrid(*parts, indexing="ij"), axis=-1).reshape(1, -1, 2)
    drawn = draw_in_discs(np.array([[lon]]), np.array([[lat]]), np.array([[radius_m]]), uniform)
    return drawn[0][0], drawn[1][0]


@pytest.mark.parametrize(("distance_m", "expected"), [(10_000, 0.50), (5_000, 0.25)])
def test_an_event_on_the_line_with_25_km(distance_m, expected):
    assert share_near_line(0, RADIUS_M, distance_m) == pytest.approx(expected, abs=0.02)
    lines = gpd.GeoSeries([A_GEODESIC], crs=4326)
    row = geosec.within(located_at([on_the_line()]), lines, distance_m=distance_m, draws=999)
    assert row["probability"].item() == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("offset_m", [0, 3_000, 12_000, 24_000, 33_000])
@pytest.mark.parametrize("distance_m", [1_000, 10_000, 40_000])
def test_draws_agree_with_the_line_within_their_standard_error(offset_m, distance_m):
    lon, lat = geodesic_direct(*on_the_line(), 170.0, offset_m)
    foot = foot_on_segment(lon, lat, *A_GEODESIC.coords[0], *A_GEODESIC.coords[1])
    share = float(share_near_line(foot.distance_m, RADIUS_M, distance_m))
    lines = gpd.GeoSeries([A_GEODESIC], crs=4326)
    located = located_at([(float(lon), float(lat))])
    drawn = geosec.within(located, lines, distance_m=distance_m, draws=DRAWS)["probability"].item()
    assert abs(drawn - share) <= np.sqrt(share * (1 - share) / DRAWS) + 1 / DRAWS


@pytest.mark.parametrize("away_m", [0, 3_000, 16_000, 30_000, 60_000])
@pytest.mark.parametrize("distance_m", [2_000, 20_000, 40_000])
def test_draws_agree_with_the_point_within_two_standard_errors(away_m, distance_m):
    target = geodesic_direct(67.0, 30.0, 250.0, away_m)
    share = float(share_near_point(away_m, RADIUS_M, distance_m))
    points = gpd.GeoSeries([shapely.Point(*map(float, target))], crs=4326)
    located = located_at([(67.0, 30.0)])
    drawn = geosec.within(located, points, distance_m=distance_m, draws=DRAWS)["probability"].item()
    assert abs(drawn - share) <= 2 * np.sqrt(share * (1 - share) / DRAWS) + 1 / DRAWS


@pytest.mark.parametrize(
    ("away_m", "radius_m", "distance_m", "share"),
    [
        (0, 10, 5, 0.25),
        (0, 10, 10, 1.0),
        (4, 10, 20, 1.0),
        (15, 10, 5, 0.0),
        (10, 10, 10, 2 / 3 - np.sqrt(3) / (2 * np.pi)),  # Weisstein: two equal circles, d = R
        (1e6, 10, 1e6, 0.5),  # a far circle is a straight edge
        (0, 0, 0, 1.0),
        (3, 0, 2, 0.0),
    ],
)
def test_the_lens_where_it_is_known(away_m, radius_m, distance_m, share):
    assert share_near_point(away_m, radius_m, distance_m) == pytest.approx(share, abs=3e-6)


@pytest.mark.parametrize(
    ("depth_m", "radius_m", "share"),
    [(0, 5, 0.5), (5, 5, 1), (-5, 5, 0), (99, 5, 1), (0, 0, 1), (-1, 0, 0), (2.5, 5, 0.80450)],
)
def test_the_half_plane_where_it_is_known(depth_m, radius_m, share):
    assert share_in_half_plane(depth_m, radius_m) == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize(
    ("depth_m", "radius_m", "distance_m", "share"),
    [
        (25, 25, 0, 1),
        (24, 25, 0, np.nan),
        (15, 25, 10, 1),
        (-35, 25, 10, 0),
        (-34, 25, 10, np.nan),
        (0, 0, 0, 1),
        (-1, 0, 0, 0),
    ],
)
def test_a_disc_wholly_in_a_polygon_or_wholly_out_of_it(depth_m, radius_m, distance_m, share):
    found = float(share_in_polygon(depth_m, radius_m, distance_m))
    assert found == pytest.approx(share, nan_ok=True)


def test_a_district_holds_the_draws_of_the_discs_wholly_inside_it():
    kech = geosec.load_boundaries("adm2").loc[["PK-BA-kech"]]
    seats = [(63.05, 26.0), (67.0, 30.18), (61.9, 26.3)]
    border = gpd.GeoSeries([kech.geometry.iloc[0].boundary], crs=4326)
    deep_m = geosec.within(located_at(seats), border, distance_m=0, draws=1)["distance_m"]
    inside = kech.geometry.iloc[0].contains(shapely.points(seats))
    share = share_in_polygon(np.where(inside, deep_m, -deep_m), RADIUS_M)
    drawn = geosec.within(located_at(seats), kech, distance_m=0)["probability"]
    assert share[:2].tolist() == [1.0, 0.0] == drawn.iloc[:2].tolist()


@pytest.mark.parametrize("latitude", [0.0, 60.0])
@pytest.mark.parametrize(
    ("radius_m", "offset_m"), [(2.5e4, 1e4), (5e5, 5e4), (5e5, 2e5), (5e5, 5.5e5)]
)
def test_what_the_curved_earth_does_is_less_than_a_tenth_of_the_reach_squared(
    latitude, radius_m, offset_m
):
    start, stop = (geodesic_direct(67.0, latitude, azimuth, 2.5e6) for azimuth in (225.0, 45.0))
    lon, lat = map(float, geodesic_direct(67.0, latitude, 135.0, offset_m))
    drawn = even_disc(lon, lat, radius_m)
    line_m = foot_on_segment(*drawn, *map(float, start), *map(float, stop)).distance_m
    point_m = geodesic_distance_m(67.0, latitude, *drawn)
    for distance_m in (0.4 * radius_m, radius_m):
        most = ((radius_m + distance_m) / EARTH_M) ** 2 / 10 + 3e-4  # a cell of the grid
        near_line = share_near_line(offset_m, radius_m, distance_m)
        assert np.mean(line_m <= distance_m) == pytest.approx(near_line, abs=most)
        near_point = share_near_point(offset_m, radius_m, distance_m)
        assert np.mean(point_m <= distance_m) == pytest.approx(near_point, abs=most)


@pytest.mark.parametrize("bend_m", [100_000.0, 400_000.0])
@pytest.mark.parametrize("distance_m", [2_000.0, 10_000.0])
def test_a_bent_line_changes_the_share_by_no_more_than_its_straying_bounds(bend_m, distance_m):
    stray_m = RADIUS_M**2 / (2 * bend_m)
    lon, lat = even_disc(67.0, 30.0, RADIUS_M)
    centre = geodesic_direct(67.0, 30.0, 0.0, bend_m)
    off_the_arc_m = np.abs(geodesic_distance_m(*map(float, centre), lon, lat) - bend_m)
    change = abs(np.mean(off_the_arc_m <= distance_m) - share_near_line(0, RADIUS_M, distance_m))
    assert change <= error_of_straying(stray_m, RADIUS_M) + 3e-4


def test_missing_in_missing_out_and_arrays_broadcast():
    share = share_near_line([[0.0], [np.nan]], [25.0, 0.0, np.nan], 10.0)
    assert np.isnan(share).tolist() == [[False, False, True], [True, True, True]]
    assert np.isnan(share_near_point(np.nan, 1, 1))
    assert np.isnan(share_in_half_plane(0, np.nan))
    assert np.isnan(share_in_polygon(1, np.nan))
    assert np.isnan(error_of_straying(np.nan, 1))


@pytest.mark.parametrize(
    "refused",
    [
        lambda: share_near_line(0, -1, 5),
        lambda: share_near_line(0, 1, [5, -1]),
        lambda: share_near_point(0, [2, -1], 5),
        lambda: share_in_half_plane(0, -1),
        lambda: share_in_polygon(0, 1, -1),
        lambda: error_of_straying(-1, 1),
    ],
)
def test_a_negative_length_is_refused(refused):
    with pytest.raises(ParameterError, match="0 m or more, and one of them is -1"):
        refused()
