"""What the index of a table says of its rows."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec import SchemaError

NOTICES = "source_notices"


def table(index, **columns):
    plain = {"date": ["2025"] * len(index), "location": ["Mach"] * len(index), **columns}
    return pd.DataFrame(plain, index=index)


def points(index):
    return gpd.GeoDataFrame(table(index), geometry=[Point(67, 29)] * len(index), crs=4326)


@pytest.mark.parametrize("ending", ["", "parquet"])
def test_a_bare_index_identifies_rows_and_joins_back(ending, tmp_path):
    given = points([1339, 1495])
    source = geosec.write_table(given, tmp_path / f"table.{ending}") if ending else given
    incidents, _ = geosec.read_incidents(source)
    assert incidents.index.tolist() == [1339, 1495]
    assert given.join(incidents["latitude"])["latitude"].notna().all()
    assert incidents.attrs[NOTICES][0].startswith("the index of the table became `incident_id`")


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "csv", "xlsx"])
def test_files_without_an_index_keep_it_as_texts(ending, tmp_path):
    path = geosec.write_table(points([1339, 1495]), tmp_path / f"table.{ending}")
    assert geosec.read_incidents(path)[0].index.tolist() == ["1339", "1495"]


@pytest.mark.parametrize("ending", ["", "parquet"])
@pytest.mark.parametrize("name", ["gps_id", "fid", "my id"])
def test_a_named_index_is_the_identifier_and_a_column(name, ending, tmp_path):
    given = points(pd.Index([7, 3], name=name))
    source = geosec.write_table(given, tmp_path / f"table.{ending}") if ending else given
    incidents, _ = geosec.read_incidents(source)
    assert incidents.index.tolist() == ["7", "3"]
    assert incidents[name].tolist() == [7, 3]
    assert f"the index {name!r} became `incident_id`" in incidents.attrs[NOTICES][0]


@pytest.mark.parametrize("index", [range(2), [0, 1]])
def test_a_count_of_the_rows_is_no_identifier(index):
    incidents, _ = geosec.read_incidents(table(index))
    assert incidents.index.tolist() == ["row-1", "row-2"]
    assert NOTICES not in incidents.attrs


@pytest.mark.parametrize("index", [[7, 7], [1, None], pd.date_range("2025", periods=2), [[1], [2]]])
def test_an_index_that_is_no_identifier_is_told(index):
    incidents, _ = geosec.read_incidents(table(pd.Index(index)))
    assert incidents.index.tolist() == ["row-1", "row-2"]
    assert incidents.attrs[NOTICES][0].endswith("it is no identifier.")


def test_a_column_of_identifiers_comes_before_the_index():
    incidents, _ = geosec.read_incidents(table([7, 3], event_id=["a", "b"]))
    assert incidents.index.tolist() == ["a", "b"]
    assert NOTICES not in incidents.attrs


def test_levels_of_an_index_become_columns():
    index = pd.MultiIndex.from_tuples([(1, "a"), (1, "b")], names=["year", None])
    incidents, _ = geosec.read_incidents(table(index))
    assert incidents[["year", "level_1"]].to_numpy().tolist() == [[1, "a"], [1, "b"]]
    assert "became columns: 'year', 'level_1'" in incidents.attrs[NOTICES][0]


def test_an_index_may_be_a_column_too_where_both_say_the_same():
    index = pd.Index([7, 3], name="k")
    assert geosec.read_incidents(table(index, k=[7, 3]))[0]["k"].tolist() == [7, 3]
    with pytest.raises(SchemaError, match="are both called 'k', and differ"):
        geosec.read_incidents(table(index, k=[7, 4]))


def test_an_index_of_days_is_the_column_that_its_name_says():
    given = table(pd.Index(["2025-01-02", "2025-01-03"], name="date")).drop(columns="date")
    incidents, _ = geosec.read_incidents(given)
    assert incidents["date"].dt.day.tolist() == [2, 3]
    assert incidents.index.tolist() == ["row-1", "row-2"]


def test_a_row_that_is_rejected_is_named_by_its_index():
    given = table([1339, 1495]).assign(date=["never", "2025"])
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == [1495]
    assert rejected[["line", "incident_id"]].to_numpy().tolist() == [[1, "1339"]]
