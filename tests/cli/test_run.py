"""`geosec demo` and `geosec run`: a file carried the whole way."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec.cli.commands import main

FILES = ("incidents.parquet", "incidents.csv", "nearest_stations.csv", "rejected.csv", "map.html")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--out", str(folder), "--draws", "49"]) == 0
    return folder


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path.name


@pytest.mark.parametrize("name", FILES)
def test_the_demo_writes_every_file(demo, name):
    assert (demo / name).stat().st_size > 0


def test_the_demo_tells_districts_railway_and_counts(tmp_path, capsys):
    assert main(["demo", "--out", str(tmp_path), "--draws", "49"]) == 0
    told = capsys.readouterr().out
    assert "72 incidents read, 0 rows rejected" in told
    for words in ("Balochistan", "Kachhi", "Closest to the railway", "ML-3"):
        assert words in told


def test_the_table_of_the_demo_reads_back(demo):
    incidents, rejected = geosec.read_incidents(demo / "incidents.parquet")
    assert (len(incidents), len(rejected)) == (72, 0)
    assert incidents["rail_line"].notna().any()


def test_nearest_stations_are_three_for_each_placed_incident(demo):
    table = pd.read_csv(demo / "nearest_stations.csv")
    assert table.groupby("incident_id").size().eq(3).all()
    assert (table["distance_low_m"] <= table["distance_m"]).all()


def test_run_keeps_what_it_rejects(tmp_path, capsys):
    source = tmp_path / "mine.csv"
    source.write_text("date,location\n2025-03-11,Mach town\n2025-02-30,Sibi\n", encoding="utf-8")
    assert main(["run", str(source), "--out", str(tmp_path / "out"), "--draws", "9"]) == 0
    rejected = pd.read_csv(tmp_path / "out" / "rejected.csv")
    assert rejected["line"].tolist() == [3]
    assert "1 incident read, 1 row rejected" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "names"), [("incident", ["Loralai", "Duki"]), ("2015-06-01", ["Loralai", "Loralai"])]
)
def test_run_takes_the_districts_of_the_day_that_is_said(folder, day, names):
    rows = "2014-05-20,Duki town,Balochistan\n2024-10-11,Duki town,Balochistan\n"
    name = written(folder / "duki.csv", f"date,location,admin1\n{rows}")
    assert main(["run", name, "--out", "out", "--draws", "9", "--on", day]) == 0
    table = pd.read_csv(folder / "out" / "incidents.csv")
    assert table["adm2_name"].tolist() == names
    assert table["adm2_vintage"].tolist()[0] == (
        "2014-01-01" if day == "incident" else "2015-01-01"
    )


def test_run_refuses_a_day_that_is_none(refused):
    assert "--on must be a day" in refused("run", "mine.csv", "--out", "out", "--on", "2015")


def test_run_of_no_incident_writes_every_file(folder, capsys):
    name = written(folder / "none.csv", "date,location\n")
    assert main(["run", name, "--out", "out/deep"]) == 1
    told = capsys.readouterr()
    assert "0 incidents read, 0 rows rejected; 0 placed, 0 not" in told.out
    assert told.err == "geosec: no incident was read from none.csv.\n"
    assert {*FILES} <= {each.name for each in (folder / "out" / "deep").iterdir()}


def test_run_again_on_what_it_wrote_changes_no_place(folder):
    assert main(["run", "mine.csv", "--out", "one", "--draws", "9"]) == 0
    assert main(["run", "one/incidents.parquet", "--out", "two", "--draws", "9"]) == 0
    one, two = ((folder / name / "incidents.csv").read_bytes() for name in ("one", "two"))
    assert one == two


def test_run_does_not_write_over_a_file(folder, refused):
    assert "mine.csv" in refused("run", "mine.csv", "--out", "mine.csv")
    assert (folder / "mine.csv").read_text(encoding="utf-8").startswith("date,location")
