"""The columns of the one growing table, with gaps, other indexes and no rows."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec.errors import ParameterError, SchemaError
from geosec.schema import (
    COLUMNS,
    INDEX,
    complete_stage,
    list_columns,
    order_columns,
    read_stretch_lines,
    require_columns,
    write_stretch_id,
)

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
    always = [column.name for column in COLUMNS if not column.is_optional]
    assert [name for stage in STAGES for name in list_columns(stage)] == always


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
    assert table.index.name == (INDEX if stage == "read" else None)
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


@pytest.mark.parametrize("stage", ["read", "geocode", "boundaries", "rail"])
@pytest.mark.parametrize("rows", [0, 2])
def test_every_column_of_a_stage_has_its_dtype_even_without_rows(stage, rows):
    table = complete_stage(pd.DataFrame(index=range(rows)), stage)
    for column in COLUMNS:
        if column.name in list_columns(stage):
            assert str(table[column.name].dtype) == column.dtype
            assert table[column.name].isna().all()
    assert len(table) == rows


OPTIONAL = [pytest.param(column, id=column.name) for column in COLUMNS if column.is_optional]


@pytest.mark.parametrize("column", OPTIONAL)
def test_an_optional_column_is_there_only_where_it_is_given(column):
    bare = pd.DataFrame({"own": [1]})
    assert column.name not in complete_stage(bare, column.stage)
    given = complete_stage(bare, column.stage, {column.name: ["x"]})
    assert given[column.name].tolist() == ["x"]
    assert str(given[column.name].dtype) == column.dtype
    assert complete_stage(given, column.stage)[column.name].tolist() == ["x"]


@pytest.mark.parametrize("column", OPTIONAL)
def test_an_optional_column_of_an_earlier_run_goes(column):
    before = complete_stage(pd.DataFrame({"own": [1]}), column.stage, {column.name: ["x"]})
    other = list_columns(column.stage)[0]
    after = complete_stage(before, column.stage, {other: ["y"]})
    assert column.name not in after
    assert before[column.name].tolist() == ["x"]


def test_identifiers_become_text_and_stay_in_order():
    table = complete_stage(pd.DataFrame({"location": ["Mach", "Sibi"]}, index=[7, 3]), "read")
    assert table.index.tolist() == ["7", "3"]
    assert table.index.name == "incident_id"


def test_words_and_counts_get_their_dtype_and_gaps_stay_gaps():
    given = pd.DataFrame({"fatalities": [3.0, None], "latitude": ["30.2", None]}, dtype="object")
    table = complete_stage(given, "read")
    assert table["fatalities"].tolist()[0] == 3
    assert table["latitude"].tolist()[0] == 30.2
    assert table[["fatalities", "latitude"]].iloc[1].isna().all()


def test_a_stage_leaves_the_columns_of_the_others_alone():
    table = complete_stage(pd.DataFrame({"rail_km": ["not yet"], "note": ["mine"]}), "geocode")
    assert table["rail_km"].tolist() == ["not yet"]
    assert "date" not in table.columns
    assert table.columns[-1] == "note"


def test_the_order_of_the_contract_comes_whatever_order_is_given():
    names = [column.name for column in COLUMNS if column.dtype != "geometry"]
    mixed = pd.DataFrame([range(len(names) + 1)], columns=["own", *reversed(names)])
    assert [name for name in order_columns(mixed).columns if name in names] == names


def test_ordering_keeps_a_geometry_and_makes_a_missing_one():
    placed = gpd.GeoDataFrame({"note": [1]}, geometry=[Point(67, 30)], crs=4326)
    assert order_columns(placed).geometry.tolist() == [Point(67, 30)]
    bare = order_columns(pd.DataFrame({"note": [1]}))
    assert bare.geometry.isna().all()
    assert bare.crs == "EPSG:4326"


def test_columns_that_are_there_are_not_complained_of():
    require_columns(pd.DataFrame(columns=["location", "x"]), ["location"], "geocode")
    require_columns(pd.DataFrame(), [], "geocode")


def test_verbs_to_run_first_are_named_in_their_order():
    with pytest.raises(SchemaError, match=r"`geosec\.geocode`, `geosec\.assign_boundaries` on it"):
        require_columns(pd.DataFrame(), ["adm1_name", "geometry"], "count_placements")


def test_a_column_of_no_stage_has_no_verb_to_run():
    with pytest.raises(SchemaError, match=r"needs the column 'kind'.*\(it has 2024\)\.$"):
        require_columns(pd.DataFrame({2024: [1]}), ["kind"], "evaluate")


@pytest.mark.parametrize("stage", ["", "Read", "rails"])
def test_a_stage_that_is_not_there_is_told(stage):
    with pytest.raises(ParameterError, match=f"no stage '{stage}'; "):
        list_columns(stage)


@pytest.fixture
def mach():
    return geosec.geocode(["Mach town", "Kech district", "Jaffar Express"], admin1="Balochistan")


def test_a_table_is_extended_by_arrays_with_their_dtypes_and_keeps_its_own(mach):
    done = complete_stage(
        mach.assign(mine=1), "rail", {"rail_km": [318, 1, 2], "rail_line": ["ML-3"] * 3}
    )
    assert done["rail_km"].dtype == "float64"
    assert done["rail_line"].dtype == "str"
    assert done[["rail_prob", "rail_next_station"]].isna().all(axis=None)
    assert done["mine"].tolist() == [1, 1, 1]
    assert done.geometry.equals(mach.geometry)
    assert "rail_km" not in mach.columns


def test_new_columns_replace_those_of_an_earlier_run(mach):
    once = complete_stage(mach, "rail", {"rail_km": [1.0] * 3, "rail_prob": [0.5] * 3})
    again = complete_stage(once, "rail", {"rail_km": [2.0] * 3})
    assert again[["rail_km", "rail_prob"]].to_numpy().tolist() == [[2.0, 0.5]] * 3
    assert once["rail_km"].tolist() == [1.0] * 3


def test_writing_to_an_extended_table_leaves_the_first_alone(mach):
    before = mach.copy()
    done = complete_stage(mach, "rail", {"rail_km": [1.0] * 3})
    done.loc[done.index[0], "uncertainty_m"] = -1
    pd.testing.assert_frame_equal(pd.DataFrame(mach), pd.DataFrame(before))


@pytest.mark.parametrize("stage", ["read", "geocode", "rail"])
def test_a_geometry_in_another_crs_is_converted_and_not_relabelled(stage):
    mach = gpd.GeoSeries([Point(67.33, 29.86)], crs=4326)
    given = gpd.GeoDataFrame({"note": ["mine"]}, geometry=mach.to_crs(32642))
    done = complete_stage(given, stage)
    assert done.crs == "EPSG:4326"
    assert done.geometry.iloc[0].distance(mach.iloc[0]) < 1e-9
    assert given.crs == "EPSG:32642"


def test_both_geometries_of_a_stage_are_converted():
    mach = gpd.GeoSeries([Point(67.33, 29.86)], crs=4326)
    given = gpd.GeoDataFrame({"footprint": mach.to_crs(3857)}, geometry=mach.to_crs(32642))
    done = complete_stage(given, "geocode")
    assert done["footprint"].crs == done.crs == "EPSG:4326"
    assert done["footprint"].iloc[0].distance(mach.iloc[0]) < 1e-9


def test_ordering_converts_too():
    mach = gpd.GeoSeries([Point(67.33, 29.86)], crs=4326)
    done = order_columns(gpd.GeoDataFrame({"note": [1]}, geometry=mach.to_crs(32642)))
    assert done.crs == "EPSG:4326"
    assert done.geometry.iloc[0].distance(mach.iloc[0]) < 1e-9


def test_a_geometry_that_says_no_crs_is_taken_to_be_in_storage():
    given = gpd.GeoDataFrame({"note": [1]}, geometry=[Point(67.33, 29.86)])
    done = complete_stage(given, "geocode")
    assert done.geometry.tolist() == [Point(67.33, 29.86)]
    assert (done.crs, given.crs) == ("EPSG:4326", None)


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        (
            "boundaries",
            ("adm1_name", "adm1_code", "adm1_prob", "adm2_name", "adm2_code", "adm2_prob"),
        ),
        (
            "rail",
            (
                *("rail_line", "rail_km", "rail_km_low", "rail_km_high"),
                *("rail_offset_m", "rail_prob", "rail_prev_station", "rail_next_station"),
            ),
        ),
    ],
)
def test_the_columns_of_a_stage_are_these_in_this_order(stage, names):
    assert list_columns(stage) == names


def test_new_columns_may_be_lists_and_others_stay_missing():
    rail = complete_stage(pd.DataFrame({"location": ["Sibi"]}), "rail", {"rail_km": [243.0]})
    assert rail["rail_km"].tolist() == [243.0]
    assert rail["rail_line"].isna().all()
    assert rail.columns.tolist().index("location") < rail.columns.tolist().index("rail_line")


@pytest.mark.parametrize("line", ["ML-3", "SIBI-KHOST", "odd:line"])
@pytest.mark.parametrize("span_km", [(266.0, 270.0), (266.5, 270.5), (0.0, 3.0)])
def test_the_line_of_a_stretch_is_read_off_its_identifier(line, span_km):
    written = write_stretch_id(line, *span_km)
    assert read_stretch_lines(pd.Series([written])).tolist() == [line]


def test_an_identifier_of_no_stretch_has_no_line():
    ids = pd.Series(["gn:1164896", "station:mach", "line:ML-3", "rail:ML-3", None, ""], dtype="str")
    assert read_stretch_lines(ids).isna().all()
    assert write_stretch_id("ML-3", 318.0, 343.0) == "rail:ML-3:318-343"
