"""Files and tables as users bring them: other scripts, other CRS, gaps, shapes, double names."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point

import geosec
from geosec import ParameterError, SchemaError, SourceError

TRIANGLE = {"type": "Polygon", "coordinates": [[[67, 30], [68, 30], [68, 31], [67, 30]]]}
MACH = {"type": "Point", "coordinates": [67.33, 29.86]}


@pytest.fixture
def features(tmp_path):
    def write(*pairs, name="table.geojson"):
        listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in pairs]
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), "utf-8")
        return path

    return write


def table(**columns):
    return pd.DataFrame({"date": ["2025"] * len(next(iter(columns.values()))), **columns})


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


def test_an_index_called_incident_id_is_the_identifier():
    given = table(location=["Mach", "Sibi", "Quetta"])
    given.index = pd.Index(["ا", "ا", 7], name="incident_id")
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["ا", "7"]
    assert rejected["incident_id"].tolist() == ["ا"]


def test_blanks_round_an_identifier_make_no_other_one():
    given = table(location=["Mach", "Sibi", "Quetta"], incident_id=[" a ", "a", " "])
    incidents, rejected = geosec.read_incidents(given)
    assert incidents.index.tolist() == ["a", "row-3"]
    assert rejected["reason"].tolist() == ["incident_id 'a' stands already on line 1"]


def test_the_identifier_of_a_rejected_row_is_free_for_the_next():
    given = pd.DataFrame(
        {"id": ["a", "a"], "date": ["never", "2025"], "location": ["Mach", "Sibi"]}
    )
    incidents, rejected = geosec.read_incidents(given)
    assert incidents["location"].to_dict() == {"a": "Sibi"}
    assert rejected["line"].tolist() == [1]


def test_zero_is_an_identifier():
    incidents, _ = geosec.read_incidents(table(location=["Mach", "Sibi"], incident_id=[0, 1]))
    assert incidents.index.tolist() == ["0", "1"]


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


def test_a_list_in_a_cell_is_its_text():
    given = table(location=["Mach"], tags=[np.array(["a", "b"])], more=[["c"]], none=[[]])
    incidents, _ = geosec.read_incidents(given)
    assert incidents[["tags", "more", "none"]].iloc[0].tolist() == ["['a' 'b']", "['c']", "[]"]


def test_coordinates_in_columns_are_known_in_capitals(features):
    path = features(({"date": "2025", "Latitude": 30.2, "LONGITUDE": 67.0}, MACH))
    assert geosec.read_incidents(path)[0].geometry.tolist() == [Point(67.0, 30.2)]


def test_half_a_coordinate_beside_a_geometry_is_told_by_its_own_name(features):
    with pytest.raises(SchemaError, match="the column 'Latitude' stands beside a geometry"):
        geosec.read_incidents(features(({"date": "2025", "Latitude": 30.2}, MACH)))


@pytest.mark.parametrize("ending", ["geojson", "xlsx"])
def test_a_file_without_columns_is_refused(features, tmp_path, ending):
    pd.DataFrame().to_excel(tmp_path / "table.xlsx")
    path = features() if ending == "geojson" else tmp_path / "table.xlsx"
    with pytest.raises(SchemaError, match="For 'date', there is none"):
        geosec.read_incidents(path)


def test_two_columns_of_a_workbook_with_one_name_are_refused(tmp_path):
    double = pd.DataFrame([["2025", "Mach", "Sibi"]], columns=["date", "location", "location"])
    double.to_excel(tmp_path / "table.xlsx", index=False)
    with pytest.raises(SchemaError, match="two columns are called 'location'"):
        geosec.read_incidents(tmp_path / "table.xlsx")


def test_days_years_and_periods_of_a_table_keep_their_precision():
    days = [date(2025, 3, 11), 2024, pd.Timestamp("2025-03-12T23:00Z"), "9999-12-31", "0001"]
    incidents, _ = geosec.read_incidents(pd.DataFrame({"date": days, "location": "Mach"}))
    assert incidents["date_precision"].tolist() == ["day", "year", "day", "day", "year"]
    assert incidents["date"].dt.year.tolist() == [2025, 2024, 2025, 9999, 1]


def test_columns_of_the_source_stand_behind_those_of_the_contract():
    given = pd.DataFrame({"Wetter": ["heiter"], "location": ["Mach"], "date": ["2025"]})
    incidents, _ = geosec.read_incidents(given)
    assert incidents.columns.tolist()[:3] == ["date", "date_precision", "location"]
    assert incidents.columns.get_loc("Wetter") > incidents.columns.get_loc("precision_scheme")


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["location", "place"], "place"),  # the name of the contract goes before the usual one
        (["location", "Deaths", "killed", "fatalities"], "killed"),
    ],
)
def test_a_usual_name_stays_as_it_is_where_the_contracts_is_there(names, kept):
    incidents, _ = geosec.read_incidents(table(**{name: ["1"] for name in names}))
    assert kept in incidents.columns


def test_two_usual_names_of_one_column_are_told():
    with pytest.raises(SchemaError, match="'deaths' and 'killed' both mean 'fatalities'"):
        geosec.read_incidents(table(location=["Mach"], deaths=["1"], killed=["1"]))


def test_which_of_two_is_meant_can_be_said():
    given = table(location=["Mach"], deaths=["1"], killed=["2"])
    incidents, _ = geosec.read_incidents(given, columns={"killed": "of_them"})
    assert incidents[["fatalities", "of_them"]].iloc[0].tolist() == [1, "2"]


def test_a_mapping_is_answered_with_a_near_name():
    with pytest.raises(ParameterError, match="did you mean 'Ort'"):
        geosec.read_incidents(table(Ort=["Mach"]), columns={"ort": "location"})


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


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson", "csv", "xlsx"])
def test_an_empty_located_table_reads_back_empty(tmp_path, located, ending):
    path = geosec.write_table(located.iloc[:0], tmp_path / f"table.{ending}")
    incidents, rejected = geosec.read_incidents(path)
    assert (len(incidents), len(rejected)) == (0, 0)
    assert incidents["date"].dtype == "datetime64[s]"


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(SourceError, match="there is no file"):
        geosec.read_incidents(tmp_path / "table.csv")
