"""Tables that geosec wrote read back as they were."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geosec
from geosec.errors import SchemaError


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


def test_a_located_table_twice_is_its_rows_and_as_many_rejected(located):
    two = located.iloc[:2]
    incidents, rejected = geosec.read_incidents(pd.concat([two, two]))
    assert (incidents.index.tolist(), len(rejected)) == (two.index.tolist(), 2)
    assert incidents["match_id"].tolist() == two["match_id"].tolist()


@pytest.mark.parametrize("names", [None, [" a ", "b"]])
def test_a_located_table_keeps_its_places_under_other_identifiers(located, names):
    two = located.iloc[:2].reset_index(drop=True)
    given = two if names is None else two.set_index(pd.Index(names, name="incident_id"))
    incidents, _ = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["row-1", "row-2"] if names is None else ["a", "b"]
    for name in ("match_status", "adm2_name", "rail_line"):
        assert incidents[name].tolist() == located[name].tolist()[:2]


def test_a_located_table_of_another_crs_is_converted(located):
    projected = located.to_crs(32642)
    projected["footprint"] = located["footprint"].to_crs(32642)
    incidents, _ = geosec.read_incidents(projected)
    for name in ("geometry", "footprint"):
        there = located[name].notna()
        assert incidents[name].crs == "EPSG:4326"
        assert incidents[name][there].geom_equals_exact(located[name][there], 1e-6).all()


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson", "csv", "xlsx"])
def test_an_empty_located_table_reads_back_empty(tmp_path, located, ending):
    path = geosec.write_table(located.iloc[:0], tmp_path / f"table.{ending}")
    incidents, rejected = geosec.read_incidents(path)
    assert (len(incidents), len(rejected)) == (0, 0)
    assert incidents["date"].dtype == "datetime64[s]"


@pytest.mark.parametrize("text", ["POINT (67", "PCLYGON ((67 30, 68 30, 68 31, 67 30))"])
def test_a_footprint_that_is_no_geometry_is_told(located, tmp_path, text):
    path = geosec.write_table(located.iloc[:2], tmp_path / "table.gpkg")
    broken = gpd.read_file(path).assign(footprint=text)
    with pytest.raises(SchemaError, match=r"`footprint` holds polygons and lines, and"):
        geosec.read_incidents(broken)
