"""What leaves for an audience says for whom it is, and nothing else than they may have."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import ParameterError, SchemaError

SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests
WITHHELD = ("PK-2", "Mach", "railway track", SECRET)


@pytest.fixture(scope="module")
def public(located):
    return geosec.release(located, "public", secret=SECRET)


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.parquet", "a.gpkg", "a.xlsx"])
def test_a_table_is_released_as_it_is_written_and_its_file_says_so(located, tmp_path, name):
    path = geosec.write_table(located, tmp_path / name, audience="public", secret=SECRET)
    told = geosec.describe_file(path)
    assert told["release"] == {"audience": "public", "k": 5, "unit": "adm2"}
    for file in tmp_path.iterdir():
        held = file.read_bytes()
        assert not [word for word in WITHHELD if word.encode() in held]


def test_a_released_table_is_written_as_it_is(public, tmp_path):
    with_audience = geosec.write_table(public, tmp_path / "a.geojson", audience="public")
    without = geosec.write_table(public, tmp_path / "b.geojson")
    assert with_audience.read_bytes() == without.read_bytes()


def test_darwin_core_has_terms_for_what_was_done(public, tmp_path):
    path = geosec.write_table(public, tmp_path / "a.csv", profile="darwin-core")
    terms = pd.read_csv(path)
    assert terms["dataGeneralizations"].str.contains("The place is given as the").all()
    assert terms["informationWithheld"].str.startswith("Exact place").all()
    assert (terms["coordinateUncertaintyInMeters"] >= 100_000).all()
    assert "verbatimLocality" not in terms


def test_without_a_secret_nothing_is_written(located, tmp_path):
    with pytest.raises(ParameterError, match="needs a `secret`"):
        geosec.write_table(located, tmp_path / "a.csv", audience="partner")
    counts = pd.DataFrame({"count": [1, 2]})
    with pytest.raises(SchemaError, match="needs the column 'geometry'"):
        geosec.write_table(counts, tmp_path / "a.csv", audience="public", secret=SECRET)
    assert not list(tmp_path.iterdir())


def test_a_map_is_drawn_of_what_its_audience_may_see(located, public, tmp_path):
    path = tmp_path / "map.html"
    geosec.save_map(geosec.incident_map(located, audience="public", secret=SECRET), path)
    released = path.read_bytes()
    assert b"Released to the public: places by district, 5 incidents or more" in released
    assert not [word for word in (b"PK-2013", SECRET.encode()) if word in released]
    geosec.save_map(geosec.incident_map(public), path)
    assert path.read_bytes() == released


def test_tables_of_values_are_drawn_as_given_and_told(public):
    values = pd.DataFrame({"adm2_code": ["PK-BA-kachhi"], "value": [1.0]})
    with pytest.warns(geosec.GeosecWarning, match="`choropleth`: shown to the audience 'public'"):
        geosec.incident_map(public, audience="public", choropleth=values)
