"""PostGIS read: whole, in a transaction that cannot write, and without a password in a message."""

from __future__ import annotations

import sys

import geopandas as gpd
import psycopg
import pytest
from shapely import Polygon

import geosec
from geosec import CRSError, ParameterError, SchemaError, SourceError
from geosec.storage.postgis import read_postgis

REPORTS = """
CREATE TABLE reports (id int PRIMARY KEY, day date, deaths numeric, facts jsonb,
    place geometry(Point, 32642), seen timestamptz, tags text[]);
INSERT INTO reports VALUES (7, '2025-03-11', 3, '{"a": 1}',
    ST_Transform('SRID=4326;POINT(67 30)'::geometry, 32642), '2025-03-11 10:00+00', '{x}'),
    (9, '2025-03-12', NULL, NULL, 'SRID=32642;POINT EMPTY', NULL, NULL);
"""
LOCATED = """
CREATE TABLE located (incident_id text, date date, location text, geometry geometry(Point, 4326),
    match_status text, match_score float8, uncertainty_m float8, footprint text);
INSERT INTO located VALUES ('a', '2025-03-11', 'x', 'SRID=4326;POINT(67.5 30.2)', 'matched', 0.9,
    5000, 'POLYGON ((67 30, 68 30, 68 31, 67 30))'),
    ('b', '2025-03-12', 'y', NULL, 'unmatched', NULL, NULL, NULL);
"""
FAR = """
CREATE TABLE far (id int, date date, location text, seen timestamptz);
INSERT INTO far VALUES (1, '2025-03-11', 'Mach', 'infinity'), (2, 'infinity', 'Mach', NULL),
    (3, '0044-03-15 BC', 'Mach', '2025-03-11 12:00+00');
"""
SECRET = "s3cr3t-Pa55"  # noqa: S105 - of nobody


@pytest.fixture
def reports(schema, ask):
    """Give the address of a table with two reports."""
    ask(f"SET search_path TO {schema.rpartition('/')[2]}, public; {REPORTS}")
    return f"{schema}.reports"


def test_rows_bear_their_types_and_places_their_crs(reports):
    table = read_postgis(reports)
    assert table.geometry.name == "place"
    assert table.crs == "EPSG:32642"
    assert table["id"].tolist() == [7, 9]
    assert table["deaths"].tolist() == [3, None]
    assert table["facts"][0] == '{"a": 1}'
    assert table["tags"][0] == '["x"]'


def test_incidents_are_read_with_their_whole_identifiers(reports):
    incidents, rejected = geosec.read_incidents(reports, columns={"day": "date"})
    assert rejected["incident_id"].tolist() == ["9"]  # it has no place
    assert incidents.index.dtype == "int64"
    assert incidents.index.tolist() == [7]
    assert incidents["fatalities"].tolist()[0] == 3
    assert incidents.geometry[7].distance(gpd.points_from_xy([67], [30])[0]) < 1e-8


def test_a_question_is_asked_as_it_stands(base, reports):
    name = reports.rpartition("/")[2]
    asked = "SELECT id::text AS id, day AS date, 'Sibi' AS location FROM {} WHERE 7 % 4 = 3"
    incidents, _ = geosec.read_incidents(base, sql=asked.format(name))
    assert incidents.index.tolist() == ["7", "9"]
    assert incidents["location"].tolist() == ["Sibi", "Sibi"]


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM {name} RETURNING *",
        "WITH gone AS (DELETE FROM {name} RETURNING *) SELECT * FROM gone",
        "SELECT 1; COMMIT; DELETE FROM {name}",
        "COMMIT",
        "DROP TABLE {name}",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT",
        "no SQL at all",
        "SELECT 1/0",
        "SELECT 'infinity'::date",
        "",
    ],
)
def test_a_question_that_writes_or_is_none_changes_nothing(base, reports, ask, question):
    name = reports.rpartition("/")[2]
    with pytest.raises((SourceError, SchemaError)):
        geosec.read_incidents(base, sql=question.format(name=name))
    assert len(ask(f"TABLE {name}")) == 2


def test_where_the_places_are_in_doubt_is_told(base):
    asked = "SELECT 'SRID=4326;POINT(1 1)'::geometry AS a, 'SRID=4326;POINT(2 2)'::geometry AS b"
    with pytest.raises(SchemaError, match=r"several geometries \('a', 'b'\).*a AS geometry"):
        read_postgis(base, asked)
    assert read_postgis(base, asked.replace(" a,", " geometry,")).geometry.name == "geometry"


def test_shapes_in_several_crs_or_an_unknown_one_are_told(base):
    asked = "SELECT ST_SetSRID('POINT(1 1)'::geometry, s) AS g FROM unnest(ARRAY{}) AS s"
    with pytest.raises(CRSError, match=r"several CRS \(SRID \[4326, 32642\]\).*ST_Transform"):
        read_postgis(base, asked.format([4326, 32642]))
    with pytest.raises(CRSError, match="SRID 900914, which is no code of EPSG"):
        read_postgis(base, asked.format([900914]))
    assert read_postgis(base, asked.format([0])).crs is None


