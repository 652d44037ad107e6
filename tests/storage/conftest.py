"""Tables that files must hold whole."""

from __future__ import annotations

import os
from itertools import count

import geopandas as gpd
import pandas as pd
import postgis_server
import psycopg
import pytest
from shapely import LineString, Point

_SCHEMAS = count(1)


@pytest.fixture(scope="session")
def base():
    """Start a PostGIS on the loopback, and give its address; there is one wherever CI runs."""
    missing = postgis_server.why_not()
    if missing and not os.environ.get("GEOSEC_POSTGIS"):
        pytest.skip(missing)
    assert not missing
    with postgis_server.connection() as session:
        session.commit()
    return postgis_server.give_address()


@pytest.fixture
def schema(base):
    """Give the address of a schema without tables: f"{schema}.incidents"."""
    name = f"s{next(_SCHEMAS)}"
    with psycopg.connect(base) as session:
        session.execute(f"CREATE SCHEMA {name}")
    return f"{base}/{name}"


@pytest.fixture
def ask(base):
    """Ask the database, and give all rows: ask("SELECT 1")."""

    def give(question, *parts):
        with psycopg.connect(base) as session:
            cursor = session.execute(question, parts or None)
            return cursor.fetchall() if cursor.description else []

    return give


@pytest.fixture(scope="module")
def places():
    """Two rows, one without a place, with a second geometry, Urdu and text to be run."""
    table = gpd.GeoDataFrame(
        {
            "summary": ["=HYPERLINK()", None],
            "location": ["کوئٹہ", "چمن, Chaman"],
            "fatalities": pd.array([3, None], dtype="Int64"),
            "date": pd.to_datetime(["2025-03-11", None]),
            "uncertainty_m": [3_871.26, None],
        },
        geometry=[Point(67.001234567, 30.184), None],
        crs=4326,
        index=pd.Index(["@a", "ب"], name="incident_id"),
    )
    table["footprint"] = gpd.GeoSeries(
        [LineString([(67, 30), (68, 31)]), None], index=table.index, crs=4326
    )
    return table
