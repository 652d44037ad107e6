"""The columns of the one growing table."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geosec.errors import ParameterError, SchemaError
from geosec.schema import COLUMNS, INDEX, complete_stage, list_columns, require_columns

STAGES = ("read", "geocode", "boundaries", "rail")


def test_every_column_is_named_once_and_explained():
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(column.meaning for column in COLUMNS)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_with_a_unit_in_its_name_says_the_unit(column):
    units = {"m": (" m", "metres"), "km": ("km",), "prob": ("probability",)}
    suffix = column.name.rpartition("_")[2]
    assert any(unit in f" {column.meaning}" for unit in units.get(suffix, ("",)))


def test_the_stages_together_are_all_columns():
    assert [name for stage in STAGES for name in list_columns(stage)] == [c.name for c in COLUMNS]


def test_an_unknown_stage_is_answered_with_a_near_miss():
    with pytest.raises(ParameterError, match="no stage 'boundary'; did you mean 'boundaries'"):
        list_columns("boundary")


@pytest.mark.parametrize(
    ("missing", "remedy"),
    [
        ("location", "`geosec.read_incidents`"),
        ("uncertainty_m", "`geosec.geocode`"),
        ("adm2_code", "`geosec.assign_boundaries`"),
    ],
)
def test_a_missing_column_is_answered_with_the_verb_that_adds_it(missing, remedy):
    with pytest.raises(
        SchemaError, match=rf"needs the column '{missing}'.*\(it has place\).*{remedy}"
    ):
        require_columns(pd.DataFrame({"place": ["Sibi"]}), [missing], "nearest")


def test_several_missing_columns_are_named_together():
    with pytest.raises(SchemaError, match=r"needs the columns 'a', 'b', .*it has no columns"):
        require_columns(pd.DataFrame(), ["a", "b"], "nearest")


@pytest.mark.parametrize("thing", [["Sibi"], {"location": ["Sibi"]}, "Sibi"])
def test_what_is_no_table_is_refused(thing):
    with pytest.raises(SchemaError, match=f"was given a {type(thing).__name__}"):
        require_columns(thing, ["location"], "geocode")


@pytest.mark.parametrize("stage", STAGES)
def test_a_conformed_table_has_the_columns_of_the_stage_in_order(stage):
    table = complete_stage(pd.DataFrame({"own": [1]}), stage)
    assert [name for name in table.columns if name in list_columns(stage)] == list(
        list_columns(stage)
    )
    assert table.index.name == INDEX
    assert table.crs == "EPSG:4326"


@pytest.mark.parametrize("stage", STAGES)
def test_conforming_twice_changes_nothing(stage):
    once = complete_stage(pd.DataFrame({"own": [1]}, index=["a"]), stage)
    pd.testing.assert_frame_equal(complete_stage(once, stage), once, check_like=True)


def test_conform_leaves_its_input_and_other_columns_alone():
    table = pd.DataFrame({"mine": ["x"], "location": ["Sibi"]})
    done = complete_stage(table, "read")
    assert table.columns.tolist() == ["mine", "location"]
    assert done["mine"].tolist() == ["x"]


def test_conform_keeps_geometry_and_leaves_gaps_missing():
    table = gpd.GeoDataFrame({"match_name": ["Sibi"]}, geometry=[Point(67.9, 29.5)], crs=4326)
    done = complete_stage(table, "geocode")
    assert done.geometry.iloc[0] == Point(67.9, 29.5)
    assert done[["uncertainty_m", "footprint", "match_reason"]].isna().all(axis=None)
