"""The door check for coordinate reference systems."""

from __future__ import annotations

import geopandas as gpd
import pytest
from pyproj import Geod
from shapely import Point

from geosec.crs import metric_crs, require_metric, to_storage
from geosec.errors import CRSError

FEET = "EPSG:2225"  # a plane in US survey feet


def layer(lon=67.0, lat=30.18, crs="EPSG:4326"):
    return gpd.GeoDataFrame(geometry=[Point(lon, lat)], crs=crs)


def test_a_layer_in_storage_is_handed_back_itself():
    towns = layer()
    assert to_storage(towns) is towns


@pytest.mark.parametrize("crs", ["EPSG:32642", "EPSG:3857", "EPSG:4240"])
def test_another_crs_is_brought_to_longitude_and_latitude(crs):
    moved = to_storage(layer().to_crs(crs))
    assert moved.crs == "EPSG:4326"
    assert moved.geometry.iloc[0].distance(Point(67.0, 30.18)) < 1e-6


@pytest.mark.parametrize("check", [to_storage, require_metric, metric_crs])
def test_a_layer_without_crs_is_refused(check):
    with pytest.raises(CRSError, match="no CRS"):
        check(layer(crs=None))


def test_the_remedy_for_a_missing_crs_names_the_layer():
    with pytest.raises(CRSError, match=r'`towns\.set_crs\("EPSG:4326"\)`'):
        to_storage(layer(crs=None), "towns")


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
        require_metric(layer(crs=crs), "towns")


def test_metres_pass():
    require_metric(layer().to_crs("EPSG:32642"))


@pytest.mark.parametrize(("lon", "lat"), [(67.0, 30.18), (179.5, -45.0), (0.0, 89.0)])
def test_the_local_crs_measures_true_from_its_middle(lon, lat):
    towns = layer(lon, lat)
    end_lon, end_lat, _ = Geod(ellps="WGS84").fwd(lon, lat, 40, 100_000)
    crs = metric_crs(towns)
    require_metric(towns.to_crs(crs))
    end = layer(end_lon, end_lat).to_crs(crs).geometry.iloc[0]
    assert end.distance(Point(0, 0)) == pytest.approx(100_000, abs=0.1)


def test_a_layer_without_any_geometry_has_no_middle():
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries([None], crs="EPSG:4326"))
    with pytest.raises(CRSError, match="no geometry"):
        metric_crs(empty)
