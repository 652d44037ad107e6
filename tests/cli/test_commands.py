from __future__ import annotations

import json

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
    assert "1 incidents read, 1 rows rejected" in capsys.readouterr().out


def test_geocode_prints_place_radius_and_reason(capsys):
    assert main(["geocode", "Zzyzx Chowk, Quetta", "Jaffar Express"]) == 0
    told = capsys.readouterr().out
    assert "95 % within" in told
    assert "'Zzyzx Chowk' not in the gazetteer" in told
    assert "names a train" in told


def test_nearest_prints_or_writes(tmp_path, capsys):
    source = tmp_path / "mine.csv"
    source.write_text("date,location\n2025-03-11,Mach town\nnever,Sibi\n", encoding="utf-8")
    assert main(["nearest", str(source), "--k", "1", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "mach" in told.out
    assert "line 3 rejected" in told.err
    assert main(["nearest", str(source), "--to", "lines", "--out", str(tmp_path / "n.csv")]) == 0
    assert pd.read_csv(tmp_path / "n.csv")["target_id"].iloc[0] == "ML-3"


def test_map_writes_one_file(tmp_path):
    source = tmp_path / "mine.geojson"
    point = {"type": "Point", "coordinates": [67.0, 30.18]}
    feature = {"type": "Feature", "properties": {"date": "2025-03-11"}, "geometry": point}
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    assert main(["map", str(source), "--out", str(tmp_path / "map.html")]) == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_data_list_names_every_layer(capsys):
    assert main(["data", "list"]) == 0
    assert "rail_stations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "nothing.csv", "--out", "out"], "there is no file nothing.csv"),
        (["run", "table.pdf", "--out", "out"], "ends in '.pdf'"),
        (["nearest", "x.csv", "--to", "station"], "did you mean 'stations'"),
    ],
)
def test_what_cannot_be_used_is_told_on_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_words_that_are_no_command_are_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["frobnicate"])
    assert "invalid choice" in capsys.readouterr().err
