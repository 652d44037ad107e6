"""The door check for coordinate reference systems, and the local metric CRS."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Geod
from shapely import LineString, Point

from geosec.crs import (
    lon_lat,
    make_points,
    metric_crs,
    require_degrees,
    require_lon_lat,
    require_metric,
    require_points,
    to_storage,
)
from geosec.errors import CRSError, SchemaError

FEET = "EPSG:2225"  # a plane in US survey feet


def one_town(lon=67.0, lat=30.18, crs="EPSG:4326"):
    return gpd.GeoDataFrame(geometry=[Point(lon, lat)], crs=crs)


MACH = Point(67.33, 29.86)


def layer(*shapes, crs="EPSG:4326"):
    return gpd.GeoDataFrame({"name": [*map(str, range(len(shapes)))]}, geometry=[*shapes], crs=crs)


def test_a_layer_in_storage_is_handed_back_itself():
    towns = one_town()
    assert to_storage(towns) is towns


@pytest.mark.parametrize("crs", ["EPSG:32642", "EPSG:3857", "EPSG:4240"])
def test_another_crs_is_brought_to_longitude_and_latitude(crs):
    moved = to_storage(one_town().to_crs(crs))
    assert moved.crs == "EPSG:4326"
    assert moved.geometry.iloc[0].distance(Point(67.0, 30.18)) < 1e-6


@pytest.mark.parametrize("check", [to_storage, require_metric, metric_crs])
def test_a_layer_without_crs_is_refused(check):
    with pytest.raises(CRSError, match="no CRS"):
        check(one_town(crs=None))


def test_the_remedy_for_a_missing_crs_names_the_layer():
    with pytest.raises(CRSError, match=r'`towns\.set_crs\("EPSG:4326"\)`'):
        to_storage(one_town(crs=None), "towns")


@pytest.mark.parametrize(
    ("crs", "found"),
    [
        ("EPSG:4326", r"EPSG:4326 \(WGS 84, degrees\)"),
        (FEET, r"EPSG:2225 \(.*, US survey foots?\)"),
        ("+proj=longlat +a=6370000 +b=6370000", "a CRS without a code"),
    ],
)
def test_what_is_not_in_metres_is_refused_with_both_crs_and_the_remedy(crs, found):
    with pytest.raises(CRSError, match=rf"`towns` is in {found}.*to_crs\(geosec\.metric_crs"):
        require_metric(one_town(crs=crs), "towns")


def test_metres_pass():
    require_metric(one_town().to_crs("EPSG:32642"))


@pytest.mark.parametrize(("lon", "lat"), [(67.0, 30.18), (179.5, -45.0), (0.0, 89.0)])
def test_the_local_crs_measures_true_from_its_middle(lon, lat):
    towns = one_town(lon, lat)
    end_lon, end_lat, _ = Geod(ellps="WGS84").fwd(lon, lat, 40, 100_000)
    crs = metric_crs(towns)
    require_metric(towns.to_crs(crs))
    end = one_town(end_lon, end_lat).to_crs(crs).geometry.iloc[0]
    assert end.distance(Point(0, 0)) == pytest.approx(100_000, abs=0.1)


def test_a_layer_without_any_geometry_has_no_middle():
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries([None], crs="EPSG:4326"))
    with pytest.raises(CRSError, match="no geometry"):
        metric_crs(empty)


# Kalianpur 1962 / India zone I, UTM zone 42N, NAD27 in degrees; a polar plane of the south
@pytest.mark.parametrize("crs", ["EPSG:24376", "EPSG:24312", "EPSG:4267", "EPSG:3031"])
def test_longitude_stays_first_whatever_axes_the_register_lists(crs):
    moved = to_storage(layer(MACH).to_crs(crs))
    assert moved.geometry.iloc[0].distance(MACH) < 1e-6


def test_storage_of_no_rows_and_of_gaps():
    assert to_storage(layer(crs="EPSG:32642")).crs == "EPSG:4326"
    gaps = gpd.GeoDataFrame(geometry=gpd.GeoSeries([None, MACH], crs=4326).to_crs(32642))
    assert to_storage(gaps).geometry.isna().tolist() == [True, False]


def test_storage_leaves_its_input_and_its_other_columns_alone():
    towns = layer(MACH).to_crs("EPSG:32642")
    moved = to_storage(towns)
    assert towns.crs == "EPSG:32642"
    assert moved["name"].tolist() == ["0"]


@pytest.mark.parametrize("crs", ["EPSG:32642", "EPSG:3857", "EPSG:6933", "EPSG:24376"])
def test_planes_in_metres_pass(crs):
    require_metric(layer(MACH).to_crs(crs))


@pytest.mark.parametrize("crs", ["EPSG:4979", "EPSG:4240", "EPSG:4978"])
def test_degrees_of_any_datum_and_the_geocentre_do_not(crs):
    with pytest.raises(CRSError, match="needs a projected CRS in metres"):
        require_metric(gpd.GeoDataFrame(geometry=[], crs=crs))


@pytest.mark.parametrize("rows", [[], [None, None]])
def test_where_nothing_is_there_is_no_middle(rows):
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries(rows, crs="EPSG:4326"))
    with pytest.raises(CRSError, match="no middle to build a metric CRS round"):
        metric_crs(empty)


def test_the_middle_is_that_of_the_bounds_and_not_of_the_points():
    ends = layer(Point(66, 29), Point(66, 29), Point(66, 29), Point(68, 31))
    middle = gpd.GeoSeries([Point(67, 30)], crs=4326).to_crs(metric_crs(ends)).iloc[0]
    assert middle.distance(Point(0, 0)) < 0.01


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(0, 360), st.floats(1, 400_000))
@settings(deadline=None, max_examples=50)
def test_distances_from_the_middle_are_geodesics(lon, lat, azimuth_deg, away_m):
    lon_end, lat_end, _ = Geod(ellps="WGS84").fwd(lon, lat, azimuth_deg, away_m)
    crs = metric_crs(layer(Point(lon, lat)))
    end = gpd.GeoSeries([Point(lon_end, lat_end)], crs=4326).to_crs(crs).iloc[0]
    # the middle has six decimals, about 0.1 m
    assert end.distance(Point(0, 0)) == pytest.approx(away_m, abs=0.2)


def test_along_the_railway_the_plane_errs_by_less_than_a_thousandth():
    sibi_quetta = LineString([(67.877, 29.543), (67.33, 29.86), (67.007, 30.19)])
    plane_m = layer(sibi_quetta).to_crs(metric_crs(layer(sibi_quetta))).length.iloc[0]
    assert plane_m == pytest.approx(Geod(ellps="WGS84").geometry_length(sibi_quetta), rel=1e-3)


@pytest.mark.parametrize(("lon", "lat"), [(67, 90.1), (67, 3_340_642), (361, 30), (np.inf, 30)])
def test_what_is_on_no_globe_is_no_degrees(lon, lat):
    at = np.array([np.nan, 67, lon]), np.array([30, 30, lat])
    with pytest.raises(CRSError, match=r"`towns` has longitude .* at position 2, .*no globe"):
        require_degrees(*at, "towns")


def test_degrees_pass_and_so_do_gaps():
    require_degrees(np.array([-180, 180, 359, np.nan]), np.array([-90, 90, 0, np.nan]))


def test_a_series_is_brought_to_storage_as_a_layer_is():
    moved = to_storage(layer(MACH).to_crs(32642).geometry)
    assert moved.crs == "EPSG:4326"
    assert moved.iloc[0].distance(MACH) < 1e-6


@pytest.mark.parametrize("check", [require_points, require_lon_lat])
def test_a_line_among_points_is_refused_with_its_row(check):
    lines = gpd.GeoSeries.from_wkt(["POINT (67 30)", "LINESTRING (67 30, 68 30)"], ["a", "b"], 4326)
    with pytest.raises(SchemaError, match=r"`towns` must hold points, and row 'b' is a LineString"):
        check(lines, "towns")


@pytest.mark.parametrize("points", [[Point(67, 30)], np.array([67.0]), None])
def test_what_is_no_series_is_refused(points):
    with pytest.raises(SchemaError, match=r"`towns` must hold points as a GeoSeries, and holds a"):
        require_points(points, "towns")


def test_points_in_metres_that_say_degrees_are_refused():
    wrong = gpd.GeoSeries.from_xy([307_512.0], [3_340_642.0], crs=4326)
    with pytest.raises(CRSError, match=r"`towns` has longitude 307512 and latitude 3.34064e\+06"):
        require_lon_lat(wrong, "towns")


def test_points_come_back_in_degrees_with_their_coordinates():
    given = gpd.GeoSeries([Point(67.0, 30.18), None, Point()], index=["a", "b", "c"], crs=4326)
    points, lon, lat = require_lon_lat(given.to_crs(32642), "towns")
    assert points.crs == "EPSG:4326"
    assert points.index.tolist() == ["a", "b", "c"]
    assert lon == pytest.approx([67.0, np.nan, np.nan], nan_ok=True)
    assert lat == pytest.approx([30.18, np.nan, np.nan], nan_ok=True)
    assert require_points(given, "towns") is given


@pytest.mark.parametrize("gaps", [[], [1], [0, 1, 2]])
def test_longitude_and_latitude_are_missing_where_there_is_no_point(gaps):
    places = [None if at in gaps else Point(67 + at, 30 + at) for at in range(3)]
    lon, lat = lon_lat(gpd.GeoSeries(places, crs=4326))
    assert np.flatnonzero(np.isnan(lon)).tolist() == gaps
    assert np.array_equal(np.isnan(lon), np.isnan(lat))
    there = ~np.isnan(lon)
    assert (lat - lon)[there].tolist() == [-37.0] * int(there.sum())
    assert lon.flags.c_contiguous
    assert lat.flags.c_contiguous


@pytest.mark.parametrize(
    "shapes", [[], [None], [Point()], [None, Point(67, 30), Point()], [Point(67, 30), Point(1, 2)]]
)
def test_points_that_are_not_there_have_no_degrees(shapes):
    lon, lat = lon_lat(gpd.GeoSeries(shapes, crs=4326))
    there = [shape is not None and not shape.is_empty for shape in shapes]
    assert (~np.isnan(lon)).tolist() == (~np.isnan(lat)).tolist() == there
    expected = [each for each, is_there in zip(shapes, there, strict=True) if is_there]
    assert lon[there].tolist() == [each.x for each in expected]
    assert lat[there].tolist() == [each.y for each in expected]


def test_the_degrees_may_be_written_to():
    points = gpd.GeoSeries([Point(67, 30)], crs=4326)
    lon, lat = lon_lat(points)
    lon[0] = lat[0] = 0
    assert points.iloc[0] == Point(67, 30)


def test_a_local_crs_lies_nowhere_on_earth():
    local = CRS.from_wkt(
        'ENGCRS["site",EDATUM["gate"],CS[Cartesian,2],AXIS["e",east],AXIS["n",north],'
        'LENGTHUNIT["metre",1]]'
    )
    layer = gpd.GeoSeries([Point(10, 20)], crs=local)
    with pytest.raises(CRSError, match=r"`layer` is in .site., which cannot be brought to"):
        to_storage(layer)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.floats(-180, 180) | st.just(float("nan"))] * 2)))
def test_points_are_made_where_both_degrees_are_there(degrees):
    points = make_points(*np.array(degrees, dtype="float64").reshape(-1, 2).T)
    assert [point if point is None else (point.x, point.y) for point in points] == [
        None if np.isnan(pair).any() else pair for pair in degrees
    ]
