"""GeoJSON read without a driver, and what only calls itself so."""

from __future__ import annotations

import json

import pytest
from shapely import LineString, Point

import geosec
from geosec import CRSError, GeosecWarning, SourceError
from geosec.storage.geojson import name_collection, read_geojson

MACH = {"type": "Point", "coordinates": [67.33, 29.86]}


def write(path, content):
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def collect(*features, **members):
    made = [
        {"type": "Feature", "properties": cells, "geometry": shape, **rest}
        for cells, shape, rest in features
    ]
    return {"type": "FeatureCollection", "features": made, **members}


VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>{}</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)


@pytest.mark.parametrize("ending", ["geojson", "json", "gpkg", "parquet", "xlsx", "csv", "tsv"])
@pytest.mark.parametrize("before", ["", "\ufeff", " \n"])
def test_a_description_of_another_file_reads_none(tmp_path, ending, before):
    secret = write(tmp_path / "secret.csv", "date,location\n2020-01-01,SECRET\n")
    path = write(tmp_path / f"table.{ending}", before + VRT.format(secret))
    with pytest.raises(SourceError) as caught:
        geosec.read_incidents(path)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("ending", ["geojson", "json", "gpkg"])
@pytest.mark.parametrize(
    "content",
    [
        VRT.format("/vsicurl/{url}/x.geojson"),
        "<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>",
        "<GDAL_WMS><Service name='WMS'><ServerUrl>{url}/</ServerUrl></Service></GDAL_WMS>",
        "<kml><Document><NetworkLink><href>{url}/</href></NetworkLink></Document></kml>",
        '"{url}/x.geojson"',
        "{url}/x.geojson",
        "/vsicurl/{url}/x.geojson",
        "GeoJSON:{url}/x",
    ],
)
def test_no_address_in_a_file_is_called(tmp_path, listener, ending, content):
    url, requests = listener
    path = write(tmp_path / f"table.{ending}", content.replace("{url}", url))
    with pytest.raises(SourceError, match="cannot be read as a spatial file"):
        geosec.read_incidents(path)
    assert requests == []


@pytest.mark.parametrize("kind", ["link", "name", "url"])
def test_a_crs_that_is_an_address_is_not_followed(tmp_path, listener, kind):
    url, requests = listener
    member = {"type": kind, "properties": {"href": url, "name": url, "url": url}}
    path = write(tmp_path / "table.geojson", collect(({"date": "2025"}, MACH, {}), crs=member))
    with pytest.raises(CRSError, match=r"names a CRS that is no code .* links are not followed"):
        geosec.read_incidents(path)
    assert requests == []


def test_pages_that_follow_are_not_fetched(tmp_path, listener):
    url, requests = listener
    content = collect(
        ({"date": "2025", "location": "Mach"}, MACH, {"assets": {"a": {"href": url}}}),
        next=url,
        links=[{"rel": "next", "href": url}],
    )
    incidents, _ = geosec.read_incidents(write(tmp_path / "table.geojson", content))
    assert (len(incidents), requests) == (1, [])


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Topology", "arcs": [], "objects": {}},
        {"geometryType": "esriGeometryPoint", "features": [{"attributes": {}}]},
        {"type": "FeatureCollection", "conformsTo": ["[ogc-json-fg-1-0.1:core]"], "features": []},
        {"type": "Feature", "stac_version": "1.0.0", "properties": {}, "geometry": None},
        {"type": "FeatureCollection", "features": {"a": 1}},
        {"type": "FeatureCollection", "features": [MACH]},
        {"type": "FeatureCollection"},
        MACH,
        "[" * 100_000,
        '{"type": "Feature"}{"type": "Feature"}',
        "{",
    ],
)
def test_json_of_another_kind_is_refused(tmp_path, content):
    with pytest.raises(SourceError, match="cannot be read as a spatial file"):
        read_geojson(write(tmp_path / "table.json", content))


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "Point", "coordinates": [[67, 30]]},
        {"type": "Point", "coordinates": {"x": 1}},
        {"type": "Circle", "coordinates": [67, 30]},
        {"type": "LineString", "coordinates": [[67, 30]]},
        {"type": "Polygon", "coordinates": [[67, 30]]},
        {"type": "LineString", "coordinates": [[float("nan"), 30], [1, 2]]},
        {"coordinates": [67, 30]},
        [67, 30],
        7,
    ],
)
def test_a_shape_that_is_none_is_told_by_its_feature(tmp_path, shape):
    content = collect(({"a": 1}, MACH, {}), ({"a": 2}, shape, {}))
    with pytest.raises(SourceError, match="the geometry of feature 2 is"):
        read_geojson(write(tmp_path / "table.geojson", content))


