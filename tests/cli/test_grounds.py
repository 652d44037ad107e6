"""Layers that the shell measures to and assigns by: those of Pakistan, or files given."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from geosec.cli.commands import main
from geosec.cli.grounds import load_targets
from geosec.cli.options import TARGETS, Ground
from geosec.errors import UnknownNameError

STATIONS = """name,line,km,longitude,latitude
Colombo Fort,Main Line,0,79.85,6.93
Peradeniya Junction,Main Line,115.34,80.59,7.26
Ella,Main Line,271.03,81.05,6.88
Badulla,Main Line,292.3,81.06,6.98
"""
PLACES = (
    "place_id,name,feature_class,country_code,latitude,longitude\nx:1,Ella,town,LK,6.88,81.05\n"
)
BESIDE = "incident_id,date,latitude,longitude\na,2025-03-11,6.9,81.0\n"


@pytest.fixture
def abroad(folder):
    """Files of another country, and the words that name them."""
    (folder / "beside.csv").write_text(BESIDE, encoding="utf-8")
    (folder / "stations.csv").write_text(STATIONS, encoding="utf-8")
    units = {"Land": ["Uva", "Central"]}
    shapes = [box(80.9, 6.3, 81.6, 7.6), box(80.4, 6.7, 80.9, 8.0)]
    gpd.GeoDataFrame(units, geometry=shapes, crs=4326).to_file(folder / "units.geojson")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    layers = ["--gazetteer", "places.csv", "--stations", "stations.csv"]
    return [*layers, "--boundaries", "units.geojson", "--unit-name", "Land"]


@pytest.mark.parametrize("name", TARGETS)
def test_every_layer_has_names_and_is_in_degrees(name):
    layer = load_targets(name, Ground())
    assert layer.crs == "EPSG:4326"
    assert layer["name"].notna().all()


def test_a_dismantled_line_is_no_target():
    assert (load_targets("lines", Ground())["status"] != "dismantled").all()


def test_an_unknown_layer_is_answered_with_a_near_one():
    with pytest.raises(UnknownNameError, match=r"no layer 'station' .*did you mean 'stations'"):
        load_targets("station", Ground())


def test_run_takes_boundaries_and_a_railway_of_another_country(folder, abroad, capsys):
    assert main(["run", "beside.csv", "--out", "out", "--draws", "9", *abroad]) == 0
    row = pd.read_csv(folder / "out" / "incidents.csv").iloc[0]
    assert (row["adm2_name"], row["rail_line"]) == ("Uva", "Main Line")
    near = pd.read_csv(folder / "out" / "nearest_stations.csv")
    assert near["target_name"].tolist()[0] == "Ella"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("layer", "name"), [("stations", "Ella"), ("districts", "Uva")])
def test_nearest_measures_to_layers_given(abroad, capsys, layer, name):
    assert main(["nearest", "beside.csv", "--to", layer, "--k", "1", *abroad]) == 0
    assert name in capsys.readouterr().out


def test_a_railway_needs_its_stations(refused):
    said = refused("map", "mine.csv", "--lines", "lines.geojson")
    assert "--lines says where lines run, and --stations is missing" in said


@pytest.mark.usefixtures("abroad")
def test_what_lies_abroad_is_told_with_the_options_that_help(capsys):
    assert main(["map", "beside.csv"]) == 0
    error = capsys.readouterr().err
    assert "1 of 1 incidents lie outside Pakistan" in error
    assert "--gazetteer FILE" in error
    assert "--anywhere takes their coordinates" in error
    assert main(["map", "beside.csv", "--anywhere"]) == 0
    assert "have no place" not in capsys.readouterr().err
    assert "1 of 1 incidents placed" in Path("map.html").read_text(encoding="utf-8")
    assert main(["map", "beside.csv", "--gazetteer", "places.csv"]) == 0
    error = capsys.readouterr().err
    assert "give those of another country with --boundaries" in error
    assert "with --stations" in error


def test_phrases_are_placed_by_the_gazetteer_given(abroad, capsys):
    assert main(["geocode", "Ella town", *abroad[:2]]) == 0
    assert "Ella (x:1)" in capsys.readouterr().out


def test_boundaries_without_names_are_answered_with_the_option(abroad, refused):
    assert "--unit-name" in refused("map", "beside.csv", *abroad[:-2])


def test_own_layers_say_which_country_is_meant(folder, abroad, capsys):
    named = ["--unit-name", "Land", "--draws", "9"]
    words = ["run", "beside.csv", "--out", "out", *abroad[2:6], *named]
    assert main(words) == 0
    row = pd.read_csv(folder / "out" / "incidents.csv").iloc[0]
    assert (row["adm2_name"], row["rail_line"]) == ("Uva", "Main Line")
    assert capsys.readouterr().err == ""


def test_no_phrase_beside_layers_of_another_country_is_placed_in_pakistan(folder, abroad, capsys):
    told = "date,latitude,longitude,location\n2025-03-11,6.9,81.0,\n2025-03-11,,,Quetta\n"
    (folder / "beside.csv").write_text(told, encoding="utf-8")
    assert main(["nearest", "beside.csv", "--k", "1", *abroad[2:4]]) == 0
    told = capsys.readouterr()
    assert "1 of 2 incidents are told by phrases alone" in told.err
    assert "--gazetteer FILE" in told.err


def test_own_districts_of_pakistan_keep_its_phrases(folder):
    square = gpd.GeoDataFrame({"name": ["Mine"]}, geometry=[box(66, 29, 68, 31)], crs=4326)
    square.to_file(folder / "mine.geojson")
    (folder / "a.csv").write_text("date,location\n2025-03-11,Quetta city\n", encoding="utf-8")
    words = ["run", "a.csv", "--out", "out", "--draws", "9", "--boundaries", "mine.geojson"]
    assert main(words) == 0
    assert pd.read_csv(folder / "out" / "incidents.csv")["adm2_name"].tolist() == ["Mine"]


@pytest.mark.usefixtures("abroad")
def test_units_without_shapes_are_refused_in_the_words_of_the_shell(refused):
    said = refused("map", "beside.csv", "--boundaries", "stations.csv")
    assert "stations.csv is a table without shapes, and --boundaries takes polygons" in said
