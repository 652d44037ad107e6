from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geosec
from geosec import CRSError, ParameterError, SchemaError, SourceError


@pytest.fixture
def file(tmp_path):
    def write(text: str | bytes, name: str = "table.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_72_reported_incidents_are_read(incidents):
    assert len(incidents) == 72
    assert incidents["date_precision"].value_counts().to_dict() == {"day": 67, "month": 5}
    assert incidents["source_url"].str.startswith("http").all()
    assert incidents.crs == "EPSG:4326"


def test_rows_in_are_rows_accepted_and_rejected(file):
    rows = ["2025-03-11,Mach,1", "2025-02-30,Sibi,2", "2025-03-12,Quetta,many", "x", "2025,Kalat,"]
    incidents, rejected = geosec.read_incidents(
        file("date,location,fatalities\n" + "\n".join(rows) + "\n")
    )
    assert len(incidents) + len(rejected) == len(rows)
    assert rejected["line"].tolist() == [3, 4, 5]
    assert rejected["record"].str.len().gt(0).all()
    assert incidents.index.tolist() == ["row-2", "row-6"]


def test_a_second_row_of_one_id_is_rejected(file):
    _, rejected = geosec.read_incidents(
        file("incident_id,date,location\na,2025,Mach\na,2025,Sibi\n")
    )
    assert rejected["reason"].tolist() == ["incident_id 'a' stands already on line 2"]
    assert rejected["incident_id"].tolist() == ["a"]


def test_usual_names_are_understood(file):
    incidents, _ = geosec.read_incidents(
        file("Event Date,LAT,Lng,Deaths\n2025-03-11,30.2,67.0,3\n")
    )
    assert incidents["fatalities"].tolist() == [3]
    assert incidents.geometry.iloc[0].coords[0] == (67.0, 30.2)


def test_own_names_are_mapped_and_other_columns_stay(file):
    incidents, _ = geosec.read_incidents(
        file("Tag,Ort,Wetter\n2025-03-11,Mach,heiter\n"), columns={"Tag": "date", "Ort": "location"}
    )
    assert incidents["location"].tolist() == ["Mach"]
    assert incidents["Wetter"].tolist() == ["heiter"]


def test_a_header_alone_is_an_empty_table(file):
    incidents, rejected = geosec.read_incidents(file("date,location\n"))
    assert (len(incidents), len(rejected)) == (0, 0)
    assert incidents["fatalities"].dtype == "Int64"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day,location\n2025,Mach\n", "For 'date', "),
        ("date,plaice\n2025,Mach\n", "incidents need a date, and a location"),
        ("date,location,location\n2025,Mach,Mach\n", "two columns are called 'location'"),
        ("date,location,Location\n2025,Mach,Mach\n", "both mean 'location'"),
    ],
)
def test_columns_that_are_missing_or_double_are_told(file, text, told):
    with pytest.raises(SchemaError, match=told):
        geosec.read_incidents(file(text))


def test_a_mapping_of_a_column_that_is_not_there_is_told(file):
    with pytest.raises(ParameterError, match="`columns` names 'Datum', which is not there"):
        geosec.read_incidents(file("date,location\n"), columns={"Datum": "date"})


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


def test_hostile_text_is_kept_as_it_is(file):
    attack = "<img src=x onerror=alert(1)>`${1}`"
    incidents, rejected = geosec.read_incidents(
        file(f"date,location,summary\n2025,Mach,{attack}\nnever,Mach,{attack}\n")
    )
    assert incidents["summary"].tolist() == [attack]
    assert attack in rejected["record"].iloc[0]


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


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson"])
def test_a_located_table_reads_back(located, tmp_path, ending):
    path = geosec.write_table(located, tmp_path / f"table.{ending}")
    back, rejected = geosec.read_incidents(path)
    assert rejected.empty
    if ending != "parquet":  # degrees have five decimals there, in both geometries
        for name in ("geometry", "footprint"):
            pair = back[name].to_numpy(), located[name].to_numpy()
            assert np.nanmax(shapely.hausdorff_distance(*pair)) < 1e-4
        back = back.assign(geometry=located.geometry, footprint=located["footprint"])
    assert_geodataframe_equal(back, located)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_of_text_reads_back_as_incidents(located, tmp_path, ending):
    path = geosec.write_table(located, tmp_path / f"table.{ending}")
    back, rejected = geosec.read_incidents(path)
    assert (len(back), len(rejected)) == (72, 0)
    assert back["location"].tolist() == located["location"].tolist()
    assert "match_name" not in back.columns


def test_a_geojson_feature_without_geometry_is_placed_by_its_phrase(file):
    features = [
        {"type": "Feature", "properties": {"date": "2025", "location": "Sibi"}, "geometry": None}
    ]
    path = file(json.dumps({"type": "FeatureCollection", "features": features}), "table.geojson")
    incidents, _ = geosec.read_incidents(path)
    assert geosec.geocode(incidents)["match_name"].tolist() == ["Sibi"]


def test_an_id_that_looks_like_a_made_one_loses_no_row(file):
    incidents, rejected = geosec.read_incidents(
        file("incident_id,date,location\nrow-3,2025,Mach\n,2025,Sibi\n")
    )
    assert len(incidents) + len(rejected) == 2
    assert rejected["reason"].tolist() == ["incident_id 'row-3' stands already on line 2"]