def test_two_columns_of_one_name_are_told(base):
    with pytest.raises(SchemaError, match="two columns are called 'a'"):
        read_postgis(base, "SELECT 1 AS a, 2 AS a")


def test_a_table_of_geopandas_with_a_footprint_of_text_reads_back_whole(schema, ask):
    """GeoPandas writes each geometry but the first as text; so does a table made by hand."""
    ask(f"SET search_path TO {schema.rpartition('/')[2]}, public; {LOCATED}")
    located, rejected = geosec.read_incidents(f"{schema}.located")
    assert not len(rejected)
    assert located["footprint"].loc["a"].equals(Polygon([(67, 30), (68, 30), (68, 31)]))
    assert located["footprint"].isna().tolist() == [False, True]
    assert located["match_score"].dtype == "float64"
    assert len(geosec.assign_boundaries(located, draws=9)) == 2


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://u:{secret}@127.0.0.1:1/b/t", r"127\.0\.0\.1:1/b/t cannot be used"),
        ("postgresql://u:{secret}@[::1/b", "its host is none"),
        ("postgresql://u:{secret}@x@127.0.0.1:1/b", "is written %40"),
        ("postgresql://u:/{secret}@127.0.0.1:1/b", "is written %40"),
        ("postgresql://u:#{secret}@127.0.0.1:1/b", "is written %40"),
        ("postgresql://u:?{secret}@127.0.0.1:1/b", "is written %40"),
        ("postgresql://u:{secret}@127.0.0.1:port/b/t", "cannot be used|does not know"),
        ("postgresql://u:{secret}%zz@127.0.0.1:1/b/t", "does not know"),
        ("postgresql://127.0.0.1:1/b/t?password={secret}&hosst=1", "does not know"),
        ("postgresql://127.0.0.1:1/b/t?password={secret}", "cannot be used"),
        ("postgresql://u:{secret}@127.0.0.1:1/b/s.t.x", "more than a schema and a table"),
        ("postgresql://u:{secret}@127.0.0.1:1/b/s/t", "more than a schema and a table"),
        ("postgresql://u:{secret}@127.0.0.1:1/b/.t", "cannot be called ''"),
        ("postgresql://u:{secret}@127.0.0.1:1/b", "names no table"),
        ("postgresql:", "names no table|cannot be used"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_an_address_that_fails_is_told_without_its_password(places, address, told):
    for call in (
        geosec.read_incidents,
        lambda place: geosec.write_table(places, place),
    ):
        with pytest.raises(SourceError, match=told) as caught:
            call(address.format(secret=SECRET))
        assert SECRET not in str(caught.value)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_base_that_is_not_there_is_told(base):
    with pytest.raises(SourceError, match='database "nowhere" does not exist'):
        geosec.read_incidents(base.removesuffix("postgres") + "nowhere/t")
    with pytest.raises(SourceError, match='relation "nowhere" does not exist'):
        geosec.read_incidents(f"{base}/nowhere")


def test_without_psycopg_it_is_told_how_to_install_it(monkeypatch, places):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SourceError, match=r"pip install geosec\[postgis\]"):
        geosec.read_incidents("postgresql://localhost/base/table")
    with pytest.raises(SourceError, match=r"pip install geosec\[postgis\]"):
        geosec.write_table(places, "postgresql://localhost/base/table")


def test_sql_and_sheets_are_for_what_has_them(base, tmp_path):
    with pytest.raises(
        ParameterError, match=r"`sql` asks a database.*the source is '/.*leave it out"
    ):
        geosec.read_incidents(str(tmp_path / "table.csv"), sql="SELECT 1")
    with pytest.raises(ParameterError, match="`sql` takes a question in SQL"):
        geosec.read_incidents(base, sql=7)
    with pytest.raises(ParameterError, match="`sql` holds NUL"):
        geosec.read_incidents(base, sql="SELECT 1 AS a\0, 2 AS b")
    with pytest.raises(SourceError, match="it holds NUL"):
        geosec.read_incidents(f"{base}/t\0u")
    with pytest.raises(SourceError, match="holds one table and no sheets"):
        geosec.read_incidents(f"{base}/t", sheet="x")


def test_text_that_cannot_be_decoded_is_told(base):
    with psycopg.connect(base, autocommit=True) as session:
        session.execute("DROP DATABASE IF EXISTS plain")
        session.execute("CREATE DATABASE plain ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    place = base.removesuffix("postgres") + "plain"
    with pytest.raises(SourceError, match="cannot be used"):
        read_postgis(place, "SELECT E'\\xff' AS a")


def test_a_time_that_no_calendar_has_costs_its_row_alone(schema, ask):
    ask(f"SET search_path TO {schema.rpartition('/')[2]}; {FAR}")
    incidents, rejected = geosec.read_incidents(f"{schema}.far")
    assert incidents.index.tolist() == [1]
    assert incidents["seen"].tolist() == ["infinity"]
    assert [reason[:15] for reason in rejected["reason"]] == ["date 'infinity'", "date '0044-03-1"]
