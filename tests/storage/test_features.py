"""Formats that hold geometries."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import Point

import geosec
from geosec import SchemaError, SourceError
from geosec.storage.features import read_parquet


def test_both_geometries_stay_in_parquet(located, tmp_path):
    back = gpd.read_parquet(geosec.write_table(located, tmp_path / "table.parquet"))
    assert back["footprint"].notna().sum() == located["footprint"].notna().sum()
    assert back.crs == "EPSG:4326"


def test_features_need_a_geometry(tmp_path):
    with pytest.raises(SourceError, match="the table has no geometry"):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / "table.geojson")


def test_a_parquet_of_more_cells_than_bytes_is_refused(tmp_path):
    nothing = pa.table({"date": pa.nulls(20_000_000), "location": pa.nulls(20_000_000)})
    pq.write_table(nothing, tmp_path / "table.parquet")
    with pytest.raises(SourceError, match=r"cannot be read as a Parquet file .*40,000,000 cells"):
        geosec.read_incidents(tmp_path / "table.parquet")


def test_whole_numbers_of_a_parquet_stay_whole_beside_a_gap(tmp_path):
    cells = {"id": [2**53 + 1, None], "date": ["2025"] * 2, "location": ["Mach"] * 2}
    pq.write_table(pa.table(cells), tmp_path / "table.parquet")
    incidents, _ = geosec.read_incidents(tmp_path / "table.parquet")
    assert incidents.index.tolist() == ["9007199254740993", "row-2"]


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_a_second_geometry_of_features_is_text(places, tmp_path, ending):
    back = gpd.read_file(geosec.write_table(places, tmp_path / f"table.{ending}"))
    assert back["footprint"].tolist()[0] == "LINESTRING (67 30, 68 31)"


@pytest.mark.parametrize("columns", [{"Note": [1], "note": [2]}, {"fid": ["a"]}])
def test_names_that_a_geopackage_cannot_hold_are_told(tmp_path, columns):
    table = gpd.GeoDataFrame(columns, geometry=[Point(67, 30)], crs=4326)
    with pytest.raises(SchemaError, match=r"table\.gpkg cannot hold the table .* rename or drop"):
        geosec.write_table(table, tmp_path / "table.gpkg")
    assert not list(tmp_path.iterdir())


def test_the_bounds_of_rows_are_written_where_they_are_those_of_every_geometry(places, tmp_path):
    path = tmp_path / "table.parquet"
    for table, covered in ((places, False), (places.drop(columns="footprint"), True)):
        geosec.write_table(table, path)
        told = json.loads(pq.read_schema(path).metadata[b"geo"])
        assert ("covering" in told["columns"]["geometry"]) is covered
        assert "bbox" not in read_parquet(path).columns
    geosec.write_table(places.drop(columns="footprint").assign(bbox="mine"), path)
    assert set(read_parquet(path)["bbox"]) == {"mine"}


@pytest.mark.parametrize("name", ["table.geojson", "table.gpkg"])
def test_halves_of_numbers_are_written_whole(name, tmp_path):
    table = gpd.GeoDataFrame({"half": [0.5]}, geometry=[Point(67, 30)], crs=4326)
    geosec.write_table(table.astype({"half": "float16"}), tmp_path / name)
    assert gpd.read_file(tmp_path / name)["half"].tolist() == [0.5]