def test_values_stay_as_they_stand_in_the_text(tmp_path):
    cells = {"n": 2**53 + 1, "code": "007", "day": "2025-03-11", "tags": ["a", {"ب": 1}]}
    content = collect((cells, MACH, {}), ({"n": None, "more": True}, None, {}))
    table = read_geojson(write(tmp_path / "table.geojson", content))
    assert table["n"].tolist() == [2**53 + 1, None]
    assert table["code"].tolist() == ["007", None]
    assert table["day"].tolist() == ["2025-03-11", None]
    assert table["tags"].tolist() == ['["a", {"ب": 1}]', None]
    assert table["more"].tolist() == [None, True]
    assert table.geometry.tolist() == [Point(67.33, 29.86), None]
    assert table.crs == "OGC:CRS84"


@pytest.mark.parametrize(
    ("identifier", "read"), [(2**53 + 1, "9007199254740993"), ("007", "007"), (1001, "1001")]
)
def test_the_id_of_a_feature_is_its_identifier(tmp_path, identifier, read):
    feature = ({"date": "2025", "location": "Mach"}, None, {"id": identifier})
    path = write(tmp_path / "table.geojson", collect(feature))
    assert geosec.read_incidents(path)[0].index.tolist() == [read]


def test_an_id_among_the_properties_comes_first(tmp_path):
    content = collect(({"id": "mine"}, None, {"id": 7}))
    assert read_geojson(write(tmp_path / "table.geojson", content))["id"].tolist() == ["mine"]


def test_features_without_an_id_are_no_duplicates(tmp_path):
    cells = {"date": "2025", "location": "Mach"}
    content = collect((cells, None, {"id": 5}), (cells, None, {}), (cells, None, {}))
    incidents, rejected = geosec.read_incidents(write(tmp_path / "table.geojson", content))
    assert (incidents.index.tolist(), len(rejected)) == (["5", "row-2", "row-3"], 0)


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:32642",
        "urn:ogc:def:crs:EPSG::32642",
        "urn:ogc:def:crs:EPSG:6.9:32642",
        "http://www.opengis.net/def/crs/EPSG/0/32642",
    ],
)
def test_a_crs_is_read_by_its_code(tmp_path, name):
    member = {"type": "name", "properties": {"name": name}}
    shape = {"type": "LineString", "coordinates": [[0, 0, 5], [1, 1, 5]]}
    table = read_geojson(write(tmp_path / "table.geojson", collect(({}, shape, {}), crs=member)))
    assert table.crs == "EPSG:32642"
    assert table.geometry.iloc[0].equals(LineString([(0, 0), (1, 1)]))


def test_a_crs_of_null_is_none_and_of_an_unknown_code_is_refused(tmp_path):
    content = collect(({"date": "2025"}, MACH, {}), crs=None)
    with pytest.raises(CRSError, match="has no CRS"):
        geosec.read_incidents(write(tmp_path / "none.geojson", content))
    content["crs"] = {"type": "name", "properties": {"name": "EPSG:999999"}}
    with pytest.raises(CRSError, match="names a CRS that is no code"):
        geosec.read_incidents(write(tmp_path / "unknown.geojson", content))


def test_a_collection_may_bear_a_name(tmp_path):
    assert name_collection(write(tmp_path / "a.geojson", collect(name="incidents"))) == "incidents"
    assert name_collection(write(tmp_path / "b.geojson", collect())) == ""


def test_half_a_character_is_told_and_read_as_another(tmp_path):
    cells = {"date": "2025", "location": "M\ud800", "\udc00": 1}
    path = write(tmp_path / "table.geojson", collect((cells, None, {})))
    with pytest.warns(GeosecWarning, match="half a character"):
        incidents, _ = geosec.read_incidents(path)
    assert incidents["location"].tolist() == ["M\ufffd"]
    assert "\ufffd" in incidents.columns
