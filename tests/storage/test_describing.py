"""How files came about: written with them, and told again."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

import geosec
from geosec import ParameterError, SourceError
from geosec.cli.commands import main
from geosec.storage.csv_notes import hash_file, name_beside
from geosec.storage.describing import recall_source
from geosec.storage.provenance import STEPS

ENDINGS = ["parquet", "gpkg", "geojson", "csv", "xlsx"]


@pytest.fixture(scope="module")
def told_table():
    incidents = pd.DataFrame({"location": ["12 km south of Sibi", "Mach"]}, index=["a", "b"])
    incidents.attrs = {"source_credit": "ACLED – it's theirs", "own": {1, 2}, 7: "x"}
    located = geosec.assign_boundaries(geosec.geocode(incidents), draws=49, seed=7)
    return geosec.locate_on_rail(located, draws=19, seed=3)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_tells_how_it_came_about(told_table, tmp_path, ending):
    told = geosec.describe_file(geosec.write_table(told_table, tmp_path / f"table.{ending}"))
    assert told["geosec"] == geosec.__version__
    assert told["rows"] == 2
    assert told["source_credit"] == "ACLED – it's theirs"
    assert told["steps"]["assign_boundaries"] == {
        "layers": ["adm2", "adm1"],
        "draws": 49,
        "seed": 7,
    }
    assert told["steps"]["locate_on_rail"]["seed"] == 3
    assert told["layers"]["adm2"]["vintage"] == "2018"
    assert told["layers"]["adm2"]["hash"] == f"sha256:{hash_file(geosec.layer_path('adm2'))}"


def test_a_database_tells_it_too(told_table, schema):
    geosec.write_table(told_table, f"{schema}.t")
    told = geosec.describe_file(f"{schema}.t")
    assert told["steps"]["assign_boundaries"]["draws"] == 49
    assert told["key"] == ["incident_id"]
    with pytest.raises(SourceError, match="does not exist"):
        geosec.describe_file(f"{schema}.nowhere")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_another_program_wrote_says_nothing(told_table, tmp_path, ending):
    path = tmp_path / f"table.{ending}"
    bare = told_table[["geometry"]].copy()
    bare.attrs = {}
    writers = {
        "parquet": bare.to_parquet,
        "gpkg": bare.to_file,
        "geojson": bare.to_file,
        "csv": bare.to_csv,
        "xlsx": pd.DataFrame({"a": [1]}).to_excel,
    }
    writers[ending](path)
    with pytest.raises(SourceError, match="says nothing of how it came about"):
        geosec.describe_file(path)


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_that_are_none_are_told(tmp_path, ending):
    path = tmp_path / f"table.{ending}"
    path.write_bytes(b"\x00\xffPK")
    with pytest.raises(SourceError, match=r"says nothing|cannot be read"):
        geosec.describe_file(path)


@pytest.mark.parametrize(
    ("place", "error", "told"),
    [
        ("nowhere.csv", SourceError, "there is no file"),
        ("map.html", SourceError, r"ends in '\.html'; geosec tells how files"),
        (7, ParameterError, "takes the path of a file"),
    ],
)
def test_what_cannot_be_described_is_told(tmp_path, monkeypatch, place, error, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.html").write_text("x", encoding="utf-8")
    with pytest.raises(error, match=told):
        geosec.describe_file(place)


def test_a_csv_that_was_changed_says_so(told_table, tmp_path):
    path = geosec.write_table(told_table, tmp_path / "table.csv")
    assert geosec.describe_file(path)["state"] == "as written"
    path.write_text(path.read_text(encoding="utf-8").replace("Mach", "Much"), encoding="utf-8")
    assert geosec.describe_file(path)["state"] == "changed since it was written"


def test_beside_a_csv_stands_what_its_columns_mean(told_table, tmp_path):
    path = geosec.write_table(told_table, tmp_path / "table.csv")
    told = json.loads(name_beside(path).read_text(encoding="utf-8"))
    names = [column["titles"] for column in told["tableSchema"]["columns"]]
    assert names == pd.read_csv(path).columns.tolist()
    meanings = {
        column["titles"]: column.get("dc:description") for column in told["tableSchema"]["columns"]
    }
    assert "matched" in meanings["match_status"]


@pytest.mark.parametrize("text", ["[]", "{", '{"notes": 7}', '{"notes": [{"x": 1}]}', "[" * 9999])
def test_a_broken_file_beside_a_csv_says_nothing(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    name_beside(path).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="says nothing"):
        geosec.describe_file(path)


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson", "csv", "postgis"])
def test_credit_and_terms_come_back_with_the_rows(told_table, tmp_path, request, ending):
    table = told_table.assign(date="2025-03-11").rename_axis("incident_id")
    place = str(tmp_path / f"table.{ending}")
    if ending == "postgis":
        place = request.getfixturevalue("schema") + ".t"
    geosec.write_table(table, place)
    incidents, _ = geosec.read_incidents(place)
    assert incidents.attrs["source_credit"] == "ACLED – it's theirs"
    is_located = ending != "csv"  # of which the incidents alone are read
    assert ("locate_on_rail" in incidents.attrs.get(STEPS, {})) is is_located


@pytest.mark.parametrize("place", [7, None, "nowhere.csv", "nowhere.parquet", "x.docx"])
def test_what_says_nothing_is_not_recalled(place):
    assert recall_source(place) == {}


HOSTILE = [
    "[]",
    "{",
    '{"geosec": 7}',
    '{"geosec": {"geosec": {}, "steps": 7, "source_credit": {"a": 1}, "rows": "x"}}',
    '{"geosec": {"geosec": "\\u001b[2J", "steps": {"a": 7, "b": {"layers": 7}, "c": null}}}',
    '{"geosec": {"geosec": 1, "steps": {"a": {"layers": [7, {}, "adm1"]}}, "layers": [1]}}',
]


@pytest.mark.parametrize("attrs", HOSTILE)
def test_notes_of_a_hostile_file_break_nothing(told_table, tmp_path, attrs, capsys):
    path = tmp_path / "table.parquet"
    table = told_table.assign(date="2025-03-11")
    geosec.write_table(table, path)
    content = pq.read_table(path)
    noted = {**content.schema.metadata, b"PANDAS_ATTRS": attrs.encode()}
    pq.write_table(content.replace_schema_metadata(noted), path)
    assert set(recall_source(path)) <= {STEPS}
    main(["describe", str(path)])
    assert "\x1b" not in capsys.readouterr().out
    if attrs.startswith('{"'):
        incidents, _ = geosec.read_incidents(path)
        assert geosec.describe_file(geosec.write_table(incidents, tmp_path / "new.csv"))["rows"]
