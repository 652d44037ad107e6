"""Files and tables as users bring them: other scripts, other CRS, gaps, shapes."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point

import geosec
from geosec import CRSError, GeosecWarning, SchemaError, SourceError

TRIANGLE = {"type": "Polygon", "coordinates": [[[67, 30], [68, 30], [68, 31], [67, 30]]]}


MACH = {"type": "Point", "coordinates": [67.33, 29.86]}


def table(**columns):
    return pd.DataFrame({"date": ["2025"] * len(next(iter(columns.values()))), **columns})


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "table.csv", "is empty"),
        (b"junk", "table.pdf", r"ends in '\.pdf'; read_incidents takes \.csv"),
        (b"not a workbook", "table.xlsx", "cannot be read as an Excel workbook"),
        (b"PK\x03\x04 cut short", "table.xlsx", "cannot be read as an Excel workbook"),
        (b"PAR1 cut short", "table.parquet", "cannot be read as a Parquet file"),
        (b"SQLite format 3\x00 cut", "table.gpkg", "cannot be read as a spatial file"),
        (b'{"type": "Feature', "table.geojson", "cannot be read as a spatial file"),
        (bytes(range(256)) * 4, "table.csv", "binary data"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_told(file, content, name, told):
    with pytest.raises(SourceError, match=told):
        geosec.read_incidents(file(content, name))


def test_a_missing_file_is_answered_with_those_beside_it(file):
    path = file("date,location\n", "incidents.csv")
    with pytest.raises(SourceError, match=r"no file .*did you mean 'incidents\.csv'"):
        geosec.read_incidents(path.with_name("incident.csv"))


def test_a_workbook_keeps_its_row_numbers(tmp_path):
    table = pd.DataFrame(
        {
            "date": [pd.Timestamp("2025-03-11"), None, "never"],
            "location": ["Mach", None, "Sibi"],
            "fatalities": [3.0, None, None],
        }
    )
    table.to_excel(tmp_path / "table.xlsx", index=False)
    incidents, rejected = geosec.read_incidents(tmp_path / "table.xlsx")
    assert incidents["fatalities"].tolist() == [3]
    assert rejected["line"].tolist() == [4]


def test_a_spatial_file_is_brought_to_longitude_and_latitude(tmp_path):
    points = gpd.GeoSeries.from_xy([67.0], [30.0], crs=4326).to_crs(32642)
    gpd.GeoDataFrame({"date": ["2025-03-11"]}, geometry=points).to_file(tmp_path / "points.gpkg")
    incidents, _ = geosec.read_incidents(tmp_path / "points.gpkg")
    assert incidents["latitude"].iloc[0] == pytest.approx(30.0)
    assert incidents["longitude"].iloc[0] == pytest.approx(67.0)


def test_a_spatial_table_without_a_crs_is_refused():
    table = gpd.GeoDataFrame({"date": ["2025"]}, geometry=gpd.points_from_xy([1], [1]))
    with pytest.raises(CRSError, match="has no CRS"):
        geosec.read_incidents(table)


def test_a_geojson_feature_without_geometry_is_placed_by_its_phrase(file):
    features = [
        {"type": "Feature", "properties": {"date": "2025", "location": "Sibi"}, "geometry": None}
    ]
    path = file(json.dumps({"type": "FeatureCollection", "features": features}), "table.geojson")
    incidents, _ = geosec.read_incidents(path)
    assert geosec.geocode(incidents)["match_name"].tolist() == ["Sibi"]


def test_a_name_in_another_script_and_a_str_path_are_read(tmp_path):
    path = tmp_path / "واقعات ü 2025.CSV"
    path.write_text("date,location\n2025,کوئٹہ\n", encoding="utf-8")
    incidents, _ = geosec.read_incidents(str(path))
    assert incidents["location"].tolist() == ["کوئٹہ"]


@pytest.mark.parametrize("ending", ["tsv", "txt"])
def test_other_text_is_told_by_its_first_line(tmp_path, ending):
    path = tmp_path / f"table.{ending}"
    path.write_text("date\tlocation\n2025\tMach; Kolpur, Bolan\n", encoding="utf-8")
    assert geosec.read_incidents(path)[0]["location"].tolist() == ["Mach; Kolpur, Bolan"]


def test_an_encoding_may_be_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("date;location\n2025;Café in Quetta\n".encode("cp1252"))
    assert geosec.read_incidents(path)[1]["line"].tolist() == [2]
    incidents, rejected = geosec.read_incidents(path, encoding="cp1252")
    assert (incidents["location"].tolist(), len(rejected)) == (["Café in Quetta"], 0)


def test_a_shape_is_stood_for_by_a_point_inside_it(features):
    incidents, _ = geosec.read_incidents(features(({"date": "2025"}, TRIANGLE)))
    assert shapely.from_geojson(json.dumps(TRIANGLE)).contains(incidents.geometry.iloc[0])


def test_points_shapes_and_gaps_may_stand_in_one_file(features):
    path = features(
        ({"date": "2025", "location": "Sibi"}, None),
        ({"date": "2025", "location": None}, TRIANGLE),
        ({"date": "2025", "location": "Mach"}, MACH),
        ({"date": "2025", "location": None}, None),
    )
    incidents, rejected = geosec.read_incidents(path)
    assert incidents.index.tolist() == ["row-1", "row-2", "row-3"]
    assert incidents.geometry.isna().tolist() == [True, False, False]
    assert incidents.loc["row-3", "geometry"] == Point(67.33, 29.86)
    assert rejected["reason"].tolist() == ["neither a location phrase nor coordinates"]
    assert rejected["line"].tolist() == [4]


def test_coordinates_in_columns_come_before_the_geometry():
    points = gpd.GeoDataFrame(
        table(latitude=[30.2], longitude=[67.0]), geometry=[Point(60, 20)], crs=4326
    )
    with pytest.warns(GeosecWarning, match="the columns were taken"):
        assert geosec.read_incidents(points)[0].geometry.tolist() == [Point(67.0, 30.2)]


def test_a_geometry_of_another_name_and_crs_is_read_and_the_table_left_alone():
    points = gpd.GeoSeries([Point(67, 30)], crs=4326).to_crs(32642)
    given = gpd.GeoDataFrame(table(note=["a"]), geometry=points).rename_geometry("where")
    incidents, _ = geosec.read_incidents(given)
    assert incidents.geometry.iloc[0].distance(Point(67, 30)) < 1e-6
    assert given.columns.tolist() == ["date", "note", "where"]
    assert given.crs == "EPSG:32642"


@pytest.mark.parametrize("content", ["[]", '{"a": 1}', "null", "{"])
def test_json_that_is_no_features_is_refused(tmp_path, content):
    path = tmp_path / "table.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read as a spatial file"):
        geosec.read_incidents(path)


def test_a_table_in_memory_is_numbered_by_row_whatever_its_index():
    given = table(location=["Mach", None, "Sibi"]).set_index(pd.Index([7, 7, 7]))
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["row-1", "row-3"]
    assert rejected["line"].tolist() == [2]


def test_a_list_in_a_cell_is_its_text():
    given = table(location=["Mach"], tags=[np.array(["a", "b"])], more=[["c"]], none=[[]])
    incidents, _ = geosec.read_incidents(given)
    assert incidents[["tags", "more", "none"]].iloc[0].tolist() == ["['a', 'b']", "['c']", "[]"]


def test_coordinates_in_columns_are_known_in_capitals(features):
    path = features(({"date": "2025", "Latitude": 30.2, "LONGITUDE": 67.0}, None))
    assert geosec.read_incidents(path)[0].geometry.tolist() == [Point(67.0, 30.2)]


def test_half_a_coordinate_beside_a_geometry_is_told_by_its_own_name(features):
    with pytest.raises(SchemaError, match="the column 'Latitude' stands beside a geometry"):
        geosec.read_incidents(features(({"date": "2025", "Latitude": 30.2}, MACH)))


@pytest.mark.parametrize("ending", ["geojson", "xlsx"])
def test_a_file_without_columns_is_refused(features, tmp_path, ending):
    pd.DataFrame().to_excel(tmp_path / "table.xlsx")
    path = features() if ending == "geojson" else tmp_path / "table.xlsx"
    with pytest.raises(SchemaError, match="the table has no columns"):
        geosec.read_incidents(path)


def test_two_columns_of_a_workbook_with_one_name_are_refused(tmp_path):
    double = pd.DataFrame([["2025", "Mach", "Sibi"]], columns=["date", "location", "location"])
    double.to_excel(tmp_path / "table.xlsx", index=False)
    with pytest.raises(SchemaError, match="two columns are called 'location'"):
        geosec.read_incidents(tmp_path / "table.xlsx")


def test_a_workbook_of_a_header_is_an_empty_table(tmp_path):
    pd.DataFrame(columns=["date", "location"]).to_excel(tmp_path / "table.xlsx", index=False)
    incidents, rejected = geosec.read_incidents(tmp_path / "table.xlsx")
    assert (len(incidents), len(rejected)) == (0, 0)
    assert incidents.crs == "EPSG:4326"


@pytest.mark.parametrize("phrase", ["NA", "None", "null", "nan"])
def test_a_word_of_a_workbook_is_a_word(tmp_path, phrase):
    table(location=[phrase]).to_excel(tmp_path / "table.xlsx", index=False)
    incidents, _ = geosec.read_incidents(tmp_path / "table.xlsx")
    assert incidents["location"].tolist() == [phrase]


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(SourceError, match="there is no file"):
        geosec.read_incidents(tmp_path / "table.csv")


def test_a_geometry_that_is_no_shape_stays_text_under_another_name():
    incidents, _ = geosec.read_incidents(table(location=["Mach"], geometry=["round"]))
    assert incidents["geometry_wkt"].tolist() == ["round"]
    assert incidents.geometry.tolist() == [None]
