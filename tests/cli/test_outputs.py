"""Places that a command is to write to are looked at before it begins."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point
from typer.testing import CliRunner

import geosec
from geosec.cli.app import app
from geosec.cli.outputs import TABLES, check_table
from geosec.errors import SourceError


@pytest.mark.parametrize("ending", [*TABLES, ".CSV"])
def test_what_is_let_through_is_written(folder, ending):
    check_table(f"table{ending}")
    table = gpd.GeoDataFrame({"incident_id": ["a"]}, geometry=[Point(67, 30)], crs=4326)
    assert geosec.write_table(table, folder / f"table{ending}").exists()


def test_a_database_is_no_file():
    check_table("postgresql://somebody@nowhere/base/table")


@pytest.mark.parametrize("words", [["run", "--out", "o"], ["nearest"], ["map"]])
def test_where_rejected_rows_cannot_go_is_told_before_any_work(folder, refused, words):
    said = refused(*words, "mine.csv", "--rejected", "left.pdf")
    assert "left.pdf ends in '.pdf'; a table is written as .parquet" in said
    assert [each.name for each in folder.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["map", "mine.csv", "--out", "map.docx"], "a map is written as .html, .htm"),
        (["evaluate", "g.csv", "--diagram", "d.png"], "a diagram is written as .svg"),
        (["geocode", "Sibi", "--out", "a.txt"], "a table is written as .parquet"),
        (["parse", "r.txt", "--published", "2025-03-12", "--out", "no/a.csv"], "no folder no"),
    ],
)
def test_an_ending_that_is_not_written_is_a_clear_no(refused, words, told):
    assert told in refused(*words)


def test_a_table_of_no_name_is_refused():
    with pytest.raises(SourceError, match="ends in ''"):
        check_table("table")


@pytest.mark.parametrize(
    "words",
    [
        ["run", "incidents.csv", "--out", "."],
        ["nearest", "incidents.csv", "--out", "incidents.csv"],
        ["nearest", "incidents.csv", "--rejected", "./incidents.csv"],
        ["parse", "incidents.csv", "--published", "2025-03-12", "--out", "link.csv"],
    ],
)
def test_the_file_that_is_read_is_never_written_over(tmp_path, monkeypatch, words):
    text = "date,location\n2024-01-02,Quetta\n"
    (tmp_path / "incidents.csv").write_text(text)
    (tmp_path / "link.csv").symlink_to(tmp_path / "incidents.csv")
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, words)
    assert ended.exit_code == 1
    assert "is the file that is read" in ended.output
    assert (tmp_path / "incidents.csv").read_text() == text


def test_a_run_goes_into_a_folder(tmp_path):
    (tmp_path / "taken").touch()
    ended = CliRunner().invoke(app, ["run", "x.csv", "--out", str(tmp_path / "taken")])
    assert "taken is a file, and `--out` takes a folder" in ended.output
