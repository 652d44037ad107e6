"""Formats that hold geometries."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec import SchemaError, SourceError


def test_both_geometries_stay_in_parquet(located, tmp_path):
    back = gpd.read_parquet(geosec.write_table(located, tmp_path / "table.parquet"))
    assert back["footprint"].notna().sum() == located["footprint"].notna().sum()
    assert back.crs == "EPSG:4326"


def test_features_need_a_geometry(tmp_path):
    with pytest.raises(SourceError, match="the table has no geometry"):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / "table.geojson")


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
