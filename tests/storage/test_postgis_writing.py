"""Tables written to PostGIS: all or nothing, brought up to date by identifier, and back."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import Point, Polygon

import geosec
from geosec import CRSError, GeosecWarning, SchemaError, SourceError
from geosec.storage.postgis import read_postgis

HOSTILE = [
    'a"b',
    "a'b",
    "a;b",
    "--",
    "/*",
    "*/",
    "x); DROP TABLE y; --",
    '"); DROP TABLE y; --',
    "%s",
    "%(x)s",
    "%%",
    "100%",
    "{}",
    "{0}",
    "$1",
    "$$",
    "\\",
    "\\x00",
    "a b",
    " a ",
    "a.b",
    "a/b",
    "a?b#c",
    "select",
    "SELECT",
    "Geometry",
    "تربت",
    "😀",
    "\n",
    "\t",
    "\x01",
    "é" * 31,
]


@pytest.fixture(scope="module")
def fixes():
    """500 fixes of a GPS with whole-number labels, in Pakistan and near it."""
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(61, 74, 500), rng.uniform(24, 36, 500)
    index = rng.permutation(np.arange(1000, 1500))
    days = pd.date_range("2025-01-01", periods=500).astype("datetime64[s]")
    return gpd.GeoDataFrame(
        {"date": days, "device": rng.integers(1, 9, 500)},
        geometry=gpd.points_from_xy(lon, lat, crs=4326),
        index=index,
    )


def test_500_fixes_go_there_and_come_back(schema, fixes):
    districts = geosec.assign_boundaries(fixes)
    shown = geosec.write_table(districts, f"{schema}.fixes")
    assert shown.endswith(".fixes")
    assert "postgres@" not in shown
    back, rejected = geosec.read_incidents(f"{schema}.fixes")
    assert not len(rejected)
    joined = fixes.join(back[["adm2_name", "geometry"]].add_suffix("_back"), how="inner")
    assert len(joined) == 500
    assert joined.geometry.geom_equals(joined["geometry_back"]).all()
    there = districts["adm2_name"].loc[joined.index]
    assert joined["adm2_name_back"].fillna("").tolist() == there.fillna("").tolist()


def test_a_located_table_reads_back_as_it_was(schema, located):
    geosec.write_table(located, f"{schema}.located")
    back, rejected = geosec.read_incidents(f"{schema}.located")
    assert not len(rejected)
    assert_geodataframe_equal(back.loc[located.index], located, check_like=True)


def test_twice_is_once_and_rows_are_brought_up_to_date(schema, fixes, ask):
    name = schema.rpartition("/")[2]
    geosec.write_table(fixes, f"{schema}.fixes")
    first = ask(f"TABLE {name}.fixes")
    geosec.write_table(fixes, f"{schema}.fixes")
    assert sorted(ask(f"TABLE {name}.fixes")) == sorted(first)
    few = fixes.iloc[:2].assign(device=99).rename(index={fixes.index[1]: 7})
    geosec.write_table(few, f"{schema}.fixes")
    table = read_postgis(f"{schema}.fixes").set_index("incident_id")
    assert len(table) == 501
    assert table["device"].loc[[fixes.index[0], 7]].tolist() == [99, 99]
    assert table["device"].loc[fixes.index[1]] == fixes["device"].iloc[1]


def test_columns_of_later_verbs_are_added_and_emptied_where_places_are_new(schema, fixes, ask):
    name = schema.rpartition("/")[2]
    geosec.write_table(fixes, f"{schema}.fixes")
    ask(f"ALTER TABLE {name}.fixes ADD COLUMN reviewed text DEFAULT 'yes'")
    some = fixes.cx[67:70, 28:31].iloc[:9]
    geosec.write_table(geosec.assign_boundaries(some, draws=9), f"{schema}.fixes")
    assert read_postgis(f"{schema}.fixes")["adm1_prob"].notna().sum() == 9
    geosec.write_table(some.iloc[:4], f"{schema}.fixes")
    table = read_postgis(f"{schema}.fixes")
    assert table["adm1_prob"].notna().sum() == 5
    assert set(table["reviewed"]) == {"yes"}
    plain = pd.DataFrame(fixes[["device"]]).rename_axis("incident_id")
    geosec.write_table(plain, f"{schema}.fixes")  # which says nothing of places
    assert read_postgis(f"{schema}.fixes")["adm1_prob"].notna().sum() == 5


def test_geometries_have_their_srid_and_an_index(schema, located, ask):
    geosec.write_table(located, f"{schema}.located")
    name = schema.rpartition("/")[2]
    found = ask(
        "SELECT f_geometry_column, srid, type FROM geometry_columns WHERE f_table_schema = %s "
        "ORDER BY 1",
        name,
    )
    assert found == [("footprint", 4326, "GEOMETRY"), ("geometry", 4326, "POINT")]
    indexes = ask("SELECT indexdef FROM pg_indexes WHERE schemaname = %s", name)
    assert sum("USING gist" in text for (text,) in indexes) == 2
    assert sum("UNIQUE" in text and "(incident_id)" in text for (text,) in indexes) == 1


def test_how_it_came_about_stands_in_the_comment_beside_what_others_wrote(schema, fixes, ask):
    table = schema.rpartition("/")[2] + ".fixes"
    fixes = fixes.copy()
    fixes.attrs["source_credit"] = "ACLED; it's theirs"
    geosec.write_table(fixes, f"{schema}.fixes")
    ask(f"COMMENT ON TABLE {table} IS 'Ask Amna before you change it.'")
    for _ in range(2):
        geosec.write_table(fixes, f"{schema}.fixes")
    ((comment,),) = ask("SELECT obj_description(%s::regclass)", table)
    first, ours = comment.split("\n")
    assert first == "Ask Amna before you change it."
    assert json.loads(ours)["source_credit"] == "ACLED; it's theirs"
    assert json.loads(ours)["key"] == ["incident_id"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_names(schema, ask, name):
    folder = schema.rpartition("/")[2]
    ask(f"CREATE TABLE {folder}.y (a int)")
    given = pd.DataFrame({name: [name], f"{name[:20]}2": [1]}, index=pd.Index(["k"], name="key"))
    coded = "".join(f"%{byte:02X}" for byte in name.encode())
    for _ in range(2):
        geosec.write_table(given, f"{schema}.{coded}")
    back = read_postgis(f"{schema}.{coded}")
    assert back.columns.tolist() == ["key", name, f"{name[:20]}2"]
    assert back[name].tolist() == [name]
    tables = ask("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", folder)
    assert sorted(tables) == sorted([("y",), (name,)])


@pytest.mark.parametrize("name", ["", "\0", "a" * 64, "é" * 32])
def test_names_that_a_database_would_change_are_refused(schema, name):
    with pytest.raises(SourceError, match="PostgreSQL keeps names of 1 to 63 bytes without NUL"):
        geosec.write_table(pd.DataFrame({name: [1]}), f"{schema}.t")


def test_nul_is_replaced_and_told(schema):
    table = pd.DataFrame({"summary": ["a\0b", None]}, index=pd.Index(["x\0", "y"], name="id"))
    with pytest.warns(GeosecWarning, match="in 'id', 'summary', NUL, which no database"):
        geosec.write_table(table, f"{schema}.t")
    back = read_postgis(f"{schema}.t")
    assert back["summary"].tolist() == ["a\ufffdb", None]
    assert table["summary"].iloc[0] == "a\0b"


def test_a_failing_row_leaves_nothing(schema, fixes, ask):
    name = schema.rpartition("/")[2]
    geosec.write_table(fixes.iloc[:100], f"{schema}.fixes")
    ask(f"ALTER TABLE {name}.fixes ADD CHECK (device < 50)")
    before = ask(f"TABLE {name}.fixes")
    bad = fixes.assign(device=[*[3] * 499, 50], extra="x")
    with pytest.raises(SchemaError, match=r"cannot hold the table \(.*check.*nothing was written"):
        geosec.write_table(bad, f"{schema}.fixes")
    assert ask(f"TABLE {name}.fixes") == before


def test_a_table_that_cannot_be_filled_is_not_made(schema, ask):
    name = schema.rpartition("/")[2]
    shape = gpd.GeoSeries([Point(67, 30), Point(float("inf"), 30)], crs=4326)
    table = gpd.GeoDataFrame({"ctid": [1, 2]}, geometry=shape, index=["a", "b"])
    with pytest.raises(SchemaError, match="conflicts with a system column name"):
        geosec.write_table(table, f"{schema}.t")
    huge = pd.DataFrame({"n": [Decimal("1e999999")]}, index=pd.Index(["a"], name="id"))
    with pytest.raises(SchemaError, match="nothing was written"):
        geosec.write_table(huge, f"{schema}.t")
    assert ask("SELECT tablename FROM pg_tables WHERE schemaname = %s", name) == []


def test_every_kind_of_value_comes_back(schema):
    moment = datetime(2025, 3, 11, 10, 30, 0, 5, tzinfo=UTC)
    values = {
        "whole": pd.array([1, None], dtype="Int64"),
        "large": pd.Series([2**63, None], dtype="object"),
        "largest": np.array([2**64 - 1, 0], dtype="uint64"),
        "exact": [2**53 + 1, -(2**63)],
        "real": [0.1, np.nan],
        "endless": [np.inf, -np.inf],
        "flag": pd.array([True, None], dtype="boolean"),
        "text": ["\\N", "a\tb\nc\\"],
        "kind": pd.Categorical(["x", None]),
        "day": [date(2025, 3, 11), None],
        "hour": [time(9, 30), None],
        "moment": pd.to_datetime([moment, None]),
        "local": pd.to_datetime(["2025-03-11T10:30:00", None]),
        "bytes": [b"\x00\xff", None],
        "none": [None, None],
    }
    table = pd.DataFrame(values, index=pd.Index(["a", "b"], name="id"))
    geosec.write_table(table, f"{schema}.t")
    back = read_postgis(f"{schema}.t").set_index("id")
    assert back["moment"].iloc[0] == moment
    assert back["local"].iloc[0] == datetime(2025, 3, 11, 10, 30)  # noqa: DTZ001 - as given
    for name in values.keys() - {"moment", "local"}:
        expected = [None if pd.isna(value) else value for value in table[name].astype("object")]
        assert back[name].tolist() == expected, name


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1, "a"], r"\(int, str\)"),
        ([[1], [2]], r"\(list\)"),
        ([datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1)], "datetime"),  # noqa: DTZ001
    ],
)
def test_values_of_several_kinds_are_told(schema, values, told):
    table = pd.DataFrame({"x": pd.Series(values, dtype="object")})
    with pytest.raises(SchemaError, match=f"the column 'x' holds values.*{told}"):
        geosec.write_table(table, f"{schema}.t")


def test_places_are_brought_to_degrees_and_a_text_footprint_to_a_shape(schema, fixes):
    area = Polygon([(67, 30), (68, 30), (68, 31)])
    table = fixes.iloc[:2].to_crs(32642).assign(footprint=[f"SRID=4326;{area.wkt}", None])
    geosec.write_table(table, f"{schema}.t")
    back = read_postgis(f"{schema}.t")
    assert back.crs == "EPSG:4326"
    assert back.geometry.to_list()[0].equals_exact(fixes.geometry.iloc[0], 1e-9)
    assert back["footprint"][0].equals(area)
    with pytest.raises(CRSError, match="geometry"):
        geosec.write_table(fixes.set_crs(None, allow_override=True), f"{schema}.t")


def test_heights_stay_or_are_told(schema, fixes):
    deep = fixes.iloc[:2].set_geometry(gpd.points_from_xy([1, 2], [3, 4], [5, 6], crs=4326))
    geosec.write_table(deep, f"{schema}.t")
    assert [point.z for point in read_postgis(f"{schema}.t").geometry] == [5, 6]
    mixed = deep.set_geometry(gpd.GeoSeries([Point(1, 2, 3), Point(1, 2)], deep.index, crs=4326))
    with pytest.raises(SchemaError, match="some shapes of 'geometry' have heights"):
        geosec.write_table(mixed, f"{schema}.u")


def test_identifiers_that_are_double_or_missing_are_told(schema, fixes):
    with pytest.raises(SchemaError, match=r"two rows of the table are called \d+"):
        geosec.write_table(pd.concat([fixes, fixes.iloc[3:4]]), f"{schema}.t")
    table = pd.DataFrame({"n": [1, 2]}, index=pd.Index(["a", None], name="id"))
    with pytest.raises(SchemaError, match="row 2 of the table has no 'id'"):
        geosec.write_table(table, f"{schema}.t")


def test_counted_rows_replace_rows_that_were_written_so(schema, fixes):
    counted = fixes.reset_index(drop=True)
    for rows in (counted, counted.iloc[:7]):
        geosec.write_table(rows, f"{schema}.counted")
    assert read_postgis(f"{schema}.counted")["incident_id"].tolist() == list(range(7))
    geosec.write_table(fixes, f"{schema}.fixes")
    with pytest.raises(SchemaError, match="as its index counts them; name the index"):
        geosec.write_table(counted, f"{schema}.fixes")
    assert len(read_postgis(f"{schema}.fixes")) == 500


def test_a_table_without_a_key_of_that_name_is_told(schema, ask, fixes):
    name = schema.rpartition("/")[2]
    ask(f"CREATE TABLE {name}.t (a int); CREATE TABLE {name}.u (incident_id bigint, device int)")
    with pytest.raises(SchemaError, match="has no column 'incident_id' to know its rows by"):
        geosec.write_table(fixes, f"{schema}.t")
    with pytest.raises(SchemaError, match=r"no unique .*ADD PRIMARY KEY \(incident_id\)"):
        geosec.write_table(fixes, f"{schema}.u")


def test_what_may_not_be_written_is_told(schema, base, ask, fixes):
    ask("DROP ROLE IF EXISTS reader")
    ask("CREATE ROLE reader LOGIN")
    with pytest.raises(SourceError, match="permission denied for schema"):
        geosec.write_table(fixes, f"{schema}.t".replace("postgres@", "reader@", 1))
    with pytest.raises(SchemaError, match='schema "nowhere" does not exist'):
        geosec.write_table(fixes, f"{base}/nowhere.t")


def test_rows_may_be_written_to_a_table_of_another(schema, ask, fixes):
    name = schema.rpartition("/")[2]
    geosec.write_table(fixes.iloc[:9], f"{schema}.fixes")
    ask("DROP ROLE IF EXISTS writer")
    ask("CREATE ROLE writer LOGIN")
    ask(f"GRANT USAGE ON SCHEMA {name} TO writer")
    ask(f"GRANT SELECT, INSERT, UPDATE ON {name}.fixes TO writer")
    with pytest.warns(GeosecWarning, match="is another's.* the rows were"):
        geosec.write_table(fixes, f"{schema}.fixes".replace("postgres@", "writer@", 1))
    assert len(read_postgis(f"{schema}.fixes")) == 500
    assert geosec.describe_file(f"{schema}.fixes")["rows"] == 9
    ask(f"REVOKE ALL ON {name}.fixes FROM writer; REVOKE ALL ON SCHEMA {name} FROM writer")
    ask("DROP ROLE writer")


def test_a_base_without_postgis_is_told(base, fixes):
    empty = base.removesuffix("postgres") + "template1"
    with pytest.raises(SourceError, match="has no PostGIS; run `CREATE EXTENSION postgis`"):
        geosec.write_table(fixes, f"{empty}/t")


def test_two_who_write_at_once_leave_one_table(schema, fixes):
    failed = []

    def write(part):
        try:
            geosec.write_table(part, f"{schema}.fixes")
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(fixes.iloc[at::4],)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(read_postgis(f"{schema}.fixes")) == 500


def test_a_table_without_rows_and_one_of_keys_alone_are_written(schema, fixes):
    geosec.write_table(fixes.iloc[:0], f"{schema}.t")
    geosec.write_table(fixes, f"{schema}.t")
    keys = pd.DataFrame(index=pd.Index(["a", "b"], name="id"))
    for _ in range(2):
        geosec.write_table(keys, f"{schema}.u")
    assert read_postgis(f"{schema}.u")["id"].tolist() == ["a", "b"]


def test_durations_are_written(schema):
    table = pd.DataFrame({"d": [timedelta(hours=30), None]}, index=pd.Index([1, 2], name="id"))
    geosec.write_table(table, f"{schema}.t")
    assert read_postgis(f"{schema}.t")["d"].tolist() == ["1 day, 6:00:00", None]


@pytest.mark.parametrize("zone", ["Asia/Karachi", "UTC+05:00", "America/New_York"])
def test_times_keep_their_local_day(schema, zone):
    seen = pd.to_datetime(["2024-01-02 00:30", "2024-07-02 23:30"]).tz_localize(zone)
    points = gpd.points_from_xy([67, 68], [29, 30], crs=4326)
    table = gpd.GeoDataFrame({"seen": seen}, geometry=points, index=pd.Index([7, 8], name="id"))
    place = f"{schema}.local_{zone[:3].lower()}"
    geosec.write_table(table, place)
    incidents, _ = geosec.read_incidents(place, columns={"seen": "date"})
    assert [day.date() for day in incidents["date"]] == [date(2024, 1, 2), date(2024, 7, 2)]
